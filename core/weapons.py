"""Which sightings on the copies of one picture are the same weapon, so that it is counted once."""

from collections.abc import Callable, Iterable, Sequence
from typing import Final, NamedTuple


class Seen(NamedTuple):
    """A sighting by its preferred claims: the codes of its type and countries, None where nobody has said."""

    sighting_id: int
    image_id: int
    type: str | None
    design: str | None
    manufacture: str | None


def line_up(copies: Iterable[Sequence[Seen]]) -> list[Seen]:
    """The weapons of one picture, from the sightings on each of its copies, the representative's first.

    Two sightings on one copy are two weapons.  One on another copy is the same weapon as one of the same type
    already met: best one that says the same, else one that does not contradict it, else the next in order.
    So of one type there are as many weapons as the copy with the most of them shows.  What a copy leaves open is
    filled from the copies after it; where they contradict each other, the first has its say.
    """
    weapons: list[Seen] = []
    for copy in copies:
        free = list(range(len(weapons)))
        left = list(copy)
        for fits in _FITS:
            left = _place(left, weapons, free, fits) if left and free else left
        weapons += left
    return weapons


def _place(sightings: list[Seen], weapons: list[Seen], free: list[int], fits: "_Fit") -> list[Seen]:
    """Merge sightings into the free weapons that they fit; those that fit none are left."""
    left = []
    for seen in sightings:
        place = next((at for at in free if weapons[at].type == seen.type and fits(weapons[at], seen)), None)
        if place is None:
            left.append(seen)
        else:
            free.remove(place)
            known = weapons[place]
            weapons[place] = known._replace(
                design=known.design or seen.design, manufacture=known.manufacture or seen.manufacture
            )
    return left


_Fit = Callable[[Seen, Seen], bool]


def _says_the_same(known: Seen, seen: Seen) -> bool:
    return known[3:] == seen[3:]


def _does_not_contradict(known: Seen, seen: Seen) -> bool:
    return all(a is None or b is None or a == b for a, b in zip(known[3:], seen[3:], strict=True))


def _is_next(_known: Seen, _seen: Seen) -> bool:
    return True


_FITS: Final[tuple[_Fit, ...]] = (_says_the_same, _does_not_contradict, _is_next)
