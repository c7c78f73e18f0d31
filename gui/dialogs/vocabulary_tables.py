"""Vocabularies as tables, from the editor: a file is chosen and taken in, or the list is written to one."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtWidgets import QFileDialog

from core import paths
from core.vocabulary_files import TermsReport
from gui import vocabulary_operations as changing
from gui.dialogs.opening import open_dialog
from gui.session import Session

if TYPE_CHECKING:
    from gui.dialogs.vocabulary_actions import VocabularyActions
    from gui.dialogs.vocabulary_editor import VocabularyEditor


class TableActions(QObject):
    """Asks for files and takes them in or writes them, for the list that the editor shows."""

    def __init__(self, session: Session, editor: "VocabularyEditor", actions: "VocabularyActions") -> None:
        super().__init__(editor)
        self._session, self._editor = session, editor
        self.file_dialog: QFileDialog | None = None
        actions.adding.triggered.connect(self._on_adding_triggered)
        actions.replacing.triggered.connect(self._on_replacing_triggered)
        actions.write_out.clicked.connect(self._on_export_clicked)
        actions.update.clicked.connect(self._on_update_clicked)

    def _on_adding_triggered(self) -> None:
        self._choose_table(_Takes(self, replacing=False), self.tr("Add and change terms from a table"))

    def _on_replacing_triggered(self) -> None:
        self._choose_table(_Takes(self, replacing=True), self.tr("Replace the whole list by a table"))

    def _choose_table(self, taken: "_Takes", title: str) -> None:
        dialog = self.file_dialog = QFileDialog(self._editor, title, str(paths.default_archives_folder()))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(self.tr("Tables (*.csv *.txt *.tsv);;All files (*)"))
        dialog.fileSelected.connect(taken)
        open_dialog(dialog)

    def take(self, file: Path, *, replacing: bool) -> None:
        """Import a table into the list that is shown."""
        name = self._editor.kind.name
        changing.import_table(self._session, name, file, replacing=replacing, on_done=self._on_taken_in)

    def _on_taken_in(self, report: TermsReport) -> None:
        self._editor.say(self.tr("Imported: %1").replace("%1", report.words))

    def _on_export_clicked(self) -> None:
        folder = paths.default_archives_folder()
        dialog = self.file_dialog = QFileDialog(self._editor, self.tr("Export to"), str(folder))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter("CSV (*.csv)")
        dialog.setDefaultSuffix("csv")
        dialog.selectFile(f"{self._editor.kind.name}.csv")
        dialog.fileSelected.connect(self._on_export_chosen)
        open_dialog(dialog)

    def _on_export_chosen(self, file: str) -> None:
        self.export_to(Path(file))

    def export_to(self, file: Path) -> None:
        """Write the list that is shown to a table."""
        changing.export_table(self._session, self._editor.kind.name, file, _Wrote(self._editor, file))

    def _on_update_clicked(self) -> None:
        changing.update_library(self._session, self._on_taken_in)


class _Takes:
    """Takes a chosen file in."""

    def __init__(self, actions: TableActions, *, replacing: bool) -> None:
        self._actions, self._replacing = actions, replacing

    def __call__(self, file: str) -> None:
        self._actions.take(Path(file), replacing=self._replacing)


class _Wrote:
    """Tells that a table was written."""

    def __init__(self, editor: "VocabularyEditor", file: Path) -> None:
        self._editor, self._file = editor, file

    def __call__(self, count: int) -> None:
        words = QCoreApplication.translate("vocabulary_actions", "Exported %1 terms to %2")
        self._editor.say(words.replace("%1", f"{count:,}").replace("%2", str(self._file)))
