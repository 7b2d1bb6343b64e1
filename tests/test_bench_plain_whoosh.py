"""What Whoosh as it comes needs to be measured at every size."""

from __future__ import annotations

from pathlib import Path

from whoosh.fields import TEXT, Schema
from whoosh.index import create_in
from whoosh.query.terms import Term

from tests.bench.plain_whoosh import Near


def test_plain_whoosh_can_be_asked_for_words_near_each_other_in_a_large_index(tmp_path: Path) -> None:
    index = create_in(str(tmp_path), Schema(title=TEXT))
    with index.writer() as writer:
        for _ in range(10):
            writer.add_document(title="damp homes")
    with index.reader() as reader:  # which asks every query how much it may find
        assert Near(Term("title", "damp"), Term("title", "homes")).estimate_size(reader) == 10
