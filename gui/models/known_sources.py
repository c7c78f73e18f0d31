"""The archive's sources as a window that lets the user choose one knows them."""

from PySide6.QtCore import QObject, Signal

from core import known_sources
from core.archive import Archive
from core.claims import SourceId
from core.jobs import Job
from core.known_sources import Standing
from core.records import Source
from core.vocabularies import Vocabulary
from gui.session import Session


class KnownSources(QObject):
    """Asks when it is told to ``reload``; until the answer is there it knows what it knew before."""

    changed = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.every: tuple[Standing, ...] = ()

    def reload(self) -> None:
        """Ask the archive."""
        self._session.read(("sources", id(self)), _every, self._on_answer)

    def matching(self, words: str) -> list[Source]:
        """The sources that hold all of these words, by name."""
        info = self._session.info
        platforms = Vocabulary(()) if info is None else info.vocabularies["platform"]
        return known_sources.matching(platforms, [one.source for one in self.every], words)

    def get(self, source_id: SourceId | None) -> Source | None:
        """A source by its id, None where it is not known (yet)."""
        return next((one.source for one in self.every if one.source.id == source_id), None)

    def _on_answer(self, every: tuple[Standing, ...]) -> None:
        if every != self.every:
            self.every = every
            self.changed.emit()


def _every(archive: Archive, _job: Job) -> tuple[Standing, ...]:
    return tuple(known_sources.find(archive))
