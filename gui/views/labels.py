"""Short words on a plate of their own, readable on any picture."""

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter

from gui import style


def plate_size(painter: QPainter, words: str, widest: float) -> QSizeF:
    """The size of the plate for some words in the painter's font."""
    metrics = QFontMetricsF(painter.font())
    width = min(metrics.horizontalAdvance(words) + 2 * style.SMALL, widest)
    return QSizeF(width, metrics.height() + style.TIGHT)


def paint_plate(painter: QPainter, rect: QRectF, words: str, fill: str, ink: str) -> None:
    """Draw a plate with words in its middle; what there is no room for is elided."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(fill))
    painter.drawRoundedRect(rect, style.RADIUS, style.RADIUS)
    painter.setPen(QColor(ink))
    room = rect.width() - 2 * style.SMALL
    shown = QFontMetricsF(painter.font()).elidedText(words, Qt.TextElideMode.ElideRight, room + 0.5)
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextSingleLine, shown)
    painter.restore()


def paint_hint(painter: QPainter, room: QRectF, words: str, theme: style.Theme) -> None:
    """Draw a sentence at the top of a room, in the middle."""
    size = plate_size(painter, words, room.width() - 2 * style.SMALL)
    rect = QRectF(QPointF(room.center().x() - size.width() / 2, room.top() + style.SMALL), size)
    paint_plate(painter, rect.toAlignedRect().toRectF(), words, theme.panel, theme.text)
