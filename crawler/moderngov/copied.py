"""The text of an item's page (`mgAi.aspx`) as it looks when a person copies it: no markup, no address, no date.

"Agenda item", the title, what the committee was to do, "Minutes:", "Supporting documents:" with titles and sizes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from archive.records import TEXT_NAMES, Block, TextName
from crawler.moderngov.bullets import MARKER, read_marker
from crawler.moderngov.characters import (
    is_furniture,
    is_furniture_link,
    one_line,
    split_item,
    split_size,
    without_unseen,
)
from crawler.moderngov.decoding import decode
from crawler.moderngov.documents import MEDIA_TYPES
from crawler.moderngov.labels import Label, label_of, plain_label_of
from crawler.moderngov.readings import ItemPageReading, ItemReading, PageDocument, PageError

_HEADING = re.compile(r"agenda item:?|eitem agenda:?", re.IGNORECASE)
_MARKUP = re.compile(r"\s*<(?:!doctype|html|\?xml|!--)", re.IGNORECASE)
_LONE_MARKER = re.compile(r"[•·▪◦●○■§\uf020-\uf0ff]|[ov–-]")
_EXEMPT = re.compile(r"restricted enclosure(?: \d{1,3})?", re.IGNORECASE)
_BARE = ("minutes", "decision", "decisions", "cofnodion", "penderfyniad")
_LINES_BEFORE = 200


@dataclass(slots=True)
class _Copied:
    """What has been read so far; `label` is the last one met."""

    label: Label | None = None
    texts: dict[TextName, list[Block]] = field(default_factory=lambda: {name: [] for name in TEXT_NAMES})
    documents: list[PageDocument] = field(default_factory=list)
    numbers: list[str] = field(default_factory=list)
    marked: bool = False
    foot: list[str] = field(default_factory=list)

    def begin(self, label: Label) -> None:
        """A label is met: what seemed the foot of the page stands amid the item, and is text of its own."""
        self.texts["agenda"].extend(_block(line) for line in self.foot)
        self.foot.clear()
        self.label, self.marked = label, False

    def take(self, line: str) -> None:
        if self.label == "documents":
            self._take_document(line)
        else:
            self.texts[self.label or "agenda"].append(_block(line))

    def _take_document(self, line: str) -> None:
        block = _block(line)
        printed, kind, size = split_size(block.text)
        title, number = split_item(printed)
        if not title or is_furniture_link(title):
            return
        if size or number:
            self._go_on()
        # An exempt document has no size; what is printed after its title ("View reasons …") marks it too.
        marked = title != block.text or block.kind == "bullet" or _EXEMPT.fullmatch(title) is not None
        # Below documents that are marked as such, a line that is not begins the foot of a page copied whole.
        if self.foot or (self.marked and not marked):
            self.foot.append(line)
            return
        self.marked = self.marked or marked
        self.numbers.extend([number] if number else [])
        self._list(title, kind, size)

    def _go_on(self) -> None:
        """A document with its size or number is met: what seemed the foot of the page are documents too."""
        for line in self.foot:
            self._list(_block(line).text)
        self.foot.clear()

    def _list(self, title: str, kind: str = "", size: str = "") -> None:
        self.documents.append(
            PageDocument(key=None, title=title, url="", media_type=MEDIA_TYPES.get(kind, ""), size=size)
        )


def is_copied_item(data: bytes) -> bool:
    """Whether this is the copied text of an item's page."""
    try:
        _body(data)
    except PageError:
        return False
    return True


def read_copied_item(data: bytes) -> ItemPageReading:
    """The item of a copied text. Raises PageError (not-moderngov) for any other text, (nothing-found) for one cut off
    after its heading."""
    lines = _body(data)
    if not lines:
        raise PageError("nothing-found", 'the text ends after "Agenda item"')
    # The first line is the title, be it "Minutes", unless its colon makes it a label: some items have no title.
    untitled = plain_label_of(one_line(lines[0])) is not None
    title, kind, size = ("", "", "") if untitled else split_size(_block(lines[0]).text)
    copied = _Copied()
    for line in lines if untitled else lines[1:]:
        label = _label(line, lines)
        if label:
            copied.begin(label)
        else:
            copied.take(line)
    own = PageDocument(key=None, title=title, url="", media_type=MEDIA_TYPES.get(kind, ""), size=size)
    return ItemPageReading(item=_item(title, copied, (own,) if size else ()))


def _item(title: str, copied: _Copied, own: tuple[PageDocument, ...]) -> ItemReading:
    numbers = set(copied.numbers)
    return ItemReading(
        aiid=None,
        position=0,
        number=numbers.pop() if len(numbers) == 1 else "",
        title=title,
        agenda=tuple(copied.texts["agenda"]),
        decision=tuple(copied.texts["decision"]),
        minutes=tuple(copied.texts["minutes"]),
        cut=(),
        documents=(*own, *copied.documents),
    )


def _body(data: bytes) -> tuple[str, ...]:
    """The filled lines below the heading "Agenda item", without the site's furniture, list markers on their lines."""
    text = decode(data)
    lines = [line for line in re.split(r"\r\n|\r|\n|\u2028|\u2029", without_unseen(text)) if line.strip()]
    starts = _headings(lines[:_LINES_BEFORE])
    if not starts or _MARKUP.match(text) or "\x00" in text:
        raise PageError("not-moderngov", 'the text is not the copy of an item\'s page: no line reads "Agenda item"')
    filled = [line for line in lines[starts[-1] + 1 :] if one_line(line)]
    kept = [line for line in _joined_markers(filled) if not is_furniture(_block(line).text)]
    return tuple(_joined_sizes(kept))


def _headings(lines: Sequence[str]) -> list[int]:
    """The lines that read "Agenda item" above the first label: a page copied whole has one in its trail too."""
    above = takewhile(lambda place: plain_label_of(one_line(lines[place])) is None, range(len(lines)))
    return [place for place in above if _HEADING.fullmatch(one_line(lines[place]))]


def _joined_markers(lines: Sequence[str]) -> Iterator[str]:
    """Some browsers copy a bullet and its text as two lines."""
    marker = ""
    for line in lines:
        if _LONE_MARKER.fullmatch(line.strip()):
            marker = line.strip() + "\t"
            continue
        yield marker + line.strip() if marker else line
        marker = ""


def _joined_sizes(lines: Sequence[str]) -> list[str]:
    """Some browsers copy a document's title and its size ("PDF 22 KB") as two lines."""
    joined: list[str] = []
    for line in lines:
        title, _, size = split_size(one_line(line))
        if size and not title and joined and plain_label_of(one_line(joined[-1])) is None:
            joined[-1] += f" {line.strip()}"
        else:
            joined.append(line)
    return joined


def _block(line: str) -> Block:
    kind, rest = read_marker(line, listed=True)
    cells = [one_line(cell) for cell in rest.strip().split("\t")]
    if kind == "paragraph" and (len(cells) > 2 or (len(cells) == 2 and not MARKER.fullmatch(cells[0]))):
        # Browsers copy the cells of a table with tabs between them, the first one too where it is empty.
        return Block("row", " | ".join(one_line(cell) for cell in line.rstrip().split("\t")))
    return Block(kind, one_line(rest))


def _label(line: str, lines: Sequence[str]) -> Label | None:
    """A label stands alone on its line. Without its colon it counts only where the text has no such label with one."""
    words = one_line(line)
    label = plain_label_of(words)
    if label or len(words) > 30:
        return label
    bare = label_of(words) if words.lower() in _BARE else None
    with_colon = bare and any(plain_label_of(one_line(other)) == bare for other in lines)
    return None if with_colon else bare
