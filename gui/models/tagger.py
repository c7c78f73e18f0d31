"""Tagging the selection: what is said of it, and how certain and on what ground the user says it at present."""

from typing import Final

from PySide6.QtCore import QObject, Signal

from core.claims import NOT_ASSESSED
from core.records import ImageId, SightingId
from gui import operations
from gui.models.offers import HOW, Offer
from gui.models.selection_values import targets
from gui.models.wish_queue import WishQueue
from gui.models.wishes import Wish
from gui.session import Session

READY: Final = "ready_for_review"


class Tagger(QObject):
    """Applies offers to the selection, or to the current image where nothing is selected."""

    told = Signal(str)  # what was done or is under way, for the user
    certainty_changed = Signal(str)  # the certainty of what is tagged next
    basis_changed = Signal(str)  # the basis of what is tagged next, empty for none
    applied = Signal(object, object)  # the ids of the images, and the Offer that was said of them or taken away

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._queue = WishQueue(session, self)
        self._aimed: ImageId | None = None
        self.certainty = NOT_ASSESSED
        self.basis = ""
        self._queue.told.connect(self.told)
        self._queue.applied.connect(self.applied)
        session.selection_changed.connect(self._on_target_changed)
        session.current_changed.connect(self._on_target_changed)

    def aim_at(self, image: ImageId, sighting: SightingId) -> None:
        """Say what is typed from now on of one sighting alone, until the images concerned are others."""
        self._queue.forget()
        self._aimed, self._queue.aim = image, sighting

    @property
    def aimed(self) -> bool:
        """Whether what is typed is said of one sighting alone."""
        return self._queue.aim is not None

    def apply(self, offer: Offer) -> None:
        """Give or take away a value, write a note, or set the certainty, the basis or the status."""
        if offer.facet in HOW:
            self._assess(offer)
        elif not targets(self._session):
            self.told.emit(self.tr("Select an image first."))
        else:
            certainty = None if self.certainty == NOT_ASSESSED else self.certainty
            self._queue.put(Wish(self._ids, offer, certainty, (self.basis,) if self.basis else None))

    def set_certainty(self, certainty: str) -> None:
        """The certainty of what is tagged next, and of what was just tagged."""
        self._assess(Offer("certainty", certainty, self._label("certainty", certainty)))

    def set_basis(self, basis: str) -> None:
        """The basis of what is tagged next, and of what was just tagged; an empty text is none."""
        self._assess(Offer("basis", basis, self._label("basis", basis)))

    def finish(self) -> None:
        """Say that these images are ready for review."""
        self.apply(Offer("status", READY, self._label("status", READY)))

    def undo(self) -> None:
        """Take the archive's newest step back."""
        self._queue.forget()
        operations.undo(self._session, self._on_undone)

    def start_afresh(self) -> None:
        """Begin with the certainty and the basis that the user set, and with no weapon to go on with."""
        self._queue.forget()
        self.certainty = self._session.settings.default_certainty
        basis, info = self._session.settings.default_basis, self._session.info
        self.basis = basis if info is not None and basis in info.vocabularies["basis"] else ""
        self.certainty_changed.emit(self.certainty)
        self.basis_changed.emit(self.basis)

    @property
    def _ids(self) -> tuple[ImageId, ...]:
        """The images concerned: the selection, or that of the sighting that is aimed at."""
        return targets(self._session) if self._queue.aim is None or self._aimed is None else (self._aimed,)

    def _assess(self, offer: Offer) -> None:
        if offer.facet == "certainty":
            self.certainty = offer.code
            self.certainty_changed.emit(offer.code)
        else:
            self.basis = offer.code
            self.basis_changed.emit(offer.code)
        if self._queue.has_weapon:
            self._queue.put(Wish(self._ids, offer))
        else:
            self.told.emit(self.tr("For what is tagged next: %1.").replace("%1", offer.words))

    def _label(self, vocabulary: str, code: str) -> str:
        info = self._session.info
        if not code or (vocabulary == "certainty" and code == NOT_ASSESSED):
            return self.tr("not assessed") if vocabulary == "certainty" else self.tr("none")
        return code if info is None else info.vocabularies[vocabulary].label(code)

    def _on_undone(self, label: str | None) -> None:
        words = self.tr("There is nothing to undo.") if label is None else self.tr("Undone: %1")
        self.told.emit(words.replace("%1", label or ""))

    def _on_target_changed(self) -> None:
        self._queue.forget()
