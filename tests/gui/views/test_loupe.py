"""The loupe: by touch or held, by pointer or keys alone, it shows the picture's own pixels however the view lies."""

from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QFocusEvent, QImage, QKeyEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from core.adjusting import Adjustments
from core.regions import Region
from gui.runner import Runner
from gui.style import Appearance
from gui.views.marks import Mark
from gui.views.viewer import Viewer

Key = Qt.Key
NONE = Qt.KeyboardModifier.NoModifier


def corners(_archive: Any, _image_id: int) -> QImage:
    """Grey, with a block of 20 by 20 pixels in four colours round the point (2000, 1000)."""
    image = QImage(4000, 3000, QImage.Format.Format_RGB32)
    image.fill(QColor("#808080"))
    for x in range(20):
        for y in range(20):
            colour = ("#FF0000", "#00FF00", "#0000FF", "#FFFF00")[(x >= 10) + 2 * (y >= 10)]
            image.setPixelColor(1990 + x, 990 + y, QColor(colour))
    return image


@pytest.fixture
def viewer(reader: Runner, appearance: Appearance, qtbot) -> Viewer:
    made = Viewer(reader, corners)
    qtbot.addWidget(made)
    made.resize(800, 600)
    made.show()
    with qtbot.waitSignal(made.loaded):
        made.show_image(1)
    return made


def over(viewer: Viewer, x: float = 2000, y: float = 1000) -> QPoint:
    return viewer.placement.transform().map(QPointF(x, y)).toPoint()


def move(viewer: Viewer, at: QPoint) -> None:
    """Move the pointer from somewhere else: where it already is, nothing would be told."""
    QTest.mouseMove(viewer, at + QPoint(40, 40))
    QTest.mouseMove(viewer, at)


def around(viewer: Viewer, at: QPoint, far: int = 12) -> list[str]:
    """The colours at the left above, right above, left below and right below of a point on screen."""
    image = viewer.grab().toImage()
    return [image.pixelColor(at + QPoint(x, y)).name() for y in (-far, far) for x in (-far, far)]


RED, GREEN, BLUE, YELLOW = "#ff0000", "#00ff00", "#0000ff", "#ffff00"


@pytest.mark.parametrize(
    ("quarters", "seen"),
    [
        (0, [RED, GREEN, BLUE, YELLOW]),
        (1, [BLUE, RED, YELLOW, GREEN]),
        (2, [YELLOW, BLUE, GREEN, RED]),
        (3, [GREEN, YELLOW, RED, BLUE]),
    ],
)
def test_under_the_pointer_the_lens_shows_the_pixels_themselves(
    viewer: Viewer, qtbot, quarters: int, seen: list[str]
) -> None:
    viewer.turn(quarters)
    viewer.placement.zoom(0.2)
    touch(viewer, qtbot)
    move(viewer, over(viewer))
    assert around(viewer, over(viewer), 12) == seen
    QTest.keyClick(viewer, Key.Key_Plus)
    assert around(viewer, over(viewer), 30) == seen
    touch(viewer, qtbot)
    assert around(viewer, over(viewer), 30) == ["#808080"] * 4


def test_keys_alone_bring_the_lens_to_the_selected_region(viewer: Viewer) -> None:
    viewer.regions.set_marks([Mark(1, Region.from_pixels(1900, 900, 2100, 1100, 4000, 3000))])
    QTest.keyClick(viewer, Key.Key_L)
    move(viewer, QPoint(700, 500))
    QTest.keyClick(viewer, Key.Key_Period)
    assert around(viewer, over(viewer)) == [RED, GREEN, BLUE, YELLOW]


def test_with_nothing_selected_the_lens_is_in_the_middle(viewer: Viewer) -> None:
    viewer.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, False)
    QTest.keyClick(viewer, Key.Key_L)
    assert viewer.loupe.at == viewer.rect().toRectF().center()


def test_the_lens_appears_where_the_pointer_rests(viewer: Viewer) -> None:
    viewer.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, True)
    move(viewer, over(viewer))
    QTest.keyClick(viewer, Key.Key_L)
    assert around(viewer, over(viewer)) == [RED, GREEN, BLUE, YELLOW]


def test_the_power_goes_by_keys_and_wheel_between_two_and_eight(viewer: Viewer, qapp: QApplication, qtbot) -> None:
    touch(viewer, qtbot)
    scale, powers = viewer.placement.scale, [viewer.loupe.power]
    for key in (Key.Key_Plus, Key.Key_Plus, Key.Key_Plus, Key.Key_Minus):
        QTest.keyClick(viewer, key)
        powers.append(viewer.loupe.power)
    for turn in (-120, -120, 120):
        qapp.sendEvent(viewer, wheel(viewer, turn))
        powers.append(viewer.loupe.power)
    assert powers == [2, 4, 8, 8, 4, 2, 2, 4]
    assert viewer.placement.scale == scale
    touch(viewer, qtbot)
    qapp.sendEvent(viewer, wheel(viewer, 120))
    assert viewer.placement.scale > scale


def wheel(viewer: Viewer, turn: int) -> QWheelEvent:
    at = QPointF(400, 300)
    return QWheelEvent(
        at, viewer.mapToGlobal(at), QPoint(), QPoint(0, turn), Qt.MouseButton.NoButton, NONE,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip


def test_the_lens_always_magnifies_more_than_the_view(viewer: Viewer) -> None:
    viewer.zoom(10.0)
    QTest.keyClick(viewer, Key.Key_L)
    assert viewer.loupe.power == 20


@pytest.mark.parametrize("known", [True, False], ids=["known as one", "taken for another"])
def test_held_the_lens_goes_when_the_key_is_let_go(viewer: Viewer, qapp: QApplication, qtbot, known: bool) -> None:
    QTest.keyPress(viewer, Key.Key_L)
    for kind in (QEvent.Type.KeyRelease, QEvent.Type.KeyPress) * 3:
        qapp.sendEvent(viewer, QKeyEvent(kind, Key.Key_L, NONE, "l", known))
        assert viewer.loupe.on
    QTest.keyRelease(viewer, Key.Key_L)
    qtbot.waitUntil(lambda: not viewer.loupe.on)


def test_a_touch_of_the_key_leaves_the_lens_until_the_next(viewer: Viewer, qtbot) -> None:
    touch(viewer, qtbot)
    assert viewer.loupe.on
    touch(viewer, qtbot)
    assert not viewer.loupe.on


def touch(viewer: Viewer, qtbot) -> None:
    """Press L, and wait until it is known that it was let go."""
    with qtbot.waitSignal(viewer.loupe._key.let_go):
        QTest.keyClick(viewer, Key.Key_L)


def test_a_held_lens_goes_with_the_keys(viewer: Viewer, qapp: QApplication) -> None:
    QTest.keyPress(viewer, Key.Key_L)
    qapp.sendEvent(viewer, QKeyEvent(QEvent.Type.KeyPress, Key.Key_L, NONE, "l", True))
    qapp.sendEvent(viewer, QFocusEvent(QEvent.Type.FocusOut))
    assert not viewer.loupe.on


def test_escape_takes_the_lens_away_before_it_closes(viewer: Viewer) -> None:
    closed: list[bool] = []
    viewer.close_requested.connect(lambda: closed.append(True))
    QTest.keyClick(viewer, Key.Key_L)
    QTest.keyClick(viewer, Key.Key_Escape)
    assert (viewer.loupe.on, closed) == (False, [])
    QTest.keyClick(viewer, Key.Key_Escape)
    assert closed == [True]


def test_the_lens_shows_the_adjusted_picture(viewer: Viewer, qtbot) -> None:
    viewer.adjusting.adjust(Adjustments(invert=True))
    QTest.keyClick(viewer, Key.Key_L)
    move(viewer, over(viewer))
    assert around(viewer, over(viewer)) == ["#00ffff", "#ff00ff", "#ffff00", "#0000ff"]
    qtbot.waitUntil(lambda: not viewer._runner.busy)


def test_a_covered_picture_is_not_seen_through_the_lens(viewer: Viewer) -> None:
    QTest.keyClick(viewer, Key.Key_L)
    move(viewer, over(viewer))
    viewer.set_covered(True)
    covered = viewer.grab().toImage()
    assert not {RED, GREEN, BLUE, YELLOW} & {covered.pixelColor(x, y).name() for x in range(800) for y in range(600)}


def test_beside_the_picture_the_lens_shows_nothing_of_it(viewer: Viewer) -> None:
    viewer.zoom(0.05)
    QTest.keyClick(viewer, Key.Key_L)
    move(viewer, QPoint(20, 20))
    assert "#808080" not in around(viewer, QPoint(20, 20))
