"""Three copies of everything must not change what is counted: pictures and sightings are those of one import."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from core import analysis, duplicates, importing, looking, search, tagging
from core.archive import Archive
from core.records import ImageId, Query
from core.tagging import Tag
from tests.core.drawing import drawn, save
from tests.core.filling import add_image

PICTURES = 6
# The sizes and qualities at which the set is met, the first one alone or all three.
COPIES = ((1.0, 90), (0.75, 70), (0.5, 55))
SAID = (
    Tag("SA.RIF.AUT", design="SUHH", manufacture="HUN", certainty="probable"),
    Tag("SA.RIF.AUT", manufacture="ROU"),
    Tag("SA.PIS", manufacture="AUT"),
    Tag(manufacture="HUN"),
)


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The same pictures three times, each time encoded in another way."""
    made = []
    for number, (scale, quality) in enumerate(COPIES):
        folder = tmp_path_factory.mktemp(f"copy {number}")
        for picture in range(PICTURES):
            image = drawn(picture, (960, 720))
            size = (round(960 * scale), round(720 * scale))
            save(folder, f"{picture}.jpg", image.resize(size), quality=quality)
        made.append(folder)
    return made


@contextmanager
def archive_of(folder: Path, folders: list[Path]) -> Iterator[Archive]:
    with Archive.create(folder, actor="Ada") as archive:
        report = importing.import_paths(archive, [str(one) for one in folders], jobs=2)
        assert report.added == PICTURES * len(folders)
        yield archive


def copies_of(archive: Archive, picture: int) -> list[ImageId]:
    """The images of a picture, whatever its group is by now, in the order of the copies."""
    ids = [ImageId(number) for number in search.find(archive, Query())]
    return [line.image_id for line in looking.summaries(archive, ids) if line.name == f"{picture}.jpg"]


def tag_first(archive: Archive) -> None:
    """Tag the first copy of some pictures, one of them with three weapons."""
    for picture, said in ((0, SAID[0]), (1, SAID[0]), (1, SAID[1]), (1, SAID[2]), (2, SAID[2]), (3, SAID[3])):
        tagging.tag(archive, copies_of(archive, picture)[:1], said)


def tag_each(archive: Archive) -> None:
    """Tag every copy for itself, as happens before anybody has seen that they are copies."""
    for picture, said in ((0, SAID[0]), (1, SAID[0]), (1, SAID[1]), (1, SAID[2]), (2, SAID[2]), (3, SAID[3])):
        for image_id in copies_of(archive, picture):
            made = tagging.tag(archive, [image_id], said)
            assert len(made.sightings) == 1


def settle(archive: Archive) -> None:
    duplicates.decide_many(archive, duplicates.queue(archive), "same_picture")
    for picture in range(PICTURES):
        ids = copies_of(archive, picture)
        assert set(duplicates.group_of(archive, ids[0]).images) == set(ids)


def counted(archive: Archive, unit: str) -> dict[str, list[analysis.CountRow]]:
    return {by: list(analysis.counts(archive, by=by, unit=unit).rows) for by in analysis.BY}


@pytest.mark.parametrize("unit", ["pictures", "sightings"])
def test_a_set_imported_three_times_counts_as_once(tmp_path: Path, folders: list[Path], unit: str) -> None:
    with archive_of(tmp_path / "once", folders[:1]) as once:
        tag_first(once)
        expected = counted(once, unit)
    assert {row.code for row in expected["manufacture"]} >= {"HUN", "ROU", "AUT"}
    with archive_of(tmp_path / "thrice", folders) as thrice:
        tag_first(thrice)
        settle(thrice)
        assert counted(thrice, unit) == expected


def test_copies_that_were_tagged_apart_count_once_when_they_are_settled(tmp_path: Path, folders: list[Path]) -> None:
    with archive_of(tmp_path / "once", folders[:1]) as once:
        tag_first(once)
        pictures, sightings = counted(once, "pictures"), counted(once, "sightings")
    with archive_of(tmp_path / "thrice", folders) as thrice:
        tag_each(thrice)
        assert counted(thrice, "sightings") != sightings
        settle(thrice)
        assert counted(thrice, "pictures") == pictures
        assert counted(thrice, "sightings") == sightings
        thrice.undo()
        assert counted(thrice, "sightings") != sightings


def test_weapons_that_were_seen_on_different_copies_all_count(tmp_path: Path, folders: list[Path]) -> None:
    with archive_of(tmp_path / "once", folders[:1]) as once:
        for said in (SAID[0], SAID[2]):
            tagging.tag(once, copies_of(once, 1), said)
        expected = {unit: counted(once, unit) for unit in ("pictures", "sightings")}
    with archive_of(tmp_path / "thrice", folders) as thrice:
        first, _, third = copies_of(thrice, 1)
        tagging.tag(thrice, [first], SAID[0])
        tagging.tag(thrice, [third], SAID[2])
        settle(thrice)
        assert {unit: counted(thrice, unit) for unit in expected} == expected


def test_captures_and_images_count_every_copy(tmp_path: Path, folders: list[Path]) -> None:
    with archive_of(tmp_path / "thrice", folders) as thrice:
        tag_first(thrice)
        settle(thrice)
        rows = {unit: analysis.counts(thrice, by="manufacture", unit=unit).rows for unit in ("captures", "images")}
    for found in rows.values():
        assert {row.code: row.count for row in found}["AUT"] == 2 * len(COPIES)


def test_a_type_goes_onto_the_weapon_of_which_nobody_has_said_what_it_is(new: Archive) -> None:
    with new.action("Import"):
        image_id = add_image(new, 0)
    tagging.tag(new, [image_id], Tag(manufacture="HUN"))
    tagging.tag(new, [image_id], Tag("SA.PIS"))
    (line,) = looking.summaries(new, [image_id])
    (sighting,) = line.sightings
    assert sighting.identification is not None
    assert (sighting.identification.type, sighting.countries("manufacture")) == ("SA.PIS", ("HUN",))
    tagging.tag(new, [image_id], Tag("SA.PIS", manufacture="AUT"))
    assert len(looking.summaries(new, [image_id])[0].sightings) == 2
