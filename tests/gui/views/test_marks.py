"""Marks: which is selected, which lies under a point, and what was done to one until it is settled."""

import pytest
from PySide6.QtCore import QPointF, QSize

from core.regions import Region
from gui.views.marks import Mark, Marks

SIZE = QSize(100, 100)


def region(left: int, top: int, right: int, bottom: int) -> Region:
    return Region.from_pixels(left, top, right, bottom, 100, 100)


LARGE, SMALL = Mark(7, region(0, 0, 80, 80), "tank"), Mark(3, region(10, 10, 20, 20), "rifle")


@pytest.fixture
def marks() -> Marks:
    made = Marks()
    made.give([LARGE, SMALL])
    return made


def test_keys_go_round_through_the_marks_and_none(marks: Marks) -> None:
    seen = []
    for _ in range(4):
        marks.select(marks.neighbour(1))
        seen.append(marks.selected)
    assert seen == [7, 3, None, 7]
    marks.select(marks.neighbour(-1))
    assert marks.selected is None
    assert Marks().neighbour(1) is None


def test_the_smallest_of_those_under_a_point_is_found(marks: Marks) -> None:
    assert marks.at(QPointF(10, 10), SIZE) == 3
    assert marks.at(QPointF(20, 20), SIZE) == 7
    assert marks.at(QPointF(80, 40), SIZE) is None


def test_a_change_shows_at_once_and_is_told_once(marks: Marks) -> None:
    marks.select(3)
    marks.hold(region(11, 10, 21, 20))
    marks.hold(region(12, 10, 22, 20))
    assert list(marks) == [LARGE, Mark(3, region(12, 10, 22, 20), "rifle")]
    assert marks.settle() == (3, region(12, 10, 22, 20))
    assert marks.settle() is None
    assert marks.held == region(12, 10, 22, 20)


def test_what_comes_back_to_where_it_was_is_no_change(marks: Marks) -> None:
    marks.select(3)
    marks.hold(region(11, 10, 21, 20))
    marks.hold(SMALL.region)
    assert marks.settle() is None


def test_what_is_given_up_was_never_done(marks: Marks) -> None:
    marks.select(3)
    marks.hold(region(11, 10, 21, 20))
    marks.give_up()
    assert marks.settle() is None
    assert marks.chosen == SMALL


def test_marks_that_come_anew_leave_the_selected_one_and_its_change_alone(marks: Marks) -> None:
    marks.select(3)
    marks.hold(region(11, 10, 21, 20))
    marks.give([SMALL])
    assert marks.held == region(11, 10, 21, 20)
    marks.give([LARGE])
    assert marks.selected is None
    assert list(marks) == [LARGE]
    assert marks.settle() is None


def test_only_what_is_there_can_be_selected(marks: Marks) -> None:
    marks.select(99)
    assert marks.selected is None
    assert marks.held is None


def test_a_draft_goes_before_what_is_selected(marks: Marks) -> None:
    marks.select(3)
    marks.armed, marks.draft = True, region(40, 40, 50, 50)
    marks.hold(region(41, 40, 51, 50))
    assert marks.chosen == SMALL
    assert marks.confirm() == region(41, 40, 51, 50)
    assert (marks.armed, marks.draft, marks.told) == (False, None, region(41, 40, 51, 50))
    marks.give([LARGE, SMALL])
    assert marks.told is None
