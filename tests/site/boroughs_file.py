"""How does a crawler learn of the invented councils? By a boroughs file, as the design's section 4 has it."""

from __future__ import annotations

import json
from collections.abc import Iterable

from tests.site.council import PretendBorough


def boroughs_toml(rows: Iterable[tuple[PretendBorough, str]]) -> str:
    """The file's text for boroughs and their base addresses. The names shown to readers say that they are invented."""
    return "\n".join(_row(borough, base_url) for borough, base_url in rows)


def _row(borough: PretendBorough, base_url: str) -> str:
    values = {
        "slug": borough.slug,
        "name": f"{borough.name} (invented)",
        "gss": borough.gss,
        "platform": "moderngov",
        "base_url": base_url,
        "scrutiny_committees": list(borough.scrutiny_committees),
        "note": borough.note,
    }
    # a JSON string or list of numbers is written the same way in TOML
    lines = [f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in values.items()]
    return "\n".join(["[[borough]]", *lines, ""])
