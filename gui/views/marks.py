"""The regions that are shown over a picture, which one is selected, and what is being done to it meanwhile."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from PySide6.QtCore import QPointF, QSize

from core.regions import Region


@dataclass(frozen=True, slots=True)
class Mark:
    """One region and the words that are shown with it.

    What is ``carried`` was drawn on another copy of the picture, and is not changed here.
    """

    id: int
    region: Region
    words: str = ""
    carried: bool = False


class Marks:
    """Marks in the order in which keys go through them, and the one being drawn.

    ``armed`` says that the next drag draws.  ``draft`` is drawn and not confirmed; ``told`` was confirmed, and is
    shown until the marks come anew with it among them.
    """

    def __init__(self) -> None:
        self.selected: int | None = None
        self.armed = False
        self.draft: Region | None = None
        self.told: Region | None = None
        self._given: tuple[Mark, ...] = ()
        self._changed: Region | None = None  # the selected one's, until it is settled

    def __iter__(self) -> Iterator[Mark]:
        """Every mark as it looks now."""
        for mark in self._given:
            changed = self._changed if mark.id == self.selected else None
            yield mark if changed is None else replace(mark, region=changed)

    def give(self, marks: Iterable[Mark]) -> None:
        """Take other marks; one that is still there stays selected, with what is being done to it."""
        self._given = tuple(marks)
        self.told = None
        if self.chosen is None:
            self.selected = self._changed = None

    @property
    def chosen(self) -> Mark | None:
        """The selected mark as it looks now."""
        return next((mark for mark in self if mark.id == self.selected), None)

    @property
    def carried(self) -> bool:
        """Whether the selected mark was drawn on another copy of the picture."""
        chosen = self.chosen
        return chosen is not None and chosen.carried

    def select(self, mark_id: int | None) -> None:
        """Select another mark, or none; what was done to the one before must be settled."""
        self.selected = mark_id if any(mark.id == mark_id for mark in self._given) else None

    def neighbour(self, step: int) -> int | None:
        """The mark ``step`` further in a ring in which none stands between the last and the first."""
        ring = [None, *(mark.id for mark in self._given)]
        return ring[(ring.index(self.selected) + step) % len(ring)]

    def at(self, point: QPointF, size: QSize) -> int | None:
        """The smallest mark that holds a point of the picture."""
        holding: list[tuple[int, int]] = []
        for mark in self:
            left, top, right, bottom = mark.region.pixels(size.width(), size.height())
            if left <= point.x() < right and top <= point.y() < bottom:
                holding.append(((right - left) * (bottom - top), mark.id))
        return min(holding)[1] if holding else None

    @property
    def held(self) -> Region | None:
        """What arrows and handles work on: the draft, or the selected mark where it is not carried."""
        chosen = self.chosen
        return self.draft or (chosen.region if chosen and not chosen.carried else None)

    def hold(self, region: Region) -> None:
        """Show the draft, or the selected mark, with another region for the time being."""
        if self.draft is not None:
            self.draft = region
        else:
            self._changed = region

    def give_up(self) -> None:
        """Show the selected mark as it was."""
        self._changed = None

    def settle(self) -> tuple[int, Region] | None:
        """Keep what is shown; says which mark has which new region, if one has."""
        before = next((mark for mark in self._given if mark.id == self.selected), None)
        changed, self._changed = self._changed, None
        if before is None or changed is None or changed == before.region:
            return None
        self._given = tuple(replace(mark, region=changed) if mark is before else mark for mark in self._given)
        return before.id, changed

    def disarm(self) -> None:
        """Draw nothing more."""
        self.armed, self.draft = False, None

    def confirm(self) -> Region | None:
        """The draft, now told of."""
        self.told = self.draft
        self.disarm()
        return self.told
