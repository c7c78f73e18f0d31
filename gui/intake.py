"""Taking files in: from the menu or dropped on the window; the work itself is the worker's."""

from collections.abc import Sequence
from os import fsencode
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote_to_bytes, urlsplit

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from core.paths import default_pictures_folder
from gui import operations
from gui.dialogs.import_report import ImportReportDialog
from gui.models.recycled import AskAfterImport
from gui.session import Session

if TYPE_CHECKING:
    from core.importing import ImportReport
    from core.recycling import Recycled


class Intake(QObject):
    """Asks what to import, has it imported, and keeps the report of what became of it."""

    begun = Signal()  # an import was asked for
    reported = Signal(object)  # ImportReport: an import is over; once more where it brought recycled pictures

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        self._folder: Path | None = None  # where the last dialog was left
        self.last: ImportReport | None = None  # of the newest import into this archive
        self.recycled: tuple[Recycled, ...] = ()  # of that import
        session.closed.connect(self._on_closed)

    def choose_files(self) -> None:
        """Ask for files, and import them."""
        dialog = self._dialog(self.tr("Import files"), QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(self._on_chosen)
        dialog.open()

    def choose_folder(self) -> None:
        """Ask for a folder, and import all that is in it."""
        dialog = self._dialog(self.tr("Import a folder"), QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly, on=True)
        dialog.filesSelected.connect(self._on_chosen)
        dialog.open()

    def take(self, paths: Sequence[bytes]) -> None:
        """Import files and folders."""
        if self._session.info is None:
            self._session.message.emit(self.tr("Open or make an archive first; then files can be imported into it."))
        elif self._session.read_only:
            self._session.message.emit(self.tr("This archive is open for reading only; nothing can be imported."))
        else:
            self.begun.emit()
            operations.import_paths(self._session, paths, self._on_imported)

    def take_file(self, path: Path) -> None:
        """Import one file."""
        self.take([fsencode(path)])

    def _dialog(self, title: str, mode: QFileDialog.FileMode) -> QFileDialog:
        dialog = QFileDialog(self._window, title, str(self._folder or default_pictures_folder()))
        dialog.setFileMode(mode)
        dialog.finished.connect(dialog.deleteLater)
        return dialog

    def _on_chosen(self, names: list[str]) -> None:
        self._folder = Path(names[0]).parent
        self.take([fsencode(name) for name in names])

    def show_report(self) -> None:
        """Show what became of every file of the last import."""
        if self.last is not None:
            dialog = ImportReportDialog(self.last, self._window, recycled=self.recycled)
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.open()

    def _on_imported(self, report: "ImportReport") -> None:
        self.last, self.recycled = report, ()
        self.reported.emit(report)
        self._session.read(("recycled", id(self)), AskAfterImport(report.step), self._on_recycled, later=True)

    def _on_recycled(self, recycled: "Sequence[Recycled]") -> None:
        if recycled and self.last is not None:
            self.recycled = tuple(recycled)
            self.reported.emit(self.last)

    def _on_closed(self) -> None:
        self.last, self.recycled = None, ()


def dropped_paths(uris: bytes) -> list[bytes]:
    """The local paths in a ``text/uri-list``, as bytes: a name that is not valid UTF-8 comes through whole."""
    lines = (line.strip().decode("ascii", "replace") for line in uris.split(b"\n"))
    return [unquote_to_bytes(urlsplit(line).path) for line in lines if line.startswith("file:")]
