"""Every address of the site with values that are there, made from its own table of routes."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Flask
from werkzeug.routing import Rule

KNOWN = {
    "/items/<record>": "/items/eastmere-i1051",
    "/meetings/<record>": "/meetings/eastmere-m105",
    "/committees/<record>": "/committees/eastmere-c100",
    "/documents/<record>": "/documents/eastmere-s1001",
    "/items/<record>/changes": "/items/eastmere-i9001/changes",
    "/documents/<record>/changes": "/documents/eastmere-s1001/changes",
    "/documents/<record>/file": "/documents/eastmere-s1001/file",
    "/boroughs/<slug>": "/boroughs/eastmere",
    "/topics/<slug>": "/topics/facial-recognition",
    "/static/<path:filename>": "/static/style.css",
}


def rules(app: Flask) -> Iterator[Rule]:
    """Every route there is."""
    yield from app.url_map.iter_rules()


def address_of(rule: Rule) -> str:
    """An address of this route that answers; a new route with arguments must be added to `KNOWN`."""
    return KNOWN[rule.rule] if rule.arguments else rule.rule


def address_with(rule: Rule, value: str) -> str:
    """The same route with another value in it, as it is written in an address."""
    path = rule.rule
    for name in rule.arguments:
        path = path.replace(f"<path:{name}>", value).replace(f"<{name}>", value)
    return path
