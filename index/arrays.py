"""A file of arrays: written once, read through a map of the memory, every page of it checked when it is first touched.

The arrays come first, each from a multiple of eight bytes; then a CRC-32 for each page of 4 kB of them, and a table of
contents; at the end it stands where these are, with a CRC-32 of their own. So a file that was cut or altered is found
out when it is opened or, where what was altered is a page of an array, before anything is answered from that page; and
opening costs nothing of the time that reading ten gigabytes would take.
"""

from __future__ import annotations

import json
import mmap
import struct
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

Array: TypeAlias = npt.NDArray[Any]

PAGE = 4096
_ALIGNED = 8
_END = struct.Struct("<QII8s")  # where the table begins, its length, its CRC-32, and what ends every such file
_MAGIC = b"arrays\x00\x01"


class ArraysDamagedError(Exception):
    """A file of arrays is not as it was written."""


class ArraysWriter:
    """Writes one file, which is one of arrays only when it is finished."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("w+b")
        self._arrays: dict[str, tuple[str, int, int]] = {}
        self._free = 0

    def put(self, name: str, array: Array) -> None:
        """Write a whole array."""
        self.reserve(name, array.dtype, len(array)).append(array)

    def reserve(self, name: str, dtype: npt.DTypeLike, most: int) -> Growing:
        """Room for an array of at most so many elements, to be written piece by piece."""
        kind, begins = np.dtype(dtype).newbyteorder("<"), self._free
        self._free += -(-kind.itemsize * most // _ALIGNED) * _ALIGNED
        self._arrays[name] = (kind.str, begins, 0)
        return Growing(self, name, kind, begins)

    def write(self, name: str, kind: np.dtype[Any], begins: int, held: int, array: Array) -> None:
        """Write a piece of an array of which so many elements stand there."""
        self._file.seek(begins + held * kind.itemsize)
        self._file.write(np.ascontiguousarray(array, kind).data.cast("B") if len(array) else b"")
        self._arrays[name] = (kind.str, begins, held + len(array))

    def finish(self) -> None:
        """Write what tells where everything is, and that it is whole."""
        self._file.truncate(self._free)
        table = b"".join((self._checks().tobytes(), json.dumps(self._arrays).encode()))
        self._file.seek(self._free)
        self._file.write(table)
        self._file.write(_END.pack(self._free, len(table), zlib.crc32(table), _MAGIC))
        self._file.flush()

    def close(self) -> None:
        """Let go of the file as it is."""
        with suppress(OSError):  # one that could not be finished has said so
            self._file.close()

    def _checks(self) -> npt.NDArray[np.uint32]:
        self._file.seek(0)
        pages = iter(lambda: self._file.read(PAGE), b"")
        return np.fromiter(map(zlib.crc32, pages), "<u4")


@contextmanager
def writing(path: Path) -> Iterator[ArraysWriter]:
    """A writer, finished at the end and closed in any case."""
    writer = ArraysWriter(path)
    try:
        yield writer
        writer.finish()
    finally:
        writer.close()


class Growing:
    """An array that is being written."""

    def __init__(self, writer: ArraysWriter, name: str, kind: np.dtype[Any], begins: int) -> None:
        self._writer, self._name, self._kind, self._begins, self._held = writer, name, kind, begins, 0

    def append(self, array: Array) -> None:
        """Write what comes next of it."""
        self._writer.write(self._name, self._kind, self._begins, self._held, array)
        self._held += len(array)


class ArraysFile:
    """One file, read. Arrays are views of the file's map: they may outlive `close`, and then keep the map open."""

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            size = file.seek(0, 2)
            if size < _END.size:
                raise ArraysDamagedError(f"{path.name} is cut")
            self._view = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
        self.name = path.name
        begins, length, crc, magic = _END.unpack(self._view[-_END.size :])
        table = self._view[begins : begins + length]
        if magic != _MAGIC or begins + length + _END.size != size or zlib.crc32(table) != crc:
            raise ArraysDamagedError(f"{path.name} is not as it was written")
        pages = -(-begins // PAGE)
        self._checks: npt.NDArray[np.uint32] = np.frombuffer(table, "<u4", pages)
        self._seen = np.zeros(pages, np.bool_)
        self._end = begins
        self._arrays: dict[str, tuple[str, int, int]] = json.loads(bytes(table[4 * pages :]))

    def __contains__(self, name: str) -> bool:
        return name in self._arrays

    def whole(self, name: str) -> Array:
        """A whole array. Raises ArraysDamagedError, KeyError."""
        return self.part(name, 0, self._arrays[name][2])

    def part(self, name: str, start: int, stop: int) -> Array:
        """These elements of an array. Raises ArraysDamagedError, KeyError."""
        kind, begins, held = self._arrays[name]
        if not 0 <= start <= stop <= held:
            raise ArraysDamagedError(f"{self.name} has no {name} from {start} to {stop}")
        dtype = np.dtype(kind)
        first, last = begins + start * dtype.itemsize, begins + stop * dtype.itemsize
        self._check(first, last)
        found: Array = np.frombuffer(self._view[first:last], dtype)
        return found

    def dtype(self, name: str) -> np.dtype[Any]:
        """What the elements of an array are."""
        return np.dtype(self._arrays[name][0])

    @property
    def pages(self) -> int:
        """How many pages there are to be checked."""
        return len(self._checks)

    def check_pages(self, first: int, last: int) -> None:
        """Check these pages, whatever is in them. Raises ArraysDamagedError."""
        self._check(first * PAGE, min(last * PAGE, self._end))

    def close(self) -> None:
        """Let go of the map; views that are in use keep it open."""
        self._view = memoryview(b"")

    def _check(self, first: int, last: int) -> None:
        """Check the pages of these bytes that nobody has looked at yet."""
        pages = slice(first // PAGE, -(-last // PAGE))
        if self._seen[pages].all():
            return
        for page in (np.flatnonzero(~self._seen[pages]) + pages.start).tolist():
            if zlib.crc32(self._view[page * PAGE : min((page + 1) * PAGE, self._end)]) != self._checks[page]:
                raise ArraysDamagedError(f"{self.name} is not as it was written")
        self._seen[pages] = True


def narrowed(numbers: Array) -> Array:
    """The same numbers, none below zero, as the smallest kind of unsigned ones that holds them."""
    return numbers.astype(np.min_scalar_type(int(numbers.max())) if len(numbers) else np.uint8)


def packed_texts(texts: Sequence[str]) -> npt.NDArray[np.uint8]:
    """Texts as an array. Raises ValueError where one has a line end."""
    packed = "".join(f"{text}\n" for text in texts).encode()
    if packed.count(b"\n") != len(texts):
        raise ValueError("a text to be packed has a line end")
    return np.frombuffer(packed, np.uint8)


def unpacked_texts(packed: Array) -> tuple[str, ...]:
    """The texts again."""
    return tuple(packed.tobytes().decode().split("\n")[:-1])
