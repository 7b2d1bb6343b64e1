"""How good is an order? nDCG: what its first results are worth, over what the best order of all would be worth.

K. Järvelin, J. Kekäläinen, "Cumulated gain-based evaluation of IR techniques", ACM TOIS 20 (2002), with the gains of
C. Burges and others (2005): a grade g is worth 2^g - 1, divided by the binary logarithm of its rank plus one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import log2

DEPTH = 10


def ndcg(order: Sequence[str], grades: Mapping[str, int], depth: int = DEPTH) -> float:
    """Between 0 and 1, over the first so many. Raises ValueError where no grade is above 0."""
    best = _worth(sorted(grades.values(), reverse=True)[:depth])
    if best <= 0:
        raise ValueError("Nothing is wanted, so no order is better than another.")
    return _worth(grades.get(one, 0) for one in order[:depth]) / best


def _worth(grades: Iterable[int]) -> float:
    return sum((2.0**grade - 1) / log2(rank + 1) for rank, grade in enumerate(grades, start=1))
