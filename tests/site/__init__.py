"""A pretend ModernGov: invented councils on real sockets, with real faults.

    with PretendSite([small_borough()]) as site:
        site.boroughs_file(folder / "boroughs.toml")
        site.fault(r"mgAi", "status", times=1, value=503)

The pages follow the structure that the vendor's software has; every word on them is invented.
"""

from __future__ import annotations

from tests.site import changes, hostile, traps
from tests.site.council import (
    NOTICE,
    PretendBorough,
    PretendCommittee,
    PretendDocument,
    PretendHabits,
    PretendItem,
    PretendMeeting,
    PretendRobots,
    PretendVote,
)
from tests.site.demo import TODAY, demo_boroughs, small_borough
from tests.site.exchange import Exchange
from tests.site.faults import FAULTS, fault
from tests.site.pdf import pdf
from tests.site.published import cut, heading, label, visible
from tests.site.routes import Answer
from tests.site.server import PretendSite, Request

__all__ = [
    "FAULTS",
    "NOTICE",
    "TODAY",
    "Answer",
    "Exchange",
    "PretendBorough",
    "PretendCommittee",
    "PretendDocument",
    "PretendHabits",
    "PretendItem",
    "PretendMeeting",
    "PretendRobots",
    "PretendSite",
    "PretendVote",
    "Request",
    "changes",
    "cut",
    "demo_boroughs",
    "fault",
    "heading",
    "hostile",
    "label",
    "pdf",
    "small_borough",
    "traps",
    "visible",
]
