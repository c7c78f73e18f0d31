"""Which sightings on the copies of a picture are one weapon."""

from hypothesis import given
from hypothesis import strategies as st

from core.weapons import Seen, line_up


def seen(number: int, type_: str | None, made_in: str | None = None, design: str | None = None) -> Seen:
    return Seen(number, 1, type_, design, made_in)


def told(weapons: list[Seen]) -> list[tuple[str | None, str | None]]:
    return [(weapon.type, weapon.manufacture) for weapon in weapons]


def test_two_like_sightings_on_one_image_are_two_weapons() -> None:
    assert len(line_up([[seen(1, "SA.PIS", "HUN"), seen(2, "SA.PIS", "HUN")]])) == 2


def test_like_sightings_on_two_copies_are_one_weapon() -> None:
    assert told(line_up([[seen(1, "SA.PIS", "HUN")], [seen(2, "SA.PIS", "HUN")]])) == [("SA.PIS", "HUN")]


def test_sightings_of_other_types_are_other_weapons() -> None:
    assert len(line_up([[seen(1, "SA.PIS")], [seen(2, "SA.REV")], [seen(3, None)]])) == 3


def test_the_copy_with_the_most_of_a_type_says_how_many_there_are() -> None:
    copies = [[seen(1, "SA.PIS")], [seen(2, "SA.PIS"), seen(3, "SA.PIS")], [seen(4, "SA.PIS")]]
    assert len(line_up(copies)) == 2


def test_what_one_copy_leaves_open_another_fills() -> None:
    (weapon,) = line_up([[seen(1, "SA.PIS")], [seen(2, "SA.PIS", "HUN")], [seen(3, "SA.PIS", None, "SUHH")]])
    assert (weapon.sighting_id, weapon.manufacture, weapon.design) == (1, "HUN", "SUHH")


def test_where_copies_contradict_each_other_the_first_has_its_say() -> None:
    assert told(line_up([[seen(1, "SA.PIS", "HUN")], [seen(2, "SA.PIS", "CHN")]])) == [("SA.PIS", "HUN")]


def test_a_sighting_goes_with_the_one_that_says_the_same_though_another_comes_first() -> None:
    copies = [[seen(1, "SA.PIS"), seen(2, "SA.PIS", "HUN")], [seen(3, "SA.PIS", "HUN")]]
    assert told(line_up(copies)) == [("SA.PIS", None), ("SA.PIS", "HUN")]


def test_a_sighting_rather_fills_a_gap_than_contradicts() -> None:
    copies = [[seen(1, "SA.PIS", "HUN"), seen(2, "SA.PIS")], [seen(3, "SA.PIS", "CHN")]]
    assert told(line_up(copies)) == [("SA.PIS", "HUN"), ("SA.PIS", "CHN")]


SIGHTINGS = st.lists(st.builds(seen, st.just(0), st.sampled_from(["A", "B", None]), st.sampled_from(["X", "Y", None])))


@given(SIGHTINGS, st.integers(1, 4))
def test_copies_that_say_the_same_change_nothing(sightings: list[Seen], copies: int) -> None:
    assert line_up([sightings] * copies) == sightings


@given(st.lists(SIGHTINGS, max_size=4))
def test_of_each_type_there_are_as_many_as_the_copy_with_the_most_shows(copies: list[list[Seen]]) -> None:
    types = [weapon.type for weapon in line_up(copies)]
    for type_ in ("A", "B", None):
        most = max((sum(one.type == type_ for one in copy) for copy in copies), default=0)
        assert types.count(type_) == most
