"""The evidence as a WARC: every capture with its address, time, status, headers and bytes, for any archivist's reader.

WARC 1.1, one gzip member a record. Bodies are streamed from their files, so memory does not grow with them; each is
hashed before anything of its record is written, so that what is written is whole and what it says.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable
from http import HTTPStatus
from importlib.metadata import version
from typing import BinaryIO

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from archive.errors import IntegrityError
from archive.records import Capture
from archive.store import Archive
from archive.warc_heads import content_type, http_headers, record_head, record_type

_CHUNK = 1 << 20
_PHRASES = {known.value: known.phrase for known in HTTPStatus}
_ABOUT = {
    "software": f"scrutiny-archive/{version('scrutiny-archive')}",
    "format": "WARC File Format 1.1",
    "conformsTo": "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
    "robots": "obey",
    "description": (
        "Pages and documents that London councils published of their scrutiny, as one archive captured them. Bodies "
        "are kept without the codings of their transport; headers that told of those stand under X-Archive-Orig-*. "
        "Resource records are files that a person saved. What the archive withholds is left out."
    ),
}


def write_warc(archive: Archive, out: BinaryIO, captures: Iterable[Capture]) -> int:
    """Write these captures, one record each behind a warcinfo record; how many records of captures were written.

    Raises IntegrityError, naming them, for bytes that are lost or changed; what was written until then is whole.
    """
    writer = WARCWriter(out, gzip=True, warc_version="1.1")
    about = writer.create_warcinfo_record(None, _ABOUT)
    warcinfo = about.rec_headers.get_header("WARC-Record-ID")
    writer.write_record(about)
    written = 0
    for capture in captures:
        if record_type(capture) == "metadata":
            _write_metadata(writer, capture, warcinfo)
        else:
            _write_bytes(writer, archive, capture, warcinfo)
        written += 1
    return written


def _write_metadata(writer: WARCWriter, capture: Capture, warcinfo: str) -> None:
    """That an address was asked and gave no answer is evidence too."""
    said = f"outcome: {capture.outcome}\r\n".encode()
    head = record_head(capture, warcinfo) | {"WARC-Block-Digest": f"sha256:{hashlib.sha256(said).hexdigest()}"}
    record = writer.create_warc_record(
        "",
        "metadata",
        payload=io.BytesIO(said),
        length=len(said),
        warc_content_type=content_type(capture),
        warc_headers_dict=head,
    )
    writer.write_record(record)


def _write_bytes(writer: WARCWriter, archive: Archive, capture: Capture, warcinfo: str) -> None:
    kind, http = record_type(capture), None
    if kind == "response" and capture.status is not None:
        # The phrase that was sent is not kept; its usual one stands in for it.
        status = f"{capture.status} {_PHRASES.get(capture.status, '')}".strip()
        http = StatusAndHeaders(status, list(http_headers(capture)), protocol="HTTP/1.1")
        http.compute_headers_buffer()
    with _opened(archive, capture) as body:
        block = _checked(body, capture, http.headers_buff if http else b"")
        record = writer.create_warc_record(
            "",
            kind,
            payload=body,
            length=capture.size,
            warc_content_type=content_type(capture),
            warc_headers_dict=record_head(capture, warcinfo) | {"WARC-Block-Digest": f"sha256:{block}"},
            http_headers=http,
        )
        writer.write_record(record)


def _opened(archive: Archive, capture: Capture) -> BinaryIO:
    try:
        return archive.blobs.path(capture.sha256).open("rb")
    except FileNotFoundError:
        raise _damage("lost bytes", capture, f"is not in {archive.blobs.folder}") from None
    except OSError as problem:
        raise _damage("unreadable bytes", capture, f"cannot be read ({problem.strerror})") from None


def _checked(body: BinaryIO, capture: Capture, head: bytes) -> str:
    """The SHA-256 of head and body, once the body has proved to be what its name says; it is left at its start."""
    payload, block, size = hashlib.sha256(), hashlib.sha256(head), 0
    try:
        while chunk := body.read(_CHUNK):
            payload.update(chunk)
            block.update(chunk)
            size += len(chunk)
        body.seek(0)
    except OSError as problem:
        raise _damage("unreadable bytes", capture, f"cannot be read ({problem.strerror})") from None
    if (payload.hexdigest(), size) != (capture.sha256, capture.size):
        raise _damage("changed bytes", capture, "no longer hashes to its name")
    return block.hexdigest()


def _damage(what: str, capture: Capture, how: str) -> IntegrityError:
    return IntegrityError(
        f"{what}: {capture.sha256}, what {capture.url} answered, {how}; the export was stopped before it. Put the "
        "archive's backup back: 'scrutiny check' names every such fault."
    )
