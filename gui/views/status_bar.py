"""The status bar: how much is in view and selected, what is under way, what was done, and the size of the pictures."""

from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QSizePolicy, QSlider, QStatusBar, QWidget

from core.jobs import Progress
from gui import style
from gui.models.cells import shown_name
from gui.plain import PlainLabel, plain_tooltip
from gui.runner import Task
from gui.session import Session
from gui.views.grid import LARGEST, SMALLEST

_SAY_AFTER_MS: Final = 150
_MESSAGE_MS: Final = 8_000


class StatusBar(QStatusBar):
    """The line at the bottom of the window; without an archive it shows messages and jobs only."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._found: int | None = None
        self.setSizeGripEnabled(False)
        self.counts = PlainLabel()
        self.read_only = _Notice()
        self.words = PlainLabel()
        self.words.setProperty("role", "muted")
        self.words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.job = JobLine()
        self.size_slider = QSlider(Qt.Orientation.Horizontal)
        self.size_slider.setRange(SMALLEST, LARGEST)
        self.size_slider.setPageStep(32)
        self.size_slider.setFixedWidth(120)
        self.size_slider.setAccessibleName(self.tr("Size of the pictures"))
        self.size_slider.setToolTip(plain_tooltip(self.size_slider.accessibleName()))
        self.size_slider.setValue(session.settings.thumbnail_px)
        self._silence = QTimer(self, singleShot=True, interval=_MESSAGE_MS)
        self._silence.timeout.connect(self.words.clear)
        line = QWidget()
        layout = QHBoxLayout(line)
        layout.setContentsMargins(style.MEDIUM, 0, style.MEDIUM, 0)
        layout.setSpacing(style.LARGE)
        layout.addWidget(self.counts)
        layout.addWidget(self.read_only)
        layout.addWidget(self.words, 1)
        layout.addWidget(self.job)
        layout.addWidget(self.size_slider)
        line.setMinimumHeight(style.ROW_HEIGHT)  # so that nothing above moves when a job appears
        self.addWidget(line, 1)
        self._connect()
        self._on_closed()

    def _connect(self) -> None:
        session = self._session
        self.size_slider.valueChanged.connect(self._on_size_changed)
        session.opened.connect(self._on_opened)
        session.closed.connect(self._on_closed)
        session.found.connect(self._on_found)
        session.state_changed.connect(self._on_counts_changed)
        session.selection_changed.connect(self._on_counts_changed)
        session.settings_changed.connect(self._on_settings_changed)
        session.message.connect(self.say)
        session.job_started.connect(self.job.begin)
        session.job_progressed.connect(self.job.progress)
        session.job_ended.connect(self.job.end)

    def say(self, words: str) -> None:
        """Show one line for some seconds."""
        words = shown_name(words)  # it may name files
        self.words.setText(words)
        self.words.setToolTip(plain_tooltip(words))
        self._silence.start()

    def _on_opened(self) -> None:
        self.read_only.setVisible(self._session.read_only)
        self.size_slider.show()

    def _on_closed(self) -> None:
        self._found = None
        self.read_only.hide()
        self.size_slider.hide()
        self.job.forget()
        self._on_counts_changed()

    def _on_found(self, ids: object) -> None:
        self._found = len(ids)  # type: ignore[arg-type]
        self._on_counts_changed()

    def _on_counts_changed(self) -> None:
        if self._found is None:
            self.counts.clear()
            return
        images, selected = self._session.state.images, len(self._session.selection)
        shown = self.tr("%1 images") if self._found != 1 else self.tr("%1 image")
        if self._found < images:
            shown = self.tr("%1 of %2 images").replace("%2", f"{images:,}")
        text = shown.replace("%1", f"{self._found:,}")
        if selected:
            text += " · " + self.tr("%1 selected").replace("%1", f"{selected:,}")
        self.counts.setText(text)

    def _on_size_changed(self, size: int) -> None:
        self._session.change_settings(thumbnail_px=size)

    def _on_settings_changed(self) -> None:
        self.size_slider.setValue(self._session.settings.thumbnail_px)


class _Notice(PlainLabel):
    """Says all the time that nothing can be changed, and why."""

    def __init__(self) -> None:
        super().__init__()
        self.setText(self.tr("Read only: open in another window, or the disk is write-protected"))
        self.setProperty("role", "caution")


class JobLine(QWidget):
    """The job under way: what it is, how far it has come, how long it will take, and Cancel.

    A job that is over in the blink of an eye is not shown.
    """

    left = Signal()  # it went away while it had the keys: somebody else must take them

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._task: Task | None = None
        self.words = PlainLabel()
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(120)
        self.bar.setAccessibleName(self.tr("Progress"))
        self.cancel = QPushButton(self.tr("Cancel"))
        self.cancel.setProperty("link", "true")
        self.cancel.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keys where they are
        self.cancel.clicked.connect(self._on_cancel_clicked)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(style.SMALL)
        for widget in (self.words, self.bar, self.cancel):
            layout.addWidget(widget)
        self._patience = QTimer(self, singleShot=True, interval=_SAY_AFTER_MS)
        self._patience.timeout.connect(self.show)
        self.hide()

    def begin(self, task: Task) -> None:
        """A job begins; it is shown if it lasts."""
        self._task = task
        self.words.setText(task.title)
        self.bar.setRange(0, 0)
        if task.title:
            self._patience.start()

    def progress(self, task: Task, progress: Progress) -> None:
        """Show how far it has come."""
        if task is not self._task:
            return
        words = progress.text or task.title
        if progress.total:
            self.bar.setRange(0, progress.total)
            self.bar.setValue(progress.done)
            words += " · " + (
                self.tr("%1 of %2").replace("%1", f"{progress.done:,}").replace("%2", f"{progress.total:,}")
            )
        if progress.seconds_left is not None and progress.seconds_left >= 1:
            words += " · " + self._left(progress.seconds_left)
        if not task.job.cancelled:
            self.words.setText(words)

    def end(self, task: Task) -> None:
        """The job is over."""
        if task is self._task:
            self.forget()

    def forget(self) -> None:
        """Show no job."""
        self._task = None
        self._patience.stop()
        had_keys = self.cancel.hasFocus()
        self.hide()
        if had_keys:
            self.left.emit()

    def _left(self, seconds: float) -> str:
        if seconds < 60:
            return self.tr("%1 s left").replace("%1", str(round(seconds)))
        if seconds < 3600:
            return self.tr("%1 min left").replace("%1", str(round(seconds / 60)))
        return self.tr("%1 h left").replace("%1", f"{seconds / 3600:.1f}")

    def _on_cancel_clicked(self) -> None:
        if self._task is not None:
            self._task.cancel()
            self.words.setText(self.tr("Stopping; what is finished is kept"))
