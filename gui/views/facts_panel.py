"""The facts of a weapon model, each with its source; what nobody has checked looks so."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPalette, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from core.model_facts import Fact
from core.vocabularies import Vocabulary
from gui import style
from gui.models.facts_model import UNCHECKED_ROLE, FactsModel
from gui.plain import PlainLabel

_WIDTHS = {0: 80, 2: 76, 3: 80, 4: 68, 5: 92}  # of the columns that do not share what room is left
Index = QModelIndex | QPersistentModelIndex


class FactsPanel(QWidget):
    """A table with buttons under it; the signals say what is asked for, of the fact that is chosen."""

    add_wanted = Signal()
    change_wanted = Signal(object)  # Fact
    drop_wanted = Signal(object)  # Fact

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._writable = False
        self.model = FactsModel(self)
        self.table = _FactsTable(self.model)
        self.words = PlainLabel()
        self.words.setProperty("role", "muted")
        self.words.setWordWrap(True)
        self.add = QPushButton(self.tr("Add a fact…"))
        self.change = QPushButton(self.tr("Change…"))
        self.drop = QPushButton(self.tr("Remove"))
        row = QHBoxLayout()
        row.setSpacing(style.SMALL)
        for button in (self.add, self.change, self.drop):
            button.setAutoDefault(False)
            row.addWidget(button)
        row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(style.MEDIUM, style.MEDIUM, style.MEDIUM, 0)
        layout.setSpacing(style.SMALL)
        layout.addWidget(self.words)
        layout.addWidget(self.table, 1)
        layout.addLayout(row)
        self.add.clicked.connect(self.add_wanted)
        self.change.clicked.connect(self._on_change_clicked)
        self.drop.clicked.connect(self._on_drop_clicked)
        self.table.activated.connect(self._on_change_clicked)
        self.table.selectionModel().currentRowChanged.connect(self._on_row_changed)

    def show_facts(
        self, label: str, facts: Sequence[Fact], vocabularies: Mapping[str, Vocabulary], *, writable: bool
    ) -> None:
        """Show what the library says of a model."""
        self._writable = writable
        row = self.table.currentIndex().row()
        self.model.show(facts, vocabularies)
        for column, field in ((2, "production"), (3, "maker"), (4, "years")):
            self.table.setColumnHidden(column, not any(getattr(fact, field) for fact in facts))
        unchecked = sum(fact.unchecked for fact in facts)
        words = self.tr("%1: %2 facts, %3 of them unchecked: nobody has named a source that says so.")
        self.words.setText(
            words.replace("%1", label).replace("%2", str(len(facts))).replace("%3", str(unchecked)) if facts else ""
        )
        if facts:
            self.table.selectRow(min(max(row, 0), len(facts) - 1))
        self._on_row_changed()

    @property
    def fact(self) -> Fact | None:
        """The fact that is chosen."""
        return self.model.fact(self.table.currentIndex())

    def _on_row_changed(self) -> None:
        fact = self.fact
        self.add.setEnabled(self._writable and self.model.rowCount() > 0)
        self.change.setEnabled(self._writable and fact is not None)
        self.drop.setEnabled(self._writable and fact is not None and fact.fact not in ("label", "type"))

    def _on_change_clicked(self) -> None:
        if self.fact is not None and self._writable:
            self.change_wanted.emit(self.fact)

    def _on_drop_clicked(self) -> None:
        if self.fact is not None:
            self.drop_wanted.emit(self.fact)


class _FactsTable(QTableView):
    """The table itself, a whole row at a time."""

    def __init__(self, model: FactsModel) -> None:
        super().__init__()
        self.setModel(model)
        self.setAccessibleName(self.tr("Facts"))
        self.setItemDelegate(_FactPainter(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(style.ROW_HEIGHT)
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        header.setMinimumSectionSize(48)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        for column, width in _WIDTHS.items():
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
            header.resizeSection(column, width)


class _FactPainter(QStyledItemDelegate):
    """An unchecked fact is muted, with a dashed line under it; the word stands in the last column."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:  # noqa: N802 - Qt's name
        """Take the muted colour."""
        super().initStyleOption(option, index)
        if index.data(UNCHECKED_ROLE):
            muted = QColor(style.theme_of(option.palette).muted)
            option.palette.setColor(QPalette.ColorRole.Text, muted)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the cell and its line."""
        super().paint(painter, option, index)
        theme = style.theme_of(option.palette)
        painter.save()
        unchecked = bool(index.data(UNCHECKED_ROLE))
        pen = QPen(QColor(theme.control if unchecked else theme.line))
        pen.setStyle(Qt.PenStyle.DashLine if unchecked else Qt.PenStyle.SolidLine)
        painter.setPen(pen)
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        painter.restore()
