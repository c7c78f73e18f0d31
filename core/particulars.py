"""Particulars of a weapon that a few letters say: how many there are, which variant, how written, which serial."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from core.archive import Archive
from core.checking import checked
from core.claims import Identification, Marking
from core.errors import Refused
from core.offering import number_of_images, offered
from core.records import ImageId, Sighting, SightingId
from core.scope import Picture, scope_of
from core.sighting_details import MOST
from core.store import claims, images, sightings
from core.tagging import TagReport


@dataclass(frozen=True, slots=True)
class Particulars:
    """What to say of a weapon; None says nothing.

    ``quantity`` is counted as ``quantity_basis`` says.  ``variant``, ``as_written`` and ``level`` belong to its
    identification, so they need one.  ``serial`` is a marking that was read, with ``?`` and ``*`` for what was not.
    """

    quantity: int | None = None
    quantity_basis: str = "exact"
    variant: str | None = None
    as_written: str | None = None
    level: str | None = None
    serial: str | None = None
    certainty: str | None = None


def say(
    archive: Archive, image_ids: Sequence[ImageId], said: Particulars, *, onto: Sequence[SightingId] | None = None
) -> TagReport:
    """Say particulars of the weapon in each image, in one action.

    It is one of ``onto`` that the picture shows, or else its newest one.  Where there is none, a sighting is added.

    Raises:
        Refused: a value cannot be said, there is no identification that a variant could belong to, or an image is not
            there any more or is being coded blind by others.
        ReadOnly: the archive is open for reading only.
    """
    marking = _checked_marking(archive, said)
    _check_quantity(archive, said)
    scope = scope_of(archive, image_ids)
    targets = [_target(picture, onto) for picture in scope.pictures]
    identified = [_identified(archive, target, said) for target in targets]
    words = scope.told(", ".join(_words(archive, said)))
    label = f"Tag {number_of_images(len(image_ids))}: {words}"
    found: list[SightingId] = []
    with archive.action(label):
        for picture, target, identification in zip(scope.pictures, targets, identified, strict=True):
            sighting_id = target.id if target else _add(archive, picture)
            if said.quantity is not None:
                values = {"quantity": said.quantity, "quantity_basis": said.quantity_basis}
                sightings.change(archive.db, sighting_id, values)
            if identification is not None:
                sightings.identify(archive.db, sighting_id, identification, archive.actor)
            if marking is not None and not _has_marking(archive, sighting_id, marking):
                claims.add(archive.db, sighting_id, marking, archive.actor)
            found.append(sighting_id)
        images.begin(archive.db, scope.counting)
    return TagReport(label, len(image_ids), tuple(found))


def _add(archive: Archive, picture: Picture) -> SightingId:
    return sightings.add(archive.db, picture.image_id, author=archive.actor, coding_id=picture.coding_id)


def _target(picture: Picture, onto: Sequence[SightingId] | None) -> Sighting | None:
    shown = picture.sightings
    if onto is not None:
        return next((sighting for sighting in shown if sighting.id in set(onto)), None)
    return max(shown, key=lambda sighting: sighting.id, default=None)


def _identified(archive: Archive, target: Sighting | None, said: Particulars) -> Identification | None:
    """The target's identification with what is said of it, None where nothing is."""
    given: dict[str, Any] = {"variant": said.variant, "as_written": said.as_written, "level": said.level}
    given = {name: value for name, value in given.items() if value is not None}
    if not given:
        return None
    held = target.identification if target else None
    if held is None:
        raise Refused(
            "Say first which weapon type or model it is; a variant, a level or how it is written goes with it."
        )
    if said.variant == "" and held.variant and said.level is None:
        given["level"] = ""  # it follows from the model again
    changed = checked(archive, replace(held, **given), held)
    assert isinstance(changed, Identification)
    return changed


def _checked_marking(archive: Archive, said: Particulars) -> Marking | None:
    if said.serial is None:
        return None
    marking = checked(archive, Marking(said.serial, kind="serial", certainty=said.certainty or "unknown"))
    assert isinstance(marking, Marking)
    return marking


def _check_quantity(archive: Archive, said: Particulars) -> None:
    if said.quantity is not None:
        if not 1 <= said.quantity <= MOST:
            raise Refused(f"A quantity is a whole number from 1 to {MOST:,}.")
        offered(archive, "quantity_basis", said.quantity_basis)


def _has_marking(archive: Archive, sighting_id: SightingId, marking: Marking) -> bool:
    held = claims.of_sightings(archive.db, Marking, [sighting_id]).get(sighting_id, [])
    return any((one.text, one.kind) == (marking.text, marking.kind) for one in held)


def _words(archive: Archive, said: Particulars) -> list[str]:
    parts = []
    if said.quantity is not None:
        basis = archive.vocabulary("quantity_basis").label(said.quantity_basis)
        parts.append(f"quantity: {said.quantity:,} ({basis})")
    named = (("variant", said.variant), ("as written", said.as_written), ("level", said.level), ("serial", said.serial))
    return parts + [f"{name}: {value or 'none'}" for name, value in named if value is not None]
