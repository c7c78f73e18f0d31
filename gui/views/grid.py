"""The grid of images: what a researcher looks through."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QWidget

from gui import style
from gui.models.grid_model import GridModel, Ids
from gui.views.cell_painter import CellPainter, cell_size
from gui.views.flow import Flag, FlowView
from gui.views.peek import Peek

SMALLEST: Final = 96
LARGEST: Final = 256
USUAL: Final = 160


class GridView(FlowView):
    """Images as a grid of pictures, with one current image and any number of selected ones."""

    opened = Signal(object)  # an image id: Enter, Space or a double click
    current_changed = Signal(object)  # an image id, or None
    selection_changed = Signal(object)  # the selected image ids in row order, as an array of 64-bit integers

    def __init__(self, model: GridModel, parent: QWidget | None = None) -> None:
        super().__init__(cell_size(USUAL), parent)
        self._grid = model
        self._edge = USUAL
        self._brush = CellPainter(self)
        self.peek = Peek(self)
        self.peek.changed.connect(self.viewport().update)
        self.setAccessibleName(self.tr("Images"))
        self.setModel(model)
        model.rows_filled.connect(self._on_rows_filled)
        self.selectionModel().selectionChanged.connect(self._on_selection_changed)
        self.selectionModel().currentChanged.connect(self._on_current_changed)
        self.doubleClicked.connect(self._on_opened)

    def set_ids(self, ids: Sequence[int] | Ids) -> None:
        """Show these images instead.

        What is still there stays selected and current, and what the eye was on stays where it was.
        """
        selected, current, row = self.selected_ids(), self.current_id(), self.currentIndex().row()
        anchor, offset = self.anchor(), self.verticalOffset()
        held = self._grid.id_at(anchor[0]) if anchor else None
        blocked = self.selectionModel().blockSignals(True)  # noqa: FBT003 - Qt's own; told once, below
        self._grid.set_ids(ids)
        self._restore_selection(selected)
        self._restore_current(current, row)
        self.selectionModel().blockSignals(blocked)
        held_row = self._grid.row_of(held) if held is not None else None
        if anchor is None or held_row is None:
            self.hold(None)
            self.verticalScrollBar().setValue(offset)
        else:
            self.hold((held_row, anchor[1]))
        # What is selected now was selected before, so the number tells whether any was lost.
        if len(selected) != sum(part.height() for part in self.selectionModel().selection().toList()):
            self.selection_changed.emit(self.selected_ids())
        if self.current_id() != current:
            self.current_changed.emit(self.current_id())

    def append_ids(self, ids: Sequence[int] | Ids) -> None:
        """Show more images after the last; nothing moves."""
        self._grid.append_ids(ids)

    def current_id(self) -> int | None:
        """The image that the keyboard is on."""
        index = self.currentIndex()
        return self._grid.id_at(index.row()) if index.isValid() else None

    def set_current_id(self, image_id: int) -> None:
        """Go to an image and select it alone; nothing happens where it is not shown."""
        row = self._grid.row_of(image_id)
        if row is not None:
            # Qt's own way would add to the selection while Ctrl is held, as it is in Ctrl+Enter.
            self.selectionModel().setCurrentIndex(self._grid.index(row), Flag.ClearAndSelect)

    def selected_ids(self) -> Ids:
        """The selected images in row order."""
        ranges = sorted((part.top(), part.bottom() + 1) for part in self.selectionModel().selection().toList())
        parts = [self._grid.ids[first:last] for first, last in ranges]
        return np.concatenate(parts) if parts else np.empty(0, np.int64)

    def selectAll(self) -> None:  # noqa: N802 - Qt's name
        """Select every image; where the keys are on none, they are on the first in view then."""
        self.select_rows([range(self._grid.rowCount())], Flag.ClearAndSelect)
        if self._grid.rowCount() and not self.currentIndex().isValid():
            self.selectionModel().setCurrentIndex(self._grid.index(self.visible_rows().start), Flag.NoUpdate)

    def set_cell_size(self, edge: int) -> None:
        """Fit pictures into squares of ``edge`` logical pixels, between ``SMALLEST`` and ``LARGEST``."""
        self._edge = min(max(edge, SMALLEST), LARGEST)
        self.resize_cells(*cell_size(self._edge))

    def set_covering(self, *, covering: bool) -> None:
        """Cover graphic pictures but for the current one while B is held, or let all of them be seen."""
        self._grid.covering = covering
        self.peek.end()
        self.viewport().update()

    def _restore_selection(self, selected: Ids) -> None:
        rows = np.flatnonzero(np.isin(self._grid.ids, selected)) if len(selected) else selected
        if not len(rows):
            return
        breaks = np.flatnonzero(np.diff(rows) > 1) + 1
        starts = rows[np.concatenate([[0], breaks])].tolist()
        stops = (rows[np.concatenate([breaks - 1, [len(rows) - 1]])] + 1).tolist()
        self.select_rows([range(*ends) for ends in zip(starts, stops, strict=True)], Flag.ClearAndSelect)

    def _restore_current(self, image_id: int | None, row: int) -> None:
        """Put the keyboard on an image again, or on what has taken its row."""
        new_row = self._grid.row_of(image_id) if image_id is not None else None
        if new_row is None and row >= 0 and self._grid.rowCount():
            new_row = min(row, self._grid.rowCount() - 1)
        if new_row is not None:
            self.selectionModel().setCurrentIndex(self._grid.index(new_row), Flag.NoUpdate)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Open with Enter or Space, select none with Ctrl+Shift+A; the rest is Qt's."""
        control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._on_opened(self.currentIndex())
        elif control and event.key() == Qt.Key.Key_Space and self.currentIndex().isValid():
            self.selectionModel().select(self.currentIndex(), Flag.Toggle)
        elif QKeySequence(event.keyCombination()) == QKeySequence("Ctrl+Shift+A"):
            self.clearSelection()
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:  # noqa: N802 - Qt's name
        """Do nothing: letters are commands here, and Qt would look through every row."""

    def _on_opened(self, index: QModelIndex) -> None:
        if index.isValid():
            self.opened.emit(self._grid.id_at(index.row()))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the cells that the event touches, and ask for what is missing in view."""
        painter = QPainter(self.viewport())
        painter.setLayoutDirection(self.layoutDirection())
        theme = style.theme_of(self.palette())
        painter.fillRect(event.rect(), QColor(theme.panel))
        self._brush.begin(painter, self._edge)
        cells, offset = self.cells, self.verticalOffset()
        selection, current = self.selectionModel(), self.currentIndex().row()
        for row in cells.rows_between(event.rect().top() + offset, event.rect().bottom() + 1 + offset):
            left, top, width, height = cells.rect(row)
            rect = QRect(left, top - offset, width, height)
            if event.region().intersects(rect):
                looking = self.peek.looking and row == current
                self._brush.paint(
                    rect,
                    self._grid.cell(row),
                    self._grid.pixmap(row, looking=looking),
                    eye="" if not self._grid.covering else "eye" if looking else "eye-off",
                    selected=selection.isRowSelected(row),
                    focused=row == current and self.hasFocus(),
                )
        self.paint_band(painter, theme)
        painter.end()
        self._grid.want(self.visible_rows(), self._edge, self.devicePixelRatioF())

    def _on_rows_filled(self, ids: frozenset[int]) -> None:
        rows = self.visible_rows()
        for row, image_id in zip(rows, self._grid.ids[rows.start : rows.stop].tolist(), strict=True):
            if image_id in ids:
                self.update(self._grid.index(row))

    def _on_selection_changed(self, *_: Any) -> None:
        self.selection_changed.emit(self.selected_ids())

    def _on_current_changed(self, current: QModelIndex | QPersistentModelIndex) -> None:
        self.peek.end()
        self.current_changed.emit(self._grid.id_at(current.row()) if current.isValid() else None)
