"""How does text pasted from Word look? As the vendor's cleaner leaves it: the reference on ModernGov, section 3.3.

Lines are wrapped at about 70 columns inside sentences and tags, lists are paragraphs with a typed bullet, empty
paragraphs make space, and a spelling checker's spans stand around and inside words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from random import Random
from zlib import crc32

from archive.records import Block, Text
from tests.site.entities import word
from tests.site.names import ODD_WORDS

EMPTY = '<p class="MsoNormal">&nbsp;</p>'
_PAD = '<span style="font:7.0pt &quot;Times New Roman&quot;">&nbsp;&nbsp;&nbsp;</span>'
_TYPED_NUMBER = re.compile(r"(\d+\.) (.*)", re.DOTALL)
_GAP = re.compile(r"(?<==)(?=\")| ")


@dataclass(frozen=True, slots=True)
class Manner:
    """One author's way with Word."""

    section: str
    glyph: str
    language: bool
    spaced: bool
    real_list: bool


PLAIN = Manner("WordSection1", "·", language=False, spaced=True, real_list=False)


def manner_of(number: int, glyph: str) -> Manner:
    """The manner of the item under this number, always the same."""
    random = Random(number)
    section = random.choice(("WordSection1",) * 6 + ("Section1", "x_Section1"))
    return Manner(section, glyph, random.random() < 0.25, random.random() < 0.8, random.random() < 0.08)


def word_part(text: Text, manner: Manner, tail: str = "") -> str:
    """A `div.mgWordPara`; `tail` is markup that goes into the last paragraph ("... view the full text")."""
    lines = [_line for part in _parts(text, manner, tail) for _line in (part, *([EMPTY] if manner.spaced else []))]
    body = "\n".join(wrapped(line) for line in (lines[:-1] if manner.spaced else lines))
    return f'<div class="mgWordPara"><div class="{manner.section}">\n{body}\n</div>\n</div> '


def wrapped(markup: str, columns: int = 70) -> str:
    """Markup broken at spaces, and after the equals sign of an attribute, wherever a line would grow too long."""
    lines, at, gap = [""], 0, ""
    for match in [*_GAP.finditer(markup), None]:
        piece = markup[at : match.start() if match else len(markup)]
        if lines[-1] and len(lines[-1]) + len(gap) + len(piece) > columns:
            lines.append(piece)
        else:
            lines[-1] += gap + piece
        at, gap = (match.end(), match[0]) if match else (at, gap)
    return "\n".join(lines)


def _parts(text: Text, manner: Manner, tail: str) -> Iterator[str]:
    groups = [(kind, list(blocks)) for kind, blocks in groupby(text, key=lambda block: block.kind)]
    for kind, blocks in groups:
        last = tail if blocks[-1] is text[-1] else ""
        if kind == "row":
            yield _table(blocks, manner)
        elif kind == "bullet":
            yield from _bullets(blocks, manner, last)
        else:
            yield from (_paragraph(b, manner, last if b is blocks[-1] else "") for b in blocks)


def _paragraph(block: Block, manner: Manner, tail: str) -> str:
    typed = _TYPED_NUMBER.fullmatch(block.text)
    if typed:
        return _listed(manner, "Middle", typed[1], _inline(typed[2], manner) + tail)
    return f'<p class="MsoNormal">{_inline(block.text, manner)}{tail}</p>'


def _bullets(blocks: list[Block], manner: Manner, tail: str) -> Iterator[str]:
    said = [_inline(block.text, manner) for block in blocks]
    said[-1] += tail
    if manner.real_list:
        yield '<ul type="disc">' + " ".join(f'<li class="MsoNormal">{each}</li>' for each in said) + "</ul>"
        return
    places = ["First", *["Middle"] * (len(said) - 2), "Last"] if len(said) > 1 else ["First"]
    yield from (_listed(manner, place, word(manner.glyph), each) for place, each in zip(places, said, strict=True))


def _listed(manner: Manner, place: str, mark: str, said: str) -> str:
    kind = "MsoListParagraph" if manner.language else f"MsoListParagraphCxSp{place}"
    lead = f'<span style=""><span style="">{mark}{_PAD}</span></span>'
    return f'<p class="{kind}" style="text-indent:-18.0pt"> {lead} {said}</p>'


def _table(blocks: list[Block], manner: Manner) -> str:
    cell = '<td width="150" valign="top" style=""><p class="MsoNormal">{}</p></td>'
    rows = (" ".join(cell.format(_inline(text, manner)) for text in block.text.split(" | ")) for block in blocks)
    inner = " ".join(f'<tr style="">{row}</tr>' for row in rows)
    return f'<table class="MsoTableGrid" border="1" cellspacing="0" style=""><tbody>{inner}</tbody></table>'


def _inline(text: str, manner: Manner) -> str:
    said = " ".join(_checked(each) for each in text.split(" "))
    return f'<span lang="EN-US" style="" xml:lang="EN-US">{said}</span>' if manner.language else said


def _checked(text: str) -> str:
    """One word, as the spelling checker left it: marked whole, marked by half, in bold, or not touched."""
    core = text.strip("“”‘’.,;:()")
    if core == "RESOLVED":
        return f"<b>{text}</b>"
    before, found, after = text.partition(core.removesuffix("’s")) if core else (text, "", "")
    if found in ODD_WORDS:
        return f'{word(before)}<span class="SpellE">{word(found)}</span>{word(after)}'
    if len(found) >= 11 and crc32(found.encode()) % 17 == 0:
        return f'{word(before)}<span class="SpellE">{word(found[:5])}</span>{word(found[5:])}{word(after)}'
    return word(text)
