"""All that the inspector shows of one image, asked for at one go on a worker thread."""

from dataclasses import dataclass, field
from typing import Final

from PySide6.QtGui import QImage

from core import duplicates, looking, physical_weapons, settling_sightings
from core.archive import Archive
from core.duplicates import Edge, Group
from core.grouping import ways
from core.jobs import Job
from core.looking import Detail
from core.records import ImageId, Match, Relation
from core.sighted import Sighted, sighted
from gui.models.sentences import other_of
from gui.models.thumbnails import Thumbnails

THUMBNAIL_PX: Final = 48
MOST: Final = 50  # of a group, of verdicts, of matches: more than anyone reads in a panel


@dataclass(frozen=True, slots=True)
class Other:
    """Another image: its id, None where it is not in the archive any more, its name, and its thumbnail."""

    image_id: ImageId | None
    name: str
    thumbnail: QImage | None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Bond:
    """What an image hangs on in its group: the next one on a shortest way to the image inspected.

    ``name`` is that one's, empty where it is the image inspected; ``forward`` says that the verdict goes to it.
    """

    edge: Edge
    name: str
    forward: bool


@dataclass(frozen=True, slots=True)
class Subject:
    """One image with its neighbours.

    ``group`` are the images of its picture, itself among them and the one that stands for them all first; it is
    empty for an image by itself.  ``bonds`` say in the same order how they hang together, None for itself and where
    what joins one to it is not in the archive.  ``chosen_by`` is who chose what stands for them, empty where nobody
    did.  ``apart`` are names of images in the group that were decided not to be related, ``joined`` of others that
    hang together only through others, neither decided nor found to be the same picture; ``joined_count`` says how
    many such pairs there are.  ``sighted`` are the sightings of ``detail`` in full, ``weapons`` the names of all
    physical weapons, ``conflicts`` how many pairs of sightings may be the same weapon.
    """

    detail: Detail
    name: str
    group: tuple[Other, ...] = ()
    bonds: tuple[Bond | None, ...] = ()
    chosen_by: str = ""
    apart: tuple[tuple[str, str], ...] = ()
    joined: tuple[tuple[str, str], ...] = ()
    joined_count: int = 0
    verdicts: tuple[tuple[Relation, Other], ...] = ()
    matches: tuple[tuple[Match, Other], ...] = field(default=())
    sighted: tuple[Sighted, ...] = ()
    weapons: tuple[str, ...] = ()
    conflicts: int = 0


@dataclass(frozen=True, slots=True)
class AskSubject:
    """The question for an image; the answer is None where it is not in the archive any more."""

    image_id: ImageId
    thumbnails: Thumbnails

    def __call__(self, archive: Archive, job: Job) -> Subject | None:
        """Ask the archive."""
        detail = looking.detail(archive, self.image_id)
        if detail is None:
            return None
        sha256 = detail.image.facts.sha256
        names = {member.sha256: member.name for member in detail.group}
        standing = duplicates.group_of(archive, self.image_id)
        joined = [(names.get(a, a[:12]), names.get(b, b[:12])) for a, b in standing.chained[:3]]
        job.check()
        return Subject(
            detail,
            names[sha256],
            self._group(archive, detail, standing.images) if len(detail.group) > 1 else (),
            _bonds(detail, standing) if len(detail.group) > 1 else (),
            standing.choice.chosen_by if standing.choice else "",
            tuple((names.get(a, a[:12]), names.get(b, b[:12])) for a, b in standing.apart[:MOST]),
            tuple(joined),
            len(standing.chained),
            tuple((one, self._other(archive, sha256, other_of(one, sha256))) for one in detail.relations[:MOST]),
            tuple(
                (one, self._other(archive, sha256, _far(one, sha256), self.image_id)) for one in detail.matches[:MOST]
            ),
            sighted(archive, detail.sightings, on=self.image_id),
            tuple(weapon.label for weapon in physical_weapons.weapons(archive)),
            len(settling_sightings.conflicts(archive, self.image_id)),
        )

    def _group(self, archive: Archive, detail: Detail, order: tuple[ImageId, ...]) -> tuple[Other, ...]:
        members = {member.image_id: member for member in detail.group}
        return tuple(
            Other(
                image_id,
                members[image_id].name,
                self.thumbnails.of(archive, image_id),
                f"{members[image_id].width_px:,} × {members[image_id].height_px:,}",
            )
            for image_id in order[:MOST]
            if image_id in members
        )

    def _likely(self, archive: Archive, own: str, match: Match) -> Other:
        return self._other(archive, own, _far(match, own), self.image_id)

    def _other(self, archive: Archive, own: str, sha256: str, *beside: ImageId) -> Other:
        pair = duplicates.pair(archive, Match(min(own, sha256), max(own, sha256), "", 0))
        if pair is None:
            return Other(None, sha256[:12], None)
        side = pair.b if pair.a.image.facts.sha256 == own else pair.a
        return Other(side.image.id, side.name, self.thumbnails.of(archive, side.image.id, *beside))


def _bonds(detail: Detail, standing: Group) -> tuple[Bond | None, ...]:
    own = detail.image.facts.sha256
    members = {member.image_id: member for member in detail.group}
    names = {member.sha256: member.name for member in detail.group}
    next_to = ways(standing.links, own)
    found: list[Bond | None] = []
    for image_id in standing.images[:MOST]:
        if image_id not in members:
            continue
        sha256 = members[image_id].sha256
        onto = next_to.get(sha256)
        if onto is None:
            found.append(None)
            continue
        edge = standing.edges[min(sha256, onto), max(sha256, onto)]
        name = "" if onto == own else names.get(onto, onto[:12])
        found.append(Bond(edge, name, forward=edge.verdict.from_sha256 == sha256))
    return tuple(found)


def _far(match: Match, sha256: str) -> str:
    return match.sha256_b if match.sha256_a == sha256 else match.sha256_a
