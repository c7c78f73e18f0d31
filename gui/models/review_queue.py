"""The order in which pairs are reviewed: where one is, what was decided on the way, what is left.

The order never changes under the eyes: what is found later comes at the end, what was decided elsewhere is left
out, and a pair decided here stays where it is, so that going back finds it.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import chain, islice

from core.claims import SourceId
from core.proposing import Decision
from core.records import Match
from gui.models.review_tally import Tally, Wanted

Key = tuple[str, str]


def key_of(match: Match) -> Key:
    """What a verdict is kept under."""
    return match.sha256_a, match.sha256_b


class _Order:
    """Pairs in their order."""

    def __init__(self, matches: Sequence[Match]) -> None:
        self.matches = list(matches)
        self.places = {key_of(match): place for place, match in enumerate(self.matches)}

    def find(self, key: Key | None) -> Match | None:
        """A pair, if it is there."""
        return None if key is None or key not in self.places else self.matches[self.places[key]]

    def after(self, key: Key | None) -> Iterator[Match]:
        """Those that come after a pair; all where it is None."""
        return islice(self.matches, 0 if key is None else self.places[key] + 1, None)

    def before(self, key: Key | None) -> Iterator[Match]:
        """Those that come before a pair, the nearest first; all where it is None."""
        last = len(self.matches) if key is None else self.places[key]
        return (self.matches[place] for place in range(last - 1, -1, -1))


class ReviewQueue:
    """Pairs in order, one of them current; ``wanted`` limits them.

    ``tally`` counts those that are undecided, ``done`` those decided in this visit.
    """

    def __init__(self) -> None:
        self._order = _Order(())
        self._at: Key | None = None
        self._decisions: dict[Key, Decision] = {}
        self._settled: dict[Key, Match] = {}
        self._before_settling: Key | None = None  # what had been decided last when pairs were settled together
        self.wanted = Wanted()
        self.tally = Tally({})
        self.done = Tally({})

    @property
    def current(self) -> Match | None:
        """The pair being looked at, None at the end."""
        return self._order.find(self._at)

    @property
    def following(self) -> Match | None:
        """The pair that ``forward`` would go to, None where there is no other."""
        round_all = chain(self._order.after(self._at), self._order.matches)
        found = next((one for one in round_all if self._is_open(one)), None)
        return None if found is not None and key_of(found) == self._at else found

    @property
    def decided_count(self) -> int:
        """How many pairs were decided in this visit."""
        return len(self._decisions) + len(self._settled)

    @property
    def left(self) -> list[Match]:
        """The undecided pairs that are wanted, in order."""
        return [match for match in self._order.matches if self._is_open(match)]

    @property
    def undecided(self) -> list[Match]:
        """The undecided pairs, wanted or not, in order."""
        return [match for match in self._order.matches if key_of(match) not in self._decisions]

    @property
    def last_decided(self) -> Match | None:
        """The pair that was decided last and is not taken back; none where pairs were settled together since."""
        last = next(reversed(self._decisions), None)
        return None if last == self._before_settling else self._order.find(last)

    def decision(self, match: Match) -> Decision | None:
        """What was decided here on a pair."""
        return self._decisions.get(key_of(match))

    def begin(
        self,
        undecided: Sequence[Match],
        sources: Mapping[str, tuple[SourceId, ...]] | None = None,
        at: Key | None = None,
    ) -> None:
        """Start afresh with these pairs, at the first or at the one that is given, if it is among them."""
        self._decisions.clear()
        self._settled.clear()
        self._before_settling = None
        self.wanted = Wanted()
        self._take(undecided, sources or {})
        first = key_of(undecided[0]) if undecided else None
        self._at = at if at in self._order.places else first

    def refresh(self, undecided: Sequence[Match], sources: Mapping[str, tuple[SourceId, ...]] | None = None) -> None:
        """Take in what is undecided now, with nothing of one's own under way."""
        open_now = {key_of(match): match for match in undecided}
        self._decisions = {key: one for key, one in self._decisions.items() if key not in open_now}
        self._settled = {key: one for key, one in self._settled.items() if key not in open_now}
        if not self._settled:
            self._before_settling = None
        following = self._after(open_now.keys() | self._decisions.keys())
        staying = (key_of(one) in open_now or key_of(one) in self._decisions for one in self._order.matches)
        kept = [
            open_now.pop(key_of(one), one) for one, stays in zip(self._order.matches, staying, strict=True) if stays
        ]
        self._take([*kept, *open_now.values()], self.tally.sources if sources is None else sources)
        self._land(following)

    def choose(self, wanted: Wanted) -> None:
        """Limit the pairs, and go to the first undecided one that is wanted unless the current one is."""
        self.wanted = wanted
        current = self.current
        if current is None or not self.tally.allows(current, wanted):
            self._at = None
            self._land(None)

    def decide(self, decision: Decision) -> None:
        """Note a verdict on the current pair and go to the next undecided one."""
        current = self.current
        if current is not None and self._at is not None:
            if self._decisions.pop(self._at, None) is None:
                _move(current, self.tally, self.done)
            self._decisions[self._at] = decision  # the newest last
            if self._at == self._before_settling:
                self._before_settling = None
            self.forward()

    def settle(self, matches: Sequence[Match]) -> None:
        """Note that these pairs were decided together."""
        keys = {key_of(match) for match in matches}
        self._before_settling = next(reversed(self._decisions), None)
        self._settled |= {key_of(match): match for match in matches}
        following = self._after(self._order.places.keys() - keys)
        self._take([match for match in self._order.matches if key_of(match) not in keys], self.tally.sources)
        self._land(following)

    def take_back(self, match: Match) -> None:
        """Forget a verdict given here and go to its pair."""
        if self._decisions.pop(key_of(match), None) is not None:
            _move(match, self.done, self.tally)
        if not self.tally.allows(match, self.wanted):
            self.wanted = Wanted()
        self._at = key_of(match)

    def forward(self) -> None:
        """Go to the next undecided pair, from the end round to those skipped; stay where there is no other."""
        following = self.following
        if following is not None:
            self._at = key_of(following)
        elif self._at in self._decisions:
            self._at = None

    def back(self) -> None:
        """Go to the pair before, decided or not; from the end to the last one."""
        before = self._order.before(self._at)
        found = next((match for match in before if self.tally.allows(match, self.wanted)), None)
        if found is not None:
            self._at = key_of(found)

    def _take(self, matches: Sequence[Match], sources: Mapping[str, tuple[SourceId, ...]]) -> None:
        self._order = _Order(matches)
        self.tally, self.done = Tally(sources), Tally(sources)
        for match in self._order.matches:
            (self.done if key_of(match) in self._decisions else self.tally).count(match, 1)
        for match in self._settled.values():
            self.done.count(match, 1)

    def _is_open(self, match: Match) -> bool:
        return key_of(match) not in self._decisions and self.tally.allows(match, self.wanted)

    def _land(self, following: Key | None) -> None:
        """Where the current pair is gone, go to the one given, or to the first."""
        if self.current is None:
            first = next((key_of(match) for match in self._order.matches if self._is_open(match)), None)
            self._at = following or first

    def _after(self, keys: Collection[Key]) -> Key | None:
        """The first of ``keys`` after the current pair, which may be about to go, that is undecided."""
        if self.current is None:
            return None
        later = (key_of(match) for match in self._order.after(self._at) if self._is_open(match))
        return next((key for key in later if key in keys), None)


def _move(match: Match, away: Tally, to: Tally) -> None:
    away.count(match, -1)
    to.count(match, 1)
