"""Bringing the index up to date with the archive, or making a new generation of it.

The index follows the archive by its number of changes. It is safe to stop at any moment: what is committed stays,
and the next run finds by the items' fingerprints what is already there. A new generation is made beside the one
that is read, and only takes its place when it is whole; nothing but a whole new one ever replaces an index.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from archive import Archive, Settings
from index import generations, looking_over, tokens
from index.arrays import ArraysDamagedError
from index.batches import Batch, Looked
from index.generations import Marker
from index.held import HeldItem, held_count, held_ids, held_items
from index.postings import IndexDamagedError
from index.schema import SCHEMA_VERSION
from index.segments import NewSegment
from index.side_by_side import events_of
from index.snapshot import naming_damage
from index.storage import OpenSegment, SegmentFiles, open_segments
from index.tagging import load_tagging
from index.writing import commit, make_empty, merge_segments

Progress = Callable[[int, int], None]

_BATCH_ITEMS = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexReport:
    """What a run did. `rebuilt` where a new generation was made; `notes` say why, for a person."""

    generation: str
    rebuilt: bool
    added: int
    removed: int
    items: int
    sequence: int
    notes: tuple[str, ...] = ()

    @property
    def line(self) -> str:
        """The same in one line for a person."""
        done = f"Indexed {self.added:,} items, removed {self.removed:,}; {self.items:,} can be searched."
        return " ".join((done, *self.notes))


def update_index(
    archive: Archive, folder: Path, settings: Settings, *, rebuild: bool = False, progress: Progress | None = None
) -> IndexReport:
    """Make the index of this data folder say what the archive says. A missing, older or damaged one is made anew.

    `progress` is told the items done and to do. Raises ActiveRunError when another indexer is at work for longer
    than INDEX_LOCK_WAIT_S, OutOfSpaceError; after any error the index that was there is there still.
    """
    place = generations.index_folder(folder)
    with generations.indexing_lock(place, settings.index_lock_wait_s):
        update = _Update(archive, place, settings.index_processes, progress or _unseen)
        return update.made_anew("") if rebuild else update.brought_up_to_date()


class _Update:
    """One run, under the lock."""

    def __init__(self, archive: Archive, folder: Path, processes: int, progress: Progress) -> None:
        self._archive, self._folder, self._processes, self._progress = archive, folder, processes, progress
        self._made_with = made_with(load_tagging().digest)
        self._sequence = archive.sequence()
        self._opened: Mapping[str, SegmentFiles] = {}

    def brought_up_to_date(self) -> IndexReport:
        """The generation that is read, brought up to date; or a new one where it cannot be."""
        current = generations.current_generation(self._folder)
        marker = generations.read_marker(current) if current else None
        if current is None or marker is None:
            return self.made_anew("" if current is None else "its marker could not be read")
        if note := self._unusable(current, marker):
            return self.made_anew(note)
        if marker.sequence == self._sequence:
            return self._report(current, marker, _Followed(0, 0, frozenset()))
        try:
            followed = self._follow(current, self._archive.items_changed_since(marker.sequence))
            return self._report(current, self._finish(current), followed)
        except (ArraysDamagedError, IndexDamagedError) as error:
            return self.made_anew(f"it was found damaged ({error})")

    def made_anew(self, note: str) -> IndexReport:
        """A new generation, made beside the one that is read, verified, and then read instead of it."""
        beside = self._begun()
        ids = tuple({*self._archive.item_ids(), *held_ids(self._segments(beside))})
        followed = self._follow(beside, tuple(sorted(ids)))
        marker = self._finish(beside)
        self._verify(beside, marker, followed.there)
        generations.point_to(self._folder, beside)
        generations.remove_others(self._folder, beside)
        report = self._report(beside, marker, followed)
        return replace(report, rebuilt=True, notes=(f"The index was made anew: {note}.",) if note else ())

    def _unusable(self, current: Path, marker: Marker) -> str:
        """Why the generation that is read cannot be gone on with; "" where it can."""
        if marker.made_with != self._made_with:
            return "the topics, or the way of indexing, have changed"
        if marker.sequence > self._sequence:
            return "the archive is older than the index, or another one"
        if damaged := looking_over.damaged_files(current, marker, looking_over.MOST_BYTES):
            return f"it was damaged ({', '.join(damaged)})"
        try:
            self._segments(current)
        except IndexDamagedError as error:
            return f"it could not be read ({error.what})"
        return ""

    def _begun(self) -> Path:
        """A generation whose making was stopped, where it is sound, or an empty one."""
        unfinished = generations.unfinished_generation(self._folder, self._made_with)
        marker = generations.read_marker(unfinished) if unfinished else None
        if unfinished and marker and not self._unusable(unfinished, marker):
            return unfinished
        made = generations.new_generation(self._folder)
        make_empty(made)
        self._mark(made, Marker(made_with=self._made_with))
        return made

    def _follow(self, generation: Path, ids: tuple[str, ...]) -> _Followed:
        held = {one.id: one for one in held_items(self._segments(generation), frozenset(ids))}
        batches = [_batch(ids[start : start + _BATCH_ITEMS], held) for start in range(0, len(ids), _BATCH_ITEMS)]
        opening, done = partial(Archive.open, self._archive.folder), _Followed(0, 0, frozenset())
        with generations.making_in(generation) as beside:
            for event in events_of(self._archive, opening, batches, beside, self._processes):
                done = self._committed(generation, event, held, done)
                self._progress(max(done.seen, done.added), len(ids))
        return done

    def _committed(
        self, generation: Path, event: NewSegment | Looked, held: Mapping[str, HeldItem], done: _Followed
    ) -> _Followed:
        if isinstance(event, NewSegment):
            commit(generation, [held[one].rows for one in event.items if one in held], event)
            self._mark(generation, _marker(generation))
            return replace(done, added=done.added + len(event.items))
        gone = [held[one].rows for one in event.batch.held if one not in event.there]
        if gone:
            commit(generation, gone)
            self._mark(generation, _marker(generation))
        return _Followed(
            added=done.added,
            removed=done.removed + len(gone),
            there=done.there | event.there,
            seen=done.seen + len(event.batch.ids),
        )

    def _finish(self, generation: Path) -> Marker:
        merge_segments(generation)
        items = held_count(self._segments(generation))
        marker = replace(_marker(generation), sequence=self._sequence, items=items, complete=True)
        return self._mark(generation, marker)

    def _mark(self, generation: Path, marker: Marker) -> Marker:
        """Force what is committed to the disk, then say so."""
        generations.force_to_disk(generation)
        marker = replace(marker, files=generations.digests(generation, marker.files))
        generations.write_marker(generation, marker)
        return marker

    def _segments(self, generation: Path) -> tuple[OpenSegment, ...]:
        """The segments of the index now. What has been opened of them before is not read again."""
        with naming_damage(generation):
            found = open_segments(generation, self._opened)
        self._opened = {one.name: one.files for one in found}
        return found

    def _verify(self, generation: Path, marker: Marker, expected: frozenset[str]) -> None:
        """Raises IndexDamagedError where a new generation is not what was to be made."""
        if damaged := generations.damaged_files(generation, marker):
            raise IndexDamagedError(f"the new {', '.join(damaged)}")
        held = list(held_ids(self._segments(generation)))
        if len(held) != len(expected) or frozenset(held) != expected:
            raise IndexDamagedError("the new one does not hold the archive's items")

    def _report(self, generation: Path, marker: Marker, followed: _Followed) -> IndexReport:
        return IndexReport(
            generation=generation.name,
            rebuilt=False,
            added=followed.added,
            removed=followed.removed,
            items=marker.items,
            sequence=marker.sequence,
        )


@dataclass(frozen=True, slots=True)
class _Followed:
    """What was added (or replaced) and removed; which items the archive holds of those looked at, which are so many."""

    added: int
    removed: int
    there: frozenset[str]
    seen: int = 0


def _batch(ids: tuple[str, ...], held: Mapping[str, HeldItem]) -> Batch:
    return Batch(ids, {one: held[one].fingerprint for one in ids if one in held})


def made_with(topics_digest: str) -> str:
    """What an index depends on beside the archive: when this changes, it is made anew."""
    words = Path(tokens.__file__).read_bytes()
    return hashlib.sha256(b"%d %s %s" % (SCHEMA_VERSION, topics_digest.encode(), words)).hexdigest()[:16]


def _marker(generation: Path) -> Marker:
    marker = generations.read_marker(generation)
    if marker is None:
        raise IndexDamagedError("its marker cannot be read")
    return marker


def _unseen(done: int, of: int) -> None:
    """Progress that nobody watches."""
