"""Where does a PDF put its words? One place for each, without the stops on the way there. Pure.

Some programs (Google Docs, Chrome) first set a text matrix on another line and then move to the word's own place. Taken
one by one, each such pair looks like the end of a line, and every word stands alone. (ISO 32000-1, 9.4.2)
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

Operation = tuple[Any, bytes]


def settled(operations: Iterable[Operation]) -> list[Operation]:
    """The operations with every `Tm` and the `Td` right after it made one `Tm`."""
    out: list[Operation] = []
    for operands, operator in operations:
        if operator == b"Td" and out and out[-1][1] == b"Tm" and _all_numbers(operands, 2):
            matrix = out[-1][0]
            if _all_numbers(matrix, 6):
                out[-1] = (_moved(matrix, operands), b"Tm")
                continue
        out.append((operands, operator))
    return out


def _moved(matrix: Any, by: Any) -> list[float]:
    a, b, c, d, e, f = (float(number) for number in matrix)
    x, y = (float(number) for number in by)
    return [a, b, c, d, e + x * a + y * c, f + x * b + y * d]


def _all_numbers(operands: Any, count: int) -> bool:
    return len(operands) == count and all(isinstance(operand, int | float) for operand in operands)
