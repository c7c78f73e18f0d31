"""Regions: what is drawn on pixels comes back as the same pixels, and nothing leaves the image."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import Refused
from core.regions import WHOLE_E6, Region

SIDE = st.integers(1, 100_000)


@st.composite
def spans(draw: st.DrawFn, length: int) -> tuple[int, int]:
    """Two different edges of a side, in order."""
    start = draw(st.integers(0, length - 1))
    return start, draw(st.integers(start + 1, length))


@st.composite
def drawn(draw: st.DrawFn) -> tuple[int, int, int, int, int, int]:
    """Pixel edges and the size of their image."""
    width, height = draw(SIDE), draw(SIDE)
    left, right = draw(spans(width))
    top, bottom = draw(spans(height))
    return left, top, right, bottom, width, height


@st.composite
def regions(draw: st.DrawFn) -> Region:
    """Any region, also one that lies on no pixel edge."""
    left, right = draw(spans(WHOLE_E6))
    top, bottom = draw(spans(WHOLE_E6))
    return Region(left, top, right - left, bottom - top)


@given(drawn())
def test_pixel_edges_survive_the_round_trip(case: tuple[int, int, int, int, int, int]) -> None:
    *edges, width, height = case
    assert Region.from_pixels(*case).pixels(width, height) == tuple(edges)


@pytest.mark.parametrize("side", [1, 2, 3, 7, 99_999, 100_000])
def test_the_first_and_the_last_pixel_survive_the_round_trip(side: int) -> None:
    for start in (0, side - 1):
        region = Region.from_pixels(start, start, start + 1, start + 1, side, side)
        assert region.pixels(side, side) == (start, start, start + 1, start + 1)


def test_pixels_become_millionths() -> None:
    assert Region.from_pixels(1, 2, 3, 6, 4, 8) == Region(250_000, 250_000, 500_000, 500_000)
    assert Region.from_pixels(1, 0, 2, 1, 3, 1) == Region(333_333, 0, 333_334, 1_000_000)


@given(regions(), SIDE, SIDE)
def test_at_any_size_a_region_is_at_least_a_pixel_inside_the_image(region: Region, width: int, height: int) -> None:
    left, top, right, bottom = region.pixels(width, height)
    assert 0 <= left < right <= width
    assert 0 <= top < bottom <= height


def test_a_sliver_at_the_far_edge_is_the_last_pixel() -> None:
    assert Region(999_999, 999_999, 1, 1).pixels(10, 20) == (9, 19, 10, 20)
    assert Region(499_999, 0, 1, 1).pixels(10, 20) == (5, 0, 6, 1)


@pytest.mark.parametrize("sides", [(0, 5), (5, 0), (-1, 5), (5, -1)])
def test_a_region_without_a_size_is_refused(sides: tuple[int, int]) -> None:
    with pytest.raises(Refused, match=r"^A region must have a width and a height\.$"):
        Region(5, 5, *sides)


@pytest.mark.parametrize(
    "parts", [(-1, 0, 9, 9), (0, -1, 9, 9), (WHOLE_E6 - 1, 0, 2, 9), (0, WHOLE_E6 - 1, 9, 2), (0, 0, 9, WHOLE_E6 + 1)]
)
def test_a_region_that_reaches_out_of_its_image_is_refused(parts: tuple[int, int, int, int]) -> None:
    with pytest.raises(Refused, match=r"^A region must lie inside its image\.$"):
        Region(*parts)


def test_the_whole_image_is_a_region() -> None:
    assert Region.from_pixels(0, 0, 640, 480, 640, 480) == Region(0, 0, WHOLE_E6, WHOLE_E6)


@pytest.mark.parametrize("edges", [(-1, 0, 5, 5), (0, 0, 101, 5), (0, 0, 5, 51), (7, 0, 7, 5), (7, 0, 6, 5)])
def test_edges_that_hold_nothing_or_reach_out_are_refused(edges: tuple[int, int, int, int]) -> None:
    with pytest.raises(Refused):
        Region.from_pixels(*edges, 100, 50)


@pytest.mark.parametrize("size", [(0, 5), (5, 0), (-1, 5)])
def test_an_image_without_a_size_is_refused(size: tuple[int, int]) -> None:
    with pytest.raises(Refused, match=r"^An image without a size has no regions\.$"):
        Region.from_pixels(0, 0, 1, 1, *size)


def test_a_region_moves_by_pixels() -> None:
    region = Region.from_pixels(10, 20, 40, 60, 333, 777)
    assert region.moved_px(1, -10, 333, 777).pixels(333, 777) == (11, 10, 41, 50)


def test_a_region_stops_at_the_edge_of_the_image_and_keeps_its_size() -> None:
    region = Region.from_pixels(10, 20, 40, 60, 100, 100)
    assert region.moved_px(-99, 99, 100, 100).pixels(100, 100) == (0, 60, 30, 100)
    assert region.moved_px(99, -99, 100, 100).pixels(100, 100) == (70, 0, 100, 40)


def test_a_region_grows_and_shrinks_from_its_lower_right() -> None:
    region = Region.from_pixels(10, 20, 40, 60, 100, 100)
    assert region.resized_px(5, -5, 100, 100).pixels(100, 100) == (10, 20, 45, 55)
    assert region.resized_px(99, 99, 100, 100).pixels(100, 100) == (10, 20, 100, 100)
    assert region.resized_px(-99, -99, 100, 100).pixels(100, 100) == (10, 20, 11, 21)


@given(regions(), SIDE, SIDE)
def test_what_does_not_move_or_grow_stays_as_it_was_to_the_millionth(region: Region, width: int, height: int) -> None:
    assert region.moved_px(0, 0, width, height) == region
    assert region.resized_px(0, 0, width, height) == region


@given(drawn(), st.integers(-200_000, 200_000), st.integers(-200_000, 200_000))
def test_wherever_a_region_is_moved_its_pixels_stay_as_many(
    case: tuple[int, int, int, int, int, int], dx: int, dy: int
) -> None:
    left, top, right, bottom, width, height = case
    moved = Region.from_pixels(*case).moved_px(dx, dy, width, height).pixels(width, height)
    assert (moved[2] - moved[0], moved[3] - moved[1]) == (right - left, bottom - top)


def test_overlap_is_the_shared_part_of_both() -> None:
    one = Region(0, 0, 200, 100)
    assert one.intersection_over_union(Region(100, 0, 200, 100)) == pytest.approx(1 / 3)
    assert one.intersection_over_union(Region(0, 0, 100, 50)) == pytest.approx(1 / 4)
    assert one.intersection_over_union(one) == 1
    assert one.intersection_over_union(Region(200, 0, 10, 10)) == 0
    assert one.intersection_over_union(Region(300, 300, 10, 10)) == 0


@given(regions(), regions())
def test_overlap_is_the_same_from_both_sides(one: Region, other: Region) -> None:
    assert one.intersection_over_union(other) == other.intersection_over_union(one)
    assert 0 <= one.intersection_over_union(other) <= 1
