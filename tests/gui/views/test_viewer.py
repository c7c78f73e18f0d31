"""The single image: loaded elsewhere, never stale, zoomed and turned by key, wheel and drag."""

import threading
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from core.errors import Refused
from gui.errors import Bug
from gui.runner import Runner
from gui.style import LIGHT, Appearance
from gui.views.pyramid import Pyramid
from gui.views.viewer import Viewer

Key = Qt.Key
COLOURS = {1: "#C02020", 2: "#2020C0"}


class Loader:
    """Plain pictures of 2,000 by 1,000 pixels; image 3 is broken, 4 a bug, and a held one waits to be let."""

    def __init__(self) -> None:
        self.let = threading.Event()
        self.let.set()

    def __call__(self, _archive: Any, image_id: int) -> QImage:
        self.let.wait(5)
        if image_id == 3:
            raise Refused("The file ends too early.")
        image = QImage(2000, 1000, QImage.Format.Format_RGB32)
        image.fill(QColor(COLOURS[image_id]))
        return image


@pytest.fixture
def load() -> Loader:
    return Loader()


@pytest.fixture
def viewer(reader: Runner, load: Loader, appearance: Appearance, qtbot) -> Viewer:
    made = Viewer(reader, load)
    qtbot.addWidget(made)
    made.resize(800, 600)
    made.show()
    return made


def shown(viewer: Viewer, x: int = 400, y: int = 300) -> str:
    """The colour of a point on screen."""
    return viewer.grab().toImage().pixelColor(x, y).name().upper()


@pytest.fixture
def opened(viewer: Viewer, qtbot) -> Viewer:
    with qtbot.waitSignal(viewer.loaded):
        viewer.show_image(1, "one.jpg")
    return viewer


def test_an_image_is_fitted_when_it_has_loaded(opened: Viewer) -> None:
    assert shown(opened) == "#C02020"
    assert opened.placement.scale == pytest.approx(0.4)
    assert shown(opened, 400, 95) == LIGHT.window
    assert shown(opened, 400, 105) == "#C02020"
    assert opened.accessibleDescription() == "one.jpg"


def test_the_old_picture_goes_at_once_when_another_image_is_shown(opened: Viewer, load: Loader, qtbot) -> None:
    load.let.clear()
    opened.show_image(2)
    assert opened.picture_size is None
    assert shown(opened) == LIGHT.window
    with qtbot.waitSignal(opened.loaded) as blocker:
        load.let.set()
    assert blocker.args == [2]
    assert shown(opened) == "#2020C0"


def test_only_the_image_shown_last_arrives(viewer: Viewer, load: Loader, qtbot) -> None:
    arrived: list[int] = []
    viewer.loaded.connect(arrived.append)
    load.let.clear()
    for image_id in (1, 2, 1, 2):
        viewer.show_image(image_id)
    load.let.set()
    qtbot.waitUntil(lambda: not viewer._runner.busy)
    assert arrived == [2]
    assert shown(viewer) == "#2020C0"


def test_no_image_is_shown_as_none(opened: Viewer, qtbot) -> None:
    opened.show_image(None)
    assert opened.picture_size is None
    assert shown(opened) == LIGHT.window


def test_waiting_is_said_after_a_moment(viewer: Viewer, load: Loader, qtbot) -> None:
    load.let.clear()
    viewer.show_image(1)
    blank = viewer.grab().toImage()
    qtbot.waitUntil(lambda: viewer.grab().toImage() != blank)
    with qtbot.waitSignal(viewer.loaded):
        load.let.set()


def test_an_image_that_cannot_be_decoded_says_why(viewer: Viewer, qtbot) -> None:
    with qtbot.waitSignal(viewer.failed) as blocker:
        viewer.show_image(3)
    assert blocker.args[0] == 3
    assert viewer.accessibleDescription() == "This image cannot be decoded: The file ends too early."
    with qtbot.waitSignal(viewer.loaded):
        viewer.show_image(1)
    assert viewer.accessibleDescription() == ""


def test_a_bug_in_loading_is_passed_on(viewer: Viewer, qtbot, caplog: pytest.LogCaptureFixture) -> None:
    with qtbot.waitSignal(viewer.failed) as blocker:
        viewer.show_image(4)
    assert isinstance(blocker.args[1], Bug)
    assert "KeyError" not in viewer.accessibleDescription()


def test_z_toggles_a_hundred_per_cent(opened: Viewer) -> None:
    QTest.keyClick(opened, Key.Key_Z)
    assert opened.placement.scale == 1.0
    QTest.keyClick(opened, Key.Key_Z)
    assert opened.placement.fitted


def test_plus_minus_and_nought_zoom(opened: Viewer) -> None:
    QTest.keyClicks(opened, "++")
    assert opened.placement.scale == pytest.approx(0.4 * 1.25**2)
    QTest.keyClicks(opened, "---")
    assert opened.placement.scale == pytest.approx(0.4 / 1.25)
    QTest.keyClicks(opened, "0")
    assert opened.placement.fitted


def test_brackets_turn_the_view_and_fit_it(opened: Viewer) -> None:
    QTest.keyClicks(opened, "]")
    assert opened.placement.scale == pytest.approx(0.3)
    assert shown(opened, 100, 300) == LIGHT.window
    assert shown(opened, 400, 5) == "#C02020"
    QTest.keyClicks(opened, "[")
    assert opened.placement.quarters == 0


def test_the_wheel_zooms_at_the_pointer(opened: Viewer, qapp: QApplication) -> None:
    QTest.keyClick(opened, Key.Key_Z)
    pointer = QPointF(700, 100)
    held = opened.placement.to_picture(pointer)
    event = QWheelEvent(
        pointer,
        opened.mapToGlobal(pointer),
        QPoint(),
        QPoint(0, 240),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    qapp.sendEvent(opened, event)
    found = opened.placement.to_picture(pointer)
    assert opened.placement.scale == pytest.approx(1.25**2)
    assert (found.x(), found.y()) == pytest.approx((held.x(), held.y()))


def test_a_drag_moves_the_picture_with_the_hand(opened: Viewer) -> None:
    QTest.keyClick(opened, Key.Key_Z)
    before = opened.placement.middle
    QTest.mousePress(opened, Qt.MouseButton.LeftButton, pos=QPoint(400, 300))
    QTest.mouseMove(opened, QPoint(350, 320))
    QTest.mouseRelease(opened, Qt.MouseButton.LeftButton, pos=QPoint(350, 320))
    QTest.mouseMove(opened, QPoint(100, 100))
    moved = opened.placement.middle - before
    assert (moved.x(), moved.y()) == (50, -20)


@pytest.mark.parametrize(
    ("key", "step"), [(Key.Key_Right, 1), (Key.Key_Left, -1), (Key.Key_PageDown, 1), (Key.Key_PageUp, -1)]
)
def test_arrows_and_pages_ask_for_another_image(viewer: Viewer, qtbot, key: Qt.Key, step: int) -> None:
    with qtbot.waitSignal(viewer.step_requested) as blocker:
        QTest.keyClick(viewer, key)
    assert blocker.args == [step]


def test_escape_asks_to_close(viewer: Viewer, qtbot) -> None:
    with qtbot.waitSignal(viewer.close_requested):
        QTest.keyClick(viewer, Key.Key_Escape)


def test_a_pyramid_gives_the_smallest_level_that_suffices() -> None:
    pyramid = Pyramid.of(QImage(4000, 1000, QImage.Format.Format_RGB888))
    assert [level.width() for level in pyramid.levels] == [4000, 2000, 1000, 500, 250]
    assert [pyramid.level(scale).width() for scale in (8, 1, 0.6, 0.5, 0.2, 0.01)] == [
        4000,
        4000,
        4000,
        2000,
        1000,
        250,
    ]
