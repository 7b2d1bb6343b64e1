"""Which parts of two sequences are the same? The longest common one, for no more effort than is allowed.

Myers' greedy algorithm ("An O(ND) Difference Algorithm and Its Variations", 1986): its cost grows with how much differs
and not with how long the texts are. The standard library's matcher grows with the square, and more, where a common
word stands many times on both sides; and it cannot be told to stop.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence

Pair = tuple[int, int]


class TooDifferentError(Exception):
    """More effort than allowed would be needed to tell what two texts share."""


class Effort:
    """How many steps may still be taken, in all comparisons that share it. A million are about half a second."""

    def __init__(self, steps: int) -> None:
        self.left = steps

    def spend(self, steps: int) -> None:
        """Take so many steps. Raises TooDifferentError where that many are not left."""
        if steps > self.left:
            self.left = 0
            raise TooDifferentError
        self.left -= steps


def common(old: Sequence[Hashable], new: Sequence[Hashable], effort: Effort) -> list[Pair]:
    """The places of a longest common sequence, as pairs that rise on both sides.

    Raises TooDifferentError where that takes more than the effort left.
    """
    effort.spend(len(old) + len(new))
    start, end = _same_ends(old, new)
    left, right = range(start, len(old) - end), range(start, len(new) - end)
    # What stands on one side alone is in no common sequence: without it, far fewer steps tell the rest apart.
    shared = {old[i] for i in left} & {new[j] for j in right}
    left_kept, right_kept = [i for i in left if old[i] in shared], [j for j in right if new[j] in shared]
    inner = _greedy([old[i] for i in left_kept], [new[j] for j in right_kept], effort)
    return [
        *((i, i) for i in range(start)),
        *((left_kept[i], right_kept[j]) for i, j in inner),
        *((len(old) - back, len(new) - back) for back in range(end, 0, -1)),
    ]


def _same_ends(old: Sequence[Hashable], new: Sequence[Hashable]) -> tuple[int, int]:
    """How many places at the start, and of the rest at the end, are the same."""
    shorter = min(len(old), len(new))
    start = next((i for i in range(shorter) if old[i] != new[i]), shorter)
    rest = shorter - start
    return start, next((i for i in range(rest) if old[-1 - i] != new[-1 - i]), rest)


def _greedy(old: Sequence[Hashable], new: Sequence[Hashable], effort: Effort) -> list[Pair]:
    """Go as far as is possible with no edit, with one, with two …; then walk back from the end."""
    fronts: list[list[int]] = []
    diagonal = len(old) - len(new)
    apart = abs(diagonal)
    for edits in range(len(old) + len(new) + 1):
        fronts.append(_furthest(old, new, fronts[-1] if fronts else [], effort))
        if edits >= apart and (edits - apart) % 2 == 0 and fronts[-1][(diagonal + edits) // 2] >= len(old):
            break
    return _walked_back(len(old), len(new), fronts)


def _furthest(old: Sequence[Hashable], new: Sequence[Hashable], before: list[int], effort: Effort) -> list[int]:
    """How far into `old` each diagonal reaches with one edit more than `before`; the lowest diagonal first."""
    edits, front, steps = len(before), list[int](), len(before) + 1
    for place in range(edits + 1):
        x = _entered(before, place, edits)
        y = x - (2 * place - edits)
        begun = x
        while x < len(old) and y < len(new) and old[x] == new[y]:
            x += 1
            y += 1
        steps += x - begun
        front.append(x)
    effort.spend(steps)
    return front


def _entered(before: list[int], place: int, edits: int) -> int:
    """Where a diagonal is entered: from the one above by an addition, or from the one below by a removal."""
    if not edits:
        return 0
    if place == 0 or (place < edits and before[place - 1] < before[place]):
        return before[place]
    return before[place - 1] + 1


def _walked_back(x: int, y: int, fronts: list[list[int]]) -> list[Pair]:
    """The pairs on the way from the end to the start, turned round."""
    pairs = list[Pair]()
    for edits in range(len(fronts) - 1, -1, -1):
        place = (x - y + edits) // 2
        before = fronts[edits - 1] if edits else []
        entered = _entered(before, place, edits)
        while x > entered:
            x, y = x - 1, y - 1
            pairs.append((x, y))
        if edits:
            added = place == 0 or (place < edits and before[place - 1] < before[place])
            x, y = (x, y - 1) if added else (x - 1, y)
    return pairs[::-1]
