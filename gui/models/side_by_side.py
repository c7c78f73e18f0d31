"""What the window shows of sightings on copies that may be the same weapon: in words, and as pictures."""

from dataclasses import dataclass

from PySide6.QtGui import QImage

from core import looking, settling_sightings, sighted
from core.archive import Archive
from core.blind_coding.coded_units import FIELDS
from core.blind_coding.coding_agreement import value_label
from core.errors import CoreError
from core.jobs import Job
from core.records import ImageId, Sighting, SightingId
from core.settling_sightings import Conflict
from gui.models.catalogue_source import to_qimage
from gui.models.coding import Apart, Line


@dataclass(frozen=True, slots=True)
class Pair:
    """Two sightings that may be one weapon, the names of their images, and every field that either filled in."""

    conflict: Conflict
    names: tuple[str, str]
    apart: Apart

    @property
    def ids(self) -> tuple[SightingId, SightingId]:
        """The sighting that would be kept, and the one that would be settled into it."""
        return self.conflict.kept.id, self.conflict.other.id


@dataclass(frozen=True, slots=True)
class AskPairs:
    """The question for the pairs in the groups of these images."""

    images: tuple[ImageId, ...]

    def __call__(self, archive: Archive, job: Job) -> list[Pair]:
        """Ask the archive."""
        found: dict[tuple[SightingId, SightingId], Pair] = {}
        for image_id in self.images:
            job.check()
            for one in settling_sightings.conflicts(archive, image_id):
                pair = _pair(archive, one)
                found.setdefault(pair.ids, pair)
        return list(found.values())


def _pair(archive: Archive, conflict: Conflict) -> Pair:
    sides = (conflict.kept.image_id, conflict.other.image_id)
    names = {one.image_id: one.name for one in looking.members(archive, sides)}
    lines = []
    contradictions = conflict.contradictions
    for field in FIELDS:
        said = conflict.said(field)
        if any(said):
            kept, other = (value_label(archive, field, one) for one in said)
            lines.append(Line(0, field, field, kept, other, differs=field in contradictions))
    apart = Apart(sides[0], names[sides[0]], ("1", "1"), tuple(lines))
    return Pair(conflict, (names[sides[0]], names[sides[1]]), apart)


@dataclass(frozen=True, slots=True)
class Pictures:
    """What the two sightings of a pair are seen as, None where it cannot be shown; ``graphic`` ones are covered."""

    ids: tuple[SightingId, SightingId]
    images: tuple[QImage | None, ...]
    graphic: bool


@dataclass(frozen=True, slots=True)
class AskPictures:
    """The question for the regions of a pair, or the whole images where there are none, each on its own image."""

    pair: Pair
    most_px: int

    def __call__(self, archive: Archive, job: Job) -> Pictures:
        """Ask the archive."""
        sides = (self.pair.conflict.kept, self.pair.conflict.other)
        found = []
        for side in sides:
            job.check()
            found.append(self._picture(archive, side))
        graphic = bool(looking.covered(archive, [side.image_id for side in sides]))
        return Pictures(self.pair.ids, tuple(found), graphic)

    def _picture(self, archive: Archive, side: Sighting) -> QImage | None:
        try:
            if side.region is None:
                picture = looking.picture(archive, side.image_id, max_px=self.most_px)
                picture.thumbnail((self.most_px, self.most_px))
                return to_qimage(picture)
            cut = sighted.crops(archive, side.image_id, [(side.id, side.region)], max_px=self.most_px)
        except CoreError:  # it cannot be decoded, or is gone: then there is nothing to show
            return None
        return to_qimage(cut[side.id])
