"""One sighting in the inspector: its sentence, its certainty, its note, and a button that takes it away."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from core.claims import CERTAINTIES, Review
from core.records import Sighting, SightingId
from core.reviewing import Reviewed
from gui import operations, style
from gui.icons import icon
from gui.models.cells import shown_name
from gui.models.sentences import certainty_words, overall_certainty, sighting_words
from gui.session import Session
from gui.views.note_edit import NoteEdit
from gui.views.review_panel import ReviewPanel


class SightingCard(QFrame):
    """Shows one sighting, and changes it in place."""

    removed = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.sighting: Sighting | None = None
        self.words = QLabel()
        self.belongs = QLabel()
        self.certainty = QComboBox()
        self.remove = QToolButton()
        self.note = NoteEdit(2)
        self.review = ReviewPanel(session)
        for certainty in CERTAINTIES:
            self.certainty.addItem(certainty_words(certainty), certainty)
        self._arrange()
        self.certainty.activated.connect(self._on_certainty_chosen)
        self.remove.clicked.connect(self._on_remove_clicked)
        self.note.committed.connect(self._on_note_committed)

    def _arrange(self) -> None:
        self.words.setWordWrap(True)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.belongs.setProperty("role", "muted")
        for label in (self.words, self.belongs):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        self.certainty.setAccessibleName(self.tr("Certainty of all that is said of this weapon"))
        self.certainty.setToolTip(self.certainty.accessibleName())
        self.certainty.setPlaceholderText(self.tr("differs"))
        self.remove.setIcon(icon("close"))
        self.remove.setAccessibleName(self.tr("Remove this sighting"))
        self.remove.setToolTip(self.remove.accessibleName())
        self.note.setAccessibleName(self.tr("Note on this sighting"))
        self.note.setPlaceholderText(self.tr("Note on this weapon"))
        row = QHBoxLayout()
        row.setSpacing(style.SMALL)
        row.addWidget(self.certainty)
        row.addStretch(1)
        row.addWidget(self.remove)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, style.SMALL)
        layout.setSpacing(style.TIGHT)
        layout.addWidget(self.words)
        layout.addWidget(self.belongs)
        layout.addLayout(row)
        layout.addWidget(self.note)
        layout.addWidget(self.review)

    def show_sighting(self, sighting: Sighting, owner_name: str | None, reviews: Sequence[Review] = ()) -> None:
        """Show a sighting and the decisions on it.

        ``owner_name`` is the file name of the image it belongs to where that is another one.
        """
        info = self._session.info
        if info is None:
            return
        self.sighting = sighting
        self.words.setText(sighting_words(sighting, info.vocabularies))
        self.belongs.setVisible(owner_name is not None)
        words = self.tr("Said of %1, a copy of this picture, and so of this image.")
        self.belongs.setText(words.replace("%1", shown_name(owner_name or "")))
        certainty = overall_certainty(sighting)
        self.certainty.setCurrentIndex(-1 if certainty is None else CERTAINTIES.index(certainty))
        self.note.show_text(int(sighting.id), sighting.note)
        writable = not self._session.read_only
        self.certainty.setEnabled(writable and bool(sighting.identification or sighting.origins))
        self.remove.setEnabled(writable)
        self.note.setReadOnly(not writable)
        self.review.show_claimed(Reviewed(sighting, tuple(reviews)))

    def _on_certainty_chosen(self, index: int) -> None:
        if self.sighting is not None:
            operations.set_certainty(self._session, [self.sighting.id], CERTAINTIES[index])

    def _on_remove_clicked(self) -> None:
        if self.sighting is not None:
            operations.remove_sightings(self._session, [self.sighting.id])

    def _on_note_committed(self, owner: int, text: str) -> None:
        # The owner may be one that was shown before: what was typed for it is kept when another takes its place.
        operations.set_sighting_note(self._session, SightingId(owner), text)
