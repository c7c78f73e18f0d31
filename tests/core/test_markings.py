"""Markings: what may be the same text is found, whatever was unread, and nothing is claimed of what says nothing."""

import itertools

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from core.folding import fold
from core.markings import QUALITIES, Found, Markings, fits, nearly, normalise, search

# Few characters and many wildcards, so that markings meet; with what folding drops, lengthens or takes for another.
some = st.text("ab01oI-", max_size=3)
marks = st.lists(st.one_of(some, st.sampled_from(["?", "*", "\\?", "\\*", "\\\\", " ", "æ"])), max_size=7).map("".join)


def tokens(marking: str) -> list[str]:
    """Wildcards by their sign, other characters folded with a mark before each."""
    found, rest = [], iter(marking)
    for character in rest:
        if character in "?*":
            found.append(character)
        else:
            plain = next(rest, "\\") if character == "\\" else character
            found += [f"={one}" for one in fold(plain)]
    return found


def unify(one: list[str], other: list[str]) -> bool:
    """The definition, slowly: a table of which beginnings of one can be which beginnings of the other."""
    can = {(0, 0)}
    for i, j in itertools.product(range(len(one) + 1), range(len(other) + 1)):
        if (i, j) not in can:
            continue
        left, right = one[i : i + 1], other[j : j + 1]
        if left == ["*"] or right == ["*"]:
            can |= {(i + 1, j)} if left else set()
            can |= {(i, j + 1)} if right else set()
        elif left and right and ("?" in (left[0], right[0]) or left == right):
            can.add((i + 1, j + 1))
    return (len(one), len(other)) in can


def inside(one: list[str], other: list[str]) -> bool:
    """Whether one can be a part of the other with a character read in both: that one fixed on each in turn."""
    return any(
        left.startswith("=")
        and left == right
        and unify(["*", *one[:i]], other[:j])
        and unify([*one[i + 1 :], "*"], other[j + 1 :])
        for (i, left), (j, right) in itertools.product(enumerate(one), enumerate(other))
    )


def says_something(parts: list[str]) -> bool:
    return any(part.startswith("=") for part in parts)


def mixed_up(parts: list[str]) -> list[str]:
    return [{"=o": "=0", "=i": "=1"}.get(part, part) for part in parts]


def expected(text: str, marking: str) -> str | None:
    one, other = tokens(text), tokens(marking)
    if not says_something(one) or not says_something(other):
        return None
    if unify(one, other):
        return "fits"
    if inside(one, other):
        return "contains"
    one, other = mixed_up(one), mixed_up(other)
    return "nearly" if unify(one, other) or inside(one, other) else None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("AB-1234", "ab 1234"),
        ("AB?234", "AB1234"),
        ("AB?234", "A?1234"),
        ("AB*", "AB1234"),
        ("AB*", "*34"),
        ("A*4", "AB?2*"),
        ("АВ1234", "AB1234"),  # Cyrillic А and В
        ("١٢٣٤", "1234"),
        ("Œ?", "oeb"),
        (r"A\?1", r"a\?1"),
        ("A？1", "A81"),
        ("A؟1", "A81"),
        ("A*1", "A1"),
        ("«AB 12»", "AB12"),
    ],
)
def test_two_readings_of_one_text_fit(one: str, other: str) -> None:
    assert fits(one, other)
    assert fits(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("AB1234", "AB1235"),
        ("AB?234", "AB234"),
        ("AB*", "A1234"),
        (r"A\?1", "A81"),
        (r"A\*1", "A881"),
        ("A_1", "A81"),
        ("A·1", "A81"),
        ("", ""),
        ("AB0", "ABO"),
    ],
)
def test_readings_that_contradict_each_other_do_not_fit(one: str, other: str) -> None:
    assert not fits(one, other)
    assert not fits(other, one)


@pytest.mark.parametrize("nothing", ["*", "???", "", " - ", "? *", "**"])
def test_what_is_all_unread_fits_and_finds_nothing_not_even_itself(nothing: str) -> None:
    assert not fits(nothing, nothing)
    assert not fits(nothing, "AB1234")
    assert search(nothing, ["AB1234", nothing]) == []
    assert search("AB1234", [nothing]) == []


def test_zero_for_the_letter_o_and_one_for_i_nearly_fit() -> None:
    assert nearly("AB0I", "ABO1")
    assert not fits("AB0I", "ABO1")
    assert not nearly("AB8", "ABB")


def test_a_partial_serial_finds_what_is_it_fits_it_contains_it_or_nearly_does() -> None:
    markings = ["XX1234Y", "?234", "1I34", "1234", "12?4", "9999", "12 34", "????", "X1?34", "5678*", "AB*34", "l234"]
    assert search("1234", markings) == [
        Found(3, "exact"),
        Found(6, "exact"),
        Found(1, "fits"),
        Found(4, "fits"),
        Found(0, "contains"),
        Found(8, "contains"),
        Found(10, "contains"),
    ]
    assert search("1O34", ["91034"]) == [Found(0, "nearly")]
    assert [found.place for found in search("?234", markings)] == [1, 3, 4, 6, 11, 0, 8, 10]


def test_one_set_of_markings_answers_many_searches() -> None:
    markings = Markings(["AB1", "AB2"])
    assert [markings.search(text) for text in ("AB1", "b2")] == [[Found(0, "exact")], [Found(1, "contains")]]
    assert Markings([]).search("AB1") == []


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("  AB  12 ", "AB 12"),
        ("A**?B", "A?*B"),
        ("A？؟＊B", "A??*B"),
        (r"\A\?", r"A\?"),
        ("A\\", "A\\\\"),
        ("A\u2003B\nC", "A B C"),
        ("\x01A\x02", "A"),
        ("Ab-1 «ж»", "Ab-1 «ж»"),
    ],
)
def test_a_marking_is_kept_as_written_with_each_wildcard_in_one_spelling(written: str, kept: str) -> None:
    assert normalise(written) == kept


def test_many_wildcards_and_long_texts_take_no_longer_than_their_lengths() -> None:
    many, long = "*a" * 300 + "*b", "a" * 20_000
    assert not fits(many, long)
    assert fits(many, long + "b")
    assert fits(many, "*b*" * 300 + "b")
    assert search(many, [long, long + "b", "?" * 600 + "b", "*" + long]) == [Found(1, "fits"), Found(2, "fits")]
    assert search("?" * 500 + "b", [long, "?a" * 1_000]) == []


@given(st.text() | marks)
def test_a_normalised_marking_is_the_same_marking(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)
    assert search(normalise(text), [text]) == search(text, [text])
    if search(text, [text]):
        assert search(text, [normalise(text)]) == [Found(0, "exact")]


@given(marks, marks)
@example("*-*a", "?a")
def test_fitting_is_what_it_is_defined_as_and_the_same_from_either_side(one: str, other: str) -> None:
    parts, others = tokens(one), tokens(other)
    assert fits(one, other) == (says_something(parts) and says_something(others) and unify(parts, others))
    assert fits(one, other) == fits(other, one)
    assert nearly(one, other) or not fits(one, other)


@given(marks, st.lists(marks, max_size=6))
@example("a?b", ["ba*", "*b", "*?b", "a*a*b", "?*b"])
@example("ab01ab01ab", ["b01ab*", "*1ab", "ab01ab01*b", "*b01ab01ab", "ab01ab0*b01ab01ab"])
def test_a_search_finds_what_the_definition_finds_best_first(text: str, markings: list[str]) -> None:
    found = search(text, markings)
    ranks = [(QUALITIES.index(one.quality), one.place) for one in found]
    assert ranks == sorted(ranks)
    plain = {one.place: "fits" if one.quality == "exact" else one.quality for one in found}
    wanted = {place: expected(text, marking) for place, marking in enumerate(markings)}
    assert plain == {place: quality for place, quality in wanted.items() if quality}


@given(st.text(min_size=1), st.text(), st.text())
def test_every_text_is_found_by_any_part_of_it(part: str, before: str, after: str) -> None:
    escaped = ["".join(f"\\{one}" for one in text) for text in (before, part, after)]
    found = search(escaped[1], ["".join(escaped)])
    assert found == ([] if not fold(part) else [Found(0, found[0].quality)])
    assert not found or found[0].quality == ("contains" if fold(before + after) else "exact")
