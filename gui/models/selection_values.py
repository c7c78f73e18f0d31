"""What the selected images show between them: each value, and how many of them have it."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QCoreApplication, QObject, Signal

from core import looking, tag_values
from core.archive import Archive
from core.facets import FACETS
from core.jobs import Job
from core.records import ImageId
from core.tag_values import TagValue
from gui.models.sentences import value_words
from gui.session import Session

MOST: Final = 10_000  # of more images than this, the values are not gathered at each change of the selection


def targets(session: Session) -> tuple[ImageId, ...]:
    """The images that an act concerns: the selected ones, or the one looked at where none is selected."""
    return session.selection or (() if session.current is None else (session.current,))


@dataclass(frozen=True, slots=True)
class Shown:
    """A value with its name: on ``value.count`` of ``total`` images."""

    value: TagValue
    label: str
    total: int

    @property
    def words(self) -> str:
        """The value as it reads by itself."""
        return value_words(self.value.facet, self.label)

    @property
    def mixed(self) -> bool:
        """Whether some of the images have it and others have not."""
        return self.value.count < self.total

    @property
    def share(self) -> str:
        """How many of the images have it: "3 of 12"; empty when there is only one image."""
        if self.total < 2:
            return ""
        pattern = _tr("%1 of %2") if self.mixed else _tr("all %2")
        return pattern.replace("%1", f"{self.value.count:,}").replace("%2", f"{self.total:,}")


class SelectionValues(QObject):
    """Follows the selection and the archive while ``watch`` says so.

    ``ids`` are the images concerned, ``name`` the file name of the only one; ``shown`` is None until the values of
    these very images have come, and stays None where there are too many images.
    """

    changed = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._watching = False
        self.ids: tuple[ImageId, ...] = ()
        self.name = ""
        self.shown: tuple[Shown, ...] | None = None
        session.selection_changed.connect(self._reload)
        session.current_changed.connect(self._reload)
        session.changed.connect(self._reload)
        session.closed.connect(self._reload)

    @property
    def too_many(self) -> bool:
        """Whether there are too many images to gather what they show."""
        return len(self.ids) > MOST

    def watch(self, *, watching: bool) -> None:
        """Ask from now on, or no more."""
        self._watching = watching
        self._reload()

    def _reload(self) -> None:
        if not self._watching:
            return
        ids = targets(self._session)
        if ids != self.ids:
            self.ids, self.name, self.shown = ids, "", None if ids else ()
            self.changed.emit()
        if ids and not self.too_many:
            self._session.read(("selection values", id(self)), _Question(ids), self._on_answer)

    def _on_answer(self, answer: "_Answer") -> None:
        info = self._session.info
        if answer.ids != self.ids or info is None:
            return
        self.name = answer.name
        self.shown = tuple(
            Shown(value, info.vocabularies[FACETS[value.facet].vocabulary].label(value.code), len(answer.ids))
            for value in answer.values
        )
        self.changed.emit()


@dataclass(frozen=True, slots=True)
class _Answer:
    ids: tuple[ImageId, ...]
    name: str
    values: list[TagValue]


@dataclass(frozen=True, slots=True)
class _Question:
    ids: tuple[ImageId, ...]

    def __call__(self, archive: Archive, _job: Job) -> _Answer:
        found = looking.members(archive, self.ids) if len(self.ids) == 1 else []
        return _Answer(self.ids, found[0].name if found else "", tag_values.values(archive, self.ids))


def _tr(text: str) -> str:
    return QCoreApplication.translate("selection values", text)
