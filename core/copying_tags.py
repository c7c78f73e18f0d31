"""Copying what is said of the weapons in one image, and saying it of others.

What belongs to one picture or one weapon alone stays behind: regions, notes, markings, the physical weapon.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, TypeVar

from core.archive import Archive
from core.claim_words import words_of
from core.claims import NOT_ASSESSED, Acquisition, Identification, Origin
from core.errors import Refused
from core.in_own_name import in_own_name
from core.looking import summaries
from core.offering import check_certainty, number_of_images
from core.records import ImageId, Sighting
from core.scope import Picture, scope_of
from core.store import claims, images, sightings

C = TypeVar("C", Identification, Origin, Acquisition)

DETAILS: Final = (
    "visible_part", "condition", "context", "quantity", "quantity_basis", "accessories", "modifications",
)  # fmt: skip
"""The details of a sighting that are copied."""
_READ_THERE: Final = "marking_read"  # the basis that holds for the very picture alone
_NAMED: Final = 2  # of more weapons than that, a label tells only the number


@dataclass(frozen=True, slots=True)
class Copied:
    """The weapons of an image; ``acquisitions`` are the preferred ones, each at its weapon's place."""

    image_id: ImageId
    weapons: tuple[Sighting, ...]
    acquisitions: tuple[Acquisition | None, ...]


def copy(archive: Archive, image_id: ImageId) -> Copied:
    """What the weapons that an image shows are said to be; none where nobody has said anything."""
    shown = [one for summary in summaries(archive, [image_id]) for one in summary.sightings]
    held = claims.of_sightings(archive.db, Acquisition, [one.id for one in shown], preferred_only=True)
    preferred = [next(iter(held.get(one.id, ())), None) for one in shown]
    said = [(one, route) for one, route in zip(shown, preferred, strict=True) if _says_something(one, route)]
    return Copied(image_id, tuple(one for one, _ in said), tuple(route for _, route in said))


def _says_something(weapon: Sighting, acquisition: Acquisition | None) -> bool:
    return bool(weapon.identification or weapon.origins or acquisition or _details(weapon))


def _details(weapon: Sighting) -> dict[str, Any]:
    return {name: value for name in DETAILS if (value := getattr(weapon, name)) not in ("", None)}


def paste(archive: Archive, image_ids: Sequence[ImageId], copied: Copied, *, certainty: str = NOT_ASSESSED) -> str:
    """Say of these images what was copied, in one action; returns its label.

    A weapon that a picture shows already is given what nobody has said of it, and keeps what is said; others are
    added.  So pasting twice changes nothing the second time.  What was seen and read on the other picture stays
    there, and what is pasted is as certain as ``certainty`` says.

    Raises:
        Refused: nothing was copied, it was said in a blind coding that an image does not belong to, or an image is not
            there any more or is being coded blind by others, or the certainty is not on the scale.
        ReadOnly: the archive is open for reading only.
    """
    check_certainty(certainty)
    if not copied.weapons:
        raise Refused("Nothing is said of the weapons in the image that was copied from.")
    scope = scope_of(archive, image_ids)
    secret = {weapon.coding_id for weapon in copied.weapons} - {None}
    if secret and any(picture.coding_id not in secret for picture in scope.pictures):
        raise Refused("What was said in a blind coding is not pasted outside of it; tag these images by themselves.")
    label = f"Paste onto {number_of_images(len(image_ids))}: {scope.told(_words(archive, copied))}"
    with archive.action(label):
        for picture in scope.pictures:
            _paste(archive, picture, copied, certainty)
        images.begin(archive.db, scope.counting)
    return label


def _paste(archive: Archive, picture: Picture, copied: Copied, certainty: str) -> None:
    free = list(picture.sightings)
    for weapon, acquisition in zip(copied.weapons, copied.acquisitions, strict=True):
        same = next((one for one in free if one.id == weapon.id), None)
        target = same or min((one for one in free if _fits(one, weapon)), key=_bareness, default=None)
        if target is not None:
            free.remove(target)
        route = None if acquisition is None else _elsewhere(acquisition, certainty)
        _give(archive, picture, target, _seen_elsewhere(weapon, certainty), route)


def _seen_elsewhere(weapon: Sighting, certainty: str) -> Sighting:
    """A weapon with what may be claimed of it on another picture."""
    claim = weapon.identification
    if claim is not None:
        claim = replace(_elsewhere(claim, certainty), features="", as_written="", look_alikes=())
    return replace(weapon, identification=claim, origins=tuple(_elsewhere(one, certainty) for one in weapon.origins))


def _elsewhere(claim: C, certainty: str) -> C:
    bases = tuple(basis for basis in claim.bases if basis != _READ_THERE)
    return replace(claim, bases=bases, certainty=certainty, source_id=None)


def _bareness(sighting: Sighting) -> int:
    """How little is said of a sighting: it is best to paste onto the one that says most of the same."""
    return -len(sighting.origins) - len(_details(sighting))


def _fits(held: Sighting, weapon: Sighting) -> bool:
    """Whether a sighting may be the weapon that was copied: nothing that is said of it contradicts that."""
    one, other = held.identification, weapon.identification
    if one is None or other is None:
        if one is not other:
            return False
    elif one.type != other.type or _contradicts(one, other.model):
        return False
    roles = ("design", "manufacture")
    return all(held.countries(role) in ((), weapon.countries(role)) or not weapon.countries(role) for role in roles)


def _contradicts(claim: Identification, model: str) -> bool:
    """Whether a claim names another model, or has excluded this one."""
    if not model:
        return False
    return claim.model not in ("", model) or model in {excluded.model for excluded in claim.look_alikes}


def _give(
    archive: Archive, picture: Picture, target: Sighting | None, weapon: Sighting, acquisition: Acquisition | None
) -> None:
    db, author = archive.db, archive.actor
    details = _details(weapon)
    if target is None:
        made = sightings.add(db, picture.image_id, author=author, coding_id=picture.coding_id, details=details)
        target = Sighting(made, picture.image_id)
    else:
        lacking = {name: value for name, value in details.items() if getattr(target, name) in ("", None)}
        if target.quantity is not None:
            lacking.pop("quantity_basis", None)
        sightings.change(db, target.id, lacking)
    _identify(archive, target, weapon.identification)
    for origin in weapon.origins:
        if not target.countries(origin.role):
            sightings.place_origin(db, target.id, origin, author)
    if acquisition is not None and not claims.of_sightings(db, Acquisition, [target.id]):
        claims.add(db, target.id, replace(acquisition, preferred=True), author)


def _identify(archive: Archive, target: Sighting, claim: Identification | None) -> None:
    """Say what a weapon is; of one that has a type without a model, say the model and keep what else is said.

    How certain somebody was of the type is not said of the model: such a claim stays as a rival.
    """
    held = target.identification
    if claim is None or (held is not None and (held.model or not claim.model)):
        return
    if held is None:
        sightings.identify(archive.db, target.id, claim, archive.actor)
        return
    own = in_own_name(held, archive.actor)
    named = {"model": claim.model, "level": claim.level, "variant": claim.variant, "calibre": claim.calibre}
    said: dict[str, Any] = {name: value for name, value in named.items() if name == "level" or not getattr(own, name)}
    merged = replace(own, **said, certainty=claim.certainty, preferred=True)
    if held.certainty in (NOT_ASSESSED, merged.certainty):
        claims.revise(archive.db, target.id, merged, held, archive.actor)
    else:
        claims.add(archive.db, target.id, merged, archive.actor)


def _words(archive: Archive, copied: Copied) -> str:
    """The weapons by name, or how many they are."""
    if len(copied.weapons) > _NAMED:
        return f"{len(copied.weapons)} weapons"
    return "; ".join(_weapon_words(archive, weapon) for weapon in copied.weapons)


def _weapon_words(archive: Archive, weapon: Sighting) -> str:
    said: list[Identification | Origin] = [weapon.identification] if weapon.identification else []
    said += weapon.origins
    return ", ".join(words_of(archive, claim).rsplit(", ", 1)[0] for claim in said) or "details"
