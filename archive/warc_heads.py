"""What stands at the head of a WARC record: which kind it is, what it is called, and the HTTP headers before a body.

Pure. Source: WARC 1.1 (ISO 28500:2017). The archive keeps bodies as they are once the codings of the transport are
taken off, so the headers that told of the coded bytes are kept under `X-Archive-Orig-*`, as other archives do, and
Content-Length tells of the bytes that follow.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Literal
from urllib.parse import quote

from archive.records import Capture

RecordType = Literal["response", "resource", "metadata"]

ORIGINAL = "X-Archive-Orig-"
# They describe the bytes on the wire (RFC 9110, 8.4 and 8.6; RFC 9112, 6.1; RFC 9530): not those that are kept.
_OF_THE_WIRE = {
    "content-digest",
    "content-encoding",
    "content-length",
    "content-md5",
    "digest",
    "repr-digest",
    "trailer",
    "transfer-encoding",
}
_TRUNCATED = {"timeout": "time", "too-large": "length", "cut": "disconnect"}
_NO_TOKEN = re.compile(r"[^A-Za-z0-9!#$%&'*+.^_`|~-]")
_NO_ASCII = re.compile(r"[^ -~]+")
_SAFE = "/:?#[]@!$&'()*+,;=-._~%"
_TYPES = {"response": "application/http; msgtype=response", "metadata": "application/warc-fields"}


def record_type(capture: Capture) -> RecordType:
    """An answer is a response; a file saved by hand is a resource; where no answer came, only that can be told."""
    if capture.status is not None:
        return "response"
    return "resource" if capture.how == "import" else "metadata"


def record_head(capture: Capture, warcinfo: str) -> dict[str, str]:
    """The fields of the record's own head that do not depend on its bytes; `warcinfo` is the id of the first record."""
    head = {
        "WARC-Record-ID": record_id(capture),
        "WARC-Warcinfo-ID": warcinfo,
        "WARC-Target-URI": target_uri(capture),
        "WARC-Date": warc_date(capture.retrieved_at),
    }
    if record_type(capture) != "metadata":
        # In hex, as readers expect of SHA-256, and letter for letter what the site shows.
        head["WARC-Payload-Digest"] = f"sha256:{capture.sha256}"
        if not capture.complete:
            head["WARC-Truncated"] = _TRUNCATED.get(capture.outcome, "unspecified")
    return head


def content_type(capture: Capture) -> str:
    """The media type of the record's block."""
    held = next((value for name, value in capture.headers if name.lower() == "content-type"), "")
    return _TYPES.get(record_type(capture)) or _one_line(held) or "application/octet-stream"


def record_id(capture: Capture) -> str:
    """A name made of the capture, so that the same capture exported again is the same record."""
    known = (str(capture.id), capture.borough, capture.url, capture.retrieved_at.isoformat(), capture.sha256)
    return f"<urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, chr(31).join(known))}>"


def target_uri(capture: Capture) -> str:
    """The address as a URI: nothing in it may end the line, and a file's name may hold anything."""
    return quote(capture.url.encode("utf-8", "replace"), safe=_SAFE)


def warc_date(instant: datetime) -> str:
    """An instant in UTC, to the millisecond: WARC 1.1 allows fractions."""
    return instant.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="milliseconds") + "Z"


def http_headers(capture: Capture) -> Iterator[tuple[str, str]]:
    """The headers of the answer, true of the bytes that are kept."""
    for name, value in capture.headers:
        # What is no header name (RFC 9110, 5.1) would make the record unreadable.
        sound = _NO_TOKEN.sub(_percent, name)
        yield (f"{ORIGINAL}{sound}" if sound.lower() in _OF_THE_WIRE else sound), _one_line(value)
    yield "Content-Length", str(capture.size)


def _one_line(value: str) -> str:
    """A value on one line, in ASCII: readers and writers disagree on how else to read it."""
    return _NO_ASCII.sub(_percent, " ".join(value.split()))


def _percent(found: re.Match[str]) -> str:
    """The bytes as they came over the wire, where http.client read them as Latin-1, percent-encoded."""
    try:
        return quote(found[0].encode("latin-1"), safe="")
    except UnicodeEncodeError:
        return quote(found[0].encode("utf-8", "replace"), safe="")
