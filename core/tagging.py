"""Tagging: giving images a weapon type and countries, which is adding a sighting without a region.

A tag holds for the whole group of an image, so an image is looked at together with its copies: what one of them
has already is not added to another, or one weapon would be counted twice.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from core.archive import Archive
from core.errors import Refused
from core.records import (
    CERTAINTIES,
    ROLES,
    STATUSES,
    Identification,
    ImageId,
    Origin,
    Sighting,
    SightingId,
)
from core.store import images, sightings

NOT_ASSESSED = "unknown"


@dataclass(frozen=True, slots=True)
class Tag:
    """What to say of the weapon in an image; None says nothing.

    ``type`` is a code of the weapon type tree, ``design`` and ``manufacture`` are codes of countries.  ``certainty``
    goes with all that is said; where it is None, new claims are *unknown* and equal ones stay as they are.
    """

    type: str | None = None
    design: str | None = None
    manufacture: str | None = None
    certainty: str | None = None
    note: str | None = None

    @property
    def countries(self) -> tuple[tuple[str, str], ...]:
        """The countries that it names, each with its role."""
        given = zip(ROLES, (self.design, self.manufacture), strict=True)
        return tuple((role, country) for role, country in given if country is not None)


@dataclass(frozen=True, slots=True)
class TagReport:
    """What tagging did: its words, and the sighting that it found or made in each picture."""

    label: str
    images: int
    sightings: tuple[SightingId, ...]


@dataclass(frozen=True, slots=True)
class TagValue:
    """A value that some of several images have: ``count`` of them; ``facet`` is type, design or manufacture."""

    facet: str
    code: str
    label: str
    count: int


def tag(
    archive: Archive, image_ids: Sequence[ImageId], said: Tag, *, onto: Sequence[SightingId] | None = None
) -> TagReport:
    """Say something of the weapon in each image, in one action.

    It goes onto a sighting that the picture has already: one of ``onto``, or one of that type that says nothing
    else of the countries (best one that says them), or, where no type is said, the newest.  Where there is none, a
    sighting is added.

    Raises:
        Refused: nothing is said, or with a value that is not in the vocabularies, or an image is not there any more.
        ReadOnly: the archive is open for reading only.
    """
    _check(archive, said)
    if len(images.hashes(archive.db, image_ids)) < len(set(image_ids)):
        raise Refused("Not all of these images are in the archive any more; select them again.")
    label = f"Tag {_number(len(image_ids))}: {describe(archive, said)}"
    found: list[SightingId] = []
    with archive.action(label):
        seen: set[ImageId] = set()
        groups = sightings.siblings(archive.db, image_ids)
        held = sightings.of_images(archive.db, list({other for group in groups.values() for other in group}))
        for image_id in image_ids:
            if image_id in seen:
                continue
            seen.update(groups[image_id])
            shown = [sighting for other in groups[image_id] for sighting in held[other]]
            target = _target(shown, said, onto)
            sighting_id = target.id if target else sightings.add(archive.db, image_id, said.note or "")
            _say(archive, sighting_id, target, said)
            found.append(sighting_id)
    return TagReport(label, len(image_ids), tuple(found))


def _check(archive: Archive, said: Tag) -> None:
    if said.type is None and not said.countries and said.note is None:
        raise Refused("A tag needs at least a weapon type, a country or a note.")
    if said.type is not None:
        archive.weapon_types.get(said.type)
    for _, country in said.countries:
        archive.countries.get(country)
    if said.certainty is not None:
        check_certainty(said.certainty)


def check_certainty(certainty: str) -> None:
    """Refuse what is not on the scale of certainty.

    Raises:
        Refused: it is not.
    """
    if certainty not in CERTAINTIES:
        raise Refused(f"There is no certainty “{certainty}”; there are {', '.join(CERTAINTIES)}.")


def _target(shown: Sequence[Sighting], said: Tag, onto: Sequence[SightingId] | None) -> Sighting | None:
    if onto is not None:
        return next((sighting for sighting in shown if sighting.id in set(onto)), None)
    if said.type is None:
        return max(shown, key=lambda sighting: sighting.id, default=None)
    fitting = (sighting for sighting in shown if _fits(sighting, said))
    return min(fitting, key=lambda one: sum(one.country(role) is None for role, _ in said.countries), default=None)


def _fits(sighting: Sighting, said: Tag) -> bool:
    if sighting.identification is None or sighting.identification.type != said.type:
        return False
    return all(sighting.country(role) in (None, country) for role, country in said.countries)


def _say(archive: Archive, sighting_id: SightingId, target: Sighting | None, said: Tag) -> None:
    if said.type is not None:
        held = target.identification if target else None
        certainty = held.certainty if held and held.type == said.type else NOT_ASSESSED
        claim = Identification(said.type, said.certainty or certainty)
        sightings.identify(archive.db, sighting_id, claim, archive.actor)
    for role, country in said.countries:
        origin = next((one for one in target.origins if one.role == role), None) if target else None
        certainty = origin.certainty if origin and origin.country == country else NOT_ASSESSED
        sightings.place_origin(
            archive.db, sighting_id, Origin(role, country, said.certainty or certainty), archive.actor
        )
    if said.note is not None and target is not None:
        sightings.set_note(archive.db, sighting_id, said.note)


def untag(archive: Archive, image_ids: Sequence[ImageId], facet: str, code: str) -> int:
    """Take a value away from the tags shown for these images, in one action; from how many sightings.

    What somebody else said before it comes forward again.  A sighting of which nothing is left is taken away as a
    whole.

    Raises:
        ReadOnly: the archive is open for reading only.
    """
    label = f"Untag {_number(len(image_ids))}: {_value(archive, facet, code)}"
    with archive.action(label):
        shown = [sighting for sighting in _shown(archive, image_ids) if _has(sighting, facet, code)]
        for sighting in shown:
            if facet == "type":
                sightings.forget_identification(archive.db, sighting.id)
            else:
                sightings.forget_origin(archive.db, sighting.id, facet)
            left = sightings.get(archive.db, sighting.id)
            if left is not None and left.identification is None and not left.origins and not left.note:
                sightings.remove(archive.db, sighting.id)
    return len(shown)


def remove(archive: Archive, sighting_ids: Sequence[SightingId]) -> None:
    """Take whole sightings away, in one action.

    Raises:
        ReadOnly: the archive is open for reading only.
    """
    with archive.action(f"Remove {len(sighting_ids)} sighting{'s' * (len(sighting_ids) != 1)}"):
        for sighting_id in sighting_ids:
            sightings.remove(archive.db, sighting_id)


def set_certainty(archive: Archive, sighting_ids: Sequence[SightingId], certainty: str) -> None:
    """Give all that is said of these sightings a certainty, in one action.

    Raises:
        Refused: it is not on the scale.
        ReadOnly: the archive is open for reading only.
    """
    check_certainty(certainty)
    with archive.action(f"Certainty {certainty}: {len(sighting_ids)} sighting{'s' * (len(sighting_ids) != 1)}"):
        for sighting_id in sighting_ids:
            held = sightings.get(archive.db, sighting_id)
            if held is None:
                continue
            if held.identification is not None:
                claim = Identification(held.identification.type, certainty)
                sightings.identify(archive.db, sighting_id, claim, archive.actor)
            for origin in held.origins:
                changed = Origin(origin.role, origin.country, certainty)
                sightings.place_origin(archive.db, sighting_id, changed, archive.actor)


def set_note(archive: Archive, sighting_id: SightingId, note: str) -> None:
    """Give a sighting its note.

    Raises:
        ReadOnly: the archive is open for reading only.
    """
    with archive.action("Note on a sighting"):
        sightings.set_note(archive.db, sighting_id, note)


def set_status(archive: Archive, image_ids: Sequence[ImageId], status: str) -> None:
    """Give images a status, in one action.

    Raises:
        Refused: there is no such status.
        ReadOnly: the archive is open for reading only.
    """
    if status not in STATUSES:
        raise Refused(f"There is no status “{status}”; there are {', '.join(STATUSES)}.")
    with archive.action(f"Status {status.replace('_', ' ')}: {_number(len(image_ids))}"):
        images.set_status(archive.db, image_ids, status)


def set_image_notes(archive: Archive, image_id: ImageId, notes: str) -> None:
    """Give an image its notes.

    Raises:
        ReadOnly: the archive is open for reading only.
    """
    with archive.action("Notes on an image"):
        images.set_notes(archive.db, image_id, notes)


def values(archive: Archive, image_ids: Sequence[ImageId]) -> list[TagValue]:
    """Every value that any of these images shows, and how many of them do; types first, most images first."""
    groups = sightings.siblings(archive.db, image_ids)
    held = sightings.of_images(archive.db, list({other for group in groups.values() for other in group}))
    counts: dict[tuple[str, str], int] = {}
    for image_id in image_ids:
        for value in {value for other in groups[image_id] for sighting in held[other] for value in _said(sighting)}:
            counts[value] = counts.get(value, 0) + 1
    found = [TagValue(facet, code, _value(archive, facet, code), count) for (facet, code), count in counts.items()]
    return sorted(found, key=lambda value: (value.facet != "type", value.facet, -value.count, value.label))


def describe(archive: Archive, said: Tag) -> str:
    """A tag in words: "assault rifle, made in Hungary, probable"."""
    parts = [_value(archive, "type", said.type)] if said.type else []
    parts += [_value(archive, role, country) for role, country in said.countries]
    parts += [said.certainty] if said.certainty else []
    parts += ["note"] if said.note is not None else []
    return ", ".join(parts)


def _value(archive: Archive, facet: str, code: str) -> str:
    if facet == "type":
        return archive.weapon_types.label(code)
    return f"{'designed' if facet == 'design' else 'made'} in {archive.countries.label(code)}"


def _said(sighting: Sighting) -> list[tuple[str, str]]:
    said = [("type", sighting.identification.type)] if sighting.identification else []
    return said + [(origin.role, origin.country) for origin in sighting.origins]


def _has(sighting: Sighting, facet: str, code: str) -> bool:
    return (facet, code) in _said(sighting)


def _shown(archive: Archive, image_ids: Sequence[ImageId]) -> list[Sighting]:
    groups = sightings.siblings(archive.db, image_ids)
    held = sightings.of_images(archive.db, sorted({other for group in groups.values() for other in group}))
    return [sighting for found in held.values() for sighting in found]


def _number(count: int) -> str:
    return "1 image" if count == 1 else f"{count:,} images"
