"""Does the index say what the archive says? Every fault named; nothing is mended here (`scrutiny index` does that).

Files that a stopped commit left behind are no fault: the next one takes them away.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from archive import Archive
from archive.text_lookup import text_digests
from index import generations
from index.build import made_with
from index.entries import facts_of, files_of
from index.postings import IndexDamagedError
from index.snapshot import Snapshot
from index.tagging import load_tagging

_AT_ONCE = 500


def check_index(archive: Archive, folder: Path) -> tuple[str, ...]:
    """The faults of the index of this data folder, one line each; none where it is whole and up to date."""
    faults = _faults(archive, folder)
    if not faults:
        return ()
    # What a commit or a switch changed under our eyes is no fault, and is not seen at a second look.
    again = frozenset(_faults(archive, folder))
    return tuple(fault for fault in faults if fault in again)


def _faults(archive: Archive, folder: Path) -> tuple[str, ...]:
    current = generations.current_generation(generations.index_folder(folder))
    held = archive.item_ids()
    if current is None:
        return ("index: there is none; run `scrutiny index`",) if held else ()
    marker = generations.read_marker(current)
    if marker is None:
        return (f"index: the marker of {current.name} cannot be read; run `scrutiny index --rebuild`",)
    damaged = tuple(
        f"index: {current.name}/{name} is not as it was written; run `scrutiny index --rebuild`"
        for name in generations.damaged_files(current, marker)
    )
    older = marker.made_with != made_with(load_tagging().digest)
    return (
        *damaged,
        *(("index: made with other topics or in another way; run `scrutiny index`",) if older else ()),
        *_compared(archive, current, held),
    )


def _compared(archive: Archive, generation: Path, held: tuple[str, ...]) -> tuple[str, ...]:
    try:
        snapshot = Snapshot.open(generation)
    except IndexDamagedError as error:
        return (f"index: {generation.name} cannot be read ({error.what}); run `scrutiny index --rebuild`",)
    indexed = dict(zip(snapshot.items.ids, snapshot.items.fingerprints, strict=True))
    doubled = len(snapshot.items.ids) - len(indexed)
    return (
        *(f"index: {item} is missing; run `scrutiny index`" for item in held if item not in indexed),
        *(f"index: {item} is indexed but not in the archive" for item in sorted(indexed.keys() - set(held))),
        *((f"index: {doubled} items are indexed twice",) if doubled else ()),
        *(f"index: {item} is out of date; run `scrutiny index`" for item in _out_of_date(archive, indexed, held)),
    )


def _out_of_date(archive: Archive, indexed: dict[str, str], held: tuple[str, ...]) -> Iterator[str]:
    known = [item for item in held if item in indexed]
    for start in range(0, len(known), _AT_ONCE):
        entries = archive.entries(known[start : start + _AT_ONCE])
        digests = text_digests(archive, files_of(entries))
        facts = (facts_of(entry, digests) for entry in entries)
        yield from (one.id for one in facts if indexed[one.id] != one.fingerprint)
