"""The evidence as a user takes it out: a real crawl, exported by the command, read by a reader that is not ours."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from archive import Archive
from archive.leaving import captures_of, leaving
from archive.records import Capture
from tests.commands import command, run
from tests.crawler.said import few_meetings
from tests.site import PretendSite, small_borough

EASTMERE = few_meetings(small_borough(years=3), 3)


@pytest.fixture(scope="module")
def site() -> Iterator[PretendSite]:
    with PretendSite([EASTMERE]) as served:
        served.fault("mgAi", "status", times=1, value=404)
        served.fault("mgAi", "reset", times=1)
        yield served


@pytest.fixture(scope="module")
def original(site: PretendSite, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder into which the pretend borough was crawled, and a text imported by hand."""
    folder = tmp_path_factory.mktemp("evidence")
    file = site.boroughs_file(folder / "boroughs.toml")
    assert run("--data", folder / "data", "crawl", "eastmere", "--boroughs", file).returncode in (0, 6)
    copied = folder / "copied by hand.txt"
    copied.write_text("\n\n".join(("Agenda item", "Damp and mould", "Minutes:", "The panel noted the report.")))
    assert run("--data", folder / "data", "import", copied, "--borough", "eastmere").returncode == 0
    return folder / "data"


@pytest.fixture
def crawled(original: Path, tmp_path: Path) -> Path:
    """A copy of it, to do anything with."""
    return Path(shutil.copytree(original, tmp_path / "data"))


def export(folder: Path, *arguments: str) -> tuple[dict[str, str], Path]:
    """What a WARC holds, payload digest by record id, once warcio has found it sound; and where it is."""
    warc = folder / "evidence.warc.gz"
    done = run("--data", folder, "export", "--format", "warc", *arguments, "--output", warc)
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    check = subprocess.run(
        [sys.executable, "-m", "warcio.cli", "check", str(warc)], capture_output=True, text=True, check=False
    )
    assert (check.returncode, check.stdout, check.stderr) == (0, "", "")
    digests = {}
    with warc.open("rb") as file:
        for record in ArchiveIterator(file, check_digests=True):
            record.content_stream().read()
            assert record.digest_checker.passed is True
            if record.rec_type != "warcinfo":
                head = record.rec_headers
                digests[head.get_header("WARC-Record-ID")] = head.get_header("WARC-Payload-Digest")
    assert f"{len(digests)} captures written" in done.stderr
    return digests, warc


def held(folder: Path) -> list[Capture]:
    with Archive.open(folder) as archive:
        return list(captures_of(archive, leaving(archive).captures))


def test_all_captures_are_written_with_our_own_digests(crawled: Path) -> None:
    digests, warc = export(crawled)
    with Archive.open(crawled) as archive:
        kept = [c for n in range(1, 1000) if (c := archive.capture(n)) is not None]
    assert len(digests) == len(kept) > 10
    assert sorted(digests.values()) == sorted(f"sha256:{capture.sha256}" for capture in kept)
    assert not warc.with_name(f"{warc.name}.part").exists()


def test_standard_output_carries_the_same_as_a_file(crawled: Path) -> None:
    digests, _ = export(crawled)
    sent = subprocess.run(command("--data", crawled, "export", "--format", "warc"), capture_output=True, check=True)
    piped = crawled / "piped.warc.gz"
    piped.write_bytes(sent.stdout)
    with piped.open("rb") as file:
        records = [
            r.rec_headers.get_header("WARC-Record-ID") for r in ArchiveIterator(file) if r.rec_type != "warcinfo"
        ]
    assert records == list(digests)


def test_a_query_takes_out_what_its_items_were_read_from(crawled: Path) -> None:
    everything, _ = export(crawled)
    found, warc = export(crawled, "panel noted the report", "--borough", "eastmere")
    assert 0 < len(found) < len(everything)
    assert found.keys() <= everything.keys()
    with warc.open("rb") as file:
        addresses = [record.rec_headers.get_header("WARC-Target-URI") for record in ArchiveIterator(file)]
    assert "file:copied%20by%20hand.txt" in addresses
    nothing, _ = export(crawled, "xylophone")
    assert nothing == {}


def test_what_is_withheld_is_not_in_it(crawled: Path) -> None:
    meeting = EASTMERE.committees[0].meetings[0]
    title = next(item.title for item in meeting.items if item.subject)
    item = next(item for item in meeting.items if item.title == title)
    everything, _ = export(crawled)
    assert run("--data", crawled, "withhold", f"eastmere-i{item.aiid}", "--reason", "Personal data").returncode == 0
    rest, warc = export(crawled)
    assert 0 < len(rest) < len(everything)
    with warc.open("rb") as file:
        for record in ArchiveIterator(file):
            uri, body = record.rec_headers.get_header("WARC-Target-URI") or "", record.content_stream().read()
            assert f"MId={meeting.mid}" not in uri
            assert not uri.endswith(f"mgAi.aspx?ID={item.aiid}")
            assert f"AI{item.aiid}".encode() not in body
    done = run("--data", crawled, "export", "--format", "warc", "--output", warc)
    assert "left out, which hold or may hold what is withheld" in done.stderr


def test_a_damaged_blob_ends_the_export_and_leaves_no_file(crawled: Path) -> None:
    victim = held(crawled)[3]
    (crawled / "blobs" / victim.sha256[:2] / victim.sha256).write_bytes(b"something else")
    warc = crawled / "evidence.warc.gz"
    done = run("--data", crawled, "export", "--format", "warc", "--output", warc)
    assert (done.returncode, done.stdout) == (8, "")
    assert victim.sha256 in done.stderr
    assert not list(crawled.glob("evidence*"))


def test_a_file_that_cannot_be_written_is_told(crawled: Path) -> None:
    done = run("--data", crawled, "export", "--format", "warc", "--output", crawled / "no" / "such" / "place")
    assert (done.returncode, "--output" in done.stderr) == (2, True)


def test_who_has_enough_of_it_may_close_the_pipe(crawled: Path) -> None:
    with subprocess.Popen(
        command("--data", crawled, "export", "--format", "csv"), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as export_:
        assert export_.stdout is not None
        assert export_.stderr is not None
        export_.stdout.close()
        assert export_.stderr.read() == b""
    assert export_.returncode == 0
