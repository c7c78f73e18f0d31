"""Verdicts on pairs: kept for ever under the content hashes, and the groups that follow from them."""

from pathlib import Path

import pytest

from core import duplicates, importing, looking, search, tagging
from core.archive import CACHE, Archive
from core.errors import Cancelled, ReadOnly, Refused
from core.jobs import Job
from core.records import ImageId, Match, Query
from core.store import cache, following, images
from core.store.connection import transaction
from core.tagging import Tag
from tests.core.drawing import drawn, save
from tests.core.filling import add_image, dump, sha_of


@pytest.fixture
def ids(new: Archive) -> list[ImageId]:
    """Five images, numbered as in ``sha_of``; the higher the number, the wider."""
    with new.action("Import 5 images"):
        return [add_image(new, number) for number in range(5)]


def find(archive: Archive, *pairs: tuple[int, int], kind: str = "near", distance: int = 2) -> list[Match]:
    """Let the program have found these pairs."""
    matches = [Match(*sorted((sha_of(one), sha_of(other))), kind, distance, "perceptual hash") for one, other in pairs]
    with transaction(archive.db):
        cache.add_matches(archive.db, matches)
        following.refresh(archive.db, {sha for match in matches for sha in (match.sha256_a, match.sha256_b)})
    return matches


def decide(archive: Archive, one: int, other: int, verdict: str = "same_picture") -> None:
    duplicates.decide(archive, from_sha256=sha_of(one), to_sha256=sha_of(other), verdict=verdict)


def found(archive: Archive, text: str) -> list[int]:
    return list(search.find(archive, search.parse(archive, text)))


def queued(archive: Archive) -> set[frozenset[str]]:
    return {frozenset((match.sha256_a, match.sha256_b)) for match in duplicates.queue(archive)}


def test_what_is_found_waits_tightest_first(new: Archive, ids: list[ImageId]) -> None:
    far = find(new, (0, 1), distance=5)
    close = find(new, (1, 2), distance=1)
    equal = find(new, (2, 3), kind="same_pixels", distance=0)
    assert duplicates.queue(new) == equal + close + far
    assert duplicates.obvious(duplicates.queue(new)) == equal


@pytest.mark.parametrize("verdict", ["same_picture", "better_copy_of", "not_related"])
def test_what_is_decided_is_not_offered_again(new: Archive, ids: list[ImageId], verdict: str) -> None:
    find(new, (0, 1))
    decide(new, 1, 0, verdict)
    assert duplicates.queue(new) == []
    assert [one.kind for one in duplicates.decided(new)] == [verdict]


def test_what_follows_from_two_verdicts_is_not_asked(new: Archive, ids: list[ImageId]) -> None:
    find(new, (0, 1), (1, 2), (0, 2), (2, 3))
    decide(new, 0, 1)
    decide(new, 1, 2)
    assert queued(new) == {frozenset((sha_of(2), sha_of(3)))}
    assert found(new, "duplicates:undecided") == [ids[2], ids[3]]
    assert looking.detail(new, ids[0]).matches == ()
    duplicates.forget(new, sha_of(1), sha_of(2))
    assert queued(new) == {frozenset((sha_of(one), sha_of(other))) for one, other in ((1, 2), (0, 2), (2, 3))}
    assert found(new, "duplicates:undecided") == [ids[0], ids[1], ids[2], ids[3]]


def test_forgetting_a_verdict_offers_the_pair_again(new: Archive, ids: list[ImageId]) -> None:
    matches = find(new, (0, 1))
    decide(new, 0, 1)
    duplicates.forget(new, sha_of(1), sha_of(0))
    assert duplicates.queue(new) == matches
    assert duplicates.group_of(new, ids[0]).images == (ids[0],)


def test_a_verdict_takes_the_place_of_an_earlier_one_in_either_direction(new: Archive, ids: list[ImageId]) -> None:
    decide(new, 0, 1, "not_related")
    decide(new, 1, 0, "better_copy_of")
    (verdict,) = duplicates.decided(new)
    assert (verdict.from_sha256, verdict.to_sha256, verdict.kind) == (sha_of(1), sha_of(0), "better_copy_of")


def test_the_same_verdict_twice_leaves_no_second_trace(new: Archive, ids: list[ImageId]) -> None:
    decide(new, 0, 1)
    newest = new.generation
    decide(new, 0, 1)
    assert new.generation == newest


def test_a_verdict_says_who_and_why(new: Archive, ids: list[ImageId]) -> None:
    duplicates.decide(
        new, from_sha256=sha_of(0), to_sha256=sha_of(1), verdict="not_related", evidence="another serial number"
    )
    (verdict,) = duplicates.decided(new)
    assert (verdict.decided_by, verdict.evidence) == ("Ada", "another serial number")


def test_the_larger_copy_stands_for_a_group(new: Archive, ids: list[ImageId]) -> None:
    decide(new, 0, 3)
    decide(new, 3, 1)
    for member in (0, 1, 3):
        assert duplicates.group_of(new, ids[member]).images == (ids[3], ids[0], ids[1])


def test_the_better_copy_stands_for_a_group_even_when_it_is_smaller(new: Archive, ids: list[ImageId]) -> None:
    decide(new, 0, 3, "better_copy_of")
    assert duplicates.group_of(new, ids[3]).images == (ids[0], ids[3])
    decide(new, 3, 0, "better_copy_of")
    assert duplicates.group_of(new, ids[0]).images == (ids[3], ids[0])


def test_not_related_joins_nothing(new: Archive, ids: list[ImageId]) -> None:
    decide(new, 0, 1, "not_related")
    assert duplicates.group_of(new, ids[0]).images == (ids[0],)
    assert found(new, "duplicates:grouped") == []


def test_a_chain_is_visible_as_a_chain(new: Archive, ids: list[ImageId]) -> None:
    decide(new, 0, 1)
    decide(new, 1, 2)
    links = duplicates.group_of(new, ids[2]).links
    assert set(links.members) == {sha_of(0), sha_of(1), sha_of(2)}
    assert list(links.missing())
    assert [set(pair) for pair in links.missing()] == [{sha_of(0), sha_of(2)}]
    decide(new, 2, 0)
    assert not list(duplicates.group_of(new, ids[2]).links.missing())


def test_undoing_a_verdict_splits_the_group_and_search_and_facets_follow(new: Archive, ids: list[ImageId]) -> None:
    tagging.tag(new, ids[:1], Tag("SA.PIS", manufacture="AUT"))
    decide(new, 0, 1)
    decide(new, 1, 2)
    assert found(new, "type:SA.PIS") == ids[:3]
    new.undo()
    assert duplicates.group_of(new, ids[1]).images == (ids[1], ids[0])
    assert duplicates.group_of(new, ids[2]).images == (ids[2],)
    assert found(new, "type:SA.PIS") == ids[:2]
    assert found(new, "pistol austria") == ids[:2]
    assert found(new, "duplicates:grouped") == ids[:2]
    facets = search.facet_values(new, Query())
    assert [(value.code, value.count) for value in facets["manufacture"]] == [("AUT", 2)]
    new.undo()
    assert found(new, "type:SA.PIS") == ids[:1]
    assert found(new, "duplicates:grouped") == []
    new.redo()
    new.redo()
    assert found(new, "type:SA.PIS") == ids[:3]


def test_undecided_pairs_are_found_until_they_are_decided(new: Archive, ids: list[ImageId]) -> None:
    first, _ = find(new, (0, 1), (2, 3))
    assert found(new, "duplicates:undecided") == ids[:4]
    duplicates.decide_many(new, [first], "not_related")
    assert found(new, "duplicates:undecided") == ids[2:4]


def test_many_pairs_are_decided_in_one_step(new: Archive, ids: list[ImageId]) -> None:
    matches = find(new, (0, 1), (2, 3), (3, 4))
    before = dump(new)
    assert duplicates.decide_many(new, matches, "same_picture") == 3
    assert duplicates.queue(new) == []
    assert new.undo() == "Decide 3 pairs: same picture"
    assert dump(new) == before
    assert len(duplicates.queue(new)) == 3


def test_cancelling_many_verdicts_decides_nothing(new: Archive, ids: list[ImageId]) -> None:
    matches = find(new, (0, 1), (2, 3), (3, 4))
    before = dump(new)
    job = Job()
    job.cancel()
    with pytest.raises(Cancelled):
        duplicates.decide_many(new, matches, "not_related", job=job)
    assert dump(new) == before


def test_refusals_are_in_words(new: Archive, ids: list[ImageId]) -> None:
    matches = find(new, (0, 1))
    with pytest.raises(Refused, match="no verdict “perhaps”; there are same_picture"):
        decide(new, 0, 1, "perhaps")
    with pytest.raises(Refused, match="two different images"):
        decide(new, 0, 0)
    with pytest.raises(Refused, match="for each pair by itself"):
        duplicates.decide_many(new, matches, "better_copy_of")
    with pytest.raises(Refused, match="no verdict “perhaps”"):
        duplicates.decide_many(new, matches, "perhaps")
    with Archive.open(new.folder) as reader, pytest.raises(ReadOnly):
        decide(reader, 0, 1)


def test_both_sides_of_a_pair_say_what_tells_the_better_copy(new: Archive, ids: list[ImageId]) -> None:
    tagging.tag(new, ids[1:2], Tag("SA.PIS"))
    (match,) = find(new, (0, 1))
    pair = duplicates.pair(new, match)
    assert pair is not None
    sides = {side.image.id: side for side in (pair.a, pair.b)}
    assert sides[ids[0]].pixels == 640 * 480 < sides[ids[1]].pixels == 641 * 480
    assert [side.has_exif for side in sides.values()] == [False, False]
    assert (sides[ids[0]].name, sides[ids[0]].captured_first_at) == ("IMG_0000.jpg", "2014-06-14T12:00:00.000Z")
    assert (len(sides[ids[0]].sightings), len(sides[ids[1]].sightings)) == (0, 1)
    assert pair.verdict is None
    decide(new, 0, 1)
    again = duplicates.pair(new, match)
    assert again is not None
    assert again.verdict is not None


def test_a_pair_of_which_an_image_is_gone_is_none_and_not_offered(new: Archive, ids: list[ImageId]) -> None:
    (match,) = find(new, (0, 1))
    new.undo()
    assert duplicates.pair(new, match) is None
    assert duplicates.queue(new) == []


def reposts(folder: Path) -> tuple[Path, Path]:
    """A folder with a picture, and one with the same picture saved again."""
    for name, quality in (("first", 90), ("again", 70)):
        save(folder / name, "picture.jpg", drawn(1), quality=quality)
    return folder / "first", folder / "again"


@pytest.mark.parametrize("verdict", ["same_picture", "not_related"])
def test_a_verdict_outlives_the_removal_of_its_images(new: Archive, tmp_path: Path, verdict: str) -> None:
    first, again = reposts(tmp_path)
    importing.import_paths(new, [str(first)], jobs=1)
    importing.import_paths(new, [str(again)], jobs=1)
    (match,) = duplicates.queue(new)
    duplicates.decide_many(new, [match], verdict)
    # The verdict is undone before its images can be, and so given again while they are away.
    for _ in range(3):
        new.undo()
    assert images.count(new.db) == 0
    duplicates.decide(new, from_sha256=match.sha256_a, to_sha256=match.sha256_b, verdict=verdict)
    importing.import_paths(new, [str(again), str(first)], jobs=1)
    ids = [ImageId(number) for number in search.find(new, Query())]
    assert duplicates.queue(new) == []
    assert [one.group_size for one in looking.summaries(new, ids)] == ([1, 1] if verdict == "not_related" else [2, 2])


def test_undoing_and_redoing_an_import_brings_its_groups_back(new: Archive, tmp_path: Path) -> None:
    for folder in reposts(tmp_path):
        importing.import_paths(new, [str(folder)], jobs=1)
    duplicates.decide_many(new, duplicates.queue(new), "same_picture")
    before = dump(new)
    for _ in range(3):
        new.undo()
    for _ in range(3):
        new.redo()
    assert dump(new) == before
    ids = [ImageId(number) for number in search.find(new, Query())]
    assert [one.group_size for one in looking.summaries(new, ids)] == [2, 2]
    assert duplicates.queue(new) == []


def test_not_related_is_not_offered_again_after_the_cache_is_lost(new_folder: Path, tmp_path: Path) -> None:
    with Archive.open(new_folder, actor="Ada") as archive:
        importing.import_paths(archive, [str(folder) for folder in reposts(tmp_path)], jobs=1)
        duplicates.decide_many(archive, duplicates.queue(archive), "not_related")
    for left in new_folder.glob(CACHE + "*"):
        left.unlink()
    with Archive.open(new_folder, actor="Ada") as archive:
        save(tmp_path / "third", "picture.jpg", drawn(1), quality=50)
        importing.import_paths(archive, [str(tmp_path)], jobs=1)
        (settled,) = duplicates.decided(archive)
        assert frozenset((settled.from_sha256, settled.to_sha256)) not in queued(archive)
        assert len(duplicates.decided(archive)) == 1
