"""Regions in the viewer: drawn, selected, moved and resized by real gestures, however the view is turned."""

from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFocusEvent, QImage, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from core.regions import Region
from gui.runner import Runner
from gui.style import LIGHT, Appearance
from gui.views.marks import Mark
from gui.views.rectangles import handle_points
from gui.views.viewer import Viewer

Key = Qt.Key
LEFT = Qt.MouseButton.LeftButton
CONTROL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
WIDTH, HEIGHT = 1200, 800
TANK, RIFLE = (100, 100, 700, 500), (560, 360, 640, 440)


def region(left: int, top: int, right: int, bottom: int) -> Region:
    return Region.from_pixels(left, top, right, bottom, WIDTH, HEIGHT)


def pixels(one: Region) -> tuple[int, int, int, int]:
    return one.pixels(WIDTH, HEIGHT)


def plain(_archive: Any, _image_id: int) -> QImage:
    image = QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB32)
    image.fill(QColor("#C02020"))
    return image


class Told:
    """What the layer told, in order."""

    def __init__(self, viewer: Viewer) -> None:
        self.all: list[tuple[Any, ...]] = []
        layer = viewer.regions
        layer.region_drawn.connect(lambda one: self.all.append(("drawn", pixels(one))))
        layer.region_changed.connect(lambda mark_id, one: self.all.append(("changed", mark_id, pixels(one))))
        layer.region_selected.connect(lambda mark_id: self.all.append(("selected", mark_id)))
        layer.region_delete_requested.connect(lambda mark_id: self.all.append(("delete", mark_id)))
        layer.region_duplicate_requested.connect(lambda mark_id: self.all.append(("duplicate", mark_id)))
        viewer.step_requested.connect(lambda step: self.all.append(("step", step)))
        viewer.close_requested.connect(lambda: self.all.append(("close",)))

    def since(self) -> list[tuple[Any, ...]]:
        """What was told since this was last asked."""
        told, self.all = self.all, []
        return told


@pytest.fixture
def viewer(reader: Runner, appearance: Appearance, qtbot) -> Viewer:
    made = Viewer(reader, plain)
    made.regions.editable = True
    qtbot.addWidget(made)
    made.resize(800, 600)
    made.show()
    with qtbot.waitSignal(made.loaded):
        made.show_image(1, "one.jpg")
    made.regions.set_marks([Mark(7, region(*TANK), "Tank"), Mark(3, region(*RIFLE), "Rifle")])
    return made


@pytest.fixture
def told(viewer: Viewer) -> Told:
    return Told(viewer)


@pytest.fixture(params=[0, 1, 2, 3], ids=lambda quarters: f"{90 * quarters}°")
def turned(request: pytest.FixtureRequest, viewer: Viewer) -> Viewer:
    viewer.turn(request.param)
    return viewer


def on_screen(viewer: Viewer, x: float, y: float) -> QPoint:
    """Where a pixel corner of the picture lies in the widget."""
    return viewer.placement.transform().map(QPointF(x, y)).toPoint()


def drag(viewer: Viewer, start: QPoint, end: QPoint, modifiers: Qt.KeyboardModifier = CONTROL) -> None:
    QTest.mousePress(viewer, LEFT, modifiers, start)
    QTest.mouseMove(viewer, (start + end) / 2)
    QTest.mouseMove(viewer, end)
    QTest.mouseRelease(viewer, LEFT, modifiers, end)


NONE = Qt.KeyboardModifier.NoModifier


@pytest.mark.parametrize("scale", [0.5, 1.0, 2.0, 8.0])
@pytest.mark.parametrize("corners", [(0, 2), (1, 3), (2, 0), (3, 1)])
def test_a_drawn_rectangle_selects_exactly_those_pixels(
    turned: Viewer, told: Told, scale: float, corners: tuple[int, int]
) -> None:
    turned.zoom(scale)
    left, top, right, bottom = wanted = (588, 388, 604, 408)
    at = [on_screen(turned, x, y) for x, y in ((left, top), (right, top), (right, bottom), (left, bottom))]
    assert all(turned.rect().contains(point) for point in at)
    drag(turned, at[corners[0]], at[corners[1]])
    assert told.since() == [("drawn", wanted)]


def test_at_full_size_a_pixel_more_on_screen_is_a_pixel_more(turned: Viewer, told: Told) -> None:
    turned.zoom(1.0)
    drag(turned, on_screen(turned, 501, 301), on_screen(turned, 504, 307))
    assert told.since() == [("drawn", (501, 301, 504, 307))]


def test_r_lets_the_next_drag_draw(turned: Viewer, told: Told) -> None:
    turned.zoom(1.0)
    QTest.keyClick(turned, Key.Key_R)
    assert turned.cursor().shape() == Qt.CursorShape.CrossCursor
    drag(turned, on_screen(turned, 300, 200), on_screen(turned, 600, 400), NONE)
    assert told.since() == [("drawn", (300, 200, 600, 400))]
    assert turned.cursor().shape() != Qt.CursorShape.CrossCursor
    drag(turned, on_screen(turned, 300, 200), on_screen(turned, 600, 400), NONE)
    assert told.since() == []


def test_drawing_ends_at_the_edge_of_the_picture(turned: Viewer, told: Told) -> None:
    drag(turned, on_screen(turned, 1050, 600), on_screen(turned, 1500, 1200))
    assert told.since() == [("drawn", (1050, 600, 1200, 800))]


def test_escape_gives_up_what_is_begun_before_it_closes(viewer: Viewer, told: Told) -> None:
    viewer.regions.select(7)
    QTest.keyClick(viewer, Key.Key_R)
    QTest.mousePress(viewer, LEFT, NONE, QPoint(100, 200))
    QTest.mouseMove(viewer, QPoint(300, 300))
    QTest.keyClick(viewer, Key.Key_Escape)
    QTest.mouseRelease(viewer, LEFT, NONE, QPoint(300, 300))
    assert told.since() == [("selected", 7)]
    for _ in range(3):
        QTest.keyClick(viewer, Key.Key_Escape)
    assert told.since() == [("selected", None), ("close",)]


def test_escape_in_a_drag_puts_the_region_back(viewer: Viewer, told: Told) -> None:
    viewer.regions.select(7)
    QTest.mousePress(viewer, LEFT, NONE, on_screen(viewer, 300, 300))
    QTest.mouseMove(viewer, on_screen(viewer, 450, 300))
    assert pixels(viewer.regions.marks.held) == (250, 100, 850, 500)
    QTest.keyClick(viewer, Key.Key_Escape)
    QTest.mouseRelease(viewer, LEFT, NONE, on_screen(viewer, 450, 300))
    assert pixels(viewer.regions.marks.held) == TANK
    assert told.since() == [("selected", 7)]


def test_a_click_selects_the_smallest_region_under_it_or_none(turned: Viewer, told: Told) -> None:
    for at in ((600, 400), (200, 200), (1000, 700)):
        QTest.mouseClick(turned, LEFT, pos=on_screen(turned, *at))
    assert told.since() == [("selected", 3), ("selected", 7), ("selected", None)]


def test_a_shaky_click_draws_nothing(viewer: Viewer, told: Told) -> None:
    at = on_screen(viewer, 600, 400)
    drag(viewer, at, at + QPoint(2, -2))
    assert told.since() == [("selected", 3)]


def test_a_drag_beside_what_is_selected_moves_the_picture(viewer: Viewer, told: Told) -> None:
    viewer.zoom(1.0)
    before = viewer.placement.middle
    drag(viewer, QPoint(400, 300), QPoint(350, 300), NONE)
    assert viewer.placement.middle.x() == before.x() + 50
    assert told.since() == []


def test_a_drag_inside_the_selected_region_moves_it_once(turned: Viewer, told: Told) -> None:
    turned.zoom(1.0)
    QTest.mouseClick(turned, LEFT, pos=on_screen(turned, 600, 400))
    drag(turned, on_screen(turned, 600, 400), on_screen(turned, 573, 411), NONE)
    assert told.since() == [("selected", 3), ("changed", 3, (533, 371, 613, 451))]


@pytest.mark.parametrize("handle", range(8))
def test_each_handle_moves_its_own_sides(turned: Viewer, told: Told, handle: int) -> None:
    turned.zoom(1.0)
    turned.regions.select(3)
    before = turned.placement.transform().mapRect(QRectF(560, 360, 80, 80))
    sides, point = list(handle_points(before).items())[handle]
    drag(turned, point.toPoint(), point.toPoint() + QPoint(7, 5), NONE)
    told.since()
    after = turned.placement.transform().mapRect(_rect(turned.regions.marks.held))
    assert after.left() == pytest.approx(before.left() + (7 if sides[0] < 0 else 0))
    assert after.right() == pytest.approx(before.right() + (7 if sides[0] > 0 else 0))
    assert after.top() == pytest.approx(before.top() + (5 if sides[1] < 0 else 0))
    assert after.bottom() == pytest.approx(before.bottom() + (5 if sides[1] > 0 else 0))


def _rect(one: Region) -> QRectF:
    left, top, right, bottom = pixels(one)
    return QRectF(left, top, right - left, bottom - top)


@pytest.mark.parametrize(
    ("key", "way"),
    [(Key.Key_Left, (-1, 0)), (Key.Key_Right, (1, 0)), (Key.Key_Up, (0, -1)), (Key.Key_Down, (0, 1))],
)
def test_arrows_nudge_as_seen_and_tell_once_the_key_goes_up(
    turned: Viewer, told: Told, qtbot, key: Qt.Key, way: tuple[int, int]
) -> None:
    turned.regions.select(3)
    told.since()
    before = turned.placement.transform().mapRect(_rect(region(*RIFLE))).center()
    for _ in range(3):
        QTest.keyPress(turned, key)
    QTest.keyPress(turned, key, SHIFT)
    assert told.since() == []
    with qtbot.waitSignal(turned.regions.region_changed):
        QTest.keyRelease(turned, key)
    (one,) = told.since()
    assert one[:2] == ("changed", 3)
    left, top, right, bottom = one[2]
    after = turned.placement.transform().mapRect(QRectF(left, top, right - left, bottom - top)).center()
    moved = (after - before) / turned.placement.scale
    assert (moved.x(), moved.y()) == pytest.approx((13 * way[0], 13 * way[1]))
    assert (right - left, bottom - top) == (80, 80)


@pytest.mark.parametrize(
    ("key", "grown"),
    [(Key.Key_Left, (-1, 0)), (Key.Key_Right, (1, 0)), (Key.Key_Up, (0, -1)), (Key.Key_Down, (0, 1))],
)
@pytest.mark.parametrize("modifier", [ALT, CONTROL])
def test_alt_or_ctrl_and_arrows_resize_from_the_lower_right_as_seen(
    turned: Viewer, told: Told, key: Qt.Key, grown: tuple[int, int], modifier: Qt.KeyboardModifier
) -> None:
    turned.regions.select(3)
    told.since()
    before = turned.placement.transform().mapRect(_rect(region(*RIFLE)))
    QTest.keyPress(turned, key, modifier)
    QTest.keyClick(turned, key, modifier | SHIFT)
    turned.regions.leave()
    (one,) = told.since()
    after = turned.placement.transform().mapRect(_rect(region(*one[2])))
    scale = turned.placement.scale
    assert (after.left(), after.top()) == pytest.approx((before.left(), before.top()))
    assert ((after.width() - before.width()) / scale, (after.height() - before.height()) / scale) == pytest.approx(
        (11 * grown[0], 11 * grown[1])
    )


def test_an_arrow_that_repeats_itself_tells_once(viewer: Viewer, told: Told, qapp: QApplication, qtbot) -> None:
    viewer.regions.select(3)
    QTest.keyPress(viewer, Key.Key_Right)
    for kind in (QEvent.Type.KeyRelease, QEvent.Type.KeyPress) * 5:
        qapp.sendEvent(viewer, QKeyEvent(kind, Key.Key_Right, NONE))
    with qtbot.waitSignal(viewer.regions.region_changed):
        QTest.keyRelease(viewer, Key.Key_Right)
    assert told.since() == [("selected", 3), ("changed", 3, (566, 360, 646, 440))]


@pytest.mark.parametrize("act", ["key", "press", "focus", "select"])
def test_another_action_tells_what_was_nudged(viewer: Viewer, told: Told, act: str) -> None:
    viewer.regions.select(3)
    told.since()
    QTest.keyPress(viewer, Key.Key_Right)
    acts = {
        "key": lambda: QTest.keyClick(viewer, Key.Key_PageDown),
        "press": lambda: QTest.mousePress(viewer, LEFT, NONE, QPoint(5, 5)),
        "focus": lambda: viewer.focusOutEvent(QFocusEvent(QEvent.Type.FocusOut)),
        "select": lambda: viewer.regions.select(7),
    }
    acts[act]()
    assert told.since()[0] == ("changed", 3, (561, 360, 641, 440))


def test_another_image_takes_the_regions_of_the_one_before(viewer: Viewer, told: Told) -> None:
    viewer.regions.select(3)
    QTest.keyPress(viewer, Key.Key_Right)
    told.since()
    viewer.show_image(2)
    assert told.since() == [("changed", 3, (561, 360, 641, 440)), ("selected", None)]
    assert not list(viewer.regions.marks)


def test_full_stop_and_comma_go_through_the_regions_and_none(viewer: Viewer, told: Told) -> None:
    QTest.keyClicks(viewer, "..., ,".replace(" ", ""))
    assert told.since() == [("selected", mark_id) for mark_id in (7, 3, None, 3, 7)]


def test_a_region_that_keys_select_comes_into_view(viewer: Viewer) -> None:
    viewer.zoom(8.0)
    viewer.regions.set_marks([Mark(1, region(0, 0, 20, 20))])
    QTest.keyClick(viewer, Key.Key_Period)
    seen = viewer.placement.transform().mapRect(QRectF(0, 0, 20, 20))
    assert QRectF(viewer.rect()).contains(seen.center())


def test_arrows_go_to_another_image_while_nothing_is_selected(viewer: Viewer, told: Told) -> None:
    QTest.keyClick(viewer, Key.Key_Right)
    QTest.keyClick(viewer, Key.Key_Left)
    assert told.since() == [("step", 1), ("step", -1)]


def test_keys_alone_draw_a_region(turned: Viewer, told: Told) -> None:
    QTest.keyClick(turned, Key.Key_R)
    QTest.keyClick(turned, Key.Key_Return)
    begun = pixels(turned.regions.marks.held)
    assert begun == pytest.approx((400, 267, 800, 533), abs=1)
    turned.turn(-turned.placement.quarters)
    QTest.keyClick(turned, Key.Key_Right, SHIFT)
    QTest.keyClick(turned, Key.Key_Up, ALT)
    assert told.since() == []
    QTest.keyClick(turned, Key.Key_Return)
    left, top, right, bottom = begun
    assert told.since() == [("drawn", (left + 10, top, right + 10, bottom - 1))]


def test_space_begins_a_region_and_escape_gives_it_up(viewer: Viewer, told: Told) -> None:
    QTest.keyClick(viewer, Key.Key_R)
    QTest.keyClick(viewer, Key.Key_Space)
    assert viewer.regions.marks.draft is not None
    QTest.keyClick(viewer, Key.Key_Escape)
    assert viewer.regions.marks.draft is None
    QTest.keyClick(viewer, Key.Key_Return)
    assert told.since() == []


def test_a_region_begun_by_keys_can_be_dragged_before_it_is_confirmed(viewer: Viewer, told: Told) -> None:
    QTest.keyClick(viewer, Key.Key_R)
    QTest.keyClick(viewer, Key.Key_Space)
    left, top, right, bottom = pixels(viewer.regions.marks.draft)
    drag(viewer, on_screen(viewer, 600, 400), on_screen(viewer, 630, 430), NONE)
    assert told.since() == []
    QTest.keyClick(viewer, Key.Key_Space)
    assert told.since() == [("drawn", (left + 30, top + 30, right + 30, bottom + 30))]


def test_delete_and_shift_d_ask_about_the_selected_region(viewer: Viewer, told: Told) -> None:
    QTest.keyClick(viewer, Key.Key_Delete)
    QTest.keyClick(viewer, Key.Key_D, SHIFT)
    assert told.since() == []
    viewer.regions.select(3)
    QTest.keyClick(viewer, Key.Key_Delete)
    QTest.keyClick(viewer, Key.Key_D, SHIFT)
    assert told.since() == [("selected", 3), ("delete", 3), ("duplicate", 3)]
    assert len(list(viewer.regions.marks)) == 2


def test_where_nothing_may_be_changed_regions_can_still_be_selected(viewer: Viewer, told: Told) -> None:
    viewer.regions.editable = False
    drag(viewer, QPoint(300, 250), QPoint(400, 350))
    QTest.keyClick(viewer, Key.Key_R)
    QTest.keyClick(viewer, Key.Key_Return)
    QTest.mouseClick(viewer, LEFT, pos=on_screen(viewer, 600, 400))
    drag(viewer, on_screen(viewer, 600, 400), on_screen(viewer, 700, 400), NONE)
    QTest.keyClick(viewer, Key.Key_Delete)
    QTest.keyClick(viewer, Key.Key_Right)
    assert told.since() == [("selected", 3), ("step", 1)]


def test_the_line_round_a_region_lies_on_its_pixels(turned: Viewer) -> None:
    turned.zoom(1.0)
    turned.regions.set_marks([Mark(1, region(560, 360, 640, 440))])
    corner = turned.placement.transform().mapRect(QRectF(560, 360, 80, 80)).toRect()
    picture = turned.grab().toImage()
    seen = [picture.pixelColor(corner.topLeft() + QPoint(i, i)).name() for i in (-1, 0, 1, 2)]
    assert seen == ["#c02020", "#101010", "#f4f4f4", "#c02020"]
    assert picture.pixelColor(corner.bottomRight()).name() == "#101010"
    turned.regions.select(1)
    middle = QRect(corner).center()
    assert turned.grab().toImage().pixelColor(corner.left(), middle.y() + 12).name().upper() == LIGHT.accent


def test_the_words_of_the_selected_region_stay_in_the_view(viewer: Viewer, qapp: QApplication) -> None:
    viewer.zoom(8.0)
    viewer.regions.set_marks([Mark(1, region(0, 0, 1200, 800), "Tank")])
    before = viewer.grab().toImage()
    viewer.regions.select(1)
    after = viewer.grab().toImage()
    changed = {(x, y) for x in range(0, 800, 4) for y in range(0, 600, 4) if before.pixel(x, y) != after.pixel(x, y)}
    assert changed
    assert all(y < 60 for _, y in changed)


def test_marks_that_come_anew_take_the_place_of_what_was_told(viewer: Viewer, told: Told) -> None:
    drag(viewer, on_screen(viewer, 900, 600), on_screen(viewer, 1050, 700))
    assert viewer.regions.marks.told == region(900, 600, 1050, 700)
    viewer.regions.set_marks([Mark(7, region(*TANK))])
    assert viewer.regions.marks.told is None


def test_a_selected_region_that_is_gone_is_selected_no_more(viewer: Viewer, told: Told) -> None:
    viewer.regions.select(3)
    viewer.regions.set_marks([Mark(7, region(*TANK))])
    assert told.since() == [("selected", 3), ("selected", None)]
