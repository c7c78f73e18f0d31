"""Claims in a few words, as the history's labels say them: "AKM, probable", "made in Hungary by FÉG"."""

from typing import TYPE_CHECKING

from core.archive import Archive
from core.claims import Acquisition, Identification, Marking, Origin

if TYPE_CHECKING:
    from core.store.claims import AnyClaim

_PLACED = {"design": "designed in", "manufacture": "made in"}


def words_of(archive: Archive, claim: "AnyClaim") -> str:
    """What a claim says, and how certain it is."""
    if isinstance(claim, Identification):
        said = _identification(archive, claim)
    elif isinstance(claim, Origin):
        said = _origin(archive, claim)
    elif isinstance(claim, Marking):
        said = f"“{claim.text}”" if claim.text else "nothing readable"
    else:
        said = _acquisition(archive, claim)
    return f"{said}, {claim.certainty}"


def _identification(archive: Archive, claim: Identification) -> str:
    named = archive.weapon_models.label(claim.model) if claim.model else archive.weapon_types.label(claim.type)
    return f"{named} {claim.variant}".strip()


def _origin(archive: Archive, claim: Origin) -> str:
    countries = " and ".join(archive.countries.label(country) for country in claim.countries)
    maker = f" by {claim.maker}" if claim.maker else ""
    return f"{_PLACED[claim.role]} {countries}{maker}"


def _acquisition(archive: Archive, claim: Acquisition) -> str:
    parts = [archive.vocabulary("route").label(claim.route)] if claim.route else []
    holders = archive.vocabulary("holder")
    parts += [f"from {holders.label(claim.from_party)}"] if claim.from_party else []
    parts += [f"to {holders.label(claim.holder)}"] if claim.holder else []
    return " ".join(parts) or "as noted"
