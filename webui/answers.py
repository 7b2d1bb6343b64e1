"""What does a search answer in JSON? The one rendering for the site's `/api/v1/search` and `scrutiny search --json`.

The shape is fixed by the design, section 5. `html` is escaped text with `<mark>` and nothing else.
"""

from __future__ import annotations

import json

from index.results import FACETS, DocumentHit, FacetValue, Hit, SearchResult
from webui.links import document_url, item_url


def answer(result: SearchResult) -> dict[str, object]:
    """A search's result as the JSON answer's values."""
    searched = result.searched
    return {
        "query": {
            "text": result.text,
            "read_as": result.read_as,
            "warnings": list(result.warnings),
            "suggestion": result.suggestion,
        },
        "total": result.total,
        "page": result.page,
        "pages": result.pages,
        "per_page": result.per_page,
        "searched": {"items": searched.items, "documents": searched.documents, "pages": searched.pages},
        "items": [item_answer(hit) for hit in result.hits],
        "facets": {name: [_value(value) for value in result.facets.get(name, ())] for name in FACETS},
    }


def render_json(result: SearchResult) -> str:
    """The answer as text that ends in a new line; halves of characters, which UTF-8 has not, become "?"."""
    text = json.dumps(answer(result), ensure_ascii=False, indent=2)
    return text.encode("utf-8", "replace").decode() + "\n"


def item_answer(hit: Hit) -> dict[str, object]:
    """One item of the answer."""
    return {
        "id": hit.id,
        "title": hit.title,
        "number": hit.number,
        "url": item_url(hit.id),
        "source_url": hit.source_url,
        "borough": {"slug": hit.borough_slug, "name": hit.borough_name},
        "committee": {"id": hit.committee_id, "name": hit.committee_name},
        "meeting": {
            "id": hit.meeting_id,
            "date": hit.meeting_date.isoformat() if hit.meeting_date else None,
            "status": hit.meeting_status,
        },
        "topics": list(hit.topics),
        "found_in": list(hit.found_in),
        "snippets": [{"where": snippet.where, "html": snippet.html} for snippet in hit.snippets],
        "documents": [_document(document) for document in hit.documents],
    }


def _document(document: DocumentHit) -> dict[str, object]:
    return {
        "id": document.id,
        "title": document.title,
        "page": document.page,
        "html": document.html,
        "url": document_url(document.id, document.page),
    }


def _value(value: FacetValue) -> dict[str, object]:
    return {"value": value.value, "label": value.label, "count": value.count, "selected": value.selected}
