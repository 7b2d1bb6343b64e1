"""Children lent by a nursery read as children of their own do, and one that is lost harms no document after it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from crawler.documents import LIMITS, Nursery, read_document
from tests.crawler.documents.hostile import HOSTILE, Hostile
from tests.left_open import left_open
from tests.site import pdf

SMALL = replace(LIMITS, cpu_s=2, wall_s=3.0)
PAPER = pdf(("Damp and mould", "in council homes"))

pytestmark = pytest.mark.skipif(not Nursery.is_possible(), reason="this system has no /proc")


@pytest.fixture
def nursery() -> Iterator[Nursery]:
    lent = Nursery()
    yield lent
    lent.close()


def test_a_nursery_reads_what_a_process_of_its_own_reads(nursery: Nursery) -> None:
    alone = read_document(PAPER)
    assert alone.outcome == "read"
    assert [read_document(PAPER, nursery=nursery) for _ in range(5)] == [alone] * 5


@pytest.mark.parametrize("file", [pytest.param(f, id=f.name, marks=[pytest.mark.slow] * f.is_slow) for f in HOSTILE])
def test_a_hostile_file_costs_its_limits_and_the_next_document_is_read(nursery: Nursery, file: Hostile) -> None:
    text = read_document(file.make(), limits=SMALL, ocr=False, nursery=nursery)
    assert text.reason in file.reasons, text.note
    assert read_document(PAPER, nursery=nursery).outcome == "read"


def test_a_nursery_leaves_no_descriptor_and_no_process_behind() -> None:
    before = left_open()
    lent = Nursery()
    for _ in range(3):
        read_document(PAPER, nursery=lent)
    lent.close()
    assert left_open() - before == frozenset()
    lent.close()
