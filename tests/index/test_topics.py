"""Topics are sound data; what belongs to one is what its query says and nothing like it."""

from __future__ import annotations

import pytest

from archive.errors import SettingsError
from archive.settings import read_settings
from index.language import read_query
from index.matching import Matcher, Passage, Texts
from index.thesaurus import load_thesaurus
from index.topics import Topic, load_topics, read_topics

THESAURUS = load_thesaurus()
TOPICS = {topic.slug: topic for topic in load_topics(THESAURUS)}
NAMED_IN_THE_ISSUE = (
    "facial-recognition",
    "stop-and-search",
    "violence-against-women-and-girls",
    "anti-social-behaviour",
    "knife-crime",
    "damp-and-mould",
    "temporary-accommodation",
    "send",
    "low-traffic-neighbourhoods",
    "air-quality",
    "school-places",
    "budget-monitoring",
)


def topics_of(text: str) -> set[str]:
    texts = Texts([Passage("minutes", text)])
    return {slug for slug, topic in TOPICS.items() if Matcher(topic.node).matches(texts)}


def test_there_are_at_least_forty_five_topics_the_issue_s_among_them() -> None:
    assert len(TOPICS) >= 45
    assert set(NAMED_IN_THE_ISSUE) <= set(TOPICS)


@pytest.mark.parametrize("topic", TOPICS.values(), ids=list(TOPICS))
def test_a_topic_is_presentable_and_its_query_can_be_typed(topic: Topic) -> None:
    assert topic.description.endswith(".")
    assert len(topic.description) < 120
    reading = read_query(topic.query, thesaurus=THESAURUS, limits=read_settings({}))
    assert (reading.node, reading.warnings, reading.refused) == (topic.node, (), None)


BELONGS = [
    ("Live facial recognition was deployed in the High Street.", {"facial-recognition"}),
    ("The use of LFR was questioned.", {"facial-recognition"}),
    ("Officers reported on antisocial behaviour.", {"anti-social-behaviour"}),
    ("Support for pupils with SEND was poor.", {"send"}),
    ("Officers would send the figures to members.", set()),
    ("Mould was found, caused by damp in the walls.", {"damp-and-mould"}),
    ("A mould was made of the statue.", set()),
    ("A kitchen knife was found; the crime rate fell.", set()),
    ("The council must foster good relations.", set()),
    ("Members took extra care with the figures.", set()),
    ("Two LTNs were made permanent.", {"low-traffic-neighbourhoods"}),
    ("Residents’ trust and confidence in the local police had fallen.", {"trust-in-the-police"}),
    ("The NHS Trust and the Metropolitan Police were present.", set()),
    ("The flood risk assessment (FRA) was received.", {"flooding"}),
    ("A refuge opened.", set()),
    ("The women’s safety audit.", {"violence-against-women-and-girls"}),
]


@pytest.mark.parametrize(("text", "slugs"), BELONGS)
def test_an_item_belongs_to_what_it_speaks_of_and_to_nothing_else(text: str, slugs: set[str]) -> None:
    assert topics_of(text) == slugs


ROW = '[[topic]]\nslug = "a"\nname = "A"\ndescription = "D."\nquery = "q"\n'
WRONG = {
    "x = 1": "must hold [[topic]] rows",
    ROW.replace('name = "A"\n', ""): "topic 'a': must have slug, name, description, query",
    ROW.replace('"D."', '" "'): "topic 'a': must have slug, name, description, query",
    ROW.replace('"D."', "1"): "topic 'a': must have slug, name, description, query",
    ROW + "note = 1\n": "and nothing else",
    ROW.replace('slug = "a"', 'slug = "A b"'): "a slug is small letters",
    ROW.replace('"q"', '"(q"'): "The bracket that opens at character 1 is never closed",
    ROW.replace('"q"', f'"{"q " * 41}"'): "at most 40 are allowed",
    ROW.replace('"q"', '"!"'): "holds no words",
    ROW + ROW: "two topics have the slug 'a'",
    ROW + ROW.replace('"a"', '"b"'): "two topics have the name 'A'",
}


@pytest.mark.parametrize(("data", "told"), WRONG.items())
def test_unsound_topics_are_refused_by_name(data: str, told: str) -> None:
    with pytest.raises(SettingsError) as caught:
        read_topics(data.encode(), THESAURUS)
    assert told in str(caught.value)
