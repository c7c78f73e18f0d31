"""Adding a term: what it is called and where it stands; of a weapon model its type and how that is known."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from core.errors import Refused
from core.model_facts import Fact
from core.term_checks import free_code
from core.vocabularies import Term, Vocabulary
from core.vocabulary_kinds import Kind
from gui import style
from gui.plain import PlainLabel

_WIDTH: Final = 420


class AddTermDialog(QDialog):
    """``term_wanted`` tells the term, ``model_wanted`` the code and the facts of a weapon model."""

    term_wanted = Signal(object)  # Term
    model_wanted = Signal(str, object)  # code, tuple of Fact

    def __init__(
        self,
        kind: Kind,
        vocabulary: Vocabulary,
        *,
        under: Term | None = None,
        types: Vocabulary | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._vocabulary, self._under, self._types = vocabulary, under, types
        self.setWindowTitle(self.tr("Add a %1").replace("%1", kind.noun))
        self.setAccessibleName(self.windowTitle())
        self.label = QLineEdit()
        self.code = QLineEdit()
        self.type = QLineEdit()
        self.type.setPlaceholderText(self.tr("a weapon type, by any of its names"))
        self.source = QLineEdit()
        self.source.setPlaceholderText(self.tr("the address of a page, or who says it; or unchecked"))
        self.under = QCheckBox(self.tr("Under “%1”").replace("%1", under.label.replace("&", "&&") if under else ""))
        self.problem = PlainLabel()
        self.problem.setProperty("role", "bad")
        self.problem.setWordWrap(True)
        self.problem.hide()
        self.agree = QPushButton(self.tr("Add"))
        self._arrange()
        self.label.textChanged.connect(self._on_label_changed)
        self.agree.clicked.connect(self._on_agreed)

    def _arrange(self) -> None:
        form = QFormLayout()
        form.setHorizontalSpacing(style.MEDIUM)
        form.setVerticalSpacing(style.SMALL)
        rows = [(self.tr("Name"), self.label), (self.tr("Code"), self.code)]
        if self._types is not None:
            rows += [(self.tr("Type"), self.type), (self.tr("Source"), self.source)]
        for words, field in rows:
            field.setAccessibleName(words)
            form.addRow(words, field)
        self.agree.setProperty("primary", "true")
        self.agree.setDefault(True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        buttons.addButton(self.agree, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(style.LARGE, style.LARGE, style.LARGE, style.LARGE)
        layout.setSpacing(style.MEDIUM)
        layout.addLayout(form)
        self.under.setVisible(self._under is not None)
        for part in (self.under, self.problem, buttons):
            layout.addWidget(part)
        self.setMinimumWidth(_WIDTH)

    def _on_label_changed(self, text: str) -> None:
        between = "-" if self._types is not None else "_"
        self.code.setPlaceholderText(free_code(self._vocabulary, text, between=between) if text.strip() else "")

    def _on_agreed(self) -> None:
        try:
            self._say()
        except Refused as refused:
            self.problem.setText(str(refused))
            self.problem.show()

    def _say(self) -> None:
        label = self.label.text().strip()
        if not label:
            raise Refused(self.tr("Please give a name."))
        code = self.code.text().strip() or self.code.placeholderText()
        parent = self._under.code if self._under is not None and self.under.isChecked() else None
        if self._types is None:
            self.accept()
            self.term_wanted.emit(Term(code, label, parent))
            return
        source = self.source.text().strip()
        if not source:
            raise Refused(self.tr("Please say how it is known: the address of a page, who says it, or “unchecked”."))
        facts = [Fact("label", label, source=source)]
        facts.append(Fact("type", self._types.resolve(self.type.text()).code, source=source))
        facts += [Fact("parent", parent, source=source)] if parent else []
        self.accept()
        self.model_wanted.emit(code, tuple(facts))
