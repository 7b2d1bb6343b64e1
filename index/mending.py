"""What in a query cannot be read, and what is done about it? Nothing is lost but marks; every mend is told.

A bracket without its partner is left out. An operator without a word on the side where it needs one is searched
as the plain word it spells; a minus spells nothing and is left out. What comes out always parses.
"""

from __future__ import annotations

from collections.abc import Sequence

from index.lexer import Bracket, Operand, Operator, Piece, plain_operand, shown

# Walking a tree costs a few stack frames for each nesting; what people type stays below five.
MOST_NESTED = 30


def nesting(found: Sequence[Piece]) -> int:
    """How deep brackets with partners stand in one another."""
    deepest = depth = 0
    for piece in _paired(found, []):
        if isinstance(piece, Bracket):
            depth += 1 if piece.opens else -1
            deepest = max(deepest, depth)
    return deepest


def mended(found: Sequence[Piece]) -> tuple[tuple[Piece, ...], tuple[str, ...]]:
    """The same pieces, such that brackets pair and operators have their operands; and what was wrong."""
    warnings: list[str] = []
    now = _paired(found, warnings)
    while True:
        after = _served(_filled(now), warnings)
        if after == now:
            return tuple(now), tuple(dict.fromkeys(warnings))
        now = after


def _paired(found: Sequence[Piece], warnings: list[str]) -> list[Piece]:
    """Without the brackets that have no partner."""
    opened: list[int] = []
    alone: set[int] = set()
    for number, piece in enumerate(found):
        if isinstance(piece, Bracket):
            if piece.opens:
                opened.append(number)
            elif opened:
                opened.pop()
            else:
                alone.add(number)
                warnings.append(f"The bracket that closes at character {piece.at} was never opened; it was left out.")
    for number in opened:
        piece = found[number]
        assert isinstance(piece, Bracket)
        warnings.append(f"The bracket that opens at character {piece.at} is never closed; it was left out.")
    alone.update(opened)
    return [piece for number, piece in enumerate(found) if number not in alone]


def _filled(found: Sequence[Piece]) -> list[Piece]:
    """Without pairs of brackets that hold nothing, and without a minus before them."""
    kept: list[Piece] = []
    for piece in found:
        if _closes(piece) and kept and _opens(kept[-1]):
            kept.pop()
            if kept and isinstance(kept[-1], Operator) and not plain_operand(kept[-1].printed).words:
                kept.pop()
        else:
            kept.append(piece)
    return kept


def _served(found: Sequence[Piece], warnings: list[str]) -> list[Piece]:
    """With operators that lack an operand turned into words."""
    kept: list[Piece] = []
    for number, piece in enumerate(found):
        following = found[number + 1] if number + 1 < len(found) else None
        if not isinstance(piece, Operator) or _is_served(piece, kept[-1] if kept else None, following):
            kept.append(piece)
            continue
        words = plain_operand(piece.printed)
        done = "searched as a plain word" if words.words else "left out"
        sides = "a word after it" if piece.name == "NOT" else "a word on both sides"
        warnings.append(f"“{shown(piece.printed)}” was {done}: as an operator it needs {sides}.")
        if words.words:
            kept.append(words)
    return kept


def _is_served(operator: Operator, before: Piece | None, after: Piece | None) -> bool:
    begins = isinstance(after, Operand) or _opens(after) or (isinstance(after, Operator) and after.name == "NOT")
    ends = isinstance(before, Operand) or _closes(before)
    return begins and (ends or operator.name == "NOT")


def _opens(piece: Piece | None) -> bool:
    return isinstance(piece, Bracket) and piece.opens


def _closes(piece: Piece | None) -> bool:
    return isinstance(piece, Bracket) and not piece.opens
