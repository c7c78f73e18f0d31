"""The drawn plates: always the same pictures, each far from every other, and each says what it is."""

import random
from dataclasses import replace
from itertools import combinations

import pytest
from PIL import Image, ImageChops

from core import shipped
from core.fingerprints import Fingerprint, fingerprint
from core.imaging import THUMBNAIL_PX
from core.matching import NEAR_BITS
from core.plates import PALETTES, PLATES, SCENES, Plate, bounds, draw
from core.reposts import COPIES, WAYS, plate_path
from core.silhouettes import silhouettes


def print_of(picture: Image.Image) -> Fingerprint:
    small = picture.copy()
    small.thumbnail((THUMBNAIL_PX, THUMBNAIL_PX))
    return fingerprint(small)


def distance(one: Fingerprint, other: Fingerprint) -> int:
    """The smallest distance at which matching would look at a pair, in any orientation and in either direction."""
    return min(
        (hashes[0] ^ turned).bit_count()
        for a, b in ((one, other), (other, one))
        for hashes in (a.phashes, a.trimmed)
        if hashes
        for turned in (*b.phashes, *b.trimmed)
    )


def test_no_two_plates_look_alike() -> None:
    prints = [print_of(draw(plate)) for plate in PLATES]
    near = {
        (one.number, other.number): distance(prints[one.number - 1], prints[other.number - 1])
        for one, other in combinations(PLATES, 2)
    }
    # With room, so that another version of Pillow does not bring two of them near.
    assert min(near.values()) >= NEAR_BITS + 4


def test_a_plate_is_the_same_whenever_it_is_drawn() -> None:
    random.seed(1)
    first = draw(PLATES[3]).tobytes()
    random.seed(2)
    assert draw(PLATES[3]).tobytes() == first


@pytest.mark.parametrize("plate", PLATES, ids=lambda plate: plate.caption)
def test_a_plate_has_its_size_and_says_that_it_is_a_sample(plate: Plate) -> None:
    assert plate.caption == f"SAMPLE PLATE {plate.number:02}"
    picture = draw(plate)
    assert picture.size == plate.size
    ink = tuple(bytes.fromhex(PALETTES[plate.palette].ink[1:]))
    left = 0 if "left" in plate.corner else plate.size[0] // 2
    top = 0 if "top" in plate.corner else plate.size[1] * 3 // 4
    corner = picture.crop((left, top, left + plate.size[0] // 2, top + plate.size[1] // 4))
    assert ink in {colour for _, colour in corner.getcolors(1 << 20)}


def test_plates_are_numbered_in_order_and_use_everything_there_is() -> None:
    assert [plate.number for plate in PLATES] == list(range(1, len(PLATES) + 1))
    assert {plate.scene for plate in PLATES} == set(SCENES)
    assert {plate.palette for plate in PLATES} == set(PALETTES)
    assert {item.code for plate in PLATES for item in plate.items} == set(silhouettes())


def test_every_drawing_is_of_a_kind_in_the_weapon_type_tree() -> None:
    for code, parts in silhouettes().items():
        assert code in shipped.vocabulary("weapon_type")
        xs = [x for part in parts for x, _ in part.points]
        assert 700 < max(xs) - min(xs) < 1200
        assert {part.tone for part in parts} <= {"body", "dark", "light", "accent"}


def test_copies_have_places_of_their_own_and_name_ways_that_exist() -> None:
    places = [plate_path(plate.number) for plate in PLATES] + [copy.path for copy in COPIES]
    assert len(set(places)) == len(places)
    for copy in COPIES:
        assert copy.how in {*WAYS, "same file", "torn", "turned in its header"}


@pytest.mark.parametrize("number", [1, 10, 24, 25, 26])
def test_the_bounds_of_a_silhouette_hold_it_and_little_more(number: int) -> None:
    plate = PLATES[number - 1]
    for place in range(len(plate.items)):
        alone, without = (replace(plate, items=items) for items in ((plate.items[place],), ()))
        changed = ImageChops.difference(draw(alone), draw(without)).getbbox()
        assert changed is not None
        edges = bounds(plate, place)
        outward = (-1, -1, 1, 1)
        gaps = [(edge - seen) * way for edge, seen, way in zip(edges, changed, outward, strict=True)]
        assert all(-1 <= gap <= min(plate.size) / 25 for gap in gaps), (place, gaps)
