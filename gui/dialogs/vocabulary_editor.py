"""The vocabulary editor: the lists at the left, the terms of one in the middle, what is known of one at the right."""

from collections.abc import Mapping
from functools import partial
from typing import Any, Final

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QListWidget,
    QListWidgetItem,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from core import model_library, vocabulary_editing
from core.archive import Archive
from core.jobs import Job
from core.vocabularies import Vocabulary
from core.vocabulary_kinds import KINDS, Kind
from gui import style
from gui.dialogs.vocabulary_actions import VocabularyActions
from gui.plain import PlainLabel
from gui.session import Session
from gui.views.term_list import TermList
from gui.views.term_panel import TermPanel
from gui.vocabulary_operations import MODELS

_SIZE: Final = (1160, 700)
_WIDTHS: Final = (190, 320, 650)
_FRAME_PX: Final = 60


class VocabularyEditor(QDialog):
    """What is changed here is done on the archive at once, each change one step that undo takes back."""

    def __init__(self, session: Session, parent: QWidget | None = None, *, start: str = "weapon_type") -> None:
        super().__init__(parent)
        self._session = session
        self.uses: Mapping[str, int] = {}  # how often each term of the list is used
        self._hears = True
        self.wanted = ""  # a term to go to as soon as it is there
        self._reading = ""  # the term whose facts are asked for
        self.setWindowTitle(self.tr("Vocabularies"))
        self.setAccessibleName(self.windowTitle())
        self.lists = QListWidget()
        self.terms = TermList()
        self.panel = TermPanel()
        self.notice = PlainLabel()
        self.actions_row = VocabularyActions(session, self)
        self._arrange()
        self._fill_lists(start)
        self._connect()
        self._on_list_changed()
        self.terms.search.setFocus()

    @property
    def kind(self) -> Kind:
        """The vocabulary that is shown."""
        item = self.lists.currentItem()
        return KINDS[item.data(Qt.ItemDataRole.UserRole)]

    @property
    def vocabulary(self) -> Vocabulary:
        """Its terms."""
        return self.vocabularies[self.kind.name]

    @property
    def vocabularies(self) -> Mapping[str, Vocabulary]:
        """All lists of the archive; none once it is closed."""
        info = self._session.info
        return info.vocabularies if info else {name: Vocabulary(()) for name in KINDS}

    def _arrange(self) -> None:
        self.lists.setFrameShape(QFrame.Shape.NoFrame)
        self.lists.setViewportMargins(style.TIGHT, style.TIGHT, 0, style.TIGHT)
        self.lists.setAccessibleName(self.tr("Vocabularies"))
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(style.SMALL, style.SMALL, style.SMALL, style.SMALL)
        column.setSpacing(style.SMALL)
        column.addWidget(self.terms, 1)
        column.addLayout(self.actions_row.under_terms)
        split = QSplitter()
        split.setChildrenCollapsible(False)
        for part, stretch in ((self.lists, 0), (middle, 0), (self.panel, 1)):
            split.addWidget(part)
            split.setStretchFactor(split.indexOf(part), stretch)
        split.setSizes(list(_WIDTHS))
        self.notice.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(split, 1)
        line = QFrame()
        line.setFixedHeight(1)
        line.setProperty("line", "true")
        layout.addWidget(line)
        layout.addLayout(self.actions_row.at_bottom)
        self.actions_row.at_bottom.insertWidget(0, self.notice, 1)
        room = self.screen().availableSize()
        self.resize(min(_SIZE[0], room.width()), min(_SIZE[1], room.height() - _FRAME_PX))

    def _fill_lists(self, start: str) -> None:
        for kind in KINDS.values():
            item = QListWidgetItem(QCoreApplication.translate("vocabularies", kind.title))
            item.setData(Qt.ItemDataRole.UserRole, kind.name)
            if kind.fixed:
                item.setToolTip(self.tr("The program rests on this list: its terms can be renamed and ordered."))
            self.lists.addItem(item)
            if kind.name == start:
                self.lists.setCurrentItem(item)

    def _connect(self) -> None:
        session = self._session
        self.lists.currentRowChanged.connect(self._on_list_changed)
        self.terms.chosen.connect(self._on_term_chosen)
        self.terms.accepted.connect(self._on_term_accepted)
        self.panel.edited.connect(self.actions_row.refresh)
        session.vocabularies_changed.connect(self._on_vocabularies_changed)
        session.changed.connect(self._ask_uses)
        session.closed.connect(self._on_closed)

    def _on_list_changed(self) -> None:
        self.uses = {}
        self.terms.search.clear()
        terms = list(self.vocabulary)
        self.terms.show_terms(self.vocabulary, {}, select=terms[0].code if terms else "")
        self.say("")
        self._show_term()
        self._ask_uses()

    def _on_term_chosen(self, code: str) -> None:
        if not self.panel.is_edited:
            self._show_term()
        elif code != self.panel.code:
            self.say(self.tr("Apply or revert what you changed first."), caution=True)
            self.terms.go_to(self.panel.code)

    def _on_term_accepted(self) -> None:
        """Enter on a term goes to its name."""
        self.panel.form.label.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.panel.form.label.selectAll()

    def _show_term(self) -> None:
        """Show the chosen term as the archive has it."""
        code = self.terms.code
        term = self.vocabulary.get(code) if code in self.vocabulary else None
        self.panel.show_term(term, self.kind, self.vocabularies, writable=not self._session.read_only)
        self.actions_row.refresh()
        if term is not None and self.kind.name == MODELS:
            self._reading = code
            self._session.read("facts", partial(_facts, code), self._on_facts)

    def _on_facts(self, found: Any) -> None:
        if self.kind.name == MODELS and self._reading in self.vocabulary:
            self.panel.show_facts(self.vocabulary.label(self._reading), found, self.vocabularies)

    def _ask_uses(self) -> None:
        self._session.read("uses", partial(_uses, self.kind.name), self._on_uses)
        if self.kind.name == MODELS:
            self._session.read("library", _library, self.actions_row.show_library)

    def _on_uses(self, found: tuple[str, Mapping[str, int]]) -> None:
        name, uses = found
        if name == self.kind.name and uses != self.uses:
            self.uses = uses
            self.terms.show_terms(self.vocabulary, uses, select=self.terms.code)

    def _on_vocabularies_changed(self) -> None:
        """Show the lists anew; what is typed and not yet applied stays."""
        edited = self.panel.is_edited and self.panel.code in self.vocabulary and not self.actions_row.applied
        wanted = self.wanted if self.wanted in self.vocabulary and not edited else ""
        self.terms.show_terms(self.vocabulary, self.uses, select=wanted or self.terms.code)
        if wanted:
            self.terms.go_to(wanted)
            self.wanted = ""
        if not edited:
            self._show_term()
        self.actions_row.applied = False
        self.actions_row.refresh()

    def revert(self) -> None:
        """Show the chosen term as the archive has it, whatever was typed."""
        self._show_term()
        self.say("")

    def say(self, words: str, *, caution: bool = False) -> None:
        """Tell what was done, or why something was not."""
        if self._session.read_only and not words:
            words, caution = self.tr("The archive is open for reading only, so nothing can be changed here."), True
        self.notice.setProperty("role", "caution" if caution else "muted")
        self.notice.style().polish(self.notice)
        self.notice.setText(words)

    def reject(self) -> None:
        """Close, unless something was typed that is not applied yet."""
        if self.panel.is_edited and self._session.info is not None and not self._session.read_only:
            self.say(self.tr("Apply or revert what you changed first."), caution=True)
            return
        super().reject()

    def done(self, result: int) -> None:
        """Hear no more of the archive."""
        session = self._session
        if self._hears:
            self._hears = False
            session.vocabularies_changed.disconnect(self._on_vocabularies_changed)
            session.changed.disconnect(self._ask_uses)
            session.closed.disconnect(self._on_closed)
        super().done(result)

    def _on_closed(self) -> None:
        self.done(QDialog.DialogCode.Rejected)


def _uses(name: str, archive: Archive, _job: Job) -> tuple[str, Mapping[str, int]]:
    return name, vocabulary_editing.all_uses(archive, name)


def _facts(code: str, archive: Archive, _job: Job) -> Any:
    return model_library.facts_of(archive, code)


def _library(archive: Archive, _job: Job) -> Any:
    return model_library.library_state(archive)
