"""What two coders said of the same images, lined up: which of their sightings are the same weapon.

Of an image in which each recorded one sighting, the two are the same weapon.  Of others, sightings are paired in
three rounds, each of what is left over from the one before: first those whose regions overlap most, by a quarter of
their common area at least; then those of the same type; then as they come, oldest first.  Two sightings whose regions
lie apart are never paired.  What finds no partner is a unit by itself, *not recorded* by the other coder.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from core.archive import Archive
from core.records import ImageId, Sighting
from core.store import coding_sets, sightings

_ALIKE: Final = 0.25  # intersection over union
COUNT: Final = "sightings"
"""The field that says how many weapons a coder saw in an image; all others are of single sightings."""
PRESENCE: Final = "sighting"
"""The field that says whether a coder recorded a weapon at all."""
QUANTITY: Final = "quantity"
"""The field that says how many weapons a sighting is, a number with its basis: neither means anything alone."""
FIELDS: Final = (
    "type", "model", "level", "certainty", "design", "manufacture", "condition", "context", "visible_part", QUANTITY,
)  # fmt: skip
"""The fields of a sighting that are compared; those of the first four stand in its preferred identification."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One weapon in an image as the first and as the second coder recorded it, None where one did not."""

    first: Sighting | None
    second: Sighting | None


@dataclass(frozen=True, slots=True)
class Difference:
    """What the coders recorded differently: the unit's place, and of a field what each said.

    Of a weapon that only one recorded the field is ``PRESENCE``, and the words are the weapon's type.
    """

    place: int
    field: str
    first: str | None
    second: str | None


@dataclass(frozen=True, slots=True)
class CodedImage:
    """An image of a set with all that both coders recorded, lined up."""

    image_id: ImageId
    settled: bool
    units: tuple[Unit, ...]

    @property
    def counts(self) -> tuple[str, str]:
        """How many sightings each coder recorded."""
        first = sum(unit.first is not None for unit in self.units)
        return str(first), str(sum(unit.second is not None for unit in self.units))

    @property
    def differences(self) -> tuple[Difference, ...]:
        """What the coders recorded differently, of the fields that are compared."""
        return tuple(found for place, unit in enumerate(self.units) for found in _apart(place, unit))

    @property
    def agreed(self) -> bool:
        """Whether both coders recorded the same in every field that is compared."""
        return not self.differences


def _apart(place: int, unit: Unit) -> list[Difference]:
    if unit.first is None or unit.second is None:
        return [Difference(place, PRESENCE, value(unit.first, "type"), value(unit.second, "type"))]
    both = [(field, value(unit.first, field), value(unit.second, field)) for field in FIELDS]
    return [Difference(place, field, first, second) for field, first, second in both if first != second]


def of_set(
    archive: Archive, row: coding_sets.SetRow, first: coding_sets.Coding, second: coding_sets.Coding
) -> list[CodedImage]:
    """Every image of a set that both have closed, in the set's order, those that nobody found a weapon in included."""
    by_coder = [_by_image(sightings.of_coding(archive.db, coding.id)) for coding in (first, second)]
    return [
        CodedImage(
            member.image_id,
            member.settled,
            line_up(*(held.get(member.image_id, []) for held in by_coder)),
        )
        for member in coding_sets.members(archive.db, row.id)
    ]


def _by_image(found: Sequence[Sighting]) -> Mapping[ImageId, list[Sighting]]:
    held: dict[ImageId, list[Sighting]] = {}
    for sighting in found:
        held.setdefault(sighting.image_id, []).append(sighting)
    return held


def value(sighting: Sighting | None, field: str) -> str | None:
    """What a sighting says in a field of ``FIELDS``: a code, several with spaces; empty or None where nothing.

    A quantity is its number and the code of its basis.
    """
    if sighting is None:
        return None
    if field == QUANTITY:
        return "" if sighting.quantity is None else f"{sighting.quantity} {sighting.quantity_basis}".rstrip()
    if field in ("design", "manufacture"):
        return " ".join(sorted(sighting.countries(field)))
    holder = sighting.identification if field in FIELDS[:4] else sighting
    return "" if holder is None else str(getattr(holder, field))


def line_up(first: Sequence[Sighting], second: Sequence[Sighting]) -> tuple[Unit, ...]:
    """The sightings of both coders as units, in the order of the first's; those that only the second has come last."""
    if len(first) == len(second) == 1:
        return (Unit(first[0], second[0]),)
    return pair_up(first, second, _shared)


Shared = Callable[[Sighting, Sighting], float | None]
"""How much of their common area two regions share; None where nobody knows, as without a region."""
_Likeness = Callable[[Sighting, Sighting], float]


def pair_up(first: Sequence[Sighting], second: Sequence[Sighting], shared: Shared) -> tuple[Unit, ...]:
    """Pair sightings in the three rounds, in the order of the first's; those that only the second has come last."""

    def overlap(one: Sighting, other: Sighting) -> float:
        alike = shared(one, other) or 0
        return alike if alike >= _ALIKE else 0

    def anything(one: Sighting, other: Sighting) -> float:
        """Whether two sightings may be one weapon at all: their regions do not lie apart."""
        alike = shared(one, other)
        return float(alike is None or alike > 0)

    def same_type(one: Sighting, other: Sighting) -> float:
        known = one.identification is not None and other.identification is not None
        return float(known and value(one, "type") == value(other, "type") and anything(one, other) > 0)

    pairs: dict[int, Sighting] = {}
    left = list(second)
    for likeness in (overlap, same_type, anything):
        _pair(first, left, pairs, likeness)
    units = [Unit(sighting, pairs.get(sighting.id)) for sighting in first]
    return (*units, *(Unit(None, sighting) for sighting in left))


def _pair(first: Sequence[Sighting], left: list[Sighting], pairs: dict[int, Sighting], likeness: _Likeness) -> None:
    """Pair what is left over, the most alike first and among equals the oldest."""
    found = [
        (-alike, one.id, other.id, one, other)
        for one in first
        if one.id not in pairs
        for other in left
        if (alike := likeness(one, other)) > 0
    ]
    for _, _, _, one, other in sorted(found, key=lambda row: row[:3]):
        if one.id not in pairs and other in left:
            pairs[one.id] = other
            left.remove(other)


def _shared(one: Sighting, other: Sighting) -> float | None:
    """Of two regions in one image."""
    if one.region is None or other.region is None:
        return None
    return one.region.intersection_over_union(other.region)
