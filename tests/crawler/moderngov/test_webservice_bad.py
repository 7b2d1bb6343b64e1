"""Bad answers: each refused for its own reason, and whatever is done to a good one, it is read or refused."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crawler.moderngov.readings import REASONS, PageError
from crawler.moderngov.webservice import committees_from_service, meeting_from_service, meetings_from_service
from tests.crawler.moderngov.answering import (
    committee,
    committees,
    document,
    item,
    leaf,
    listed,
    meeting,
    meetings,
    words,
)

Reader = Callable[[bytes], object]


def read_meeting(data: bytes) -> object:
    return meeting_from_service(data, "https://www.example.gov.uk")


READERS: tuple[Reader, ...] = (committees_from_service, meetings_from_service, read_meeting)
REDIRECT = b"""<!-- begin -->\r\n<script type="text/javascript">\r\nfunction go() {
var httpsURL = "https://" + window.location.hostname ;\r\nwindow.location = httpsURL ;\r\n}\r\ngo();\r\n</script>\r\n"""
SHAREPOINT = b"""\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "x.dtd"><html><head>
<title>\n\tError\n</title></head><body><p>An unexpected error has occurred.</p></body></html>"""
BOMB = b"""<!DOCTYPE m [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><meeting>&b;</meeting>"""
OUTSIDE = b'<!DOCTYPE m [<!ENTITY x SYSTEM "file:///etc/passwd">]><meeting><meetingid>&x;</meetingid></meeting>'
BAD: dict[str, tuple[bytes, str]] = {
    "no bytes": (b"", "cut"),
    "blank": (b" \r\n\t", "cut"),
    "an error page": (SHAREPOINT, "error-page"),
    "a server's error": (b"<html><head><title>Runtime Error</title></head></html>", "error-page"),
    "a robot test": (b"<html><head><title>Just a moment...</title></head><script>location='x'</script>", "challenge"),
    "a script that leads elsewhere": (REDIRECT, "script-redirect"),
    "a refresh": (b'<html><meta http-equiv="refresh" content="0;url=/x"></html>', "script-redirect"),
    "some page": (b"<!DOCTYPE html><html><body><h1>Welcome</h1></body></html>", "not-moderngov"),
    "plain words": (b"Missing parameter: sFromDate.\r\n", "not-moderngov"),
    "JSON": (b'{"meeting": {"meetingid": 1}}', "not-moderngov"),
    "an empty answer": (b"<?xml version='1.0'?>\r\n<list>\r\n  <wards>\r\n  </wards>\r\n</list>", "empty-answer"),
    "an empty element": (b"<meeting/>", "empty-answer"),
    "another answer": (b"<election><title>Ward</title></election>", "wrong-answer"),
    "a fault": (b"<soap:Fault xmlns:soap='x'><faultcode>Server</faultcode></soap:Fault>", "wrong-answer"),
    "entities that grow": (BOMB, "wrong-answer"),
    "entities from outside": (OUTSIDE, "wrong-answer"),
    "an unknown entity": (b"<?xml version='1.0'?><meeting><meetingid>&nbsp;</meetingid></meeting>", "cut"),
    "too many tags": (b"<meeting>" + b"<a/>" * 400_001 + b"</meeting>", "too-large"),
    "a begun declaration": (b"<?xml vers", "cut"),
}  # fmt: skip


def reason(read: Reader, data: bytes) -> str:
    with pytest.raises(PageError) as refused:
        read(data)
    assert "\n" not in str(refused.value)
    return refused.value.reason


@pytest.mark.parametrize(("data", "expected"), BAD.values(), ids=BAD.keys())
def test_each_bad_answer_is_refused_for_its_own_reason(data: bytes, expected: str) -> None:
    assert [reason(read, data) for read in READERS] == [expected] * 3


def test_an_answer_to_another_question_is_refused() -> None:
    answers = (committees(committee(1, "A")), meetings(listed(1)), meeting(item()))
    for read in READERS:
        others = [data for own, data in zip(READERS, answers, strict=True) if own is not read]
        assert [reason(read, data) for data in others] == ["wrong-answer"] * 2


def test_too_large_an_answer_is_not_read() -> None:
    data = committees(committee(1, "A"))
    assert committees_from_service(data, max_bytes=len(data))
    assert reason(lambda body: committees_from_service(body, max_bytes=len(data) - 1), data) == "too-large"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<p>Broken o", None),
        ("<p>Broken <a hre", "cut"),
        ("<p>One</p><!-- never ended", "cut"),
        ("<p>One</p><script>", "cut"),
        ("<div>" * 5000, "too-large"),
        ("<b>" * 5000, "too-large"),
        ("&lt;" * 400_001, "too-large"),
    ],
)
def test_a_text_within_an_answer_is_bounded_as_a_page_is(text: str, expected: str | None) -> None:
    data = meeting(item(leaf("agendatext", text)))
    if expected is None:
        read_meeting(data)
    else:
        assert reason(read_meeting, data) == expected


def test_old_encodings_are_read() -> None:
    said = "Café’s “plan” – £5"
    for encoding in ("utf-8-sig", "utf-16", "cp1252"):
        data = committees(committee(1, said)).decode().encode(encoding)
        (found,) = committees_from_service(data)
        assert found.name == said


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("www.leeds.gov.uk/GetCouncillorsByWard_2016_sharepoint_error.html", "error-page"),
        ("moderngov.denbighshire.gov.uk/GetCouncillorsByWard_2016.xml", "script-redirect"),
        ("online.eastherts.gov.uk/GetCouncillorsByWard_2016.xml", "empty-answer"),
    ],
)
def test_real_bad_answers_are_refused_each_for_its_own_reason(
    real_page: Callable[[str], bytes], name: str, expected: str
) -> None:
    assert [reason(read, real_page(f"pages/{name}")) for read in READERS] == [expected] * 3


INVENTED = meeting(
    "".join(
        item(
            leaf("agendatext", words("To consider.", "<table><tr><td>a</td><td>b</td></tr></table>"))
            + leaf("minutesnonemptyhtmlbody", words("Said &amp; done.")),
            aiid=100 + n,
            number=f"{n}.",
            documents=document(n, "Annex &amp; more"),
        )
        for n in range(1, 4)
    )
)
GOOD = (committees(committee(1, "A"), committee(2, "B")), meetings(listed(1), listed(2)), INVENTED)


def outcome(read: Reader, data: bytes) -> object:
    """What an answer says; None where it is refused, which needs one of the known reasons."""
    try:
        return read(data)
    except PageError as error:
        if error.reason not in dict(REASONS):
            raise
        return None


@pytest.mark.parametrize(
    ("read", "data"), list(zip(READERS, GOOD, strict=True)), ids=["committees", "meetings", "meeting"]
)
def test_an_answer_cut_anywhere_is_refused(read: Reader, data: bytes) -> None:
    assert outcome(read, data) is not None
    assert [place for place in range(len(data)) if outcome(read, data[:place]) is not None] == []


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("GetCommittees", committees_from_service),
        ("GetMeetings_144", meetings_from_service),
        ("GetMeeting_4967_with_minutes", read_meeting),
    ],
)
def test_a_real_answer_cut_anywhere_is_refused(real_page: Callable[[str], bytes], name: str, read: Reader) -> None:
    data = real_page(f"pages/democracy.manchester.gov.uk/{name}_trimmed.xml").rstrip()
    assert [place for place in range(0, len(data), 7) if outcome(read, data[:place]) is not None] == []
    assert reason(read, data[:-1]) == "cut"


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    """A good answer with one thing done to it: bytes changed, a part doubled, left out, or something pasted in."""
    data = draw(st.sampled_from(GOOD))
    where, length = draw(st.integers(0, len(data))), draw(st.integers(1, 2000))
    match draw(st.sampled_from(["flip", "double", "leave out", "paste"])):
        case "flip":
            changed = bytearray(data)
            for place in draw(st.lists(st.integers(0, len(data) - 1), max_size=20)):
                changed[place] = draw(st.integers(0, 255))
            return bytes(changed)
        case "double":
            return data[:where] + data[where : where + length] * 2 + data[where + length :]
        case "leave out":
            return data[:where] + data[where + length :]
        case _:
            pasted = ["<![CDATA[", "&lt;script&gt;", "<!--", "<a>", "&amp;lt;div&amp;gt;", "&#1;", "\0", "<!DOCTYPE x>"]
            return data[:where] + draw(st.sampled_from(pasted)).encode() * draw(st.integers(1, 50)) + data[where:]


@given(mutated())
@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow])
def test_a_broken_answer_is_read_or_refused(data: bytes) -> None:
    for read in READERS:
        outcome(read, data)


@given(st.binary(max_size=200), st.text(max_size=200))
@settings(max_examples=100)
def test_any_bytes_are_read_or_refused(data: bytes, text: str) -> None:
    inside = meeting(item(leaf("agendatext", text), title=text), mid=4)
    for body in (data, b"<meeting>" + data + b"</meeting>", inside):
        for read in READERS:
            outcome(read, body)
