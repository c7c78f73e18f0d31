"""The images that are like what was asked about, one below the other, each with why."""

from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QFont, QFontMetrics, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from gui import style
from gui.icons import paint_icon
from gui.models.cells import Chip
from gui.models.grid_model import Index
from gui.models.similar_model import SimilarModel
from gui.session import Session
from gui.views.cell_painter import paint_eye
from gui.views.chips import CHIP_HEIGHT, GAP, chip_widths, paint_chips
from gui.views.peek import Peek
from gui.views.similar.framed_view import paint_frame

EDGE_PX: Final = 104
_BAR_PX: Final = 3
_EYE_PX: Final = 24
_WRAPPED: Final = Qt.AlignmentFlag.AlignLeading | Qt.TextFlag.TextWordWrap


class SimilarList(QListView):
    """Rows with one current; keys move, open it, compare it, and leave."""

    current_changed = Signal()  # another row is current, or none
    rows_filled = Signal()  # more is known of the rows
    opened = Signal(object)  # an image's id: Enter or a double click
    compare_wanted = Signal()
    left = Signal()
    zoomed = Signal(str)  # "+", "-" or "0"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.peek = Peek(self)
        self.peek.changed.connect(self.viewport().update)
        self.found = SimilarModel(session.reader, parent=self)
        self.setAccessibleName(self.tr("Similar images"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        self.setItemDelegate(_Row(self))
        self.setMinimumWidth(EDGE_PX + 160)
        self.doubleClicked.connect(self._on_double_clicked)

    def show_found(self, found: SimilarModel) -> None:
        """Show what was found, the first of it current."""
        before, self.found = self.found, found
        found.setParent(self)
        found.covering = self._session.settings.cover_graphic
        found.rows_filled.connect(self._on_rows_filled)
        found.fetch_failed.connect(self._session.failed)
        self.setModel(found)
        before.retire()
        before.deleteLater()
        self.selectionModel().currentChanged.connect(self._on_current_changed)
        if found.rowCount():
            self.setCurrentIndex(found.index(0))
        self.current_changed.emit()

    @property
    def row(self) -> int | None:
        """The current row."""
        index = self.currentIndex()
        return index.row() if index.isValid() else None

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Open, compare, zoom or leave; the rest is Qt's."""
        key, plain = (
            event.key(),
            event.modifiers()
            in (
                Qt.KeyboardModifier.NoModifier,
                Qt.KeyboardModifier.KeypadModifier,
            ),
        )
        if plain and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._on_double_clicked(self.currentIndex())
        elif plain and key == Qt.Key.Key_Space:
            self.compare_wanted.emit()
        elif plain and key == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.text() in ("+", "-", "0") and event.text():
            self.zoomed.emit(event.text())
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:  # noqa: N802 - Qt's name
        """Do nothing: letters are commands here."""

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the rows, and ask for what is missing in view."""
        super().paintEvent(event)
        count = self.found.rowCount()
        if count:
            first = self.indexAt(self.viewport().rect().topLeft()).row()
            last = self.indexAt(self.viewport().rect().bottomLeft()).row()
            rows = range(max(first, 0), count if last < 0 else last + 1)
            self.found.want(rows, EDGE_PX, self.devicePixelRatioF())

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """The bar shows where the keys are."""
        super().focusInEvent(event)
        self.viewport().update()

    def _on_rows_filled(self, _ids: object) -> None:
        self.viewport().update()
        self.rows_filled.emit()

    def _on_current_changed(self, *_: object) -> None:
        self.peek.end()  # a look was meant for the one before
        self.current_changed.emit()

    def _on_double_clicked(self, index: QModelIndex | QPersistentModelIndex) -> None:
        if index.isValid():
            self.opened.emit(self.found.image_id(index.row()))


class _Row(QStyledItemDelegate):
    """Draws a row: the picture with the frame, then name, likeness, evidence and chips."""

    def __init__(self, view: SimilarList) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802, ARG002 - Qt's name
        """The picture's height, or that of the words."""
        body, small = option.fontMetrics.height(), QFontMetrics(_smaller(option.font)).height()
        words = 3 * body + 2 * small + round(CHIP_HEIGHT) + 2 * style.TIGHT
        return QSize(EDGE_PX + 160, max(EDGE_PX, words) + 2 * style.SMALL)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a row."""
        theme, rect = style.theme_of(option.palette), QRect(option.rect)
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, QColor(theme.tint))
            if self._view.hasFocus():
                bar = QRect(rect.left(), rect.top(), _BAR_PX, rect.height())
                painter.fillRect(QStyle.visualRect(option.direction, rect, bar), QColor(theme.accent))
        box = QRect(rect.left() + style.SMALL, rect.top() + style.SMALL, EDGE_PX, EDGE_PX)
        self._paint_picture(painter, QStyle.visualRect(option.direction, rect, box), index.row(), theme)
        room = rect.adjusted(EDGE_PX + 2 * style.SMALL + style.TIGHT, style.SMALL, -style.SMALL, -style.SMALL)
        painter.setLayoutDirection(option.direction)
        self._paint_words(painter, QStyle.visualRect(option.direction, rect, room), option, index.row(), theme)
        painter.restore()

    def _paint_picture(self, painter: QPainter, box: QRect, row: int, theme: style.Theme) -> None:
        found = self._view.found
        looking = self._view.peek.looking and row == self._view.row
        pixmap, cell = found.pixmap(row, looking=looking), found.cell(row)
        if pixmap is None:
            painter.fillRect(box, QColor(theme.line))
            if cell is not None and cell.state == "undecodable":
                icon = QRectF(0, 0, 32, 32)
                icon.moveCenter(QRectF(box).center())
                paint_icon(painter, "image-broken", icon, theme.muted)
            return
        target = QRectF(QPointF(), pixmap.deviceIndependentSize())
        target.moveCenter(QRectF(box).center())
        painter.drawPixmap(target.topLeft(), pixmap)
        corners = found.frames(row)[1]
        if corners:
            paint_frame(painter, target, corners, theme, line=1.5)
        if cell is not None and cell.covered and found.covering:
            eye = QRectF(target.left(), target.bottom() - _EYE_PX, _EYE_PX, _EYE_PX)
            paint_eye(painter, eye, "eye" if looking else "eye-off", theme)

    def _paint_words(
        self, painter: QPainter, room: QRect, option: QStyleOptionViewItem, row: int, theme: style.Theme
    ) -> None:
        found, body = self._view.found, option.fontMetrics
        painter.setFont(option.font)
        painter.setPen(QColor(theme.text))
        name = body.elidedText(found.name(row), Qt.TextElideMode.ElideMiddle, room.width())
        painter.drawText(room, int(Qt.AlignmentFlag.AlignLeading), name)
        room.setTop(room.top() + body.height())
        _paint_two_lines(painter, room, found.likeness(row), body)
        font = _smaller(option.font)
        painter.setFont(font)
        painter.setPen(QColor(theme.muted))
        _paint_two_lines(painter, room, found.evidence(row), QFontMetrics(font))
        cell = found.cell(row)
        if cell is not None and cell.chips:
            _paint_chips(painter, room, cell.chips, theme)


def _paint_two_lines(painter: QPainter, room: QRect, words: str, metrics: QFontMetrics) -> None:
    """Draw words in two lines at the most, and take what they need from the room."""
    if not words:
        return
    two = QRect(room.left(), room.top(), room.width(), 2 * metrics.height())
    taken = metrics.boundingRect(two, int(_WRAPPED), words).height()
    if taken > two.height():  # what does not fit even there stands in the tooltip
        words = metrics.elidedText(words, Qt.TextElideMode.ElideRight, 2 * room.width() - style.HUGE)
        taken = two.height()
    painter.drawText(two, int(_WRAPPED), words)
    room.setTop(room.top() + taken)


def _paint_chips(painter: QPainter, room: QRect, chips: tuple[Chip, ...], theme: style.Theme) -> None:
    """Draw chips at the side where reading begins."""
    widths = chip_widths(QFontMetricsF(painter.font()), chips, room.width())
    width = sum(widths) + GAP * (len(widths) - 1)
    line = QRectF(room.left(), room.top() + style.TIGHT, width, CHIP_HEIGHT)
    if painter.layoutDirection() == Qt.LayoutDirection.RightToLeft:
        line.moveRight(room.right() + 1)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint_chips(painter, line, chips, theme)


def _smaller(font: QFont) -> QFont:
    made = QFont(font)
    if made.pixelSize() > 1:
        made.setPixelSize(made.pixelSize() - 1)
    return made
