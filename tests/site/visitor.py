"""How does a test look at the pretend site? With eyes of its own, not the crawler's."""

from __future__ import annotations

import http.client
import re
import time
from collections.abc import Callable
from contextlib import closing
from urllib.parse import urlsplit

from bs4 import BeautifulSoup, Tag

from tests.site import changes
from tests.site.council import PretendBorough, PretendMeeting
from tests.site.server import PretendSite


def get(url: str, timeout: float = 10) -> tuple[int, dict[str, str], bytes]:
    """One GET on a connection of its own: status, headers and body, nothing followed and nothing unpacked."""
    parts = urlsplit(url)
    with closing(http.client.HTTPConnection(parts.netloc, timeout=timeout)) as connection:
        connection.request("GET", parts.path + (f"?{parts.query}" if parts.query else ""))
        answer = connection.getresponse()
        return answer.status, dict(answer.getheaders()), answer.read()


def page(site: PretendSite, target: str, slug: str = "eastmere") -> BeautifulSoup:
    """A page of a borough, which must be there."""
    status, _, body = get(f"{site.base_url(slug)}/{target}")
    assert status == 200, target
    return BeautifulSoup(body, "lxml")


def one(part: Tag, selector: str) -> Tag:
    """The one element that is looked for, which must be there."""
    found = part.select_one(selector)
    assert found is not None, selector
    return found


def rows(soup: BeautifulSoup) -> list[Tag]:
    """The rows that are agenda items: those that own a number cell."""
    return [cell.parent for cell in soup.select("td.mgItemNumberCell") if cell.parent is not None]


def words(text: str) -> str:
    """Text with every run of white space made one space."""
    return re.sub(r"\s+", " ", text.replace("\xa0", " ")).strip()


def printed(text: str) -> list[str]:
    """What of a block's text stands on a page in one piece: its cells, without a typed number."""
    return [words(re.sub(r"^\d+\. ", "", cell)) for cell in text.split(" | ")]


def meeting_in(borough: PretendBorough, state: str) -> PretendMeeting:
    """A scrutiny meeting whose papers are in this state."""
    return next(meeting for _, meeting in changes.meetings(borough, scrutiny=True) if meeting.state == state)


def until(held: Callable[[], object]) -> None:
    """Wait for what a thread of the site is about to do."""
    while not held():
        time.sleep(0.005)
