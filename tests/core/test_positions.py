"""Positions are read as people write them, and never guessed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import Refused
from core.positions import distance_km, parse, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("36.3762, 42.4497", (363762000, 424497000)),
        ("36.3762 42.4497", (363762000, 424497000)),
        ("(36.3762;-42.4497)", (363762000, -424497000)),
        ("−33.5, 151", (-335000000, 1510000000)),
        ("36.5°N, 42.25°E", (365000000, 422500000)),
        ("N36.5 E42.25", (365000000, 422500000)),
        ("42.25E 36.5N", (365000000, 422500000)),
        ("33°30'S 70°15'W", (-335000000, -702500000)),
        ("36°22'30\"N42°26'60\"E".replace("60", "36"), (363750000, 424433333)),
        ("36°22′30″N, 42°26′36″E", (363750000, 424433333)),
    ],
)
def test_a_position_is_read(text: str, expected: tuple[int, int]) -> None:
    assert parse(text) == expected


@pytest.mark.parametrize(
    "text", ["", "36.3", "north of Mosul", "36.3, 42.4, 7", "91, 0", "0, 181", "36°70'N 42°E", "36N 42N", "36E 42.1"]
)
def test_what_is_no_position_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        parse(text)


@given(st.integers(-900_000_000, 900_000_000), st.integers(-1_800_000_000, 1_800_000_000))
def test_what_is_shown_reads_back_exactly(latitude_e7: int, longitude_e7: int) -> None:
    assert parse(words(latitude_e7, longitude_e7)) == (latitude_e7, longitude_e7)


@pytest.mark.parametrize(
    ("one", "other", "km"),
    [
        ((0, 0), (0, 0), 0),
        ((363_400_000, 431_300_000), (335_100_000, 362_900_000), 700),  # Mosul and Damascus
        ((0, 1_799_999_999), (0, -1_799_999_999), 0),
        ((900_000_000, 0), (-900_000_000, 0), 20_015),
    ],
)
def test_distances_go_along_the_ground(one: tuple[int, int], other: tuple[int, int], km: float) -> None:
    assert distance_km(one, other) == pytest.approx(km, abs=5)
