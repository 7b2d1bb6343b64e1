"""A WARC holds every capture as it was kept, and a reader that is not ours finds it sound."""

from __future__ import annotations

import io
import subprocess
import sys
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

from archive import Answer, Archive, Findings, save_page
from archive.errors import IntegrityError
from archive.leaving import captures_of, leaving
from archive.records import Capture
from archive.warc import write_warc
from archive.warc_heads import http_headers, target_uri
from tests.archive.sample import START, answer

GZIP = (("Content-Type", "text/html"), ("Content-Encoding", "gzip"), ("content-length", "31"))


@dataclass(frozen=True, slots=True)
class Read:
    """A record as warcio read it, its digests checked on the way."""

    kind: str
    head: dict[str, str]
    http: tuple[str, tuple[tuple[str, str], ...]] | None
    body: bytes
    sound: bool | None


def records(warc: bytes) -> list[Read]:
    """Every record of a WARC, read by warcio alone."""
    read = []
    for record in ArchiveIterator(io.BytesIO(warc), check_digests=True):
        http = (record.http_headers.statusline, tuple(record.http_headers.headers)) if record.http_headers else None
        body = record.content_stream().read()
        read.append(Read(record.rec_type, dict(record.rec_headers.headers), http, body, record.digest_checker.passed))
    return read


def exported(archive: Archive) -> list[Read]:
    out = io.BytesIO()
    numbers = leaving(archive).captures
    assert write_warc(archive, out, captures_of(archive, numbers)) == len(numbers)
    info, *others = records(out.getvalue())
    assert info.kind == "warcinfo"
    return others


def keep(archive: Archive, given: Answer) -> Capture:
    kept = archive.capture(save_page(archive, given, Findings()).capture)
    assert kept is not None
    return kept


BODIES = {
    "plain": answer(),
    "gzip": answer(headers=GZIP),
    "chunked": answer(headers=(("Transfer-Encoding", "chunked"), ("Content-Type", "text/html"))),
    "empty": answer(b"", status=404, outcome="gone"),
    "not ASCII": answer(headers=(("X-Place", "caf\xe9; name=\xe9"), ("Sm\xf8rrebr\xf8d", "1"), ("A b", "2"))),
    "without headers": answer(headers=()),
    "an odd status": answer(status=999, outcome="bad-answer"),
    "binary": answer(bytes(range(256)) * 999, headers=(("Content-Type", "application/pdf"),)),
    "looks like a record": answer(b"\r\n\r\nWARC/1.1\r\nWARC-Type: response\r\n\r\n"),
    "looks chunked": answer(b"5\r\nhello\r\n0\r\n\r\n", headers=(("Transfer-Encoding", "chunked"),)),
    "looks gzipped": answer(b"\x1f\x8b\x08", headers=(("Content-Encoding", "gzip"),)),
}


@pytest.mark.parametrize("given", BODIES.values(), ids=BODIES.keys())
def test_a_response_is_what_was_kept(archive: Archive, given: Answer) -> None:
    kept = keep(archive, given)
    (read,) = exported(archive)
    assert (read.kind, read.body, read.sound) == ("response", given.body, True)
    assert read.head["WARC-Target-URI"] == kept.url
    assert read.head["WARC-Payload-Digest"] == f"sha256:{kept.sha256}"
    assert read.head["WARC-Date"] == "2026-03-01T09:00:00.000Z"
    assert "WARC-Truncated" not in read.head
    assert read.http is not None
    assert read.http[0].split()[0] == str(kept.status)
    assert [value for name, value in read.http[1] if name.lower() == "content-length"] == [str(len(given.body))]
    assert len(read.http[1]) == len(given.headers) + 1


def test_headers_that_told_of_other_bytes_are_kept_as_the_originals(archive: Archive) -> None:
    keep(archive, answer(headers=GZIP))
    (read,) = exported(archive)
    assert read.http is not None
    assert read.http[1] == (
        ("Content-Type", "text/html"),
        ("X-Archive-Orig-Content-Encoding", "gzip"),
        ("X-Archive-Orig-content-length", "31"),
        ("Content-Length", "14"),
    )


@pytest.mark.parametrize(
    ("outcome", "why"), [("timeout", "time"), ("too-large", "length"), ("cut", "disconnect"), ("gone", "unspecified")]
)
def test_what_arrived_cut_says_so(archive: Archive, outcome: str, why: str) -> None:
    keep(archive, answer(b"<html", complete=False, outcome=outcome))
    (read,) = exported(archive)
    assert (read.head["WARC-Truncated"], read.body, read.sound) == (why, b"<html", True)


@pytest.mark.parametrize(
    ("url", "uri"),
    [
        ("https://eastmere.example/m5?a=%20b", "https://eastmere.example/m5?a=%20b"),
        ("file:My page – copy.html", "file:My%20page%20%E2%80%93%20copy.html"),
        ("file:a\r\nWARC-Type: response.html", "file:a%0D%0AWARC-Type:%20response.html"),
    ],
)
def test_an_imported_file_is_a_resource_under_its_own_address(archive: Archive, url: str, uri: str) -> None:
    given = answer(b"%PDF-1.4", url=url, how="import", status=None, headers=(("Content-Type", "application/pdf"),))
    kept = keep(archive, given)
    (read,) = exported(archive)
    assert (read.kind, read.http, read.body, read.sound) == ("resource", None, given.body, True)
    assert read.head["WARC-Target-URI"] == uri
    assert read.head["Content-Type"] == "application/pdf"
    assert read.head["WARC-Payload-Digest"] == f"sha256:{kept.sha256}"


def test_that_no_answer_came_is_told_too(archive: Archive) -> None:
    keep(archive, answer(b"", status=None, headers=(), complete=False, outcome="unreachable"))
    (read,) = exported(archive)
    assert (read.kind, read.body, read.sound) == ("metadata", b"outcome: unreachable\r\n", True)


def test_the_same_capture_is_the_same_record_each_time(archive: Archive) -> None:
    for days in range(3):
        keep(archive, answer(f"<p>{days}</p>".encode(), days=days))
    names = [read.head["WARC-Record-ID"] for read in exported(archive)]
    assert len(set(names)) == 3
    assert names == [read.head["WARC-Record-ID"] for read in exported(archive)]


def test_nothing_tells_of_the_machine(archive: Archive) -> None:
    out = io.BytesIO()
    write_warc(archive, out, ())
    (info,) = records(out.getvalue())
    fields = dict(line.split(": ", 1) for line in info.body.decode().splitlines())
    assert fields.keys() == {"software", "format", "conformsTo", "robots", "description"}
    assert fields["software"].startswith("scrutiny-archive/")


def damage(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1] + b"?")


def shorten(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


@pytest.mark.parametrize(("harm", "told"), [(damage, "changed"), (shorten, "changed"), (Path.unlink, "lost")])
def test_bytes_that_are_not_what_was_kept_are_named_and_what_is_written_is_whole(
    archive: Archive, harm: object, told: str
) -> None:
    kept = [keep(archive, answer(f"<p>{days}</p>".encode(), days=days)) for days in range(3)]
    assert callable(harm)
    harm(archive.blobs.path(kept[1].sha256))
    out = io.BytesIO()
    with pytest.raises(IntegrityError, match=f"{told} bytes: {kept[1].sha256}"):
        write_warc(archive, out, captures_of(archive, leaving(archive).captures))
    assert [read.sound for read in records(out.getvalue())] == [True, True]


def test_large_bodies_are_streamed(archive: Archive, tmp_path: Path) -> None:
    keep(archive, answer(b"\x00" * 120_000_000))
    script = (
        "import resource, sys; from pathlib import Path; from archive import Archive;"
        "from archive.leaving import captures_of, leaving; from archive.warc import write_warc\n"
        "archive = Archive.open(Path(sys.argv[1])); captures = captures_of(archive, leaving(archive).captures)\n"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "write_warc(archive, open(sys.argv[2], 'wb'), captures)\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(archive.folder), str(tmp_path / "x.warc.gz")],
        capture_output=True,
        text=True,
        check=True,
    )
    assert int(done.stdout) * (1 if sys.platform == "darwin" else 1024) < 30_000_000


LINES = st.text(st.characters(max_codepoint=0xFF), max_size=40)


@given(st.lists(st.tuples(LINES.filter(bool), LINES), max_size=6), LINES)
def test_no_header_and_no_address_can_break_a_record(headers: list[tuple[str, str]], path: str) -> None:
    capture = Capture(
        id=1,
        url=f"https://eastmere.example/{path}",
        borough="eastmere",
        how="crawl",
        retrieved_at=START,
        last_seen=START,
        status=200,
        headers=tuple(headers),
        sha256="0" * 64,
        size=0,
        complete=True,
        outcome="ok",
    )
    for name, value in http_headers(capture):
        assert name
        assert not set(name) & set(":\r\n\x00 ")
        assert name.isascii()
        assert value.isascii()
        assert value.isprintable()
    assert target_uri(capture).isascii()
    assert target_uri(capture).isprintable()


@pytest.fixture
def warc(archive: Archive, tmp_path: Path) -> Path:
    for place, body in enumerate(BODIES.values()):
        keep(archive, replace(body, url=f"https://eastmere.example/{place}"))
    path = tmp_path / "all.warc.gz"
    with path.open("wb") as out:
        write_warc(archive, out, captures_of(archive, leaving(archive).captures))
    return path


def test_warcios_own_check_finds_all_of_it_sound(warc: Path) -> None:
    command = [sys.executable, "-m", "warcio.cli", "check", "-v", str(warc)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count("digest pass") == len(BODIES) + 1
