"""The forms in which claims are written: one field a line, each reached by Tab, and what all kinds share."""

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QLineEdit, QWidget

from core.claims import CERTAINTIES
from gui import style
from gui.models.sentences import certainty_words
from gui.plain import PlainLabel
from gui.session import Session
from gui.views.claim_source import ClaimSource
from gui.views.term_field import TermField
from gui.views.terms_field import TermsField


class ClaimForm(QWidget):
    """Fields of one kind of claim; ``show_claim`` fills them, ``said`` reads them."""

    refused = Signal(str)  # what was asked for in a field cannot be: the sentence that says why

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.rows = QFormLayout(self)
        self.rows.setContentsMargins(0, 0, 0, 0)
        self.rows.setVerticalSpacing(style.SMALL)
        self.rows.setHorizontalSpacing(style.MEDIUM)
        self.rows.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        self.rows.setLabelAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignTop)
        self.certainty = certainty_box(session.settings.default_certainty)

    def show_claim(self, claim: Any) -> None:
        """Fill the fields with what a claim says."""
        raise NotImplementedError

    def said(self) -> Any:
        """The claim that the fields make, not preferred and without an id.

        Raises:
            Refused: a field holds what is no value.
        """
        raise NotImplementedError

    def term(self, words: str, vocabulary: str) -> TermField:
        """A line for one value of a vocabulary."""
        field = TermField(self.session, vocabulary)
        field.not_added.connect(self.refused)
        self.add(words, field)
        return field

    def terms(self, words: str, vocabulary: str) -> TermsField:
        """A line for several values of a vocabulary."""
        field = TermsField(self.session, vocabulary)
        field.not_added.connect(self.refused)
        self.add(words, field)
        field.set_name(words)
        return field

    def source_line(self) -> ClaimSource:
        """A line for the source that the claim comes from."""
        field = ClaimSource(self.session)
        field.refused.connect(self.refused)
        self.add(self.tr("Source"), field)
        return field

    def text(self, words: str, hint: str = "") -> QLineEdit:
        """A line for a text."""
        field = QLineEdit()
        field.setPlaceholderText(hint)
        self.add(words, field)
        return field

    def add(self, words: str, field: QWidget) -> None:
        """A line for a field, which is called by its label."""
        label = PlainLabel(words)
        label.setProperty("role", "muted")
        label.setContentsMargins(0, style.TIGHT, 0, 0)
        field.setAccessibleName(words)
        self.rows.addRow(label, field)


def certainty_box(certainty: str) -> QComboBox:
    """A choice of certainties, with one chosen."""
    box = QComboBox()
    for one in CERTAINTIES:
        box.addItem(certainty_words(one), one)
    box.setCurrentIndex(CERTAINTIES.index(certainty))
    return box
