"""Offers: single things that can be said of images or of the weapons in them, ready to be carried out."""

from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import QCoreApplication

from core.facets import DETAILS, FACETS, Of
from core.particulars import Particulars
from core.tagging import Tag
from gui.models.sentences import facet_words, value_words

HOW: Final = ("certainty", "basis")
"""What goes with everything that is said: how certain it is, and on what it rests."""
PARTICULARS: Final = ("quantity", "variant", "as_written", "level", "serial")


@dataclass(frozen=True, slots=True)
class Offer:
    """One thing that the typed text may mean.

    ``facet`` is one of ``facets.FACETS``, of ``HOW`` or ``PARTICULARS``, or note or status; ``code`` is the value's
    code, or a text, or ``basis:number`` of a quantity; ``label`` its name.  ``hint`` is what of the value fitted, where
    the label does not show it, or why it is offered.  One that ``creates`` makes the term of its label first.
    """

    facet: str
    code: str
    label: str
    hint: str = ""
    removes: bool = False
    creates: bool = False

    @property
    def words(self) -> str:
        """The offer as it reads in the list and afterwards in the line that says what was done."""
        patterns = {
            "note": _tr("note: %1"),
            "certainty": _tr("certainty: %1"),
            "basis": _tr("basis: %1"),
            "status": _tr("status: %1"),
            "quantity": _tr("quantity: %1"),
            "variant": _tr("variant: %1"),
            "as_written": _tr("as written: %1"),
            "level": _tr("level: %1"),
            "serial": _tr("serial: %1"),
        }
        if self.creates:
            pattern = _tr("Create the %1 “%2”: press Shift+Enter again")
            return pattern.replace("%1", facet_words(self.facet)).replace("%2", self.label)
        if self.facet in patterns:
            return patterns[self.facet].replace("%1", self.label)
        return value_words(self.facet, self.label)

    @property
    def of_image(self) -> bool:
        """Whether it is said of the image as a whole, and not of a weapon."""
        return self.facet in FACETS and FACETS[self.facet].of is Of.IMAGE

    @property
    def tag(self) -> Tag:
        """What to say of the weapon in each image, for an offer that gives a value of its or a note."""
        if self.facet in DETAILS:
            return Tag(details={self.facet: self.code})
        given: dict[str, Any] = {self.facet: self.code}
        return Tag(**given)

    @property
    def particulars(self) -> Particulars:
        """What to say of the weapon in each image, for an offer of one of ``PARTICULARS``."""
        if self.facet == "quantity":
            basis, _, number = self.code.partition(":")
            return Particulars(quantity=int(number), quantity_basis=basis)
        given: dict[str, Any] = {self.facet: self.code}
        return Particulars(**given)


def _tr(text: str) -> str:
    return QCoreApplication.translate("suggestions", text)
