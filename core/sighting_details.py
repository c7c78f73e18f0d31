"""Sightings in detail: where in its image a weapon is, what of it is seen, in which state, and how many there are."""

from collections.abc import Mapping
from typing import Any, Final

from core.archive import Archive
from core.changeable import changeable, told
from core.errors import Refused
from core.offering import offered
from core.records import ImageId, Sighting, SightingId
from core.regions import Region
from core.store import claimed, claims, codings, images, sightings

CODES: Final = ("visible_part", "condition", "context", "quantity_basis")
"""The details that are codes, each of the vocabulary of its name."""
TEXTS: Final = ("accessories", "modifications", "note")
MOST: Final = 1_000_000
"""More weapons than that are not one sighting."""
_SHIFT: Final = 50  # a duplicate's region lies a fiftieth of the image aside


def add(
    archive: Archive, image_id: ImageId, *, region: Region | None = None, details: Mapping[str, Any] | None = None
) -> SightingId:
    """Record a weapon in an image, in a region of it or somewhere; nothing is said yet of what it is.

    ``details`` are as ``set_details`` takes them.  An image that is *new* becomes *in progress*, but in a blind coding,
    where the status stays.

    Raises:
        Refused: the image is not there any more, a detail cannot be said, or the image is being coded blind by others.
        ReadOnly: the archive is open for reading only.
    """
    _check_image(archive, image_id)
    said = _checked(archive, details or {})
    coding_id = codings.codings_for(archive.db, [image_id], archive.actor).get(image_id)
    with archive.action("Add a sighting with a region" if region else "Add a sighting"):
        if coding_id is None:
            images.begin(archive.db, [image_id])
        return sightings.add(
            archive.db, image_id, region=region, author=archive.actor, coding_id=coding_id, details=said
        )


def set_region(archive: Archive, sighting_id: SightingId, region: Region | None) -> None:
    """Say where in its image a sighting is, or with None that nobody says.

    Raises:
        Refused: it cannot be changed (see ``changeable``).
        ReadOnly: the archive is open for reading only.
    """
    held = changeable(archive, sighting_id)
    verb = "Remove" if region is None else "Move" if held.region else "Draw"
    with archive.action(f"{verb} the region of a sighting"):
        if region != held.region:
            sightings.set_region(archive.db, sighting_id, region)


def set_details(archive: Archive, sighting_id: SightingId, said: Mapping[str, Any]) -> str:
    """Give details of a sighting other values, in one action; returns its label.

    ``said`` is by the names of ``CODES`` and ``TEXTS`` and *quantity*; an empty text, or None for a quantity, takes a
    value away.  A quantity that is taken away takes its basis along.

    Raises:
        Refused: there is no such detail or value, or it cannot be changed (see ``changeable``).
        ReadOnly: the archive is open for reading only.
    """
    held = changeable(archive, sighting_id)
    values = _checked(archive, said, held)
    changed = {name: value for name, value in values.items() if value != getattr(held, name)}
    label = f"Details of a sighting: {told(held, ', '.join(_words(archive, changed)))}"
    with archive.action(label):
        sightings.change(archive.db, sighting_id, changed)
    return label


def duplicate(archive: Archive, sighting_id: SightingId) -> SightingId:
    """Record another weapon like this one, with its region a little aside.

    What is said of its details, its preferred identification, origins and acquisition is said of the new one too, by
    whoever duplicates it.  What belongs to one weapon alone is not: its markings, and which physical weapon it is.

    Raises:
        Refused: it cannot be changed (see ``changeable``).
        ReadOnly: the archive is open for reading only.
    """
    held = changeable(archive, sighting_id)
    details = {name: getattr(held, name) for name in (*CODES, *TEXTS, "quantity")}
    region = None if held.region is None else _aside(archive, held, held.region)
    (every,) = claimed.of_sightings(archive.db, [held])
    said: tuple[claims.AnyClaim, ...] = (*every.identifications, *every.origins, *every.acquisitions)
    with archive.action("Duplicate a sighting"):
        made = sightings.add(
            archive.db, held.image_id, region=region, author=archive.actor, coding_id=held.coding_id, details=details
        )
        for claim in said:
            if getattr(claim, "preferred", False):
                claims.add(archive.db, made, claim, archive.actor)
    return made


def _check_image(archive: Archive, image_id: ImageId) -> None:
    if images.get(archive.db, image_id) is None:
        raise Refused("This image is not in the archive any more.")


def _aside(archive: Archive, held: Sighting, region: Region) -> Region:
    """The region to the lower right, or to the upper left where the image ends."""
    image = images.get(archive.db, held.image_id)
    assert image is not None
    width, height = image.facts.upright_width_px, image.facts.upright_height_px
    if not width or not height:  # it cannot be decoded, so nobody sees where the region lies
        return region
    dx, dy = max(width // _SHIFT, 1), max(height // _SHIFT, 1)
    moved = region.moved_px(dx, dy, width, height)
    return region.moved_px(-dx, -dy, width, height) if moved == region else moved


def _checked(archive: Archive, said: Mapping[str, Any], held: Sighting | None = None) -> dict[str, Any]:
    """Details as they are stored.

    Raises:
        Refused: there is no such detail or value.
    """
    values = {name: _value(archive, name, value, held) for name, value in said.items()}
    if "quantity" in values and values["quantity"] is None:
        values["quantity_basis"] = ""
    elif values.get("quantity_basis") and not values.get("quantity", held.quantity if held else None):
        raise Refused("A basis of a quantity needs the quantity.")
    return values


def _value(archive: Archive, name: str, value: Any, held: Sighting | None) -> Any:
    if name in TEXTS:
        return str(value).strip()
    if name == "quantity":
        return _quantity(value)
    if name not in CODES:
        raise Refused(f"A sighting has no detail “{name}”; there are {', '.join((*CODES, 'quantity', *TEXTS))}.")
    if value and (held is None or value != getattr(held, name)):
        offered(archive, name, value)
    return value


def _quantity(value: Any) -> int | None:
    if value is None:
        return None
    if not isinstance(value, int) or not 1 <= value <= MOST:
        raise Refused(f"A quantity is a whole number from 1 to {MOST:,}.")
    return value


def _words(archive: Archive, said: Mapping[str, Any]) -> list[str]:
    """Details in words: "context: held", "quantity: 3"; of texts that they are written."""
    found = []
    for name, value in said.items():
        shown = archive.vocabulary(name).label(value) if name in CODES and value else value
        what = name.replace("_", " ")
        found.append(what if name in TEXTS else f"{what}: {shown or 'none'}")
    return found
