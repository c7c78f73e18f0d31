"""What a search for copies brings to light is told of once."""

import pytest

from core import recycling
from core.archive import Archive
from core.store import alarms, keypoints, relations
from tests.core.filling import sha_of
from tests.core.saying_of_copies import (
    ONE,
    THREE,
    TWO,
    add_alone,
    find,
    found,
    say,
    stock,
)


@pytest.fixture
def stocked(new: Archive) -> Archive:
    """Three images, see ``stock``."""
    stock(new)
    return new


def told(archive: Archive) -> list[tuple[int, int]]:
    return [(one.own.image_id, one.other.image_id) for one in recycling.after_search(archive).recycled]


def test_what_a_search_finds_is_told_of_until_it_was_told(stocked: Archive) -> None:
    four = add_alone(stocked, 4)
    say(stocked, TWO, date="2014")
    say(stocked, four, date="2016")
    assert told(stocked) == []
    find(stocked, TWO, four, "crop")
    assert told(stocked) == [(four, TWO)]
    recycling.end_alarms(stocked, recycling.after_search(stocked).pairs)
    find(stocked, TWO, four, "crop")
    assert recycling.after_search(stocked).pairs == ()
    assert len(found(stocked, four)) == 1


def test_what_is_said_of_a_copy_of_what_was_found_is_told_too(stocked: Archive) -> None:
    four = add_alone(stocked, 4)
    say(stocked, TWO, date="2014")
    say(stocked, four, date="2016")
    find(stocked, ONE, four, "crop")  # 1 and 2 are one picture
    assert told(stocked) == [(four, TWO)]


def test_a_pair_that_was_only_near_is_told_of_once_it_is_found_to_be_a_copy(stocked: Archive) -> None:
    four = add_alone(stocked, 4)
    say(stocked, TWO, date="2014")
    say(stocked, four, date="2016")
    find(stocked, TWO, four, "near")
    assert recycling.after_search(stocked).pairs == ()
    find(stocked, TWO, four, "crop")
    assert told(stocked) == [(four, TWO)]


def test_a_search_does_not_repeat_what_the_import_told(stocked: Archive) -> None:
    say(stocked, ONE, date="2014")
    say(stocked, THREE, date="2016")
    find(stocked, ONE, THREE, "rotated")  # it was found mirrored before
    assert recycling.after_search(stocked).pairs == ()


def test_a_search_tells_nothing_of_pairs_that_were_decided_against_or_are_gone(stocked: Archive) -> None:
    four = add_alone(stocked, 4)
    say(stocked, THREE, date="2014")
    say(stocked, four, date="2016")
    find(stocked, THREE, four, "crop")
    with stocked.action("Decide"):
        relations.put(stocked.db, from_sha256=sha_of(4), to_sha256=sha_of(3), kind="not_related", evidence="", by="A")
    assert told(stocked) == []
    stocked.undo()
    assert told(stocked) == [(four, THREE)]
    for _ in range(3):
        stocked.undo()
    assert told(stocked) == []


def test_what_a_search_by_another_recipe_finds_again_is_not_told_again(stocked: Archive) -> None:
    say(stocked, TWO, date="2014")
    say(stocked, THREE, date="2016")
    keypoints.add(stocked.db, [(sha_of(number), b"") for number in (1, 2, 3)])
    keypoints.mark_searched(stocked.db, [1, 2, 3])
    four = add_alone(stocked, 4)
    say(stocked, four, date="2018")
    keypoints.forget(stocked.db, points=False)
    find(stocked, TWO, THREE, "crop")
    find(stocked, THREE, four, "crop")
    assert told(stocked) == [(four, THREE)]


def test_a_cache_that_was_lost_repeats_nothing(stocked: Archive) -> None:
    say(stocked, TWO, date="2014")
    say(stocked, THREE, date="2016")
    folder = stocked.folder
    stocked.close()
    (folder / "cache.sqlite").unlink()
    with Archive.open(folder) as again:
        find(again, TWO, THREE, "crop")
        assert alarms.due(again.db) == []
