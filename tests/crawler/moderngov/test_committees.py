"""The list of committees, and which of them are scrutiny."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from crawler.moderngov import is_scrutiny, kind_of, read_committees, read_page
from crawler.moderngov.readings import CommitteeLink, PageError
from tests.crawler.moderngov.building import page

LIST = """<a href="search.aspx">Search for Expired Committees</b>
<div class="mgContent"><h2 class="mgSectionTitle">Overview &#38; Scrutiny</h2>
<ul class="mgBulletList"><li><a  href="mgCommitteeDetails.aspx?ID=308" >
Housing &#40;joint&#41; Panel</a></li>
<li><a href="mgCommitteeDetails.aspx?ID=50000524">Call-in Group</a></li></ul>
<h2 class="mgSectionTitle">Regulatory</h2><ul class="mgBulletList">
<li><a href="MGCommitteeDetails.aspx?id=308">Housing again</a></li>
<li><a href="mgCommitteeDetails.aspx?ID=0">Nobody</a></li>
<li><a href="mgcommitteedetails.aspx?id=294&bcr=1">Licensing&nbsp;Committee</a></li></ul></div>"""


def test_committees_stand_under_their_headings() -> None:
    assert read_committees(page(LIST, heading="Committee structure")) == (
        CommitteeLink(number=308, name="Housing (joint) Panel", category="Overview & Scrutiny"),
        CommitteeLink(number=50000524, name="Call-in Group", category="Overview & Scrutiny"),
        CommitteeLink(number=294, name="Licensing Committee", category="Regulatory"),
    )


def test_committees_in_tables_stand_under_their_captions() -> None:
    row = '<tr><td><a href="mgCommitteeDetails.aspx?ID={0}">Panel {0}</a></td></tr>'
    table = '<table><caption class="mgSectionTitle">{}</caption>{}</table>'
    inside = table.format("Scrutiny", row.format(1)) + table.format("Other", row.format(2))
    found = read_committees(page(inside, heading="Committee structure"))
    assert [(link.number, link.category) for link in found] == [(1, "Scrutiny"), (2, "Other")]


def test_committees_are_known_by_their_lists_of_meetings_where_nothing_else_names_them() -> None:
    inside = """<h2 class="mgSectionTitle">Scrutiny</h2><ul class="mgBulletList">
        <li><a href="ieListMeetings.aspx?CommitteeId=308">Housing Panel</a></li>
        <li><a href="ieListMeetings.aspx?CId=9&info=1&MD=Constitution">Constitution</a></li></ul>"""
    assert read_committees(page(inside, heading="Browse meetings")) == (
        CommitteeLink(number=308, name="Housing Panel", category="Scrutiny"),
    )


def test_a_committee_on_another_councils_site_is_not_this_councils() -> None:
    theirs = '<ul><li><a href="https://joint.example.gov.uk/mgCommitteeDetails.aspx?ID=999">Joint Panel</a></li></ul>'
    read = read_committees(page(LIST + theirs), url="https://democracy.example.gov.uk/mgListCommittees.aspx")
    assert [committee.number for committee in read] == [308, 50000524, 294]


def test_a_list_of_no_committees_is_an_error() -> None:
    with pytest.raises(PageError) as caught:
        read_committees(page("<p>Nothing</p>", heading="Committee structure"))
    assert caught.value.reason == "nothing-found"


def test_the_list_is_told_from_a_committees_own_page() -> None:
    assert kind_of(read_page(page(LIST, heading="Committee structure"))) == "committees"
    assert kind_of(read_page(page(LIST, heading="Committee details"))) == "other"


@pytest.mark.parametrize(
    "name",
    [
        "Scrutiny Panel",
        "Overview and Scrutiny Committee",
        "Overview & Scrutiny Business Panel",
        "Scrutiny & Overview Committee",
        "Scrutiny Management Board",
        "Scrutiny Committee - Sub-Committee",
        "Residents' Services Select Committee",
        "Healthier Communities Select Committee",
        "Environment & Community Services PDS Committee",
        "Executive, Resources and Contracts Policy Development and Scrutiny Committee",
        "Housing Policy Development Committee",
        "Social Inclusion and Community Safety Policy and Accountability Committee",
        "Policy and Oversight Board",
        "Climate Action, Environment & Highways Policy & Scrutiny Committee",
        "Living in Hackney Scrutiny Commission",
        "Adult Social Care & Health OSC",
        "South West London JHOSC",
        "Call-in Sub-Committee",
        "Joint Chairs of Scrutiny",
        "Overview Panel",
        "OVERVIEW AND SCRUTINY BOARD",
    ],
)
def test_strong_words_make_a_committee_scrutiny(name: str) -> None:
    assert is_scrutiny(CommitteeLink(number=1, name=name, category="Other meetings"))


@pytest.mark.parametrize(
    "name",
    [
        "Pension Fund Panel",
        "Council",
        "Cabinet",
        "Executive",
        "Planning Committee",
        "Licensing Sub-Committee",
        "Blue Badge Appeals Panel",
        "Independent Fairness Commission",
        "Boundary Commission Working Group",
        "Corporate Parenting Board",
        "Policy and Resources Committee",
        "Audit, Governance and Standards Committee",
        "Health and Wellbeing Board",
        "Selection Committee",
        "Senior Staff Panel",
        "Overview and Audit Committee",
    ],
)
def test_weak_words_do_not(name: str) -> None:
    assert not is_scrutiny(CommitteeLink(number=1, name=name, category="Other meetings"))


@pytest.mark.parametrize(
    ("category", "expected"),
    [
        ("Overview & Scrutiny", True),
        ("SCRUTINY PANELS", True),
        ("Select Committees", True),
        ("Regulatory", False),
        ("Non-scrutiny", False),
    ],
)
def test_the_category_makes_a_committee_scrutiny(category: str, expected: bool) -> None:
    assert is_scrutiny(CommitteeLink(number=1, name="Housing Panel", category=category)) is expected


def test_the_councils_row_adds_committees() -> None:
    plenary = CommitteeLink(number=179, name="London Assembly (Plenary)", category="")
    assert not is_scrutiny(plenary)
    assert is_scrutiny(plenary, (179,))


@pytest.mark.shared
def test_kingston_has_four_scrutiny_bodies(real_page: Callable[[str], bytes]) -> None:
    found = read_committees(real_page("pages/moderngov.kingston.gov.uk/CommitteeStructure.html"))
    assert len(found) == 30
    assert [link.number for link in found if is_scrutiny(link)] == [233, 347, 575, 726]
    assert {link.category for link in found if is_scrutiny(link)} == {"Overview & Scrutiny"}
