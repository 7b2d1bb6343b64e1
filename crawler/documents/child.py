"""The child process: confines itself, reads the document at its standard input, and tells what it reads.

Nothing here is imported by the rest of the program; `crawler.documents.start` runs it.
"""

from __future__ import annotations

import json
import logging
import os
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import BinaryIO

from crawler.documents.confinement import allow_next_batch, confine, is_crowded
from crawler.documents.kinds import FileKind
from crawler.documents.limits import Batch, Limits
from crawler.documents.messages import Message, encode

OUT_OF_MEMORY = 71
"""The exit code that says so; a process without memory may not be able to say more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What to read: the kind of the file, from which page on, and with which program to read pictures, if any."""

    kind: FileKind
    first: int
    tesseract: str | None
    limits: Limits

    def dumped(self) -> str:
        """The job as one argument of a command."""
        return json.dumps(asdict(self))


def load_job(dumped: str) -> Job:
    """The job of an argument."""
    given = json.loads(dumped)
    return Job(**{**given, "limits": Limits(**given["limits"])})


def main(dumped: str) -> None:
    """Read one document, or what is left of it. Ends the process."""
    job = load_job(dumped)
    confine(job.limits, job.tesseract)
    os.chdir("/")
    logging.disable()
    file, out = sys.stdin.buffer, sys.stdout.buffer
    file.seek(0)
    try:
        _tell(_messages(job, file), job.limits, out)
    except MemoryError:
        os._exit(OUT_OF_MEMORY)


def _tell(messages: Iterator[Message], limits: Limits, out: BinaryIO) -> None:
    batch = Batch(limits.batch_pages)
    for message in messages:
        out.write(encode(_within(message, limits.page_characters)))
        out.flush()
        if message.kind == "page" and is_crowded(limits):
            os._exit(OUT_OF_MEMORY)
        if batch.ends_with(message):
            allow_next_batch(limits)
    out.write(encode(Message("end")))
    out.flush()


def _within(message: Message, most: int) -> Message:
    if len(message.text) <= most:
        return message
    return Message(message.kind, message.number, message.text[:most], message.scanned, cut=True)


def _messages(job: Job, file: BinaryIO) -> Iterator[Message]:
    """Each reader is loaded only where it is needed: loading costs more than reading a short paper."""
    if job.kind == "pdf":
        from crawler.documents.pdf import read_pdf

        return read_pdf(file, job.first, job.tesseract)
    if job.kind == "word":
        from crawler.documents.word import read_word

        return read_word(file)
    from crawler.documents.web_page import read_web_page

    return read_web_page(file, job.kind)
