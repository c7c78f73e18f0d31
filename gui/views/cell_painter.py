"""How one cell of the grid is drawn: picture, one line under it, and at most three marks in its corners."""

from collections.abc import Callable, Hashable
from typing import Final

from PySide6.QtCore import QCoreApplication, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from gui import style
from gui.icons import paint_icon
from gui.models.cells import Cell, shown_name
from gui.views.chips import paint_chips

PADDING: Final = 8  # between the cell's edge and its picture
CAPTION: Final = 20
MARK: Final = 16
STAMPS_KEPT: Final = 2_000
_CENTRE: Final = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextSingleLine


def cell_size(edge: int) -> tuple[int, int]:
    """Width and height of a cell whose picture is fitted into a square of ``edge`` logical pixels."""
    return edge + 2 * PADDING, edge + 2 * PADDING + style.TIGHT + CAPTION


class CellPainter:
    """Draws the cells of a view, in its theme and font.

    Chips and marks repeat from cell to cell, so each is drawn once and stamped after that: a screen of 230 cells
    takes a third of the time.
    """

    def __init__(self, view: QWidget) -> None:
        self._view = view
        self._stamps: dict[Hashable, QPixmap] = {}
        self._made_for: Hashable = None

    def begin(self, painter: QPainter, edge: int) -> None:
        """Take the painter of a paint event; pictures are fitted into squares of ``edge`` logical pixels."""
        self._painter = painter
        self._edge = edge
        self._theme = style.theme_of(self._view.palette())
        self._font = self._view.font()
        if self._font.pixelSize() > 1:
            self._font.setPixelSize(self._font.pixelSize() - 1)
        self._metrics = QFontMetrics(self._font)
        self._ratio = self._view.devicePixelRatioF()
        self._mirrored = self._view.isRightToLeft()
        painter.setFont(self._font)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        made_for = self._theme.name, self._font.key(), self._ratio, self._mirrored
        if made_for != self._made_for or len(self._stamps) > STAMPS_KEPT:
            self._stamps.clear()
            self._made_for = made_for

    def _stamp(self, key: Hashable, room: QRectF, draw: Callable[[QPainter, QRectF], None]) -> None:
        """Draw what ``draw`` draws into a rectangle, from memory if it was drawn before under this key."""
        pixmap = self._stamps.get(key)
        if pixmap is None:
            pixmap = QPixmap((room.size() * self._ratio).toSize())
            pixmap.setDevicePixelRatio(self._ratio)
            pixmap.fill(Qt.GlobalColor.transparent)
            painter = QPainter(pixmap)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setFont(self._font)
            painter.setLayoutDirection(self._view.layoutDirection())
            draw(painter, QRectF(0, 0, room.width(), room.height()))
            painter.end()
            self._stamps[key] = pixmap
        self._painter.drawPixmap(room.topLeft(), pixmap)

    def paint(
        self,
        rect: QRect,
        cell: Cell | None,
        pixmap: QPixmap | None,
        *,
        selected: bool,
        focused: bool,
        eye: str = "",
    ) -> None:
        """Draw a cell into its rectangle; ``cell`` and ``pixmap`` are None while they have not arrived.

        ``eye`` is the icon that says of a graphic picture that it is covered, or being looked at.
        """
        if selected:
            self._stamp(
                ("selected", rect.width()),
                QRectF(rect),
                lambda painter, room: paint_selection(painter, room, self._theme),
            )
        box = QRect(rect.left() + PADDING, rect.top() + PADDING, self._edge, self._edge)
        if pixmap is not None:
            self._paint_picture(box, pixmap)
        elif cell is None or cell.state == "decoded":
            self._painter.fillRect(box, QColor(self._theme.window))
        if cell is not None:
            if cell.state == "undecodable":
                self._paint_broken(box)
            self._paint_caption(QRect(box.left(), box.bottom() + 1 + style.TIGHT, self._edge, CAPTION), cell)
            self._paint_marks(box, cell, eye if cell.covered and cell.state == "decoded" else "")
        if focused:
            self._paint_focus(rect)

    def _paint_focus(self, rect: QRect) -> None:
        pen = QPen(QColor(self._theme.text), 1.0)
        pen.setDashPattern([1.5, 1.5])
        self._painter.setPen(pen)
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        self._painter.drawRect(QRectF(rect).adjusted(4.5, 4.5, -4.5, -4.5))

    def _paint_picture(self, box: QRect, pixmap: QPixmap) -> None:
        size = pixmap.deviceIndependentSize()
        # Made for another cell size, it stands in until the right one has come.
        scale = min(1.0, self._edge / max(size.width(), size.height()))
        target = QRectF(0, 0, size.width() * scale, size.height() * scale)
        target.moveCenter(QRectF(box).center())
        if scale == 1.0:
            self._painter.drawPixmap(QPointF(round(target.left()), round(target.top())), pixmap)
        else:
            self._painter.drawPixmap(target, pixmap, QRectF(pixmap.rect()))

    def _paint_broken(self, box: QRect) -> None:
        painter, theme = self._painter, self._theme
        side = min(40, self._edge // 3)
        icon = QRectF(0, 0, side, side)
        icon.moveCenter(QPointF(box.center().x() + 0.5, box.center().y() - 10))
        painter.setPen(QPen(QColor(theme.line), 1))
        painter.setBrush(QColor(theme.window))
        painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), style.RADIUS, style.RADIUS)
        paint_icon(painter, "image-broken", icon, theme.muted)
        painter.setPen(QColor(theme.muted))
        words = QRect(box.left() + style.TIGHT, round(icon.bottom()), box.width() - 2 * style.TIGHT, 40)
        text = QCoreApplication.translate("CellPainter", "Cannot be decoded")
        painter.drawText(words, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, text)

    def _paint_caption(self, room: QRect, cell: Cell) -> None:
        if cell.chips:
            self._stamp(
                (cell.chips, room.width()),
                QRectF(room),
                lambda painter, rect: paint_chips(painter, rect, cell.chips, self._theme),
            )
            return
        self._painter.setPen(QColor(self._theme.muted))
        name = self._metrics.elidedText(shown_name(cell.name), Qt.TextElideMode.ElideMiddle, room.width())
        self._painter.drawText(room, _CENTRE, name)

    def _paint_marks(self, box: QRect, cell: Cell, eye: str) -> None:
        if cell.group_size > 1:
            self._paint_count(box, str(cell.group_size))
        left = box.right() + 1 - MARK - style.TIGHT if self._mirrored else box.left() + style.TIGHT
        if eye:
            side = MARK + 2 * style.TIGHT
            corner = box.right() + 1 - side if self._mirrored else box.left()
            self._stamp(
                eye,
                QRectF(corner, box.bottom() + 1 - side, side, side),
                lambda painter, rect: paint_eye(painter, rect, eye, self._theme),
            )
        if cell.status != "new":
            self._stamp(
                cell.status,
                QRectF(left, box.top() + style.TIGHT, MARK, MARK),
                lambda painter, rect: paint_status(painter, rect, cell.status, self._theme),
            )

    def _paint_count(self, box: QRect, count: str) -> None:
        width = max(MARK + 4, self._metrics.horizontalAdvance(count) + 2 * style.TIGHT + 2)
        left = box.left() + style.TIGHT if self._mirrored else box.right() + 1 - width - style.TIGHT
        self._stamp(
            ("count", count),
            QRectF(left, box.top() + style.TIGHT, width, MARK + 2),
            lambda painter, rect: paint_count(painter, rect, count, self._theme),
        )


def paint_selection(painter: QPainter, rect: QRectF, theme: style.Theme) -> None:
    """Draw the tint and the ring of a selected cell."""
    painter.setPen(QPen(QColor(theme.accent), 2))
    painter.setBrush(QColor(theme.tint))
    painter.drawRoundedRect(rect.adjusted(2, 2, -2, -2), style.RADIUS, style.RADIUS)


def paint_eye(painter: QPainter, square: QRectF, eye: str, theme: style.Theme) -> None:
    """Draw an eye, open or struck through, on a card of its own."""
    painter.setPen(QPen(QColor(theme.control), 1))
    painter.setBrush(QColor(theme.panel))
    painter.drawRoundedRect(square.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
    inner = square.adjusted(style.TIGHT, style.TIGHT, -style.TIGHT, -style.TIGHT)
    paint_icon(painter, eye, inner, theme.text)


def paint_count(painter: QPainter, rect: QRectF, count: str, theme: style.Theme) -> None:
    """Draw the number of images in a group as a small card."""
    painter.setPen(QPen(QColor(theme.control), 1))
    painter.setBrush(QColor(theme.panel))
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
    painter.setPen(QColor(theme.text))
    painter.drawText(rect, _CENTRE, count)


def paint_status(painter: QPainter, square: QRectF, status: str, theme: style.Theme) -> None:
    """Draw a status as a dot that differs in shape as well as in colour."""
    colour = {
        "in_progress": theme.accent,
        "needs_help": theme.caution,
        "ready_for_review": theme.accent,
        "reviewed": theme.good,
    }.get(status, theme.muted)
    painter.setPen(QPen(QColor(theme.panel), 1.5))
    painter.setBrush(QColor(theme.panel))
    painter.drawEllipse(square)
    inner = square.adjusted(2, 2, -2, -2)
    pen = QPen(QColor(colour), 1.75, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if status == "reviewed":
        painter.setBrush(QColor(colour))
    painter.drawEllipse(inner)
    painter.setBrush(QColor(colour))
    centre = inner.center()
    if status == "in_progress":
        painter.drawPie(inner, 90 * 16, -180 * 16)
    elif status == "ready_for_review":
        painter.drawEllipse(centre, 2, 2)
    elif status == "needs_help":
        painter.drawLine(QPointF(centre.x(), centre.y() - 3), QPointF(centre.x(), centre.y() + 0.5))
        painter.drawPoint(QPointF(centre.x(), centre.y() + 3))
    elif status == "excluded":
        painter.drawLine(inner.topRight() + QPointF(-2, 2), inner.bottomLeft() + QPointF(2, -2))
    elif status == "reviewed":
        painter.setPen(QPen(QColor(theme.panel), 1.75))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        tick = [QPointF(-2.8, 0.2), QPointF(-0.8, 2.2), QPointF(2.8, -2)]
        painter.drawPolyline([centre + point for point in tick])
