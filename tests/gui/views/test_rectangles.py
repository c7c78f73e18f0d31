"""Rectangles over a picture: they keep to its pixels, and handles and directions turn with the view."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QRectF, QSize

from core.regions import Region
from gui.views.placement import Placement
from gui.views.rectangles import (
    HANDLES,
    Edges,
    frame,
    handle_at,
    handle_points,
    middle_third,
    pulled,
    pulled_region,
    spanned,
    unturned,
)

SIZE = QSize(300, 200)
NUMBER = st.floats(-500, 800)


@given(NUMBER, NUMBER, NUMBER, NUMBER)
def test_two_points_span_pixels_of_the_picture_or_nothing(x: float, y: float, u: float, v: float) -> None:
    edges = spanned(QPointF(x, y), QPointF(u, v), SIZE)
    assert edges == spanned(QPointF(u, v), QPointF(x, y), SIZE)
    if edges is None:
        assert max(x, u) < 0 or min(x, u) > 300 or max(y, v) < 0 or min(y, v) > 200
    else:
        assert 0 <= edges.left < edges.right <= 300
        assert 0 <= edges.top < edges.bottom <= 200


def test_the_nearest_pixel_edges_are_taken() -> None:
    assert spanned(QPointF(10.4, 20.6), QPointF(15.6, 30.4), SIZE) == (10, 21, 16, 30)


def test_within_one_pixel_that_pixel_is_taken() -> None:
    assert spanned(QPointF(10.6, 199.8), QPointF(10.9, 199.9), SIZE) == (10, 199, 11, 200)
    assert spanned(QPointF(300, 200), QPointF(400, 400), SIZE) == (299, 199, 300, 200)


def test_nothing_is_spanned_where_there_is_no_picture() -> None:
    assert spanned(QPointF(0, 0), QPointF(5, 5), QSize()) is None
    assert middle_third(QRectF(), QSize()) is None


@given(st.sampled_from(HANDLES), st.integers(-999, 999), st.integers(-999, 999))
def test_a_handle_pulls_its_own_sides_and_no_other(sides: tuple[int, int], dx: int, dy: int) -> None:
    before = Edges(50, 60, 100, 90)
    after = pulled(before, sides, dx, dy, SIZE)
    assert 0 <= after.left < after.right <= 300
    assert 0 <= after.top < after.bottom <= 200
    assert sides[0] < 0 or after.left == before.left
    assert sides[0] > 0 or after.right == before.right
    assert sides[1] < 0 or after.top == before.top
    assert sides[1] > 0 or after.bottom == before.bottom


def test_sides_follow_the_pull() -> None:
    assert pulled(Edges(50, 60, 100, 90), (-1, 1), 10, 5, SIZE) == (60, 60, 100, 95)
    assert pulled(Edges(50, 60, 100, 90), (1, -1), 10, 5, SIZE) == (50, 65, 110, 90)


def test_a_region_that_is_not_pulled_stays_as_it_was_to_the_millionth() -> None:
    region = Region(123_457, 234_561, 100_001, 200_003)
    assert pulled_region(region, (1, 1), 0, 0, SIZE) is region


@pytest.mark.parametrize("quarters", range(4))
@pytest.mark.parametrize("way", [(1, 0), (0, 1), (-1, 0), (0, -1)])
def test_a_direction_on_a_turned_view_is_found_in_its_picture(quarters: int, way: tuple[int, int]) -> None:
    transform = Placement(SIZE, QSize(800, 600), quarters=quarters).transform()
    seen = transform.map(QPointF(*unturned(*way, quarters))) - transform.map(QPointF(0, 0))
    assert (seen.x(), seen.y()) == pytest.approx(way)


def test_the_middle_third_of_what_is_seen() -> None:
    assert middle_third(QRectF(30, 60, 90, 30), SIZE) == (60, 70, 90, 80)
    assert middle_third(QRectF(10.1, 10.1, 0.3, 0.3), SIZE) == (10, 10, 11, 11)


@given(st.floats(0.1, 400), st.floats(0.1, 400))
def test_between_its_handles_a_region_can_be_taken(width: float, height: float) -> None:
    rect = QRectF(100, 100, width, height)
    assert handle_at(rect, rect.center()) is None
    assert all(handle_at(rect, point) == sides for sides, point in handle_points(rect).items())
    assert frame(rect).contains(rect)
    assert frame(rect).center() == rect.center()
