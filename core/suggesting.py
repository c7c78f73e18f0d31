"""What may be said of images, going by their neighbours and the reference library; never said by itself.

Each suggestion tells why: it follows from the model, or it is said of a copy, of a near picture, or of other images
of the same source.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from core.archive import Archive
from core.errors import Refused
from core.facets import FACETS
from core.jobs import Job
from core.records import ImageId, Sighting
from core.store import codings, images, neighbours, sightings
from core.store import descriptions as described
from core.tag_values import said_of_image, said_of_sighting
from core.weapon_models import possible_origins

LIMIT: Final = 12
_MOST_IMAGES: Final = 100  # of more images than this, nothing that is suggested would fit all of them
_NEAR: Final = 24
_AT_ONCE: Final = 10  # so that a question that is set aside ends soon
_OF_SOURCE: Final = 100
_KINDS: Final = ("model", "group", "near", "source")


@dataclass(frozen=True, slots=True)
class Why:
    """A reason: ``kind`` is model, group, near or source; ``count`` how many images say so, ``name`` one of them.

    A value that follows from a model is unchecked where ``checked`` is False: the library names no source for it.
    """

    kind: str
    count: int = 0
    name: str = ""
    checked: bool = True


@dataclass(frozen=True, slots=True)
class Suggested:
    """A value that may be said: ``facet`` is one of ``facets.FACETS``, ``reasons`` the strongest first."""

    facet: str
    code: str
    reasons: tuple[Why, ...]


@dataclass(slots=True)
class _Support:
    """What speaks for a value so far."""

    model: Why | None = None
    by_kind: dict[str, list[ImageId]] = field(default_factory=dict)


Value = tuple[str, str]


def suggested(
    archive: Archive, image_ids: Sequence[ImageId], limit: int = LIMIT, *, job: Job | None = None
) -> list[Suggested]:
    """Values that these images may have and do not show yet, the most supported first.

    Those that follow from a model go first.  Of images that are being coded blind nothing is suggested, and nothing
    that was said in a blind coding is.

    Raises:
        Cancelled: the job was stopped.
    """
    job = job or Job()
    if not image_ids or len(image_ids) > _MOST_IMAGES:
        return []
    try:
        codings.check_not_coded(archive.db, image_ids)
    except Refused:
        return []
    found: dict[Value, _Support] = {}
    groups = sightings.siblings(archive.db, image_ids)
    shown = _shown(archive, groups)
    for held in shown.values():
        _suppose_from_models(archive, held, found)
    own = {other for group in groups.values() for other in group}
    for kind, others in _neighbours(archive, image_ids, groups).items():
        apart = [image_id for image_id in others if kind == "group" or image_id not in own]
        job.check()
        for image_id, values in _values(archive, apart, job).items():
            for value in values:
                found.setdefault(value, _Support()).by_kind.setdefault(kind, []).append(image_id)
    for value in _held_by_all(archive, image_ids, shown):
        found.pop(value, None)
    facets = list(FACETS)
    best = sorted(found, key=lambda value: (_order(found[value]), facets.index(value[0]), value[1]))[:limit]
    near = (found[one].by_kind.get("near", ()) for one in best)
    names = _names(archive, [ids[0] for ids in near if ids])
    return [Suggested(*value, tuple(_reasons(found[value], names))) for value in best if _is_offered(archive, value)]


def _shown(archive: Archive, groups: Mapping[ImageId, Sequence[ImageId]]) -> dict[ImageId, list[Sighting]]:
    everyone = list({other for group in groups.values() for other in group})
    held = sightings.of_images(archive.db, everyone)
    return {image_id: [one for other in group for one in held[other]] for image_id, group in groups.items()}


def _suppose_from_models(archive: Archive, held: Iterable[Sighting], found: dict[Value, _Support]) -> None:
    for sighting in held:
        for possible in possible_origins(archive.weapon_models, sighting):
            support = found.setdefault((possible.role, possible.country), _Support())
            support.model = Why("model", checked=possible.checked)


def _neighbours(
    archive: Archive, image_ids: Sequence[ImageId], groups: Mapping[ImageId, Sequence[ImageId]]
) -> dict[str, list[ImageId]]:
    """The images that are likely to show the same, by how they are neighbours of these."""
    chosen = set(image_ids)
    copies = [other for group in groups.values() for other in group if other not in chosen]
    hashes = images.hashes(archive.db, image_ids)
    near = neighbours.near(archive.db, list(hashes.values()), _NEAR)
    source = neighbours.of_same_source(archive.db, image_ids, _OF_SOURCE)
    return {"group": list(dict.fromkeys(copies)), "near": near, "source": source}


def _values(archive: Archive, ids: Sequence[ImageId], job: Job) -> dict[ImageId, set[Value]]:
    """All that is said of these images themselves, in sightings and as wholes."""
    found: dict[ImageId, set[Value]] = {}
    for start in range(0, len(ids), _AT_ONCE):
        job.check()
        few = ids[start : start + _AT_ONCE]
        held, descriptions = sightings.of_images(archive.db, few), described.of_images(archive.db, few)
        for image_id in few:
            found[image_id] = {value for one in held[image_id] for value in said_of_sighting(one)}
            found[image_id] |= set(said_of_image(descriptions[image_id]))
    return found


def _held_by_all(
    archive: Archive, image_ids: Sequence[ImageId], shown: Mapping[ImageId, Sequence[Sighting]]
) -> Iterator[Value]:
    descriptions = described.of_images(archive.db, image_ids)
    counts: Counter[Value] = Counter()
    for image_id in image_ids:
        values = {value for one in shown[image_id] for value in said_of_sighting(one)}
        counts.update(values | set(said_of_image(descriptions[image_id])))
    return (value for value, count in counts.items() if count == len(image_ids))


def _order(support: _Support) -> tuple[bool, int, int]:
    """What goes first: what follows from a model, then what several kinds of neighbours say, then what many do."""
    return support.model is None, -len(support.by_kind), -sum(map(len, support.by_kind.values()))


def _reasons(support: _Support, names: Mapping[ImageId, str]) -> Iterator[Why]:
    if support.model is not None:
        yield support.model
    for kind in _KINDS:
        if kind in support.by_kind:
            who = support.by_kind[kind]
            yield Why(kind, len(who), names.get(who[0], "") if kind == "near" else "")


def _names(archive: Archive, ids: Iterable[ImageId]) -> dict[ImageId, str]:
    captures = images.captures(archive.db, list(ids))
    return {image_id: held[0].place.name for image_id, held in captures.items() if held}


def _is_offered(archive: Archive, value: Value) -> bool:
    vocabulary = archive.vocabulary(FACETS[value[0]].vocabulary)
    return value[1] in vocabulary and not vocabulary.get(value[1]).retired
