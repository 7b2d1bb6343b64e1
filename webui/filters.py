"""What templates may call: dates as people write them, marked text, and links that are safe to follow."""

from __future__ import annotations

from flask import Flask

from archive.reasons import REASONS
from archive.statuses import CALLED_OFF
from webui.dates import clock, long_date, long_moment
from webui.links import changes_url, item_url, page_url, version_url
from webui.markup import is_web_address, marked
from webui.search_page import PLACE_NAMES, heading, says

NAVIGATION = (
    ("/", "Search"),
    ("/topics/", "Topics"),
    ("/boroughs/", "Boroughs"),
    ("/status", "Coverage"),
    ("/help/search", "Help"),
)


def install(app: Flask) -> None:
    """Give the templates of this application their words."""
    app.jinja_env.filters.update(
        long_date=long_date, long_moment=long_moment, clock=clock, marked=marked, counted=counted, heading=heading
    )
    app.jinja_env.tests.update(web_address=is_web_address, called_off=CALLED_OFF.__contains__)
    app.jinja_env.globals.update(
        changes_url=changes_url,
        version_url=version_url,
        item_url=item_url,
        navigation=NAVIGATION,
        page_url=page_url,
        place_names=PLACE_NAMES,
        reason_meanings=dict(REASONS),
        says=says,
    )


def counted(number: int, one: str, several: str = "") -> str:
    """`1,204 items`: a number as people write it, with its noun."""
    return f"{number:,} {one if number == 1 else several or one + 's'}"
