"""Is the index still as it was written? Looked at before each commit, and never for longer than a commit may take.

A reader never answers from an altered page (`index.arrays`), so this is about finding damage before a reader meets it.
A small index is looked over whole; of a large one each time a share of every file, from a page drawn by chance on: so
every page has its turn. `scrutiny check` and the making of a new generation look at everything.
"""

from __future__ import annotations

import random
from math import ceil
from pathlib import Path

from index import generations
from index.arrays import ArraysDamagedError, ArraysFile
from index.codec import FACTS_EXT, WORDS_EXT
from index.generations import Marker

MOST_BYTES = 1 << 26


def damaged_files(generation: Path, marker: Marker, most: int) -> tuple[str, ...]:
    """The files that are of another length or, as far as about so many bytes tell, altered."""
    size = sum(size for _, size, _ in marker.files)
    if size <= most:
        return generations.damaged_files(generation, marker)
    resized = generations.resized_files(generation, marker)
    kept = [generation / name for name, _, _ in marker.files if name not in resized]
    altered = (path.name for path in kept if path.suffix in (WORDS_EXT, FACTS_EXT) and not _is_sound(path, most / size))
    return (*resized, *altered)


def _is_sound(path: Path, share: float) -> bool:
    """Whether about this share of the pages of a file is as it was written."""
    try:
        file = ArraysFile(path)
        first = random.randrange(file.pages or 1)  # noqa: S311  # nobody need be kept from guessing it
        last = first + ceil(file.pages * share)
        file.check_pages(first, min(last, file.pages))
        file.check_pages(0, max(last - file.pages, 0))
    except FileNotFoundError:
        return True  # taken away by a commit (`generations.damaged_files`)
    except (ArraysDamagedError, ValueError):
        return False
    return True
