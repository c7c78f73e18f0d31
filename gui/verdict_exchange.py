"""Verdicts to and from other archives: a file is chosen, written or taken in, and what contradicts is listed."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from core import looking, paths, verdict_files
from gui.dialogs.opening import open_dialog
from gui.session import Session

if TYPE_CHECKING:
    from core.verdict_files import VerdictsReport


class VerdictExchange(QObject):
    """Asks for files of verdicts, and has them written and taken in."""

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(window)
        self._session, self._window = session, window
        self.file_dialog: QFileDialog | None = None

    def ask_where_to(self) -> None:
        """Have a file chosen, and write every verdict to it."""
        title, folder = self.tr("Export the verdicts to"), paths.default_archives_folder()
        dialog = self.file_dialog = QFileDialog(self._window, title, str(folder))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(self.tr("Verdicts (*.json)"))
        dialog.setDefaultSuffix("json")
        name = self._session.info.folder.name if self._session.info else ""
        dialog.selectFile(f"{name} verdicts.json")
        dialog.fileSelected.connect(self._on_target_chosen)
        open_dialog(dialog)

    def ask_which(self) -> None:
        """Have a file chosen, and take its verdicts over."""
        title, folder = self.tr("Import verdicts from"), paths.default_archives_folder()
        dialog = self.file_dialog = QFileDialog(self._window, title, str(folder))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(self.tr("Verdicts (*.json);;All files (*)"))
        dialog.fileSelected.connect(self._on_file_chosen)
        open_dialog(dialog)

    def write(self, file: Path) -> None:
        """Write every verdict to a file; the status bar says how many."""

        def told(count: int) -> None:
            words = self.tr("Exported 1 verdict to %2") if count == 1 else self.tr("Exported %1 verdicts to %2")
            self._session.message.emit(words.replace("%1", f"{count:,}").replace("%2", str(file)))

        self._session.write(
            self.tr("Exporting verdicts"),
            lambda archive, job: verdict_files.export_verdicts(archive, file, job=job),
            told,
        )

    def take(self, file: Path) -> None:
        """Take the verdicts of a file over; a dialog says what became of them."""
        self._session.write(
            self.tr("Importing verdicts"), lambda archive, job: _taken(archive, file, job), self._on_taken
        )

    def _on_target_chosen(self, file: str) -> None:
        self.write(Path(file))

    def _on_file_chosen(self, file: str) -> None:
        self.take(Path(file))

    def _on_taken(self, taken: "tuple[VerdictsReport, dict[str, str]]") -> None:
        from gui.dialogs.verdicts_report import VerdictsReportDialog  # noqa: PLC0415 - not needed to start

        open_dialog(VerdictsReportDialog(*taken, self._window))


def _taken(archive: Any, file: Path, job: Any) -> "tuple[VerdictsReport, dict[str, str]]":
    """The report, and the names of the images that its conflicts are about by their content hashes."""
    report = verdict_files.import_verdicts(archive, file, job=job)
    pairs = [(one.here.from_sha256, one.here.to_sha256) for one in report.conflicts]
    return report, looking.names(archive, (sha256 for pair in pairs for sha256 in pair))
