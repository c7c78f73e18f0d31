"""The list of what the typed text may mean, laid over the window beside the line; the line keeps the keys."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from gui import style
from gui.models.offers import Offer

_OFFER: Final = Qt.ItemDataRole.UserRole
_NARROWEST: Final = 440
Index = QModelIndex | QPersistentModelIndex


class SuggestionList(QListWidget):
    """Offers in a list over the window, one of them highlighted."""

    chosen = Signal(object)  # an Offer that was clicked

    def __init__(self, line: QWidget) -> None:
        super().__init__(line.window())
        self._line = line
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(_Row(self))
        self.setFrameShape(QFrame.Shape.Box)
        self.setAccessibleName(self.tr("Suggestions"))
        self.setMouseTracking(True)
        self.itemClicked.connect(self._on_item_clicked)
        self.hide()

    def show_offers(self, offers: Sequence[Offer], *, nothing: str = "") -> None:
        """Show these offers with the first highlighted; where there are none, the words ``nothing``."""
        self.clear()
        for offer in offers:
            item = QListWidgetItem(offer.words)
            item.setData(_OFFER, offer)
            self.addItem(item)
        if not offers and nothing:
            item = QListWidgetItem(nothing)
            item.setFlags(Qt.ItemFlag.NoItemFlags)
            self.addItem(item)
        if not self.count():
            self.hide()
            return
        self.setCurrentRow(0 if offers else -1)
        self._place()
        self.show()
        self.raise_()

    @property
    def highlighted(self) -> Offer | None:
        """The offer that Enter takes, None while the list is hidden or offers nothing."""
        item = self.currentItem()
        return item.data(_OFFER) if item is not None and not self.isHidden() else None

    def walk(self, by: int) -> None:
        """Highlight another offer, going round at the ends."""
        if self.highlighted is not None:
            self.setCurrentRow((self.currentRow() + by) % self.count())

    def _place(self) -> None:
        """Lay the list where the window has more room, below the line or above it."""
        window = self._line.window()
        if self.parentWidget() is not window:
            self.setParent(window)
        top = self._line.mapTo(window, QPoint(0, 0))
        width = min(max(self._line.width(), _NARROWEST), window.width() - 2 * style.SMALL)
        above, below = top.y(), window.height() - top.y() - self._line.height()
        room = max(above, below) - style.SMALL
        height = min(self.count() * style.ROW_HEIGHT + 2 * self.frameWidth(), room)
        left = top.x() + self._line.width() - width if self.isRightToLeft() else top.x()
        left = max(style.SMALL, min(left, window.width() - width - style.SMALL))
        y = top.y() + self._line.height() + 2 if below >= above else top.y() - height - 2
        self.setGeometry(QRect(left, y, width, height))

    def _on_item_clicked(self, item: QListWidgetItem) -> None:
        offer = item.data(_OFFER)
        if offer is not None:
            self.chosen.emit(offer)


class _Row(QStyledItemDelegate):
    """An offer: what it does, and in muted text at the other side what fitted or what it is."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802 - Qt's name
        """One row's height, whatever the text."""
        return QSize(super().sizeHint(option, index).width(), style.ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the row; the highlighted one has a tint and a bar at its beginning."""
        theme = style.theme_of(option.palette)
        rect: QRect = option.rect
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        mirrored = option.direction == Qt.LayoutDirection.RightToLeft
        painter.save()
        painter.fillRect(rect, QColor(theme.tint if selected else theme.panel))
        if selected:
            bar = QRect(rect.right() - 2 if mirrored else rect.left(), rect.top(), 3, rect.height())
            painter.fillRect(bar, QColor(theme.accent))
        room = rect.adjusted(style.MEDIUM, 0, -style.MEDIUM, 0)
        offer: Offer | None = index.data(_OFFER)
        metrics = QFontMetrics(painter.font())
        words = str(index.data()) if offer is None or not offer.removes else f"− {offer.words}"
        hint = "" if offer is None else offer.hint
        width = min(metrics.horizontalAdvance(words) + 2, room.width())
        left, right = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
        if mirrored:
            left, right = right, left
        painter.setPen(QPen(QColor(theme.muted if offer is None else theme.text)))
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute
        painter.drawText(room, left | middle, metrics.elidedText(words, Qt.TextElideMode.ElideRight, room.width()))
        space = room.width() - width - style.MEDIUM
        if hint and space > 2 * style.HUGE:
            painter.setPen(QPen(QColor(theme.muted)))
            painter.drawText(room, right | middle, metrics.elidedText(hint, Qt.TextElideMode.ElideRight, space))
        painter.restore()
