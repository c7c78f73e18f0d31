"""What is known of one term, to be changed: its label, its other names, its codes elsewhere, where it stands."""

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from core import vocabulary_editing
from core.vocabularies import Term, Vocabulary
from core.vocabulary_kinds import Kind
from gui import style
from gui.plain import PlainLabel
from gui.views.pairs_table import PairsTable
from gui.vocabulary_operations import MODELS

_ALIAS_LINES = 4


class TermForm(QWidget):
    """Shows a term; ``edited`` says that something was typed, ``parent_wanted`` that another parent is asked for."""

    edited = Signal()
    parent_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._term: Term | None = None
        self._parent: str | None = None
        self._filling = False
        self.code = PlainLabel()
        self.code.setProperty("role", "muted")
        self.code.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.label = QLineEdit()
        self.above = QPushButton()
        self.above.setAutoDefault(False)
        self.names = PairsTable(self.tr("Names by language"), (self.tr("Language"), self.tr("Name")))
        self.aliases = QPlainTextEdit()
        self.aliases.setTabChangesFocus(True)
        self.aliases.setFixedHeight(_ALIAS_LINES * self.fontMetrics().lineSpacing() + style.MEDIUM)
        self.standards = PairsTable(self.tr("Codes in other standards"), (self.tr("Standard"), self.tr("Code")))
        self.definition = QLineEdit()
        self.note = QLineEdit()
        self.source = QLineEdit()
        self.retired = QCheckBox(self.tr("Retired: no longer offered; what was said with it stands"))
        self._rows: dict[str, tuple[QWidget, QWidget]] = {}
        self._arrange()
        self._connect()

    def _arrange(self) -> None:
        form = QVBoxLayout(self)
        form.setContentsMargins(style.MEDIUM, style.MEDIUM, style.MEDIUM, style.MEDIUM)
        form.setSpacing(style.TIGHT)
        for name, words, field in (
            ("label", self.tr("Name"), self.label),
            ("code", self.tr("Code"), self.code),
            ("parent", self.tr("Stands under"), self.above),
            ("names", self.tr("Names by language"), self.names),
            ("aliases", self.tr("Also called, one a line"), self.aliases),
            ("standards", self.tr("Codes in other standards"), self.standards),
            ("definition", self.tr("Definition"), self.definition),
            ("note", self.tr("Note"), self.note),
            ("source", self.tr("Source"), self.source),
        ):
            caption = PlainLabel(words)
            caption.setProperty("role", "muted")
            caption.setBuddy(field)
            field.setAccessibleName(words)
            row = QWidget()
            column = QVBoxLayout(row)
            column.setContentsMargins(0, 0, 0, style.TIGHT)
            column.setSpacing(style.TIGHT)
            column.addWidget(caption)
            column.addWidget(field)
            self._rows[name] = (row, field)
            form.addWidget(row)
        form.addWidget(self.retired)
        form.addStretch(1)

    def _connect(self) -> None:
        for line in (self.label, self.definition, self.note, self.source):
            line.textEdited.connect(self._on_edited)
        self.aliases.textChanged.connect(self._on_edited)
        self.names.edited.connect(self._on_edited)
        self.standards.edited.connect(self._on_edited)
        self.retired.toggled.connect(self._on_edited)
        self.above.clicked.connect(self.parent_wanted)

    def show_term(self, term: Term | None, kind: Kind, vocabulary: Vocabulary, *, writable: bool) -> None:
        """Show a term of a vocabulary as it is in the archive."""
        self._filling = True
        self._term = term
        shown = term or Term("", "")
        self.label.setText(shown.label)
        self.code.setText(shown.code)
        self.names.show_pairs(shown.names)
        self.aliases.setPlainText("\n".join(shown.aliases))
        self.standards.show_pairs(vocabulary_editing.standards(shown))
        self.definition.setText(shown.attributes.get("definition", ""))
        self.note.setText(shown.attributes.get("note", ""))
        self.source.setText(shown.source)
        self.retired.setChecked(shown.retired)
        self.put_under(shown.parent, vocabulary)
        self._show_rows(kind, enabled=writable and term is not None)
        self._filling = False

    def _show_rows(self, kind: Kind, *, enabled: bool) -> None:
        """Of a model all but its codes is among its facts; of a fixed list only the names can change."""
        model = kind.name == MODELS
        for name, (row, field) in self._rows.items():
            row.setVisible(not (model and name in ("label", "parent", "names", "aliases", "definition", "source")))
            field.setEnabled(enabled and (not kind.fixed or name in ("label", "code", "names", "aliases")))
        self.retired.setEnabled(enabled and not kind.fixed)

    def put_under(self, parent: str | None, vocabulary: Vocabulary) -> None:
        """Name another parent, which counts when the form is applied."""
        self._parent = parent
        words = vocabulary.label(parent) if parent else self.tr("Nothing: it is at the top")
        self.above.setText(words.replace("&", "&&"))
        self._on_edited()

    @property
    def term(self) -> Term:
        """The term as the form says it; one must be shown."""
        assert self._term is not None
        term = self._term
        own = vocabulary_editing.standards(term)
        attributes = {name: value for name, value in term.attributes.items() if name not in own}
        attributes |= {"definition": self.definition.text().strip(), "note": self.note.text().strip()}
        attributes |= self.standards.pairs
        aliases = (line.strip() for line in self.aliases.toPlainText().splitlines())
        return replace(
            term,
            label=self.label.text().strip(),
            parent=self._parent,
            names=self.names.pairs,
            aliases=tuple(dict.fromkeys(filter(None, aliases))),
            attributes={name: value for name, value in attributes.items() if value},
            source=self.source.text().strip(),
            retired=self.retired.isChecked(),
        )

    @property
    def is_edited(self) -> bool:
        """Whether the form says another thing than the archive."""
        return self._term is not None and self.term != self._term

    def _on_edited(self) -> None:
        if not self._filling:
            self.edited.emit()
