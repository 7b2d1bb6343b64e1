"""Which tree do the pieces of a query make? Operators bind NOT, NEAR, AND (also unwritten), OR (design, section 6).

Words that follow one another without an operator are a run, in which the thesaurus looks for names. Where one
thing is needed (after NOT or a minus, beside NEAR, after `title:`), a hyphenated word is its words in sequence.
Recursion is as deep as the brackets, which `index.mending` has counted.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from index.joining import all_of, any_of, none_of
from index.lexer import Bracket, Operand, Operator, OperatorName, Piece, TypedWord
from index.thesaurus import Thesaurus
from index.tree import And, InPlace, Near, Node, Or, Phrase, Prefix, Widened, Word
from index.widening import one_name, plain, run_of_names

Factor = Node | Operand


def parsed(found: Sequence[Piece], thesaurus: Thesaurus | None) -> tuple[Node, tuple[str, ...]]:
    """The tree of mended pieces (one or more), and what could not be read as it was meant."""
    parser = _Parser(found, thesaurus)
    return parser.either(), tuple(dict.fromkeys(parser.warnings))


def _is_near_side(node: Node) -> bool:
    if isinstance(node, Or):
        return all(_is_near_side(inner) for inner in node.nodes)
    if isinstance(node, Widened):
        return _is_near_side(node.typed)
    return isinstance(node, Word | Prefix | Phrase)


class _Parser:
    def __init__(self, found: Sequence[Piece], thesaurus: Thesaurus | None) -> None:
        self.found = found
        self.thesaurus = thesaurus
        self.next = 0
        self.warnings: list[str] = []

    def _operator(self, name: OperatorName) -> Operator | None:
        """Takes the next piece if it is this operator."""
        piece = self.found[self.next] if self.next < len(self.found) else None
        if not isinstance(piece, Operator) or piece.name != name:
            return None
        self.next += 1
        return piece

    def _goes_on(self) -> bool:
        """Whether an AND, written or not, has another member."""
        if self.next >= len(self.found):
            return False
        piece = self.found[self.next]
        return not (isinstance(piece, Bracket) and not piece.opens) and not (
            isinstance(piece, Operator) and piece.name == "OR"
        )

    def either(self) -> Node:
        """`… OR …`"""
        nodes = [self._together()]
        while self._operator("OR"):
            nodes.append(self._together())
        return any_of(nodes)

    def _together(self) -> Node:
        """`… AND …`, `… …`"""
        nodes: list[Node] = []
        run: list[TypedWord] = []
        while self._goes_on():
            written = self._operator("AND")
            factor = self._near()
            is_run = isinstance(factor, Operand) and not factor.quoted and factor.place is None
            if written or not is_run:
                nodes += run_of_names(run, self.thesaurus)
                run = []
            if isinstance(factor, Operand) and is_run:
                run += factor.words
            else:
                nodes.append(self._node(factor))
        return all_of([*nodes, *run_of_names(run, self.thesaurus)])

    def _near(self) -> Factor:
        """`… NEAR/5 …`: the AND of neighbours where there are more than two."""
        first = self._negated()
        sides, operators = [first], []
        while operator := self._operator("NEAR"):
            operators.append(operator)
            sides.append(self._negated())
        if not operators:
            return first
        nodes = [self._node(side) for side in sides]
        return all_of(self._pair(*pair, by) for pair, by in zip(pairwise(nodes), operators, strict=True))

    def _pair(self, left: Node, right: Node, operator: Operator) -> Node:
        if _is_near_side(left) and _is_near_side(right):
            return Near(left, right, operator.distance)
        self.warnings.append(
            f"{operator.printed} was read as AND: it needs a word or a phrase on both sides, or such joined by OR."
        )
        return all_of((left, right))

    def _negated(self) -> Factor:
        """`NOT …`, `-…`"""
        times = 0
        while self._operator("NOT"):
            times += 1
        factor = self._primary()
        if times == 0:
            return factor
        node = self._node(factor)
        return none_of(node) if times % 2 else node

    def _primary(self) -> Factor:
        """Words, or a bracket's inside."""
        piece = self.found[self.next]
        self.next += 1
        if isinstance(piece, Operand):
            return piece
        inside = self.either()
        self.next += 1
        return inside

    def _node(self, factor: Factor) -> Node:
        """One thing, also where it is several words."""
        if not isinstance(factor, Operand):
            return factor
        node = self._exact(factor) if factor.quoted else one_name(factor.words, self.thesaurus)
        place = factor.place
        if place is None:
            return node
        return all_of(InPlace(place, inner) for inner in (node.nodes if isinstance(node, And) else (node,)))

    def _exact(self, factor: Operand) -> Node:
        words = tuple(word.text for word in factor.words)
        return Phrase(words) if len(words) > 1 else plain(factor.words[0], forms=False)
