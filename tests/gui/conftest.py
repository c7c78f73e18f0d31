"""What every test of the window stands on: no screen, the program's own looks, a grid of made-up pictures."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import gc
import random
import shutil
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PIL import Image as Picture
from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication

from core import importing
from core.archive import Archive
from core.errors import StorageFault
from core.settings import Settings
from gui import style
from gui.collecting import collect_due
from gui.models.cells import Cell, Chip
from gui.models.grid_model import GridModel
from gui.runner import Runner
from gui.session import Session
from gui.style import Appearance
from gui.window import MainWindow

RED, BROKEN = "#C02020", 5


@pytest.fixture(scope="session")
def _appearance(qapp: QApplication) -> Appearance:
    return Appearance(qapp)


@pytest.fixture
def appearance(_appearance: Appearance) -> Appearance:
    """The looks, as a new user finds them."""
    _appearance.choose("light")
    _appearance.set_text_px(style.BODY_PX)
    return _appearance


@pytest.fixture(autouse=True)
def _collected_here() -> Iterator[None]:
    """Garbage is collected between tests, and never on a worker: see ``gui.collecting``."""
    gc.disable()
    yield
    collect_due()
    gc.enable()


class MadeUp:
    """Plain red pictures; image 5 is undecodable, and images from ``gone_from`` on are not there any more."""

    def __init__(self) -> None:
        self.asked: list[int] = []
        self.pictures_asked: list[int] = []
        self.threads: set[str] = set()
        self.chips: tuple[Chip, ...] = ()
        self.gone_from = 10**9
        self.fault = False

    def cells(self, _archive: Any, ids: Sequence[int]) -> list[Cell]:
        if self.fault:
            raise StorageFault("The disk is gone.")
        self.asked += ids
        self.threads.add(threading.current_thread().name)
        return [self.cell(image_id) for image_id in ids if image_id < self.gone_from]

    def cell(self, image_id: int) -> Cell:
        state = "undecodable" if image_id == BROKEN else "decoded"
        return Cell(image_id, f"<b>{image_id}</b>.jpg", self.chips, 2, "reviewed", state, "It ends too early.")

    def thumbnail(self, _archive: Any, image_id: int) -> bytes | None:
        self.pictures_asked.append(image_id)
        self.threads.add(threading.current_thread().name)
        return None if image_id == BROKEN else encoded(256, 128, RED)


def encoded(width: int, height: int, colour: str) -> bytes:
    """A plain picture as PNG."""
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(data.data())


@pytest.fixture
def encode() -> Callable[[int, int, str], bytes]:
    return encoded


@pytest.fixture
def source() -> MadeUp:
    return MadeUp()


@pytest.fixture
def reader(qapp: QApplication) -> Iterator[Runner]:
    """A runner whose thread is called *reader* and opens nothing."""
    made = Runner(lambda: nullcontext(None), "reader")
    yield made
    made.stop()


@pytest.fixture
def model(reader: Runner, source: MadeUp) -> GridModel:
    return GridModel(reader, source)


PHOTOS = ("aleppo.jpg", "depot.png", "mortar.jpg", "parade.jpg", "rifles.jpg", "truck.webp")


def noise(number: int, size: tuple[int, int] = (320, 240)) -> Picture.Image:
    """A picture like no other: coarse noise, the same for the same number."""
    coarse = Picture.frombytes("RGB", (8, 6), random.Random(number).randbytes(8 * 6 * 3))
    return coarse.resize(size, Picture.Resampling.BICUBIC)


def write_photos(folder: Path) -> Path:
    """Six different pictures, one of them twice, a broken one, and a file that is no picture."""
    folder.mkdir(parents=True)
    for number, name in enumerate(PHOTOS):
        noise(number).save(folder / name)
    (folder / "rifles again.jpg").write_bytes((folder / "rifles.jpg").read_bytes())
    (folder / "broken.jpg").write_bytes((folder / "parade.jpg").read_bytes()[:700])
    (folder / "readme.txt").write_text("no picture")
    return folder


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    """A folder to import: 7 images in 8 files (6 decodable, 1 broken), and 1 file to ignore."""
    return write_photos(tmp_path / "photos")


@pytest.fixture(scope="session")
def _imported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("imported")
    source = write_photos(folder / "photos")
    with Archive.create(folder / "archive", actor="Test") as archive, ThreadPoolExecutor(1) as executor:
        importing.import_paths(archive, [str(source)], executor=executor)
    return folder / "archive"


@pytest.fixture
def archive_folder(_imported: Path, tmp_path: Path) -> Path:
    """An archive of its own into which the photos were imported: 7 images, one of them undecodable."""
    return Path(shutil.copytree(_imported, tmp_path / "archive"))


@pytest.fixture
def empty_session(qapp: QApplication) -> Iterator[Session]:
    """A session with no archive."""
    made = Session(Settings(actor="Test", find_copies=False))  # a test that wants the long look says so
    yield made
    made.close()


@pytest.fixture
def session(empty_session: Session, archive_folder: Path, qtbot) -> Session:
    """A session on an archive of its own, at rest."""
    with qtbot.waitSignal(empty_session.opened):
        empty_session.open(archive_folder)
    settle(qtbot, empty_session)
    return empty_session


def settle(qtbot, session: Session) -> None:
    """Wait until everything asked and everything to be done is answered and done."""
    qtbot.waitUntil(lambda: not session.busy and (session.info is None or not session.reader.busy), timeout=20_000)


@pytest.fixture
def settled(qtbot) -> Callable[[Session], None]:
    """Waits until a session is at rest."""
    return partial(settle, qtbot)


@pytest.fixture
def ask(archive_folder: Path) -> Callable[[Callable[[Archive], Any]], Any]:
    """Asks the archive something, past the window."""

    def answer(question: Callable[[Archive], Any]) -> Any:
        with Archive.open(archive_folder, read_only=True) as archive:
            return question(archive)

    return answer


@pytest.fixture
def bare_window(empty_session: Session, appearance: Appearance, qtbot) -> MainWindow:
    """The window without an archive."""
    window = MainWindow(empty_session)
    qtbot.addWidget(window)
    window.show()
    return window


@pytest.fixture
def window(bare_window: MainWindow, archive_folder: Path, settled: Callable[[Session], None], qtbot) -> MainWindow:
    """The window on an archive of seven images, at rest, the keys in the grid."""
    bare_window.archives.open(archive_folder)
    qtbot.waitUntil(lambda: bare_window.workspace is not None)
    settled(bare_window.session)
    bare_window.activateWindow()
    qtbot.waitUntil(bare_window.desk.browser.grid.hasFocus)
    assert bare_window.desk.browser.model.rowCount() == 7
    return bare_window
