"""The index of key points: what it finds depends on the two pictures alone, in memory, merged and in files."""

import shutil
from dataclasses import fields
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from core.likeness import part_files, stored_index
from core.likeness.keypoint_index import Part, candidates
from core.likeness.keypoints import Keypoints, keypoints_of
from core.likeness.stored_index import StoredIndex
from tests.core.drawing import drawn


@pytest.fixture(scope="module")
def pictures() -> list[tuple[int, Keypoints]]:
    made = []
    for number in range(12):
        picture = drawn(number)
        made += [picture, picture.crop((60, 40, 420, 330)), picture.transpose(Image.Transpose.ROTATE_90)]
    made.append(Image.new("RGB", (40, 40)))
    return [(1 + place, keypoints_of(picture)) for place, picture in enumerate(made)]


def found(parts: list[Part], pictures: list[tuple[int, Keypoints]]) -> dict[tuple[int, int, bool], int]:
    return {
        (number, other, mirrored): votes
        for number, points in pictures
        for mirrored in (False, True)
        for other, votes in candidates(parts, points.mirrored() if mirrored else points).items()
    }


def test_copies_are_found_from_either_side_alike(pictures: list[tuple[int, Keypoints]]) -> None:
    answers = found([Part.of(pictures)], pictures)
    for start in range(1, 37, 3):
        for one in range(start, start + 3):
            for other in range(start, start + 3):
                assert answers.get((one, other, False), 0) >= 3
    # A mirrored place is rounded to another number, so that a vote may fall into the next bin.
    assert all(answers[other, one, False] == votes for (one, other, mirrored), votes in answers.items() if not mirrored)
    sure = {pair for pair, votes in answers.items() if votes > 5}
    assert {(one, other, mirrored) for other, one, mirrored in sure} <= answers.keys()


def test_it_makes_no_difference_how_the_parts_are_cut(pictures: list[tuple[int, Keypoints]]) -> None:
    whole = found([Part.of(pictures)], pictures)
    single = [Part.of([one]) for one in pictures]
    assert found(single, pictures) == whole
    assert found([Part.merged(single)], pictures) == whole
    assert found([Part.merged(single[:7]), Part.merged(single[7:])], pictures) == whole


def test_an_index_in_files_answers_as_one_in_memory(pictures: list[tuple[int, Keypoints]], tmp_path: Path) -> None:
    whole = found([Part.of(pictures)], pictures)
    index = StoredIndex(tmp_path / "index")
    for start in range(0, len(pictures), 5):
        index.add(pictures[start : start + 5])
        index.save()
    assert found(index.parts, pictures) == whole
    again = StoredIndex(tmp_path / "index")
    assert again.last == pictures[-1][0]
    assert found(again.parts, pictures) == whole
    assert len(part_files.places(tmp_path / "index")) < 4


def test_a_torn_part_is_thrown_away_and_the_rest_is_used(pictures: list[tuple[int, Keypoints]], tmp_path: Path) -> None:
    first = part_files.save(Part.of(pictures[:20]), tmp_path)
    second = part_files.save(Part.of(pictures[20:]), tmp_path)
    codes = second / "codes.npy"
    codes.write_bytes(codes.read_bytes()[:-9])
    assert StoredIndex(tmp_path).last == pictures[19][0]
    assert part_files.places(tmp_path) == [first, second]  # who only reads deletes nothing
    index = StoredIndex(tmp_path, writes=True)
    assert index.last == pictures[19][0]
    assert part_files.places(tmp_path) == [first]


def test_what_lies_behind_a_lost_part_is_thrown_away_as_well(
    pictures: list[tuple[int, Keypoints]], tmp_path: Path
) -> None:
    for start in range(0, 30, 10):
        part_files.save(Part.of(pictures[start : start + 10]), tmp_path)
    part_files.remove(part_files.places(tmp_path)[1])
    index = StoredIndex(tmp_path, writes=True)
    assert index.last == pictures[9][0]
    assert len(part_files.places(tmp_path)) == 1


def test_a_merge_that_was_cut_short_leaves_nothing_twice(pictures: list[tuple[int, Keypoints]], tmp_path: Path) -> None:
    part_files.save(Part.of(pictures[:20]), tmp_path)
    part_files.save(Part.of(pictures[20:]), tmp_path)
    part_files.save(Part.of(pictures), tmp_path)
    for writes in (False, True):
        numbers = np.concatenate([part.pictures for part in StoredIndex(tmp_path, writes=writes).parts])
        assert numbers.tolist() == [number for number, _ in pictures]
    assert len(part_files.places(tmp_path)) == 1


@pytest.mark.parametrize("cut", [[7, 14, 37], [1, 2, 3, 37], [36, 37], [12, 24, 36, 37]])
def test_merged_parts_are_what_they_would_have_been_as_one(
    pictures: list[tuple[int, Keypoints]], cut: list[int]
) -> None:
    parts = [Part.of(pictures[start:end]) for start, end in pairwise([0, *cut])]
    assert_equal(Part.merged([Part.merged(parts[:2]), *parts[2:]]), Part.of(pictures))


def assert_equal(one: Part, other: Part) -> None:
    for field in fields(Part):
        assert np.array_equal(getattr(one, field.name), getattr(other, field.name)), field.name


class Stop(Exception):
    """What a user's wish raises."""


class AfterSome:
    """Asks to stop at the call after so many."""

    def __init__(self, calls: int) -> None:
        self.left = calls

    def __call__(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise Stop


def test_a_merge_may_be_stopped_at_every_step(pictures: list[tuple[int, Keypoints]], tmp_path: Path) -> None:
    calls, done, whole = 0, False, Part.of(pictures[:8])
    while not done:
        folder = tmp_path / str(calls)
        part_files.save(Part.of(pictures[:4]), folder)
        index, before = StoredIndex(folder), part_files.places(folder)
        index.add(pictures[4:8])
        try:
            index.save(AfterSome(calls))
            done = True
        except Stop:
            assert part_files.places(folder) == before
            assert index.last == 8
            index.save()
        assert [path.suffix for path in folder.iterdir()] == [".part"]
        assert_equal(StoredIndex(folder).parts[0], whole)
        calls += 1
    assert calls > 10


def test_what_was_left_half_written_goes_when_the_writer_comes(
    pictures: list[tuple[int, Keypoints]], tmp_path: Path
) -> None:
    place = part_files.save(Part.of(pictures[:4]), tmp_path)
    shutil.copytree(place, tmp_path / "000000001-000000009.new")
    StoredIndex(tmp_path)
    assert len(list(tmp_path.iterdir())) == 2  # who only reads deletes nothing
    assert StoredIndex(tmp_path, writes=True).last == 4
    assert list(tmp_path.iterdir()) == [place]


def test_where_nothing_can_be_written_it_goes_on_in_memory(
    pictures: list[tuple[int, Keypoints]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stored_index, "_WRITTEN", 10)
    (tmp_path / "index").write_bytes(b"in the way")
    index = StoredIndex(tmp_path / "index")
    for start in range(0, 9, 3):
        index.add(pictures[start : start + 3])
    assert index.last == 9
    with pytest.raises(OSError, match="index"):
        index.save()


def test_a_part_without_points_is_kept(tmp_path: Path) -> None:
    flat = keypoints_of(Image.new("RGB", (40, 40)))
    part_files.save(Part.of([(1, flat)]), tmp_path)
    assert StoredIndex(tmp_path).last == 1


def test_nothing_is_found_for_or_among_pictures_without_points() -> None:
    flat = keypoints_of(Image.new("RGB", (40, 40)))
    assert candidates([Part.of([(1, flat)])], keypoints_of(drawn(1))) == {}
    assert candidates([Part.of([(1, keypoints_of(drawn(1)))])], flat) == {}
    assert candidates([], flat) == {}
