"""How regions are drawn over a picture: thin lines that show on any of it, the selected one in the accent colour."""

from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from gui import style
from gui.views.labels import paint_plate, plate_size
from gui.views.layers import Scene
from gui.views.marks import Marks
from gui.views.rectangles import HANDLE_PX, handle_points

_DARK: Final = "#101010"
_LIGHT: Final = "#F4F4F4"
_LABEL_PX: Final = 260
_CARRIED_LABEL_PX: Final = 460  # it says from where, too
_DASHES: Final = (6, 4)  # of a carried region, so that nobody takes it for one that was drawn here


def paint_marks(
    painter: QPainter, room: QRectF, scene: Scene, marks: Marks, theme: style.Theme, *, editable: bool
) -> None:
    """Draw every region, the selected one and what is being drawn last."""
    chosen = marks.chosen
    for mark in marks:
        if chosen is None or mark.id != chosen.id:
            _paint_mark(painter, scene.on_screen(mark.region), dashed=mark.carried)
    if chosen is not None:
        rect = scene.on_screen(chosen.region)
        handles = editable and marks.draft is None and not chosen.carried
        _paint_selected(painter, rect, theme, handles=handles, dashed=chosen.carried)
        widest = _CARRIED_LABEL_PX if chosen.carried else _LABEL_PX
        _paint_words(painter, rect, room, chosen.words, theme, widest=widest)
    for region in (marks.told, marks.draft):
        if region is not None:
            _paint_selected(painter, scene.on_screen(region), theme, handles=region is marks.draft)


def _paint_mark(painter: QPainter, rect: QRectF, *, dashed: bool) -> None:
    """Draw a region that is not selected: a dark line round a light one, whatever the theme."""
    outer = rect.toRect()
    _outline(painter, outer, _DARK, dashed=dashed)
    _outline(painter, outer.adjusted(1, 1, -1, -1), _LIGHT, dashed=dashed)


def _paint_selected(
    painter: QPainter, rect: QRectF, theme: style.Theme, *, handles: bool, dashed: bool = False
) -> None:
    """Draw the region that is selected or being drawn, with handles where it can be changed."""
    outer = rect.toRect()
    for inset, colour in ((-1, theme.on_accent), (0, theme.accent), (1, theme.accent), (2, theme.on_accent)):
        _outline(painter, outer.adjusted(inset, inset, -inset, -inset), colour, dashed=dashed)
    if not handles:
        return
    painter.save()
    painter.setPen(QPen(QColor(theme.on_accent), 1))
    painter.setBrush(QColor(theme.accent))
    half = HANDLE_PX / 2
    for point in handle_points(rect).values():
        painter.drawRect(QRectF(point - QPointF(half, half), point + QPointF(half, half)).toRect())
    painter.restore()


def _paint_words(painter: QPainter, rect: QRectF, room: QRectF, words: str, theme: style.Theme, *, widest: int) -> None:
    """Draw a region's words over it, or under it, or inside where neither is in the room."""
    if not words:
        return
    size = plate_size(painter, words, min(widest, room.width()))
    mirrored = painter.layoutDirection() == Qt.LayoutDirection.RightToLeft
    left = rect.right() - size.width() if mirrored else rect.left()
    gap = style.SMALL
    tops = (rect.top() - gap - size.height(), rect.bottom() + gap, max(rect.top(), room.top()) + gap)
    top = next((top for top in tops if room.top() <= top <= room.bottom() - size.height()), room.top())
    left = min(max(left, room.left()), room.right() - size.width())
    plate = QRectF(QPointF(left, top), size).toAlignedRect()
    paint_plate(painter, plate.toRectF(), words, theme.accent, theme.on_accent)


def _outline(painter: QPainter, rect: QRect, colour: str, *, dashed: bool = False) -> None:
    if rect.width() < 1 or rect.height() < 1:
        return
    painter.save()
    painter.setBrush(Qt.BrushStyle.NoBrush)
    pen = QPen(QColor(colour), 1)
    if dashed:
        pen.setDashPattern(_DASHES)
    painter.setPen(pen)
    painter.drawRect(rect.adjusted(0, 0, -1, -1))
    painter.restore()
