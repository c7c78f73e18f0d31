"""Where the two pictures of a pair lie: on each other, and on screen.

One of them is the *whole*: the one of which the other covers a part, or the first where both show as much.  Its
pixels measure everything, so that whatever is zoomed or dragged, the same thing stays at the same place of both.
"""

import math
from dataclasses import dataclass, field
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF
from PySide6.QtGui import QPolygonF, QTransform

from core.transforms import IDENTITY, Transform
from gui import style

LARGEST: Final = 32.0  # screen pixels for one of the picture that has more of them
_ALL: Final = 0.97  # of the whole from which the other shows as much
_ALIKE: Final = 1.03  # times the other's shape up to which two pictures are taken to have the same


@dataclass(frozen=True, slots=True)
class Laying:
    """Two pictures by their sizes in pixels, and the transform from the first to the second in shares of each."""

    sizes: tuple[QSize, QSize]
    transform: Transform

    @classmethod
    def of(cls, size_a: QSize, size_b: QSize, transform: Transform | None) -> "Laying":
        """Without a transform, the second is fitted to the first."""
        return cls((size_a, size_b), transform or _fitted(size_a, size_b))

    @property
    def whole(self) -> int:
        """Which of the two is the whole: 0 or 1."""
        return 0 if abs(self.transform.determinant) >= _ALL else 1

    @property
    def part(self) -> int:
        """Which of the two is the other."""
        return 1 - self.whole

    @property
    def is_part(self) -> bool:
        """Whether the other shows noticeably less than the whole."""
        return not _ALL < abs(self.transform.determinant) < 1 / _ALL

    def to_whole(self, side: int) -> QTransform:
        """From pixels of a picture to pixels of the whole."""
        if side == self.whole:
            return QTransform()
        shares = self.transform if side == 0 else self.transform.inverse()
        middle = QTransform(shares.xx, shares.yx, shares.xy, shares.yy, shares.x0, shares.y0)
        own, whole = self.sizes[side], self.sizes[self.whole]
        return (
            QTransform.fromScale(1 / own.width(), 1 / own.height())
            * middle
            * QTransform.fromScale(whole.width(), whole.height())
        )

    def density(self, side: int) -> float:
        """How many pixels of the whole one of a picture is long, as far as that is one number."""
        return math.sqrt(abs(self.to_whole(side).determinant()))

    def frame(self) -> QPolygonF:
        """The edge of the other, in pixels of the whole."""
        return self.to_whole(self.part).map(QPolygonF(QRectF(QPointF(0, 0), QSizeF(self.sizes[self.part]))))


def _fitted(size_a: QSize, size_b: QSize) -> Transform:
    """The first centred on the second, as large as it can be without being stretched."""
    shape = (size_a.width() / size_a.height()) / (size_b.width() / size_b.height())
    if 1 / _ALIKE < shape < _ALIKE:
        return IDENTITY
    across, down = (1.0, 1 / shape) if shape > 1 else (shape, 1.0)
    return Transform(across, 0, (1 - across) / 2, 0, down, (1 - down) / 2)


@dataclass(slots=True)
class PairPlacement:
    """How both pictures lie in a room of logical pixels: beside each other, or one on the other.

    ``scale`` is in logical pixels for one of the whole, None while both are fitted.  Beside each other, a part stays
    fitted until the whole is as large as it; from then on both are equally large, and what is in the middle of the
    one is in the middle of the other.
    """

    laying: Laying
    room: QRectF = field(default_factory=QRectF)
    beside: bool = True
    scale: float | None = None
    middle: QPointF = field(default_factory=QPointF)  # in pixels of the whole

    def pane(self, side: int) -> QRectF:
        """The part of the room in which a picture is shown."""
        if not self.beside:
            return self.room
        width = (self.room.width() - style.MEDIUM) / 2
        left = self.room.left() + side * (width + style.MEDIUM)
        return QRectF(left, self.room.top(), width, self.room.height())

    @property
    def focus(self) -> QPointF:
        """The point of the room at which there is zoomed where no other is meant."""
        return self.pane(self.laying.whole).center()

    def matrix(self, side: int) -> QTransform:
        """From pixels of a picture to logical pixels of the room."""
        whole = self.laying.whole
        if side != whole and not self.beside:
            return self.laying.to_whole(side) * self._laid(whole)
        return self._laid(side)

    def zoom(self, factor: float, at: QPointF, ratio: float) -> None:
        """Make both larger or smaller; what lies at a point of the room stays there.

        ``ratio`` is the number of device pixels in a logical one.
        """
        side = self._side_at(at)
        least = self._fit(self.laying.whole)
        scale = self.scale or least
        if factor > 1:
            scale = max(scale, self._fit(side) / self._density(side))
        if scale * factor > least:
            self.take(min(scale * factor, max(LARGEST * self.sharp_scale(ratio), least)), at)
        else:
            self.fit()

    def take(self, scale: float, at: QPointF | None = None) -> None:
        """Take a scale, which may be smaller than fitted; what lies at a point of the room stays there."""
        at = self.room.center() if at is None else at
        side = self._side_at(at)
        back, invertible = self.matrix(side).inverted()
        assert invertible
        held = (back * self.laying.to_whole(side)).map(at)
        self.scale = scale
        self.middle = held - self._shift(side, at - self.pane(side).center())
        self._settle()

    def drag(self, by: QPointF, at: QPointF) -> None:
        """Move both pictures by logical pixels, as seen at a point of the room; fitted ones stay."""
        if self.scale is not None:
            self.middle -= self._shift(self._side_at(at), by)
            self._settle()

    def fit(self) -> None:
        """Fit both again."""
        self.scale = None

    def sharp_scale(self, ratio: float) -> float:
        """The scale at which the picture that has more pixels is shown with one of them for each of the screen."""
        return max(1.0, 1 / self.laying.density(self.laying.part)) / ratio

    def resize(self, room: QRectF, *, beside: bool) -> None:
        """Take another room, or another way of lying in it."""
        self.room, self.beside = room, beside
        self._settle()

    def _laid(self, side: int) -> QTransform:
        """From pixels of a picture to its own pane, upright."""
        size, pane, fit, whole = self.laying.sizes[side], self.pane(side), self._fit(side), self.laying.whole
        scale, middle = fit, QPointF(size.width() / 2, size.height() / 2)
        if self.scale is not None and (self.scale * self._density(side) > fit or self.scale < self._fit(whole)):
            scale = self.scale * self._density(side)
            middle = self.laying.to_whole(side).inverted()[0].map(self.middle)
        return (
            QTransform()
            .translate(pane.center().x(), pane.center().y())
            .scale(scale, scale)
            .translate(-middle.x(), -middle.y())
        )

    def _fit(self, side: int) -> float:
        """The scale at which a picture fills its pane."""
        size, pane = self.laying.sizes[side], self.pane(side)
        return max(min(pane.width() / size.width(), pane.height() / size.height()), 1e-6)

    def _density(self, side: int) -> float:
        return self.laying.density(side)

    def _side_at(self, at: QPointF) -> int:
        """Whose pane a point lies in; on each other, the whole's."""
        if not self.beside:
            return self.laying.whole
        return 0 if at.x() < self.room.center().x() else 1

    def _shift(self, side: int, by: QPointF) -> QPointF:
        """A way in a pane, in pixels of the whole."""
        assert self.scale is not None
        scale = self.scale * self._density(side)
        to = self.laying.to_whole(side)
        return to.map(by / scale) - to.map(QPointF(0, 0))

    def _settle(self) -> None:
        """Let no edge of the whole come further in than its pane's own edge; centre what is smaller."""
        if self.scale is None:
            return
        size, pane = self.laying.sizes[self.laying.whole], self.pane(self.laying.whole)
        self.middle = QPointF(
            _between(self.middle.x(), pane.width() / 2 / self.scale, size.width()),
            _between(self.middle.y(), pane.height() / 2 / self.scale, size.height()),
        )


def _between(middle: float, half: float, length: float) -> float:
    return length / 2 if 2 * half >= length else min(max(middle, half), length - half)
