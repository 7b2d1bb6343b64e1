"""Eight visitors ask the served site cheap and costly things while meetings are added: every answer is a whole one."""

from __future__ import annotations

import json
import random
import subprocess
import threading
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import quantiles
from typing import Any

import pytest

from archive import Archive, read_settings
from index import Index, SearchRequest, SearchResult, update_index
from tests.commands import command
from tests.index.corpus import RARE, WORDS, fill, item_of, keep_pages, save_meeting

VISITORS, ITEMS = 8, 6
ASKED = (
    "quartz",
    "police",
    "",
    "housing OR damp OR the",
    "the of and",
    '"facial recognition"',
    "send NEAR/5 police",
    "-police",
    "pol* rep*",
    "documents:quartz OR title:quartz",
)
Answer = tuple[object, ...]


def test_every_answer_is_that_of_a_committed_state(
    tmp_path: Path, load_s: float, capsys: pytest.CaptureFixture[str]
) -> None:
    settings, made = read_settings({}), random.Random(31)
    with Archive.open(tmp_path, write=True) as archive:
        fill(archive, meetings=20)
        update_index(archive, tmp_path, settings)
        index = Index(tmp_path, archive, settings)
        states = [_state(index)]
        with _served(tmp_path) as address, _visitors(address) as seen:
            until = time.monotonic() + load_s
            while time.monotonic() < until:
                _add_meeting(archive, made, 100 + len(states))
                update_index(archive, tmp_path, settings)
                states.append(_state(index))
    committed = {text: {state[text] for state in states} for text in ASKED}
    for text, answer, _ in seen:
        assert answer in committed[text], text
    times = [seconds for *_, seconds in seen]
    assert len({answer for text, answer, _ in seen if text == "quartz"}) > 1  # readers have followed
    with capsys.disabled():
        middle, late = quantiles(times, n=100)[49], quantiles(times, n=100)[94]
        print(
            f"\n{VISITORS} visitors, {len(times):,} answers, {len(states) - 1} commits in {load_s:.0f} s: "
            f"median {middle * 1e3:.0f} ms, 95th percentile {late * 1e3:.0f} ms."
        )


@pytest.fixture(params=[6, pytest.param(300, marks=pytest.mark.slow)], ids=["six seconds", "five minutes"])
def load_s(request: pytest.FixtureRequest) -> float:
    """For how long meetings are added."""
    return float(request.param)


def _state(index: Index) -> dict[str, Answer]:
    """The answer to everything, in the state that is committed now."""
    return {text: _of_result(index.search(SearchRequest(text=text, sort="newest"))) for text in ASKED}


def _of_result(result: SearchResult) -> Answer:
    searched = result.searched
    facets = {name: [(value.value, value.count) for value in values] for name, values in result.facets.items()}
    ids = [hit.id for hit in result.hits]
    return result.total, (searched.items, searched.documents, searched.pages), repr(facets), repr(ids)


def _of_json(said: dict[str, Any]) -> Answer:
    searched = said["searched"]
    facets = {name: [(value["value"], value["count"]) for value in values] for name, values in said["facets"].items()}
    ids = [item["id"] for item in said["items"]]
    return said["total"], (searched["items"], searched["documents"], searched["pages"]), repr(facets), repr(ids)


def _add_meeting(archive: Archive, made: random.Random, number: int) -> None:
    def words(many: int) -> str:
        return " ".join(made.choice((*WORDS, *RARE)) for _ in range(many))

    items = [
        item_of(number * 10 + place, f"Quartz {words(3)}", meeting=number, minutes=words(40), papers=words(3))
        for place in range(ITEMS)
    ]
    save_meeting(archive, number, items)
    keep_pages(archive, items[0][1][0].id, f"Quartz {words(60)}", words(60))


@contextmanager
def _served(folder: Path) -> Iterator[str]:
    with subprocess.Popen(
        command("--data", folder, "serve", "--port", "0"), stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stderr is not None
        try:
            yield process.stderr.readline().split(" on ")[1].split()[0]
        finally:
            process.terminate()


@contextmanager
def _visitors(address: str) -> Iterator[list[tuple[str, Answer, float]]]:
    """Visitors until the block ends, and what they have seen. What fails for one fails the test."""
    ended, failures, seen = threading.Event(), list[BaseException](), list[tuple[str, Answer, float]]()

    def visit(number: int) -> None:
        made = random.Random(number)
        try:
            while not ended.is_set():
                text = made.choice(ASKED)
                query = urllib.parse.urlencode({"q": text, "sort": "newest"})
                began = time.monotonic()
                with urllib.request.urlopen(f"{address}api/v1/search?{query}", timeout=60) as said:
                    answer = _of_json(json.load(said))
                seen.append((text, answer, time.monotonic() - began))
        except BaseException as failure:
            failures.append(failure)

    threads = [threading.Thread(target=visit, args=(number,)) for number in range(VISITORS)]
    for thread in threads:
        thread.start()
    try:
        yield seen
    finally:
        ended.set()
        for thread in threads:
            thread.join()
    if failures:
        raise failures[0]
