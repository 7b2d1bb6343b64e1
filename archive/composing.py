"""What does an item say, when its meeting page cut it short and its own page has the whole? (Design, section 3.)

The meeting page names the item: number, title, decision, committee and date stay from there. The item's own
page replaces only texts that it holds, and never by a shorter one. Composed anew from both readings each time,
so that the order in which the pages were read does not matter.
"""

from __future__ import annotations

from dataclasses import replace

from archive.records import AgendaItem, Document, Record, Text, TextName, plain

_REPLACED: tuple[TextName, ...] = ("agenda", "minutes")


def compose(from_meeting: AgendaItem | None, from_page: AgendaItem | None) -> AgendaItem:
    """The item as both pages together give it. Raises ValueError when neither was read."""
    if from_meeting is None or from_page is None:
        only = from_meeting or from_page
        if only is None:
            raise ValueError("an item is composed of at least one reading")
        return only
    whole = _with_minutes_found(from_meeting, from_page)
    texts = {name: _longer(from_meeting, whole, name) for name in _REPLACED}
    replaced = {name for name in _REPLACED if texts[name] is not getattr(from_meeting, name)}
    return replace(
        from_meeting,
        agenda=texts["agenda"],
        minutes=texts["minutes"],
        cut=tuple(name for name in from_meeting.cut if name not in replaced),
        documents=from_meeting.documents or from_page.documents,
    )


def completes(known: Record, whole: Record) -> bool:
    """Whether a record says just what was known of it, and only now is known whole: that is no new version.

    It is an item whose texts were cut short, or a document whose file has now arrived. A text that the council has
    also edited meanwhile does not begin as the cut one did, and is another version.
    """
    if isinstance(known, Document) and isinstance(whole, Document):
        return not known.sha256 and replace(known, sha256=whole.sha256, media_type=whole.media_type) == whole
    if not isinstance(known, AgendaItem) or not isinstance(whole, AgendaItem):
        return False
    filled = [name for name in known.cut if name not in whole.cut]
    texts = {name: getattr(whole, name) for name in filled}
    if not filled or replace(known, **texts, cut=whole.cut) != whole:
        return False
    return all(_begins_with(getattr(whole, name), getattr(known, name)) for name in filled)


def _begins_with(whole: Text, cut: Text) -> bool:
    if not cut:
        return True
    last = len(cut) - 1
    return whole[:last] == cut[:last] and len(whole) > last and whole[last].text.startswith(cut[last].text)


def _longer(from_meeting: AgendaItem, whole: AgendaItem, name: TextName) -> Text:
    """The page's own text where the meeting page has none or a cut one; a sound text there stays as it is."""
    here: Text = getattr(from_meeting, name)
    there: Text = getattr(whole, name)
    if here and name not in from_meeting.cut:
        return here
    longer = len(plain(there)) >= len(plain(here)) and bool(there)
    return there if longer and name not in whole.cut else here


def _with_minutes_found(from_meeting: AgendaItem, from_page: AgendaItem) -> AgendaItem:
    """The page's reading with its minutes told apart, where the page has lost the label before them.

    Source: `moderngov.md` section 4, "minutes, usually with the label lost". They begin where the minutes of the
    meeting page begin, or, where that page shows none of them, after its agenda text.
    """
    lost = bool(from_meeting.minutes) or "minutes" in from_meeting.cut
    if from_page.minutes or not lost:
        return from_page
    start = _minutes_start(from_meeting, from_page)
    if start is None:
        return replace(from_page, agenda=())
    return replace(from_page, agenda=from_page.agenda[:start], minutes=from_page.agenda[start:])


def _minutes_start(from_meeting: AgendaItem, from_page: AgendaItem) -> int | None:
    if not from_meeting.minutes:
        length = len(from_meeting.agenda)
        return length if from_page.agenda[:length] == from_meeting.agenda else None
    first = from_meeting.minutes[0].text
    # A minute of one block may itself be the one that was cut: then half of it must do.
    opening = first if len(from_meeting.minutes) > 1 or "minutes" not in from_meeting.cut else first[: len(first) // 2]
    starts = (place for place, block in enumerate(from_page.agenda) if opening and block.text.startswith(opening))
    return next(starts, None)
