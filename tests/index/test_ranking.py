"""What comes first, and what is refused."""

from __future__ import annotations

from datetime import date

import pytest

from archive import Archive, Settings, read_settings
from index import Index, SearchRequest, update_index
from index.standing import is_standing
from tests.index.corpus import item_of, keep_pages, save_meeting

FILLER = "The committee heard from officers and asked about costs and dates. " * 8


def ranked(archive: Archive, settings: Settings, text: str, **more: str) -> list[str]:
    update_index(archive, archive.folder, settings)
    asked = SearchRequest(text=text, **more)  # type: ignore[arg-type]
    return [hit.id.removeprefix("eastmere-i") for hit in Index(archive.folder, archive, settings).search(asked).hits]


def test_a_word_counts_for_most_in_the_title_and_for_least_in_a_document(archive: Archive, settings: Settings) -> None:
    items = [
        item_of(1, "Streets", minutes=FILLER, decision=FILLER, agenda=FILLER, papers="Kerbs"),
        item_of(2, "Streets", minutes=FILLER, decision=FILLER, agenda=FILLER + "Kerbs."),
        item_of(3, "Streets", minutes=FILLER + "Kerbs.", decision=FILLER, agenda=FILLER),
        item_of(4, "Kerbs", minutes=FILLER, decision=FILLER, agenda=FILLER),
        item_of(5, "Streets", minutes=FILLER, decision=FILLER + "Kerbs.", agenda=FILLER),
    ]
    save_meeting(archive, 0, items)
    assert ranked(archive, settings, "kerbs") == ["4", "5", "3", "2", "1"]


def test_however_often_a_paper_says_it_one_mention_in_the_item_counts_for_more(
    archive: Archive, settings: Settings
) -> None:
    items = [
        item_of(1, "Streets", agenda=FILLER, papers="Report"),
        item_of(2, "Streets", agenda="Kerbs. " + FILLER, papers="Report"),
    ]
    save_meeting(archive, 0, items)
    keep_pages(archive, "eastmere-s10", *["Kerbs, kerbs and kerbs. " * 20] * 30)
    keep_pages(archive, "eastmere-s20", *[FILLER] * 30)
    assert ranked(archive, settings, "kerbs") == ["2", "1"]


def test_a_long_paper_that_mentions_it_everywhere_does_not_bury_a_page_about_it(
    archive: Archive, settings: Settings
) -> None:
    items = [item_of(n, "Streets", agenda=FILLER, papers="Report") for n in (1, 2, 3)]
    save_meeting(archive, 0, items)
    keep_pages(archive, "eastmere-s10", *["Kerbs. " + FILLER] * 60)
    keep_pages(archive, "eastmere-s20", "Kerbs, kerbs and kerbs. " + FILLER)
    keep_pages(archive, "eastmere-s30", *[FILLER] * 60, "Kerbs, kerbs and kerbs. " + FILLER)
    assert ranked(archive, settings, "kerbs") == ["2", "3", "1"]


def test_a_page_of_a_few_words_is_no_better_than_a_full_one(archive: Archive, settings: Settings) -> None:
    save_meeting(archive, 0, [item_of(n, "Streets", agenda=FILLER, papers="Report") for n in (1, 2)])
    keep_pages(archive, "eastmere-s10", "Kerbs, " + "about costs and dates. " * 15, *[FILLER] * 9)
    keep_pages(archive, "eastmere-s20", "Kerbs")
    assert ranked(archive, settings, "kerbs") == ["1", "2"]  # equal: by position


def test_a_paper_named_for_it_comes_before_one_that_mentions_it(archive: Archive, settings: Settings) -> None:
    items = [item_of(1, "Streets", papers="Report"), item_of(2, "Streets", papers="Kerbs report")]
    save_meeting(archive, 0, items)
    keep_pages(archive, "eastmere-s10", "Kerbs. " + FILLER)
    keep_pages(archive, "eastmere-s20", "Kerbs. " + FILLER)
    assert ranked(archive, settings, "kerbs") == ["2", "1"]


def test_a_rarer_word_counts_for_more(archive: Archive, settings: Settings) -> None:
    common = [item_of(n, "Street", minutes="The lamp was lit.") for n in range(1, 9)]
    save_meeting(archive, 0, [*common, item_of(9, "Street", minutes="The kerb was lit.")])
    assert ranked(archive, settings, "lamp OR kerb")[0] == "9"


def test_standing_items_come_after_all_others(archive: Archive, settings: Settings) -> None:
    items = [
        item_of(1, "Apologies for absence", minutes="Kerbs, kerbs and kerbs."),
        item_of(2, "Minutes of the previous meeting", decision="Kerbs."),
        item_of(3, "Street works", minutes=FILLER + "Kerbs."),
    ]
    save_meeting(archive, 0, items)
    assert ranked(archive, settings, "kerbs")[0] == "3"


def test_equal_items_come_newest_first_then_by_position(archive: Archive, settings: Settings) -> None:
    days = {0: date(2023, 5, 1), 3: date(2025, 5, 1), 6: None, 9: date(2024, 5, 1)}
    for meeting, day in days.items():
        items = [item_of(meeting * 10 + place, "Kerbs", meeting=meeting) for place in (2, 1)]
        save_meeting(archive, meeting, items, day=day)
    assert ranked(archive, settings, "kerbs") == ["31", "32", "91", "92", "1", "2", "61", "62"]
    assert ranked(archive, settings, "kerbs", sort="oldest") == ["1", "2", "91", "92", "31", "32", "61", "62"]


@pytest.mark.parametrize(
    "title",
    [
        "Apologies", "Apologies for absence", "APOLOGIES FOR ABSENCE AND SUBSTITUTIONS", "To receive apologies",
        "Declarations of Interest", "Declaration of disclosable pecuniary interests", "Disclosures of interests",
        "Minutes", "Minutes of the meeting held on 3 March 2025", "Minutes of previous meeting", "Matters arising",
        "Any other business", "Urgent business", "Items of urgent business", "Exclusion of the press and public",
        "Date of next meeting", "Chair's announcements", "Chair’s Announcements",
    ],
)  # fmt: skip
def test_a_standing_title_is_known(title: str) -> None:
    assert is_standing(title)


@pytest.mark.parametrize(
    "title",
    [
        "Facial recognition", "Urgent and emergency care", "Business rates", "Public health interests of young people",
        "Next steps for the meeting halls", "Welcome Trust grant", "Exclusion from school", "", "Interests in land",
    ],
)  # fmt: skip
def test_substance_is_not_taken_for_a_standing_item(title: str) -> None:
    assert not is_standing(title)


@pytest.mark.parametrize(
    ("setting", "text", "reason"),
    [
        ("QUERY_MAX_TERMS", "pol*", "more than 2 different words"),
        ("QUERY_MAX_TERMS", "police AND -rep*", "more than 2 different words"),
        ("QUERY_MAX_TERMS", "policing report", "more than 2 different words"),
        ("QUERY_MAX_STEPS", "police", "too much of the archive"),
        ("QUERY_MAX_STEPS", '"police report"', "too much of the archive"),
        ("QUERY_MAX_CHARACTERS", "police", "characters"),
    ],
)
def test_a_query_that_is_too_costly_is_refused_whole_with_its_reason(
    corpus: Archive, setting: str, text: str, reason: str
) -> None:
    index = Index(corpus.folder, corpus, read_settings({f"SCRUTINY_{setting}": "2"}))
    result = index.search(SearchRequest(text=text))
    index.close()
    assert (result.total, result.pages, result.hits) == (0, 0, ())
    assert reason in result.warnings[-1]
    assert result.searched.items > 0
    assert all(value.count == 0 for values in result.facets.values() for value in values)
    assert [value.label for value in result.facets["borough"]]


def test_what_is_just_cheap_enough_is_answered(corpus: Archive) -> None:
    index = Index(corpus.folder, corpus, read_settings({"SCRUTINY_QUERY_MAX_TERMS": "2"}))
    assert index.search(SearchRequest(text='nit* "police report" -oxi*')).warnings == ()
    index.close()
