"""A table of text to read and to go through row by row: padded cells, no grid, the row with the cursor tinted."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from gui import style
from gui.plain import plain_tooltip

LEFT: Final = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
RIGHT: Final = Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter
_BAR_PX: Final = 3
_HEAD: Final = """
QHeaderView::section { background: palette(window); border: 0; border-bottom: 1px solid palette(mid);
    padding: 4px 8px; }
"""
Index = QModelIndex | QPersistentModelIndex


class PlainTable(QTableWidget):
    """``numbers`` are the columns of figures, on the side where figures stand; the others share what room is left."""

    def __init__(self, heads: Sequence[str], numbers: Sequence[int] = (), parent: QWidget | None = None) -> None:
        super().__init__(0, len(heads), parent)
        self._numbers = frozenset(numbers)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setItemDelegate(_Padded(self))
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(style.ROW_HEIGHT)
        header = self.horizontalHeader()
        header.setStyleSheet(_HEAD)
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        for column in self._numbers:
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        self.set_heads(heads)

    def set_heads(self, heads: Sequence[str]) -> None:
        """Name the columns."""
        for column, text in enumerate(heads):
            head = QTableWidgetItem(text)
            head.setTextAlignment(RIGHT if column in self._numbers else LEFT)
            self.setHorizontalHeaderItem(column, head)

    def set_row(self, row: int, texts: Sequence[str]) -> None:
        """Fill a row; each text is its own tooltip."""
        for column, text in enumerate(texts):
            item = QTableWidgetItem(text)
            item.setToolTip(plain_tooltip(text))
            item.setTextAlignment(RIGHT if column in self._numbers else LEFT)
            self.setItem(row, column, item)


class _Padded(QStyledItemDelegate):
    """Draws a cell's text with room at both sides; the row with the cursor is tinted, with a bar while it has keys."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802 - Qt's name
        """As much as the text needs, and the room."""
        return super().sizeHint(option, index) + QSize(2 * style.SMALL, 0)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw background, bar and text."""
        theme = style.theme_of(option.palette)
        rect: QRect = option.rect
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        brush = index.data(Qt.ItemDataRole.BackgroundRole)
        if isinstance(brush, QBrush) and brush.style() != Qt.BrushStyle.NoBrush:
            painter.fillRect(rect, brush)
        elif selected:
            painter.fillRect(rect, QColor(theme.tint))
        table = self.parent()
        if selected and index.column() == 0 and isinstance(table, QWidget) and table.hasFocus():
            bar = QRect(rect.left(), rect.top(), _BAR_PX, rect.height())
            painter.fillRect(QStyle.visualRect(option.direction, rect, bar), QColor(theme.accent))
        font = index.data(Qt.ItemDataRole.FontRole)
        painter.setFont(font if isinstance(font, QFont) else option.font)
        ink = index.data(Qt.ItemDataRole.ForegroundRole)
        painter.setPen(QPen(ink.color() if isinstance(ink, QBrush) else QColor(theme.text)))
        room = rect.adjusted(style.SMALL, 0, -style.SMALL, 0)
        text = painter.fontMetrics().elidedText(str(index.data()), Qt.TextElideMode.ElideRight, room.width())
        given = index.data(Qt.ItemDataRole.TextAlignmentRole)
        side = QStyle.visualAlignment(option.direction, Qt.AlignmentFlag(given) if given is not None else LEFT)
        painter.drawText(room, int(side) | int(Qt.TextFlag.TextSingleLine), text)
        painter.restore()
