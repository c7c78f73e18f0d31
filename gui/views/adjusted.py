"""The picture as adjustments make it, worked out elsewhere for the part of it that is on screen.

While a slider moves, what was ready last stays.  When another picture comes, its smallest level stands in,
adjusted at once: a new picture is never seen as it is under the note that says it is adjusted.
"""

import math
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from PIL import Image as Pillow
from PySide6.QtCore import QObject, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage

from core.adjusting import Adjustments, adjust
from core.jobs import Job
from gui.runner import Runner
from gui.views.layers import Scene
from gui.views.pyramid import Pyramid

_AROUND: Final = 0.125  # of what is seen, made ready at each side for the next drag


class Piece(NamedTuple):
    """An image that covers a part of the picture, in the picture's pixels."""

    part: QRectF
    image: QImage


@dataclass(frozen=True, slots=True, eq=False)
class _Work:
    """A part of one level, in that level's pixels, and what to make of it.

    ``scale`` is that of what is made, 1 at most: nothing is worked out that the screen has no pixels for.
    """

    picture: Pyramid
    level: QImage
    part: QRect
    scale: float
    adjustments: Adjustments

    def __call__(self, _archive: Any, _job: Job) -> QImage:
        image = self.level.copy(self.part)
        if self.scale < 1:
            size = QSize(math.ceil(image.width() * self.scale), math.ceil(image.height() * self.scale))
            image = image.scaled(size, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation)
        return adjusted(image, self.adjustments)

    @property
    def covered(self) -> QRectF:
        """The part in the picture's own pixels."""
        across = self.picture.size.width() / self.level.width()
        down = self.picture.size.height() / self.level.height()
        part = self.part
        return QRectF(part.x() * across, part.y() * down, part.width() * across, part.height() * down)

    def holds(self, seen: QRectF) -> bool:
        """Whether a part of the picture lies in what this makes."""
        return self.part.contains(_part(self.picture, self.level, seen, around=0))

    def serves(self, other: "_Work", seen: QRectF) -> bool:
        """Whether what this makes is as good as another, as far as it is seen."""
        same = self.adjustments == other.adjustments and self.level is other.level
        return same and self.scale >= other.scale and self.holds(seen)


class AdjustedPicture(QObject):
    """Gives what is to be drawn of a scene's picture; ``ready`` says that there is better now."""

    ready = Signal()

    def __init__(self, runner: Runner, scene: Scene, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.adjustments = Adjustments()
        self._runner = runner
        self._scene = scene
        self._asked: _Work | None = None  # under way, or broken
        self._done: tuple[_Work, QImage] | None = None
        self._coarse: tuple[Pyramid, Adjustments, QImage] | None = None

    def begin(self) -> None:
        """Forget the picture before."""
        self._runner.forget(("adjusted", id(self)))
        self._asked = self._done = self._coarse = None

    def pieces(self, seen: QRectF) -> list[Piece]:
        """What to draw, one over the other, so that a part of the picture is covered; asks for what is missing."""
        picture = self._scene.picture
        if picture is None or seen.isEmpty():
            return []
        size = picture.size
        whole, level = QRectF(0, 0, size.width(), size.height()), picture.level(self._scene.placement.scale)
        if self.adjustments.neutral:
            self._done = _Work(picture, level, level.rect(), 1.0, self.adjustments), level
            return [Piece(whole, level)]
        done = self._done
        scale = min(1.0, self._scene.placement.scale * size.width() / level.width())
        wanted = _Work(picture, level, _part(picture, level, seen, around=_AROUND), scale, self.adjustments)
        if done is None or not done[0].serves(wanted, seen):
            self._ask(wanted)
        if done is None:
            return [Piece(whole, self._stand_in(picture))]
        last = Piece(done[0].covered, done[1])
        return [last] if done[0].holds(seen) else [Piece(whole, self._stand_in(picture)), last]

    def _stand_in(self, picture: Pyramid) -> QImage:
        coarse = self._coarse
        if coarse is None or coarse[0] is not picture or coarse[1] != self.adjustments:
            coarse = picture, self.adjustments, adjusted(picture.levels[-1], self.adjustments)
            self._coarse = coarse
        return coarse[2]

    def _ask(self, work: _Work) -> None:
        """One at a time: while a slider moves, a question that drops the one before would never be answered."""
        if self._asked is None:
            self._asked = work
            self._runner.ask(("adjusted", id(self)), work, self._on_done, on_failed=self._on_failed)

    def _on_done(self, image: QImage) -> None:
        assert self._asked is not None
        self._done, self._asked = (self._asked, image), None
        self.ready.emit()

    def _on_failed(self, _error: Exception) -> None:
        """Keep what stands in for it: asking again would fail again."""


def adjusted(image: QImage, adjustments: Adjustments) -> QImage:
    """A copy of an image as adjustments make it; takes its time for a large one."""
    if adjustments.neutral:
        return image
    clear = image.hasAlphaChannel()
    image = image.convertToFormat(QImage.Format.Format_RGBA8888 if clear else QImage.Format.Format_RGBX8888)
    mode, size = "RGBA" if clear else "RGB", (image.width(), image.height())
    bits, order = bytes(image.constBits()), "RGBA" if clear else "RGBX"
    raw = Pillow.frombuffer(mode, size, bits, "raw", order, image.bytesPerLine(), 1)
    seen = adjust(raw, adjustments)
    data = seen.tobytes("raw", "RGBA" if clear else "BGRX")
    kind = QImage.Format.Format_RGBA8888 if clear else QImage.Format.Format_RGB32
    found = QImage(data, *size, 4 * size[0], kind)
    return found.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied) if clear else found.copy()


def _part(picture: Pyramid, level: QImage, seen: QRectF, *, around: float) -> QRect:
    """The pixels of a level for what is seen of the picture, and for a share of it more at each side."""
    across, down = level.width() / picture.size.width(), level.height() / picture.size.height()
    more = around * seen.width(), around * seen.height()
    wide = seen.adjusted(-more[0], -more[1], *more)
    part = QRectF(wide.x() * across, wide.y() * down, wide.width() * across, wide.height() * down)
    return part.toAlignedRect().intersected(level.rect())
