"""Regions carried to the copies of a picture: what is cut out there shows the same thing."""

from collections.abc import Callable, Sequence
from itertools import pairwise, permutations
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageOps

from core import carrying, importing, sighted, sighting_details
from core.archive import Archive
from core.carrying import How
from core.records import ImageId, Match
from core.regions import Region
from core.store import cache, images, relations, sightings
from core.transforms import IDENTITY, Transform
from tests.core.drawing import drawn, save
from tests.core.filling import add_image, sha_of

SIZE = (960, 720)
REGION = Region(300_000, 350_000, 250_000, 200_000)
Turned = Image.Transpose


def inset(picture: Image.Image) -> Image.Image:
    """The picture at a third of its size on a taller screen."""
    screen = Image.new("RGB", (480, 960), "#F0F0F0")
    screen.paste(picture.resize((320, 240)), (80, 360))
    return screen


def same(picture: Image.Image) -> Image.Image:
    return picture


# What was made of a picture, the way from the picture to that, and how a piece of it is turned back.
COPIES: dict[str, tuple[Callable[[Image.Image], Image.Image], Transform, Callable[[Image.Image], Image.Image]]] = {
    "crop": (lambda one: one.crop((240, 180, 720, 540)), Transform(2, 0, -0.5, 0, 2, -0.5), same),
    "mirror": (ImageOps.mirror, Transform(-1, 0, 1, 0, 1, 0), ImageOps.mirror),
    "left": (
        lambda one: one.transpose(Turned.ROTATE_90),
        Transform(0, 1, 0, -1, 0, 1),
        lambda one: one.transpose(Turned.ROTATE_270),
    ),
    "upside down": (
        lambda one: one.transpose(Turned.ROTATE_180),
        Transform(-1, 0, 1, 0, -1, 1),
        lambda one: one.transpose(Turned.ROTATE_180),
    ),
    "right": (
        lambda one: one.transpose(Turned.ROTATE_270),
        Transform(0, -1, 1, 1, 0, 0),
        lambda one: one.transpose(Turned.ROTATE_90),
    ),
    "scaled": (lambda one: one.resize((480, 360)), IDENTITY, same),
    "screenshot": (inset, Transform(320 / 480, 0, 80 / 480, 0, 240 / 960, 360 / 960), same),
}


def imported(archive: Archive, folder: Path, pictures: dict[str, Image.Image]) -> dict[str, ImageId]:
    for name, picture in pictures.items():
        save(folder, f"{name}.png", picture)
    importing.import_paths(archive, [str(folder)], jobs=1)
    ids = [ImageId(row[0]) for row in archive.db.conn.execute("SELECT id FROM image").fetchall()]
    held = images.captures(archive.db, ids)
    return {captures[0].place.name.removesuffix(".png"): image_id for image_id, captures in held.items()}


def decide(archive: Archive, one: str, other: str, way: Transform | None, kind: str = "same_picture") -> None:
    with archive.action("Decide"):
        relations.put(archive.db, from_sha256=one, to_sha256=other, kind=kind, evidence="", by="Ada", transform=way)


def likeness(one: Image.Image, other: Image.Image) -> float:
    """How alike two pieces look, 1 for equal: the correlation of their grey values at one size."""
    grey = [np.asarray(piece.convert("L").resize((64, 48)), dtype=float).ravel() for piece in (one, other)]
    return float(np.corrcoef(grey[0], grey[1])[0, 1])


@pytest.mark.parametrize("name", COPIES)
@pytest.mark.parametrize("backward", [False, True])
def test_what_is_cut_out_of_a_copy_shows_the_same(archive: Archive, tmp_path: Path, name: str, backward: bool) -> None:
    make, way, back = COPIES[name]
    picture = drawn(7, SIZE)
    ids = imported(archive, tmp_path / "photos", {"whole": picture, name: make(picture)})
    shas = images.hashes(archive.db, list(ids.values()))
    pair = (shas[ids["whole"]], shas[ids[name]])
    if backward:
        decide(archive, pair[1], pair[0], way.inverse())
    else:
        decide(archive, *pair, way)
    made = sighting_details.add(archive, ids["whole"], region=REGION)
    shown = sightings.of_images(archive.db, [ids["whole"]])[ids["whole"]]
    found = carrying.placed(archive, ids[name], shown)[made]
    assert found.how is How.CARRIED
    assert found.region is not None
    (there,) = sighted.crops(archive, ids[name], [(made, found.region)], max_px=1000).values()
    (here,) = sighted.crops(archive, ids["whole"], [(made, REGION)], max_px=1000).values()
    assert likeness(back(there), here) > 0.98
    aside = Region(REGION.x_e6 - 120_000, REGION.y_e6, REGION.width_e6, REGION.height_e6)
    (wrong,) = sighted.crops(archive, ids["whole"], [(made, aside)], max_px=1000).values()
    assert likeness(back(there), wrong) < 0.9
    assert carrying.placed(archive, ids["whole"], shown)[made] == carrying.Placed(How.OWN, REGION)


def chain(archive: Archive, edges: Sequence[tuple[int, int, Transform | None]]) -> list[ImageId]:
    with archive.action("Import"):
        ids = [add_image(archive, number) for number in range(5)]
    for one, other, way in edges:
        decide(archive, sha_of(one), sha_of(other), way)
    return ids


HALF = Transform(0.5, 0, 0.25, 0, 0.5, 0.25)
MIRROR = Transform(-1, 0, 1, 0, 1, 0)


def test_a_chain_of_verdicts_carries_as_well_both_ways(new: Archive) -> None:
    ids = chain(new, [(1, 0, HALF), (1, 2, MIRROR), (2, 3, MIRROR)])
    expected = MIRROR.then(MIRROR.inverse()).then(HALF)
    way = carrying.transform(new, ids[3], ids[0])
    assert way is not None
    assert way.numbers == pytest.approx(expected.numbers)
    back = carrying.transform(new, ids[0], ids[3])
    assert back is not None
    assert way.then(back).numbers == pytest.approx(IDENTITY.numbers)


def test_there_is_no_way_out_of_a_group_nor_past_a_verdict_without_one(new: Archive) -> None:
    ids = chain(new, [(0, 1, None), (1, 2, HALF)])
    decide(new, sha_of(0), sha_of(3), HALF, kind="same_object")
    assert carrying.transform(new, ids[0], ids[1]) is None
    assert carrying.transform(new, ids[0], ids[2]) is None
    assert carrying.transform(new, ids[0], ids[3]) is None
    assert carrying.transform(new, ids[4], ids[4]) == IDENTITY
    with new.action("See"):
        made = sightings.add(new.db, ids[0], region=REGION)
    shown = sightings.of_images(new.db, [ids[0]])[ids[0]]
    assert carrying.placed(new, ids[1], shown)[made] == carrying.Placed(How.UNKNOWN)


def test_a_region_that_a_crop_leaves_out_is_outside_of_it(new: Archive) -> None:
    ids = chain(new, [(1, 0, HALF)])
    with new.action("See"):
        made = sightings.add(new.db, ids[0], region=Region(0, 0, 200_000, 200_000))
        bare = sightings.add(new.db, ids[0])
    shown = sightings.of_images(new.db, [ids[0]])[ids[0]]
    assert carrying.placed(new, ids[1], shown) == {made: carrying.Placed(How.OUTSIDE)}
    assert bare not in carrying.placed(new, ids[0], shown)


def test_what_was_found_carries_where_the_verdict_has_no_transform(new: Archive) -> None:
    ids = chain(new, [(0, 1, None), (1, 2, None), (0, 3, None)])
    (a, b), (c, d), (e, f) = (sorted((sha_of(one), sha_of(other))) for one, other in ((0, 1), (1, 2), (0, 3)))
    found = [
        Match(a, b, "crop", 20, transform=HALF if a == sha_of(1) else HALF.inverse()),
        Match(c, d, "same_pixels", 0),
        Match(e, f, "same_object", None, transform=HALF),
    ]
    cache.add_matches(new.db, found)
    way = carrying.transform(new, ids[2], ids[0])
    assert way is not None
    assert way.numbers == pytest.approx(HALF.numbers)
    assert carrying.transform(new, ids[3], ids[0]) is None, "a like object lies elsewhere"


def test_a_pair_that_is_not_related_carries_nothing_though_it_was_found(new: Archive) -> None:
    ids = chain(new, [(0, 1, HALF), (1, 2, HALF)])
    decide(new, sha_of(0), sha_of(2), None, kind="not_related")
    a, b = sorted((sha_of(0), sha_of(2)))
    cache.add_matches(new.db, [Match(a, b, "same_picture", 4, transform=IDENTITY)])
    way = carrying.transform(new, ids[0], ids[2])
    assert way is not None
    assert way.numbers == pytest.approx(HALF.then(HALF).numbers)


def test_an_image_that_is_gone_still_joins_two_by_its_verdicts(new: Archive) -> None:
    ids = chain(new, [(0, 1, HALF), (1, 2, MIRROR)])
    with new.action("Remove"):
        new.db.conn.execute("DELETE FROM image WHERE id = ?", (ids[1],))
    way = carrying.transform(new, ids[0], ids[2])
    assert way is not None
    assert way.numbers == pytest.approx(HALF.then(MIRROR).numbers)


@pytest.mark.parametrize("edges", list(permutations(list(pairwise([0, 1, 2, 3, 0]))))[::5])
def test_of_two_chains_as_short_the_one_of_the_smaller_hash_is_taken_whatever_was_decided_first(
    new: Archive, edges: Sequence[tuple[int, int]]
) -> None:
    ways = {(0, 1): HALF, (1, 2): IDENTITY, (2, 3): MIRROR, (3, 0): IDENTITY}
    ids = chain(new, [(*edge, ways[edge]) for edge in edges])
    way = carrying.transform(new, ids[0], ids[2])
    expected = HALF if sha_of(1) < sha_of(3) else MIRROR.inverse()
    assert way is not None
    assert way.numbers == pytest.approx(expected.numbers)
