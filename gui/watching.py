"""A window that only reads looks every now and then for what another window has changed."""

from typing import Final

from PySide6.QtCore import QObject, QTimer

from core.archive import Archive
from core.jobs import Job
from gui.session import Session

_EVERY_MS: Final = 2_000


class Watch(QObject):
    """Has the session look again where its archive is open for reading only and has grown elsewhere."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._timer = QTimer(self, interval=_EVERY_MS)
        self._timer.timeout.connect(self._on_timeout)
        session.opened.connect(self._on_opened)
        session.closed.connect(self._timer.stop)

    def _on_opened(self) -> None:
        if self._session.read_only:
            self._timer.start()
        else:
            self._timer.stop()

    def _on_timeout(self) -> None:
        self._session.read("generation", _generation, self._on_generation, on_failed=_ignore)

    def _on_generation(self, generation: int) -> None:
        if generation != self._session.state.generation:
            self._session.refresh()


def _generation(archive: Archive, _job: Job) -> int:
    return archive.generation


def _ignore(_error: Exception) -> None:
    """Nobody asked for this look: where it fails (the disk was pulled out), the user's next act says so."""
