"""Words that look like markup are shown letter for letter."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QApplication

from gui.plain import PlainLabel, plain_tooltip
from gui.views.elided import ElidedLabel
from gui.views.plain_table import PlainTable

MARKUP = "<b>AKM</b> <img src='x'>\n& more"


def test_a_label_shows_markup_letter_for_letter(qapp: QApplication) -> None:
    label = PlainLabel(MARKUP)
    assert (label.text(), label.textFormat()) == (MARKUP, Qt.TextFormat.PlainText)


def test_a_tooltip_shows_markup_letter_for_letter_and_leaves_other_texts_alone(qapp: QApplication) -> None:
    document = QTextDocument()
    document.setHtml(plain_tooltip(MARKUP))
    assert document.toPlainText() == MARKUP
    document.setHtml(plain_tooltip("&lt;b&gt;"))
    assert document.toPlainText() == "&lt;b&gt;"
    assert plain_tooltip("M2 & more") == "M2 & more"


def test_tooltips_of_elided_words_and_tables_are_plain(qapp: QApplication) -> None:
    assert ElidedLabel(MARKUP).toolTip() == plain_tooltip(MARKUP) != MARKUP
    table = PlainTable(["a"])
    table.setRowCount(1)
    table.set_row(0, [MARKUP])
    assert table.item(0, 0).toolTip() == plain_tooltip(MARKUP)
