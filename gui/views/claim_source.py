"""The source of a claim in its form: one that is known, or one that is added on the spot."""

from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from core.claims import SourceId
from core.errors import CoreError, Refused
from gui import operations_sources as operations
from gui.models.known_sources import KnownSources
from gui.session import Session
from gui.views.source_field import SourceField, told_by

_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class ClaimSource(SourceField):
    """Holds the id of a source, or none; a new one is in the archive before the claim is."""

    refused = Signal(str)  # why a source cannot be added

    def __init__(self, session: Session) -> None:
        self._sources = KnownSources(session)
        super().__init__(self._sources)
        self._sources.setParent(self)
        self._session = session
        self._id: SourceId | None = None
        self._adding = ""
        self.setPlaceholderText(self.tr("who or what says so: an account, a title, an address"))
        self.chosen.connect(self._on_chosen)
        self.wanted.connect(self._on_wanted)
        self.textEdited.connect(self._on_typed)
        self._sources.changed.connect(self._on_sources_changed)
        self._sources.reload()

    def show_id(self, source_id: SourceId | None) -> None:
        """Hold this source; its name is shown as soon as it is known."""
        self._id = source_id
        self.show_source(self._sources.get(source_id))

    def value(self) -> SourceId | None:
        """The source that the field says now.

        Raises:
            Refused: no source is called as is typed, or several are, or it is still being added.
        """
        self.settle()
        if self._adding:
            words = self.tr("The source “%1” is still being added; please save again.")
            raise Refused(words.replace("%1", self._adding))
        if self.isModified():
            words = self.tr("There is no source “%1” yet; Enter on the last line of the field's list adds it.")
            raise Refused(words.replace("%1", self.text().strip()))
        return self._id if self.source is None else self.source.id

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter is the form's where there is nothing to take."""
        forms = event.key() in _ENTER and self.offers.highlighted is None
        super().keyPressEvent(event)
        if forms:
            event.ignore()

    def _on_chosen(self, source_id: Any) -> None:
        self._id, self._adding = source_id, ""

    def _on_typed(self, _text: str) -> None:
        self._adding = ""
        if self.source is None:
            self._id = None

    def _on_wanted(self, text: str) -> None:
        self._adding, self._source = text, None
        operations.add_source(self._session, told_by(text), self._on_added, self._on_failed)

    def _on_added(self, source_id: SourceId) -> None:
        if self._adding:  # else something else was typed meanwhile
            self._id, self._adding = source_id, ""
            self._sources.reload()

    def _on_failed(self, error: Exception) -> None:
        self._adding = ""
        self.setModified(True)
        if isinstance(error, CoreError):
            self.refused.emit(str(error))
        else:
            self._session.failed.emit(error)

    def _on_sources_changed(self) -> None:
        known = self._sources.get(self._id)
        if known is not None and not self.isModified() and not self._adding:
            self.show_source(known)
