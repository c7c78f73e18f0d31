"""Lining up what two coders recorded: which of their sightings are the same weapon."""

from core.blind_coding.coded_units import line_up
from core.claims import Identification
from core.records import ImageId, Sighting, SightingId
from core.regions import Region


def region(left: int, width: int = 200_000) -> Region:
    return Region(left, 100_000, width, 300_000)


def seen(number: int, type_: str = "SA.PIS", where: Region | None = None) -> Sighting:
    return Sighting(SightingId(number), ImageId(1), identification=Identification(type_), region=where)


def partners(first: list[Sighting], second: list[Sighting]) -> list[tuple[int | None, int | None]]:
    units = line_up(first, second)
    return [tuple(one.id if one else None for one in (unit.first, unit.second)) for unit in units]  # type: ignore[misc]


def test_single_sightings_are_the_same_weapon_whatever_they_say() -> None:
    assert partners([seen(1, "SA.PIS", region(0))], [seen(2, "VH.TNK", region(500_000))]) == [(1, 2)]


def test_regions_that_overlap_go_before_types_and_types_before_order() -> None:
    first = [seen(1, "SA.PIS", region(0)), seen(2, "SA.REV", region(500_000)), seen(3, "VH.TNK")]
    second = [seen(4, "VH.TNK"), seen(5, "SA.PIS", region(510_000)), seen(6, "SA.REV", region(10_000))]
    assert partners(first, second) == [(1, 6), (2, 5), (3, 4)]
    assert partners([seen(1, "SA.PIS"), seen(2, "SA.REV")], [seen(3, "VH.TNK"), seen(4, "SA.PIS")]) == [(1, 4), (2, 3)]


def test_the_regions_that_overlap_most_are_paired_first() -> None:
    first = [seen(1, where=region(60_000)), seen(2, where=region(0))]
    assert partners(first, [seen(3, where=region(0)), seen(4, where=region(70_000))]) == [(1, 4), (2, 3)]


def test_sightings_that_lie_apart_are_never_paired() -> None:
    first = [seen(1, where=region(0)), seen(2, where=region(300_000))]
    assert partners(first, [seen(3, where=region(700_000))]) == [(1, None), (2, None), (None, 3)]
