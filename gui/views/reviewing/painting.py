"""Drawing a pair: its pictures as they lie, the edge of the smaller on the larger, the letters A and B."""

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPolygonF, QTransform

from gui import style
from gui.icons import paint_icon
from gui.views.labels import paint_plate, plate_size
from gui.views.placement import SHARP_FROM
from gui.views.pyramid import Pyramid
from gui.views.reviewing.laying import PairPlacement

LETTERS: Final = ("A", "B")
_LINE_PX: Final = 2


def paint_picture(painter: QPainter, placement: PairPlacement, side: int, picture: Pyramid, *, clip: QRectF) -> None:
    """Draw one picture as it lies, as far as ``clip`` reaches."""
    size, matrix = placement.laying.sizes[side], placement.matrix(side)
    ratio = painter.device().devicePixelRatio()
    scale = abs(matrix.determinant()) ** 0.5 * ratio * size.width() / picture.size.width()
    _paint(painter, matrix, picture.level(scale), QSizeF(size), clip=clip, smooth=scale < SHARP_FROM)


def paint_cover(painter: QPainter, placement: PairPlacement, side: int, cover: QImage) -> None:
    """Draw what stands for a graphic picture in its place."""
    size = QSizeF(placement.laying.sizes[side])
    _paint(painter, placement.matrix(side), cover, size, clip=placement.pane(side), smooth=True)


def paint_map(painter: QPainter, placement: PairPlacement, map_of_whole: QImage) -> None:
    """Draw what was worked out for the whole in its place."""
    whole = placement.laying.whole
    size = QSizeF(placement.laying.sizes[whole])
    _paint(painter, placement.matrix(whole), map_of_whole, size, clip=placement.room, smooth=True)


def _paint(painter: QPainter, matrix: QTransform, image: QImage, size: QSizeF, *, clip: QRectF, smooth: bool) -> None:
    painter.save()
    painter.setClipRect(clip, Qt.ClipOperation.IntersectClip)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
    painter.setTransform(matrix, combine=True)
    target = QRectF(QPointF(0, 0), size)
    seen = matrix.inverted()[0].mapRect(clip).intersected(target)
    across, down = image.width() / size.width(), image.height() / size.height()
    source = QRectF(seen.x() * across, seen.y() * down, seen.width() * across, seen.height() * down)
    whole = source.toAlignedRect().adjusted(-1, -1, 1, 1).intersected(image.rect())
    part = QRectF(whole.x() / across, whole.y() / down, whole.width() / across, whole.height() / down)
    painter.drawImage(part, image, QRectF(whole))
    painter.restore()


def paint_frame(painter: QPainter, placement: PairPlacement, theme: style.Theme) -> None:
    """Draw the edge of the part on the whole, readable on light and on dark."""
    whole = placement.laying.whole
    edge = placement.matrix(whole).map(placement.laying.frame())
    painter.save()
    painter.setClipRect(placement.pane(whole))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for colour, width in ((theme.panel, 2 * _LINE_PX), (theme.accent, _LINE_PX)):
        painter.setPen(QPen(QColor(colour), width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap,
                            Qt.PenJoinStyle.MiterJoin))  # fmt: skip
        painter.drawPolygon(QPolygonF(edge))
    painter.restore()


def paint_split(painter: QPainter, room: QRectF, x: float, theme: style.Theme) -> None:
    """Draw the line that can be dragged, with a handle."""
    painter.save()
    for colour, width in ((theme.panel, 2 * _LINE_PX), (theme.accent, _LINE_PX)):
        painter.fillRect(QRectF(x - width / 2, room.top(), width, room.height()), QColor(colour))
    handle = QRectF(0, 0, style.SMALL, style.HUGE)
    handle.moveCenter(QPointF(x, room.center().y()))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(theme.panel), 1))
    painter.setBrush(QColor(theme.accent))
    painter.drawRoundedRect(handle, style.RADIUS, style.RADIUS)
    painter.restore()


def paint_label(painter: QPainter, pane: QRectF, words: str, theme: style.Theme, *, at_end: bool = False) -> None:
    """Draw short words at the top of a pane, where reading begins or ends."""
    size = plate_size(painter, words, max(style.HUGE, pane.width() - 2 * style.SMALL))
    rect = QRectF(pane.topLeft() + QPointF(style.SMALL, style.SMALL), size)
    if at_end:
        rect.moveRight(pane.right() - style.SMALL)
    paint_plate(painter, rect.toAlignedRect().toRectF(), words, theme.panel, theme.text)


def paint_centred(painter: QPainter, pane: QRectF, words: str, theme: style.Theme) -> None:
    """Draw a plate with words in the middle of a pane."""
    rect = QRectF(QPointF(), plate_size(painter, words, pane.width() - 2 * style.SMALL))
    rect.moveCenter(pane.center())
    paint_plate(painter, rect.toAlignedRect().toRectF(), words, theme.panel, theme.text)


def paint_reason(painter: QPainter, pane: QRectF, words: str, theme: style.Theme, *, broken: bool) -> None:
    """Draw why there is no picture."""
    if broken:
        icon = QRectF(0, 0, 48, 48)
        icon.moveCenter(pane.center() - QPointF(0, 48))
        paint_icon(painter, "image-broken", icon, theme.muted)
    painter.setPen(QColor(theme.muted))
    room = pane.adjusted(style.HUGE, style.SMALL, -style.HUGE, -style.SMALL)
    painter.drawText(room, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, words)
