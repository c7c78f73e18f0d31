"""Adding terms and models from the vocabulary editor, and saying facts of models."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from core.model_facts import Fact, Model
from core.vocabularies import Term
from gui import vocabulary_operations as changing
from gui.dialogs.add_term import AddTermDialog
from gui.dialogs.fact import FactDialog
from gui.dialogs.opening import open_dialog
from gui.session import Session
from gui.vocabulary_operations import MODELS

if TYPE_CHECKING:
    from gui.dialogs.vocabulary_actions import VocabularyActions
    from gui.dialogs.vocabulary_editor import VocabularyEditor


class Additions(QObject):
    """Asks what is to be added or said, and has it written."""

    def __init__(self, session: Session, editor: "VocabularyEditor", actions: "VocabularyActions") -> None:
        super().__init__(editor)
        self._session, self._editor = session, editor
        actions.add.clicked.connect(self._on_add_clicked)
        facts = editor.panel.facts
        facts.add_wanted.connect(self._on_fact_wanted)
        facts.change_wanted.connect(self._on_fact_wanted)
        facts.drop_wanted.connect(self._on_fact_dropped)

    def _on_add_clicked(self) -> None:
        editor = self._editor
        code = editor.panel.code
        models = editor.kind.name == MODELS
        dialog = AddTermDialog(
            editor.kind,
            editor.vocabulary,
            under=editor.vocabulary.get(code) if code in editor.vocabulary else None,
            types=editor.vocabularies["weapon_type"] if models else None,
            parent=editor,
        )
        dialog.term_wanted.connect(self._on_term_wanted)
        dialog.model_wanted.connect(self._on_model_wanted)
        open_dialog(dialog)

    def _on_term_wanted(self, term: Term) -> None:
        changing.add(self._session, self._editor.kind.name, term, _Goes(self._editor))

    def _on_model_wanted(self, code: str, facts: tuple[Fact, ...]) -> None:
        changing.add_model(self._session, code, facts, _Goes(self._editor))

    def _on_fact_wanted(self, fact: Fact | None = None) -> None:
        """A fact is to be changed, or without one to be added."""
        held = fact if isinstance(fact, Fact) else None
        dialog = FactDialog(self._editor.vocabularies, held, self._editor)
        dialog.said.connect(_Says(self._session, self._editor.panel.code, held))
        open_dialog(dialog)

    def _on_fact_dropped(self, fact: Fact) -> None:
        changing.drop_fact(self._session, self._editor.panel.code, fact)


class _Goes:
    """Has the editor show what was added, as soon as it is there."""

    def __init__(self, editor: "VocabularyEditor") -> None:
        self._editor = editor

    def __call__(self, added: Term | Model) -> None:
        self._editor.wanted = added.code


class _Says:
    """Says a fact of a model, in the place of another one or besides."""

    def __init__(self, session: Session, code: str, held: Fact | None) -> None:
        self._session, self._code, self._held = session, code, held

    def __call__(self, fact: Fact) -> None:
        changing.put_fact(self._session, self._code, fact, instead_of=self._held)
