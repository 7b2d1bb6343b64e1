"""Topics: what each is, the query that defines it, and where it comes up."""

from __future__ import annotations

from flask import Blueprint, abort, render_template

from index.results import SearchRequest
from webui import search_page
from webui.links import search_url
from webui.sources import sources, topic_names

blueprint = Blueprint("topics", __name__)


@blueprint.get("/topics/")
def listing() -> str:
    """Every topic, with how many items stand under it."""
    index = sources().index
    counts = {value.value: value.count for value in index.search(SearchRequest()).facets["topic"]}
    return render_template("topics.html", topics=sorted(index.topics, key=lambda topic: topic.name), counts=counts)


@blueprint.get("/topics/<slug>")
def topic(slug: str) -> str:
    """One topic: its definition, its hits by borough and year, its newest items."""
    index = sources().index
    found = next((topic for topic in index.topics if topic.slug == slug), None)
    if found is None:
        abort(404)
    asked = SearchRequest(topics=(slug,), sort="newest")
    return render_template(
        "topic.html",
        topic=found,
        asked=asked,
        result=index.search(asked),
        topic_names=topic_names(),
        page=search_page,
        query_url=search_url(SearchRequest(text=found.query)),
        all_url=search_url(SearchRequest(topics=(slug,))),
    )
