"""How does the page say how a query was read? In one line, in the query language itself wherever it has the words.

`facial AND recognition (with word forms)`; a word in quotation marks is exact; other names follow a small "or":
`VAWG or "violence against women and girls"`; `SEND in capitals`; `everything AND NOT fire`. Brackets stand wherever
one kind of operator stands in another. Typed again without widening, the line of an unwidened query reads the same.
"""

from __future__ import annotations

from index.thesaurus import Thesaurus
from index.tree import And, Everything, InPlace, Near, Node, Not, Or, Phrase, Prefix, Widened, Word


def read_as(node: Node, thesaurus: Thesaurus) -> str:
    """The line for a query's tree."""
    line = _Phrasing(thesaurus).line(node)
    return f"{line} (with word forms)" if _has_forms(node) else line


def _has_forms(node: Node) -> bool:
    """Whether a word counts in other forms; of a widened acronym the line says so by its other names."""
    match node:
        case Word():
            return node.forms
        case And() | Or():
            return any(_has_forms(inner) for inner in node.nodes)
        case Not() | InPlace():
            return _has_forms(node.node)
        case Near():
            return _has_forms(node.left) or _has_forms(node.right)
        case Widened():
            return not isinstance(node.typed, Word) and _has_forms(node.typed)
    return False


class _Phrasing:
    def __init__(self, thesaurus: Thesaurus) -> None:
        self.thesaurus = thesaurus

    def line(self, node: Node) -> str:
        """A node that stands alone or in brackets."""
        match node:
            case And():
                return " AND ".join(self._part(inner) for inner in node.nodes)
            case Or():
                return " OR ".join(self._part(inner) for inner in node.nodes)
            case Near():
                return f"{self._side(node.left)} NEAR/{node.distance} {self._side(node.right)}"
            case Widened():
                return " or ".join([self._typed(node.typed), *(self._name(other) for other in node.also)])
            case Not():
                return f"NOT {self._side(node.node)}"
            case InPlace():
                return f"{node.place}:{self._side(node.node)}"
        return self._leaf(node)

    def _part(self, node: Node) -> str:
        """A member of an AND or OR: NOT and NEAR bind tighter anyway."""
        return f"({self.line(node)})" if isinstance(node, And | Or | Widened) else self.line(node)

    def _side(self, node: Node) -> str:
        """What NOT, NEAR and a place bind to."""
        bare = isinstance(node, Word | Prefix | Phrase | Everything | InPlace)
        return self.line(node) if bare else f"({self.line(node)})"

    def _typed(self, node: Node) -> str:
        """A long form as a reader typed it, without an AND between its words."""
        if isinstance(node, And):
            return f"({' '.join(self._leaf(word) for word in node.nodes)})"
        return self._name(node)

    def _name(self, node: Node) -> str:
        """One of the thesaurus's names, as it is usually written."""
        words = node.words if isinstance(node, Phrase) else (node.text,) if isinstance(node, Word) else ()
        printed = self.thesaurus.printed.get(words)
        if printed is None:
            return self._leaf(node)
        if isinstance(node, Word):
            return f"{printed} in capitals" if node.capitals else printed
        return f'"{printed}"'

    def _leaf(self, node: Node) -> str:
        match node:
            case Word():
                return node.text if node.forms else f'"{node.text}"'
            case Prefix():
                return f"{node.text}*"
            case Phrase():
                return f'"{" ".join(node.words)}"'
        return "everything"
