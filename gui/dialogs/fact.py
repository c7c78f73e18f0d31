"""One fact of a weapon model, to be said or changed: its value, who made what and when, and how it is known."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from core.errors import Refused
from core.model_facts import FACTS, LEVELS, Fact
from core.vocabularies import Vocabulary
from gui import style
from gui.models.facts_model import VOCABULARIES, fact_words
from gui.plain import PlainLabel

_WIDTH: Final = 460


class FactDialog(QDialog):
    """``said`` tells the fact; its source must be named, or said to be unchecked."""

    said = Signal(object)  # Fact

    def __init__(
        self, vocabularies: Mapping[str, Vocabulary], fact: Fact | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._vocabularies = vocabularies
        self.setWindowTitle(self.tr("Change a fact") if fact else self.tr("Add a fact"))
        self.setAccessibleName(self.windowTitle())
        self.kind = QComboBox()
        for kind in FACTS:
            self.kind.addItem(fact_words(kind), kind)
        self.value = QComboBox()
        self.value.setEditable(True)
        self.value.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.language = QLineEdit()
        self.language.setPlaceholderText(self.tr("fr, ar … or und for a designation"))
        self.production = QComboBox()
        self.production.addItem(self.tr("not known"), "")
        for term in vocabularies["production"]:
            self.production.addItem(term.label, term.code)
        self.maker = QLineEdit()
        self.years = QLineEdit()
        self.years.setPlaceholderText(self.tr("1974, 1949/1975, 1977/.."))
        self.source = QLineEdit()
        self.source.setPlaceholderText(self.tr("the address of a page, or who says it; or unchecked"))
        self.problem = PlainLabel()
        self.problem.setProperty("role", "bad")
        self.problem.setWordWrap(True)
        self.problem.hide()
        self.agree = QPushButton(self.tr("Apply"))
        self._arrange()
        self.kind.currentIndexChanged.connect(self._on_kind_changed)
        self.agree.clicked.connect(self._on_agreed)
        self._show(fact or Fact("manufacture", "", source=""))

    def _arrange(self) -> None:
        form = QFormLayout()
        form.setHorizontalSpacing(style.MEDIUM)
        form.setVerticalSpacing(style.SMALL)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        for words, field in (
            (self.tr("Fact"), self.kind),
            (self.tr("Value"), self.value),
            (self.tr("Language"), self.language),
            (self.tr("Production"), self.production),
            (self.tr("Maker"), self.maker),
            (self.tr("Years"), self.years),
            (self.tr("Source"), self.source),
        ):
            field.setAccessibleName(words)
            form.addRow(words, field)
        self.form = form
        self.agree.setProperty("primary", "true")
        self.agree.setDefault(True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        buttons.addButton(self.agree, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(style.LARGE, style.LARGE, style.LARGE, style.LARGE)
        layout.setSpacing(style.MEDIUM)
        layout.addLayout(form)
        layout.addWidget(self.problem)
        layout.addStretch(1)
        layout.addWidget(buttons)
        self.setMinimumWidth(_WIDTH)

    def _show(self, fact: Fact) -> None:
        self.kind.setCurrentIndex(FACTS.index(fact.fact))
        self._on_kind_changed()
        vocabulary = self._vocabulary
        self.value.setEditText(vocabulary.label(fact.value) if vocabulary else fact.value)
        self.language.setText(fact.language)
        self.production.setCurrentIndex(max(0, self.production.findData(fact.production)))
        self.maker.setText(fact.maker)
        self.years.setText(fact.years)
        self.source.setText(fact.source)

    @property
    def _vocabulary(self) -> Vocabulary | None:
        """That whose codes are the values of the kind of fact."""
        name = VOCABULARIES.get(self.kind.currentData())
        return self._vocabularies[name] if name else None

    def _on_kind_changed(self) -> None:
        kind, vocabulary = self.kind.currentData(), self._vocabulary
        self.value.clear()
        if kind == "level":
            self.value.addItems(LEVELS)
        elif vocabulary:
            self.value.addItems([term.label for term in vocabulary if not term.retired])
        completer = self.value.completer()
        if completer is not None:
            completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.value.setEditText("")
        self.form.setRowVisible(self.language, kind == "name")
        self.form.setRowVisible(self.production, kind == "manufacture")
        for field in (self.maker, self.years):
            self.form.setRowVisible(field, kind in ("design", "manufacture"))

    def _on_agreed(self) -> None:
        try:
            fact = self._fact()
        except Refused as refused:
            self.problem.setText(str(refused))
            self.problem.show()
            return
        self.accept()
        self.said.emit(fact)

    def _fact(self) -> Fact:
        """What is said.

        Raises:
            Refused: the value means nothing, or no source is named.
        """
        kind, text = self.kind.currentData(), self.value.currentText().strip()
        source = self.source.text().strip()
        if not text:
            raise Refused(self.tr("Please give a value."))
        if not source:
            raise Refused(self.tr("Please say how it is known: the address of a page, who says it, or “unchecked”."))
        vocabulary = self._vocabulary
        fact = Fact(kind, vocabulary.resolve(text).code if vocabulary else text, source=source)
        if kind == "name":
            fact = replace(fact, language=self.language.text().strip() or "und")
        if kind in ("design", "manufacture"):
            fact = replace(fact, maker=self.maker.text().strip(), years=self.years.text().strip())
        if kind == "manufacture":
            fact = replace(fact, production=self.production.currentData())
        return fact
