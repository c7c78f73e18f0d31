"""How many pairs there are in a review, by kind and by source, counted without going through all of them."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from core.claims import SourceId
from core.records import Match


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which pairs to go through: of one kind of likeness, and with an image from one source; None for any."""

    kind: str | None = None
    source: SourceId | None = None


class Tally:
    """How many pairs there are, by kind and by where their images come from.

    ``sources`` are those of each content hash; an image may have several, or none.
    """

    def __init__(self, sources: Mapping[str, tuple[SourceId, ...]]) -> None:
        self.sources = sources
        self._counts: Counter[tuple[str, frozenset[SourceId]]] = Counter()

    def count(self, match: Match, by: int) -> None:
        """So many more pairs like this one."""
        self._counts[match.kind, self._of(match)] += by

    def allows(self, match: Match, wanted: Wanted) -> bool:
        """Whether a pair is wanted."""
        return wanted.kind in (None, match.kind) and (wanted.source is None or wanted.source in self._of(match))

    def left(self, wanted: Wanted) -> int:
        """How many of the wanted ones there are."""
        counts = self.kinds(wanted.source)
        return counts[wanted.kind] if wanted.kind else counts.total()

    def kinds(self, source: SourceId | None) -> Counter[str]:
        """How many there are of each kind, with an image from a source where it is given."""
        found: Counter[str] = Counter()
        for (kind, sources), number in self._counts.items():
            if number and (source is None or source in sources):
                found[kind] += number
        return found

    def by_source(self, kind: str | None) -> Counter[SourceId]:
        """How many there are with an image from each source, of one kind where it is given."""
        found: Counter[SourceId] = Counter()
        for (one, sources), number in self._counts.items():
            if number and kind in (None, one):
                found.update(dict.fromkeys(sources, number))
        return found

    def _of(self, match: Match) -> frozenset[SourceId]:
        return frozenset((*self.sources.get(match.sha256_a, ()), *self.sources.get(match.sha256_b, ())))
