"""The inspector's first tab: what was said of the weapons in the selected images, to be changed in place."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton, QVBoxLayout, QWidget

from core.records import STATUSES, ImageId, SightingId
from core.regions import Region
from core.sighted import Sighted
from gui import operations, style
from gui.icons import icon
from gui.models.cells import status_words
from gui.models.crops import Crops
from gui.models.selection_values import SelectionValues, Shown
from gui.models.subject import Subject
from gui.plain import PlainLabel
from gui.session import Session
from gui.views.conflict_line import ConflictLine
from gui.views.note_edit import NoteEdit
from gui.views.sighting_card import SightingCard
from gui.views.value_lines import ValueLines


class TagsTab(QWidget):
    """Sightings of one image as sentences, or the values of several with their counts."""

    tag_wanted = Signal()
    sighting_chosen = Signal(object)  # a sighting's id: the region it has is to be selected
    image_wanted = Signal(object)  # the id of another image to look at
    similar_wanted = Signal(object, object)  # an image's id and a region of it
    shown = Signal()  # the cards are there, or their crops

    def __init__(self, session: Session, values: SelectionValues, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._values = values
        self._image: ImageId | None = None
        self._selected: SightingId | None = None
        self._crops = Crops(session, self)
        self.cards: list[SightingCard] = []
        self.values = ValueLines()
        self.conflicts = ConflictLine(session)
        self._list = QVBoxLayout()
        self._nothing = PlainLabel(self.tr("Nobody has said yet which weapon this shows."))
        self.add = QPushButton(icon("tag"), self.tr("Add a tag"))
        self.status = QComboBox()
        self._notes_label = _label(self.tr("Notes"))
        self.notes = NoteEdit(5)
        self._arrange()
        self.add.clicked.connect(self.tag_wanted)
        self._crops.arrived.connect(self._show_crops)
        self.values.removed.connect(self._on_value_removed)
        self.values.spread.connect(self._on_value_spread)
        self.status.activated.connect(self._on_status_chosen)
        self.notes.committed.connect(self._on_notes_committed)

    def _arrange(self) -> None:
        self._nothing.setProperty("role", "muted")
        self._nothing.setWordWrap(True)
        self._list.setSpacing(style.SMALL)
        self.add.setToolTip(self.tr("Add a tag (T)"))
        self.status.setAccessibleName(self.tr("Status"))
        self.status.setPlaceholderText(self.tr("set for all of them"))
        self.notes.setAccessibleName(self.tr("Notes on this image"))
        for status in STATUSES:
            self.status.addItem(status_words(status), status)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(style.MEDIUM, style.MEDIUM, style.MEDIUM, style.MEDIUM)
        layout.setSpacing(style.TIGHT)
        layout.addWidget(self.conflicts)
        layout.addWidget(self._nothing)
        layout.addLayout(self._list)
        layout.addWidget(self.values)
        layout.addSpacing(style.TIGHT)
        layout.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeading)
        for label, field in ((_label(self.tr("Status")), self.status), (self._notes_label, self.notes)):
            layout.addSpacing(style.SMALL)
            layout.addWidget(label)
            layout.addWidget(field)
        layout.addStretch(1)

    def show_one(self, subject: Subject) -> None:
        """Show what was said of one image."""
        self.values.clear()
        image = subject.detail.image
        self._image = image.id
        names = {member.image_id: member.name for member in subject.detail.group}
        self.conflicts.show_count(image.id, subject.conflicts)
        self._show_cards(subject.sighted)
        for card, shown in zip(self.cards, subject.sighted, strict=True):
            owner = shown.sighting.image_id
            card.show_sighting(shown, None if owner == image.id else names.get(owner, "?"), subject.weapons)
            card.select(selected=shown.sighting.id == self._selected)
            card.crop.set_covered(covered=subject.detail.covered and self._session.settings.cover_graphic)
        self._crops.want(image.id, _regions(subject))
        self._show_crops()
        self._nothing.setVisible(not subject.sighted)
        self.status.setCurrentIndex(STATUSES.index(image.status))
        self._notes_label.show()
        self.notes.show()
        self.notes.show_text(int(image.id), image.notes)
        self._enable()

    def _show_cards(self, sighted: Sequence[Sighted]) -> None:
        """Have a card for each sighting, in their order; one that is there already keeps its state."""
        held = {card.sighting.id: card for card in self.cards if card.sighting is not None}
        wanted = [shown.sighting.id for shown in sighted]
        for sighting_id, card in held.items():
            if sighting_id not in wanted:
                self._drop(card)
        self.cards = [held.get(sighting_id) or self._new_card() for sighting_id in wanted]
        for place, card in enumerate(self.cards):
            if self._list.indexOf(card) != place:
                self._list.insertWidget(place, card)

    def _new_card(self) -> SightingCard:
        card = SightingCard(self._session)
        card.chosen.connect(self.sighting_chosen)
        card.image_wanted.connect(self.image_wanted)
        card.similar_wanted.connect(self.similar_wanted)
        return card

    def _show_crops(self) -> None:
        for card in self.cards:
            card.show_crop(None if card.sighting is None else self._crops.of(card.sighting.id))
        self.shown.emit()

    def select(self, sighting: SightingId | None) -> None:
        """Mark the card of a sighting, or none; it may come later."""
        self._selected = sighting
        for card in self.cards:
            card.select(selected=card.sighting is not None and card.sighting.id == sighting)

    @property
    def selected_card(self) -> SightingCard | None:
        """The card that is marked, None while there is none."""
        return next((card for card in self.cards if card.sighting and card.sighting.id == self._selected), None)

    def show_many(self) -> None:
        """Show the values that several images have between them."""
        self.commit()
        self._image = None
        self.conflicts.show_count(None, 0)
        while self.cards:
            self._drop(self.cards.pop())
        self.values.show_values(self._values.ids, self._values.shown or (), writable=not self._session.read_only)
        self._nothing.setVisible(self._values.shown == ())
        self.status.setCurrentIndex(-1)
        self._notes_label.hide()
        self.notes.hide()
        self._enable()

    def commit(self) -> None:
        """Keep what is being typed."""
        for card in self.cards:
            card.commit()
        self.notes.show_text(None, "")

    def _enable(self) -> None:
        writable = not self._session.read_only
        for control in (self.add, self.status):
            control.setEnabled(writable)
        self.notes.setReadOnly(not writable)

    def _drop(self, widget: QWidget) -> None:
        if isinstance(widget, SightingCard):
            widget.commit()
        self._list.removeWidget(widget)
        widget.hide()
        widget.deleteLater()

    def _on_status_chosen(self, index: int) -> None:
        ids = self._values.ids if self._image is None else (self._image,)
        operations.set_status(self._session, ids, STATUSES[index])

    def _on_notes_committed(self, owner: int, text: str) -> None:
        operations.set_image_notes(self._session, ImageId(owner), text)

    def _on_value_removed(self, shown: Shown) -> None:
        operations.untag(self._session, self._values.ids, shown.value.facet, shown.value.code)

    def _on_value_spread(self, shown: Shown) -> None:
        operations.spread(self._session, self._values.ids, shown.value.facet, shown.value.code)


def _regions(subject: Subject) -> list[tuple[SightingId, Region]]:
    """Where on the image the sightings are, their regions carried where they belong to a copy."""
    places = ((shown.sighting.id, shown.placed) for shown in subject.sighted)
    return [(one, place.region) for one, place in places if place is not None and place.region is not None]


def _label(text: str) -> QLabel:
    label = PlainLabel(text)
    label.setProperty("role", "muted")
    return label
