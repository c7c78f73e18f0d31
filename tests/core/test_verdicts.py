"""Each verdict by itself: what it is called, which way round it reads, what it keeps, and whether it makes a group."""

from pathlib import Path

import pytest

from core import duplicates, importing, rebuilding, record_history, verdict_words
from core.archive import CACHE, Archive
from core.errors import Refused
from core.records import DIRECTED_VERDICTS, SAME_VERDICTS, VERDICTS, ImageId, Match, Relation
from core.store import cache, following, images, relations
from core.store.connection import transaction
from core.transforms import Transform
from tests.core.drawing import drawn, save
from tests.core.filling import add_image, sha_of

CUT = Transform(0.5, 0, 0.25, 0, 0.5, 0.1)


@pytest.fixture
def ids(new: Archive) -> list[ImageId]:
    """Four images, numbered as in ``sha_of``."""
    with new.action("Import 4 images"):
        return [add_image(new, number) for number in range(4)]


def find(archive: Archive, one: int, other: int, kind: str = "crop") -> Match:
    """Let the program have found a pair, with the transform from the first by hash to the other."""
    match = Match(*sorted((sha_of(one), sha_of(other))), kind, 4, "45 of 50 points agree", transform=CUT)
    with transaction(archive.db):
        cache.add_matches(archive.db, [match])
        following.refresh(archive.db, [sha_of(one), sha_of(other)])
    return match


def decide(archive: Archive, one: str, other: str, verdict: str) -> Relation:
    duplicates.decide(archive, from_sha256=one, to_sha256=other, verdict=verdict)
    decided = relations.get(archive.db, one, other)
    assert decided is not None
    return decided


def near(one: Transform | None, other: Transform) -> bool:
    return one is not None and one.numbers == pytest.approx(other.numbers, abs=1e-5)


@pytest.mark.parametrize("verdict", VERDICTS)
def test_every_verdict_has_words_and_a_directed_one_has_them_both_ways(verdict: str) -> None:
    for words in (verdict_words.name, verdict_words.towards):
        assert "_" not in words(verdict)
        assert (words(verdict) != words(verdict, forward=False)) == (verdict in DIRECTED_VERDICTS)


def test_a_verdict_of_a_newer_program_is_shown_by_its_code() -> None:
    assert verdict_words.towards("painted_from", forward=False) == "painted from"


@pytest.mark.parametrize("verdict", VERDICTS)
def test_any_verdict_takes_the_pair_out_of_the_queue_and_only_same_ones_group(
    new: Archive, ids: list[ImageId], verdict: str
) -> None:
    find(new, 0, 1)
    assert len(duplicates.queue(new)) == 1
    decide(new, sha_of(0), sha_of(1), verdict)
    assert duplicates.queue(new) == []
    assert set(duplicates.group_of(new, ids[0]).images) == (set(ids[:2]) if verdict in SAME_VERDICTS else {ids[0]})
    new.undo()
    assert len(duplicates.queue(new)) == 1


def test_a_verdict_keeps_what_was_found_turned_the_way_it_reads(new: Archive, ids: list[ImageId]) -> None:
    match = find(new, 0, 1)
    forth = decide(new, match.sha256_a, match.sha256_b, "crop_of")
    assert forth.evidence == "crop: 45 of 50 points agree"
    assert near(forth.transform, CUT)
    back = decide(new, match.sha256_b, match.sha256_a, "crop_of")
    assert (back.from_sha256, back.evidence) == (match.sha256_b, forth.evidence)
    assert near(back.transform, CUT.inverse())


def test_what_an_earlier_verdict_kept_outlives_the_cache(new: Archive, ids: list[ImageId]) -> None:
    match = find(new, 0, 1)
    decide(new, match.sha256_a, match.sha256_b, "same_picture")
    cache.forget_matches(new.db)
    later = decide(new, match.sha256_b, match.sha256_a, "screenshot_of")
    assert later.evidence == "crop: 45 of 50 points agree"
    assert near(later.transform, CUT.inverse())


def test_what_is_given_with_a_verdict_stands_in_place_of_what_was_found(new: Archive, ids: list[ImageId]) -> None:
    match = find(new, 0, 1)
    given = Transform(1, 0, 0.5, 0, 1, 0.5)
    duplicates.decide(
        new, from_sha256=match.sha256_a, to_sha256=match.sha256_b, verdict="crop_of", evidence="by eye", transform=given
    )
    decided = relations.get(new.db, match.sha256_a, match.sha256_b)
    assert decided is not None
    assert (decided.evidence, decided.transform) == ("by eye", given)


def test_verdicts_on_many_keep_their_transforms(new: Archive, ids: list[ImageId]) -> None:
    match = find(new, 0, 1)
    duplicates.decide_many(new, [match], "same_event")
    decided = relations.get(new.db, match.sha256_a, match.sha256_b)
    assert decided is not None
    assert near(decided.transform, CUT)


@pytest.mark.parametrize("verdict", DIRECTED_VERDICTS)
def test_a_directed_verdict_is_never_given_on_many_at_once(new: Archive, ids: list[ImageId], verdict: str) -> None:
    with pytest.raises(Refused, match="for each pair by itself"):
        duplicates.decide_many(new, [find(new, 0, 1)], verdict)


def test_the_history_of_either_image_reads_the_verdict_from_its_side(new: Archive, ids: list[ImageId]) -> None:
    decide(new, sha_of(0), sha_of(1), "crop_of")
    said = [record_history.of_image(new, image_id).changes[0].new for image_id in ids[:2]]
    assert said == ["crop: IMG_0001.jpg", "cropped to: IMG_0000.jpg"]
    assert new.undo_label == "Decide a pair: crop"


def test_not_related_is_not_offered_again_after_removal_return_and_a_lost_cache(
    new_folder: Path, tmp_path: Path
) -> None:
    for name, quality in (("first", 90), ("again", 70)):
        save(tmp_path / name, "picture.jpg", drawn(1), quality=quality)
    folders = [str(tmp_path / "first"), str(tmp_path / "again")]
    with Archive.open(new_folder, actor="Ada") as archive:
        importing.import_paths(archive, folders, jobs=1)
        (match,) = duplicates.queue(archive)
        decide(archive, match.sha256_b, match.sha256_a, "not_related")
        with archive.action("Remove"):
            archive.db.conn.execute("DELETE FROM image WHERE sha256 = ?", (match.sha256_a,))
        assert images.count(archive.db) == 1
    for left in new_folder.glob(CACHE + "*"):
        left.unlink()
    with Archive.open(new_folder, actor="Ada") as archive:
        importing.import_paths(archive, folders[::-1], jobs=1)
        rebuilding.rebuild(archive, jobs=1)
        assert images.count(archive.db) == 2
        assert list(relations.matches(archive.db)) != []
        assert duplicates.queue(archive) == []
        assert [one.kind for one in duplicates.decided(archive)] == ["not_related"]
