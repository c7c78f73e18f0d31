"""What a search for copies brings to light is told of once."""

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
)


def told(archive: Archive) -> list[tuple[int, int]]:
    return [(one.own.image_id, one.other.image_id) for one in recycling.after_search(archive).recycled]


def test_what_a_search_finds_is_told_of_until_it_was_told(alike: Archive) -> None:
    four = add_alone(alike, 4)
    say(alike, TWO, date="2014")
    say(alike, four, date="2016")
    assert told(alike) == []
    find(alike, TWO, four, "crop")
    assert told(alike) == [(four, TWO)]
    recycling.end_alarms(alike, recycling.after_search(alike).pairs)
    find(alike, TWO, four, "crop")
    assert recycling.after_search(alike).pairs == ()
    assert len(found(alike, four)) == 1


def test_what_is_said_of_a_copy_of_what_was_found_is_told_too(alike: Archive) -> None:
    four = add_alone(alike, 4)
    say(alike, TWO, date="2014")
    say(alike, four, date="2016")
    find(alike, ONE, four, "crop")  # 1 and 2 are one picture
    assert told(alike) == [(four, TWO)]


def test_a_pair_that_was_only_near_is_told_of_once_it_is_found_to_be_a_copy(alike: Archive) -> None:
    four = add_alone(alike, 4)
    say(alike, TWO, date="2014")
    say(alike, four, date="2016")
    find(alike, TWO, four, "near")
    assert recycling.after_search(alike).pairs == ()
    find(alike, TWO, four, "crop")
    assert told(alike) == [(four, TWO)]


def test_a_search_does_not_repeat_what_the_import_told(alike: Archive) -> None:
    say(alike, ONE, date="2014")
    say(alike, THREE, date="2016")
    find(alike, ONE, THREE, "rotated")  # it was found mirrored before
    assert recycling.after_search(alike).pairs == ()


def test_a_search_tells_nothing_of_pairs_that_were_decided_against_or_are_gone(alike: Archive) -> None:
    four = add_alone(alike, 4)
    say(alike, THREE, date="2014")
    say(alike, four, date="2016")
    find(alike, THREE, four, "crop")
    with alike.action("Decide"):
        relations.put(alike.db, from_sha256=sha_of(4), to_sha256=sha_of(3), kind="not_related", evidence="", by="A")
    assert told(alike) == []
    alike.undo()
    assert told(alike) == [(four, THREE)]
    for _ in range(3):
        alike.undo()
    assert told(alike) == []


def test_what_a_search_by_another_recipe_finds_again_is_not_told_again(alike: Archive) -> None:
    say(alike, TWO, date="2014")
    say(alike, THREE, date="2016")
    keypoints.add(alike.db, [(sha_of(number), b"") for number in (1, 2, 3)])
    keypoints.mark_searched(alike.db, [1, 2, 3])
    four = add_alone(alike, 4)
    say(alike, four, date="2018")
    keypoints.forget(alike.db, points=False)
    find(alike, TWO, THREE, "crop")
    find(alike, THREE, four, "crop")
    assert told(alike) == [(four, THREE)]


def test_a_cache_that_was_lost_repeats_nothing(alike: Archive) -> None:
    say(alike, TWO, date="2014")
    say(alike, THREE, date="2016")
    folder = alike.folder
    alike.close()
    (folder / "cache.sqlite").unlink()
    with Archive.open(folder) as again:
        find(again, TWO, THREE, "crop")
        assert alarms.due(again.db) == []
