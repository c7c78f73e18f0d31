"""The facets at the left: every value with its count; a press asks for images with it, without it, or either."""

from typing import Any, Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QMouseEvent, QPainter, QPalette, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from core import search
from core.archive import Archive
from core.jobs import Job
from core.records import Query
from gui import style
from gui.icons import paint_icon
from gui.models.facet_model import SHARE_ROLE, VALUE_ROLE, WANTED_ROLE, FacetModel
from gui.models.sentences import facet_words
from gui.plain import PlainLabel
from gui.session import Session

_VALUE_HEIGHT: Final = 24
_INDENT: Final = 12
_BOX: Final = 14
_OPEN_AT_FIRST: Final = ("type", "manufacture", "status", "duplicates", "tagged")
_LEFT: Final = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
_RIGHT: Final = Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine


class FacetPanel(QWidget):
    """All facets of what is found; an archive must be open."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.setMinimumWidth(180)
        self.model = FacetModel({name: _title(name) for name in search.FACETS}, self)
        self.tree = FacetTree(self.model)
        self.tree.setAccessibleName(self.tr("Facets"))
        self.tree.value_pressed.connect(self._on_value_pressed)
        self._hint = PlainLabel(self.tr("Counting…"))
        self._hint.setProperty("role", "muted")
        self._hint.setContentsMargins(style.MEDIUM, style.SMALL, style.MEDIUM, style.SMALL)
        self._hint.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._hint)
        layout.addWidget(self.tree)
        session.changed.connect(self.reload)
        session.query_changed.connect(self._on_query_changed)

    def reload(self) -> None:
        """Count anew."""
        self._session.read("facets", _Facets(self._session.query), self._on_facets, later=True)

    def _on_query_changed(self) -> None:
        self.model.set_query(self._session.query)
        self.reload()

    def _on_facets(self, facets: dict[str, list[search.FacetValue]]) -> None:
        self.model.set_values(facets, self.tree.closed_facets())
        self.tree.hide_empty()

    def _on_value_pressed(self, index: QModelIndex) -> None:
        self._session.set_query(self.model.next_query(index, self._session.query))


class FacetTree(QTreeView):
    """The tree of facets: a press on a facet opens or closes it, one on a value is told."""

    value_pressed = Signal(object)  # QModelIndex of a value

    def __init__(self, model: FacetModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._facets = model
        self.setModel(model)
        self.setItemDelegate(_FacetDelegate(self))
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.viewport().setBackgroundRole(QPalette.ColorRole.Window)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setExpandsOnDoubleClick(False)
        for row in range(model.rowCount()):
            index = model.index(row, 0)
            self.setExpanded(index, model.facet_of(index) in _OPEN_AT_FIRST)

    def hide_empty(self) -> None:
        """Leave out the facets of which no image has a value; many archives never use most of them."""
        for row in range(self._facets.rowCount()):
            self.setRowHidden(row, QModelIndex(), not self._facets.rowCount(self._facets.index(row, 0)))

    def closed_facets(self) -> frozenset[str]:
        """The facets whose values are not shown."""
        rows = [self._facets.index(row, 0) for row in range(self._facets.rowCount())]
        return frozenset(self._facets.facet_of(index) for index in rows if not self.isExpanded(index))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Press the row under the pointer."""
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton:
            self._press(self.indexAt(event.position().toPoint()))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Space and Enter press the row that the keyboard is on."""
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._press(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _press(self, index: QModelIndex) -> None:
        if not index.isValid():
            return
        if self._facets.data(index, VALUE_ROLE) is None:
            self.setExpanded(index, not self.isExpanded(index))
        else:
            self.value_pressed.emit(index)


class _FacetDelegate(QStyledItemDelegate):
    """Draws a row: box, label and count, over a thin bar for the share."""

    def __init__(self, tree: FacetTree) -> None:
        super().__init__(tree)
        self._tree = tree

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: N802
        """A facet's own row is a little higher than those of its values."""
        least = style.ROW_HEIGHT if index.data(VALUE_ROLE) is None else _VALUE_HEIGHT
        return QSize(0, max(least, option.fontMetrics.height() + style.TIGHT))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw the row."""
        theme = style.theme_of(self._tree.palette())
        rect: QRect = option.rect
        state = option.state
        painter.save()
        painter.setLayoutDirection(self._tree.layoutDirection())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._tree.font())
        hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        painter.fillRect(rect, QColor(theme.hover if hovered else theme.window))
        if index.data(VALUE_ROLE) is None:
            self._paint_title(painter, rect, index, theme)
        else:
            self._paint_value(painter, rect, index, theme)
        if state & QStyle.StateFlag.State_HasFocus:
            pen = QPen(QColor(theme.accent), 2)
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(rect).adjusted(3, 1, -3, -1), style.RADIUS, style.RADIUS)
        painter.restore()

    def _paint_title(
        self, painter: QPainter, rect: QRect, index: QModelIndex | QPersistentModelIndex, theme: style.Theme
    ) -> None:
        opened = self._tree.isExpanded(_plain(index))
        mark = QRectF(0, 0, _BOX, _BOX)
        mark.moveCenter(QRectF(self._slot(rect, style.SMALL, _BOX)).center())
        paint_icon(painter, "chevron-down" if opened else "chevron-right", mark, theme.muted)
        semibold = QFont(self._tree.font())
        semibold.setWeight(QFont.Weight.DemiBold)
        painter.setFont(semibold)
        painter.setPen(QColor(theme.text))
        room = self._rest(rect, style.SMALL + _BOX + style.TIGHT, style.MEDIUM)
        painter.drawText(room, _LEFT, str(index.data()))

    def _paint_value(
        self, painter: QPainter, rect: QRect, index: QModelIndex | QPersistentModelIndex, theme: style.Theme
    ) -> None:
        value, wanted = index.data(VALUE_ROLE), index.data(WANTED_ROLE)
        metrics = painter.fontMetrics()
        count = f"{value.count:,}"
        reserved = metrics.horizontalAdvance(count) + style.SMALL
        left = style.SMALL + _INDENT * value.depth
        self._paint_box(painter, QRectF(self._slot(rect, left, _BOX)), wanted, theme)
        room = self._rest(rect, left + _BOX + 6, style.MEDIUM)
        self._paint_share(painter, room, index.data(SHARE_ROLE), theme)
        painter.setPen(QColor(theme.muted))
        painter.drawText(room, _RIGHT, count)
        words = QRect(room)
        words.setWidth(max(0, room.width() - reserved))
        if self._tree.isRightToLeft():
            words.moveRight(room.right())
        faded = not value.count or wanted is False
        painter.setPen(QColor(theme.muted if faded else theme.text))
        painter.drawText(words, _LEFT, metrics.elidedText(value.label, Qt.TextElideMode.ElideRight, words.width()))

    def _paint_share(self, painter: QPainter, room: QRect, share: float, theme: style.Theme) -> None:
        bar = QRectF(room.left(), room.bottom() - 2, room.width() * share, 2)
        if self._tree.isRightToLeft():
            bar.moveRight(room.right() + 1)
        painter.fillRect(bar, QColor(theme.chip))

    def _paint_box(self, painter: QPainter, room: QRectF, wanted: bool | None, theme: style.Theme) -> None:  # noqa: FBT001
        box = QRectF(0, 0, _BOX, _BOX)
        box.moveCenter(room.center())
        painter.setPen(QPen(QColor(theme.control if wanted is None else theme.accent), 1))
        painter.setBrush(QColor(theme.accent if wanted else theme.panel))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
        if wanted is not None:
            name, colour = ("check", theme.on_accent) if wanted else ("minus", theme.accent)
            paint_icon(painter, name, box.adjusted(1, 1, -1, -1), colour)

    def _slot(self, rect: QRect, offset: int, width: int) -> QRect:
        """A part of a row, ``offset`` from where reading begins."""
        left = rect.right() + 1 - offset - width if self._tree.isRightToLeft() else rect.left() + offset
        return QRect(left, rect.top(), width, rect.height())

    def _rest(self, rect: QRect, before: int, after: int) -> QRect:
        """What is left of a row after ``before`` pixels where reading begins and ``after`` where it ends."""
        if self._tree.isRightToLeft():
            before, after = after, before
        return rect.adjusted(before, 0, -after, 0)


def _plain(index: QModelIndex | QPersistentModelIndex) -> QModelIndex:
    return index if isinstance(index, QModelIndex) else index.model().index(index.row(), 0, index.parent())


class _Facets:
    """Counts the facets of a query, on a worker."""

    def __init__(self, query: Query) -> None:
        self._query = query

    def __call__(self, archive: Archive, job: Job) -> Any:
        return search.facet_values(archive, self._query, job=job)


def _title(name: str) -> str:
    words = facet_words(name)
    return words[:1].upper() + words[1:]
