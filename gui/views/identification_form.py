"""The form for what a sighting is: type, model and all that was looked at to tell."""

from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QWidget

from core.claims import LEVELS, Identification
from core.vocabularies import LIST_SEPARATOR
from gui.session import Session
from gui.views.claim_form import ClaimForm
from gui.views.look_alikes import LookAlikes


class IdentificationForm(ClaimForm):
    """What follows from the model (its type, its only calibre) is shown, and need not be written."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._held: Identification | None = None
        self.model = self.term(self.tr("Model"), "weapon_model")
        self.type = self.term(self.tr("Weapon type"), "weapon_type")
        self.variant = self.text(self.tr("Variant"))
        self.calibre = self.text(self.tr("Calibre"))
        self.as_written = self.text(self.tr("As written"), self.tr("the model in the words of the source"))
        self.add(self.tr("Certainty"), self.certainty)
        self.bases = self.terms(self.tr("Based on"), "basis")
        self.source = self.source_line()
        self.features = self.text(self.tr("Features seen"))
        self.look_alikes = LookAlikes(session)
        self.add(self.tr("Excluded look-alikes"), self.look_alikes)
        self.setFocusProxy(self.model)
        self.model.chosen.connect(self._on_model_chosen)
        self._on_model_chosen("")

    def show_claim(self, claim: Any) -> None:
        """Fill the fields with what an identification says."""
        self._held = claim
        self.model.show_code(claim.model)
        self._on_model_chosen(claim.model)
        self.type.show_code(claim.type)
        for name in ("variant", "calibre", "as_written", "features"):
            getattr(self, name).setText(getattr(claim, name))
        self.certainty.setCurrentIndex(self.certainty.findData(claim.certainty))
        self.bases.show_codes(claim.bases)
        self.source.show_id(claim.source_id)
        self.look_alikes.show_look_alikes(claim.look_alikes)

    def said(self) -> Identification:
        """The identification that the fields make."""
        model = self.model.value()
        held = self._held
        level = held.level if held is not None and held.model == model and model else LEVELS[0]
        return replace(
            held or Identification(""),
            type=self.type.value(),
            model=model,
            level=level,
            variant=self.variant.text(),
            calibre=self.calibre.text(),
            as_written=self.as_written.text(),
            features=self.features.text(),
            certainty=self.certainty.currentData(),
            bases=self.bases.value(),
            source_id=self.source.value(),
            look_alikes=self.look_alikes.value(),
        )

    def _on_model_chosen(self, code: str) -> None:
        """Show what follows from the model in the fields that may be left empty."""
        info = self.session.info
        attributes = {} if info is None or code not in info.weapon_models else info.weapon_models.get(code).attributes
        known = attributes.get("type", "")
        label = info.weapon_types.label(known) if info is not None and known else ""
        calibres = attributes.get("calibre", "").split(LIST_SEPARATOR)
        self.type.setPlaceholderText(self.tr("%1, as the model").replace("%1", label) if label else "")
        self.calibre.setPlaceholderText(calibres[0] if len(calibres) == 1 else ", ".join(calibres))
        if known and self.type.code:  # what was said of another model may contradict this one
            self.type.show_code("")
