"""The table of counts, never without the rule by which it was counted."""

from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QKeyEvent, QPainter, QPen, QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QHeaderView,
    QPushButton,
    QStackedWidget,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from core import analysis
from core.analysis import CountTable
from core.archive import Archive
from core.jobs import Job
from core.records import Filter, Query
from gui import style
from gui.icons import icon
from gui.models.counts_model import CODE_ROLE, COUNT, DEPTH_ROLE, SHARE, SHARE_ROLE, VALUE, CountsModel
from gui.plain import PlainLabel
from gui.session import Session
from gui.views.empty_state import EmptyState
from gui.views.wrapping import WrappingLayout

_INDENT: Final = 16
Index = QModelIndex | QPersistentModelIndex


class CountsView(QWidget):
    """Counts by weapon type or country, in one of the four units, of the archive or of what is looked for."""

    value_opened = Signal()  # the query was set to a value: whoever holds the grid may show it

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._asked: tuple[str, str, Query] | None = None
        self.by = QComboBox()
        self.unit = QComboBox()
        self.of_search = QCheckBox(self.tr("Only what is looked for"))
        self.copy = QPushButton(icon("copy"), self.tr("Copy the table"))
        self.rule = PlainLabel()
        self.model = CountsModel(self)
        self.table = _Table()
        self.table.setModel(self.model)
        self._pages = QStackedWidget()
        self._empty = EmptyState()
        self._fill_choices()
        self._arrange()
        self._connect()

    def _fill_choices(self) -> None:
        for code, words in (
            ("type", self.tr("Weapon type")),
            ("manufacture", self.tr("Country of manufacture")),
            ("design", self.tr("Country of design")),
        ):
            self.by.addItem(words, code)
        for code, words in (
            ("pictures", self.tr("Pictures")),
            ("sightings", self.tr("Sightings")),
            ("images", self.tr("Images")),
            ("captures", self.tr("Captures")),
        ):
            self.unit.addItem(words, code)

    def _arrange(self) -> None:
        self.setAccessibleName(self.tr("Counts"))
        self.by.setAccessibleName(self.tr("Count by"))
        self.unit.setAccessibleName(self.tr("What is counted"))
        self.table.setAccessibleName(self.tr("Table of counts"))
        self.rule.setAccessibleName(self.tr("Counting rule"))
        self.rule.setWordWrap(True)
        self.rule.setProperty("role", "muted")
        self.rule.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        choices = WrappingLayout()
        for part in (self.unit, PlainLabel(self.tr("by")), self.by, self.of_search, self.copy):
            part.setMinimumHeight(style.ROW_HEIGHT)
            choices.addWidget(part)
        self._pages.addWidget(self.table)
        self._pages.addWidget(self._empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(style.LARGE, style.MEDIUM, style.LARGE, style.MEDIUM)
        layout.setSpacing(style.MEDIUM)
        layout.addLayout(choices)
        layout.addWidget(self._pages, 1)
        layout.addWidget(self.rule)

    def _connect(self) -> None:
        self.by.currentIndexChanged.connect(self._reload)
        self.unit.currentIndexChanged.connect(self._reload)
        self.of_search.toggled.connect(self._reload)
        self.copy.clicked.connect(self._on_copy_clicked)
        self.table.opened.connect(self._on_value_opened)
        session = self._session
        session.opened.connect(self._reload)
        session.changed.connect(self._reload)
        session.query_changed.connect(self._on_query_changed)
        session.closed.connect(self._on_closed)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Count when it is looked at, not before."""
        super().showEvent(event)
        self._reload()

    def _on_query_changed(self) -> None:
        if self.of_search.isChecked():
            self._reload()

    def _reload(self) -> None:
        if not self.isVisible() or self._session.info is None:
            return
        query = self._session.query if self.of_search.isChecked() else Query()
        asked = (self.by.currentData(), self.unit.currentData(), query)
        if asked != self._asked:
            # Figures of another question must not stand under this one's name.
            self._asked = asked
            self.model.set_table(None)
            self.rule.setText(self.tr("Counting…"))
        self._session.read("counts", _Question(*asked), self._on_counted)

    def _on_counted(self, table: CountTable) -> None:
        info = self._session.info
        self.model.set_table(table, info.weapon_types if info and table.by == "type" else None)
        self.rule.setText(table.rule)
        self.copy.setEnabled(bool(table.rows))
        if table.rows:
            self._pages.setCurrentWidget(self.table)
            return
        self._empty.say(
            self.tr("Nothing to count yet"),
            self.tr("Select images and press T to say which weapons they show; they are counted here at once."),
        )
        self._pages.setCurrentWidget(self._empty)

    def _on_value_opened(self, code: str) -> None:
        if not code or self._asked is None:
            return  # what nobody has said cannot be looked for by a value
        by, _, query = self._asked
        self._session.set_query(query.with_filter(Filter(by, code)))
        self.value_opened.emit()

    def _on_copy_clicked(self) -> None:
        QGuiApplication.clipboard().setText(self.model.text)
        self._session.message.emit(self.tr("The table and its rule are on the clipboard."))

    def _on_closed(self) -> None:
        self._asked = None
        self.model.set_table(None)
        self.rule.clear()


class _Question:
    """What is counted, by what, of which images."""

    def __init__(self, by: str, unit: str, query: Query) -> None:
        self._by = by
        self._unit = unit
        self._query = query

    def __call__(self, archive: Archive, _job: Job) -> CountTable:
        return analysis.counts(archive, by=self._by, unit=self._unit, query=self._query)


class _Table(QTableView):
    """Rows to read and to open."""

    opened = Signal(str)  # a value's code, by a double click or Enter

    def __init__(self) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setItemDelegate(_Bar(self))
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(style.ROW_HEIGHT)
        self.horizontalHeader().setHighlightSections(False)
        self.setToolTip(self.tr("Double click or Enter shows the images of a row."))
        self.doubleClicked.connect(self._on_double_clicked)

    def setModel(self, model: CountsModel) -> None:  # type: ignore[override]  # noqa: N802 - Qt's name
        """Take the model, and give the bar what room is left."""
        super().setModel(model)
        header = self.horizontalHeader()
        header.setSectionResizeMode(VALUE, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(COUNT, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(SHARE, QHeaderView.ResizeMode.Stretch)
        header.setMinimumSectionSize(48)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Open the current row by Enter."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._on_double_clicked(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _on_double_clicked(self, index: Index) -> None:
        self.opened.emit(index.data(CODE_ROLE))


class _Bar(QStyledItemDelegate):
    """Indents a value by its depth in the tree, and draws a count as a bar beside it."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802 - Qt's name
        """Room for the indented text."""
        size = super().sizeHint(option, index)
        size.setWidth(size.width() + style.LARGE + (_INDENT * index.data(DEPTH_ROLE) if index.column() == VALUE else 0))
        return size

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a cell."""
        if index.column() == VALUE:
            indent = style.TIGHT + _INDENT * index.data(DEPTH_ROLE)
            mirrored = option.direction == Qt.LayoutDirection.RightToLeft
            option.rect = option.rect.adjusted(0 if mirrored else indent, 0, -indent if mirrored else 0, 0)
        if index.column() != SHARE:
            super().paint(painter, option, index)
            return
        super().paint(painter, option, index)
        theme = style.theme_of(option.palette)
        room: QRect = option.rect.adjusted(style.SMALL, 0, -style.SMALL, 0)
        width = max(2, round(room.width() * index.data(SHARE_ROLE)))
        left = room.right() + 1 - width if option.direction == Qt.LayoutDirection.RightToLeft else room.left()
        painter.save()
        painter.setPen(QPen(Qt.PenStyle.NoPen))
        painter.fillRect(QRect(left, room.center().y() - 4, width, 8), QColor(theme.chip))
        painter.restore()
