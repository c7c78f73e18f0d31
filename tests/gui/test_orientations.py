"""One picture stored in all eight EXIF orientations: a region drawn on what is seen holds the same pixels in all."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Final

import pytest
from PIL import Image as Picture
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest

from core import importing, looking
from core.archive import Archive
from core.records import ImageId
from gui.models.catalogue_source import to_qimage
from gui.session import Session
from gui.window import MainWindow
from tests.gui.conftest import noise

Settled = Callable[[Session], None]
ORIENTATION: Final = 0x0112
SIZE: Final = (360, 240)
BOX: Final = (61, 47, 203, 149)
"""What is drawn, in pixels of the upright picture."""
_Turn = Picture.Transpose
# What has to be done to the upright picture so that a reader who honours the orientation undoes it.
STORED: Final = {
    1: (),
    2: (_Turn.FLIP_LEFT_RIGHT,),
    3: (_Turn.ROTATE_180,),
    4: (_Turn.FLIP_TOP_BOTTOM,),
    5: (_Turn.TRANSPOSE,),
    6: (_Turn.ROTATE_90,),
    7: (_Turn.TRANSVERSE,),
    8: (_Turn.ROTATE_270,),
}


@pytest.fixture(scope="module")
def upright() -> Picture.Image:
    """The picture as it is to be seen: coarse noise, in which no two places look alike."""
    return noise(5, SIZE)


@pytest.fixture(scope="module")
def turned_folder(upright: Picture.Image, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of the picture in all eight orientations, image n stored under orientation n, without loss."""
    folder = tmp_path_factory.mktemp("turned")
    paths = []
    for orientation, turns in STORED.items():
        stored = upright
        for turn in turns:
            stored = stored.transpose(turn)
        exif = Picture.Exif()
        exif[ORIENTATION] = orientation
        paths.append(folder / f"orientation {orientation}.png")
        stored.save(paths[-1], exif=exif)
    with Archive.create(folder / "archive", actor="Test") as archive, ThreadPoolExecutor(1) as executor:
        for path in paths:
            importing.import_paths(archive, [str(path)], executor=executor)
    return folder / "archive"


@pytest.fixture
def turned(bare_window: MainWindow, turned_folder: Path, settled: Settled, qtbot) -> Iterator[MainWindow]:
    """The window on that archive; each test leaves it as it found it."""
    bare_window.resize(1280, 800)
    bare_window.archives.open(turned_folder)
    qtbot.waitUntil(lambda: bare_window.workspace is not None)
    settled(bare_window.session)
    yield bare_window
    bare_window.session.close()


def draw(window: MainWindow, box: tuple[int, int, int, int], settled: Settled) -> None:
    """Draw a rectangle of the upright picture with the mouse, wherever its corners lie on screen."""
    viewer = window.desk.browser.viewer
    transform = viewer.placement.transform()
    start, end = (transform.map(QPointF(*corner)).toPoint() for corner in (box[:2], box[2:]))
    QTest.keyClick(viewer, Qt.Key.Key_R)
    QTest.mousePress(viewer, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, start)
    for part in (0.4, 1.0):
        QTest.mouseMove(viewer, start + QPoint(*(round(part * one) for one in (end - start).toTuple())))
    QTest.mouseRelease(viewer, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, end)
    settled(window.session)
    window.desk.tag_line.leave()


def crop(window: MainWindow) -> QImage:
    """The pixels that the card of the newest sighting shows."""
    image = window.desk.inspector.tags.cards[-1].crop.image
    assert image is not None
    return image.convertToFormat(QImage.Format.Format_RGB888)


def test_upright_all_eight_are_the_same_pixels(turned_folder: Path, upright: Picture.Image) -> None:
    with Archive.open(turned_folder, read_only=True) as archive:
        for orientation in STORED:
            assert looking.picture(archive, ImageId(orientation)).convert("RGB").tobytes() == upright.tobytes()


@pytest.mark.parametrize(("scale", "quarters"), [(None, 0), (None, 1), (1.0, 0), (1.0, 2), (1.7, 0), (2.0, 3)], ids=str)
def test_a_rectangle_drawn_in_the_window_holds_the_same_pixels_in_all_orientations(  # noqa: PLR0917 - fixtures
    turned: MainWindow, upright: Picture.Image, settled: Settled, scale: float | None, quarters: int, qtbot
) -> None:
    viewer = turned.desk.browser.viewer
    expected = to_qimage(upright.crop(BOX))
    for orientation in STORED:
        with qtbot.waitSignal(viewer.loaded):
            turned.desk.browser.open_image(orientation)
        settled(turned.session)
        viewer.turn(quarters)
        viewer.zoom(scale)
        draw(turned, BOX, settled)
        (mark,) = viewer.regions.marks
        assert mark.region.pixels(*SIZE) == BOX, f"orientation {orientation}"
        assert crop(turned) == expected, f"orientation {orientation}"
        turned.session.write("Undoing", undo)
        settled(turned.session)


def undo(archive: Archive, _job: Any) -> None:
    """Take the region back, so that the archive stays as it was."""
    assert archive.undo() == "Add a sighting with a region"
