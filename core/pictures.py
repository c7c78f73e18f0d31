"""Pictures: the images that people decided show the same picture, read from the record itself.

An image that belongs to no group is a picture of its own.  Verdicts stay for ever under the content hashes, so an
image that is no longer in the archive may still join two that are.
"""

from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from core.archive import Archive
from core.grouping import components
from core.records import ImageId
from core.store import counting, representatives


class Member(NamedTuple):
    """An image as a member of its picture, and how many captures it has."""

    image_id: ImageId
    sha256: str
    excluded: bool
    captures: int


class Pictures:
    """All pictures of an archive as they were when this was made; the archive may change, this does not."""

    def __init__(self, archive: Archive) -> None:
        self._every: Final = [
            Member(ImageId(image_id), sha256, bool(excluded), captures)
            for image_id, sha256, excluded, captures in counting.members(archive.db)
        ]
        linked = components(counting.same_pairs(archive.db))
        by_link: dict[str, list[Member]] = {}
        for member in self._every:
            link = linked.get(member.sha256)
            if link is not None:
                by_link.setdefault(link, []).append(member)
        place = {sha256: place for place, (_, sha256) in enumerate(representatives.in_order(archive.db, linked))}
        self._groups: Final = {
            min(member.sha256 for member in found): tuple(sorted(found, key=lambda member: place[member.sha256]))
            for found in by_link.values()
            if len(found) > 1
        }
        self._group_of: Final = {member.sha256: name for name, group in self._groups.items() for member in group}

    @property
    def groups(self) -> Mapping[str, tuple[Member, ...]]:
        """The groups of two images and more, each under its smallest content hash, its representative first."""
        return self._groups

    def group_of(self, sha256: str) -> str | None:
        """The smallest content hash of an image's group, None where the image is alone."""
        return self._group_of.get(sha256)

    def __iter__(self) -> Iterator[tuple[Member, ...]]:
        """Every picture, those of one image included; the members of a group with its representative first."""
        for member in self._every:
            if member.sha256 not in self._group_of:
                yield (member,)
        yield from self._groups.values()
