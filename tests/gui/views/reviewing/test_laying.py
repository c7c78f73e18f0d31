"""Two pictures on each other and side by side: the same thing lies at the same place of both."""

import pytest
from PySide6.QtCore import QPointF, QRectF, QSize

from core.transforms import IDENTITY, Transform
from gui.views.reviewing.laying import Laying, PairPlacement

WHOLE, PART = QSize(1000, 800), QSize(200, 120)
# The part was cut from 300..700 and 200..440 of the whole, and made half as large.
CUT = Transform(0.4, 0, 0.3, 0, 0.3, 0.25)
MIRRORED = Transform(-1, 0, 1, 0, 1, 0)
ROOM = QRectF(0, 0, 1012, 500)


def near(one: QPointF, other: QPointF) -> bool:
    return (one - other).manhattanLength() < 1e-6


def test_a_crop_lies_on_the_place_it_was_cut_from() -> None:
    for laying, part in ((Laying.of(PART, WHOLE, CUT), 0), (Laying.of(WHOLE, PART, CUT.inverse()), 1)):
        assert (laying.part, laying.is_part) == (part, True)
        assert near(laying.to_whole(part).map(QPointF(0, 0)), QPointF(300, 200))
        assert near(laying.to_whole(part).map(QPointF(200, 120)), QPointF(700, 440))
        assert laying.frame().boundingRect() == QRectF(300, 200, 400, 240)
        assert laying.density(part) == pytest.approx(2)


def test_a_mirrored_copy_is_mirrored_back() -> None:
    laying = Laying.of(WHOLE, WHOLE, MIRRORED)
    assert not laying.is_part
    assert near(laying.to_whole(1).map(QPointF(100, 50)), QPointF(900, 50))


def test_without_a_transform_they_are_fitted_to_each_other() -> None:
    assert Laying.of(QSize(400, 320), WHOLE, None).transform == IDENTITY
    laying = Laying.of(QSize(100, 100), WHOLE, None)
    assert laying.frame().boundingRect() == QRectF(100, 0, 800, 800)


def test_side_by_side_both_are_fitted_into_their_halves() -> None:
    placement = PairPlacement(Laying.of(PART, WHOLE, CUT), ROOM)
    assert placement.matrix(0).mapRect(QRectF(0, 0, 200, 120)) == QRectF(0, 100, 500, 300)
    assert placement.matrix(1).mapRect(QRectF(0, 0, 1000, 800)) == QRectF(512, 50, 500, 400)


@pytest.mark.parametrize("at", [QPointF(300, 260), QPointF(790, 240)])
@pytest.mark.parametrize("beside", [True, False])
def test_what_lies_under_the_pointer_stays_there_while_zooming(at: QPointF, beside: bool) -> None:
    placement = PairPlacement(Laying.of(PART, WHOLE, CUT), ROOM, beside)
    side = (0 if at.x() < 506 else 1) if beside else 1
    placement.zoom(2, at, 1)
    held = placement.matrix(side).inverted()[0].map(at)
    placement.zoom(1.25, at, 1)
    assert near(placement.matrix(side).map(held), at)


def test_zoomed_side_by_side_the_same_thing_is_at_the_same_place_of_both() -> None:
    placement = PairPlacement(Laying.of(PART, WHOLE, CUT), ROOM)
    placement.zoom(1.5, QPointF(200, 200), 1)
    placement.drag(QPointF(13, -7), QPointF(800, 200))
    for x, y in ((0, 0), (130, 60), (200, 120)):
        on_part = placement.matrix(0).map(QPointF(x, y)) - placement.pane(0).topLeft()
        on_whole = placement.matrix(1).map(placement.laying.to_whole(0).map(QPointF(x, y)))
        assert near(on_part, on_whole - placement.pane(1).topLeft())


def test_copies_of_other_sizes_are_linked_by_relative_position_without_a_transform() -> None:
    laying = Laying.of(QSize(500, 400), WHOLE, None)
    placement = PairPlacement(laying, ROOM)
    placement.zoom(3, QPointF(100, 100), 1)
    one = placement.matrix(0).map(QPointF(125, 100)) - placement.pane(0).topLeft()
    other = placement.matrix(1).map(QPointF(250, 200)) - placement.pane(1).topLeft()
    assert near(one, other)


def test_zooming_out_ends_at_fitted_and_the_edges_do_not_come_in() -> None:
    placement = PairPlacement(Laying.of(WHOLE, WHOLE, None), ROOM)
    placement.zoom(2, QPointF(0, 50), 1)
    placement.drag(QPointF(5000, 5000), QPointF(1, 1))
    assert near(placement.matrix(0).map(QPointF(0, 0)), QPointF(0, 0))
    for _ in range(4):
        placement.zoom(1 / 1.25, QPointF(50, 50), 1)
    assert placement.scale is None


def test_one_hundred_percent_is_that_of_the_picture_with_more_pixels() -> None:
    assert PairPlacement(Laying.of(PART, WHOLE, CUT), ROOM).sharp_scale(2) == 0.5
    finer = PairPlacement(Laying.of(QSize(1600, 960), WHOLE, CUT), ROOM)
    assert finer.sharp_scale(1) == pytest.approx(4)
