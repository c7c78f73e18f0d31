"""The transform between two pictures: back, one after another, as text, and regions carried by it."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import Refused
from core.regions import Region
from core.transforms import IDENTITY, Transform

NUMBER = st.floats(-3, 3)
TRANSFORMS = st.tuples(NUMBER, NUMBER, NUMBER, NUMBER, NUMBER, NUMBER).filter(
    lambda n: abs(n[0] * n[4] - n[1] * n[3]) > 0.01
)


@given(TRANSFORMS, NUMBER, NUMBER)
def test_there_and_back_is_where_one_was(numbers: tuple[float, ...], x: float, y: float) -> None:
    transform = Transform(*numbers)
    assert transform.inverse().point(*transform.point(x, y)) == pytest.approx((x, y), abs=1e-6)
    back = transform.then(transform.inverse())
    assert back.numbers == pytest.approx(IDENTITY.numbers, abs=1e-6)


@given(TRANSFORMS, TRANSFORMS, NUMBER, NUMBER)
def test_one_after_another_is_both(one: tuple[float, ...], other: tuple[float, ...], x: float, y: float) -> None:
    first, second = Transform(*one), Transform(*other)
    if abs(first.then(second).determinant) > 1e-6:
        assert math.dist(first.then(second).point(x, y), second.point(*first.point(x, y))) < 1e-6


@given(TRANSFORMS)
def test_its_text_says_it_again_to_a_millionth(numbers: tuple[float, ...]) -> None:
    assert Transform.parse(Transform(*numbers).text).numbers == pytest.approx(numbers, abs=1e-6)


@pytest.mark.parametrize("text", ["", "1 0 0 0 1", "1 0 0 0 1 0 0", "a b c d e f", "0 0 0 0 0 0", "nan 0 0 0 1 0"])
def test_a_text_that_stands_for_none_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        Transform.parse(text)


def test_a_region_is_carried_into_the_picture_that_a_crop_was_cut_from() -> None:
    cut = Transform(0.5, 0, 0.25, 0, 0.5, 0.25)  # the middle half of the other
    assert cut.region(Region(0, 0, 1_000_000, 1_000_000)) == Region(250_000, 250_000, 500_000, 500_000)
    assert cut.inverse().region(Region(250_000, 250_000, 250_000, 500_000)) == Region(0, 0, 500_000, 1_000_000)


def test_a_region_is_cut_at_the_edge_and_not_carried_where_too_little_is_left() -> None:
    back = Transform(0.5, 0, 0.25, 0, 0.5, 0.25).inverse()
    assert back.region(Region(0, 250_000, 500_000, 250_000)) == Region(0, 0, 500_000, 500_000)
    assert back.region(Region(0, 0, 240_000, 240_000)) is None
    assert back.region(Region(0, 0, 300_000, 300_000)) is None


def test_a_mirrored_and_a_turned_region_lie_where_they_are_seen() -> None:
    mirrored = Transform(-1, 0, 1, 0, 1, 0)
    assert mirrored.determinant < 0
    assert mirrored.region(Region(0, 0, 200_000, 100_000)) == Region(800_000, 0, 200_000, 100_000)
    quarter = Transform(0, 1, 0, -1, 0, 1)  # to the left: what was right is at the top
    assert quarter.region(Region(900_000, 0, 100_000, 500_000)) == Region(0, 0, 500_000, 100_000)
