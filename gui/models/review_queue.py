"""The order in which pairs are reviewed: where one is, what was decided on the way, what is left.

The order never changes under the eyes: what is found later comes at the end, what was decided elsewhere is left
out, and a pair decided here stays where it is, so that going back finds it.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from core.records import Match

Key = tuple[str, str]


def key_of(match: Match) -> Key:
    """What a verdict is kept under."""
    return match.sha256_a, match.sha256_b


@dataclass(frozen=True, slots=True)
class Decision:
    """A verdict given here; *better copy* is directed from the first hash to the second."""

    verdict: str
    from_sha256: str
    to_sha256: str


class ReviewQueue:
    """Pairs in order, one of them current; ``kind`` limits them to one kind of likeness."""

    def __init__(self) -> None:
        self._matches: list[Match] = []
        self._places: dict[Key, int] = {}
        self._at: Key | None = None
        self._decisions: dict[Key, Decision] = {}
        self._settled: set[Key] = set()
        self.kind: str | None = None

    @property
    def current(self) -> Match | None:
        """The pair being looked at, None at the end."""
        return self._find(self._at)

    @property
    def decided_count(self) -> int:
        """How many pairs were decided in this visit."""
        return len(self._decisions) + len(self._settled)

    @property
    def left(self) -> list[Match]:
        """The undecided pairs of the chosen kind, in order."""
        return [match for match in self.undecided if self._is_wanted(match)]

    @property
    def undecided(self) -> list[Match]:
        """The undecided pairs of every kind, in order."""
        return [match for match in self._matches if key_of(match) not in self._decisions]

    @property
    def kinds(self) -> Counter[str]:
        """How many undecided pairs there are of each kind."""
        return Counter(match.kind for match in self.undecided)

    @property
    def last_decided(self) -> Match | None:
        """The pair that was decided last and is not taken back."""
        return self._find(next(reversed(self._decisions), None))

    def decision(self, match: Match) -> Decision | None:
        """What was decided here on a pair."""
        return self._decisions.get(key_of(match))

    def begin(self, undecided: Sequence[Match]) -> None:
        """Start afresh with these pairs, at the first."""
        self._take(undecided)
        self._decisions.clear()
        self._settled.clear()
        self.kind = None
        self._at = key_of(undecided[0]) if undecided else None

    def refresh(self, undecided: Sequence[Match]) -> None:
        """Take in what is undecided now, with nothing of one's own under way."""
        open_now = {key_of(match): match for match in undecided}
        self._decisions = {key: one for key, one in self._decisions.items() if key not in open_now}
        self._settled -= open_now.keys()
        at = self._at
        following = self._after(at, open_now.keys() | self._decisions.keys())
        staying = (key_of(one) in open_now or key_of(one) in self._decisions for one in self._matches)
        kept = [open_now.pop(key_of(one), one) for one, stays in zip(self._matches, staying, strict=True) if stays]
        self._take([*kept, *open_now.values()])
        if self.current is None:
            self._at = following or (key_of(self.left[0]) if self.left else None)

    def choose_kind(self, kind: str | None) -> None:
        """Limit the pairs to a kind, and go to the first undecided one of it unless the current one is."""
        self.kind = kind
        current = self.current
        if current is None or (kind is not None and current.kind != kind):
            self._at = key_of(self.left[0]) if self.left else None

    def decide(self, decision: Decision) -> None:
        """Note a verdict on the current pair and go to the next undecided one."""
        if self._at is not None:
            self._decisions.pop(self._at, None)  # the newest last
            self._decisions[self._at] = decision
            self.forward()

    def settle(self, matches: Sequence[Match]) -> None:
        """Note that these pairs were decided together."""
        keys = {key_of(match) for match in matches}
        self._settled |= keys
        following = self._after(self._at, {key_of(one) for one in self._matches} - keys)
        self._take([match for match in self._matches if key_of(match) not in keys])
        if self.current is None:
            self._at = following or (key_of(self.left[0]) if self.left else None)

    def take_back(self, match: Match) -> None:
        """Forget a verdict given here and go to its pair."""
        self._decisions.pop(key_of(match), None)
        if self.kind not in (None, match.kind):
            self.kind = None
        self._at = key_of(match)

    def forward(self) -> None:
        """Go to the next undecided pair, from the end round to those skipped; stay where there is no other."""
        place = -1 if self._at is None else self._places[self._at]
        for match in chain(islice(self._matches, place + 1, None), islice(self._matches, max(place, 0))):
            if self._is_wanted(match) and key_of(match) not in self._decisions:
                self._at = key_of(match)
                return
        if self._at in self._decisions:
            self._at = None

    def back(self) -> None:
        """Go to the pair before, decided or not; from the end to the last one."""
        place = len(self._matches) if self._at is None else self._places[self._at]
        before = (self._matches[number] for number in range(place - 1, -1, -1))
        found = next((match for match in before if self._is_wanted(match)), None)
        if found is not None:
            self._at = key_of(found)

    def _find(self, key: Key | None) -> Match | None:
        return None if key is None or key not in self._places else self._matches[self._places[key]]

    def _take(self, matches: Sequence[Match]) -> None:
        self._matches = list(matches)
        self._places = {key_of(match): place for place, match in enumerate(self._matches)}

    def _is_wanted(self, match: Match) -> bool:
        return self.kind in (None, match.kind)

    def _after(self, at: Key | None, keys: Collection[Key]) -> Key | None:
        """The first of ``keys`` that stands after a pair which may be about to go, and is undecided."""
        if at is None or at not in self._places:
            return None
        later = (key_of(match) for match in islice(self._matches, self._places[at] + 1, None) if self._is_wanted(match))
        return next((key for key in later if key in keys and key not in self._decisions), None)
