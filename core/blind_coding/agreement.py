"""Agreement of two coders who recorded the same field for the same units, each without seeing the other's.

Source: Jacob Cohen, "A coefficient of agreement for nominal scales", Educational and Psychological Measurement
20 (1960), 37-46.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

Pair = tuple[str | None, str | None]
"""What the first and what the second coder recorded of one unit; None or an empty text for nothing."""


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Two values that the coders gave to the same units, and to how many; None is *not recorded*."""

    first: str | None
    second: str | None
    units: int


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far two coders agree.

    ``units`` were compared and ``agreed`` of them got the same value; ``left_out`` were recorded by neither and
    are in no other number.  ``expected`` is the share of units (0 to 1) on which coders with these habits would
    agree by chance.  ``kappa`` is Cohen's, unweighted: 1 for full agreement, 0 for no more than chance, negative for
    less; None where ``undefined`` says why.  The commonest disagreements come first.
    """

    units: int
    agreed: int
    left_out: int
    expected: float | None
    kappa: float | None
    undefined: str
    disagreements: tuple[Disagreement, ...]

    @property
    def per_cent(self) -> float | None:
        """The units that got the same value, in per cent; None where none was compared."""
        return 100 * self.agreed / self.units if self.units else None


def compare(pairs: Iterable[Pair]) -> Agreement:
    """The agreement over all units, in any order.

    A unit that one coder left empty counts, with *not recorded* as a value like any other.
    """
    table = Counter((first or None, second or None) for first, second in pairs)
    left_out = table.pop((None, None), 0)
    units = table.total()
    agreed = sum(count for (first, second), count in table.items() if first == second)
    by_chance = _by_chance(table)
    kappa, undefined = None, ""
    if by_chance is None:
        undefined = "Kappa is undefined: there is no unit that either coder recorded."
    elif by_chance == 1:
        undefined = "Kappa is undefined: both coders always gave the same single value, so chance alone explains it."
    else:
        kappa = float((Fraction(agreed, units) - by_chance) / (1 - by_chance))
    apart = [Disagreement(*pair, count) for pair, count in table.items() if pair[0] != pair[1]]
    return Agreement(
        units=units,
        agreed=agreed,
        left_out=left_out,
        expected=None if by_chance is None else float(by_chance),
        kappa=kappa,
        undefined=undefined,
        disagreements=tuple(sorted(apart, key=lambda one: (-one.units, one.first or "", one.second or ""))),
    )


def _by_chance(table: Counter[Pair]) -> Fraction | None:
    """The share of units that two coders agree on who give each value as often as these, but anywhere."""
    units = table.total()
    if not units:
        return None
    first, second = Counter[str | None](), Counter[str | None]()
    for (one, other), count in table.items():
        first[one] += count
        second[other] += count
    return Fraction(sum(count * second[value] for value, count in first.items()), units**2)
