"""What the tagger has still to do, and what it did last."""

from dataclasses import dataclass, replace
from typing import Any, Final

from core.records import ImageId, SightingId
from core.tagging import Tag
from gui.models.offers import HOW, PARTICULARS, Offer

_SAID: Final = ("type", "model", "design", "manufacture", "note")


@dataclass(frozen=True, slots=True)
class Wish:
    """An offer to be carried out on images, with the certainty and the bases of that moment, None for what is usual."""

    ids: tuple[ImageId, ...]
    offer: Offer
    certainty: str | None = None
    bases: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Last:
    """What was tagged last: which images, all that was said of the weapon, and the sightings that it became."""

    ids: tuple[ImageId, ...]
    said: Tag
    sightings: tuple[SightingId, ...]

    @property
    def claims(self) -> bool:
        """Whether something was claimed, which can be more or less certain."""
        return bool(self.said.type or self.said.model or self.said.countries)

    def begins_another(self, offer: Offer) -> bool:
        """Whether an offer is about another weapon: a second type is, and a second model."""
        named = self.said.model or self.said.type
        return bool((offer.facet == "type" and named) or (offer.facet == "model" and self.said.model))

    def with_said(self, offer: Offer) -> "Last":
        """The same after one more thing was said."""
        if offer.facet in (*HOW, *PARTICULARS):
            return self
        given = offer.tag
        values: dict[str, Any] = {name: value for name in _SAID if (value := getattr(given, name)) is not None}
        return replace(self, said=replace(self.said, **values, details={**self.said.details, **given.details}))
