"""A list view of cells of one size that computes where they lie instead of laying them out.

Qt's own icon mode visits every row before it paints, which takes seconds at a million.  Everything here is a
function of the row number, and the selection stays in ranges.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QPoint, QRect, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPen, QRegion, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from gui import style
from gui.models.grid_model import Index
from gui.views.geometry import Geometry

FEW: Final = 32  # beyond this many cells, painting all of them is cheaper than saying which

Flag = QItemSelectionModel.SelectionFlag
Move = QAbstractItemView.CursorAction


class FlowView(QListView):
    """Cells of one size in lines, as many to a line as fit; a subclass paints them."""

    def __init__(self, cell: tuple[int, int], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cell = cell
        self._band: QRect | None = None  # the rubber band, in content coordinates
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)

    def resize_cells(self, width: int, height: int) -> None:
        """Take another size for the cells, in logical pixels, and keep what the eye was on where it was."""
        anchor = self.anchor()
        self._cell = width, height
        self.hold(anchor)

    def anchor(self, cells: Geometry | None = None) -> tuple[int, int] | None:
        """A row in view (the current one if it is), and how far below the viewport's top it lies.

        None at the very top, which is a place of its own.  ``cells`` is how they lay, if not as they lie now.
        """
        cells = cells or self.cells
        top = self.verticalOffset()
        rows = cells.rows_between(top, top + self.viewport().height())
        if not rows or not top:
            return None
        current = self.currentIndex().row()
        row = current if current in rows else rows.start
        return row, cells.rect(row)[1] - top

    def hold(self, anchor: tuple[int, int] | None) -> None:
        """Lay out anew, and put a row where it was in the viewport."""
        self.doItemsLayout()
        if anchor is not None:
            self.verticalScrollBar().setValue(self.cells.rect(anchor[0])[1] - anchor[1])

    @property
    def cells(self) -> Geometry:
        """Where the cells lie at present."""
        model = self.model()  # None while the view is being built
        return Geometry(
            count=model.rowCount() if model else 0,
            width=self.viewport().width(),
            cell_width=self._cell[0],
            cell_height=self._cell[1],
            margin=style.SMALL,
            mirrored=self.isRightToLeft(),
        )

    def visible_rows(self) -> range:
        """The rows of which anything is in view."""
        top = self.verticalOffset()
        return self.cells.rows_between(top, top + self.viewport().height())

    def visualRect(self, index: Index) -> QRect:  # noqa: N802 - Qt's name
        """The cell of a row, in the viewport's coordinates."""
        if not index.isValid():
            return QRect()
        left, top, width, height = self.cells.rect(index.row())
        return QRect(left, top - self.verticalOffset(), width, height)

    def indexAt(self, point: QPoint) -> QModelIndex:  # noqa: N802 - Qt's name
        """The row whose cell is at a point of the viewport."""
        row = self.cells.row_at(point.x(), point.y() + self.verticalOffset())
        return QModelIndex() if row is None else self.model().index(row, 0)

    def verticalOffset(self) -> int:  # noqa: N802 - Qt's name
        """How far the content is scrolled, in logical pixels."""
        return self.verticalScrollBar().value()

    def scrollTo(  # noqa: N802 - Qt's name
        self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        """Bring a row into view, by the shortest way unless told where to."""
        if not index.isValid():
            return
        _, top, _, height = self.cells.rect(index.row())
        room, value = self.viewport().height(), self.verticalOffset()
        where = QAbstractItemView.ScrollHint
        if hint == where.PositionAtCenter:
            value = top - (room - height) // 2
        elif hint == where.PositionAtTop or top < value:
            value = top - style.SMALL
        elif hint == where.PositionAtBottom or top + height > value + room:
            value = top + height + style.SMALL - room
        self.verticalScrollBar().setValue(value)

    def doItemsLayout(self) -> None:  # noqa: N802 - Qt's name
        """Lay nothing out: positions are computed; only the scroll bar needs to know."""
        QAbstractItemView.doItemsLayout(self)

    def updateGeometries(self) -> None:  # noqa: N802 - Qt's name
        """Tell the scroll bar how much there is."""
        cells, room = self.cells, self.viewport().height()
        bar = self.verticalScrollBar()
        bar.setRange(0, max(0, cells.height - room))
        bar.setPageStep(room)
        bar.setSingleStep(max(1, cells.cell_height // 3))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Keep what the eye was on in view when the columns change, or when something appears under the grid."""
        old = event.oldSize()
        before = replace(self.cells, width=old.width())
        anchor = self.anchor(before) if before.width > 0 else None
        current = self.visualRect(self.currentIndex())
        was_whole = old.width() == event.size().width() and current.top() >= 0 and current.bottom() < old.height()
        QAbstractItemView.resizeEvent(self, event)
        self.hold(anchor)
        if was_whole and self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())

    def scrollContentsBy(self, dx: int, dy: int) -> None:  # noqa: N802 - Qt's name
        """Move what is painted already; the rest is painted anew."""
        self.scrollDirtyRegion(dx, dy)
        self.viewport().scroll(dx, dy)

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:  # noqa: N802 - Qt's name
        """Where selected cells are in view: looking at those out of view would take as long as there are rows."""
        seen, parts = self.visible_rows(), selection.toList()
        everywhere = QRegion(self.viewport().rect())
        if len(parts) > FEW:
            return everywhere
        runs = (range(max(part.top(), seen.start), min(part.bottom() + 1, seen.stop)) for part in parts)
        rows = [row for run in runs for row in run]
        if len(rows) > FEW:
            return everywhere
        region = QRegion()
        for row in rows:
            region += self.visualRect(self.model().index(row, 0))
        return region

    def select_rows(self, ranges: Sequence[range], command: Flag) -> None:
        """Apply a selection command to runs of rows."""
        selection = QItemSelection()
        for rows in ranges:
            if rows:
                selection.select(self.model().index(rows.start, 0), self.model().index(rows.stop - 1, 0))
        self.selectionModel().select(selection, command)

    def moveCursor(self, action: Move, modifiers: Qt.KeyboardModifier) -> QModelIndex:  # noqa: N802, ARG002
        """The row that a cursor key leads to."""
        count, cells = self.model().rowCount(), self.cells
        if not count:
            return QModelIndex()
        row = self.currentIndex().row()
        if row < 0:
            return self.model().index(count - 1 if action == Move.MoveEnd else 0, 0)
        columns = cells.columns
        page = max(1, self.viewport().height() // cells.cell_height) * columns
        ahead = -1 if cells.mirrored else 1
        steps = {
            Move.MoveLeft: -ahead,
            Move.MoveRight: ahead,
            Move.MoveNext: 1,
            Move.MovePrevious: -1,
            Move.MoveUp: -columns,
            Move.MoveDown: columns,
            Move.MovePageUp: -page,
            Move.MovePageDown: page,
            Move.MoveHome: -row,
            Move.MoveEnd: count - 1 - row,
        }
        return self.model().index(_stepped(row, steps[action], count, columns), 0)

    def setSelection(self, rect: QRect, command: Flag) -> None:  # noqa: N802 - Qt's name
        """Select what lies between two corners: of a rubber band, or of a run of rows.

        ``rect`` runs from where the gesture began to where it is, and may do so backwards.
        """
        cells, offset = self.cells, self.verticalOffset()
        one, other = rect.topLeft(), rect.bottomRight()
        if not cells.count:
            return
        if self.state() == QAbstractItemView.State.DragSelectingState:
            self._band = rect.normalized().translated(0, offset)
            ranges = cells.rows_in(self._band.left(), self._band.top(), self._band.right(), self._band.bottom())
        elif one == other:
            row = cells.row_at(one.x(), one.y() + offset)
            ranges = [] if row is None else [range(row, row + 1)]
        else:
            rows = sorted(cells.nearest_row(corner.x(), corner.y() + offset) for corner in (one, other))
            ranges = [range(rows[0], rows[1] + 1)]
        self.select_rows(ranges, command)
        if self._band is not None:
            self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """End the rubber band."""
        super().mouseReleaseEvent(event)
        if self._band is not None:
            self._band = None
            self.viewport().update()

    def paint_band(self, painter: QPainter, theme: style.Theme) -> None:
        """Draw the rubber band, if there is one."""
        if self._band is None:
            return
        accent = QColor(theme.accent)
        painter.setPen(QPen(accent, 1))
        accent.setAlpha(40)
        painter.setBrush(accent)
        painter.drawRect(self._band.translated(0, -self.verticalOffset()))


def _stepped(row: int, step: int, count: int, columns: int) -> int:
    """The row a step away; lines up or down keep the column, and stay where there is no line."""
    there = row + step
    if 0 <= there < count:
        return there
    if there < 0:
        return row % columns if step < -1 else row
    if step == 1 or row // columns == (count - 1) // columns:
        return row
    last = (count - 1) // columns * columns + row % columns
    return last if last < count else count - 1
