"""A pretend council that answers in a process of its own, so that its processor time is not counted with ours."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from tests.site import PretendSite, demo_boroughs

_ENDED = ""
_ASKED = "requests"


@dataclass(frozen=True, slots=True)
class Traffic:
    """What a site was asked for and sent: requests, and bytes of heads and bodies."""

    requests: int
    bytes: int


@dataclass(frozen=True, slots=True)
class Served:
    """A site that is being served: the file of its one borough, and its record of requests."""

    boroughs: Path
    _end: Connection

    def traffic(self) -> Traffic:
        """What it was asked for since this was last called."""
        self._end.send(_ASKED)
        told: Traffic = self._end.recv()
        return told


@contextmanager
def served(folder: Path, years: int, *, validators: bool) -> Iterator[Served]:
    """Serve one borough with so many years of meetings; with `validators` every answer has an ETag."""
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    boroughs = folder / "boroughs.toml"
    process = context.Process(target=_serve, args=(there, boroughs, years, validators))
    process.start()
    try:
        here.recv()
        yield Served(boroughs, here)
    finally:
        here.send(_ENDED)
        process.join()


def _serve(end: Connection, boroughs: Path, years: int, validators: bool) -> None:
    with PretendSite(demo_boroughs(1, years=years)) as site:
        if validators:
            site.fault("", "validators")
        site.boroughs_file(boroughs)
        end.send(_ASKED)
        while end.recv() == _ASKED:
            end.send(Traffic(len(site.requests), sum(request.sent for request in site.requests)))
            site.forget_requests()
