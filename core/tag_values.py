"""The values that several images show between them: how many have each, and taking one away from all of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from core import describing
from core.archive import Archive
from core.facets import DETAILS, FACETS, Facet, Of
from core.in_own_name import in_own_name
from core.offering import number_of_images, value_words
from core.records import Description, ImageId, Sighting, SightingId
from core.scope import scope_of
from core.store import claims, codings, descriptions, sightings
from core.tagging import Tag, tag


@dataclass(frozen=True, slots=True)
class TagValue:
    """A value that some of several images have: ``count`` of them; ``facet`` is one of ``facets.FACETS``."""

    facet: str
    code: str
    label: str
    count: int


def values(archive: Archive, image_ids: Sequence[ImageId]) -> list[TagValue]:
    """Every value that any of these images shows, and how many of them do; in the facets' order, most images first."""
    groups = sightings.siblings(archive.db, image_ids)
    everyone = list({other for group in groups.values() for other in group})
    held = sightings.of_images(archive.db, everyone, coder=archive.actor)
    described = descriptions.of_images(archive.db, image_ids)
    counts: dict[tuple[str, str], int] = {}
    for image_id in image_ids:
        shown = {
            value for other in groups[image_id] for sighting in held[other] for value in said_of_sighting(sighting)
        }
        for value in shown | set(said_of_image(described[image_id])):
            counts[value] = counts.get(value, 0) + 1
    found = [TagValue(facet, code, value_words(archive, facet, code), count) for (facet, code), count in counts.items()]
    order = list(FACETS)
    return sorted(found, key=lambda value: (order.index(value.facet), -value.count, value.label))


def untag(
    archive: Archive,
    image_ids: Sequence[ImageId],
    facet: str,
    code: str,
    *,
    onto: Sequence[SightingId] | None = None,
) -> int:
    """Take a value away from what is shown for these images, in one action; from how many sightings or images.

    What somebody else said before it comes forward again; what another said, or a reviewer has decided on, is kept as
    a rival.  A sighting of which nothing is left, rivals and markings included, is taken away as a whole.  What is
    said of weapons is taken away from the sightings ``onto`` alone, where they are given; in a blind coding, from the
    coder's own.

    Raises:
        Refused: an image is not there any more or is being coded blind by others.
        ReadOnly: the archive is open for reading only.
    """
    scope = scope_of(archive, image_ids)
    what = scope.told(value_words(archive, facet, code))
    with archive.action(f"Untag {number_of_images(len(image_ids))}: {what}"):
        if FACETS[facet].of is Of.IMAGE:
            return _leave_out(archive, image_ids, FACETS[facet], code)
        found = (one for picture in scope.pictures for one in picture.sightings if onto is None or one.id in onto)
        shown = [sighting for sighting in found if (facet, code) in said_of_sighting(sighting)]
        for sighting in shown:
            _take_away(archive, sighting, FACETS[facet], code)
            left = sightings.get(archive.db, sighting.id)
            if left is not None and _is_empty(archive, left):
                sightings.remove(archive.db, sighting.id)
    return len(shown)


def spread(archive: Archive, image_ids: Sequence[ImageId], facet: str, code: str) -> int:
    """Give a value to those of these images that do not show it, in one action; to how many.

    Raises:
        Refused: there is no such value, or an image is not there any more or is being coded blind by others.
        ReadOnly: the archive is open for reading only.
    """
    if FACETS[facet].of is Of.IMAGE:
        described = descriptions.of_images(archive.db, image_ids)
        lacking = [one for one in image_ids if (facet, code) not in said_of_image(described[one])]
        if lacking:
            describing.give(archive, lacking, facet, code)
        return len(lacking)
    scope = scope_of(archive, image_ids)
    lacking = [
        one.image_id
        for one in scope.pictures
        if not any((facet, code) in said_of_sighting(sighting) for sighting in one.sightings)
    ]
    if lacking:
        given: dict[str, Any] = {"details": {facet: code}} if facet in DETAILS else {facet: code}
        tag(archive, lacking, Tag(**given))
    return len(lacking)


def _leave_out(archive: Archive, image_ids: Sequence[ImageId], facet: Facet, code: str) -> int:
    codings.check_not_coded(archive.db, image_ids)
    described = descriptions.of_images(archive.db, image_ids)
    having = [one for one in image_ids if (facet.name, code) in said_of_image(described[one])]
    if facet.several:
        descriptions.remove_sensitivity(archive.db, having, code)
    else:
        descriptions.change(archive.db, having, {facet.column: ""})
    return len(having)


def _take_away(archive: Archive, sighting: Sighting, facet: Facet, code: str) -> None:
    identification = sighting.identification
    if facet.of is Of.SIGHTING:
        sightings.change(archive.db, sighting.id, {facet.column: ""})
    elif facet.of is Of.ORIGIN:
        origin = sighting.origin(facet.name)
        assert origin is not None
        rest = tuple(country for country in origin.countries if country != code)
        if rest:
            kept = replace(in_own_name(origin, archive.actor), countries=rest)
            sightings.place_origin(archive.db, sighting.id, kept, archive.actor)
        else:
            sightings.forget(archive.db, origin, archive.actor)
    elif facet.name == "model" and identification is not None:
        claim = replace(in_own_name(identification, archive.actor), model="", variant="", level="type")
        sightings.identify(archive.db, sighting.id, claim, archive.actor)
    elif identification is not None:
        sightings.forget(archive.db, identification, archive.actor)


def _is_empty(archive: Archive, sighting: Sighting) -> bool:
    """Whether nothing is said of a sighting by anybody; one with a region says where it is."""
    bare = Sighting(sighting.id, sighting.image_id, author=sighting.author, coding_id=sighting.coding_id)
    return sighting == bare and not claims.authors(archive.db, sighting.id)


def said_of_sighting(sighting: Sighting) -> list[tuple[str, str]]:
    """The values that are said of a sighting: facets and codes, in the facets' order."""
    return [(facet.name, code) for facet in FACETS.values() for code in _codes(sighting, facet)]


def _codes(sighting: Sighting, facet: Facet) -> tuple[str, ...]:
    if facet.of is Of.ORIGIN:
        return sighting.countries(facet.name)
    holder = {Of.IDENTIFICATION: sighting.identification, Of.SIGHTING: sighting}.get(facet.of)
    code = getattr(holder, facet.column, "") if holder is not None else ""
    return (code,) if code else ()


def said_of_image(description: Description) -> Iterator[tuple[str, str]]:
    """The values that are said of an image as a whole."""
    for facet in FACETS.values():
        if facet.of is Of.IMAGE:
            held = getattr(description, facet.column)
            yield from ((facet.name, code) for code in (held if facet.several else (held,)) if code)
