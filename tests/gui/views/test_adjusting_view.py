"""The adjusted view: keys and panel, worked out elsewhere, kept from image to image, and never without its note."""

from typing import Any

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest

from core.adjusting import Adjustments
from gui.runner import Runner
from gui.style import LIGHT, Appearance
from gui.views.adjusted import adjusted
from gui.views.viewer import Viewer

Key = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier
COLOURS = {1: "#C02020", 2: "#2020C0"}


def plain(_archive: Any, image_id: int) -> QImage:
    image = QImage(3000, 1500, QImage.Format.Format_RGB32)
    image.fill(QColor(COLOURS[image_id]))
    return image


@pytest.fixture
def viewer(reader: Runner, appearance: Appearance, qtbot) -> Viewer:
    made = Viewer(reader, plain)
    qtbot.addWidget(made)
    made.resize(800, 600)
    made.show()
    made.setFocus()
    with qtbot.waitSignal(made.loaded):
        made.show_image(1, "one.jpg")
    return made


def shown(viewer: Viewer, x: int = 400, y: int = 300) -> str:
    return viewer.grab(QRect(x, y, 1, 1)).toImage().pixelColor(0, 0).name().upper()


def at_rest(qtbot, viewer: Viewer) -> None:
    """Wait until the best of what is in view has been worked out."""
    viewer.grab()
    qtbot.waitUntil(lambda: not viewer._runner.busy)


def test_adjustments_show_when_they_are_worked_out(viewer: Viewer, qtbot) -> None:
    assert shown(viewer) == "#C02020"
    viewer.adjusting.adjust(Adjustments(invert=True))
    at_rest(qtbot, viewer)
    assert shown(viewer) == "#3FDFDF"
    viewer.adjusting.adjust(Adjustments())
    assert shown(viewer) == "#C02020"


@pytest.mark.parametrize("quarters", range(4))
@pytest.mark.parametrize("scale", [None, 1.0, 8.0])
def test_adjusted_the_picture_lies_where_it_lay(viewer: Viewer, qtbot, quarters: int, scale: float | None) -> None:
    viewer.turn(quarters)
    viewer.zoom(scale)
    as_it_is = viewer.grab().toImage()
    viewer.adjusting.adjust(Adjustments(invert=True))
    at_rest(qtbot, viewer)
    inverted = viewer.grab().toImage()
    for x in range(1, 800, 37):
        for y in range(1, 560, 37):  # the note stands below
            inside = as_it_is.pixelColor(x, y).name().upper() == "#C02020"
            assert inverted.pixelColor(x, y).name().upper() == ("#3FDFDF" if inside else LIGHT.window)


def test_what_comes_into_view_is_adjusted_too(viewer: Viewer, qtbot) -> None:
    viewer.zoom(1.0)
    viewer.adjusting.adjust(Adjustments(channel="red"))
    at_rest(qtbot, viewer)
    viewer.placement.drag(viewer.rect().bottomRight().toPointF() * 4)
    assert shown(viewer) == "#C0C0C0"
    at_rest(qtbot, viewer)
    assert shown(viewer) == "#C0C0C0"


def test_no_more_is_worked_out_than_the_screen_has_pixels_for_and_no_less(viewer: Viewer, qtbot) -> None:
    viewer.adjusting.adjust(Adjustments(invert=True))
    for scale in (0.2, 0.3, 1.0, 4.0):
        viewer.zoom(scale)
        at_rest(qtbot, viewer)
        seen = viewer._scene.seen(viewer.rect().toRectF())
        (piece,) = viewer.adjusting.picture.pieces(seen)
        assert piece.image.width() / piece.part.width() == pytest.approx(min(scale, 1), rel=0.01)


def test_the_next_image_is_adjusted_from_the_first_moment_on(viewer: Viewer, qtbot) -> None:
    viewer.adjusting.adjust(Adjustments(channel="blue"))
    seen: list[str] = []
    viewer.loaded.connect(lambda _: seen.append(shown(viewer)))
    with qtbot.waitSignal(viewer.loaded):
        viewer.show_image(2, "two.jpg")
    assert seen == ["#C0C0C0"]


def test_while_a_slider_moves_answers_keep_coming_and_the_last_one_is_right(viewer: Viewer, qtbot) -> None:
    viewer.adjusting.toggle_panel()
    panel = viewer.adjusting.panel
    assert panel is not None
    for _ in range(20):
        QTest.keyClick(panel.sliders["brightness"], Key.Key_Right)
        viewer.grab()
    at_rest(qtbot, viewer)
    qtbot.waitUntil(lambda: shown(viewer) == "#F35353")
    assert viewer.adjusting.adjustments == Adjustments(brightness=20)


def test_a_note_says_that_the_view_is_adjusted(viewer: Viewer, qtbot) -> None:
    assert shown(viewer, 14, 586) == LIGHT.window
    viewer.adjusting.adjust(Adjustments(contrast=10))
    assert shown(viewer, 14, 586) == LIGHT.caution
    assert viewer.accessibleDescription() == "one.jpg · Adjusted view"
    QTest.keyClick(viewer, Key.Key_A, SHIFT)
    assert shown(viewer, 14, 586) == LIGHT.window
    assert viewer.accessibleDescription() == "one.jpg"
    assert viewer.adjusting.adjustments.neutral


def test_a_opens_the_panel_with_the_keys_in_it_and_closes_it(viewer: Viewer, qtbot) -> None:
    qtbot.waitUntil(viewer.hasFocus)
    QTest.keyClick(viewer, Key.Key_A)
    panel = viewer.adjusting.panel
    assert panel is not None
    assert panel.sliders["brightness"].hasFocus()
    QTest.keyClick(panel.sliders["brightness"], Key.Key_A)
    assert viewer.adjusting.panel is None
    assert viewer.hasFocus()


def test_escape_closes_the_panel_and_not_the_view(viewer: Viewer, qtbot) -> None:
    closed: list[bool] = []
    viewer.close_requested.connect(lambda: closed.append(True))
    qtbot.waitUntil(viewer.hasFocus)
    QTest.keyClick(viewer, Key.Key_A)
    panel = viewer.adjusting.panel
    assert panel is not None
    QTest.keyClick(panel.sliders["gamma_e2"], Key.Key_Escape)
    assert viewer.adjusting.panel is None
    assert not closed


def test_every_control_of_the_panel_adjusts_and_reset_takes_it_back(viewer: Viewer, qtbot) -> None:
    viewer.adjusting.toggle_panel()
    panel = viewer.adjusting.panel
    assert panel is not None
    for slider in panel.sliders.values():
        QTest.keyClick(slider, Key.Key_PageUp)
    panel.channels.button(2).click()
    panel.invert.click()
    assert viewer.adjusting.adjustments == Adjustments(10, 10, 117, 10, invert=True, channel="green")
    panel.reset.click()
    assert viewer.adjusting.adjustments == Adjustments()
    assert [slider.value() for slider in panel.sliders.values()] == [0, 0, 0, 0]
    assert panel.channels.checkedId() == 0
    assert not panel.reset.isEnabled()


def test_the_panel_is_no_part_of_the_picture(viewer: Viewer) -> None:
    viewer.zoom(1.0)
    viewer.adjusting.toggle_panel()
    panel = viewer.adjusting.panel
    assert panel is not None
    before = viewer.placement.middle
    QTest.mousePress(panel, Qt.MouseButton.LeftButton, pos=panel.rect().center())
    QTest.mouseMove(panel, panel.rect().topLeft())
    QTest.mouseRelease(panel, Qt.MouseButton.LeftButton, pos=panel.rect().topLeft())
    assert viewer.placement.middle == before
    assert panel.geometry().right() == viewer.width() - 9
    viewer.resize(900, 500)
    assert panel.geometry().right() == 900 - 9


def test_transparency_stays(qapp) -> None:
    image = QImage(3, 2, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(QColor(200, 100, 50, 0))
    image.setPixelColor(1, 1, QColor(255, 0, 0))
    seen = adjusted(image, Adjustments(invert=True))
    assert seen.pixelColor(0, 0).alpha() == 0
    assert seen.pixelColor(1, 1).name() == "#00ffff"


def test_rows_of_any_width_keep_their_places(qapp) -> None:
    for width in range(1, 9):
        image = QImage(width, 2, QImage.Format.Format_RGB32)
        image.fill(QColor("#000000"))
        image.setPixelColor(width - 1, 1, QColor("#102030"))
        seen = adjusted(image, Adjustments(invert=True))
        assert seen.pixelColor(width - 1, 1).name() == "#efdfcf"
        assert seen.pixelColor(0, 0).name() == "#ffffff"
