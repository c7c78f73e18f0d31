"""What may be said of the selected images, going by their neighbours and the reference library."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal

from core import suggesting
from core.archive import Archive
from core.facets import FACETS
from core.jobs import Job
from core.records import ImageId
from core.suggesting import Suggested, Why
from core.vocabularies import Vocabulary
from gui.models.offers import Offer
from gui.models.selection_values import targets
from gui.session import Session

_LATER_MS: Final = 150  # whoever types on is not slowed down


class SuggestedValues(QObject):
    """Follows the selection and the archive while ``watch`` says so; ``offers`` are those for these very images."""

    changed = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._watching = False
        self._ids: tuple[ImageId, ...] = ()
        self.offers: tuple[Offer, ...] = ()
        self._timer = QTimer(self, singleShot=True, interval=_LATER_MS)
        self._timer.timeout.connect(self._on_due)
        session.selection_changed.connect(self._reload)
        session.current_changed.connect(self._reload)
        session.changed.connect(self._reload)
        session.closed.connect(self._reload)

    def watch(self, *, watching: bool) -> None:
        """Ask from now on, or no more."""
        self._watching = watching
        self._reload()

    def _reload(self) -> None:
        ids = targets(self._session) if self._watching else ()
        if ids != self._ids:
            self._ids = ids
            self._show(())
        if ids:
            self._timer.start()

    def _on_due(self) -> None:
        if self._ids:
            self._session.read(("suggested", id(self)), _Question(self._ids), self._on_answer, later=True)

    def _on_answer(self, answer: "_Answer") -> None:
        info = self._session.info
        if answer.ids == self._ids and info is not None:
            self._show(tuple(_offer(one, info.vocabularies) for one in answer.found))

    def _show(self, offers: tuple[Offer, ...]) -> None:
        if offers != self.offers:
            self.offers = offers
            self.changed.emit()


@dataclass(frozen=True, slots=True)
class _Answer:
    ids: tuple[ImageId, ...]
    found: list[Suggested]


@dataclass(frozen=True, slots=True)
class _Question:
    ids: tuple[ImageId, ...]

    def __call__(self, archive: Archive, job: Job) -> _Answer:
        return _Answer(self.ids, suggesting.suggested(archive, self.ids, job=job))


def _offer(one: Suggested, vocabularies: Mapping[str, Vocabulary]) -> Offer:
    label = vocabularies[FACETS[one.facet].vocabulary].label(one.code)
    return Offer(one.facet, one.code, label, hint=why_words(one))


def why_words(suggested: Suggested) -> str:
    """The reasons for a suggestion in a few words: "near: plate-3.jpg, same source (12 images)"."""
    return ", ".join(map(_words, suggested.reasons))


def _words(why: Why) -> str:
    if why.kind == "model":
        return _tr("from the model") if why.checked else _tr("from the model, unchecked")
    if why.kind == "near" and why.count == 1:
        return _tr("near: %1").replace("%1", why.name)
    pattern = {
        "group": _tr("same group"),
        "near": _tr("near (%1 images)"),
        "source": _tr("same source (1 image)") if why.count == 1 else _tr("same source (%1 images)"),
    }[why.kind]
    return pattern.replace("%1", f"{why.count:,}")


def _tr(text: str) -> str:
    return QCoreApplication.translate("suggested", text)
