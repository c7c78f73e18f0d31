"""A sighting with all claims about it as JSON values, in the export and on the command line alike."""

from dataclasses import asdict
from typing import Any, Final

from core.claims import Acquisition, Identification, Marking, Origin, Review
from core.store.claimed import Claimed

_REGION: Final = ("x_e6", "y_e6", "width_e6", "height_e6")
_DETAILS: Final = (
    "visible_part", "condition", "context", "quantity", "quantity_basis", "weapon_id", "accessories", "modifications",
    "note", "author",
)  # fmt: skip


def sighting_value(claimed: Claimed) -> dict[str, Any]:
    """A sighting as a JSON object; README.md beside this file says what is in it."""
    sighting = claimed.sighting
    region = sighting.region
    return {
        "id": sighting.id,
        "region": None if region is None else {name: getattr(region, name) for name in _REGION},
        **{name: getattr(sighting, name) for name in _DETAILS},
        "identifications": [_said(claim) for claim in claimed.identifications],
        "origins": [_said(claim) for claim in claimed.origins],
        "acquisitions": [_said(claim) for claim in claimed.acquisitions],
        "markings": [_said(claim) for claim in claimed.markings],
        "reviews": [_said(review) for review in claimed.reviews],
    }


def _said(claim: Identification | Origin | Acquisition | Marking | Review) -> dict[str, Any]:
    return {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(claim).items()}
