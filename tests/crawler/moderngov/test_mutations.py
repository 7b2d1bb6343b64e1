"""Broken pages: whatever is done to a page, it is read or refused with a reason, and never passes for a shorter one."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crawler.moderngov import read_committees, read_item_page, read_meeting, read_meetings
from crawler.moderngov.readings import REASONS, PageError
from tests.crawler.moderngov.building import label, listed, meeting, row, words

READERS: tuple[Callable[[bytes], object], ...] = (read_committees, read_item_page, read_meeting, read_meetings)
KINGSTON = "pages/moderngov.kingston.gov.uk/{}.html"
PASTED = [
    "</html>",
    "<!--",
    "<script>",
    "</table>",
    "</div></div>",
    "<html>",
    "<![CDATA[",
    "<textarea>",
    '"',
    "\0",
    "&#0;",
    "<svg>",
    "<![foo]>",
]
NESTED = ["<div>", "<table><tr><td>", "<b>", "<ul><li>", "<p><span>", "<a href=x>", "<blockquote>"]
INVENTED = meeting(
    "".join(
        row(
            words("To consider.", f"<table><tr><td>a{n}</td><td>b</td></tr></table>")
            + label("Additional documents:")
            + listed((f"documents/s{n}/a b.pdf", "Annex"))
            + label("Minutes:")
            + words("Said."),
            number=f"{n}.",
            aiid=100 + n,
        )
        for n in range(1, 7)
    )
)


def outcome(read: Callable[[bytes], object], data: bytes) -> object:
    """What a page says; None where it is refused, which needs one of the known reasons."""
    try:
        return read(data)
    except PageError as error:
        if error.reason not in dict(REASONS):
            raise
        return None


@st.composite
def mutated(draw: st.DrawFn, data: bytes) -> bytes:
    """The page with one thing done to it: bytes changed, a block doubled, left out, pasted in, or nested deeply."""
    where = draw(st.integers(0, len(data)))
    length = draw(st.integers(1, 4000))
    match draw(st.sampled_from(["flip", "double", "leave out", "paste", "nest"])):
        case "flip":
            changed = bytearray(data)
            for place in draw(st.lists(st.integers(0, len(data) - 1), max_size=40)):
                changed[place] = draw(st.integers(0, 255))
            return bytes(changed)
        case "double":
            return data[:where] + data[where : where + length] * 2 + data[where + length :]
        case "leave out":
            return data[:where] + data[where + length :]
        case "paste":
            return data[:where] + draw(st.sampled_from(PASTED)).encode() + data[where:]
        case _:
            return data[:where] + draw(st.sampled_from(NESTED)).encode() * length + data[where:]


MUTATIONS = settings(max_examples=150, suppress_health_check=list(HealthCheck))
MANY_MUTATIONS, MANY_OF_REAL_PAGES = (settings(MUTATIONS, max_examples=number) for number in (4_000, 1_000))


@MUTATIONS
@given(mutated(INVENTED))
def test_a_broken_page_is_read_or_refused(data: bytes) -> None:
    for read in READERS:
        outcome(read, data)


@pytest.mark.slow
@MANY_MUTATIONS
@given(mutated(INVENTED))
def test_thousands_of_broken_pages_are_read_or_refused(data: bytes) -> None:
    for read in READERS:
        outcome(read, data)


@given(st.binary(max_size=300), st.text(max_size=300))
@settings(max_examples=100)
def test_any_bytes_are_read_or_refused(data: bytes, text: str) -> None:
    for body in (
        data,
        b"<html><body><div id=modgov>" + data + text.encode("utf-8", "ignore") + b"</div></body></html>",
    ):
        for read in READERS:
            outcome(read, body)


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("Agenda_151", read_meeting),
        ("Agenda_412", read_meeting),
        ("BrowseMeetings", read_meetings),
        ("CommitteeStructure", read_committees),
    ],
)
def test_a_real_page_cut_anywhere_is_refused(
    real_page: Callable[[str], bytes], name: str, read: Callable[[bytes], object]
) -> None:
    data = real_page(KINGSTON.format(name))
    places = (
        {len(data) * part // 50 for part in range(50)} | set(range(len(data) - 300, len(data), 7)) | {len(data) - 1}
    )
    assert [place for place in sorted(places) if outcome(read, data[:place]) is not None] == []


@pytest.mark.shared
@settings(MUTATIONS, max_examples=60)
@given(data=st.data())
def test_a_broken_real_page_is_read_or_refused(real_page: Callable[[str], bytes], data: st.DataObject) -> None:
    read_broken(real_page, data)


@pytest.mark.slow
@pytest.mark.shared
@MANY_OF_REAL_PAGES
@given(data=st.data())
def test_a_thousand_broken_real_pages_are_read_or_refused(
    real_page: Callable[[str], bytes], data: st.DataObject
) -> None:
    read_broken(real_page, data)


def read_broken(real_page: Callable[[str], bytes], data: st.DataObject) -> None:
    name = data.draw(
        st.sampled_from(["Agenda_151", "Agenda_412", "BrowseMeetings", "CommitteeStructure", "CommitteeDetails"])
    )
    body = data.draw(mutated(real_page(KINGSTON.format(name))))
    for read in READERS:
        outcome(read, body)


@pytest.mark.shared
def test_a_pasted_end_does_not_shorten_a_real_meeting(real_page: Callable[[str], bytes]) -> None:
    data = real_page(KINGSTON.format("Agenda_151"))
    for end in (b"</body></html>", b"<html><body>x</body></html>", b"</html>"):
        for place in (data.index(b"set aside"), data.index(b"There were no petitions"), data.index(b"RESOLVED")):
            read = outcome(read_meeting, data[:place] + end + data[place:])
            assert read is None or len(read.items) == 12  # type: ignore[attr-defined]
            assert outcome(read_meeting, data[:place] + end) is None
