"""The demonstration, `make demo`: invented councils, a real crawl of them, and the site, all on this machine.

Everything runs as a user would run it: the pretend site on sockets of its own, then `scrutiny crawl` and
`scrutiny serve` as child processes, with a data folder of its own that is made anew each time.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from tests.site import changes
from tests.site.council import PretendBorough
from tests.site.demo import TODAY, demo_boroughs
from tests.site.server import PretendSite

COUNCILS = 4
FOLDER = Path(__file__).parents[2] / ".demo"
SCRUTINY = (sys.executable, "-m", "scrutiny")


def main() -> None:
    """Serve the invented councils, crawl them, and serve the archive until interrupted."""
    parser = argparse.ArgumentParser(prog="python -m tests.site.show", description=__doc__)
    parser.add_argument("--port", type=int, default=8000, help="where the archive is served")
    parser.add_argument("--data", type=Path, default=FOLDER, help="the data folder; it is emptied first")
    asked = parser.parse_args()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        show(asked.data, asked.port)
    except KeyboardInterrupt:
        print("The demonstration has ended.")


def show(data: Path, port: int) -> None:
    """The demonstration itself. Raises SystemExit at once, not after the crawl, where the port is taken."""
    need(port)
    shutil.rmtree(data, ignore_errors=True)
    data.mkdir(parents=True)
    boroughs = tuple(with_recent_papers(borough) for borough in demo_boroughs(COUNCILS))
    with PretendSite(boroughs) as site:
        file = site.boroughs_file(data / "boroughs.toml")
        environment = {**os.environ, "SCRUTINY_ALLOW_LOOPBACK": "yes", "SCRUTINY_HOST_DELAY_S": "0"}
        names = ", ".join(borough.name for borough in boroughs)
        print(f"Crawling {len(boroughs)} councils, none of which exists: {names}.", flush=True)
        crawl = ("--data", str(data), "crawl", "--boroughs", str(file), *(borough.slug for borough in boroughs))
        run(crawl, environment)
        print(f"Search them on http://127.0.0.1:{port}/ and stop with Ctrl-C.", flush=True)
        run(("--data", str(data), "serve", "--port", str(port)), environment)


def need(port: int) -> None:
    """Raise SystemExit with a clear line where nothing can be served on this port of this machine."""
    try:
        socket.create_server(("127.0.0.1", port)).close()
    except OSError as problem:
        raise SystemExit(
            f"Port {port} cannot be used: {os.strerror(problem.errno or 0)}. Choose another: make demo PORT=8001"
        ) from None


def with_recent_papers(borough: PretendBorough) -> PretendBorough:
    """The borough with papers for its last two years alone: a demonstration should not wait for thousands of them."""
    since = TODAY - timedelta(days=2 * 365)
    old = [meeting for _, meeting in changes.meetings(borough) if meeting.date < since]
    for meeting in old:
        items = tuple(replace(item, report=None, documents=()) for item in meeting.items)
        borough = changes.with_meeting(borough, replace(meeting, items=items))
    return borough


def run(arguments: Sequence[str], environment: Mapping[str, str]) -> None:
    """Run a command of the archive; it is ended with us. Raises SystemExit with its code where it fails."""
    with subprocess.Popen([*SCRUTINY, *arguments], env=dict(environment)) as child:
        try:
            code = child.wait()
        except KeyboardInterrupt:
            child.terminate()
            child.wait()
            raise
    if code:
        raise SystemExit(code)


if __name__ == "__main__":
    main()
