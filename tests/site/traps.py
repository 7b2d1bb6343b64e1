"""What lures a crawler away from the pages that there are? Links that real sites carry, or could, on every page.

Source: the traps that the references name: calendars and lists without end, sessions in addresses, one page under
many spellings, addresses made by broken scripts (`moderngov.md` 1, `hazards.md` 4).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import count, islice, product

from tests.site.exchange import Exchange
from tests.site.faults import fault

_INSIDE = b'<div id="modgov">'
_ROW = re.compile(rb'<li  class="mgTable.*?</li>', re.DOTALL)
_HREF = re.compile(rb'href="[^"]*?(?:MId|MeetingId)=(\d+)[^"]*"', re.IGNORECASE)
_LURE_PAPER = re.compile(rb'href="[^"]*documents/s9/[^"]*"')
_NAMES = ("ieListDocuments.aspx", "IELISTDOCUMENTS.ASPX", "ielistdocuments.aspx", "ieListDocuments.asp")
_PARAMETERS = ("MId", "MID", "MeetingId", "meetingid")
_TAILS = ("&amp;Ver=4", "&amp;J=1", "&amp;zTS=undefined", "&amp;bcr=1", "#AI1")
_LURES = (
    "mgCalendarMonthView.aspx?M={n}&amp;DD=2{n:03}",
    "mgCalendarWeekView.aspx?WN={n}&amp;CID=0&amp;ACT=Later&amp;DD=2026",
    "a/a/a/a/a/a/a/a/{n}",
    "ieListMeetings.aspx?CId={n}&amp;info=1&amp;MD=Constitution",
    "mgUserInfo.aspx?UID={n}",
    "mgError.aspx?E={n}",
    "ieDocSearch.aspx?PG={n}",
    "?fn-committees=function%20toString(){n}",
    "javascript:location='mgListCommittees.aspx?{n}'",
    "http://elsewhere.example/ieListDocuments.aspx?MId={n}",
    "//127.0.0.1:{n}/ieListDocuments.aspx?MId=1",
    "file:///etc/passwd?{n}",
)


@fault("traps")
def _traps(exchange: Exchange, value: str) -> None:
    """No fault: the honest page among lures, and the first meeting of a list under so many spellings (value; 100)."""
    answer, number = exchange.honest(), int(value or 100)
    body = _ROW.sub(lambda row: row[0] + _spelt(row[0], number), answer.body, count=1)
    exchange.send(replace(answer, body=body.replace(_INSIDE, _INSIDE + _lures(exchange.target), 1)))


def spellings(mid: int) -> Iterator[str]:
    """Addresses without end of one meeting's page, all different."""
    for number in count():
        for name, parameter, tail in product(_NAMES, _PARAMETERS, _TAILS):
            yield f"(S(s{number:024}))/{name}?x{number}={number}&amp;{parameter}={mid:0{number % 5 + 1}}{tail}"


def _spelt(row: bytes, number: int) -> bytes:
    """The row again and again, each time under another spelling of its address."""
    found = _HREF.search(row)
    if found is None:
        return b""
    addresses = islice(spellings(int(found[1])), number)
    return b"".join(row.replace(found[0], f'href="{address}"'.encode()) for address in addresses)


def _lures(target: str) -> bytes:
    """The lures as links, with numbers that no other page has, so that who follows them finds new ones for ever."""
    first = sum(target.encode()) % 900
    links = (lure.format(n=first + n) for lure in _LURES for n in range(3))
    return "".join(f'<a href="{link}">Next</a> ' for link in links).encode()


@fault("other-host")
def _other_host(exchange: Exchange, value: str) -> None:
    """The honest page, but the document s9 stands at another place (value)."""
    answer = exchange.honest()
    exchange.send(
        replace(answer, body=re.sub(rb'href="[^"]*documents/s9/[^"]*"', f'href="{value}"'.encode(), answer.body))
    )
