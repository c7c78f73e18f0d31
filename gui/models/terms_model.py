"""The terms of a vocabulary as a tree, or as a list of those that a search finds, with how often each is used."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QCoreApplication, QModelIndex, Qt
from PySide6.QtGui import QFont, QStandardItem, QStandardItemModel

from core.folding import fold
from core.vocabularies import Term, Vocabulary
from gui.plain import plain_tooltip

CODE_ROLE: Final = Qt.ItemDataRole.UserRole
TERM_COLUMN, USES_COLUMN = 0, 1
_LEADING: Final = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
_TRAILING: Final = Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter


class TermsModel(QStandardItemModel):
    """Two columns: the label and the uses; the code stands under ``CODE_ROLE``.  A retired term is struck through."""

    def show(self, vocabulary: Vocabulary, uses: Mapping[str, int], text: str = "") -> None:
        """Hold the terms of a vocabulary: all as a tree, or those that a text is found in as a list."""
        self.clear()
        self.setHorizontalHeaderLabels([_tr("Term"), _tr("Uses")])
        self.horizontalHeaderItem(TERM_COLUMN).setTextAlignment(_LEADING)
        self.horizontalHeaderItem(USES_COLUMN).setTextAlignment(_TRAILING)
        wanted = fold(text)
        if wanted:
            for term in _found(vocabulary, wanted):
                above = " › ".join(vocabulary.label(code) for code in reversed(vocabulary.ancestors(term.code)))
                self.appendRow(_row(term, uses.get(term.code, 0), above))
        else:
            self._add(vocabulary, uses)

    def _add(self, vocabulary: Vocabulary, uses: Mapping[str, int]) -> None:
        items: dict[str | None, QStandardItem] = {None: self.invisibleRootItem()}
        for term in vocabulary:  # each after the one above it
            row = _row(term, uses.get(term.code, 0))
            items[term.parent].appendRow(row)
            items[term.code] = row[TERM_COLUMN]

    def index_of(self, code: str) -> QModelIndex:
        """Where a term stands; an invalid index where it does not."""
        start = self.index(0, TERM_COLUMN)
        how = Qt.MatchFlag.MatchExactly | Qt.MatchFlag.MatchRecursive
        found = self.match(start, CODE_ROLE, code, 1, how) if start.isValid() else []
        return found[0] if found else QModelIndex()


def _found(vocabulary: Vocabulary, wanted: str) -> list[Term]:
    """The terms in whose names or code a text stands: those called so first, then those that begin so."""
    held = [
        term for term in vocabulary if wanted in fold(term.code) or any(wanted in fold(text) for text in term.texts)
    ]
    return sorted(held, key=lambda term: _distance(term, wanted))


def _distance(term: Term, wanted: str) -> int:
    texts = [fold(text) for text in (term.code, *term.texts)]
    return 0 if wanted in texts else 1 if any(text.startswith(wanted) for text in texts) else 2


def _row(term: Term, uses: int, above: str = "") -> list[QStandardItem]:
    label = QStandardItem(term.label)
    label.setData(term.code, CODE_ROLE)
    label.setToolTip(plain_tooltip("\n".join(filter(None, (above, term.code, ", ".join(term.texts[1:6]))))))
    words = _tr("%1, used %2 times").replace("%1", term.label).replace("%2", str(uses))
    if term.retired:
        font = QFont()
        font.setStrikeOut(True)
        label.setFont(font)
        words = _tr("%1, retired").replace("%1", words)
    label.setData(words, Qt.ItemDataRole.AccessibleTextRole)
    count = QStandardItem(f"{uses:,}" if uses else "")
    count.setTextAlignment(_TRAILING)
    count.setData(term.code, CODE_ROLE)
    for item in (label, count):
        item.setEditable(False)
    return [label, count]


def _tr(text: str) -> str:
    return QCoreApplication.translate("terms_model", text)
