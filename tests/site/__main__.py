"""Serve the invented councils until stopped: `python -m tests.site --port 0 --boroughs FILE`."""

from __future__ import annotations

import argparse
import signal
import threading
from datetime import date
from pathlib import Path

from tests.site.demo import TODAY, demo_boroughs
from tests.site.server import PretendSite


def main() -> None:
    """Serve, write the boroughs file, print where everything is, and wait for an interrupt or a termination."""
    asked = _arguments()
    stopped = threading.Event()
    for kind in (signal.SIGINT, signal.SIGTERM):
        signal.signal(kind, lambda *_: stopped.set())
    boroughs = demo_boroughs(asked.count, today=asked.today, years=asked.years, busy=asked.busy, seed=asked.seed)
    try:
        with PretendSite(boroughs, port=asked.port) as site:
            for borough in boroughs:
                print(f"{borough.name}: {site.base_url(borough.slug)}/mgListCommittees.aspx")
            print(f"boroughs file: {site.boroughs_file(asked.boroughs).resolve()}", flush=True)
            stopped.wait()
    except OSError as problem:
        raise SystemExit(f"cannot serve from port {asked.port} on, or write {asked.boroughs}: {problem}") from None


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.site", description="Invented councils on this machine.")
    parser.add_argument("--port", type=int, default=0, help="the first of the ports, one a borough; 0 takes any")
    parser.add_argument("--boroughs", type=Path, required=True, help="where to write the boroughs file")
    parser.add_argument("--today", type=date.fromisoformat, default=TODAY, help="the day on which time stands still")
    parser.add_argument("--years", type=int, default=6, help="years of meetings")
    parser.add_argument("--count", type=int, default=5, help="how many boroughs, eight at most")
    parser.add_argument("--busy", type=int, default=1, help="multiplies the meetings in a year")
    parser.add_argument("--seed", type=int, default=1, help="another seed, other minutes")
    return parser.parse_args()


if __name__ == "__main__":
    main()
