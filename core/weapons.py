"""Which sightings on the copies of one picture are the same weapon, so that it is counted once."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Final, NamedTuple


class Seen(NamedTuple):
    """A sighting by its preferred claims: the codes of its type and countries, None where nobody has said."""

    sighting_id: int
    image_id: int
    type: str | None
    design: str | None
    manufacture: str | None


def as_settled(copies: Iterable[Sequence[Seen]], settled: Mapping[int, int]) -> list[list[Seen]]:
    """The sightings on each copy of one picture, those that were ``settled`` as the ones on other copies that they are.

    So one weapon may stand on several copies, as the same sighting, but on none twice.
    """
    every = [list(copy) for copy in copies]
    by_id = {seen.sighting_id: seen for copy in every for seen in copy}

    def kept(seen: Seen) -> Seen:
        while settled.get(seen.sighting_id) in by_id:
            seen = by_id[settled[seen.sighting_id]]
        return seen

    return [list({one.sighting_id: one for one in map(kept, copy)}.values()) for copy in every] if settled else every


def line_up(copies: Iterable[Sequence[Seen]], apart: Collection[tuple[int, int]] = ()) -> list[Seen]:
    """The weapons of one picture, from the sightings on each of its copies, the representative's first.

    Two sightings on one copy are two weapons.  One on another copy is the same weapon as one of the same type
    already met: best one that says the same, else one that does not contradict it, else the next in order.
    So of one type there are as many weapons as the copy with the most of them shows.  What a copy leaves open is
    filled from the copies after it; where they contradict each other, the first has its say.  Two sightings that
    were judged to be ``apart``, the older first, are never the same weapon.
    """
    weapons: list[_Weapon] = []
    for copy in copies:
        free = list(weapons)
        left = list(copy)
        for fits in _FITS:
            left = _place(left, free, fits, apart) if left and free else left
        weapons += [_Weapon(seen) for seen in left]
    return [weapon.known for weapon in weapons]


class _Weapon:
    """What is known of a weapon so far, and the sightings that it was met as."""

    def __init__(self, seen: Seen) -> None:
        self.known = seen
        self.met = {seen.sighting_id}

    def take(self, seen: Seen) -> None:
        known = self.known
        self.met.add(seen.sighting_id)
        self.known = known._replace(
            design=known.design or seen.design, manufacture=known.manufacture or seen.manufacture
        )


def _place(sightings: list[Seen], free: list[_Weapon], fits: "_Fit", apart: Collection[tuple[int, int]]) -> list[Seen]:
    """Merge sightings into the free weapons that they fit; those that fit none are left."""
    left = []
    for seen in sightings:
        may = (one for one in free if not (apart and _is_apart(one, seen, apart)))
        weapon = next((one for one in may if one.known.type == seen.type and fits(one, seen)), None)
        if weapon is None:
            left.append(seen)
        else:
            free.remove(weapon)
            weapon.take(seen)
    return left


def _is_apart(weapon: _Weapon, seen: Seen, apart: Collection[tuple[int, int]]) -> bool:
    return any((min(one, seen.sighting_id), max(one, seen.sighting_id)) in apart for one in weapon.met)


_Fit = Callable[[_Weapon, Seen], bool]


def _is_it(weapon: _Weapon, seen: Seen) -> bool:
    return seen.sighting_id in weapon.met


def _says_the_same(weapon: _Weapon, seen: Seen) -> bool:
    return weapon.known[3:] == seen[3:]


def _does_not_contradict(weapon: _Weapon, seen: Seen) -> bool:
    return all(a is None or b is None or a == b for a, b in zip(weapon.known[3:], seen[3:], strict=True))


def _is_next(_weapon: _Weapon, _seen: Seen) -> bool:
    return True


_FITS: Final[tuple[_Fit, ...]] = (_is_it, _says_the_same, _does_not_contradict, _is_next)
