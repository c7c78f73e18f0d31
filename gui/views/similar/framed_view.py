"""One of two pictures, with the edge of the other where that lies on it."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from core.transforms import Point
from gui import style
from gui.views.linked_view import LinkedView, Zoom
from gui.views.peek import Peek
from gui.views.pyramid import Pyramid

_LINE_PX: Final = 2


class FramedView(LinkedView):
    """A picture with a frame over it."""

    def __init__(self, zoom: Zoom, peek: Peek, parent: QWidget | None = None) -> None:
        super().__init__(zoom, peek, parent)
        self.frame: tuple[Point, ...] = ()
        self._picture: Pyramid | None = None

    def show_picture(self, picture: Pyramid | None, *, covered: bool) -> None:
        """Show a picture, or the room for one; ``covered`` covers it until somebody looks."""
        self._picture = picture
        self.show_image(None if picture is None else picture.levels[0], covered=covered)

    def show_frame(self, corners: Sequence[Point]) -> None:
        """Draw a frame with these corners, in shares of the picture, or none."""
        self.frame = tuple(corners)
        self.update()

    def _drawn(self, width_px: float) -> QImage:
        assert self._picture is not None
        return self._picture.level(width_px / self._picture.size.width())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the picture and the frame."""
        super().paintEvent(event)
        if self._image is not None and self.frame:
            painter = QPainter(self)
            paint_frame(painter, self.target, self.frame, style.theme_of(self.palette()))
            painter.end()


def paint_frame(
    painter: QPainter, target: QRectF, corners: Sequence[Point], theme: style.Theme, line: float = _LINE_PX
) -> None:
    """Draw a frame over a picture that lies in a rectangle, readable on light and on dark."""
    edge = QPolygonF(
        [QPointF(target.left() + x * target.width(), target.top() + y * target.height()) for x, y in corners]
    )
    painter.save()
    painter.setClipRect(target, Qt.ClipOperation.IntersectClip)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for colour, width in ((theme.panel, 2 * line), (theme.accent, line)):
        painter.setPen(QPen(QColor(colour), width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap,
                            Qt.PenJoinStyle.MiterJoin))  # fmt: skip
        painter.drawPolygon(edge)
    painter.restore()
