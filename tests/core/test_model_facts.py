"""Facts of models: how rows become models, and everything that keeps them from standing."""

import pytest

from core import model_facts
from core.model_facts import COLUMNS, UNCHECKED, Fact, Known, Model, grouped, model

KNOWN = Known(types=("T", "U"), countries=("SUHH", "CHN"), productions=("licensed",))
Row = dict[str, str]


def row(code: str, fact: str, value: str, **more: str) -> Row:
    return {"code": code, "fact": fact, "value": value, "source": "unchecked", **more}


def plain(code: str, label: str, type_: str = "T") -> list[Row]:
    return [row(code, "label", label), row(code, "type", type_)]


def reasons(rows: list[Row], known: Known = KNOWN) -> list[tuple[int, str]]:
    found: list[tuple[int, str]] = []
    model_facts.check(grouped(enumerate(rows, 2)), known, lambda at, reason: found.append((at, reason)))
    return found


def test_rows_become_models_in_the_order_of_facts() -> None:
    rows = [row("ak", "design", "SUHH", years="1947"), row("ak", "type", "T"), row("ak", "label", "AK")]
    made = grouped(enumerate(rows, 2))["ak"]
    assert [fact.fact for fact in made.facts] == ["label", "level", "type", "design"]
    assert (made.label, made.type, made.parent) == ("AK", "T", None)
    assert made.first("level") == Fact("level", "model")
    assert made.first("parent") is None


def test_a_model_comes_back_from_its_rows() -> None:
    facts = [Fact("label", "AK"), Fact("level", "family", source="me"), Fact("type", "T"), Fact("name", "АК", "ru")]
    made = model("ak", [*facts, Fact("manufacture", "CHN", production="licensed", maker="A, B", years="1956/..")])
    cells = list(model_facts.cells(made))
    assert all(tuple(one) == COLUMNS for one in cells)
    assert grouped(enumerate(cells, 2)) == {"ak": made}
    assert len(list(model_facts.cells(model("x", [Fact("label", "X"), Fact("type", "T")])))) == 2


def test_what_holds_together_is_not_complained_of() -> None:
    rows = [
        *plain("ak", "AK"),
        *plain("m60-gun", "M60 (machine gun)"),
        row("m60-gun", "name", "M60", language="und"),
        *plain("m60-tank", "M60 (tank)", "U"),
        row("m60-tank", "name", "M60", language="und"),
        row("ak", "name", "АК", language="ru"),
        row("ak", "manufacture", "SUHH", production="licensed", maker="Izhmash", years="1949/1975"),
        row("ak", "look_alike", "m60-gun"),
        row("m60-tank", "parent", "m60-gun"),
    ]
    assert reasons(rows) == []


@pytest.mark.parametrize(
    ("rows", "at", "said"),
    [
        ([row("a b", "label", "X"), row("a b", "type", "T")], 2, "the code “a b” is no code"),
        ([row("a", "label", "X")], 2, "a has no type"),
        ([row("a", "type", "T")], 2, "a has no label"),
        ([*plain("a", "X"), row("a", "type", "U")], 4, "a has a second type"),
        ([*plain("a", "X"), row("a", "colour", "red")], 4, "there is no fact “colour”"),
        ([row("a", "label", "X"), row("a", "type", "V")], 3, "there is no type “V”"),
        ([*plain("a", "X"), row("a", "level", "species")], 4, "there is no level “species”"),
        ([*plain("a", "X"), row("a", "design", "USSR")], 4, "there is no country “USSR”"),
        ([*plain("a", "X"), row("a", "design", "SUHH", source="")], 4, "the source is empty"),
        ([*plain("a", "X"), row("a", "name", "")], 4, "the value is empty"),
        ([*plain("a", "X"), row("a", "name", "<b>Y</b>", language="en")], 4, "the value holds markup"),
        ([*plain("a", "X"), row("a", "name", "Y", language="Russian")], 4, "names no language"),
        ([*plain("a", "X"), row("a", "calibre", "9 mm", language="en")], 4, "only a name has a language"),
        (
            [*plain("a", "X"), row("a", "design", "CHN", production="licensed")],
            4,
            "only a manufacture has a",
        ),
        ([*plain("a", "X"), row("a", "manufacture", "CHN", production="stolen")], 4, "no production relation “stolen”"),
        ([*plain("a", "X"), row("a", "calibre", "9 mm", maker="A")], 4, "only a design and a manufacture have a maker"),
        ([*plain("a", "X"), row("a", "design", "CHN", years="1975/1949")], 4, "ends before it begins"),
        ([*plain("a", "X"), row("a", "design", "CHN", years="soon")], 4, "cannot be read as a date"),
        ([*plain("a", "X"), row("a", "design", "CHN"), row("a", "design", "CHN")], 5, "a says this twice: design CHN"),
        ([*plain("a", "X"), row("a", "parent", "b")], 4, "there is no model b for the parent of a"),
        ([*plain("a", "X"), row("a", "look_alike", "a")], 4, "a is its own look-alike"),
        ([*plain("a", "A-1"), *plain("b", "a 1", "U")], 4, "“a 1” is the label of a too"),
        ([*plain("a", "A"), *plain("b", "B"), row("b", "name", "a")], 6, "“a” names a too, which is of the same type"),
        (
            [*plain("a", "A"), row("a", "name", "X-1", language="en"), row("a", "name", "x1", language="en")],
            5,
            "a has the name “x1” twice",
        ),
        (
            [*plain("a", "A"), row("a", "parent", "b"), *plain("b", "B"), row("b", "parent", "a")],
            4,
            "the parents of a lead back to it",
        ),
    ],
)
def test_what_does_not_hold_together_is_complained_of_in_its_row(rows: list[Row], at: int, said: str) -> None:
    found = reasons(rows)
    assert any(number == at and said in reason for number, reason in found), found


def test_new_models_are_held_against_those_that_are_there() -> None:
    held = grouped(enumerate([*plain("a", "A"), row("a", "name", "Alpha")], 2))
    known = Known(KNOWN.types, KNOWN.countries, KNOWN.productions, held)
    assert reasons([*plain("b", "B"), row("b", "parent", "a")], known) == []
    told = reasons([*plain("b", "ALPHA"), row("b", "parent", "c")], known)
    assert {reason for _, reason in told} == {
        "there is no model c for the parent of b",
        "“ALPHA” names a too, which is of the same type",
    }
    assert reasons(plain("a", "Another name for it"), known) == []
    both = Known(KNOWN.types, KNOWN.countries, KNOWN.productions, held | grouped(enumerate(plain("b", "B"), 2)))
    assert reasons(plain("a", "b"), both) == [
        (2, "“B” is the label of b too"),
        (2, "“B” names b too, which is of the same type"),
    ]


def test_parents_over_more_than_50_levels_are_complained_of() -> None:
    rows = [one for number in range(60) for one in plain(f"m{number}", f"M{number}")]
    rows += [row(f"m{number}", "parent", f"m{number - 1}") for number in range(1, 60)]
    assert reasons(rows) == [(120 + 1 + 50, "m50 stands more than 50 levels deep")]


@pytest.mark.parametrize("source", ["unchecked", "Unchecked", "NOT CHECKED", " none ", "not  checked.", "n/a"])
def test_what_says_that_nothing_was_checked_is_no_source(source: str) -> None:
    made = grouped(enumerate([*plain("a", "A"), row("a", "design", "CHN", source=source)], 2))["a"]
    assert made.all("design") == (Fact("design", "CHN", source=UNCHECKED),)
    assert Fact("design", "CHN", source=source).unchecked
    assert not Fact("design", "CHN", source="None of my rifles, page 3").unchecked


def test_a_name_without_a_language_is_one_of_no_language() -> None:
    rows = [*plain("a", "A"), row("a", "name", "X-1"), row("a", "name", "X-1", language="und")]
    assert (5, "a has the name “X-1” twice") in reasons(rows)


def test_a_model_without_facts_is_called_by_its_code() -> None:
    assert (Model("x", ()).label, Model("x", ()).type, Model("x", ()).row) == ("x", "", 0)
