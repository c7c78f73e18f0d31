"""The buttons of the vocabulary editor, and what each of them has done on the archive."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QMenu, QPushButton

from core.model_library import LibraryState
from core.vocabulary_editing import DOWN, UP
from gui import operations, style
from gui import vocabulary_operations as changing
from gui.dialogs.choose_term import TermChooser
from gui.dialogs.opening import open_dialog
from gui.dialogs.vocabulary_additions import Additions
from gui.dialogs.vocabulary_tables import TableActions
from gui.plain import plain_tooltip
from gui.session import Session
from gui.views.status_bar import JobLine
from gui.vocabulary_operations import MODELS

if TYPE_CHECKING:
    from gui.dialogs.vocabulary_editor import VocabularyEditor


class VocabularyActions(QObject):
    """Makes the buttons, keeps them enabled as the editor stands, and starts what they are for."""

    def __init__(self, session: Session, editor: "VocabularyEditor") -> None:
        super().__init__(editor)
        self._session, self._editor = session, editor
        self.applied = False
        self.add = _button(self.tr("&Add…"))
        self.up = _button(self.tr("Move &up"))
        self.down = _button(self.tr("Move &down"))
        self.take_in = _button(self.tr("&Import"))
        self.write_out = _button(self.tr("&Export…"))
        self.update = _button(self.tr("Update the library"))
        self.update.hide()
        self.merge = _button(self.tr("&Merge into…"))
        self.remove = _button(self.tr("&Remove"))
        self.undo = _button(self.tr("Und&o"))
        self.revert = _button(self.tr("Re&vert"))
        self.apply = _button(self.tr("Appl&y"))
        self.apply.setProperty("primary", "true")
        self.close = _button(self.tr("&Close"))
        self.job = JobLine()
        self.under_terms = self._grid()
        self.at_bottom = self._bottom()
        self.tables = TableActions(session, self._editor, self)
        self.additions = Additions(session, self._editor, self)
        self._connect()

    def _grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(style.SMALL)
        rows = ((self.add, self.up, self.down), (self.merge, self.take_in, self.write_out))
        for row, buttons in enumerate(rows):
            for column, button in enumerate(buttons):
                grid.addWidget(button, row, column)
        grid.addWidget(self.update, 2, 0, 1, 3)
        menu = QMenu(self.take_in)
        self.adding = menu.addAction(self.tr("&Add and change terms…"))
        self.replacing = menu.addAction(self.tr("&Replace the whole list…"))
        self.take_in.setMenu(menu)
        return grid

    def _bottom(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(style.MEDIUM, style.SMALL, style.MEDIUM, style.SMALL)
        row.setSpacing(style.SMALL)
        row.addWidget(self.job)
        for button in (self.undo, self.remove, self.revert, self.apply, self.close):
            row.addWidget(button)
        return row

    def _connect(self) -> None:
        for button, slot in (
            (self.up, self._on_up_clicked),
            (self.down, self._on_down_clicked),
            (self.merge, self._on_merge_clicked),
            (self.remove, self._on_remove_clicked),
            (self.undo, self._on_undo_clicked),
            (self.apply, self._on_apply_clicked),
        ):
            button.clicked.connect(slot)
        self.revert.clicked.connect(self._editor.revert)
        self.close.clicked.connect(self._editor.reject)
        self._editor.panel.form.parent_wanted.connect(self._on_parent_wanted)
        session = self._session
        session.job_started.connect(self.job.begin)
        session.job_progressed.connect(self.job.progress)
        session.job_ended.connect(self.job.end)
        session.state_changed.connect(self.refresh)

    def refresh(self) -> None:
        """Ask of each button whether it can be used now."""
        editor, session = self._editor, self._session
        writable = not session.read_only
        chosen = bool(editor.panel.code)
        edited = editor.panel.is_edited
        free = writable and not editor.kind.fixed
        self.add.setEnabled(free)
        self.up.setEnabled(writable and chosen)
        self.down.setEnabled(writable and chosen)
        self.merge.setEnabled(free and chosen and not edited)
        self.remove.setEnabled(free and chosen and not edited)
        self.take_in.setEnabled(writable)
        self.revert.setEnabled(edited)
        self.apply.setEnabled(writable and edited)
        label = session.state.undo_label
        self.undo.setEnabled(writable and label is not None)
        self.undo.setToolTip(plain_tooltip(f"{self.tr('Undo')}: {label}" if label else ""))
        if editor.kind.name != MODELS:
            self.update.hide()

    def show_library(self, state: LibraryState) -> None:
        """Offer an update where the program brought a newer library than the archive has."""
        self.update.setVisible(self._editor.kind.name == MODELS and state.newer and not self._session.read_only)

    def _on_up_clicked(self) -> None:
        changing.move(self._session, self._editor.kind.name, self._editor.panel.code, UP)

    def _on_down_clicked(self) -> None:
        changing.move(self._session, self._editor.kind.name, self._editor.panel.code, DOWN)

    def _on_merge_clicked(self) -> None:
        editor = self._editor
        term = editor.vocabulary.get(editor.panel.code)
        used = editor.uses.get(term.code, 0)
        words = self.tr("“%1” is used once.") if used == 1 else self.tr("“%1” is used %2 times.")
        words += " " + self.tr(
            "Whatever is said with it will be said with the term that you choose here, which gets its names as other "
            "names. Undo takes it back."
        )
        dialog = TermChooser(
            self.tr("Merge “%1” into…").replace("%1", term.label),
            words.replace("%1", term.label).replace("%2", f"{used:,}"),
            self.tr("Merge"),
            editor.vocabulary,
            editor.uses,
            parent=editor,
        )
        dialog.chosen.connect(self._on_merge_agreed)
        open_dialog(dialog)

    def _on_merge_agreed(self, into: str) -> None:
        editor = self._editor
        if into:
            editor.wanted = into
            changing.merge(self._session, editor.kind.name, editor.panel.code, into, self._on_merged)

    def _on_merged(self, changed: int) -> None:
        words = self.tr("Merged: %1 records changed") if changed != 1 else self.tr("Merged: 1 record changed")
        self._editor.say(words.replace("%1", f"{changed:,}"))

    def _on_remove_clicked(self) -> None:
        changing.remove(self._session, self._editor.kind.name, self._editor.panel.code)

    def _on_parent_wanted(self) -> None:
        editor = self._editor
        label = editor.vocabulary.label(editor.panel.code)
        dialog = TermChooser(
            self.tr("Where “%1” stands").replace("%1", label),
            self.tr("Choose the term that “%1” is to stand under.").replace("%1", label),
            self.tr("Put it there"),
            editor.vocabulary,
            editor.uses,
            none=self.tr("At the top"),
            parent=editor,
        )
        dialog.chosen.connect(self._on_parent_agreed)
        open_dialog(dialog)

    def _on_parent_agreed(self, code: str) -> None:
        self._editor.panel.form.put_under(code or None, self._editor.vocabulary)

    def _on_apply_clicked(self) -> None:
        editor = self._editor
        changing.change(self._session, editor.kind.name, editor.panel.form.term, self._on_applied)

    def _on_applied(self, _nothing: object) -> None:
        self.applied = True
        self._editor.say(self.tr("Changed; undo takes it back"))

    def _on_undo_clicked(self) -> None:
        self.applied = True
        operations.undo(self._session, self._on_undone)

    def _on_undone(self, label: str | None) -> None:
        if label is not None:
            self._editor.say(self.tr("Undone: %1").replace("%1", label))


def _button(text: str) -> QPushButton:
    button = QPushButton(text)
    button.setAutoDefault(False)
    return button
