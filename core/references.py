"""References: the best labelled regions of this archive to hold an unknown weapon against, and models to try."""

from dataclasses import dataclass
from typing import Final

from core import looking
from core.archive import Archive
from core.claims import Identification
from core.records import ImageId, Sighting, SightingId
from core.store import claims, codings, references, sightings
from core.vocabularies import Vocabulary

MOST: Final = 24
SAID, LOOK_ALIKE, RIVAL, FREQUENT = "said", "look_alike", "rival", "frequent"
"""Why a model is a candidate: it is what is said, it looks like that, a rival says it, the archive has many."""
_CANDIDATES: Final = 24
_UNKNOWN_TYPES: Final = ("", "UNK")


@dataclass(frozen=True, slots=True)
class Reference:
    """A sighting with a region; ``confirmed`` by its reviewers, ``covered`` as a graphic picture."""

    sighting: Sighting
    confirmed: bool
    covered: bool


@dataclass(frozen=True, slots=True)
class Candidate:
    """A model that something may be; ``excluded`` says that it was considered and excluded, with the ``reason``."""

    model: str
    why: str
    excluded: bool = False
    reason: str = ""


def best(
    archive: Archive, *, model: str = "", weapon_type: str = "", but: ImageId | None = None, most: int = MOST
) -> tuple[Reference, ...]:
    """The best labelled regions of a model, or of a type where no model is given; one of each picture.

    What reviewers confirmed comes first, then the more certain, then the larger.  A family takes its members along, a
    model its variants, a type those below it.  Of the picture that the image ``but`` shows there is none.
    """
    column = "model" if model else "type"
    codes = _members(archive.weapon_models, model) if model else _below(archive.weapon_types, weapon_type)
    found = references.labelled(archive.db, column, codes, but=but, most=most)
    held = sightings.of_images(archive.db, list(dict.fromkeys(image_id for _, image_id, _ in found)))
    covered = looking.covered(archive, list(held))
    by_id = {sighting.id: sighting for several in held.values() for sighting in several}
    return tuple(
        Reference(by_id[sighting_id], confirmed, image_id in covered) for sighting_id, image_id, confirmed in found
    )


def candidates(archive: Archive, sighting_id: SightingId | None) -> tuple[Candidate, ...]:
    """The models to hold a sighting against, the likeliest first; for what is no sighting yet, the most frequent."""
    said, rivals = _claims(archive, sighting_id)
    own = [said.model] if said is not None and said.model else []
    types = _types(archive.weapon_types, said.type) if said is not None else []
    why = dict.fromkeys(own, SAID)
    for reason, models in (
        (LOOK_ALIKE, references.look_alikes(archive.db, own)),
        (RIVAL, [rival.model for rival in rivals if rival.model]),
        (FREQUENT, references.frequent_models(archive.db, types, most=_CANDIDATES)),
    ):
        for model in models:
            why.setdefault(model, reason)
    every = [said, *rivals] if said is not None else rivals
    excluded = {one.model: one.reason for claim in every for one in claim.look_alikes}
    shown = [model for model in why if model in archive.weapon_models][:_CANDIDATES]
    return tuple(Candidate(model, why[model], model in excluded, excluded.get(model, "")) for model in shown)


def look_alikes(archive: Archive, model: str) -> tuple[str, ...]:
    """The models that look like this one, whichever of the two the library says it of."""
    found = references.look_alikes(archive.db, [model])
    return tuple(other for other in found if other in archive.weapon_models)


def _claims(archive: Archive, sighting_id: SightingId | None) -> tuple[Identification | None, list[Identification]]:
    """The preferred identification of a sighting, and its rivals; none of what must not be read yet."""
    if sighting_id is None or not codings.is_readable(archive.db, sighting_id, archive.actor):
        return None, []
    held = claims.of_sightings(archive.db, Identification, [sighting_id]).get(sighting_id, [])
    return next((one for one in held if one.preferred), None), [one for one in held if not one.preferred]


def _types(types: Vocabulary, code: str) -> list[str]:
    return [] if code in _UNKNOWN_TYPES else _below(types, code)


def _below(terms: Vocabulary, code: str) -> list[str]:
    """A term with all that stand under it."""
    found = [code]
    for one in found:
        found.extend(child.code for child in terms.children(one) if child.code not in found)
    return found


def _members(models: Vocabulary, code: str) -> list[str]:
    """A model with its variants, a family with its members: what was only developed from a model is another one."""
    if code not in models or models.get(code).attributes.get("level") == "family":
        return _below(models, code)
    found = [code]
    for one in found:
        variants = (child for child in models.children(one) if child.attributes.get("level") == "variant")
        found.extend(child.code for child in variants if child.code not in found)
    return found
