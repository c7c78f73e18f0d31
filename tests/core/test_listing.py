"""The list of found pairs: one row a direct match, whatever the group."""

import pytest

from core import capturing, duplicates
from core.archive import Archive
from core.listing import DuplicateRow, duplicate_rows
from core.records import SAME_VERDICTS, VERDICTS, ImageId, Match, Place
from core.store import cache, images
from core.store.connection import transaction
from tests.core.filling import add_image, sha_of


def import_images(archive: Archive, count: int) -> None:
    with archive.action("Import"):
        for number in range(count):
            add_image(archive, number)


def find(archive: Archive, a: int, b: int, kind: str, distance: int) -> None:
    one, other = sorted((sha_of(a), sha_of(b)))
    with transaction(archive.db):
        cache.add_matches(archive.db, [Match(one, other, kind, distance)])


def again(archive: Archive, number: int, name: str) -> None:
    image_id = images.id_of(archive.db, sha_of(number))
    assert image_id is not None
    with archive.action("Import"):
        images.add_capture(archive.db, image_id, Place.from_bytes(b"/again/" + name.encode("latin-1")), "")


def names(archive: Archive) -> set[tuple[frozenset[str], str, int | None]]:
    return {
        (frozenset((row.name_a, row.name_b)), row.kind, row.distance) for row in duplicate_rows(archive)
    }  # fmt: skip


def name(number: int) -> str:
    return f"IMG_{number:04}.jpg"


def test_two_captures_of_one_image_are_the_same_bytes(new: Archive) -> None:
    import_images(new, 2)
    again(new, 0, "b\xff.jpg")
    (row,) = duplicate_rows(new)
    assert row == DuplicateRow(name(0), r"b\xff.jpg", sha_of(0), sha_of(0), "same_bytes", 0, sha_of(0))


def test_a_capture_that_was_recorded_by_hand_has_no_file_to_list(new: Archive) -> None:
    import_images(new, 1)
    capturing.add(new, ImageId(1), {"note": "seen in a report"})
    assert list(duplicate_rows(new)) == []


def test_every_capture_of_one_goes_with_every_capture_of_the_other(new: Archive) -> None:
    import_images(new, 2)
    again(new, 0, "a.jpg")
    again(new, 1, "b.jpg")
    find(new, 0, 1, "near", 5)
    rows = names(new)
    assert rows == {
        (frozenset((name(0), "a.jpg")), "same_bytes", 0),
        (frozenset((name(1), "b.jpg")), "same_bytes", 0),
        *((frozenset((a, b)), "near", 5) for a in (name(0), "a.jpg") for b in (name(1), "b.jpg")),
    }


def test_closure_fills_the_group_and_adds_no_row(new: Archive) -> None:
    import_images(new, 4)
    find(new, 0, 1, "near", 3)
    find(new, 1, 2, "mirrored", 6)
    rows = list(duplicate_rows(new))
    assert [(row.kind, row.distance) for row in rows] == [("mirrored", 6), ("near", 3)]
    assert {row.group for row in rows} == {min(sha_of(number) for number in range(3))}


@pytest.mark.parametrize("verdict", [kind for kind in VERDICTS if kind not in SAME_VERDICTS])
def test_what_was_decided_to_be_another_picture_is_left_out_and_splits_the_group(new: Archive, verdict: str) -> None:
    import_images(new, 3)
    find(new, 0, 1, "near", 3)
    find(new, 1, 2, "near", 4)
    duplicates.decide(new, from_sha256=sha_of(2), to_sha256=sha_of(1), verdict=verdict)
    (row,) = duplicate_rows(new)
    assert {row.sha256_a, row.sha256_b} == {sha_of(0), sha_of(1)}
    assert row.group == min(sha_of(0), sha_of(1))


def test_what_was_found_keeps_its_kind_and_what_was_only_decided_has_no_distance(new: Archive) -> None:
    import_images(new, 4)
    find(new, 0, 1, "near", 3)
    duplicates.decide(new, from_sha256=sha_of(0), to_sha256=sha_of(1), verdict="same_picture")
    duplicates.decide(new, from_sha256=sha_of(3), to_sha256=sha_of(2), verdict="better_copy_of")
    assert names(new) == {
        (frozenset((name(0), name(1))), "near", 3),
        (frozenset((name(2), name(3))), "better_copy_of", None),
    }


def test_a_verdict_on_an_image_that_is_not_there_is_no_row(new: Archive) -> None:
    import_images(new, 2)
    find(new, 0, 1, "near", 3)
    duplicates.decide(new, from_sha256=sha_of(0), to_sha256=sha_of(1), verdict="same_picture")
    with new.action("Remove"):
        new.db.conn.execute("DELETE FROM image WHERE sha256 = ?", (sha_of(1),))
    assert list(duplicate_rows(new)) == []
