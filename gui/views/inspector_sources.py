"""The inspector's tab for where images come from: each capture of one image, or the newest ones of several."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from core import capturing, recycling
from core.archive import Archive
from core.claims import SourceId
from core.jobs import Job
from core.records import Capture, CaptureId, ImageId, Source
from gui import operations_sources as operations
from gui import style
from gui.dialogs import opening
from gui.icons import icon
from gui.models.known_sources import KnownSources
from gui.models.recycled import difference_words
from gui.models.sentences import images_words
from gui.plain import PlainLabel
from gui.session import Session
from gui.views.capture_form import CaptureCard, CaptureForm

MOST: Final = 20  # captures shown; each has a dozen fields


class SourcesTab(QWidget):
    """Follows ``show_images`` and the archive while it is seen."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._ids: tuple[ImageId, ...] = ()
        self._known = KnownSources(session, self)
        self._added: CaptureId | None = None  # a capture that is to have the keys when it is shown
        self.cards: list[CaptureCard] = []
        self.also = _label()
        self.several = _label()
        self.together = CaptureForm(session, self._known)
        self._more = _label()
        self.add = QPushButton(icon("plus"), self.tr("Add a capture by hand"))
        self.all = QPushButton(self.tr("All sources…"))
        self._list = QVBoxLayout()
        self._list.setSpacing(style.SMALL)
        self._arrange()
        self.add.clicked.connect(self._on_add_clicked)
        self.all.clicked.connect(self._on_all_clicked)
        session.changed.connect(self._reload)

    def _arrange(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(style.MEDIUM, style.MEDIUM, style.MEDIUM, style.MEDIUM)
        layout.setSpacing(style.SMALL)
        for part in (self.also, self.several, self.together):
            layout.addWidget(part)
        layout.addLayout(self._list)
        layout.addWidget(self._more)
        for button in (self.add, self.all):
            layout.addWidget(button, 0, Qt.AlignmentFlag.AlignLeading)
        layout.addStretch(1)
        self._show(_Answer((), (), {}, 0, ()))

    def show_images(self, ids: tuple[ImageId, ...]) -> None:
        """Show where these images come from; of none, nothing."""
        if ids != self._ids:
            self.commit()
            self._ids = ids
            self._show(_Answer(ids, (), {}, 0, ()))
            self._reload()

    def commit(self) -> None:
        """Keep what is being typed."""
        for form in (self.together, *(card.form for card in self.cards)):
            form.commit()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Ask again: while hidden it did not."""
        super().showEvent(event)
        self._reload()

    def _on_all_clicked(self) -> None:
        opening.show_sources(self._session, self.window())

    def _reload(self) -> None:
        if self._ids and self.isVisible():
            self._session.read(("captures", id(self)), _Question(self._ids), self._on_answer)

    def _on_answer(self, answer: "_Answer") -> None:
        if answer.ids == self._ids:
            self._show(answer)

    def _show(self, answer: "_Answer") -> None:
        writable = not self._session.read_only
        several = len(answer.ids) > 1
        self.also.setText("\n".join(answer.also))
        self.also.setVisible(bool(answer.also))
        words = self.tr("The newest capture of each of %1:").replace("%1", images_words(len(answer.ids)))
        self.several.setText(words)
        self.several.setVisible(several)
        self.together.setVisible(several)
        self.together.show_captures(answer.captures if several else (), answer.sources, writable=writable)
        self._show_cards(answer, () if several else answer.captures, writable=writable)
        self._more.setText(self.tr("and %1 more").replace("%1", f"{answer.more:,}"))
        self._more.setVisible(answer.more > 0)
        self.add.setVisible(len(answer.ids) == 1)
        self.add.setEnabled(writable)

    def _show_cards(self, answer: "_Answer", captures: tuple[Capture, ...], *, writable: bool) -> None:
        held = {card.capture.id: card for card in self.cards if card.capture is not None}
        kept = [
            held.pop(capture.id) if capture.id in held else CaptureCard(self._session, self._known)
            for capture in captures
        ]
        for card in held.values():
            card.form.commit()
            self._list.removeWidget(card)
            card.hide()
            card.deleteLater()
        self.cards = kept
        for place, (card, capture) in enumerate(zip(kept, captures, strict=True)):
            if self._list.indexOf(card) != place:
                self._list.insertWidget(place, card)
            card.show_capture(capture, answer.sources, writable=writable)
            if capture.id == self._added:
                self._added = None
                card.form.start()

    def _on_add_clicked(self) -> None:
        if len(self._ids) == 1:
            said = {"collector": self._collector}
            operations.add_capture(self._session, self._ids[0], said, self._on_added)

    def _on_added(self, capture_id: CaptureId) -> None:
        self._added = capture_id

    @property
    def _collector(self) -> str:
        """Who records it, until the user says otherwise: a capture without a file has to say something."""
        info = self._session.info
        return info.actor if info is not None else ""


@dataclass(frozen=True, slots=True)
class _Answer:
    """``also`` are the milder words about other sources of this picture; ``more`` captures are not shown."""

    ids: tuple[ImageId, ...]
    captures: tuple[Capture, ...]
    sources: Mapping[SourceId, Source]
    more: int
    also: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Question:
    ids: tuple[ImageId, ...]

    def __call__(self, archive: Archive, _job: Job) -> _Answer:
        held = capturing.of_images(archive, self.ids)
        if len(self.ids) > 1:
            shown = tuple(captures[-1] for captures in held.values() if captures)
            return _Answer(self.ids, shown, capturing.sources_of(archive, shown), 0, ())
        every = tuple(capture for captures in held.values() for capture in captures)
        shown = every[-MOST:]
        found = [one for one in recycling.of_image(archive, self.ids[0]) if not one.contradicts]
        also = tuple(difference_words(difference) for one in found[:3] for difference in one.differences)
        return _Answer(self.ids, shown, capturing.sources_of(archive, shown), len(every) - len(shown), also)


def _label() -> QLabel:
    label = PlainLabel()
    label.setProperty("role", "muted")
    label.setWordWrap(True)
    return label
