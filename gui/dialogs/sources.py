"""All sources of the archive: found, described, merged and removed, each with what comes from it."""

from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QScrollArea,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from core.claims import SourceId
from core.known_sources import Standing
from core.records import Source
from core.sourcing import VOCABULARIES
from gui import operations_sources as operations
from gui import style
from gui.models.known_sources import KnownSources
from gui.plain import PlainLabel, plain_tooltip
from gui.session import Session
from gui.views.field_box import FieldBox, Line, NoteBox, Owner, TermBox, TextBox
from gui.views.source_field import SourceField, told_by

_ID: Final = Qt.ItemDataRole.UserRole
_NUMBERS: Final = (3, 4)
_FORM_PX: Final = 312


class SourcesDialog(QDialog):
    """A search line over the list of sources, and beside it the fields of the selected one."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._known = KnownSources(session, self)
        self._wanted: SourceId | None = None  # a source that is to be selected when it is there
        self.setWindowTitle(self.tr("Sources"))
        self.setAccessibleName(self.windowTitle())
        self.resize(920, 560)
        self.search = Line()
        self.table = QTableWidget(0, 5)
        self.form = SourceForm(session)
        self.new = QPushButton(self.tr("New source"))
        self.merge = QPushButton(self.tr("Merge into another…"))
        self.remove = QPushButton(self.tr("Remove"))
        self.counted = PlainLabel()
        self._set_up_table()
        self._arrange()
        self.search.textEdited.connect(self._on_search_edited)
        self.table.itemSelectionChanged.connect(self._on_selection_changed)
        self.new.clicked.connect(self._on_new_clicked)
        self.merge.clicked.connect(self._on_merge_clicked)
        self.remove.clicked.connect(self._on_remove_clicked)
        self._known.changed.connect(self._fill)
        session.changed.connect(self._known.reload)
        self._known.reload()
        self._on_selection_changed()

    def _set_up_table(self) -> None:
        table = self.table
        names = (self.tr("Name"), self.tr("Type"), self.tr("Reliability"), self.tr("Captures"), self.tr("Claims"))
        table.setHorizontalHeaderLabels(list(names))
        table.setAccessibleName(self.tr("Sources"))
        table.setFrameShape(QFrame.Shape.NoFrame)
        table.setShowGrid(False)
        table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        table.setTabKeyNavigation(False)
        table.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(style.ROW_HEIGHT)
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)

    def _arrange(self) -> None:
        self.search.setPlaceholderText(self.tr("Search by account, title, author, publisher, platform or address"))
        self.search.setAccessibleName(self.tr("Search sources"))
        self.search.setClearButtonEnabled(True)
        self.counted.setProperty("role", "muted")
        for button in (self.new, self.merge, self.remove):
            button.setAutoDefault(False)
        acts = QHBoxLayout()
        acts.setSpacing(style.SMALL)
        for button in (self.new, self.merge, self.remove):
            acts.addWidget(button)
        acts.addStretch(1)
        acts.addWidget(self.counted)
        left = QVBoxLayout()
        left.setSpacing(style.SMALL)
        left.addWidget(self.search)
        left.addWidget(self.table, 1)
        left.addLayout(acts)
        area = QScrollArea()
        area.setWidget(self.form)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFixedWidth(_FORM_PX)
        columns = QHBoxLayout()
        columns.setSpacing(style.LARGE)
        columns.addLayout(left, 1)
        columns.addWidget(area)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.button(QDialogButtonBox.StandardButton.Close).setAutoDefault(False)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(style.LARGE, style.LARGE, style.LARGE, style.LARGE)
        layout.setSpacing(style.MEDIUM)
        layout.addLayout(columns, 1)
        layout.addWidget(buttons)

    def done(self, result: int) -> None:
        """Keep what is being typed, and close."""
        self.form.commit()
        super().done(result)

    @property
    def chosen(self) -> list[Standing]:
        """The selected sources, in the order of the list."""
        rows = sorted({index.row() for index in self.table.selectionModel().selectedRows()})
        ids = [item.data(_ID) for row in rows if (item := self.table.item(row, 0)) is not None]
        held = {one.source.id: one for one in self._known.every}
        return [held[source_id] for source_id in ids if source_id in held]

    def _fill(self) -> None:
        wanted, self._wanted = self._wanted, None
        kept = {one.source.id for one in self.chosen} if wanted is None else {wanted}
        held = {one.source.id: one for one in self._known.every}
        found = [held[one.id] for one in self._known.matching(self.search.text())]
        self.table.blockSignals(True)  # noqa: FBT003 - Qt's way
        self.table.clearSelection()
        self.table.setRowCount(len(found))
        for row, standing in enumerate(found):
            self._fill_row(row, standing)
        self.table.blockSignals(False)  # noqa: FBT003 - Qt's way
        self.table.setSelectionMode(QTableWidget.SelectionMode.MultiSelection)
        for row, standing in enumerate(found):
            if standing.source.id in kept:
                self.table.selectRow(row)
        self.table.setSelectionMode(QTableWidget.SelectionMode.ExtendedSelection)
        words = self.tr("1 source") if len(found) == 1 else self.tr("%1 sources")
        self.counted.setText(words.replace("%1", f"{len(found):,}"))
        self._on_selection_changed()
        if wanted is not None:
            self.form.start()

    def _fill_row(self, row: int, standing: Standing) -> None:
        source, info = standing.source, self._session.info
        kind = info.vocabularies["source_type"].label(source.type) if info and source.type else ""
        texts = (source.name, kind, source.reliability, f"{standing.captures:,}", f"{standing.claims:,}")
        for column, text in enumerate(texts):
            item = QTableWidgetItem(text)
            item.setToolTip(plain_tooltip(text))
            item.setData(_ID, source.id)
            if column in _NUMBERS:
                item.setTextAlignment(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)
            self.table.setItem(row, column, item)

    def _on_selection_changed(self) -> None:
        chosen = self.chosen
        writable = not self._session.read_only
        self.form.show_source(chosen[0].source if len(chosen) == 1 else None, writable=writable)
        self.new.setEnabled(writable)
        self.merge.setEnabled(writable and len(chosen) == 1)
        self.remove.setEnabled(writable and bool(chosen) and not any(one.used for one in chosen))
        used = any(one.used for one in chosen)
        self.remove.setToolTip(self.tr("Something comes from it; merge it instead.") if used else "")

    def _on_search_edited(self, _text: str) -> None:
        self._fill()

    def _on_new_clicked(self) -> None:
        said = told_by(self.search.text().strip() or self.tr("New source"))
        operations.add_source(self._session, said, self._on_added)

    def _on_added(self, source_id: SourceId) -> None:
        self._wanted = source_id
        self.search.clear()

    def _on_remove_clicked(self) -> None:
        operations.remove_sources(self._session, [one.source.id for one in self.chosen])

    def _on_merge_clicked(self) -> None:
        (chosen,) = self.chosen
        dialog = MergeDialog(self._session, chosen.source, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()


class SourceForm(QWidget):
    """The fields of one source, edited in place."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.boxes: dict[str, FieldBox] = {}
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, style.SMALL, 0)
        self._layout.setSpacing(style.SMALL)
        for name, title in (
            ("account", self.tr("Account")),
            ("title", self.tr("Title")),
            ("author", self.tr("Author")),
            ("publisher", self.tr("Publisher")),
            ("url", self.tr("Address")),
        ):
            self._add(TextBox(name, title))
        for name, title in (
            ("type", self.tr("Type")),
            ("platform", self.tr("Platform")),
            ("reliability", self.tr("Reliability")),
        ):
            self._add(TermBox(session, name, title, VOCABULARIES[name]))
        self._add(TextBox("language", self.tr("Language")))
        self._add(NoteBox("note", self.tr("Note on this source")))
        self._layout.addStretch(1)

    def _add(self, box: FieldBox) -> None:
        self.boxes[box.name] = box
        box.said.connect(self._on_said)
        self._layout.addWidget(box)

    def show_source(self, source: Source | None, *, writable: bool) -> None:
        """Show a source, or none."""
        owner: Owner = () if source is None else (int(source.id),)
        self.setEnabled(source is not None)
        for name, box in self.boxes.items():
            box.show_values(owner, ("" if source is None else getattr(source, name),))
            box.set_writable(writable=writable)

    def start(self) -> None:
        """Take the keys."""
        box = self.boxes["account"]
        assert isinstance(box, TextBox)
        box.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def commit(self) -> None:
        """Keep what is being typed."""
        for box in self.boxes.values():
            box.commit()

    def _on_said(self, owner: Owner, name: str, value: Any) -> None:
        operations.change_source(self._session, SourceId(owner[0]), {name: value})


class MergeDialog(QDialog):
    """Asks into which source another is to be merged."""

    def __init__(self, session: Session, source: Source, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._source = source
        self._known = KnownSources(session, self)
        self.setWindowTitle(self.tr("Merge sources"))
        self.setAccessibleName(self.windowTitle())
        title = PlainLabel(self.tr("Merge “%1” into:").replace("%1", source.name))
        below = self.tr(
            "What comes from it will come from the other. What is said of it and not of the other is kept there. "
            "It is one step, and undo takes it back as a whole."
        )
        about = PlainLabel(below)
        about.setProperty("role", "muted")
        for label in (title, about):
            label.setWordWrap(True)
        self.field = SourceField(self._known, adds=False)
        self.field.setAccessibleName(self.tr("The source that stays"))
        self.agree = QPushButton(self.tr("Merge"))
        self.agree.setProperty("primary", "true")
        self.agree.setEnabled(False)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        buttons.addButton(self.agree, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.accepted.connect(self._on_accepted)
        buttons.rejected.connect(self.reject)
        self.field.chosen.connect(self._on_chosen)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(style.LARGE, style.LARGE, style.LARGE, style.LARGE)
        layout.setSpacing(style.SMALL)
        for part in (title, about, self.field):
            layout.addWidget(part)
        layout.addStretch(1)  # the list of sources lies here
        layout.addWidget(buttons)
        self.resize(460, 320)
        self.field.setFocus()
        self._known.reload()

    def _on_chosen(self, source_id: SourceId | None) -> None:
        self.agree.setEnabled(source_id not in (None, self._source.id))

    def _on_accepted(self) -> None:
        if self.field.source is not None:
            operations.merge_sources(self._session, self._source.id, self.field.source.id)
        self.accept()
