"""How a picture lies: what is under the pointer stays there, and no gap opens beside a picture that fills."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF

from gui.views.placement import LARGEST_SCALE, Placement

SIDES = st.integers(1, 12_000)
PLACEMENTS = st.builds(
    lambda width, height, ratio, quarters: Placement(QSize(width, height), QSize(800, 600), ratio, quarters),
    SIDES,
    SIDES,
    st.sampled_from([1.0, 1.5, 2.0]),
    st.integers(0, 3),
)


@given(PLACEMENTS)
def test_fitted_a_picture_is_whole_and_never_enlarged(placement: Placement) -> None:
    shown = placement.transform().mapRect(QRectF(QPointF(0, 0), QSizeF(placement.size)))
    assert QRectF(-1, -1, 802, 602).contains(shown)
    assert placement.scale <= 1


@given(PLACEMENTS, st.floats(0.01, 64), st.floats(0, 800), st.floats(0, 600))
def test_zoom_and_drag_leave_no_gap_where_the_picture_is_larger(
    placement: Placement, scale: float, x: float, y: float
) -> None:
    placement.zoom(scale, QPointF(x, y))
    placement.drag(QPointF(x * 10 - 4000, y * 10 - 3000))
    assert placement.scale <= LARGEST_SCALE
    points = [
        placement.transform().map(QPointF(px, py))
        for px in (0, placement.size.width())
        for py in (0, placement.size.height())
    ]
    for low, high, room in (
        (min(p.x() for p in points), max(p.x() for p in points), 800),
        (min(p.y() for p in points), max(p.y() for p in points), 600),
    ):
        if high - low >= room:
            assert low <= 0.5
            assert high >= room - 0.5
        else:
            assert (low + high) / 2 == pytest.approx(room / 2, abs=0.5)


@pytest.mark.parametrize("quarters", range(4))
def test_what_is_under_the_pointer_stays_there(quarters: int) -> None:
    placement = Placement(QSize(4000, 3000), QSize(800, 600), quarters=quarters)
    placement.zoom(1.0)
    pointer = QPointF(200, 500)
    held = placement.transform().inverted()[0].map(pointer)
    placement.zoom(3.0, pointer)
    found = placement.transform().map(held)
    assert (found.x(), found.y()) == pytest.approx((pointer.x(), pointer.y()), abs=0.01)


def test_a_quarter_turn_is_clockwise() -> None:
    placement = Placement(QSize(400, 200), QSize(800, 600))
    placement.turn(1)
    top_left = placement.transform().map(QPointF(0, 0))
    assert (top_left.x(), top_left.y()) == (500, 100)


def test_dragging_a_fitted_picture_moves_nothing() -> None:
    placement = Placement(QSize(400, 200), QSize(800, 600))
    before = placement.transform()
    placement.drag(QPointF(50, 50))
    assert placement.transform() == before
