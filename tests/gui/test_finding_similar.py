"""Finding what is like an image, a region, a file or the clipboard: asked by keys, looked at, left, not imported."""

import os
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from PIL import ImageOps
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from core import describing, importing, search
from core.archive import Archive
from core.features import find_copies
from core.records import ImageId, Query
from core.regions import Region
from core.tagging import Tag, tag
from core.transforms import IDENTITY, MIRROR, Transform
from gui import sighting_operations
from gui.models.finding_similar import frames
from gui.session import Session
from gui.views.similar.similar_view import SimilarView
from gui.window import MainWindow
from tests.core.drawing import drawn, save

Settled = Callable[[Session], None]
NAMES = ("bridge.png", "bridge cut.png", "bridge mirrored.png", "gate.png", "scene.png", "tower.png")
BRIDGE, CUT, SCENE = 1, 2, 5
CUT_BOX = (90, 60, 440, 300)


@pytest.fixture(scope="module")
def _looked_at(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Six images, looked at to the end: a bridge, a cut and a mirrored copy of it, a gate, a scene with the gate."""
    folder = tmp_path_factory.mktemp("similar")
    scene = drawn(9, (900, 700))
    scene.paste(drawn(2).resize((240, 180)), (500, 400))
    pictures = (drawn(1), drawn(1).crop(CUT_BOX), ImageOps.mirror(drawn(1)), drawn(2), scene, drawn(3))
    with Archive.create(folder / "archive", actor="Test") as archive, ThreadPoolExecutor(1) as executor:
        for name, picture in zip(NAMES, pictures, strict=True):
            importing.import_paths(archive, [str(save(folder / "in", name, picture))], executor=executor)
        find_copies(archive, executor=executor)
        tag(archive, [ImageId(CUT)], Tag(type="SA.RIF.AUT", manufacture="HUN"))
    return folder / "archive"


@pytest.fixture
def archive_folder(_looked_at: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(_looked_at, tmp_path / "archive"))


@pytest.fixture
def window(bare_window: MainWindow, archive_folder: Path, settled: Settled, qtbot) -> MainWindow:
    """The window at rest, the keys in the grid on the bridge."""
    bare_window.resize(1280, 800)
    bare_window.archives.open(archive_folder)
    qtbot.waitUntil(lambda: bare_window.workspace is not None)
    settled(bare_window.session)
    bare_window.activateWindow()
    qtbot.waitUntil(bare_window.desk.browser.grid.hasFocus)
    bare_window.desk.browser.grid.set_current_id(BRIDGE)
    return bare_window


@pytest.fixture
def clipboard(qapp: QApplication) -> Iterator[Any]:
    board = QGuiApplication.clipboard()
    board.clear()
    yield board
    board.clear()


def press(key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key where the keys are."""
    QTest.keyClick(QApplication.focusWidget(), key, modifiers)


CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)


def view_of(window: MainWindow) -> SimilarView:
    page = window.desk.stack.currentWidget()
    assert isinstance(page, SimilarView)
    return page


def told(view: SimilarView) -> dict[str, str]:
    """Each row's name, and how its image is like what was asked about."""
    rows = range(view.rows.found.rowCount())
    return {view.rows.found.name(row): view.rows.found.likeness(row) for row in rows}


def test_an_image_is_asked_about_compared_opened_and_left(window: MainWindow, settled: Settled, qtbot) -> None:
    press(Qt.Key.Key_L, CTRL)
    settled(window.session)
    view = view_of(window)
    assert view.title.text() == "Similar to bridge.png"
    assert view.words.text() == "2 images found"
    assert told(view) == {"bridge cut.png": "crop of what was asked about", "bridge mirrored.png": "mirrored"}
    assert [view.rows.found.name(row) for row in range(2)] == ["bridge mirrored.png", "bridge cut.png"]
    assert view.rows.hasFocus()
    assert (view.compare.y(), view.compare.height()) == (view.open.y(), view.open.height())
    press(Qt.Key.Key_Down)
    left, top = view.pane.asked.view.frame[0]
    assert (left * 480, top * 360) == pytest.approx(CUT_BOX[:2], abs=6)
    assert not view.pane.comparing
    press(Qt.Key.Key_Space)
    settled(window.session)
    assert view.pane.comparing
    assert not view.pane.found.view.grab().isNull()
    cell = view.rows.found.cell(1)
    assert cell is not None
    assert [chip.text for chip in cell.chips] == ["assault / selective-fire rifle", "HUN"]
    press(Qt.Key.Key_Return)
    settled(window.session)
    assert (window.showing, window.session.current) == ("single", CUT)
    press(Qt.Key.Key_Escape)
    assert window.showing == "similar"
    assert view.rows.row == 1
    press(Qt.Key.Key_Escape)
    assert window.showing == "grid"
    qtbot.waitUntil(window.desk.browser.grid.hasFocus)
    press(Qt.Key.Key_5, CTRL)
    assert window.showing == "similar"
    assert told(view)


def test_one_who_went_on_to_another_image_is_not_led_back(window: MainWindow, settled: Settled) -> None:
    press(Qt.Key.Key_L, CTRL)
    settled(window.session)
    press(Qt.Key.Key_Return)
    settled(window.session)
    press(Qt.Key.Key_PageDown)
    press(Qt.Key.Key_Escape)
    assert window.showing == "grid"


def test_a_selected_region_is_asked_about(window: MainWindow, settled: Settled) -> None:
    action = window.commands.by_name["similar_region"]
    region = Region(540_000, 560_000, 290_000, 280_000)
    sighting_operations.add_sighting(window.session, ImageId(SCENE), region, lambda _: None)
    settled(window.session)
    window.desk.browser.grid.set_current_id(SCENE)
    press(Qt.Key.Key_Return)
    settled(window.session)
    assert not action.isEnabled()
    press(Qt.Key.Key_Period)
    assert action.isEnabled()
    press(Qt.Key.Key_L, CTRL | SHIFT)
    settled(window.session)
    view = view_of(window)
    assert view.title.text() == "Similar to a region of scene.png"
    assert list(told(view)) == ["gate.png"]
    press(Qt.Key.Key_Escape)
    assert window.showing == "single"
    (card,) = window.desk.inspector.tags.cards
    QTest.mouseClick(card.similar, Qt.MouseButton.LeftButton)
    settled(window.session)
    assert list(told(view_of(window))) == ["gate.png"]


def test_a_file_is_asked_about_and_imported_only_when_that_is_said(
    window: MainWindow, settled: Settled, ask: Any, tmp_path: Path, qtbot
) -> None:
    file = save(tmp_path / "elsewhere", "found on the <b>net.jpg", drawn(2).crop(CUT_BOX), quality=90)
    before = ask(lambda archive: archive.history_head)
    press(Qt.Key.Key_F, CTRL | SHIFT)
    dialog = window.findChild(QFileDialog)
    dialog.filesSelected.emit([str(file)])
    dialog.reject()
    settled(window.session)
    view = view_of(window)
    assert view.title.text() == "Similar to found on the <b>net.jpg"
    assert view.words.text() == "1 image found · nothing was imported by asking"
    assert told(view)["gate.png"] == "what was asked about is a crop of it"
    assert ask(lambda archive: archive.history_head) == before
    QTest.mouseClick(view.take, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "this very file is in the archive already" in view.words.text(), timeout=20_000)
    settled(window.session)
    assert told(view)["found on the <b>net.jpg"] == "same bytes"
    assert view.take.isHidden()
    assert view.caution.text() == "1 image is not looked at yet, so there may be more."
    assert ask(lambda archive: search.count(archive, Query())) == len(NAMES) + 1


def test_the_clipboard_is_asked_about_as_a_picture_and_as_a_file(
    window: MainWindow, settled: Settled, clipboard: Any, tmp_path: Path
) -> None:
    said: list[str] = []
    window.session.message.connect(said.append)
    press(Qt.Key.Key_V, CTRL | ALT)
    assert said == ["There is no picture and no file on the clipboard."]
    assert window.showing == "grid"
    file = save(tmp_path / "elsewhere", "copied.png", drawn(1).crop(CUT_BOX))
    clipboard.setImage(QImage(str(file)))
    press(Qt.Key.Key_V, CTRL | ALT)
    settled(window.session)
    view = view_of(window)
    assert view.title.text() == "Similar to the picture on the clipboard"
    assert told(view)["bridge.png"] == "what was asked about is a crop of it"
    assert view.take.isHidden()
    encoded = QMimeData()
    encoded.setData("image/png", file.read_bytes())
    clipboard.setMimeData(encoded)
    press(Qt.Key.Key_V, CTRL | ALT)
    settled(window.session)
    assert told(view)["bridge cut.png"] == "same bytes"
    files = QMimeData()
    files.setUrls([QUrl.fromLocalFile(str(file))])
    clipboard.setMimeData(files)
    press(Qt.Key.Key_V, CTRL | ALT)
    settled(window.session)
    assert view.title.text() == "Similar to copied.png"
    press(Qt.Key.Key_Escape)
    assert window.showing == "grid"


def test_what_cannot_be_asked_about_and_what_is_like_nothing_is_said_in_words(
    window: MainWindow, settled: Settled, tmp_path: Path
) -> None:
    finding = window.desk.finding
    bad = tmp_path / "bad.jpg"
    bad.write_text("no picture")
    os.mkfifo(tmp_path / "pipe.jpg")  # opening it would wait for ever
    said = {
        bad: "does not begin",
        tmp_path / "gone.jpg": "gone.jpg cannot be read",
        tmp_path / "pipe.jpg": "named pipe",
    }
    for path, words in said.items():
        finding._on_file_chosen([str(path)])
        settled(window.session)
        view = view_of(window)
        assert view.title.text() == path.name
        assert words in view.empty.words.text()
        assert not view.compare.isEnabled()
    finding._on_file_chosen([str(save(tmp_path, "like nothing.png", drawn(77)))])
    settled(window.session)
    assert view.empty.title.text() == "No image of the archive is like it"
    assert view.words.text() == "Nothing was imported by asking"
    assert not view.take.isHidden()
    assert view.empty.button.hasFocus()
    press(Qt.Key.Key_Space)
    assert window.showing == "grid"


def test_waiting_can_be_cancelled_and_the_same_be_asked_again(window: MainWindow, settled: Settled) -> None:
    press(Qt.Key.Key_L, CTRL)
    view = view_of(window)
    view.waiting.cancel.click()
    settled(window.session)
    assert (view.empty.title.text(), view.finding.answer) == ("Stopped", None)
    QTest.mouseClick(view.empty.button, Qt.MouseButton.LeftButton)
    settled(window.session)
    assert len(told(view)) == 2
    press(Qt.Key.Key_Escape)
    press(Qt.Key.Key_L, CTRL)
    press(Qt.Key.Key_Escape)
    settled(window.session)
    assert window.showing == "grid"


def test_graphic_pictures_stay_covered_on_both_sides_until_a_key_is_held(
    window: MainWindow, settled: Settled, qtbot
) -> None:
    window.session.write("", lambda archive, _: describing.mark_sensitive(archive, [ImageId(CUT)], "graphic_violence"))
    settled(window.session)
    press(Qt.Key.Key_L, CTRL)
    settled(window.session)
    view = view_of(window)
    press(Qt.Key.Key_Space)
    assert view.pane.asked.view.closed  # it may well be a copy of a graphic one
    press(Qt.Key.Key_Down)
    settled(window.session)
    qtbot.waitUntil(lambda: view.rows.found.cell(1) is not None)
    assert view.pane.found.view.closed
    QTest.keyPress(view.rows, Qt.Key.Key_B)
    assert not view.pane.found.view.closed
    assert not view.pane.asked.view.closed
    QTest.keyRelease(view.rows, Qt.Key.Key_B)
    qtbot.waitUntil(lambda: view.pane.found.view.closed)
    window.session.change_settings(cover_graphic=False)
    assert not view.pane.asked.view.closed


def test_what_is_like_a_graphic_picture_is_covered_too(window: MainWindow, settled: Settled) -> None:
    window.session.write(
        "", lambda archive, _: describing.mark_sensitive(archive, [ImageId(BRIDGE)], "graphic_violence")
    )
    settled(window.session)
    press(Qt.Key.Key_L, CTRL)
    settled(window.session)
    found = view_of(window).rows.found
    assert [found.is_graphic(row) for row in range(2)] == [True, True]


def test_rows_say_all_that_they_show_to_who_cannot_see_them(window: MainWindow, settled: Settled) -> None:
    press(Qt.Key.Key_L, CTRL)
    settled(window.session)
    found = view_of(window).rows.found
    words = found.data(found.index(1), Qt.ItemDataRole.AccessibleTextRole).split("\n")
    assert words[0] == "crop of what was asked about"
    assert "key points agree" in words[1]
    assert words[2:4] == ["bridge cut.png", "assault / selective-fire rifle, certainty not assessed"]


def test_nothing_is_framed_where_pictures_cover_each_other_or_nobody_knows() -> None:
    assert frames(None) == frames(IDENTITY) == frames(MIRROR) == ((), ())
    inside = Transform(0.5, 0, 0.25, 0, 0.5, 0.25)
    assert frames(inside) == ((), ((0.25, 0.25), (0.75, 0.25), (0.75, 0.75), (0.25, 0.75)))
    assert frames(inside.inverse())[0][0] == pytest.approx((0.25, 0.25))
