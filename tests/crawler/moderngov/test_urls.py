"""Which page or document an address names."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.moderngov.urls import (
    PageAddress,
    absolute,
    document_key,
    is_error_page,
    leads_elsewhere,
    named_page,
    page_address,
)

BASE = "https://democracy.example.gov.uk/committees"


@pytest.mark.parametrize(
    ("spelling", "key"),
    [
        ("mgListCommittees.aspx?bcr=1", "committees"),
        ("MGLISTCOMMITTEES.ASPX", "committees"),
        ("ieListMeetings.aspx?CommitteeId=711", "meetings:711"),
        ("ieListMeetings.aspx?CId=711&Year=0", "meetings:711"),
        ("ielistmeetings.aspx?XXR=0&cid=0711&Year=2019", "meetings:711"),
        (
            "ieListMeetings.aspx?Act=earlier&CId=711&D=202409051930&MD=ielistmeetings",
            "meetings:711:earlier:202409051930",
        ),
        (
            "ieListMeetings.aspx?MD=ielistmeetings&d=202409051930&cid=711&act=EARLIER",
            "meetings:711:earlier:202409051930",
        ),
        (
            "ieListMeetings.aspx?Act=earlier&amp;CId=711&amp;D=202409051930&amp;MD=ielistmeetings",
            "meetings:711:earlier:202409051930",
        ),
        ("ieListDocuments.aspx?CId=711&MId=10221&Ver=4", "meeting:10221"),
        ("ielistdocuments.aspx?MeetingId=10221", "meeting:10221"),
        ("ieListDocuments.asp?MID=10221&CId=0&J=1", "meeting:10221"),
        ("ieListDocuments.aspx?CId=711&amp;amp;MId=10221&EVT=2&zTS=undefined#AI5", "meeting:10221"),
        ("(S(czobl0450xbqi155ede3ifez))/ieListDocuments.aspx?MId=10221", "meeting:10221"),
        ("%28S%28czobl0450xbqi155ede3ifez%29%29/ieListDocuments.aspx?MId=10221", "meeting:10221"),
        ("Internet/ieListDocuments.aspx?MId=10221", "meeting:10221"),
        ("ieListDocuments.aspx?MId=50000524", "meeting:50000524"),
        ("mgAi.aspx?ID=51902", "item:51902"),
        ("mgai.aspx?id=51902&J=116", "item:51902"),
    ],
)
def test_every_spelling_of_a_page_has_one_name(spelling: str, key: str) -> None:
    address = page_address(f"{BASE}/{spelling}", [BASE])
    assert address is not None
    assert address.key == key


@pytest.mark.parametrize(
    "url",
    [
        f"{BASE}/mgCalendarMonthView.aspx?GL=1",
        f"{BASE}/ieListMeetings.aspx?CId=686&info=1&MD=Constitution",
        f"{BASE}/ieListMeetings.aspx",
        f"{BASE}/ieListDocuments.aspx?CId=711",
        f"{BASE}/ieListDocuments.aspx?MId=0",
        f"{BASE}/ieListDocuments.aspx?MId=12x",
        f"{BASE}/ieListDocuments.aspx?MId=999999999999999999",
        f"{BASE}/mgAi.aspx?AIID=5",
        f"{BASE}/mgError.aspx",
        f"{BASE}/",
        "https://elsewhere.example.org/mgAi.aspx?ID=1",
        "https://democracy.example.gov.uk:8443/mgAi.aspx?ID=1",
        "https://democracy.example.gov.uk@elsewhere.example.org/mgAi.aspx?ID=1",
        "javascript:mgAi.aspx?ID=1",
        "ftp://democracy.example.gov.uk/mgAi.aspx?ID=1",
        "http://[::1",
        "http://democracy.example.gov.uk:port/mgAi.aspx?ID=1",
        "",
    ],
)
def test_an_unknown_page_or_another_host_is_none(url: str) -> None:
    assert page_address(url, [BASE]) is None


def test_a_former_address_names_the_page_under_the_present_one() -> None:
    address = page_address("http://old.example.gov.uk/mgAi.aspx?ID=7", [BASE, "http://old.example.gov.uk/"])
    assert address is not None
    assert address.url(BASE) == f"{BASE}/mgAi.aspx?ID=7"


@pytest.mark.parametrize(
    ("address", "url"),
    [
        (PageAddress(kind="committees"), "mgListCommittees.aspx"),
        (PageAddress(kind="meetings", committee=5), "ieListMeetings.aspx?CId=5&Year=0"),
        (
            PageAddress(kind="meetings", committee=5, direction="later", stamp="202606151930"),
            "ieListMeetings.aspx?Act=later&CId=5&D=202606151930&MD=ielistmeetings",
        ),
        (PageAddress(kind="meeting", meeting=9, committee=5), "ieListDocuments.aspx?CId=5&MId=9"),
        (PageAddress(kind="meeting", meeting=9), "ieListDocuments.aspx?MId=9"),
        (PageAddress(kind="item", item=3), "mgAi.aspx?ID=3"),
    ],
)
def test_an_address_is_rebuilt_in_one_spelling(address: PageAddress, url: str) -> None:
    assert address.url(f"{BASE}/") == f"{BASE}/{url}"
    assert named_page(address.url(BASE)) == address


def cased(text: str, flags: list[bool]) -> str:
    return "".join(c.upper() if flag else c.lower() for c, flag in zip(text, flags * len(text), strict=False))


@st.composite
def spellings(draw: st.DrawFn) -> str:
    page, parameters = draw(
        st.sampled_from(
            [
                ("ieListDocuments.aspx", ["MId=10221", "CId=711", "Ver=4"]),
                ("ieListMeetings.aspx", ["CommitteeId=711", "Act=earlier", "D=202409051930", "MD=ielistmeetings"]),
                ("mgAi.aspx", ["ID=5", "J=1"]),
                ("mgListCommittees.aspx", ["bcr=1"]),
            ]
        )
    )
    flags = draw(st.lists(st.booleans(), min_size=1, max_size=9))
    query = "&".join(cased(part, flags) for part in draw(st.permutations(parameters)))
    return f"{BASE}/{cased(page, flags)}?{query}"


@given(spellings())
def test_order_and_case_do_not_matter_and_the_canonical_form_is_stable(url: str) -> None:
    address = page_address(url, [BASE])
    assert address is not None
    canonical = address.url(BASE)
    again = page_address(canonical, [BASE])
    assert again == address
    assert again.url(BASE) == canonical
    assert urlsplit(canonical).netloc == urlsplit(BASE).netloc


@given(st.text(), st.text())
def test_no_address_breaks_the_reading(url: str, rest: str) -> None:
    for text in (url, f"{BASE}/{url}", f"https://{url}/{rest}", f"{BASE}/ieListDocuments.aspx?{url}={rest}"):
        address = page_address(text, [BASE])
        assert address is None or address.url(BASE).startswith(f"{BASE}/")
        document_key(text)
        resolved = absolute(BASE, text)
        assert resolved == "" or resolved.startswith(("http://", "https://"))
        assert absolute(BASE, resolved) == resolved or resolved == ""


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("documents/s112217/Petition report.pdf", "s112217"),
        ("/Internet/Documents/S1/x.pdf", "s1"),
        ("https://a.example/documents/g10230/Agenda.pdf?T=0", "g10230"),
        ("documents/b23550/Supplementary%20Agenda.pdf?T=9", "b23550"),
        ("mgConvert2PDF.aspx?ID=4411", "s4411"),
        ("mgConvert2Pdf.aspx?id=4411&ISATT=1#search=", "s4411"),
        ("mgConvert2PDF.asp?ID=3007&T=10", "g3007"),
        ("mgChooseDocPack.aspx?ID=10230", "g10230"),
        ("mgChooseDocPack.aspx?ID=10230&amp;SID=23550", "b23550"),
        ("olddocuments/X.pdf?F=1", None),
        ("documents/report.pdf", None),
        ("mgAi.aspx?ID=5", None),
        ("http://[::1", None),
    ],
)
def test_a_document_is_known_by_its_number(url: str, key: str | None) -> None:
    assert document_key(url) == key


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("documents/s1/Minutes of Previous.pdf", f"{BASE}/documents/s1/Minutes%20of%20Previous.pdf"),
        ("documents/s1/100% café.pdf", f"{BASE}/documents/s1/100%25%20caf%C3%A9.pdf"),
        ("documents/s1/a%20b.pdf", f"{BASE}/documents/s1/a%20b.pdf"),
        ("documents\\s1\\a.pdf", f"{BASE}/documents/s1/a.pdf"),
        ("/(S(abc123))/documents/s1/a.pdf", "https://democracy.example.gov.uk/documents/s1/a.pdf"),
        ("HTTP://Other.example/A.pdf", "http://other.example/A.pdf"),
        ("//other.example/A.pdf", "https://other.example/A.pdf"),
        ("java\nscript:alert(1)", ""),
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("file:///etc/passwd", ""),
        ("http://[::1", ""),
    ],
)
def test_a_link_is_resolved_against_its_page_or_is_empty(link: str, expected: str) -> None:
    assert absolute(f"{BASE}/ieListDocuments.aspx?MId=1", link) == expected


def test_a_relative_link_without_a_page_is_empty() -> None:
    assert absolute("", "documents/s1/a.pdf") == ""


def test_the_error_page_is_known_by_its_address() -> None:
    assert is_error_page(f"{BASE}/mgerror.aspx?x=1")
    assert not is_error_page(f"{BASE}/mgAi.aspx?ID=1")


@pytest.mark.parametrize(
    ("page", "link", "elsewhere"),
    [
        (f"{BASE}/mgListCommittees.aspx", "mgCommitteeDetails.aspx?ID=1", False),
        (f"{BASE}/mgListCommittees.aspx", "/other/mgCommitteeDetails.aspx?ID=1", False),
        (f"{BASE}/mgListCommittees.aspx", "http://Democracy.example.gov.uk:80/mgCommitteeDetails.aspx?ID=1", False),
        (f"{BASE}/mgListCommittees.aspx", "https://joint.example.gov.uk/mgCommitteeDetails.aspx?ID=1", True),
        (f"{BASE}/mgListCommittees.aspx", "//127.0.0.1:22/mgCommitteeDetails.aspx?ID=1", True),
        (f"{BASE}/mgListCommittees.aspx", "mailto:clerk@joint.example.gov.uk", False),
        (f"{BASE}/mgListCommittees.aspx", "https://[::1/", False),
        ("", "https://joint.example.gov.uk/mgCommitteeDetails.aspx?ID=1", False),
    ],
)
def test_a_link_to_another_host_leads_elsewhere(page: str, link: str, elsewhere: bool) -> None:
    assert leads_elsewhere(page, link) is elsewhere
