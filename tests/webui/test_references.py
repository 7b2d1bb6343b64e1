"""Who types a record's id, or a council's address, is shown that page, and not told that nothing was found."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from archive import Archive
from tests.webui.conftest import Look
from webui.references import referred_to


def notices(page: BeautifulSoup) -> list[str]:
    """What the page says above its answer."""
    return [" ".join(one.get_text(" ").split()) for one in page.select(".notice")]


@pytest.mark.parametrize(
    ("typed", "leads_to"),
    [
        ("eastmere-m105", "/meetings/eastmere-m105"),
        ("EASTMERE-I1051", "/items/eastmere-i1051"),
        ("  eastmere-c100.", "/committees/eastmere-c100"),
        ("hallow-vale-i3051", "/items/hallow-vale-i3051"),
        ("Retrieved 3 February 2026. Scrutiny Archive record eastmere-i1051.", "/items/eastmere-i1051"),
        ("https://eastmere.example/ieListDocuments.aspx?CId=100&MId=105", "/meetings/eastmere-m105"),
        ("http://eastmere.example/ieListDocuments.aspx?CId=100&MID=105&Ver=4#AI1051", "/items/eastmere-i1051"),
        ("https://eastmere.example/mgAi.aspx?ID=1051", "/items/eastmere-i1051"),
        ("https://EASTMERE.example/prefix/mgCommitteeDetails.aspx?ID=100", "/committees/eastmere-c100"),
        ("see https://eastmere.example/ieListMeetings.aspx?CommitteeId=100", "/committees/eastmere-c100"),
        ("https://eastmere.example/ieListDocuments.aspx?MId=105#AI999", "/meetings/eastmere-m105"),
    ],
)
def test_what_names_a_record_leads_to_its_page(look: Look, typed: str, leads_to: str) -> None:
    page = look(f"/?q={quote(typed)}")
    assert [str(link["href"]) for link in page.select(".notice a")] == [leads_to]
    assert notices(page)[0].endswith(f"names a record of this archive: {leads_to}")
    look(leads_to)


def test_a_document_s_address_leads_to_it(look: Look) -> None:
    (document, *_) = [a for a in look("/items/eastmere-i1051").select(".papers a") if "/documents/" in str(a["href"])]
    key = str(document["href"]).rpartition("-")[2]
    page = look(f"/?q=https://eastmere.example/documents/{key}/Report.pdf")
    assert [str(link["href"]) for link in page.select(".notice a")] == [f"/documents/eastmere-{key}"]


def test_a_withheld_record_is_said_to_be_withheld(look: Look, client: FlaskClient) -> None:
    page = look("/?q=eastmere-xba9876543210")
    assert "names a record of this archive that is withheld" in notices(page)[0]
    assert client.get("/items/eastmere-xba9876543210").status_code == 410


@pytest.mark.parametrize(
    "typed", ["14 October 2025", "14th Oct 2025", "14/10/2025", " 2025-10-14 ", "14.10.2025", "14 OCTOBER, 2025"]
)
def test_a_day_leads_to_what_was_on_that_day(look: Look, typed: str) -> None:
    page = look(f"/?q={quote(typed)}")
    (target,) = [str(link["href"]) for link in page.select(".notice a")]
    assert target == "/?since=2025-10-14&until=2025-10-14"
    assert "the agenda on 14 October 2025" in notices(page)[0]
    assert {link.get_text() for link in look(target).select(".hit .where a")} == {"14 October 2025"}


def test_a_council_s_page_that_is_not_held_is_not_nothing_found(look: Look) -> None:
    page = look("/?q=https://eastmere.example/ieListDocuments.aspx?MId=99999")
    assert notices(page) == ["The page at “https://eastmere.example/ieListDocuments.aspx?MId=99999” is not held here."]


@pytest.mark.parametrize(
    "typed",
    [
        "covid-c19",
        "eastmere-m1",  # no such meeting
        "co-eastmere-m105-x",
        "https://elsewhere.example/ieListDocuments.aspx?MId=105",
        "https://eastmere.example/mgFindMember.aspx?ID=7",
        "https://eastmere.example/ieListDocuments.aspx?MId=many",
        "https://[eastmere.example/",
        "damp mould",
        "31/02/2025",
        "14 Ma 2025",
        "14 M 2025",
        "5 mould 2025",
        "damp 14 October 2025",
    ],
)
def test_other_words_are_words(look: Look, typed: str) -> None:
    assert notices(look(f"/?q={quote(typed)}")) == []


def test_scripts_are_told_as_well(client: FlaskClient) -> None:
    answer: Any = client.get("/api/v1/search?q=eastmere-m105").get_json()
    assert answer["query"]["warnings"] == ["“eastmere-m105” names a record of this archive: /meetings/eastmere-m105"]


@given(st.text(max_size=200) | st.text("https://eastmere.example/documents/s?#AIm[]-c0123456789 ", max_size=80))
def test_any_text_is_taken(folder: Path, text: str) -> None:
    with Archive.open(folder) as archive:
        referred_to(archive, text, archive.boroughs())


def test_days_that_end_before_they_begin_are_told(look: Look) -> None:
    page = look("/?q=damp&since=2025-05-01&until=2024-05-01")
    assert notices(page) == [
        "The days asked for end on 1 May 2024, before they begin on 1 May 2025: no meeting is between them."
    ]


def test_a_committee_that_is_not_here_is_told(look: Look) -> None:
    assert "no committee “999”" in notices(look("/?q=damp&committee=999"))[0]
    assert "no committee “eastmere-c9”" in notices(look("/?q=damp&committee=eastmere-c9"))[0]
    for known in ("100", "0100", "eastmere-c100", "unknown"):
        assert notices(look(f"/?q=damp&committee={known}")) == []
