"""Copying what is said of the weapons in one image, and saying it of others.

What belongs to one picture or one weapon alone stays behind: regions, notes, markings, the physical weapon.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from core.archive import Archive
from core.claim_words import words_of
from core.claims import Acquisition, Identification, Origin
from core.errors import Refused
from core.looking import summaries
from core.offering import number_of_images
from core.records import ImageId, Sighting
from core.scope import Picture, scope_of
from core.store import claims, images, sightings

DETAILS: Final = (
    "visible_part", "condition", "context", "quantity", "quantity_basis", "accessories", "modifications",
)  # fmt: skip
"""The details of a sighting that are copied."""
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


def paste(archive: Archive, image_ids: Sequence[ImageId], copied: Copied) -> str:
    """Say of these images what was copied, in one action; returns its label.

    A weapon that a picture shows already is given what nobody has said of it, and keeps what is said; others are
    added.  So pasting twice changes nothing the second time.

    Raises:
        Refused: nothing was copied, it was said in a blind coding that an image does not belong to, or an image is not
            there any more or is being coded blind by others.
        ReadOnly: the archive is open for reading only.
    """
    if not copied.weapons:
        raise Refused("Nothing is said of the weapons in the image that was copied from.")
    scope = scope_of(archive, image_ids)
    secret = {weapon.coding_id for weapon in copied.weapons} - {None}
    if secret and any(picture.coding_id not in secret for picture in scope.pictures):
        raise Refused("What was said in a blind coding is not pasted outside of it; tag these images by themselves.")
    label = f"Paste onto {number_of_images(len(image_ids))}: {scope.told(_words(archive, copied))}"
    with archive.action(label):
        for picture in scope.pictures:
            _paste(archive, picture, copied)
        images.begin(archive.db, scope.counting)
    return label


def _paste(archive: Archive, picture: Picture, copied: Copied) -> None:
    free = list(picture.sightings)
    for weapon, acquisition in zip(copied.weapons, copied.acquisitions, strict=True):
        same = next((one for one in free if one.id == weapon.id), None)
        target = same or min((one for one in free if _fits(one, weapon)), key=_bareness, default=None)
        if target is not None:
            free.remove(target)
        _give(archive, picture, target, weapon, acquisition)


def _bareness(sighting: Sighting) -> int:
    """How little is said of a sighting: it is best to paste onto the one that says most of the same."""
    return -len(sighting.origins) - len(_details(sighting))


def _fits(held: Sighting, weapon: Sighting) -> bool:
    """Whether a sighting may be the weapon that was copied: nothing that is said of it contradicts that."""
    one, other = held.identification, weapon.identification
    if one is None or other is None:
        if one is not other:
            return False
    elif one.type != other.type or (one.model and other.model and one.model != other.model):
        return False
    roles = ("design", "manufacture")
    return all(held.countries(role) in ((), weapon.countries(role)) or not weapon.countries(role) for role in roles)


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
    claim = weapon.identification
    if claim is not None and _adds(target.identification, claim):
        sightings.identify(db, target.id, claim, author)
    for origin in weapon.origins:
        if not target.countries(origin.role):
            sightings.place_origin(db, target.id, origin, author)
    if acquisition is not None and not claims.of_sightings(db, Acquisition, [target.id]):
        claims.add(db, target.id, replace(acquisition, preferred=True), author)


def _adds(held: Identification | None, claim: Identification) -> bool:
    return held is None or (not held.model and bool(claim.model))


def _words(archive: Archive, copied: Copied) -> str:
    """The weapons by name, or how many they are."""
    if len(copied.weapons) > _NAMED:
        return f"{len(copied.weapons)} weapons"
    return "; ".join(_weapon_words(archive, weapon) for weapon in copied.weapons)


def _weapon_words(archive: Archive, weapon: Sighting) -> str:
    said: list[Identification | Origin] = [weapon.identification] if weapon.identification else []
    said += weapon.origins
    return ", ".join(words_of(archive, claim).rsplit(", ", 1)[0] for claim in said) or "details"
