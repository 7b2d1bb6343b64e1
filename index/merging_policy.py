"""Which segments are to be written into one? So that there are few, and no commit costs what the whole index does.

Each search looks into every segment, so there are never more than a few. The smallest go first, and take with them what
is hardly larger than they are together: so a row is written anew about once each time the index doubles.
"""

from __future__ import annotations

from collections.abc import Sequence

from whoosh.codec.base import Segment

MOST_SEGMENTS = 8
_HARDLY_LARGER = 2  # times
_MOST_REMOVED = 1 / 3  # of a segment's rows, before it is written anew


def worth_merging(segments: Sequence[Segment]) -> list[Segment]:
    """The segments that should become one; none where there are few enough."""
    worn = [one for one in segments if one.deleted_count() > _MOST_REMOVED * one.doc_count_all()]
    sound = sorted((one for one in segments if one not in worn), key=lambda one: one.doc_count_all())
    together = 0
    for place, one in enumerate(sound):
        many = len(sound) - place + bool(worn) > MOST_SEGMENTS
        if not (many or (place and one.doc_count_all() <= _HARDLY_LARGER * together)):
            break
        worn.append(one)
        together += one.doc_count_all()
    return worn
