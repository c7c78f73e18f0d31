"""Where two pictures differ, worked out on a worker thread for the place at which one lies on the other."""

import math
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter

from core.jobs import Job
from gui.session import Session
from gui.views.pyramid import Pyramid
from gui.views.reviewing.laying import Laying

_MOST_PX, _LEAST_PX = 1200, 64
_CLEAR: Final = 24  # of 255: what an unlike saving hardly reaches
_OUTSIDE: Final = 255  # the value for what only one of them shows
_OUTSIDE_COLOUR: Final = 0xFF50565C
FACTORS: Final = (1, 2, 4, 8, 16, 32)


@dataclass(frozen=True, slots=True)
class Difference:
    """How much each point differs, the largest difference of its colours; and the share that differs clearly.

    ``map`` covers the whole of the two; it has the look of no factor until ``colours`` gave it some.
    """

    map: QImage
    share: float

    @property
    def words_percent(self) -> str:
        """The share in percent, so that little is not called nothing."""
        percent = 100 * self.share
        return "0" if percent == 0 else "< 0.1" if percent < 0.1 else f"{percent:.1f}"


def colours(factor: int) -> list[int]:
    """What each value of a map looks like when differences are shown so many times as large."""
    grey = [min(255, value * factor) for value in range(_OUTSIDE)]
    return [0xFF000000 | one << 16 | one << 8 | one for one in grey] + [_OUTSIDE_COLOUR]


@dataclass(frozen=True, slots=True, eq=False)
class Differing:
    """The question where they differ; both are held against each other at the size of the one with fewer pixels."""

    laying: Laying
    pictures: tuple[Pyramid, Pyramid]

    def __call__(self, _archive: Any, job: Job) -> Difference:
        """Work it out."""
        laying = self.laying
        size = laying.sizes[laying.whole]
        longest = max(size.width(), size.height())
        scale = max(_LEAST_PX / longest, min(_MOST_PX / longest, 1.0, *(self._fineness(side) for side in (0, 1))))
        room = QSize(max(1, math.ceil(size.width() * scale)), max(1, math.ceil(size.height() * scale)))
        drawn = []
        for side in (0, 1):
            drawn.append(_values(self._drawn(side, room, scale)))
            job.check()
        both = (drawn[0][..., 3] == 255) & (drawn[1][..., 3] == 255)
        apart = np.abs(drawn[0][..., :3].astype(np.int16) - drawn[1][..., :3]).max(axis=2)
        shown = np.where(both, np.minimum(apart, _OUTSIDE - 1), _OUTSIDE).astype(np.uint8)
        common = int(both.sum())
        return Difference(_indexed(shown), float((apart[both] > _CLEAR).sum() / common) if common else 0.0)

    def _fineness(self, side: int) -> float:
        """How many pixels of what is loaded of a picture there are for one of the whole."""
        loaded = self.pictures[side].size.width() / self.laying.sizes[side].width()
        return loaded / self.laying.density(side)

    def _drawn(self, side: int, room: QSize, scale: float) -> QImage:
        found = QImage(room, QImage.Format.Format_ARGB32_Premultiplied)
        found.fill(Qt.GlobalColor.transparent)
        size = self.laying.sizes[side]
        level = self.pictures[side].level(scale * self.laying.density(side) * size.width() / self._width(side))
        painter = QPainter(found)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.scale(scale, scale)
        painter.setTransform(self.laying.to_whole(side), combine=True)
        painter.drawImage(QRectF(0, 0, size.width(), size.height()), level)
        painter.end()
        return found

    def _width(self, side: int) -> int:
        return self.pictures[side].size.width()


def _values(image: QImage) -> npt.NDArray[np.uint8]:
    """The bytes of a picture: blue, green, red and how opaque it is."""
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : 4 * image.width()].reshape(image.height(), image.width(), 4).copy()  # it goes with the image


def _indexed(values: npt.NDArray[np.uint8]) -> QImage:
    height, width = values.shape
    found = QImage(values.tobytes(), width, height, width, QImage.Format.Format_Indexed8).copy()
    found.setColorTable(colours(1))
    return found


class Comparison(QObject):
    """Asks for the difference of one pair at a time; ``found`` is None until it is known."""

    changed = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._asked = False
        self.found: Difference | None = None

    def ask(self, laying: Laying, pictures: tuple[Pyramid, Pyramid]) -> None:
        """Have it worked out, once for each pair."""
        if not self._asked:
            self._asked = True
            self._session.read(("difference", id(self)), Differing(laying, pictures), self._on_found)

    def forget(self) -> None:
        """Another pair is looked at."""
        self._asked, self.found = False, None
        if self._session.info is not None:
            self._session.reader.forget(("difference", id(self)))

    def _on_found(self, found: Difference) -> None:
        self.found = found
        self.changed.emit()
