"""Exporting the catalogue: which format, of which images, to which file."""

from datetime import date
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from core import exporting, paths, search
from core.archive import Archive
from core.jobs import Job
from core.records import Query
from gui import operations, style
from gui.models.sentences import images_words
from gui.plain import PlainLabel
from gui.session import Session

_QUERY_LETTERS: Final = 60


class ExportDialog(QDialog):
    """Asks what to export and where to; the export itself runs as a job of the session."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.setWindowTitle(self.tr("Export"))
        self.setAccessibleName(self.windowTitle())
        self.formats = {one.id: QRadioButton(one.label) for one in exporting.EXPORTERS}
        self.bom = QCheckBox(self.tr("Byte-order mark: Excel needs it, some other programs stumble over it"))
        self.whole = QRadioButton(self.tr("The whole archive"))
        self.found = QRadioButton(self.tr("Only what is looked for"))
        self.go_on = QPushButton(self.tr("Choose the file…"))
        self.file_dialog: QFileDialog | None = None
        self._query = session.query
        self._arrange()
        self._set_up()

    def _arrange(self) -> None:
        self.go_on.setProperty("primary", "true")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        buttons.addButton(self.go_on, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(style.LARGE, style.LARGE, style.LARGE, style.LARGE)
        layout.setSpacing(style.SMALL)
        # Radio buttons beside each other exclude each other: each question has a widget of its own.
        for title, parts in (
            (self.tr("Format"), (*self.formats.values(), self.bom)),
            (self.tr("Images"), (self.whole, self.found)),
        ):
            head = PlainLabel(title)
            head.setProperty("role", "title")
            layout.addWidget(head)
            box = QWidget()
            box.setAccessibleName(title)
            column = QVBoxLayout(box)
            column.setContentsMargins(0, 0, 0, style.SMALL)
            column.setSpacing(style.SMALL)
            for part in parts:
                column.addWidget(part)
            layout.addWidget(box)
        note = PlainLabel(self.tr("Written as a whole or not at all; an earlier file of that name stays until then."))
        note.setProperty("role", "muted")
        note.setWordWrap(True)
        layout.addWidget(note)
        layout.addStretch(1)
        layout.addWidget(buttons)

    def _set_up(self) -> None:
        for button in self.formats.values():
            button.toggled.connect(self._on_format_toggled)
        self.go_on.clicked.connect(self._on_go_on_clicked)
        next(iter(self.formats.values())).setChecked(True)
        self.bom.setChecked(self._session.settings.csv_bom)
        limited = self._query != Query()
        self.found.setEnabled(limited)
        (self.found if limited else self.whole).setChecked(True)
        words = self.tr("The whole archive: %1")
        self.whole.setText(words.replace("%1", images_words(self._session.state.images)))
        if limited:
            self._session.read(("export count", id(self)), self._count, self._on_counted)

    def _count(self, archive: Archive, _job: Job) -> tuple[int, str]:
        labels = [label for label, _ in search.parts(archive, self._query)]
        return search.count(archive, self._query), ", ".join(labels)

    def _on_counted(self, counted: tuple[int, str]) -> None:
        count, text = counted[0], counted[1].replace("&", "&&")
        words = self.tr("Only what is looked for: %1 (%2)").replace("%1", images_words(count))
        self.found.setText(words.replace("%2", text if len(text) <= _QUERY_LETTERS else text[:_QUERY_LETTERS] + "…"))

    def _on_format_toggled(self) -> None:
        self.bom.setEnabled("bom" in self._exporter.options)

    @property
    def _exporter(self) -> exporting.Exporter:
        chosen = next(format_id for format_id, button in self.formats.items() if button.isChecked())
        return exporting.exporter(chosen)

    def suggested_file(self) -> Path:
        """A name that says which archive it is from and when it was written."""
        info = self._session.info
        name = info.folder.name if info else "archive"
        return paths.default_archives_folder() / f"{name} {date.today().isoformat()}{self._exporter.suffix}"  # noqa: DTZ011 - the user's own day

    def _on_go_on_clicked(self) -> None:
        chosen, suggested = self._exporter, self.suggested_file()
        dialog = self.file_dialog = QFileDialog(self, self.tr("Export to"), str(suggested.parent))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)  # it asks before it takes an existing file
        dialog.setNameFilter(f"{chosen.id.upper()} (*{chosen.suffix})")
        dialog.setDefaultSuffix(chosen.suffix.removeprefix("."))
        dialog.selectFile(suggested.name)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self._on_file_selected)
        dialog.open()

    def _on_file_selected(self, file: str) -> None:
        self.export_to(Path(file))

    def export_to(self, file: Path) -> None:
        """Start the export; what becomes of it is told in the status bar."""
        chosen = self._exporter
        bom = self.bom.isChecked() and "bom" in chosen.options
        if "bom" in chosen.options and bom != self._session.settings.csv_bom:
            self._session.change_settings(csv_bom=bom)
        query = self._query if self.found.isChecked() else Query()
        operations.export(self._session, chosen.id, file, query=query, bom=bom)
        self.accept()
