"""Agreement: per cent and Cohen's kappa as published, and what becomes of the empty."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.blind_coding.agreement import Disagreement, Pair, compare


def coded(table: Mapping[Pair, int]) -> list[Pair]:
    return [pair for pair, count in table.items() for _ in range(count)]


# Both tables and their kappas, 0.348 and 0.8013, were read in the test of cohen_kappa_score by the scikit-learn
# developers (https://github.com/scikit-learn/scikit-learn, sklearn/metrics/tests/test_classification.py), which
# gives them as tables 1 and 4 of Ron Artstein and Massimo Poesio, "Inter-Coder Agreement for Computational
# Linguistics", Computational Linguistics 34:4 (2008), 555-596, https://aclanthology.org/J08-4004/.
TWO_VALUES = {
    ("statement", "statement"): 20,
    ("statement", "request"): 20,
    ("request", "statement"): 10,
    ("request", "request"): 50,
}
THREE_VALUES = {
    ("statement", "statement"): 46,
    ("request", "statement"): 6,
    ("request", "request"): 32,
    ("request", "check"): 6,
    ("check", "check"): 10,
}


def test_kappa_of_two_values_is_as_published() -> None:
    found = compare(coded(TWO_VALUES))
    assert (found.units, found.agreed, found.per_cent, found.left_out) == (100, 70, 70.0, 0)
    assert found.expected == pytest.approx(0.4 * 0.3 + 0.6 * 0.7)
    assert found.kappa == pytest.approx(0.348, abs=0.0005)
    assert found.undefined == ""


def test_kappa_of_three_values_is_as_published() -> None:
    found = compare(coded(THREE_VALUES))
    assert found.per_cent == 88.0
    assert found.expected == pytest.approx(0.46 * 0.52 + 0.44 * 0.32 + 0.10 * 0.16)
    assert found.kappa == pytest.approx(0.8013, abs=0.00005)


def test_disagreements_are_counted_by_value_pair_the_commonest_first() -> None:
    assert compare(coded(TWO_VALUES)).disagreements == (
        Disagreement("statement", "request", 20),
        Disagreement("request", "statement", 10),
    )
    assert compare([("a", "c"), ("a", "b"), ("b", "b")]).disagreements == (
        Disagreement("a", "b", 1),
        Disagreement("a", "c", 1),
    )


def test_a_unit_that_one_coder_left_empty_counts_as_not_recorded() -> None:
    found = compare([("rifle", "rifle"), ("rifle", None), ("", "pistol"), ("pistol", "pistol")])
    assert (found.units, found.agreed, found.left_out) == (4, 2, 0)
    assert found.disagreements == (Disagreement(None, "pistol", 1), Disagreement("rifle", None, 1))
    assert found.expected == pytest.approx(0.5 * 0.25 + 0.25 * 0.5 + 0.25 * 0.25)


def test_a_unit_that_both_left_empty_is_left_out_and_counted() -> None:
    recorded = coded(TWO_VALUES)
    with_empty, without = compare([*recorded, (None, None), ("", None)]), compare(recorded)
    assert with_empty.left_out == 2
    assert (with_empty.units, with_empty.kappa) == (without.units, without.kappa)


def test_kappa_is_undefined_where_both_always_gave_one_value() -> None:
    found = compare([("rifle", "rifle")] * 3)
    assert (found.per_cent, found.expected, found.kappa) == (100.0, 1.0, None)
    assert "same single value" in found.undefined


def test_kappa_is_undefined_where_nothing_was_recorded() -> None:
    found = compare([(None, "")])
    assert (found.units, found.left_out, found.per_cent, found.expected, found.kappa) == (0, 1, None, None, None)
    assert "no unit" in found.undefined


values = st.sampled_from(["rifle", "pistol", "mortar", "", None])
pairs = st.lists(st.tuples(values, values), max_size=60)


@given(pairs)
def test_agreement_is_the_same_from_either_side(units: list[Pair]) -> None:
    one, other = compare(units), compare((second, first) for first, second in units)
    assert (one.units, one.agreed, one.expected, one.kappa) == (other.units, other.agreed, other.expected, other.kappa)
    assert {(each.first, each.second, each.units) for each in one.disagreements} == {
        (each.second, each.first, each.units) for each in other.disagreements
    }


@given(pairs)
def test_every_unit_is_agreed_on_or_disagreed_on_or_left_out(units: list[Pair]) -> None:
    found = compare(units)
    assert found.agreed + sum(one.units for one in found.disagreements) == found.units
    assert found.units + found.left_out == len(units)


@given(pairs)
def test_kappa_is_at_most_one_and_at_least_minus_one_or_undefined_with_a_reason(units: list[Pair]) -> None:
    found = compare(units)
    assert (found.kappa is None) == bool(found.undefined)
    if found.kappa is not None:
        assert -1 <= found.kappa <= 1
        assert (found.kappa == 1) == (found.agreed == found.units)


@given(st.lists(st.sampled_from(["rifle", "pistol", "mortar"]), min_size=2).filter(lambda each: len({*each}) > 1))
def test_equal_records_agree_fully(recorded: list[str]) -> None:
    found = compare(zip(recorded, recorded, strict=True))
    assert (found.kappa, found.per_cent, found.disagreements) == (1.0, 100.0, ())
