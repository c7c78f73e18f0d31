"""The right side of the vocabulary editor: one term's form, and of a weapon model its facts above it."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from core.model_facts import Fact
from core.vocabularies import Term, Vocabulary
from core.vocabulary_kinds import Kind
from gui.views.facts_panel import FactsPanel
from gui.views.term_form import TermForm
from gui.vocabulary_operations import MODELS


class TermPanel(QWidget):
    """``edited`` says that the form was typed in."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._writable = False
        self.form = TermForm()
        self.facts = FactsPanel()
        area = QScrollArea()
        area.setWidget(self.form)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setAccessibleName(self.tr("The term"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.facts, 3)
        layout.addWidget(area, 2)
        self.form.edited.connect(self.edited)

    @property
    def code(self) -> str:
        """The code of the term that is shown, empty where none is."""
        return self.form.code.text()

    @property
    def is_edited(self) -> bool:
        """Whether something was typed that the archive does not have."""
        return self.form.is_edited

    def show_term(
        self, term: Term | None, kind: Kind, vocabularies: Mapping[str, Vocabulary], *, writable: bool
    ) -> None:
        """Show a term; the facts of a model follow by ``show_facts``."""
        self._writable = writable
        self.form.show_term(term, kind, vocabularies[kind.name], writable=writable)
        self.facts.setVisible(kind.name == MODELS)
        if term is None:
            self.facts.show_facts("", (), vocabularies, writable=writable)

    def show_facts(self, label: str, facts: Sequence[Fact], vocabularies: Mapping[str, Vocabulary]) -> None:
        """Show what the library says of the model."""
        self.facts.show_facts(label, facts, vocabularies, writable=self._writable)
