"""Groups changed by hand: images joined, one taken out, another one chosen to stand for the rest."""

from collections.abc import Sequence

from core.archive import Archive
from core.duplicates import evidence_of, put
from core.errors import Refused
from core.offering import number_of_images
from core.records import SAME_VERDICTS, ImageId
from core.store import images, relations, representatives, sightings

BY_HAND = "by hand"
"""The evidence of a verdict that somebody gave without a finding."""


def join(archive: Archive, ids: Sequence[ImageId]) -> int:
    """Say of two or more images that they show the same picture, in one action; how many verdicts it took.

    The groups that they are in become one.  The first is joined with each of the others, in place of what was decided
    on these two; where that was a verdict that says *same*, it stays.

    Raises:
        Refused: there are fewer than two, or each was joined with the first already.
        ReadOnly: the archive is open for reading only.
    """
    archive.check_writable()
    held = images.hashes(archive.db, ids)
    shas = [held[image_id] for image_id in dict.fromkeys(ids) if image_id in held]
    if len(shas) < 2:
        raise Refused("Select two images or more to join them.")
    first, *others = shas
    decided = {other: relations.get(archive.db, first, other) for other in others}
    new = [other for other, verdict in decided.items() if verdict is None or verdict.kind not in SAME_VERDICTS]
    if not new:
        raise Refused("They are decided to be the same picture already.")
    with archive.action(f"Join {number_of_images(len(shas))}: same picture"):
        for other in new:
            match = relations.match(archive.db, first, other)
            evidence = f"{BY_HAND}; {evidence_of(match)}" if match else BY_HAND
            put(archive, first, other, "same_picture", evidence=evidence)
    return len(new)


def split(archive: Archive, image_id: ImageId) -> int:
    """Take an image out of its group: it is not related to those that it hangs on; how many verdicts that took.

    So it says also of those in the group that it was found to be like, for they would be offered next.  Others that
    hung together only through this image fall apart.

    Raises:
        Refused: it is in no group.
        ReadOnly: the archive is open for reading only.
    """
    sha256, shas = _grouped(archive, image_id)
    decided = {_other(one.from_sha256, one.to_sha256, sha256): one.kind for one in relations.of(archive.db, sha256)}
    # Verdicts may lead on through images that are not in the archive any more.
    away = {other for other, kind in decided.items() if kind in SAME_VERDICTS}
    found = {_other(one.sha256_a, one.sha256_b, sha256) for one in relations.matches_of(archive.db, sha256)}
    away |= {other for other in found if other in shas and other not in decided}
    with archive.action(f"Take {images.called(archive.db, image_id)} out of its group"):
        for other in sorted(away):
            put(archive, sha256, other, "not_related")
    return len(away)


def stand_for(archive: Archive, image_id: ImageId) -> None:
    """Choose an image to stand for its group from now on, whatever the program proposes.

    The choice is kept under the content hash; where a group holds several, the newest is followed.

    Raises:
        Refused: it is in no group.
        ReadOnly: the archive is open for reading only.
    """
    sha256, _ = _grouped(archive, image_id)
    with archive.action(f"Let {images.called(archive.db, image_id)} stand for its group"):
        representatives.choose(archive.db, sha256, archive.actor)


def propose(archive: Archive, image_id: ImageId) -> None:
    """Take every choice in an image's group back, so that the program proposes again what stands for it.

    Raises:
        Refused: it is in no group.
        ReadOnly: the archive is open for reading only.
    """
    _, shas = _grouped(archive, image_id)
    with archive.action("Let the program propose what stands for a group"):
        representatives.forget(archive.db, shas)


def _grouped(archive: Archive, image_id: ImageId) -> tuple[str, frozenset[str]]:
    """The content hash of an image, and those of its group."""
    archive.check_writable()
    held = images.hashes(archive.db, sightings.group(archive.db, image_id))
    if len(held) < 2 or image_id not in held:
        raise Refused("This image is in no group.")
    return held[image_id], frozenset(held.values())


def _other(one: str, two: str, sha256: str) -> str:
    return two if one == sha256 else one
