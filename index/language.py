"""How is a query read? `read_query` takes what a visitor typed, whatever it is, and says how it was understood.

The language is the design's, section 6. No string raises: what cannot be read is searched as plain words, with a
warning; what is too long is refused with its reason, never cut. Whoosh's own parser is not used: it raises on,
and can be kept busy for minutes by, what visitors type (hazards M1 and M3).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from index.joining import standing_alone
from index.lexer import Bracket, Operand, Piece, pieces, shown
from index.mending import MOST_NESTED, mended, nesting
from index.parser import parsed
from index.phrasing import read_as
from index.thesaurus import Thesaurus
from index.tree import Everything, Node


class QueryLimits(Protocol):
    """How much is read: `archive.settings.Settings` has these."""

    @property
    def query_max_characters(self) -> int:
        """The longest query, in characters."""

    @property
    def query_max_clauses(self) -> int:
        """The most words, phrases and written operators; brackets do not count."""


@dataclass(frozen=True, slots=True)
class QueryReading:
    """A query as understood. Where `refused` holds a reason, nothing is to be searched (`node` is no answer then)."""

    node: Node
    read_as: str
    warnings: tuple[str, ...]
    refused: str | None


def read_query(text: str, *, thesaurus: Thesaurus, limits: QueryLimits, widen: bool = True) -> QueryReading:
    """The reading of any string. `widen` False: no other names and no word forms."""
    if len(text) > limits.query_max_characters:
        return _refused(
            f"This query is {len(text):,} characters long; at most {limits.query_max_characters:,} are allowed. "
            "Try its most telling words."
        )
    found, unread = pieces(text)
    if reason := _too_much(found, limits):
        return _refused(reason)
    whole, mends = mended(found)
    if not whole:
        return _of_everything(text, thesaurus, unread + mends)
    tree, misread = parsed(whole, thesaurus if widen else None)
    node = standing_alone(tree)
    return QueryReading(node, read_as(node, thesaurus), (*unread, *mends, *misread), None)


def _too_much(found: Sequence[Piece], limits: QueryLimits) -> str | None:
    clauses = sum(_clauses(piece) for piece in found)
    if clauses > limits.query_max_clauses:
        return (
            f"This query has {clauses:,} words and operators; at most {limits.query_max_clauses:,} are allowed. "
            "Try its most telling words, or put a sentence in quotation marks."
        )
    if (depth := nesting(found)) > MOST_NESTED:
        return f"This query has brackets {depth:,} deep; at most {MOST_NESTED} are allowed. Try leaving some out."
    return None


def _clauses(piece: Piece) -> int:
    if isinstance(piece, Operand):
        return 1 if piece.quoted else len(piece.words)
    return 0 if isinstance(piece, Bracket) else 1


def _of_everything(text: str, thesaurus: Thesaurus, warnings: tuple[str, ...]) -> QueryReading:
    if text.strip():
        typed = f"“{shown(text)}” holds" if shown(text) else "This query holds"
        warnings = (*warnings, f"{typed} no words, so everything is listed.")
    return QueryReading(Everything(), read_as(Everything(), thesaurus), warnings, None)


def _refused(reason: str) -> QueryReading:
    return QueryReading(Everything(), "", (), reason)
