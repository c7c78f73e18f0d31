"""The index of key points of an archive: its parts in files, and what came since."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from core.likeness import part_files
from core.likeness.keypoint_index import Part
from core.likeness.keypoints import Keypoints

# A part is merged with the one before it unless that is so many times larger: so there are few, and rarely merged.
_LARGER: Final = 3
# So many points are written at the latest, and not more often: a write costs as much as a search or two.
_WRITTEN: Final = 400_000
_LISTED_AGAIN: Final = 3


def _go_on() -> None:
    """Nobody asks to stop."""


class StoredIndex:
    """The parts of one archive's index; belongs to one thread.  ``folder`` None keeps it in memory.

    Pictures are numbered from 1 without a gap, so that what is missing behind a torn part shows.  Only the one who
    ``writes`` deletes anything.
    """

    def __init__(self, folder: Path | None, *, writes: bool = False) -> None:
        self._folder = folder
        self._files: list[tuple[Path, Part]] = []
        self._recent: list[Part] = []
        self._writable = True  # until a write failed: then it goes on in memory, since all of it can be made again
        if writes and folder is not None:
            part_files.remove_unfinished(folder)
        for _ in range(_LISTED_AGAIN):
            places = part_files.places(folder) if folder is not None else []
            self._files = []
            for place in places:
                part = part_files.load(place)
                if part is not None and int(part.pictures[0]) == self.last + 1:
                    self._files.append((place, part))
                elif writes:
                    part_files.remove(place)  # torn, behind a torn one, or left by a merge that was cut short
            if writes or all(place.is_dir() for place in places):
                return  # else the writer merged some meanwhile

    @property
    def parts(self) -> list[Part]:
        """All parts, in the order of their pictures."""
        return [*(part for _, part in self._files), *self._recent]

    @property
    def last(self) -> int:
        """The highest number of a picture in it, 0 where there is none."""
        return int(self.parts[-1].pictures[-1]) if self.parts else 0

    def add(
        self, pictures: Sequence[tuple[int, Keypoints]], *, writes: bool = True, check: Callable[[], None] = _go_on
    ) -> None:
        """Take in pictures, their numbers following on those that it has; one who ``writes`` puts many into files.

        What ``check`` raises, which is called within every second, ends the work and leaves the index as it was, or
        with the pictures in it.
        """
        if pictures:
            self._recent.append(Part.of(pictures))
        while len(self._recent) > 1 and len(self._recent[-2].codes) < _LARGER * len(self._recent[-1].codes):
            self._recent[-2:] = [Part.merged(self._recent[-2:], check)]
        much = sum(len(part.codes) for part in self._recent) > _WRITTEN
        if much and writes and self._writable:
            try:
                self.save(check)
            except OSError:
                self._writable = False

    def save(self, check: Callable[[], None] = _go_on) -> None:
        """Write what is not in files yet; ``check`` as in ``add``.

        Raises:
            OSError: it cannot be written.
        """
        if self._folder is None or not self._recent:
            return
        merged, kept = list(self._recent), len(self._files)
        size = sum(len(part.codes) for part in merged)
        while kept and len(self._files[kept - 1][1].codes) < _LARGER * size:
            kept -= 1
            part = self._files[kept][1]
            merged.insert(0, part)
            size += len(part.codes)
        part = Part.merged(merged, check) if len(merged) > 1 else merged[0]
        place = part_files.save(part, self._folder, check)
        gone, self._files[kept:] = self._files[kept:], [(place, part_files.load(place) or part)]
        self._recent = []
        for old, _ in gone:
            if old != place:
                part_files.remove(old)
