"""Deciding what the program found: verdicts on pairs, kept for ever, and the groups that follow from them.

A verdict stands under the two content hashes, also for images that are removed and come back.  It deletes
nothing: tags stay where they are and are shown for the whole group.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from core import verdict_words
from core.archive import Archive
from core.errors import Refused
from core.grouping import Links, chains
from core.grouping import Pair as Hashes
from core.jobs import Job
from core.records import (
    DIRECTED_VERDICTS,
    SAME_KINDS,
    SAME_VERDICTS,
    VERDICTS,
    Image,
    ImageId,
    Match,
    Relation,
    Sighting,
)
from core.store import images, relations, representatives, sightings
from core.store.representatives import Choice
from core.transforms import Transform

OBVIOUS: Final = ("same_bytes", "same_pixels")
"""The found kinds that need no look."""


@dataclass(frozen=True, slots=True)
class Side:
    """One image of a pair: what helps to tell which copy is the better one."""

    image: Image
    name: str
    captured_first_at: str
    sightings: tuple[Sighting, ...]

    @property
    def pixels(self) -> int:
        """How many pixels it has."""
        return self.image.facts.upright_width_px * self.image.facts.upright_height_px

    @property
    def has_exif(self) -> bool:
        """Whether its file carries EXIF data."""
        return self.image.facts.exif != "{}"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two images that were found to be alike, and the verdict on them, None while there is none."""

    match: Match
    a: Side
    b: Side
    verdict: Relation | None


_FEW: Final = 60


@dataclass(frozen=True, slots=True)
class Edge:
    """Why two images are in one group: the verdict, and what was found between them, None where nothing was."""

    verdict: Relation
    match: Match | None


@dataclass(frozen=True, slots=True)
class Group:
    """The images that verdicts say show the same picture, the representative first, and how they hang together.

    ``edges`` are by the pairs of ``links.direct``.  ``apart`` are pairs that hang together only through others and
    that a verdict calls not related; ``chained`` the other ones that do, unless they were found to be the same picture
    and nobody decided on them: of more than 60 images only the pairs with the representative.  ``choice`` is the one
    that a person made, None where the program proposed.
    """

    images: tuple[ImageId, ...]
    links: Links
    edges: Mapping[Hashes, Edge]
    apart: tuple[Hashes, ...]
    chained: tuple[Hashes, ...]
    choice: Choice | None


def queue(archive: Archive) -> list[Match]:
    """What was found and is not decided yet, tightest first."""
    return list(relations.matches(archive.db, undecided_only=True))


def decided(archive: Archive) -> list[Relation]:
    """Every verdict, the newest first."""
    return relations.every(archive.db)[::-1]


def pair(archive: Archive, match: Match) -> Pair | None:
    """Both sides of a match; None where an image is not in the archive any more."""
    a, b = _side(archive, match.sha256_a), _side(archive, match.sha256_b)
    if a is None or b is None:
        return None
    return Pair(match, a, b, relations.get(archive.db, match.sha256_a, match.sha256_b))


def _side(archive: Archive, sha256: str) -> Side | None:
    image_id = images.id_of(archive.db, sha256)
    image = images.get(archive.db, image_id) if image_id is not None else None
    if image is None:
        return None
    captures = images.captures(archive.db, [image.id])[image.id]
    first = min((capture.modified_at for capture in captures if capture.modified_at), default="")
    name = captures[0].place.name if captures else sha256[:12]
    return Side(image, name, first, tuple(sightings.of_images(archive.db, [image.id])[image.id]))


def decide(
    archive: Archive,
    *,
    from_sha256: str,
    to_sha256: str,
    verdict: str,
    evidence: str = "",
    transform: Transform | None = None,
) -> None:
    """Give a verdict on a pair, in place of an earlier one.

    A directed one reads from the one to the other: *from* is a crop of *to*, *from* is the better copy of *to*.  Where
    ``evidence`` or the ``transform`` from the one to the other is not given, the verdict keeps what was found between
    the two, or what an earlier verdict on them kept.

    Raises:
        Refused: there is no such verdict, or the two are one.
        ReadOnly: the archive is open for reading only.
    """
    _check(verdict, from_sha256, to_sha256)
    with archive.action(f"Decide a pair: {verdict_words.name(verdict)}"):
        put(archive, from_sha256, to_sha256, verdict, evidence=evidence, transform=transform)


def put(
    archive: Archive, start: str, end: str, verdict: str, *, evidence: str = "", transform: Transform | None = None
) -> None:
    """Record a verdict from one image to another with what is known of the pair; an action must be open."""
    if not evidence or transform is None:
        found_evidence, found_transform = _known(archive, start, end)
        evidence, transform = evidence or found_evidence, transform or found_transform
    relations.put(
        archive.db,
        from_sha256=start,
        to_sha256=end,
        kind=verdict,
        evidence=evidence,
        by=archive.actor,
        transform=transform,
    )


def _known(archive: Archive, start: str, end: str) -> tuple[str, Transform | None]:
    """The evidence between two images and the transform from the one to the other, as found or as kept so far."""
    match, earlier = relations.match(archive.db, start, end), relations.get(archive.db, start, end)
    evidence = evidence_of(match) if match else earlier.evidence if earlier else ""
    for known, origin in (
        # Of a shared object it says where that lies, which is no way from one picture to the other.
        (match.transform if match and match.kind in SAME_KINDS else None, match.sha256_a if match else ""),
        (
            earlier.transform if earlier and earlier.kind in SAME_VERDICTS else None,
            earlier.from_sha256 if earlier else "",
        ),
    ):
        if known is not None:
            return evidence, known if origin == start else known.inverse()
    return evidence, None


def evidence_of(match: Match) -> str:
    """What a verdict keeps of what was found: the kind, and what shows it."""
    return f"{match.kind}: {match.evidence}" if match.evidence else match.kind


def _check(verdict: str, from_sha256: str, to_sha256: str) -> None:
    if verdict not in VERDICTS:
        raise Refused(f"There is no verdict “{verdict}”; there are {', '.join(VERDICTS)}.")
    if from_sha256 == to_sha256:
        raise Refused("A verdict needs two different images.")


def decide_many(archive: Archive, matches: Sequence[Match], verdict: str, *, job: Job | None = None) -> int:
    """Give the same verdict on many pairs, as one step of the history; on how many.

    Raises:
        Refused: there is no such verdict, or it is a directed one, which has to be said for each pair.
        Cancelled: the user asked to stop; nothing was decided.
    """
    job = job or Job()
    if verdict in DIRECTED_VERDICTS:
        raise Refused("Which of the two it is said of has to be decided for each pair by itself.")
    number = "a pair" if len(matches) == 1 else f"{len(matches):,} pairs"
    with archive.action(f"Decide {number}: {verdict_words.name(verdict)}"):
        for done, match in enumerate(matches):
            _check(verdict, match.sha256_a, match.sha256_b)
            relations.put(
                archive.db,
                from_sha256=match.sha256_a,
                to_sha256=match.sha256_b,
                kind=verdict,
                evidence=evidence_of(match),
                by=archive.actor,
                transform=match.transform,
            )
            job.step(done + 1, len(matches), "Settling pairs")
    return len(matches)


def obvious(matches: Sequence[Match]) -> list[Match]:
    """Those that need no look: every byte or every pixel is equal."""
    return [match for match in matches if match.kind in OBVIOUS]


def forget(archive: Archive, sha256_a: str, sha256_b: str) -> None:
    """Take a verdict back, so that the pair is offered again.

    Raises:
        ReadOnly: the archive is open for reading only.
    """
    with archive.action("Take a verdict back"):
        relations.remove(archive.db, sha256_a, sha256_b)


def group_of(archive: Archive, image_id: ImageId) -> Group:
    """The group of an image, with the pairs in it that were decided themselves; the others hang together by these."""
    ids = sightings.group(archive.db, image_id)
    shas = list(images.hashes(archive.db, ids).values())
    inside = frozenset(shas)
    within = {
        (min(one.from_sha256, one.to_sha256), max(one.from_sha256, one.to_sha256)): one
        for sha256 in shas
        for one in relations.of(archive.db, sha256)
        if one.from_sha256 in inside and one.to_sha256 in inside
    }
    same = {pair: one for pair, one in within.items() if one.kind in SAME_VERDICTS}
    links = chains(shas, same)
    return Group(
        tuple(ids),
        links,
        {pair: Edge(same[pair], relations.match(archive.db, *pair)) for pair in sorted(same)},
        tuple(sorted(pair for pair, one in within.items() if one.kind == "not_related")),
        _chained(archive, shas, links, within),
        representatives.choice(archive.db, shas),
    )


def _chained(archive: Archive, shas: list[str], links: Links, within: Mapping[Hashes, Relation]) -> tuple[Hashes, ...]:
    """The pairs that hang together only through others; the first of these images is the representative."""
    if len(shas) <= _FEW:
        missing: Iterable[Hashes] = links.missing()
        found = relations.found_within(archive.db, shas, SAME_KINDS)
    else:  # all pairs of a thousand copies are half a million
        joined = {*links.direct}
        pairs = ((min(shas[0], other), max(shas[0], other)) for other in shas[1:])
        missing = (pair for pair in pairs if pair not in joined)
        found = relations.found_with(archive.db, shas[0], SAME_KINDS)
    told = (pair for pair in missing if pair in within or pair not in found)
    return tuple(sorted(pair for pair in told if pair not in within or within[pair].kind != "not_related"))
