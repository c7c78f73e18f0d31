"""Excluding a model: that it was considered and what speaks against it is part of an identification."""

from dataclasses import replace

from core import identifying
from core.archive import Archive
from core.changeable import changeable
from core.claims import UNKNOWN_TYPE, ClaimId, Identification, LookAlike
from core.errors import Refused
from core.records import SightingId
from core.store import claims


def exclude(archive: Archive, sighting_id: SightingId, model: str, reason: str) -> ClaimId:
    """Say of a sighting that it is not this model, and why, in one action; the identification that now says so.

    It is said in the own identification, the preferred one before others.  Where all are others' it is said in one of
    one's own beside the preferred, which says the same else; where there is none, in one that says no more.

    Raises:
        Refused: the reason is missing, it is the very model that the identification names, or the sighting cannot be
            changed.
        ReadOnly: the archive is open for reading only.
    """
    changeable(archive, sighting_id)
    if not reason.strip():
        raise Refused("Say what speaks against it: a model that is excluded without a reason helps nobody later.")
    held = claims.of_sightings(archive.db, Identification, [sighting_id]).get(sighting_id, [])
    held.sort(key=lambda one: (one.author != archive.actor, not one.preferred, -one.id))
    before = held[0] if held else Identification(UNKNOWN_TYPE, level="none")
    others = tuple(one for one in before.look_alikes if one.model != model)
    claim = replace(before, look_alikes=(*others, LookAlike(model, reason)))
    if held and before.author == archive.actor:
        return identifying.change(archive, claim)
    return identifying.add(archive, sighting_id, replace(claim, preferred=not held, id=ClaimId(0)))
