"""Key points: mirrored without a second look, kept and read back, few where little is to be seen."""

import numpy as np
import pytest
from PIL import Image, ImageOps

from core.likeness.aligning import align
from core.likeness.codes import codes_of, key_of
from core.likeness.keypoints import MOST, Keypoints, keypoints_of
from core.regions import Region
from tests.core.drawing import drawn


def test_what_is_kept_is_read_back_as_it_was() -> None:
    points = keypoints_of(drawn(1))
    again = Keypoints.unpacked(points.packed())
    assert 100 < len(points) <= MOST
    assert len(points.packed()) == 6 + 136 * len(points)
    assert again.size_px == points.size_px
    assert np.array_equal(again.places, points.places)
    assert np.array_equal(again.descriptors, points.descriptors)


@pytest.mark.parametrize("number", range(3))
def test_the_points_of_the_mirrored_picture_are_those_of_the_picture_mirrored(number: int) -> None:
    here = keypoints_of(ImageOps.mirror(drawn(number)))
    there = keypoints_of(drawn(number)).mirrored()
    apart = np.abs(here.places[:, None, :3] - there.places[None, :, :3]).max(axis=2)
    turned = np.abs((here.places[:, None, 3] - there.places[None, :, 3] + 180) % 360 - 180)
    met = (apart < 0.5) & (turned < 2)
    assert met.any(axis=1).mean() > 0.6
    one, other = np.nonzero(met)
    differ = np.abs(here.descriptors[one].astype(int) - there.descriptors[other].astype(int)).max(axis=1)
    assert np.median(differ) <= 4


def test_mirroring_twice_changes_nothing() -> None:
    points = keypoints_of(drawn(2))
    again = points.mirrored().mirrored()
    assert np.array_equal(again.descriptors, points.descriptors)
    assert again.places == pytest.approx(points.places, abs=1e-3)


def test_a_mirrored_picture_finds_the_other_where_that_mirrored_finds_it() -> None:
    one, other = keypoints_of(drawn(1)), keypoints_of(drawn(2))
    straight, mirrored = codes_of(one.descriptors), codes_of(one.mirrored().descriptors)
    met, met_mirrored = codes_of(other.descriptors), codes_of(other.mirrored().descriptors)
    for number in range(3):
        forth = key_of(straight, number)[:, None] == key_of(met_mirrored, number)
        back = key_of(mirrored, number)[:, None] == key_of(met, number)
        assert (forth == back).mean() > 0.9999


@pytest.mark.parametrize("size", [(1, 1), (1, 20_000), (20_000, 1), (3, 3), (640, 480)])
def test_a_picture_without_anything_to_see_has_no_points(size: tuple[int, int]) -> None:
    for colour in ((0, 0, 0), (255, 255, 255), (120, 80, 40)):
        points = keypoints_of(Image.new("RGB", size, colour))
        assert len(points) == 0
        assert Keypoints.unpacked(points.packed()).size_px == points.size_px


def test_the_points_of_a_region_are_those_in_it_and_its_own() -> None:
    whole, region = drawn(3), Region(250_000, 500_000, 500_000, 500_000)
    cut = whole.crop(region.pixels(*whole.size))
    points = keypoints_of(whole).of_region(region, keypoints_of(cut))
    assert points.size_px == keypoints_of(cut).size_px
    assert len(keypoints_of(cut)) < len(points) <= MOST
    alignment = align(points, keypoints_of(whole))
    assert alignment is not None
    assert alignment.transform.numbers == pytest.approx((0.5, 0, 0.25, 0, 0.5, 0.5), abs=0.01)
