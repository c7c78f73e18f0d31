"""Which copy stands for its group: by verdict, by what is stored of each, by the first capture, or by hand."""

import pytest

from core import duplicates, groups, record_history, taking_back
from core.archive import Archive
from core.grouping import coarseness, standing
from core.pictures import Pictures
from core.records import PARTIAL_VERDICTS, Facts, ImageId, Place
from core.store import images, rows
from tests.core.filling import sha_of

SIZE = {"area_px": 640 * 480, "size_bytes": 90_000, "format": "JPEG"}


def add(archive: Archive, number: int, *, width: int = 640, size: int = 90_000, kind: str = "JPEG") -> ImageId:
    facts = Facts(
        sha_of(number), size, kind, "image/x", "decoded", upright_width_px=width, upright_height_px=480
    )  # fmt: skip
    with archive.action("Import"):
        image_id = images.add(archive.db, facts, "x")
        images.add_capture(archive.db, image_id, Place(f"/IMG_{number}.jpg"), "2014-06-14T12:00:00.000Z")
    return image_id


def decide(archive: Archive, one: int, other: int, verdict: str = "same_picture") -> None:
    duplicates.decide(archive, from_sha256=sha_of(one), to_sha256=sha_of(other), verdict=verdict)


def first(archive: Archive, image_id: ImageId) -> ImageId:
    """What stands for an image's group; the record and the cache agree."""
    shown = duplicates.group_of(archive, image_id).images[0]
    group = next(group for group in Pictures(archive) if any(one.image_id == image_id for one in group))
    assert group[0].image_id == shown
    return shown


def say_of_capture(archive: Archive, image_id: ImageId, **said: str) -> None:
    (capture,) = images.captures(archive.db, [image_id])[image_id]
    with archive.action("Capture"):
        rows.update(archive.db, "capture", capture.id, said)


@pytest.mark.parametrize("verdict", PARTIAL_VERDICTS)
def test_what_shows_less_stands_behind_however_large_it_is(new: Archive, verdict: str) -> None:
    large, small = add(new, 0, width=4000), add(new, 1)
    decide(new, 0, 1, verdict)
    assert first(new, large) == small


def test_a_better_copy_goes_before_a_complete_one(new: Archive) -> None:
    whole, crop, third = add(new, 0), add(new, 1), add(new, 2, width=4000)
    decide(new, 1, 0, "crop_of")
    decide(new, 1, 2, "better_copy_of")
    decide(new, 1, 0, "better_copy_of")
    assert first(new, third) == crop
    assert first(new, whole) == crop


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ({"width": 641, "size": 1}, {"width": 640}),
        ({"size": 90_000}, {"size": 20_000}),
        ({"size": 5_000}, {"size": 90_000, "kind": "GIF"}),
        ({"size": 90_000, "kind": "PNG"}, {"size": 20_000}),
    ],
    ids=["more pixels", "more bytes", "more colours", "another format"],
)
def test_pixels_count_before_bytes(new: Archive, better: dict[str, int], worse: dict[str, int]) -> None:
    behind, ahead = add(new, 0, **worse), add(new, 1, **better)
    decide(new, 0, 1)
    assert first(new, behind) == ahead


@pytest.mark.parametrize("said", ["2013-05-01T10:00:00Z", "2014-06-14", "2014", "2014-06~", "2013-21", "2013/2015"])
def test_of_like_copies_the_first_published_stands_and_is_followed(new: Archive, said: str) -> None:
    ids = [add(new, 0, size=90_000), add(new, 1, size=91_000)]
    decide(new, 0, 1)
    before = first(new, ids[0])
    (other,) = set(ids) - {before}
    say_of_capture(new, other, published_at=said)
    assert first(new, ids[0]) == other
    say_of_capture(new, before, collected_at="2012-01-01")
    assert first(new, ids[0]) == before
    new.undo()
    assert first(new, ids[0]) == other


def test_what_is_said_of_the_publication_goes_before_the_files_time(new: Archive) -> None:
    ids = [add(new, 0), add(new, 1)]
    decide(new, 0, 1)
    before = first(new, ids[0])
    say_of_capture(new, before, published_at="2019", modified_at="2001-01-01T00:00:00.000Z")
    assert first(new, ids[0]) != before


def test_a_date_that_tells_no_beginning_tells_nothing(new: Archive) -> None:
    ids = [add(new, 0), add(new, 1)]
    decide(new, 0, 1)
    before = first(new, ids[0])
    (other,) = set(ids) - {before}
    for said in ("../2001", "never"):
        say_of_capture(new, other, published_at=said, modified_at="")
        assert first(new, ids[0]) == before


def test_an_image_without_pixels_is_the_coarsest() -> None:
    assert coarseness(0, 90_000, "JPEG") > coarseness(640 * 480, 90_000, "JPEG")


def test_the_order_is_that_of_the_reasons() -> None:
    plain = {"chosen": 0, "worse": False, "partial": False, **SIZE, "first_at": "2014"}
    ranked = [
        standing("f", **{**plain, "chosen": 2, "worse": True}),
        standing("f", **{**plain, "chosen": 1}),
        standing("f", **{**plain, "area_px": 10**9}),
        standing("f", **{**plain, "first_at": "2013"}),
        standing("a", **plain),
        standing("b", **plain),
        standing("a", **{**plain, "first_at": ""}),
        standing("a", **{**plain, "size_bytes": 9}),
        standing("a", **{**plain, "partial": True, "area_px": 10**9}),
        standing("a", **{**plain, "worse": True, "area_px": 10**9}),
    ]
    assert ranked == sorted(ranked)


def test_the_newest_choice_in_a_group_holds_and_survives_regrouping(new: Archive) -> None:
    ids = [add(new, number, width=600 + number) for number in range(4)]
    decide(new, 0, 1)
    groups.stand_for(new, ids[0])
    assert first(new, ids[1]) == ids[0]
    decide(new, 1, 2)
    assert first(new, ids[2]) == ids[0]
    groups.stand_for(new, ids[1])
    assert first(new, ids[2]) == ids[1]
    duplicates.forget(new, sha_of(0), sha_of(1))
    decide(new, 0, 3)
    assert [first(new, ids[number]) for number in (2, 3)] == [ids[1], ids[0]]
    groups.stand_for(new, ids[0])
    decide(new, 0, 1)
    assert first(new, ids[2]) == ids[0]


def test_a_choice_is_undone_taken_back_and_given_to_the_program_again(new: Archive) -> None:
    ids = [add(new, number, width=600 + number) for number in range(2)]
    decide(new, 0, 1)
    groups.stand_for(new, ids[0])
    group = duplicates.group_of(new, ids[1])
    assert group.choice is not None
    assert (group.choice.sha256, group.choice.chosen_by) == (sha_of(0), "Ada")
    assert new.undo_label == "Let IMG_0.jpg stand for its group"
    new.undo()
    assert first(new, ids[0]) == ids[1]
    new.redo()
    assert first(new, ids[0]) == ids[0]
    groups.propose(new, ids[1])
    assert first(new, ids[0]) == ids[1]
    assert duplicates.group_of(new, ids[1]).choice is None
    new.undo()
    (change, *_) = record_history.of_image(new, ids[0]).changes
    assert (change.what, change.new) == ("what stands for the group", "this image, chosen by Ada")
    taking_back.take_back(new, change.change)
    assert first(new, ids[0]) == ids[1]


def test_choosing_again_makes_a_choice_the_newest(new: Archive) -> None:
    ids = [add(new, number) for number in range(4)]
    decide(new, 0, 1)
    decide(new, 2, 3)
    for chosen in (0, 2, 0):
        groups.stand_for(new, ids[chosen])
    decide(new, 1, 2)
    assert first(new, ids[3]) == ids[0]
