"""Coding sheets: keys are given and exchanged, and a settings file that somebody edited costs only its nonsense."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.coding_sheets import KEYS, CodingSheet, SheetValue, read, written
from core.errors import Refused

SHEET = CodingSheet((SheetValue("1", "type", "SA.PIS"), SheetValue("2", "manufacture", "HUN")), advances=True)


def test_a_value_takes_the_first_free_key_and_digits_go_first() -> None:
    sheet = CodingSheet()
    for number in range(len(KEYS)):
        sheet = sheet.with_value("place", f"place-{number}")
    assert "".join(value.key for value in sheet.values) == KEYS
    assert len(set(KEYS)) == 35
    with pytest.raises(Refused, match="Every key"):
        sheet.with_value("place", "one more")
    freed = sheet.without("3").with_value("place", "one more")
    assert freed.at("3") == SheetValue("3", "place", "one more")


def test_a_value_stands_once_and_texts_do_not() -> None:
    with pytest.raises(Refused, match="already"):
        SHEET.with_value("type", "SA.PIS")
    with pytest.raises(Refused, match="typed"):
        SHEET.with_value("serial", "12345")


def test_a_value_moves_to_another_key_and_what_stood_there_takes_its_own() -> None:
    assert [value.key for value in SHEET.moved("1", "2").values] == ["2", "1"]
    assert [value.key for value in SHEET.moved("1", "q").values] == ["q", "2"]
    assert SHEET.moved("1", "ß") == SHEET.moved("7", "q") == SHEET


def test_what_is_written_is_read() -> None:
    assert read(written({"one": SHEET, "other": CodingSheet(advance_after=("holder",))})) == {
        "one": SHEET,
        "other": CodingSheet(advance_after=("holder",)),
    }


@pytest.mark.parametrize(
    "value",
    [
        {"key": "12", "facet": "type", "code": "SA.PIS"},
        {"key": "?", "facet": "type", "code": "SA.PIS"},
        {"key": "3", "facet": "shape", "code": "SA.PIS"},
        {"key": "3", "facet": ["type"], "code": "SA.PIS"},
        {"key": "3", "facet": "type", "code": ""},
        {"key": "1", "facet": "type", "code": "VH.TNK"},
        "nonsense",
    ],
)
def test_a_value_that_makes_no_sense_costs_only_itself(value: Any) -> None:
    held = written({"one": SHEET})
    held["one"]["values"].append(value)
    assert read(held) == {"one": SHEET}


NAMES = st.sampled_from(["values", "advance_after", "key", "facet", "x"])
LEAVES = st.none() | st.booleans() | st.integers() | st.text()


@given(held=st.recursive(LEAVES, lambda inner: st.lists(inner) | st.dictionaries(NAMES, inner)))
def test_nothing_that_a_file_holds_breaks_the_reading(held: Any) -> None:
    read(held)
    read({"one": held})
