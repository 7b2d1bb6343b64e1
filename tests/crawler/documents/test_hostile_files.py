"""A hostile file costs no more than its limits, and what is said of it is said by name (`hazards.md` F5)."""

from __future__ import annotations

import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.page_texts import READING_REASONS, DocumentText
from crawler.documents import LIMITS, ReadingStoppedError, read_document
from tests.crawler.documents.children import children
from tests.crawler.documents.hostile import ATTRITION, HEAVY, HOSTILE, MEGABYTE, Hostile, attrition
from tests.crawler.documents.papers import paged_docx
from tests.left_open import left_open
from tests.site.pdf import pdf

ROOT = Path(__file__).parents[3]
SHARED = Path(__file__).parents[4] / "shared"
PETITION = SHARED / "pages" / "moderngov.kingston.gov.uk" / "ManorgatePetition.pdf"
needs_shared = pytest.mark.skipif(not PETITION.is_file(), reason="the real pages are not here")
REASONS = {reason for reason, _ in READING_REASONS}
SHORT = replace(LIMITS, cpu_s=2, wall_s=4.0)
MOST_GROWTH = 64 * 1024  # kilobytes

MEASURED = """
import resource, sys
from pathlib import Path
from crawler.documents import read_document
peak = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
read_document(b"%PDF-1.4 and no more")
before = peak()
for path in sys.argv[1:]:
    read_document(Path(path), ocr=False)
print(peak() - before)
"""


def is_consistent(document: DocumentText) -> bool:
    """What must hold of every answer, whatever was read."""
    numbers = [page.number for page in document.pages]
    return (
        numbers == sorted(set(numbers))
        and (document.outcome == "read") == (document.reason == "") == (document.note == "")
        and (document.outcome == "unread") == (not document.pages)
        and document.reason in REASONS | {""}
        and not any("\x00" in page.text for page in document.pages)
    )


EACH = [
    pytest.param(hostile, id=hostile.name, marks=[pytest.mark.slow] if hostile.is_slow else []) for hostile in HOSTILE
]


@pytest.mark.parametrize("hostile", EACH)
def test_each_hostile_file_gets_its_reason(hostile: Hostile) -> None:
    document = read_document(hostile.make(), ocr=False)
    assert (document.outcome, document.reason in hostile.reasons) == ("unread", True), document
    assert is_consistent(document)


@pytest.mark.slow
def test_the_parent_stays_small_whatever_the_files_hold(tmp_path: Path) -> None:
    for number, hostile in enumerate(HOSTILE):
        (tmp_path / f"{number}").write_bytes(hostile.make())
    (tmp_path / "long").write_bytes(paged_docx(["Damp and mould " * 200] * 300))
    paths = [str(path) for path in sorted(tmp_path.iterdir())]
    told = subprocess.run([sys.executable, "-c", MEASURED, *paths], capture_output=True, check=True, cwd=ROOT)
    assert int(told.stdout) < MOST_GROWTH


def test_a_page_that_takes_too_long_is_left_out_and_the_others_are_read() -> None:
    document = read_document(attrition(["Damp", ATTRITION, "Mould", "Rent"]), ocr=False, limits=SHORT)
    assert [(page.number, page.text) for page in document.pages] == [(1, "Damp"), (3, "Mould"), (4, "Rent")]
    assert (document.outcome, document.reason, document.pages_total) == ("partial", "too-costly", 4)
    assert document.note.startswith("pages 1, 3-4 of 4 read; 2 not read: ")


def test_a_file_of_nothing_but_costly_pages_is_given_up() -> None:
    limits = replace(LIMITS, cpu_s=1, wall_s=2.0, costly_pages=2)
    document = read_document(attrition(["Damp", *[ATTRITION] * 50]), ocr=False, limits=limits)
    assert [page.number for page in document.pages] == [1]
    assert document.note.startswith("pages 1 of 51 read; 2-51 not read: ")


def test_a_child_that_only_waits_is_ended_by_the_clock(tmp_path: Path) -> None:
    limits = replace(LIMITS, wall_s=0.05)
    document = read_document(pdf(["Damp"]), limits=limits)
    assert (document.outcome, document.reason) == ("unread", "too-costly")


@pytest.mark.slow
def test_a_page_that_takes_too_much_memory_is_left_out_and_the_others_are_read() -> None:
    limits = replace(LIMITS, memory_bytes=160 * MEGABYTE)
    document = read_document(attrition(["Damp", HEAVY, "Mould"]), limits=limits, ocr=False)
    assert [page.number for page in document.pages] == [1, 3]
    assert document.note.startswith("pages 1, 3 of 3 read; 2 not read: ")
    assert document.reason == "out-of-memory"


def test_a_child_whose_memory_fills_is_replaced_before_it_fails() -> None:
    limits = replace(LIMITS, memory_bytes=64 * MEGABYTE)
    document = read_document(pdf(["Damp and mould"] * 4), limits=limits, ocr=False)
    assert (document.outcome, len(document.pages)) == ("read", 4)


def test_more_text_than_is_kept_is_told() -> None:
    document = read_document(paged_docx(["Damp " * 100] * 50), limits=replace(LIMITS, document_characters=10_000))
    assert (document.outcome, document.reason) == ("partial", "too-large")
    assert len(document.pages) < 20
    cut = read_document(paged_docx(["Damp " * 100]), limits=replace(LIMITS, page_characters=50))
    assert (len(cut.pages[0].text), cut.reason) == (50, "too-large")
    assert "only the beginning" in cut.note


def test_a_reading_can_be_stopped() -> None:
    stop = threading.Event()
    threading.Timer(0.3, stop.set).start()
    with pytest.raises(ReadingStoppedError):
        read_document(attrition([ATTRITION] * 3), stop=stop)


def test_nothing_is_left_behind(tmp_path: Path) -> None:
    read_document(pdf(["Damp"]))
    before, kept = left_open(), children()
    for hostile in HOSTILE[:4]:
        read_document(hostile.make())
    with pytest.raises(FileNotFoundError):
        read_document(tmp_path / "none.pdf")
    read_document(pdf(["Damp"]), limits=replace(LIMITS, wall_s=0.05))
    assert left_open() - before == frozenset()
    assert children() <= kept


def test_documents_are_read_side_by_side_in_threads() -> None:
    found: list[str] = []

    def read(word: str) -> None:
        found.extend(page.text for page in read_document(pdf([word] * 3)).pages)

    threads = [threading.Thread(target=read, args=(word,)) for word in ("Damp", "Mould", "Rent")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == sorted(["Damp", "Mould", "Rent"] * 3)


def mutated(body: bytes, changes: list[tuple[int, int, int]]) -> bytes:
    """A file with some stretches overwritten, left out or told twice."""
    out = bytearray(body)
    for at, kind, value in changes:
        place = at % max(len(out), 1)
        if kind == 0:
            out[place : place + 1] = bytes([value])
        elif kind == 1:
            del out[place : place + value]
        else:
            out[place:place] = out[place : place + value]
    return bytes(out)


CHANGES = st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 2), st.integers(0, 255)), min_size=1, max_size=30)
QUICK = settings(max_examples=6, suppress_health_check=[HealthCheck.too_slow])
THOROUGH = settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
WHOLE_PDF, WHOLE_DOCX = pdf(["Damp and mould in council homes"] * 3), paged_docx(["Damp and mould"] * 3)


@QUICK
@given(CHANGES)
def test_a_damaged_pdf_gives_text_or_a_reason(changes: list[tuple[int, int, int]]) -> None:
    assert is_consistent(read_document(mutated(WHOLE_PDF, changes), ocr=False, limits=SHORT))


@QUICK
@given(CHANGES)
def test_a_damaged_word_document_gives_text_or_a_reason(changes: list[tuple[int, int, int]]) -> None:
    assert is_consistent(read_document(mutated(WHOLE_DOCX, changes), limits=SHORT))


@pytest.mark.slow
@pytest.mark.parametrize("body", [WHOLE_PDF, WHOLE_DOCX], ids=["PDF", "Word"])
@THOROUGH
@given(CHANGES)
def test_hundreds_of_damaged_documents_give_text_or_a_reason(body: bytes, changes: list[tuple[int, int, int]]) -> None:
    assert is_consistent(read_document(mutated(body, changes), ocr=False))


@pytest.mark.slow
@pytest.mark.shared
@needs_shared
@THOROUGH
@given(CHANGES)
def test_hundreds_of_damaged_copies_of_a_real_paper_give_text_or_a_reason(changes: list[tuple[int, int, int]]) -> None:
    assert is_consistent(read_document(mutated(PETITION.read_bytes(), changes), ocr=False))


@pytest.mark.slow
def test_the_real_limits_end_a_file_that_would_take_for_ever() -> None:
    document = read_document(attrition(["Damp", ATTRITION]), ocr=False)
    assert (document.outcome, document.reason) == ("partial", "too-costly")
