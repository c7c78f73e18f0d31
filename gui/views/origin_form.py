"""The form for where a weapon was made or designed."""

from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QComboBox, QWidget

from core.claims import Origin
from gui.session import Session
from gui.views.claim_form import ClaimForm


class OriginForm(ClaimForm):
    """Several countries say that they did it together."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._held: Origin | None = None
        self.role = QComboBox()
        for role, words in (("manufacture", self.tr("made in")), ("design", self.tr("designed in"))):
            self.role.addItem(words, role)
        self.add(self.tr("It was"), self.role)
        self.countries = self.terms(self.tr("Countries"), "country")
        self.maker = self.text(self.tr("Maker"))
        self.production = self.term(self.tr("Production"), "production")
        self.years = self.text(self.tr("Years"), self.tr("1975, about 1975, 1974/1976"))
        self.add(self.tr("Certainty"), self.certainty)
        self.bases = self.terms(self.tr("Based on"), "basis")
        self.source = self.source_line()
        self.setFocusProxy(self.countries)

    def show_claim(self, claim: Any) -> None:
        """Fill the fields with what an origin says; its role stays."""
        self._held = claim
        self.role.setCurrentIndex(self.role.findData(claim.role))
        self.role.setEnabled(not claim.id)
        self.countries.show_codes(claim.countries)
        self.maker.setText(claim.maker)
        self.production.show_code(claim.production)
        self.years.setText(claim.years)
        self.certainty.setCurrentIndex(self.certainty.findData(claim.certainty))
        self.bases.show_codes(claim.bases)
        self.source.show_id(claim.source_id)

    def said(self) -> Origin:
        """The origin that the fields make."""
        return replace(
            self._held or Origin("", ()),
            role=self.role.currentData(),
            countries=self.countries.value(),
            maker=self.maker.text(),
            production=self.production.value(),
            years=self.years.text(),
            certainty=self.certainty.currentData(),
            bases=self.bases.value(),
            source_id=self.source.value(),
        )
