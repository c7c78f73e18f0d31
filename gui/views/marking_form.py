"""The form for what is read on a weapon."""

from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QWidget

from core.claims import Marking
from gui.session import Session
from gui.views.claim_form import ClaimForm


class MarkingForm(ClaimForm):
    """What could not be read is written as ``?`` for one character and ``*`` for several."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._held: Marking | None = None
        self.reading = self.text(self.tr("Text"), self.tr("as read; ? for an unread character, * for several"))
        self.kind = self.term(self.tr("Kind"), "marking_kind")
        self.position = self.text(self.tr("Place on the weapon"))
        self.script = self.term(self.tr("Script"), "script")
        self.legibility = self.term(self.tr("Legibility"), "legibility")
        self.add(self.tr("Certainty"), self.certainty)
        self.note = self.text(self.tr("Note"))
        self.setFocusProxy(self.reading)

    def show_claim(self, claim: Any) -> None:
        """Fill the fields with a marking."""
        self._held = claim
        self.reading.setText(claim.text)
        self.position.setText(claim.position)
        self.note.setText(claim.note)
        for name in ("kind", "script", "legibility"):
            getattr(self, name).show_code(getattr(claim, name))
        self.certainty.setCurrentIndex(self.certainty.findData(claim.certainty))

    def said(self) -> Marking:
        """The marking that the fields make."""
        return replace(
            self._held or Marking(""),
            text=self.reading.text(),
            kind=self.kind.value(),
            position=self.position.text(),
            script=self.script.value(),
            legibility=self.legibility.value(),
            certainty=self.certainty.currentData(),
            note=self.note.text(),
        )
