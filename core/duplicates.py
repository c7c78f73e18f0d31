"""Deciding what the program found: verdicts on pairs, kept for ever, and the groups that follow from them.

A verdict stands under the two content hashes, also for images that are removed and come back.  It deletes
nothing: tags stay where they are and are shown for the whole group.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from core.archive import Archive
from core.errors import Refused
from core.grouping import Links, chains
from core.jobs import Job
from core.records import SAME_VERDICTS, VERDICTS, Image, ImageId, Match, Relation, Sighting
from core.store import images, relations, sightings

_WORDS = {
    "same_picture": "same picture",
    "better_copy_of": "better copy",
    "crop_of": "crop",
    "redacted_version_of": "redacted version",
    "screenshot_of": "screenshot",
    "mirrored_copy_of": "mirrored copy",
    "rotated_copy_of": "turned copy",
    "composite_contains": "composite",
    "frame_of_same_video": "frames of the same video",
    "same_event": "same event",
    "same_object": "same object",
    "same_place": "same place",
    "not_related": "not related",
}
_OBVIOUS = ("same_bytes", "same_pixels")


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


@dataclass(frozen=True, slots=True)
class Group:
    """The images that verdicts say show the same picture, the representative first, and how they hang together."""

    images: tuple[ImageId, ...]
    links: Links


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


def decide(archive: Archive, *, from_sha256: str, to_sha256: str, verdict: str, evidence: str = "") -> None:
    """Give a verdict on a pair, in place of an earlier one; *better copy* is directed from the better to the other.

    Raises:
        Refused: there is no such verdict, or the two are one.
        ReadOnly: the archive is open for reading only.
    """
    _check(verdict, from_sha256, to_sha256)
    with archive.action(f"Decide a pair: {_WORDS[verdict]}"):
        relations.put(
            archive.db,
            from_sha256=from_sha256,
            to_sha256=to_sha256,
            kind=verdict,
            evidence=evidence,
            by=archive.actor,
        )


def _check(verdict: str, from_sha256: str, to_sha256: str) -> None:
    if verdict not in VERDICTS:
        raise Refused(f"There is no verdict “{verdict}”; there are {', '.join(VERDICTS)}.")
    if from_sha256 == to_sha256:
        raise Refused("A verdict needs two different images.")


def decide_many(archive: Archive, matches: Sequence[Match], verdict: str, *, job: Job | None = None) -> int:
    """Give the same verdict on many pairs, as one step of the history; on how many.

    Raises:
        Refused: there is no such verdict, or it is *better copy*, which has to be said for each pair.
        Cancelled: the user asked to stop; nothing was decided.
    """
    job = job or Job()
    if verdict == "better_copy_of":
        raise Refused("Which copy is the better one has to be said for each pair by itself.")
    number = "a pair" if len(matches) == 1 else f"{len(matches):,} pairs"
    with archive.action(f"Decide {number}: {_WORDS.get(verdict, verdict)}"):
        for done, match in enumerate(matches):
            _check(verdict, match.sha256_a, match.sha256_b)
            relations.put(
                archive.db,
                from_sha256=match.sha256_a,
                to_sha256=match.sha256_b,
                kind=verdict,
                evidence=f"{match.kind}: {match.evidence}",
                by=archive.actor,
            )
            job.step(done + 1, len(matches), "Settling pairs")
    return len(matches)


def obvious(matches: Sequence[Match]) -> list[Match]:
    """Those that need no look: every byte or every pixel is equal."""
    return [match for match in matches if match.kind in _OBVIOUS]


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
    found = (relation for sha256 in shas for relation in relations.of(archive.db, sha256))
    edges = ((one.from_sha256, one.to_sha256) for one in found if one.kind in SAME_VERDICTS)
    return Group(tuple(ids), chains(shas, edges))
