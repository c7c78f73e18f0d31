"""One small function for each thing that the user can say of a single sighting; as in ``operations``."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QCoreApplication

from core import excluding, identifying, physical_weapons, settling_sightings, sighting_details
from core.blind_coding.joining_identifications import Side
from core.records import ImageId, SightingId
from core.regions import Region
from gui.runner import Pace, Task
from gui.session import Session

Done = Callable[[Any], None]
Failed = Callable[[Exception], None]


def _tr(text: str) -> str:
    return QCoreApplication.translate("operations", text)


def _write(
    session: Session,
    title: str,
    function: Callable[[Any], Any],
    on_done: Done | None = None,
    on_failed: Failed | None = None,
) -> Task | None:
    return session.write(title, lambda archive, _: function(archive), on_done, on_failed=on_failed, pace=Pace.BRIEF)


def add_sighting(session: Session, image: ImageId, region: Region, on_done: Done) -> Task | None:
    """Record a weapon in a region of an image; ``on_done`` gets the sighting's id."""
    return _write(
        session,
        _tr("Adding a sighting"),
        lambda archive: sighting_details.add(archive, image, region=region),
        on_done,
    )


def set_region(session: Session, sighting: SightingId, region: Region | None) -> Task | None:
    """Say where in its image a sighting is."""
    return _write(
        session, _tr("Moving a region"), lambda archive: sighting_details.set_region(archive, sighting, region)
    )


def duplicate_sighting(session: Session, sighting: SightingId, on_done: Done | None = None) -> Task | None:
    """Record another weapon like this one; ``on_done`` gets the new sighting's id."""
    return _write(
        session,
        _tr("Duplicating a sighting"),
        lambda archive: sighting_details.duplicate(archive, sighting),
        on_done,
    )


def set_details(
    session: Session, sighting: SightingId, said: Mapping[str, Any], on_failed: Failed | None = None
) -> Task | None:
    """Give details of a sighting other values."""
    return _write(
        session,
        _tr("Describing a sighting"),
        lambda archive: sighting_details.set_details(archive, sighting, said),
        on_failed=on_failed,
    )


def add_claim(
    session: Session, sighting: SightingId, claim: Any, on_done: Done | None = None, on_failed: Failed | None = None
) -> Task | None:
    """Claim something of a sighting; ``on_done`` gets the claim's id."""
    return _write(
        session,
        _tr("Adding a claim"),
        lambda archive: identifying.add(archive, sighting, claim),
        on_done,
        on_failed,
    )


def change_claim(
    session: Session, claim: Any, on_done: Done | None = None, on_failed: Failed | None = None
) -> Task | None:
    """Have an own claim say something else."""
    return _write(
        session, _tr("Changing a claim"), lambda archive: identifying.change(archive, claim), on_done, on_failed
    )


def exclude_model(
    session: Session, sighting: SightingId, model: str, reason: str, on_done: Done | None = None
) -> Task | None:
    """Say of a sighting that it is not a model, and why; ``on_done`` gets the id of the identification that says so."""
    return _write(
        session,
        _tr("Excluding a model"),
        lambda archive: excluding.exclude(archive, sighting, model, reason),
        on_done,
    )


def remove_claim(session: Session, claim: Any) -> Task | None:
    """Take a claim away."""
    return _write(session, _tr("Removing a claim"), lambda archive: identifying.remove(archive, type(claim), claim.id))


def prefer_claim(session: Session, claim: Any) -> Task | None:
    """Make a claim the preferred one of its kind."""
    return _write(
        session, _tr("Preferring a claim"), lambda archive: identifying.prefer(archive, type(claim), claim.id)
    )


def link_weapon(session: Session, sighting: SightingId, label: str, on_failed: Failed | None = None) -> Task | None:
    """Say by name which physical weapon a sighting is: a new name is a new weapon, none takes the link away."""
    return _write(
        session,
        _tr("Linking a weapon"),
        lambda archive: physical_weapons.link_by_name(archive, label, sighting),
        on_failed=on_failed,
    )


def settle_sightings(session: Session, kept: SightingId, other: SightingId, chosen: Mapping[str, Side]) -> Task | None:
    """Say that two sightings of copies are the same weapon; the status bar says which."""
    return _write(
        session,
        _tr("Settling sightings"),
        lambda archive: settling_sightings.settle(archive, kept, other, chosen),
        session.message.emit,
    )


def settle_agreeing(session: Session, images: Sequence[ImageId]) -> Task | None:
    """Settle what agrees in everything among copies of these images; the status bar says how many."""

    def told(count: int) -> None:
        words = _tr("Settled 1 pair of sightings") if count == 1 else _tr("Settled %1 pairs of sightings")
        session.message.emit(words.replace("%1", f"{count:,}"))

    return session.write(
        _tr("Settling sightings"),
        lambda archive, job: settling_sightings.settle_agreeing(archive, images, job=job),
        told,
    )


def tell_apart(session: Session, one: SightingId, other: SightingId) -> Task | None:
    """Say that two sightings of copies are two weapons."""
    return _write(
        session, _tr("Telling sightings apart"), lambda archive: settling_sightings.tell_apart(archive, one, other)
    )


def separate(session: Session, sighting: SightingId) -> Task | None:
    """Have a sighting that was settled into another count by itself again."""
    return _write(session, _tr("Separating sightings"), lambda archive: settling_sightings.separate(archive, sighting))
