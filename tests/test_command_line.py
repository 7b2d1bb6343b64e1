"""The command line as a user runs it: child processes, exit codes, one clear line for what went wrong."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import subprocess
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.commands import answer, command, run
from tests.crash.children import LOOPBACK
from tests.crawler.said import few_meetings
from tests.site import PretendSite, small_borough

EASTMERE = few_meetings(small_borough(years=3), 3)
SHARED = Path(__file__).parents[2] / "shared"


@pytest.fixture(scope="module")
def site() -> Iterator[PretendSite]:
    with PretendSite([EASTMERE]) as served:
        yield served


@pytest.fixture(scope="module")
def crawled(site: PretendSite, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder into which the pretend borough was crawled."""
    folder = tmp_path_factory.mktemp("crawled")
    file = site.boroughs_file(folder / "boroughs.toml")
    done = run("--data", folder, "crawl", "eastmere", "--boroughs", file, anew=True)
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    assert "Eastmere (invented): complete" in done.stderr
    return folder


def test_what_was_crawled_is_found(crawled: Path) -> None:
    everything = answer(crawled)
    items = sum(len(meeting.items) for meeting in EASTMERE.committees[0].meetings)
    assert everything["total"] == items
    title = next(item.title for m in EASTMERE.committees[0].meetings for item in m.items if item.subject)
    found = answer(crawled, f'title:"{title}"')
    assert found["total"] >= 1
    assert found["items"][0]["title"] == title


def test_the_search_in_the_terminal_says_how_it_was_read_and_what_was_searched(crawled: Path) -> None:
    done = run("--data", crawled, "search", "council -zebra")
    assert done.stdout.startswith("Read as: ")
    assert "found in" in done.stdout
    nothing = run("--data", crawled, "search", "xylophone")
    assert (nothing.returncode, "Nothing found in" in nothing.stdout) == (0, True)


def test_words_need_no_quotation_marks_in_a_terminal(crawled: Path) -> None:
    assert answer(crawled, "minutes", "meeting") == answer(crawled, "minutes meeting")
    assert answer(crawled, "minutes", "meeting", "--sort", "newest")["total"]
    exported = (run("--data", crawled, "export", "--format", "csv", *words).stdout for words in (("a", "b"), ("a b",)))
    assert len(set(exported)) == 1


def test_an_export_without_rows_says_why(crawled: Path) -> None:
    for asked, told in (
        (("xylophone",), "Nothing found in"),
        (("council", "--year", "1850"), "Not looked at: "),
        (("a" * 600,), "Not searched: "),
    ):
        done = run("--data", crawled, "export", "--format", "csv", *asked)
        assert (done.returncode, len(done.stdout.splitlines())) == (0, 1)
        assert told in done.stderr
    assert run("--data", crawled, "export", "--format", "csv", "council").stderr == ""


def test_a_slip_of_the_finger_and_a_widened_reading_are_told_with_what_to_do(crawled: Path) -> None:
    assert "Did you mean: council\n" in run("--data", crawled, "search", "cuoncil", "--no-widen").stdout
    assert answer(crawled, "cuoncil", "--no-widen")["query"]["suggestion"] == "council"
    assert "Did you mean: council\n" in run("--data", crawled, "export", "--format", "json", "cuoncil").stderr
    read = {line for line in run("--data", crawled, "search", "council").stdout.splitlines() if line.startswith("Read")}
    assert read == {"Read as: council (with word forms) [--no-widen: only what was typed]"}
    assert "only what was typed" not in run("--data", crawled, "search", '"council"').stdout


def test_standing_items_can_be_left_out_of_answers_and_exports(crawled: Path) -> None:
    everything, substance = answer(crawled)["total"], answer(crawled, "--no-standing")
    assert 0 < substance["total"] < everything
    assert substance["searched"]["items"] == substance["total"]
    rows = csv.DictReader(io.StringIO(run("--data", crawled, "export", "--format", "csv", "--no-standing").stdout))
    assert len(list(rows)) == substance["total"]


def test_a_search_for_a_borough_or_topic_that_is_not_here_says_so(crawled: Path) -> None:
    asked = ("committee", "--borough", "kingston", "--topic", "mold", "--committee", "999999")
    done = run("--data", crawled, "search", *asked)
    assert "Note: There is no borough “kingston” in this archive" in done.stdout
    assert "Not looked at: " in done.stdout
    assert "no committee “999999”" in done.stdout
    assert len(answer(crawled, *asked)["query"]["warnings"]) == 3
    assert "no topic “mold”" in run("--data", crawled, "export", "--format", "csv", *asked).stderr


def test_an_export_holds_all_that_is_found_and_not_a_page_of_it(crawled: Path) -> None:
    total = answer(crawled)["total"]
    rows = list(csv.DictReader(io.StringIO(run("--data", crawled, "export", "--format", "csv").stdout, newline="")))
    items = json.loads(run("--data", crawled, "export", "--format", "json", "--sort", "newest").stdout)
    assert len(rows) == len(items) == total
    assert {row["id"] for row in rows} == {item["id"] for item in items}


def test_status_check_boroughs_and_topics_answer(crawled: Path) -> None:
    (row,) = json.loads(run("--data", crawled, "status", "--json").stdout)
    assert (row["slug"], row["outcome"], row["missing"], len(row["not_held"])) == ("eastmere", "complete", 0, 0)
    assert row["listed"] == row["held"] + row["missing"] == sum(c["listed"] for c in row["committees"])
    assert "Eastmere" in run("--data", crawled, "status").stdout
    assert run("--data", crawled, "check").stdout.startswith("No faults")
    slugs = {borough["slug"] for borough in json.loads(run("--data", crawled, "boroughs", "--json").stdout)}
    assert {"eastmere", "southwark"} <= slugs
    topics = json.loads(run("topics", "--json").stdout)
    assert len(topics) >= 40
    assert "facial-recognition" in run("topics").stdout


def test_withholding_hides_and_brings_back(crawled: Path) -> None:
    before = answer(crawled)
    ident = before["items"][0]["id"]
    assert run("--data", crawled, "withhold", ident, "--reason", "Personal data").returncode == 0
    hidden = answer(crawled)
    assert hidden["total"] == before["total"] - 1
    assert ident not in run("--data", crawled, "export", "--format", "csv").stdout
    assert run("--data", crawled, "withhold", ident, "--undo").returncode == 0
    assert answer(crawled) == before


def test_a_later_crawl_needs_no_boroughs_file_and_a_rebuild_changes_no_answer(crawled: Path) -> None:
    before = answer(crawled, "committee")
    assert run("--data", crawled, "crawl", "eastmere").returncode == 0
    assert run("--data", crawled, "index", "--rebuild").returncode == 0
    assert answer(crawled, "committee") == before


def test_the_site_is_served_until_it_is_told_to_stop(crawled: Path) -> None:
    with subprocess.Popen(
        command("--data", crawled, "serve", "--port", "0"),
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, **LOOPBACK},
    ) as server:
        assert server.stderr is not None
        said = server.stderr.readline()
        address = said.split("http://")[1].split("/")[0]
        with urllib.request.urlopen(f"http://{address}/healthz", timeout=30) as response:
            assert response.status == 200
        server.send_signal(signal.SIGTERM)
        assert "Traceback" not in server.stderr.read()


def test_a_second_crawl_at_the_same_time_is_refused(tmp_path: Path) -> None:
    with PretendSite([EASTMERE]) as slow:
        slow.fault("mgListCommittees", "hang")
        file = slow.boroughs_file(tmp_path / "boroughs.toml")
        asked = ("--data", tmp_path, "crawl", "eastmere", "--boroughs", file)
        with subprocess.Popen(command(*asked), env={**os.environ, **LOOPBACK}, stderr=subprocess.PIPE) as first:
            while not slow.requests:
                assert first.poll() is None
            second = run(*asked)
            assert (second.returncode, f"pid {first.pid}" in second.stderr) == (5, True)
            first.send_signal(signal.SIGTERM)
            slow.close()
            first.communicate(timeout=60)
            assert first.returncode == 6


UNUSABLE = {"SCRUTINY_HOST_DELAY_S": "soon"}


@pytest.mark.parametrize(
    ("arguments", "environment", "code", "told"),
    [
        (("import", "missing.html", "--borough", "southwark"), {}, 2, "no file missing.html"),
        (("import", "{file}", "--borough", "southwerk"), {}, 2, "Did you mean southwark"),
        (("import", "{file}", "--borough", "southwark"), {}, 6, "could not be taken in"),
        (("import", "{file}", "--borough", "southwark", "--date", "5 May"), {}, 2, "2025-10-14"),
        (("crawl", "atlantis"), {}, 2, "no borough 'atlantis'"),
        (("crawl", "southwark", "--boroughs", "{file}"), {}, 4, "line 1"),
        (("crawl", "southwark", "--boroughs", "missing.toml"), {}, 2, "missing.toml"),
        (("crawl", "southwark", "--committee", "x"), {}, 2, "no committee"),
        (("crawl", "southwark"), {"SCRUTINY_ALLOW_LOOPBACK": "no"}, 4, "loopback only"),
        (("search", "damp"), {}, 2, "no archive"),
        (("check",), {}, 2, "no archive"),
        (("status",), UNUSABLE, 4, "SCRUTINY_HOST_DELAY_S"),
        (("withhold", "southwark-i1", "--reason", "x"), {}, 2, "no archive"),
        (("search", "--sort", "best"), {}, 2, "--help"),
        (("search", "--year", "last"), {}, 2, "'last' is no year; write it as 2025, or unknown."),
        (("export", "--format", "csv", "--committee", "c308"), {}, 2, "write it as 308 or southwark-c308."),
        (("import", "{file}", "--borough", "kingston"), {}, 2, "Did you mean kingston-upon-thames?"),
        (("frobnicate",), {}, 2, "--help"),
        (("--data", "{file}", "status"), {}, 2, "no archive"),
        (("--data", "{file}/x", "import", "{file}", "--borough", "southwark"), {}, 4, "--data"),
    ],
)
def test_bad_input_is_told_in_one_line(
    tmp_path: Path, arguments: tuple[str, ...], environment: dict[str, str], code: int, told: str
) -> None:
    file = tmp_path / "some.txt"
    file.write_text("no page, no table of boroughs")
    done = run("--data", tmp_path / "data", *(a.format(file=file) for a in arguments), environment=environment)
    assert done.returncode == code, done.stderr
    assert told in done.stderr
    assert done.stdout == ""
    last = done.stderr.strip().splitlines()[-1]
    assert last
    assert not (tmp_path / "data").exists() or code == 6 or arguments[0] == "crawl"


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="the real texts are not here")
def test_the_two_copied_texts_are_found_by_what_they_say(tmp_path: Path) -> None:
    for slug in ("southwark", "tower-hamlets"):
        assert run("--data", tmp_path, "import", SHARED / "seeds" / f"{slug}.txt", "--borough", slug).returncode == 0
    (item,) = answer(tmp_path, '"facial recognition"')["items"]
    assert (item["borough"]["slug"], "facial-recognition" in item["topics"]) == ("southwark", True)
    assert any("<mark>facial recognition</mark>" in s["html"].lower() for s in item["snippets"])
    (item,) = answer(tmp_path, '"nitrous oxide"')["items"]
    assert item["borough"]["slug"] == "tower-hamlets"
    assert [document["title"] for document in item["documents"]] == [
        "CS community safety spotlight on BC and Cabnet Member",
        "Tower Scrutiny Panel 2022 - Complete1 v3",
    ]
    both = answer(tmp_path, "VAWG")
    assert (both["total"], "violence against women and girls" in str(both["query"])) == (2, True)
    assert answer(tmp_path, "VAWG", "--no-widen")["total"] == 1
