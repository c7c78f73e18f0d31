"""Clusters of equal images, of which reposts make thousands: what one of them costs must not grow with their square.

Counted are the instructions of SQLite's own machine, which are the same on every computer.
"""

from collections.abc import Callable
from itertools import combinations

import pytest

from core import duplicates, groups, search, tagging
from core.archive import Archive
from core.records import ImageId, Match
from core.store import cache, following
from core.store.connection import transaction
from core.tagging import Tag
from tests.core.filling import add_image, sha_of

_EVERY = 100


class Steps:
    """How many instructions SQLite has needed since it was made, in hundreds."""

    def __init__(self, archive: Archive) -> None:
        self.count = 0
        archive.db.conn.set_progress_handler(self._count, _EVERY)

    def _count(self) -> bool:
        self.count += 1
        return False


def cluster(archive: Archive, numbers: range, *, grouped: bool) -> list[ImageId]:
    """Images that were all found to be near each other, and decided to be one picture where they are grouped."""
    with archive.action("Import"):
        ids = [add_image(archive, number) for number in numbers]
    shas = sorted(sha_of(number) for number in numbers)
    with transaction(archive.db):
        cache.add_matches(archive.db, [Match(a, b, "near", 0) for a, b in combinations(shas, 2)])
        following.refresh(archive.db, shas)
    if grouped:
        star = [Match(shas[0], other, "near", 0) for other in shas[1:]]
        duplicates.decide_many(archive, star, "same_picture")
    return ids


def steps_of_a_tag(archive: Archive, image_id: ImageId) -> int:
    steps = Steps(archive)
    tagging.tag(archive, [image_id], Tag("SA.PIS"))
    archive.db.conn.set_progress_handler(None, 0)
    return steps.count


def test_a_tag_on_one_of_many_copies_costs_no_more_than_their_number(new: Archive) -> None:
    few = cluster(new, range(50), grouped=True)
    many = cluster(new, range(100, 300), grouped=True)
    # Four times the copies; going through their pairs would be sixteen times the work, through their chains more.
    assert steps_of_a_tag(new, many[0]) < 8 * steps_of_a_tag(new, few[0])
    assert len(search.find(new, search.parse(new, "type:SA.PIS"))) == 250


@pytest.mark.parametrize("elsewhere", ["verdicts", "members"])
def test_whether_a_pair_is_open_is_seen_without_going_through_all(new: Archive, elsewhere: str) -> None:
    cluster(new, range(20), grouped=elsewhere == "members")
    steps = Steps(new)
    queued = duplicates.queue(new)
    before = steps.count
    if elsewhere == "verdicts":
        pairs = [Match(*sorted((sha_of(a), sha_of(b))), "near", 0) for a, b in combinations(range(100, 140), 2)]
        duplicates.decide_many(new, pairs, "not_related")
    else:
        with new.action("More of the group"):
            more = [add_image(new, number) for number in range(100, 400)]
        assert len(more) == 300
        star = [Match(*sorted((sha_of(0), sha_of(number))), "near", 0) for number in range(100, 400)]
        duplicates.decide_many(new, star, "same_picture")
    steps = Steps(new)
    assert duplicates.queue(new) == queued
    new.db.conn.set_progress_handler(None, 0)
    assert steps.count < 2 * before


def test_undecided_pairs_stay_found_when_their_images_are_tagged(new: Archive) -> None:
    ids = cluster(new, range(3), grouped=False)
    tagging.tag(new, ids, Tag("SA.PIS"))
    assert list(search.find(new, search.parse(new, "duplicates:undecided type:SA.PIS"))) == ids


def test_one_open_pair_of_an_image_is_enough_whichever_it_is(new: Archive) -> None:
    ids = cluster(new, range(4), grouped=False)
    shas = [sha_of(number) for number in range(4)]
    for other in (1, 2):
        duplicates.decide(new, from_sha256=shas[0], to_sha256=shas[other], verdict="not_related")
    assert list(search.find(new, search.parse(new, "duplicates:undecided"))) == ids
    duplicates.decide(new, from_sha256=shas[0], to_sha256=shas[3], verdict="not_related")
    assert list(search.find(new, search.parse(new, "duplicates:undecided"))) == ids[1:]


def steps_of_a_rebuilt_cache(archive: Archive) -> int:
    archive.db.conn.execute("DELETE FROM cache.note WHERE key = 'follows'")
    steps = Steps(archive)
    archive.catch_up()
    archive.db.conn.set_progress_handler(None, 0)
    return steps.count


def test_making_the_cache_anew_costs_no_more_than_the_number_of_groups(new: Archive) -> None:
    counts = []
    for start, stop in ((0, 100), (100, 400)):
        with new.action("Import"):
            ids = [add_image(new, number) for number in range(start, stop)]
        tagging.tag(new, ids, Tag("SA.PIS"))
        pairs = [Match(*sorted((sha_of(one), sha_of(one + 1))), "near", 0) for one in range(start, stop, 2)]
        duplicates.decide_many(new, pairs, "same_picture")
        counts.append(steps_of_a_rebuilt_cache(new))
    # Four times the groups; each looking at all that is made anew would be sixteen times the work.
    assert counts[1] < 6 * counts[0]


@pytest.mark.parametrize(
    "act",
    [
        lambda archive, ids: groups.stand_for(archive, ids[1]),
        lambda archive, ids: duplicates.group_of(archive, ids[1]),
    ],
    ids=["choosing", "asking"],
)
def test_what_stands_for_many_copies_is_chosen_and_told_at_no_more_than_their_number(
    new: Archive, act: Callable[[Archive, list[ImageId]], object]
) -> None:
    counted = []
    for ids in (cluster(new, range(50), grouped=True), cluster(new, range(100, 300), grouped=True)):
        steps = Steps(new)
        act(new, ids)
        new.db.conn.set_progress_handler(None, 0)
        counted.append(steps.count)
    assert counted[1] < 8 * counted[0]


def test_of_many_copies_those_are_told_that_only_others_join_to_what_stands_for_them(new: Archive) -> None:
    with new.action("Import"):
        ids = [add_image(new, number) for number in range(70)]
    star = [Match(*sorted((sha_of(0), sha_of(number))), "near", 0) for number in range(3, 70)]
    chain = [Match(*sorted((sha_of(a), sha_of(b))), "near", 0) for a, b in ((0, 1), (1, 2))]
    duplicates.decide_many(new, [*star, *chain], "same_picture")
    groups.stand_for(new, ids[0])
    assert duplicates.group_of(new, ids[1]).chained == (tuple(sorted((sha_of(0), sha_of(2)))),)
