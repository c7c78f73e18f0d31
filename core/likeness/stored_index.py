"""The index of key points of an archive: its parts in files, and what came since."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from core.likeness import part_files
from core.likeness.keypoint_index import Part
from core.likeness.keypoints import Keypoints

# A part is merged with the one before it unless that is so many times larger: so there are few, and rarely merged.
_LARGER: Final = 3
# So many points are written at the latest, and not more often: a write costs as much as a search or two.
_WRITTEN: Final = 400_000


class StoredIndex:
    """The parts of one archive's index; belongs to one thread.  ``folder`` None keeps it in memory."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._files: list[tuple[Path, Part]] = []
        self._recent: list[Part] = []
        for place in part_files.places(folder) if folder is not None else []:
            part = part_files.load(place)
            if part is None or int(part.pictures[0]) <= self.last:
                part_files.remove(place)  # torn, or left by a merge that was cut short
            else:
                self._files.append((place, part))

    @property
    def parts(self) -> list[Part]:
        """All parts, in the order of their pictures."""
        return [*(part for _, part in self._files), *self._recent]

    @property
    def last(self) -> int:
        """The highest number of a picture in it, 0 where there is none."""
        return int(self.parts[-1].pictures[-1]) if self.parts else 0

    def add(self, pictures: Sequence[tuple[int, Keypoints]]) -> None:
        """Take in pictures, their numbers ascending and above all that it has."""
        if pictures:
            self._recent.append(Part.of(pictures))
        while len(self._recent) > 1 and len(self._recent[-2].codes) < _LARGER * len(self._recent[-1].codes):
            self._recent[-2:] = [Part.merged(self._recent[-2:])]
        if self._folder is not None and sum(len(part.codes) for part in self._recent) > _WRITTEN:
            self.save()

    def save(self) -> None:
        """Write what is not in files yet.

        Raises:
            OSError: it cannot be written.
        """
        if self._folder is None or not self._recent:
            return
        merged, gone = list(self._recent), []
        size = sum(len(part.codes) for part in merged)
        while self._files and len(self._files[-1][1].codes) < _LARGER * size:
            place, part = self._files.pop()
            merged.insert(0, part)
            size += len(part.codes)
            gone.append(place)
        part = Part.merged(merged) if len(merged) > 1 else merged[0]
        place = part_files.save(part, self._folder)
        self._files.append((place, part_files.load(place) or part))
        self._recent = []
        for old in gone:
            if old != place:
                part_files.remove(old)
