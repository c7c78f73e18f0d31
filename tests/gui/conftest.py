"""What every test of the window stands on: no screen, the program's own looks, a grid of made-up pictures."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from typing import Any

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication

from core.errors import StorageFault
from gui import style
from gui.models.cells import Cell, Chip
from gui.models.grid_model import GridModel
from gui.runner import Runner
from gui.style import Appearance

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
