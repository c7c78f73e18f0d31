"""A small table of names and values that the user fills in, such as names by language; one empty row is always left."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from gui import style

_ROWS = 3  # shown at once; more are scrolled to


class PairsTable(QTableWidget):
    """``pairs`` are the rows that have a name; Delete empties the cell that the keys are in."""

    edited = Signal()

    def __init__(self, name: str, headings: tuple[str, str], parent: QWidget | None = None) -> None:
        super().__init__(0, 2, parent)
        self.setAccessibleName(name)
        self.setHorizontalHeaderLabels(headings)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(style.ROW_HEIGHT)
        self.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        self.horizontalHeader().setStretchLastSection(True)
        self.horizontalHeader().resizeSection(0, 96)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setFixedHeight(style.ROW_HEIGHT * (_ROWS + 1) + 2)
        self._filling = False
        self.itemChanged.connect(self._on_item_changed)

    def show_pairs(self, pairs: Mapping[str, str]) -> None:
        """Hold these rows, and an empty one."""
        self._filling = True
        self.setRowCount(0)
        for name, value in (*pairs.items(), ("", "")):
            self._append(name, value)
        self._filling = False

    @property
    def pairs(self) -> dict[str, str]:
        """What stands in the table, rows without name or value left out."""
        rows = ((self._text(row, 0), self._text(row, 1)) for row in range(self.rowCount()))
        return {name: value for name, value in rows if name and value}

    def _append(self, name: str, value: str) -> None:
        row = self.rowCount()
        self.insertRow(row)
        self.setItem(row, 0, QTableWidgetItem(name))
        self.setItem(row, 1, QTableWidgetItem(value))

    def _text(self, row: int, column: int) -> str:
        item = self.item(row, column)
        return item.text().strip() if item else ""

    def _on_item_changed(self) -> None:
        if self._filling:
            return
        last = self.rowCount() - 1
        if last < 0 or self._text(last, 0) or self._text(last, 1):
            self._filling = True
            self._append("", "")
            self._filling = False
        self.edited.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Delete empties a cell."""
        item = self.currentItem()
        if event.key() == Qt.Key.Key_Delete and item is not None:
            item.setText("")
        else:
            super().keyPressEvent(event)
