"""A field for a source: a few letters choose one that is known, and what is not known can be added from there."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import QCoreApplication, QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from core.claims import SourceId
from core.folding import fold_words
from core.records import Source
from gui import operations_sources as operations
from gui.models.known_sources import KnownSources
from gui.models.offers import Offer
from gui.session import Session
from gui.views.field_box import FieldBox, Owner
from gui.views.suggestion_list import SuggestionList

_LIMIT: Final = 12
_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


@dataclass(frozen=True, slots=True)
class _SourceOffer(Offer):
    """A source in the list, or with ``new`` the text of one to be added."""

    source: Source | None = None

    @property
    def words(self) -> str:
        """Its name."""
        if self.source is not None:
            return self.label
        return QCoreApplication.translate("SourceField", "Add the source “%1”").replace("%1", self.label)


class SourceField(QLineEdit):
    """Holds a source, or none.  Where it ``adds``, its list ends with adding what is typed, never silently."""

    chosen = Signal(object)  # SourceId, or None: the field was emptied
    wanted = Signal(str)  # a source that is called so is to be added
    unknown = Signal(str)  # the field was left with what is no source

    def __init__(self, known: KnownSources, *, adds: bool = True) -> None:
        super().__init__()
        self._known = known
        self._adds = adds
        self._source: Source | None = None
        self.offers = SuggestionList(self)
        self.textEdited.connect(self._on_text_edited)
        self.offers.chosen.connect(self._take)
        self.destroyed.connect(self.offers.deleteLater)  # it lies over the window and would outlive the field
        known.changed.connect(self._on_known_changed)

    @property
    def source(self) -> Source | None:
        """The source chosen last; what has been typed since does not count."""
        return self._source

    def show_source(self, source: Source | None) -> None:
        """Hold this source; nobody is told."""
        self._source = source
        self.setText(self._shown)
        self.setCursorPosition(0)
        self.offers.hide()

    @property
    def _shown(self) -> str:
        return "" if self._source is None else self._source.name

    def event(self, event: QEvent) -> bool:
        """Take Tab while something is highlighted, and then go on."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Tab:
            highlighted = self.offers.highlighted
            if isinstance(highlighted, _SourceOffer) and highlighted.source is not None:
                self._take(highlighted)
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter takes what is highlighted, arrows walk the list, Esc closes it."""
        if event.key() in _ENTER and self.offers.highlighted is not None:
            self._take(self.offers.highlighted)
        elif event.key() in _ENTER:
            self.settle()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up) and not self.isReadOnly():
            self._walk(1 if event.key() == Qt.Key.Key_Down else -1)
        elif event.key() == Qt.Key.Key_Escape and (not self.offers.isHidden() or self.isModified()):
            self.show_source(self._source)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Learn which sources there are."""
        super().focusInEvent(event)
        self._known.reload()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """The list goes with the keys."""
        super().focusOutEvent(event)
        self.offers.hide()
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self.settle()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """The list, which lies over the window, goes with the field."""
        self.offers.hide()
        super().hideEvent(event)

    def settle(self) -> None:
        """Take what is typed where one source is called so; an empty field is no source."""
        typed = self.text().strip()
        if not self.isModified() or typed == self._shown:
            return
        if not typed:
            self._choose(None)
            return
        called = [one for one in self._known.matching(typed) if fold_words(one.name) == fold_words(typed)]
        if len(called) == 1:
            self._choose(called[0])
        else:
            self.unknown.emit(typed)

    def _choose(self, source: Source | None) -> None:
        before = self._source
        self.show_source(source)
        if source != before:
            self.chosen.emit(None if source is None else source.id)

    def _take(self, offer: Offer) -> None:
        assert isinstance(offer, _SourceOffer)
        if offer.source is not None:
            self._choose(offer.source)
        else:
            self.offers.hide()
            self.setModified(False)
            self.wanted.emit(offer.label)

    def _walk(self, by: int) -> None:
        if self.offers.isHidden():
            self._suggest("" if self.text() == self._shown else self.text())
        else:
            self.offers.walk(by)
        self._describe()

    def _suggest(self, text: str) -> None:
        found = self._known.matching(text)[:_LIMIT]
        offers = [_SourceOffer("", str(one.id), one.name, _beside(one), source=one) for one in found]
        typed = text.strip()
        if self._adds and typed and typed not in [one.name for one in found]:
            offers.append(_SourceOffer("", "", typed))
        self.offers.show_offers(offers, nothing=self.tr("There is no such source yet."))

    def _describe(self) -> None:
        """Tell screen readers what Enter would take."""
        offer = self.offers.highlighted
        self.setAccessibleDescription("" if offer is None else offer.words)

    def _on_text_edited(self, text: str) -> None:
        if text.strip():
            self._suggest(text)
        else:
            self.offers.hide()
        self._describe()

    def _on_known_changed(self) -> None:
        if self._source is not None and not self.isModified():
            self.show_source(self._known.get(self._source.id) or self._source)
        if not self.offers.isHidden() and self.isModified():
            self._suggest(self.text())


def _beside(source: Source) -> str:
    """What tells it from another of its name."""
    return next((text for text in (source.title, source.publisher, source.url) if text and text != source.name), "")


class SourceBox(FieldBox):
    """The source of captures; what is not known yet can be added here."""

    def __init__(self, session: Session, known: KnownSources, title: str, parent: QWidget | None = None) -> None:
        self.field = SourceField(known)
        super().__init__("source_id", title, self.field)
        self.setParent(parent)
        self._session = session
        self._known = known
        self.field.chosen.connect(self._on_chosen)
        self.field.wanted.connect(self._on_wanted)
        self.field.unknown.connect(self._on_unknown)

    def show_values(self, owner: Owner, values: Sequence[Any]) -> None:
        """Show the source of the owner; the values are sources, or None."""
        if owner != self.owner:
            self.commit()
        elif self.field.isModified():
            return
        self.owner = owner
        self.field.show_source(values[0] if len(values) == 1 else None)
        self.field.setPlaceholderText(self.differing(values))
        self.say("")

    def set_writable(self, *, writable: bool) -> None:
        """Let the user change it, or not."""
        self.field.setReadOnly(not writable)

    def commit(self) -> None:
        """Keep what was typed, where it is a source."""
        if self.owner:
            self.field.settle()

    def _on_chosen(self, source_id: SourceId | None) -> None:
        self.say("")
        if self.owner:
            self.said.emit(self.owner, self.name, source_id)

    def _on_wanted(self, text: str) -> None:
        self.say("")
        operations.add_source(self._session, told_by(text), _Added(self, self.owner))

    def _on_unknown(self, text: str) -> None:
        words = self.tr("There is no source “%1” yet; Enter on the last line of the list adds it.")
        self.say(words.replace("%1", text), "caution")


class _Added:
    """Gives the owner for which a source was added that source."""

    def __init__(self, box: SourceBox, owner: Owner) -> None:
        self._box = box
        self._owner = owner

    def __call__(self, source_id: SourceId) -> None:
        if self._owner:
            self._box.said.emit(self._owner, self._box.name, source_id)


def told_by(text: str) -> dict[str, str]:
    """The field of a source that a text by itself fills: an address, an account, or else its title."""
    if "://" in text or text.startswith("www."):
        return {"url": text}
    return {"account": text} if text.startswith("@") else {"title": text}
