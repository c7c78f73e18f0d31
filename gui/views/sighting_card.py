"""One sighting in the inspector: its region, its sentence, all claims, its details and its note, changed in place."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QImage, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from core.claims import CERTAINTIES
from core.records import Sighting, SightingId
from core.reviewing import Reviewed
from core.sighted import Sighted
from gui import operations, sighting_operations, style
from gui.icons import icon
from gui.models.claim_sentences import details_words
from gui.models.sentences import certainty_words, overall_certainty, sighting_words
from gui.plain import PlainLabel, plain_tooltip
from gui.session import Session
from gui.views.belongs_line import BelongsLine
from gui.views.claim_row import small_button
from gui.views.claims_list import ClaimsList
from gui.views.crop_view import CropView
from gui.views.detail_fields import DetailFields
from gui.views.note_edit import NoteEdit
from gui.views.peek import Peek
from gui.views.review_panel import ReviewPanel
from gui.views.settled_lines import SettledLines

_BAR_PX = 3


class SightingCard(QFrame):
    """Shows one sighting, and changes it in place."""

    chosen = Signal(object)  # the sighting's id: its card was clicked or got the keys
    image_wanted = Signal(object)  # the id of another image to look at
    similar_wanted = Signal(object, object)  # the id of the image it was drawn on, and its region

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._weapons: tuple[str, ...] = ()
        self._shown: Sighted | None = None
        self._selected = False
        self.sighting: Sighting | None = None
        self.crop = CropView(Peek(self))
        self.words = PlainLabel()
        self.belongs = BelongsLine()
        self.settled = SettledLines(session)
        self.certainty = QComboBox()
        self.similar = small_button("search", self.tr("Find where else this region appears (Ctrl+Shift+L on it)"))
        self.duplicate = small_button("copy", self.tr("Another weapon like this one (Shift+D on its region)"))
        self.remove = small_button("close", self.tr("Remove this sighting"))
        self.claims = ClaimsList(session)
        self.more = QPushButton()
        self.summary = PlainLabel()
        self.details: DetailFields | None = None  # made when it is first wanted: a picture may show many weapons
        self.note = NoteEdit(2)
        self.review = ReviewPanel(session)
        for certainty in CERTAINTIES:
            self.certainty.addItem(certainty_words(certainty), certainty)
        self._arrange()
        self.certainty.activated.connect(self._on_certainty_chosen)
        self.similar.clicked.connect(self._on_similar_clicked)
        self.duplicate.clicked.connect(self._on_duplicate_clicked)
        self.remove.clicked.connect(self._on_remove_clicked)
        self.more.clicked.connect(self._on_more_clicked)
        self.note.committed.connect(self._on_note_committed)
        self.claims.image_wanted.connect(self.image_wanted)
        self.belongs.image_wanted.connect(self.image_wanted)

    def _arrange(self) -> None:
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        for label in (self.words, self.summary):
            label.setWordWrap(True)
        self.summary.setProperty("role", "muted")
        self.certainty.setAccessibleName(self.tr("Certainty of all that is said of this weapon"))
        self.certainty.setToolTip(plain_tooltip(self.certainty.accessibleName()))
        self.certainty.setPlaceholderText(self.tr("differs"))
        self.more.setProperty("link", "true")
        self.more.setAutoDefault(False)
        self.note.setAccessibleName(self.tr("Note on this sighting"))
        self.note.setPlaceholderText(self.tr("Note on this weapon"))
        row = QHBoxLayout()
        row.setSpacing(style.SMALL)
        row.addWidget(self.certainty)
        row.addStretch(1)
        row.addWidget(self.similar)
        row.addWidget(self.duplicate)
        row.addWidget(self.remove)
        self._layout = QVBoxLayout(self)
        beside = style.SMALL + _BAR_PX  # the bar is at the side where reading begins, which Qt's margins are not
        left, right = (0, beside) if self.isRightToLeft() else (beside, 0)
        self._layout.setContentsMargins(left, style.TIGHT, right, style.SMALL)
        self._layout.setSpacing(style.TIGHT)
        for part in (self.crop, self.words, self.belongs, self.settled):
            self._layout.addWidget(part)
        self._layout.addLayout(row)
        self._layout.addWidget(self.claims)
        self._layout.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeading)
        self._layout.addWidget(self.summary)
        self._layout.addWidget(self.note)
        self._layout.addWidget(self.review)
        self._say_more()

    def show_sighting(self, shown: Sighted, owner_name: str | None, weapons: tuple[str, ...] = ()) -> None:
        """Show a sighting; ``owner_name`` is the file name of the image it belongs to where that is another one."""
        info = self._session.info
        if info is None:
            return
        self._shown, self._weapons = shown, weapons
        sighting = self.sighting = shown.sighting
        words = sighting_words(sighting, info.vocabularies)
        self.words.setText(words)
        self.setAccessibleName(self.tr("Sighting: %1").replace("%1", words))
        self.belongs.show_owner(owner_name, sighting.image_id, shown.placed)
        self.settled.show_settled(shown.settled)
        certainty = overall_certainty(sighting)
        self.certainty.setCurrentIndex(-1 if certainty is None else CERTAINTIES.index(certainty))
        self.claims.show_sighted(shown)
        self.summary.setText(details_words(shown, info.vocabularies))
        self.summary.setVisible(bool(self.summary.text()) and not self._is_open)
        if self.details is not None:
            self.details.show_sighted(shown, weapons)
        self.note.show_text(int(sighting.id), sighting.note)
        self.similar.setVisible(sighting.region is not None)
        writable = not self._session.read_only
        for control in (self.certainty, self.remove, self.duplicate):
            control.setEnabled(writable)
        self.certainty.setEnabled(writable and bool(sighting.identification or sighting.origins))
        self.note.setReadOnly(not writable)
        self.review.show_claimed(Reviewed(sighting, shown.claimed.reviews))

    @property
    def awaits_crop(self) -> bool:
        """Whether its region is on the image and not cut out yet."""
        placed = self._shown.placed if self._shown is not None else None
        return placed is not None and placed.region is not None and self.crop.image is None

    def show_crop(self, image: QImage | None) -> None:
        """Show what the sighting's region holds."""
        self.crop.show_image(image)

    def select(self, *, selected: bool) -> None:
        """Mark the card as that of the selected region, or as another's."""
        if selected != self._selected:
            self._selected = selected
            self.update()

    def commit(self) -> None:
        """Keep what is being typed."""
        self.note.commit()
        if self.details is not None:
            self.details.commit()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """A bar at the side where reading begins: in the accent colour where the card is selected or has the keys."""
        super().paintEvent(event)
        painter = QPainter(self)
        theme = style.theme_of(self.palette())
        chosen = self._selected or self.hasFocus()
        left = self.width() - _BAR_PX if self.isRightToLeft() else 0
        painter.fillRect(left, 0, _BAR_PX, self.height() - style.TIGHT, QColor(theme.accent if chosen else theme.line))
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """A click anywhere selects the region."""
        super().mousePressEvent(event)
        self._choose()

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """So do the keys."""
        super().focusInEvent(event)
        self.update()
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self._choose()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """The bar shows where the keys are."""
        super().focusOutEvent(event)
        self.update()

    def _choose(self) -> None:
        if self.sighting is not None:
            self.chosen.emit(self.sighting.id)

    @property
    def _is_open(self) -> bool:
        return self.details is not None and not self.details.isHidden()

    def _say_more(self) -> None:
        self.more.setText(self.tr("Fewer details") if self._is_open else self.tr("Details"))
        self.more.setIcon(icon("chevron-down" if self._is_open else "chevron-right"))
        self.more.setAccessibleName(
            self.tr("Close the details of this sighting") if self._is_open else self.tr("Details of this sighting")
        )

    def _on_more_clicked(self) -> None:
        if self.details is None:
            self.details = DetailFields(self._session)
            self.details.hide()
            self._layout.insertWidget(self._layout.indexOf(self.summary), self.details)
            self.setTabOrder(self.more, self.details.terms["visible_part"])
            self.setTabOrder(self.details.texts["weapon"], self.note)
            if self._shown is not None:
                self.details.show_sighted(self._shown, self._weapons)
        self.details.setVisible(self.details.isHidden())
        self.summary.setVisible(bool(self.summary.text()) and not self._is_open)
        self._say_more()

    def _on_certainty_chosen(self, index: int) -> None:
        if self.sighting is not None:
            operations.set_certainty(self._session, [self.sighting.id], CERTAINTIES[index])

    def _on_similar_clicked(self) -> None:
        if self.sighting is not None and self.sighting.region is not None:
            self.similar_wanted.emit(self.sighting.image_id, self.sighting.region)

    def _on_duplicate_clicked(self) -> None:
        if self.sighting is not None:
            sighting_operations.duplicate_sighting(self._session, self.sighting.id)

    def _on_remove_clicked(self) -> None:
        if self.sighting is not None:
            operations.remove_sightings(self._session, [self.sighting.id])

    def _on_note_committed(self, owner: int, text: str) -> None:
        # The owner may be one that was shown before: what was typed for it is kept when another takes its place.
        operations.set_sighting_note(self._session, SightingId(owner), text)
