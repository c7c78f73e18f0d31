"""Graphic pictures: covered beyond recognition, seen while B is held, and covered again whatever happens."""

from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QColor, QFocusEvent, QImage, QKeyEvent
from PySide6.QtTest import QTest

from core.regions import Region
from gui.models.covering import cover
from gui.runner import Runner
from gui.style import Appearance
from gui.views.marks import Mark
from gui.views.viewer import Viewer

Key = Qt.Key
WORDS = "Graphic picture: hold B to look"


def squares(_archive: Any = None, _image_id: int = 0, *, side: int = 100) -> QImage:
    """Black and white squares."""
    image = QImage(1200, 800, QImage.Format.Format_RGB32)
    image.fill(QColor("#FFFFFF"))
    for x in range(0, 1200, side):
        for y in range(0, 800, side):
            if (x + y) // side % 2:
                for dx in range(side):
                    for dy in range(side):
                        image.setPixel(x + dx, y + dy, 0xFF000000)
    return image


@pytest.fixture(scope="module")
def board() -> QImage:
    return squares()


@pytest.fixture
def viewer(reader: Runner, appearance: Appearance, qtbot, board: QImage) -> Viewer:
    made = Viewer(reader, lambda _archive, _image_id: board)
    made.regions.editable = True
    qtbot.addWidget(made)
    made.resize(800, 600)
    made.show()
    made.activateWindow()
    made.setFocus()
    qtbot.waitUntil(made.hasFocus)
    made.set_covered(True)
    with qtbot.waitSignal(made.loaded):
        made.show_image(1, "one.jpg")
    return made


def contrast(image: QImage) -> int:
    """How far the lightest and the darkest point of the picture, beside the words, are apart."""
    tones = [image.pixelColor(x, y).lightness() for x in range(20, 780, 20) for y in (*range(90, 260, 10), 420)]
    return max(tones) - min(tones)


def test_nothing_is_left_of_what_is_smaller_than_a_patch(qapp, board: QImage) -> None:
    covered = cover(board)
    assert (covered.width(), covered.height()) == (192, 128)
    tones = [covered.pixelColor(x, y).lightness() for x in range(192) for y in range(128)]
    assert max(tones) - min(tones) < 16


def test_the_colours_of_large_parts_stay(qapp) -> None:
    image = QImage(300, 600, QImage.Format.Format_RGB32)
    image.fill(QColor("#C02020"))
    assert cover(image).pixelColor(10, 10).name() == "#c02020"
    assert (cover(image).width(), cover(image).height()) == (96, 192)


def test_pictures_of_any_shape_can_be_covered(qapp) -> None:
    assert cover(QImage()).isNull()
    for width, height in ((1, 1), (1, 5000), (5000, 1)):
        image = QImage(width, height, QImage.Format.Format_RGB32)
        image.fill(QColor("#C02020"))
        assert not cover(image).isNull()


def test_a_graphic_picture_is_seen_only_while_b_is_held(viewer: Viewer, qtbot) -> None:
    assert contrast(viewer.grab().toImage()) < 32
    assert viewer.accessibleDescription() == f"one.jpg · {WORDS}"
    QTest.keyPress(viewer, Key.Key_B)
    assert contrast(viewer.grab().toImage()) > 200
    assert viewer.accessibleDescription() == "one.jpg"
    with qtbot.waitSignal(viewer.cover.changed):
        QTest.keyRelease(viewer, Key.Key_B)
    assert contrast(viewer.grab().toImage()) < 32


@pytest.mark.parametrize("known", [True, False], ids=["known as one", "taken for another"])
def test_a_key_that_repeats_itself_is_still_held(viewer: Viewer, qapp, qtbot, known: bool) -> None:
    changes: list[bool] = []
    QTest.keyPress(viewer, Key.Key_B)
    viewer.cover.changed.connect(lambda: changes.append(viewer.cover.closed))
    for kind in (QEvent.Type.KeyRelease, QEvent.Type.KeyPress) * 3:
        qapp.sendEvent(viewer, QKeyEvent(kind, Key.Key_B, Qt.KeyboardModifier.NoModifier, "b", known))
    with qtbot.waitSignal(viewer.cover.changed):
        QTest.keyRelease(viewer, Key.Key_B)
    assert changes == [True]


def test_the_picture_is_covered_when_the_keys_go_elsewhere(viewer: Viewer, qapp) -> None:
    QTest.keyPress(viewer, Key.Key_B)
    qapp.sendEvent(viewer, QFocusEvent(QEvent.Type.FocusOut, Qt.FocusReason.ActiveWindowFocusReason))
    assert viewer.cover.closed
    assert contrast(viewer.grab().toImage()) < 32


def test_the_next_picture_is_covered_even_while_b_is_held(viewer: Viewer, qapp, qtbot) -> None:
    QTest.keyPress(viewer, Key.Key_B)
    with qtbot.waitSignal(viewer.loaded):
        viewer.show_image(2, "two.jpg")
    qapp.sendEvent(viewer, QKeyEvent(QEvent.Type.KeyPress, Key.Key_B, Qt.KeyboardModifier.NoModifier, "b", True))
    assert viewer.cover.closed


@pytest.mark.parametrize("quarters", range(4))
def test_nothing_shows_beside_the_cover_when_the_view_is_turned_or_zoomed(viewer: Viewer, quarters: int) -> None:
    viewer.turn(quarters)
    viewer.zoom(4.0)
    image = viewer.grab().toImage()
    tones = [image.pixelColor(x, y).lightness() for x in range(0, 800, 10) for y in (*range(0, 270, 10), 599)]
    assert max(tones) - min(tones) < 32


def test_on_a_covered_picture_nothing_is_drawn_or_shown(viewer: Viewer) -> None:
    told: list[object] = []
    viewer.regions.region_drawn.connect(told.append)
    blank = viewer.grab().toImage()
    viewer.regions.set_marks([Mark(1, Region(100_000, 100_000, 300_000, 300_000))])
    assert viewer.grab().toImage() == blank
    QTest.keyClick(viewer, Key.Key_R)
    QTest.mousePress(viewer, Qt.MouseButton.LeftButton, pos=QPoint(100, 200))
    QTest.mouseMove(viewer, QPoint(300, 400))
    QTest.mouseRelease(viewer, Qt.MouseButton.LeftButton, pos=QPoint(300, 400))
    QTest.keyClick(viewer, Key.Key_A)
    assert viewer.adjusting.panel is None
    assert not told


def test_a_drag_ends_when_the_picture_is_covered(viewer: Viewer, qtbot) -> None:
    told: list[object] = []
    viewer.regions.region_drawn.connect(told.append)
    QTest.keyPress(viewer, Key.Key_B)
    control = Qt.KeyboardModifier.ControlModifier
    QTest.mousePress(viewer, Qt.MouseButton.LeftButton, control, QPoint(100, 200))
    QTest.mouseMove(viewer, QPoint(300, 400))
    with qtbot.waitSignal(viewer.cover.changed):
        QTest.keyRelease(viewer, Key.Key_B)
    QTest.mouseRelease(viewer, Qt.MouseButton.LeftButton, control, QPoint(300, 400))
    assert not told
    assert viewer.regions.marks.draft is None


def test_other_pictures_have_no_cover(viewer: Viewer, qtbot) -> None:
    viewer.set_covered(False)
    assert contrast(viewer.grab().toImage()) > 200
    QTest.keyClick(viewer, Key.Key_B)
    assert contrast(viewer.grab().toImage()) > 200
