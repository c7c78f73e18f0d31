"""What an export is made of: the images that a query finds, each with all that the record holds of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import metadata
from typing import Final

from core import search
from core.analysis import query_text
from core.archive import Archive
from core.claims import SourceId
from core.jobs import Job
from core.pictures import Pictures
from core.records import Capture, Description, Image, ImageId, Query, SightingId, Source
from core.store import claimed, descriptions, images, settlements, sources
from core.store.claimed import Claimed

PROGRAM: Final = "Stocktake"
_BATCH: Final = 500


@dataclass(frozen=True, slots=True)
class Entry:
    """An image to export: its captures, its group (None where it is alone) and whether it stands for that group.

    ``sources`` are those of its captures.  ``sightings`` are its own; ``shown`` are those that belong to other images
    of its group and hold for it too; ``settled`` are its own that were settled into those, each with the id of that.
    """

    image: Image
    original: str
    captures: list[Capture]
    sources: Mapping[SourceId, Source]
    description: Description
    group: str | None
    representative: bool
    sightings: list[Claimed]
    shown: list[Claimed]
    settled: list[tuple[Claimed, SightingId]]


def program_version() -> str:
    """The version of the program that writes."""
    try:
        return metadata.version("stocktake")
    except metadata.PackageNotFoundError:
        return "unknown"


class Selection:
    """The images that a query finds, as the archive was when this was made."""

    def __init__(self, archive: Archive, query: Query) -> None:
        self.archive = archive
        self.query = query
        self.query_text = query_text(query)
        self.history_head = archive.history_head
        self.exported_at = datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
        self.ids: Final = [ImageId(image_id) for image_id in search.find(archive, query)]
        self.pictures: Final = Pictures(archive)

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def is_current(self) -> bool:
        """Whether the archive is still as it was; if not, what was read may not belong together."""
        return self.archive.history_head == self.history_head

    def entries(self, job: Job) -> Iterator[Entry]:
        """Every image in the order in which it came into the archive, read in small batches.

        Raises:
            Cancelled: the user stopped the job.
        """
        for start in range(0, len(self.ids), _BATCH):
            job.step(start, len(self.ids), "Exporting")
            yield from self._batch(self.ids[start : start + _BATCH])
        job.step(len(self.ids), len(self.ids), "Exporting")

    def elsewhere(self) -> Iterator[Claimed]:
        """The sightings on images that the query does not find and that hold for images that it does."""
        found = frozenset(self.ids)
        for group in self.pictures.groups.values():
            members = [member.image_id for member in group]
            if not found.isdisjoint(members):
                outside = [image_id for image_id in members if image_id not in found]
                for sightings in claimed.of_images(self.archive.db, outside).values():
                    yield from sightings

    def _batch(self, ids: list[ImageId]) -> Iterator[Entry]:
        db = self.archive.db
        captures = images.captures(db, ids)
        named = {one.source_id for held in captures.values() for one in held if one.source_id is not None}
        known = sources.of_ids(db, sorted(named))
        described = descriptions.of_images(db, ids)
        found = list(images.each(db, ids))
        groups = {image.id: self.pictures.group_of(image.facts.sha256) for image in found}
        members = {
            name: [member.image_id for member in self.pictures.groups[name]]
            for name in {*groups.values()} - {None}
            if name is not None
        }
        concerned = dict.fromkeys([*ids, *(image_id for group in members.values() for image_id in group)])
        sightings = claimed.of_images(db, list(concerned))
        settled, kept = claimed.settled_of_images(db, ids), settlements.links(db)
        for image in found:
            group = groups[image.id]
            others = members[group] if group is not None else [image.id]
            yield Entry(
                image,
                self._original(image),
                captures[image.id],
                {one.source_id: known[one.source_id] for one in captures[image.id] if one.source_id in known},
                described[image.id],
                group,
                representative=others[0] == image.id,
                sightings=sightings[image.id],
                shown=[one for other in others if other != image.id for one in sightings[other]],
                settled=[(one, SightingId(kept[one.sighting.id])) for one in settled[image.id]],
            )

    def _original(self, image: Image) -> str:
        """Where the image's file lies in the archive's folder."""
        held = images.original(self.archive.db, image.id)
        assert held is not None
        return self.archive.originals.path_of(*held).relative_to(self.archive.folder).as_posix()
