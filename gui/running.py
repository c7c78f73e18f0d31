"""Builds the window and everything under it, and runs it until it is closed."""

import logging
import signal
import socket
import sys
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import FrameType
from typing import Final

from PySide6.QtCore import QObject, QSocketNotifier, QTimer
from PySide6.QtWidgets import QApplication

from core import paths, settings
from core.errors import CoreError
from gui import errors
from gui.collecting import Collector
from gui.session import Session
from gui.style import BODY_PX, Appearance
from gui.window import MainWindow

_LOG_BYTES: Final = 1_000_000
_SAVE_AFTER_MS: Final = 1_000

_log = logging.getLogger(__name__)


def run(archive: Path | None) -> int:
    """Open the window, with an archive in it if one is named; returns Qt's exit code once it is closed."""
    start_log()
    app = QApplication(sys.argv[:1])
    app.setApplicationName("stocktake")
    app.setApplicationDisplayName("Stocktake")
    app.setDesktopFileName("stocktake")
    program = Program(app)
    collector = Collector()
    stop = Stopper(program.window)
    program.window.show()
    if archive is not None:
        program.session.open(archive)
    code = app.exec()
    collector.stop()
    stop.restore()
    program.keeper.save()
    return code


class Program:
    """The window and what it stands on."""

    def __init__(self, app: QApplication) -> None:
        self.session = Session(settings.load(paths.settings_file()))
        self.appearance = Appearance(app)
        self.keeper = SettingsKeeper(self.session, self.appearance)
        self.window = MainWindow(self.session)
        errors.install_excepthook(self._window)

    def _window(self) -> MainWindow:
        return self.window


class SettingsKeeper(QObject):
    """Makes settings hold as soon as they are changed, and writes them down a moment later."""

    def __init__(self, session: Session, appearance: Appearance) -> None:
        super().__init__(session)
        self._session = session
        self._appearance = appearance
        self._saved = session.settings
        self._shown: tuple[str, int] | None = None
        self._pause = QTimer(self, singleShot=True, interval=_SAVE_AFTER_MS)
        self._pause.timeout.connect(self.save)
        session.settings_changed.connect(self._on_settings_changed)
        self._apply()

    def save(self) -> None:
        """Write the settings where they have changed; where that fails, say so once."""
        self._pause.stop()
        if self._session.settings == self._saved:
            return
        self._saved = self._session.settings
        try:
            settings.save(paths.settings_file(), self._saved)
        except CoreError as error:
            _log.warning("%s", error)
            self._session.message.emit(str(error))

    def _on_settings_changed(self) -> None:
        self._apply()
        self._pause.start()

    def _apply(self) -> None:
        now = self._session.settings
        if (now.theme, now.text_percent) != self._shown:
            self._shown = (now.theme, now.text_percent)
            self._appearance.take(now.theme, round(BODY_PX * now.text_percent / 100))


class Stopper(QObject):
    """Closes the window when the system asks the program to end."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        # The system's handler writes to the socket, and that wakes Qt's loop.
        self._near, self._far = socket.socketpair()
        for end in (self._near, self._far):
            end.settimeout(0)
        self._old_fd = signal.set_wakeup_fd(self._far.fileno())
        self._old = {number: signal.signal(number, self._on_signal) for number in (signal.SIGINT, signal.SIGTERM)}
        self._notifier = QSocketNotifier(self._near.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._on_woken)

    def restore(self) -> None:
        """Leave signals as they were found."""
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(self._old_fd)
        for number, handler in self._old.items():
            signal.signal(number, handler)
        self._near.close()
        self._far.close()

    def _on_signal(self, _number: int, _frame: FrameType | None) -> None:
        """Leave it to the event loop: this comes in the middle of whatever was being done, locks held."""

    def _on_woken(self) -> None:
        try:
            self._near.recv(64)
        except BlockingIOError:
            return
        self._window.close()


def start_log() -> None:
    """Log to a file of limited size; where it cannot be written, to the standard error."""
    handler: logging.Handler
    try:
        paths.log_file().parent.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(paths.log_file(), maxBytes=_LOG_BYTES, backupCount=1, encoding="utf-8")
    except OSError:
        handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=logging.INFO, handlers=[handler])
