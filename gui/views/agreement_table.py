"""The agreement of two coders as a table, field by field, with the rule by which it was reckoned."""

from typing import Final

from PySide6.QtWidgets import QHeaderView, QVBoxLayout, QWidget

from core.blind_coding.agreement import Agreement
from gui import style
from gui.models.coding import Compared, field_words, kappa_words, not_recorded
from gui.models.sentences import listed
from gui.plain import PlainLabel, plain_tooltip
from gui.views.plain_table import PlainTable

_FIELD, _UNITS, _AGREED, _PER_CENT, _KAPPA, _MEANS, _APART = range(7)
_MOST: Final = 2


class AgreementTable(QWidget):
    """Per cent and kappa of each field, and the commonest disagreements."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = PlainTable(
            (
                self.tr("Field"),
                self.tr("n"),
                self.tr("Agreed"),
                self.tr("Per cent"),
                self.tr("Kappa"),
                "",
                self.tr("Most often apart"),
            ),
            numbers=(_UNITS, _AGREED, _PER_CENT, _KAPPA),
        )
        self.table.setAccessibleName(self.tr("Agreement, field by field"))
        for column in (_FIELD, _MEANS):
            self.table.horizontalHeader().setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        self.rule = PlainLabel()
        self.rule.setProperty("role", "muted")
        self.rule.setWordWrap(True)
        explained = PlainLabel(
            self.tr(
                "Per cent says how often both gave the same value. Kappa sets that against what coders with these "
                "habits would agree on by chance: 1 is full agreement, 0 no more than chance, less than 0 worse."
            )
        )
        explained.setProperty("role", "muted")
        explained.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, style.SMALL, 0, 0)
        layout.setSpacing(style.SMALL)
        layout.addWidget(self.table, 1)
        layout.addWidget(explained)
        layout.addWidget(self.rule)

    def show_compared(self, compared: Compared) -> None:
        """Show a set's agreement."""
        fields = compared.agreement.fields
        self.table.setRowCount(len(fields))
        for row, one in enumerate(fields):
            measured = one.agreement
            texts = (
                field_words(one.field).capitalize(),
                f"{measured.units:,}",
                f"{measured.agreed:,}",
                "–" if measured.per_cent is None else f"{measured.per_cent:.1f}",
                "–" if measured.kappa is None else f"{measured.kappa:.3f}",
                kappa_words(measured.kappa),
                self._apart(compared, one.field, measured),
            )
            self.table.set_row(row, texts)
            for column in (_KAPPA, _MEANS):
                item = self.table.item(row, column)
                if item is not None and measured.undefined:
                    item.setToolTip(plain_tooltip(measured.undefined))
        self.rule.setText(compared.agreement.rule)

    def _apart(self, compared: Compared, field: str, measured: Agreement) -> str:
        """The commonest disagreements: "3 × assault rifle / sniper rifle"."""
        words = []
        for one in measured.disagreements:
            first, second = (
                compared.labels.get((field, said), said) if said else not_recorded() for said in (one.first, one.second)
            )
            words.append(f"{one.units:,} × {first} / {second}")
        return listed(words, _MOST)
