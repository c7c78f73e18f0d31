"""The tag line: a few letters and Enter give the selected images a weapon type and countries."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QHideEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from core.records import ImageId, SightingId
from gui import style
from gui.icons import icon
from gui.models.assessing import basis_of
from gui.models.cells import shown_name
from gui.models.offers import Offer
from gui.models.selection_values import SelectionValues, Shown
from gui.models.sentences import images_words
from gui.models.suggested_values import SuggestedValues
from gui.models.suggestions import to_remove
from gui.models.tagger import Tagger
from gui.plain import plain_tooltip
from gui.session import Session
from gui.views.elided import ElidedLabel
from gui.views.how_buttons import BasisButton, CertaintyButton
from gui.views.suggested_row import SuggestedRow
from gui.views.tag_entry import TagEntry
from gui.views.tag_typing import TagTyping
from gui.views.value_chips import ValueRow

_NAME_PX: Final = 200


class TagLine(QWidget):
    """A bar that tags the selection, or the current image where nothing is selected; ``start`` opens it."""

    closed = Signal()
    next_wanted = Signal()
    previous_wanted = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.tagger = Tagger(session, self)
        self.selected = SelectionValues(session, self)
        self.suggested = SuggestedValues(session, self)
        self.suggested_row = SuggestedRow()
        self.line = TagEntry(self)
        self.context = ElidedLabel()
        self.context.setProperty("role", "muted")
        self.certainty = CertaintyButton(self)
        self.basis = BasisButton(self)
        self.values = ValueRow(self)
        self.told = ElidedLabel()
        self.told.setAccessibleName(self.tr("What was done"))
        self.typing = TagTyping(session, self.line)
        self.offers = self.typing.offers
        self._close = QToolButton()
        self._arrange()
        self._connect()
        self._on_opened()

    def _arrange(self) -> None:
        self.setAccessibleName(self.tr("Tag line"))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._close.setIcon(icon("close"))
        self._close.setAccessibleName(self.tr("Close the tag line"))
        self._close.setToolTip(self.tr("Close (Esc)"))
        upper, lower = QHBoxLayout(), QHBoxLayout()
        self.told.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        for row, parts in (
            (upper, (self.context, self.line, self.certainty, self.basis, self._close)),
            (lower, (self.values,)),
        ):
            row.setSpacing(style.SMALL)
            for part in parts:
                row.addWidget(part)
        upper.setStretchFactor(self.line, 1)
        lower.setStretchFactor(self.values, 1)
        lower.addWidget(self.told)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(style.MEDIUM, style.SMALL, style.MEDIUM, style.TIGHT)
        layout.setSpacing(style.TIGHT)
        layout.addWidget(self.suggested_row)
        layout.addLayout(upper)
        layout.addLayout(lower)

    def _connect(self) -> None:
        session = self._session
        session.opened.connect(self._on_opened)
        session.vocabularies_changed.connect(self._on_vocabularies_changed)
        self.suggested.changed.connect(self._on_suggested_changed)
        self.suggested_row.chosen.connect(self._on_suggestion_chosen)
        self.suggested_row.fitted.connect(self._on_suggestions_fitted)
        self.selected.changed.connect(self._on_values_changed)
        self.line.stepped.connect(self._on_stepped)
        self.line.certainty_pressed.connect(self.tagger.set_certainty)
        self.line.basis_pressed.connect(self._on_basis_pressed)
        self.line.suggestion_pressed.connect(self.suggested_row.choose)
        self.line.undo_pressed.connect(self.tagger.undo)
        self.certainty.chosen.connect(self.tagger.set_certainty)
        self.basis.chosen.connect(self.tagger.set_basis)
        self.values.removed.connect(self._on_value_removed)
        self.typing.chosen.connect(self.tagger.apply)
        self.typing.done.connect(self._on_done)
        self.typing.left.connect(self.leave)
        self.typing.told.connect(self._tell)
        self.tagger.told.connect(self._tell)
        self.tagger.certainty_changed.connect(self.certainty.show_certainty)
        self.tagger.basis_changed.connect(self.basis.show_basis)
        self._close.clicked.connect(self.leave)

    def start(self, at: tuple[ImageId, SightingId] | None = None) -> None:
        """Open the line for the selection, or ``at`` one sighting of an image alone, and take the keys."""
        self.show()
        self._tell("" if at is None else self.tr("What you type is said of the weapon in this region."))
        self.tagger.start_afresh()
        if at is not None:
            self.tagger.aim_at(*at)
        self._tell_whether_writable()
        self.selected.watch(watching=True)
        self.suggested.watch(watching=True)
        self._on_values_changed()
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.line.selectAll()

    def leave(self) -> None:
        """Close the line."""
        self.offers.hide()
        self.line.clear()
        self.hide()
        self.closed.emit()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802 - Qt's name
        """A line parts the bar from the pictures above it."""
        painter = QPainter(self)
        painter.fillRect(0, 0, self.width(), 1, QColor(style.theme_of(self.palette()).line))
        painter.end()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """The list, which lies over the window, goes with the line."""
        self.offers.hide()
        self.selected.watch(watching=False)
        self.suggested.watch(watching=False)
        super().hideEvent(event)

    def _on_opened(self) -> None:
        self._on_vocabularies_changed()
        self._tell_whether_writable()

    def _on_vocabularies_changed(self) -> None:
        info = self._session.info
        if info is not None:
            self.basis.set_bases([term for term in info.vocabularies["basis"] if not term.retired])

    def _tell_whether_writable(self) -> None:
        writable = not self._session.read_only
        self.line.setEnabled(writable)
        for part in (self.certainty, self.basis, self.suggested_row):
            part.setEnabled(writable)
        self.line.setPlaceholderText(self.tr("type, model, country   d: design   x3   - remove") if writable else "")
        if not writable and self._session.info is not None:
            self._tell(self.tr("This archive is open for reading only, so nothing can be tagged."))

    def _on_values_changed(self) -> None:
        values = self.selected
        if self.typing.suggestions is not None:
            self.typing.suggestions.held = values.shown or ()
        if self.tagger.aimed:
            self.context.setText(self.tr("This region"))
        elif not values.ids:
            self.context.setText(self.tr("No image selected"))
        elif len(values.ids) > 1:
            self.context.setText(self.tr("%1 selected").replace("%1", images_words(len(values.ids))))
        elif values.name:
            name = self.fontMetrics().elidedText(shown_name(values.name), Qt.TextElideMode.ElideMiddle, _NAME_PX)
            self.context.setText(name)
        empty = self.tr("not tagged yet") if values.ids and values.shown is not None else ""
        if values.too_many:
            empty = self.tr("Too many images to list what they show")
        self.values.show_values(values.shown or (), removable=not self._session.read_only, empty=empty)

    def _on_suggested_changed(self) -> None:
        if self.typing.suggestions is not None:
            self.typing.suggestions.suggested = self.suggested.offers
        self.suggested_row.show_offers(self.suggested.offers)

    def _on_suggestions_fitted(self, count: int) -> None:
        self.line.suggested = count

    def _on_done(self) -> None:
        """These images are ready for review; on to the next."""
        self.tagger.finish()
        self.next_wanted.emit()

    def _on_basis_pressed(self, key: Qt.Key) -> None:
        info = self._session.info
        basis = basis_of(key, info.vocabularies) if info is not None else None
        if basis is not None:
            self.tagger.set_basis(basis.code)

    def _on_suggestion_chosen(self, offer: Offer) -> None:
        self.typing.take(offer)
        self.line.setFocus()

    def _on_value_removed(self, shown: Shown) -> None:
        self.typing.take(to_remove(shown))
        self.line.setFocus()

    def _on_stepped(self, by: int) -> None:
        (self.next_wanted if by > 0 else self.previous_wanted).emit()

    def _tell(self, words: str) -> None:
        room = max(self.width() // 2, 2 * _NAME_PX)
        self.told.setText(self.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room))
        self.told.setToolTip(plain_tooltip(words))
