"""A file of arrays gives back what was written, or says that it is damaged; it never gives anything else."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest

from index.arrays import Array, ArraysDamagedError, ArraysFile, narrowed, packed_texts, unpacked_texts, writing

WRITTEN: dict[str, Array] = {
    "bytes": np.arange(200, dtype=np.uint8),
    "none": np.empty(0, np.uint32),
    "long": np.arange(5_000, dtype=np.uint32) * 7,
    "short": np.array([1, 65_535], np.uint16),
    "longest": np.array([1 << 60], np.uint64),
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "some.words"
    with writing(path) as file:
        for name, array in WRITTEN.items():
            file.put(name, array)
    return path


def test_what_was_written_is_read(path: Path) -> None:
    file = ArraysFile(path)
    for name, array in WRITTEN.items():
        read = file.whole(name)
        assert (read.dtype, read.tolist()) == (array.dtype, array.tolist())
    assert file.part("long", 4_998, 5_000).tolist() == [7 * 4_998, 7 * 4_999]
    assert file.part("long", 17, 17).tolist() == []


def test_arrays_can_grow_side_by_side_and_be_shorter_than_their_room(tmp_path: Path) -> None:
    with writing(tmp_path / "grown") as file:
        first, second = file.reserve("first", np.uint32, 9), file.reserve("second", np.uint16, 3_000)
        for number in range(3):
            first.append(np.array([number, number]))
            second.append(np.full(1_000, number))
    read = ArraysFile(tmp_path / "grown")
    assert read.whole("first").tolist() == [0, 0, 1, 1, 2, 2]
    assert read.whole("second").tolist() == [0] * 1_000 + [1] * 1_000 + [2] * 1_000


def test_no_altered_byte_is_ever_answered_from(path: Path) -> None:
    sound = path.read_bytes()
    for at in (*range(0, len(sound), 97), *range(len(sound) - 400, len(sound))):
        path.write_bytes(sound[:at] + bytes((sound[at] ^ 16,)) + sound[at + 1 :])
        with pytest.raises((ArraysDamagedError, ValueError)):
            _read_all(path)


def test_a_cut_file_is_refused_when_it_is_opened(path: Path) -> None:
    sound = path.read_bytes()
    for length in (0, 1, 27, 28, 4_096, len(sound) // 2, len(sound) - 28, len(sound) - 1):
        path.write_bytes(sound[:length])
        with pytest.raises(ArraysDamagedError):
            ArraysFile(path)
    path.write_bytes(sound + b"\0")
    with pytest.raises(ArraysDamagedError):
        ArraysFile(path)


def _read_all(path: Path) -> None:
    file = ArraysFile(path)
    for name in WRITTEN:
        file.whole(name)
    # Between the arrays lie bytes that nothing reads; they are checked with the page they are in.
    for name, array in WRITTEN.items():
        assert file.whole(name).tolist() == array.tolist()


def test_only_what_is_read_is_checked(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[3 * 4_096] ^= 1
    path.write_bytes(content)
    file = ArraysFile(path)
    assert file.part("long", 0, 10).tolist() == list(range(0, 70, 7))
    with pytest.raises(ArraysDamagedError, match="not as it was written"):
        file.whole("long")


def test_pages_can_be_checked_whatever_is_in_them(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[3 * 4_096] ^= 1
    path.write_bytes(content)
    file = ArraysFile(path)
    file.check_pages(0, 3)
    file.check_pages(4, file.pages)
    with pytest.raises(ArraysDamagedError):
        file.check_pages(3, 4)


def test_elements_that_an_array_does_not_have_are_refused(path: Path) -> None:
    file = ArraysFile(path)
    for start, stop in ((0, 3), (-1, 1), (2, 1)):
        with pytest.raises(ArraysDamagedError):
            file.part("short", start, stop)


def test_a_file_whose_writing_was_stopped_is_none(tmp_path: Path) -> None:
    with suppress(RuntimeError), writing(tmp_path / "half") as file:
        file.put("long", WRITTEN["long"])
        raise RuntimeError
    with pytest.raises(ArraysDamagedError):
        ArraysFile(tmp_path / "half")


@pytest.mark.parametrize(("largest", "kind"), [(0, "u1"), (255, "u1"), (256, "u2"), (65_536, "u4"), (1 << 32, "u8")])
def test_numbers_are_kept_as_narrow_as_they_are(largest: int, kind: str) -> None:
    assert narrowed(np.array([0, largest])).dtype == np.dtype(kind)


def test_texts_come_back() -> None:
    texts = ("", "a", "Ealing's £", "")
    assert unpacked_texts(packed_texts(texts)) == texts
    assert unpacked_texts(packed_texts(())) == ()
    with pytest.raises(ValueError, match="line end"):
        packed_texts(("a\nb",))
