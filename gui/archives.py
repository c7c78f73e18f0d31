"""Making, opening and leaving archives: what the File menu and the welcome page ask for."""

import time
from contextlib import nullcontext
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from core import paths
from core.archive import CATALOGUE
from core.jobs import Job, Progress
from gui import operations
from gui.runner import Pace, Runner, Task
from gui.session import Session

_TELL_EVERY_S: Final = 2.0  # while thumbnails are made anew, how often the views look again


class Archives(QObject):
    """Opens archives into the session, and remembers those opened lately."""

    # The making of the sample is a job like those of an archive, but there is no archive yet.
    job_started = Signal(object)  # Task
    job_progressed = Signal(object, object)  # Task, Progress
    job_ended = Signal(object)  # Task

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        self._maker: Runner | None = None
        self._preparing: Task | None = None
        self._rebuilding: Task | None = None
        self._finding: Task | None = None
        self._finds = session.settings.find_copies
        self._stopped = False  # by the user: other work that ends does not take it up again
        self._told = 0.0
        session.opened.connect(self._on_opened)
        session.job_progressed.connect(self._on_session_progressed)
        session.job_ended.connect(self._on_session_ended)
        session.settings_changed.connect(self._on_settings_changed)

    def ask_new(self) -> None:
        """Ask where to make an archive, and make it."""
        dialog = QFileDialog(self._window, self.tr("New archive: give its folder a name"))
        dialog.setFileMode(QFileDialog.FileMode.AnyFile)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setLabelText(QFileDialog.DialogLabel.Accept, self.tr("Make archive"))
        dialog.setLabelText(QFileDialog.DialogLabel.FileName, self.tr("Folder name:"))
        dialog.setOption(QFileDialog.Option.ShowDirsOnly, on=True)
        dialog.selectFile(self.tr("Archive"))
        self._begin(dialog)
        dialog.fileSelected.connect(self._on_new_chosen)
        dialog.open()

    def ask_open(self) -> None:
        """Ask for the folder of an archive, and open it."""
        dialog = QFileDialog(self._window, self.tr("Open archive: choose its folder"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly, on=True)
        self._begin(dialog)
        dialog.fileSelected.connect(self._on_open_chosen)
        dialog.open()

    def open(self, folder: Path) -> None:
        """Open the archive in a folder."""
        self._session.open(folder)

    def open_sample(self) -> None:
        """Open the sample archive, which is made first where there is none."""
        folder = paths.sample_folder()
        if (folder / CATALOGUE).is_file():
            self._session.open(folder)
        elif self._maker is None:
            self._maker = Runner(nullcontext, "sample", self)
            self._maker.started.connect(self.job_started)
            self._maker.progressed.connect(self._on_progressed)
            self._maker.succeeded.connect(self._on_sample_made)
            self._maker.cancelled.connect(self._on_sample_cancelled)
            self._maker.failed.connect(self._on_sample_failed)
            self._maker.start(_make_sample, title=self.tr("Drawing the sample archive"))

    def stop(self) -> None:
        """Stop what is under way here; nothing half-made stays."""
        if self._maker is not None:
            self._maker.stop()
            self._maker.setParent(None)  # as the session does with its runners
            self._maker = None

    def _begin(self, dialog: QFileDialog) -> None:
        beside = [Path(name).parent for name in self._session.settings.recent_archives]
        # Nobody keeps work of their own beside the sample.
        fit = [folder for folder in beside if folder != paths.sample_folder().parent and folder.is_dir()]
        dialog.setDirectory(str(fit[0] if fit else paths.default_archives_folder()))
        dialog.finished.connect(dialog.deleteLater)

    def _on_new_chosen(self, name: str) -> None:
        self._session.open(Path(name), create=True)

    def _on_open_chosen(self, name: str) -> None:
        self._session.open(Path(name))

    def _on_opened(self) -> None:
        info = self._session.info
        assert info is not None
        recent = self._session.settings.with_recent(info.folder).recent_archives
        self._session.change_settings(recent_archives=recent)
        if not info.read_only:
            self._stopped = False
            self._rebuilding = self._finding = None  # those of another archive do not end any more
            self._preparing = operations.make_ready(self._session)

    def look_again(self) -> None:
        """Images come in: copies are looked for after that, though the user stopped it before."""
        self._stopped = False

    def _on_session_progressed(self, task: Task, _progress: Progress) -> None:
        if task in (self._preparing, self._rebuilding, self._finding) and time.monotonic() - self._told > _TELL_EVERY_S:
            self._told = time.monotonic()
            self._session.changed.emit()

    def _on_session_ended(self, task: Task) -> None:
        """Go on in the background: what is missing is made, then copies are looked for."""
        derived = task in (self._preparing, self._rebuilding, self._finding)
        if task is self._finding:
            self._finding = None
            if task.job.cancelled and not task.yielded and self._finds:
                self._stopped = True
                words = self.tr("Stopped. It goes on after the next import or opening, or by its box in Preferences.")
                self._session.message.emit(words)
        if task is self._preparing or (task is self._rebuilding and task.yielded):
            self._preparing = None
            self._rebuilding = operations.rebuild(self._session)
        elif task is self._rebuilding:
            self._rebuilding = None
            self._look_for_copies()
        elif task.yielded or task.pace is Pace.LONG:
            self._look_for_copies()
        if derived:
            # What is derived is no change of the record, and yet what is shown of it is new.
            self._session.changed.emit()

    def _look_for_copies(self) -> None:
        ready = self._preparing is None and self._rebuilding is None
        wanted = self._finds and not self._stopped and not self._session.read_only
        if self._finding is None and ready and wanted:
            self._finding = operations.find_copies(self._session)

    def _on_settings_changed(self) -> None:
        before, self._finds = self._finds, self._session.settings.find_copies
        if self._finds and not before:
            self._stopped = False
            self._look_for_copies()
        elif self._finding is not None and not self._finds:
            self._finding.cancel()

    def _on_progressed(self, task: Task, progress: Progress) -> None:
        self.job_progressed.emit(task, progress)

    def _on_sample_made(self, task: Task, _nothing: object) -> None:
        self._end(task)
        self._session.open(paths.sample_folder())

    def _on_sample_cancelled(self, task: Task) -> None:
        self._end(task)

    def _on_sample_failed(self, task: Task, error: Exception) -> None:
        self._end(task)
        self._session.failed.emit(error)

    def _end(self, task: Task) -> None:
        self.job_ended.emit(task)
        self.stop()


def _make_sample(_nothing: Any, job: Job) -> None:
    from core import sample  # noqa: PLC0415 - it draws and imports, and is wanted at most once

    sample.create_sample(paths.sample_folder(), job)
