"""How do a few sentences become many? By choices, numbers and names filled in, always alike for one seed.

The notation: `[one|another]` is a choice, `{40-90}` a whole number in that range, `{ward}` a name. Numbers
have commas from 1,000 on. An unknown name raises KeyError.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from random import Random

Names = Mapping[str, Callable[[Random], str]]

_CHOICE = re.compile(r"\[([^\[\]]*\|[^\[\]]*)\]")
_SENTENCE = re.compile(r"(?:^|(?<=[.?!] ))[a-z]")
_SLOT = re.compile(r"\{(?:(\d+)-(\d+)|([a-z_]+\d?))\}")


def filled(pattern: str, names: Names, random: Random) -> str:
    """One reading of the pattern."""

    def slot(match: re.Match[str]) -> str:
        low, high, name = match.groups()
        return names[name](random) if name else f"{random.randint(int(low), int(high)):,}"

    chosen = _CHOICE.sub(lambda match: random.choice(match[1].split("|")), pattern)
    return _SLOT.sub(slot, chosen)


def sentences(text: str) -> str:
    """The text with a capital at the start of every sentence, which a filled-in name may lack."""
    return _SENTENCE.sub(lambda match: match[0].upper(), text)
