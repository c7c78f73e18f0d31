"""The form for how a holder got a weapon, and through which hands it went before."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any, Final

from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from core.claims import Acquisition, Transfer
from gui import style
from gui.session import Session
from gui.views.claim_form import ClaimForm

_FIELDS: Final = ("from_party", "to_party", "mode", "date", "place")


class AcquisitionForm(ClaimForm):
    """The route, the parties, and the transfers before it in their order."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._held: Acquisition | None = None
        self.route = self.term(self.tr("Route"), "route")
        self.from_party = self.term(self.tr("From"), "holder")
        self.holder = self.term(self.tr("Holder"), "holder")
        self.scope = self.term(self.tr("Said of"), "scope")
        self.transfers = Transfers()
        self.add(self.tr("Transfers before"), self.transfers)
        self.add(self.tr("Certainty"), self.certainty)
        self.bases = self.terms(self.tr("Based on"), "basis")
        self.source = self.source_line()
        self.note = self.text(self.tr("Note"))
        self.setFocusProxy(self.route)

    def show_claim(self, claim: Any) -> None:
        """Fill the fields with what an acquisition says."""
        self._held = claim
        for name in ("route", "from_party", "holder", "scope"):
            getattr(self, name).show_code(getattr(claim, name))
        self.transfers.show_transfers(claim.transfers)
        self.certainty.setCurrentIndex(self.certainty.findData(claim.certainty))
        self.bases.show_codes(claim.bases)
        self.source.show_id(claim.source_id)
        self.note.setText(claim.note)

    def said(self) -> Acquisition:
        """The acquisition that the fields make."""
        return replace(
            self._held or Acquisition(),
            route=self.route.value(),
            from_party=self.from_party.value(),
            holder=self.holder.value(),
            scope=self.scope.value(),
            transfers=self.transfers.value(),
            certainty=self.certainty.currentData(),
            bases=self.bases.value(),
            source_id=self.source.value(),
            note=self.note.text(),
        )


class Transfers(QWidget):
    """A line for each transfer, the earliest first; an empty line waits for the next one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines: list[dict[str, QLineEdit]] = []
        self._layout = QGridLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(style.TIGHT)
        self._add()

    def show_transfers(self, held: Sequence[Transfer]) -> None:
        """Show these, before an empty line."""
        while len(self.lines) <= len(held):
            self._add()
        for line, step in zip(self.lines, (*held, Transfer()), strict=False):
            for name, field in line.items():
                field.setText(getattr(step, name))

    def value(self) -> tuple[Transfer, ...]:
        """The transfers of which anything is written."""
        said = (Transfer(**{name: field.text().strip() for name, field in line.items()}) for line in self.lines)
        return tuple(step for step in said if step != Transfer())

    def _add(self) -> None:
        row = len(self.lines)
        words = {
            "from_party": self.tr("from"),
            "to_party": self.tr("to"),
            "mode": self.tr("how"),
            "date": self.tr("date"),
            "place": self.tr("place"),
        }
        line = {}
        for column, name in enumerate(_FIELDS):
            field = line[name] = QLineEdit()
            field.setPlaceholderText(words[name])
            pattern = self.tr("Transfer %1: %2").replace("%1", str(row + 1))
            field.setAccessibleName(pattern.replace("%2", words[name]))
            field.setMinimumWidth(48)
            field.textEdited.connect(self._on_text_edited)
            self._layout.addWidget(field, row, column)
        if self.lines:
            self.setTabOrder(self.lines[-1][_FIELDS[-1]], line[_FIELDS[0]])
        for before, after in pairwise(_FIELDS):
            self.setTabOrder(line[before], line[after])
        self.lines.append(line)

    def _on_text_edited(self, _text: str) -> None:
        if any(field.text() for field in self.lines[-1].values()):
            self._add()
