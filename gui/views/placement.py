"""How a picture lies in its viewer: scale, turn, and which of its points is in the middle."""

from dataclasses import dataclass, field
from typing import Final

from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QTransform

LARGEST_SCALE: Final = 32.0
SMALLEST_SCALE: Final = 0.02
SHARP_FROM: Final = 3.0  # from here on pixels are drawn as squares, to be read


@dataclass(slots=True)
class Placement:
    """A picture of ``size`` pixels in a widget of ``room`` logical pixels with ``ratio`` device pixels in each.

    It is fitted to the room, never enlarged, until it is zoomed.
    """

    size: QSize = field(default_factory=QSize)
    room: QSize = field(default_factory=QSize)
    ratio: float = 1.0
    quarters: int = 0  # turned clockwise
    _scale: float | None = None  # None: fitted
    _middle: QPointF = field(default_factory=QPointF)  # in pixels of the turned picture

    @property
    def fitted(self) -> bool:
        """Whether the picture follows the size of its room."""
        return self._scale is None

    @property
    def turned_size(self) -> QSize:
        """The picture's size as it lies."""
        return self.size.transposed() if self.quarters % 2 else self.size

    @property
    def scale(self) -> float:
        """Device pixels of the screen for each pixel of the picture."""
        if self._scale is not None:
            return self._scale
        if self.size.isEmpty():
            return 1.0
        turned = self.turned_size
        width, height = self.room.width() * self.ratio, self.room.height() * self.ratio
        return min(width / turned.width(), height / turned.height(), 1.0)

    @property
    def middle(self) -> QPointF:
        """The point in the middle of the room, in pixels of the turned picture."""
        size = self.turned_size
        return QPointF(size.width() / 2, size.height() / 2) if self.fitted else self._middle

    def fit(self) -> None:
        """Fit the picture to the room again."""
        self._scale = None

    def zoom(self, scale: float, at: QPointF | None = None) -> None:
        """Take another scale; the point of the room ``at`` (by default its middle) keeps its place."""
        at = at or QPointF(self.room.width() / 2, self.room.height() / 2)
        lowest = min(SMALLEST_SCALE, self.scale)
        held, self._middle = self.to_picture(at), self.middle
        self._scale = min(max(scale, lowest), LARGEST_SCALE)
        self._middle = self._middle + held - self.to_picture(at)
        self.settle()

    def turn(self, quarters: int) -> None:
        """Turn by quarters clockwise, and fit."""
        self.quarters = (self.quarters + quarters) % 4
        self.fit()

    def drag(self, by: QPointF) -> None:
        """Move the picture by logical pixels of the room; a fitted one stays."""
        if self._scale is not None:
            self._middle = self._middle - by * (self.ratio / self._scale)
            self.settle()

    def settle(self) -> None:
        """Let no edge of the picture come further in than its room's own edge; centre what is smaller."""
        if self._scale is None:
            return
        size, scale = self.turned_size, self._scale / self.ratio
        self._middle = QPointF(
            _between(self._middle.x(), self.room.width() / 2 / scale, size.width()),
            _between(self._middle.y(), self.room.height() / 2 / scale, size.height()),
        )

    def to_picture(self, at: QPointF) -> QPointF:
        """The point of the turned picture, in its pixels, that lies under a point of the room."""
        centre = QPointF(self.room.width() / 2, self.room.height() / 2)
        return (at - centre) * (self.ratio / self.scale) + self.middle

    def transform(self) -> QTransform:
        """From pixels of the picture to logical pixels of the room."""
        scale, turned, middle = self.scale / self.ratio, self.turned_size, self.middle
        return (
            QTransform()
            .translate(self.room.width() / 2, self.room.height() / 2)
            .scale(scale, scale)
            .translate(turned.width() / 2 - middle.x(), turned.height() / 2 - middle.y())
            .rotate(90 * self.quarters)
            .translate(-self.size.width() / 2, -self.size.height() / 2)
        )


def _between(middle: float, room: float, length: float) -> float:
    """The middle of a side of ``length`` when half of what is in view measures ``room``."""
    return length / 2 if 2 * room >= length else min(max(middle, room), length - room)
