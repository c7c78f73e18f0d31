"""The shipped library of weapon models: every row holds, and enough of it is known from opened pages."""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping

import pytest

from core import model_facts, shipped
from core.folding import fold
from core.model_facts import FACTS, Known, Model
from core.shipped import vocabulary
from core.vocabularies import Term, Vocabulary

MODELS = shipped.models()
KNOWN = Known(
    types={term.code for term in vocabulary("weapon_type")},
    countries={term.code for term in vocabulary("country")},
    productions={term.code for term in vocabulary("production")},
)
BRANCHES = ("SA", "LW", "HW", "VH", "AV", "MU")
# What is made one by one, or is not told apart by models, and what is unknown.
WITHOUT_MODELS = {"VH.TEC", "IM.IED", "EQ.ARM", "UNK"}


def rows() -> list[tuple[str, model_facts.Fact]]:
    return [(one.code, fact) for one in MODELS.values() for fact in one.facts]


def sourced(one: Model) -> bool:
    """Whether its countries are from opened pages: all of design, or one of design and one of manufacture."""
    designs, made = one.all("design"), one.all("manufacture")
    checked = [fact for fact in designs if not fact.unchecked]
    return bool(checked) and (len(checked) == len(designs) or any(not fact.unchecked for fact in made))


def test_the_library_holds_together() -> None:
    found: list[tuple[int, str]] = []
    model_facts.check(MODELS, KNOWN, lambda row, reason: found.append((row, reason)))
    assert found == []


def test_the_check_finds_what_is_wrong_with_it() -> None:
    broken = {**MODELS, "m60-tank": model_facts.model("m60-tank", [*MODELS["m60-tank"].facts[:-1]])}
    broken["akm"] = Model("akm", tuple(fact for fact in MODELS["akm"].facts if fact.fact != "type"))
    found: list[str] = []
    model_facts.check(broken, KNOWN, lambda _, reason: found.append(reason))
    assert found == ["akm has no type"]


def test_there_are_at_least_300_models_with_stable_codes() -> None:
    assert len(MODELS) >= 300
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", code) for code in MODELS)


def test_every_row_names_an_address_or_says_that_it_is_unchecked() -> None:
    wrong = [
        (code, fact.source)
        for code, fact in rows()
        if not fact.unchecked and not re.fullmatch(r"https?://[^/\s]*[^/\s.](/\S*)?", fact.source)
    ]
    assert wrong == []


def test_every_type_that_is_told_apart_by_models_has_one() -> None:
    types = vocabulary("weapon_type")
    leaves = {term.code for term in types if not types.children(term.code)}
    assert leaves - {one.type for one in MODELS.values()} == WITHOUT_MODELS


def test_the_countries_of_200_models_in_every_branch_are_from_opened_pages() -> None:
    known = Counter(one.type.partition(".")[0] for one in MODELS.values() if sourced(one))
    assert sum(known.values()) >= 200
    assert all(known[branch] >= 10 for branch in BRANCHES), known


def test_names_of_a_type_name_one_model_each() -> None:
    named: dict[tuple[str, str], set[str]] = defaultdict(set)
    for one in MODELS.values():
        for fact in one.all("label", "name"):
            named[one.type, fold(fact.value)].add(one.code)
    assert {name: codes for name, codes in named.items() if len(codes) > 1} == {}


def test_calibres_are_written_alike() -> None:
    written = {fact.value for _, fact in rows() if fact.fact == "calibre"}
    odd = {text for text in written if re.search(r"\dx\d|\d×|×\d|\dmm|\*", text)}
    assert odd == set()


def test_facts_stand_in_one_order_label_first() -> None:
    for one in MODELS.values():
        places = [FACTS.index(fact.fact) for fact in one.facts]
        assert places == sorted(places)
        assert places[0] == 0


@pytest.fixture(scope="module")
def models() -> Vocabulary:
    """The library as an archive sees it, without its facts."""
    return Vocabulary(
        [model_term(code, one) for code, one in MODELS.items()],
        noun="weapon model",
    )


def model_term(code: str, one: Model) -> Term:
    return Term(code, one.label, one.parent, tuple(fact.value for fact in one.all("name")))


def family(models: Vocabulary, code: str) -> set[str]:
    return {code, *models.ancestors(code)}


def meant(models: Vocabulary, text: str) -> list[str]:
    return [found.term.code for found in models.suggest(text)]


def test_humvee_hmmwv_and_m998_are_one_family(models: Vocabulary) -> None:
    for text in ("Humvee", "HMMWV", "hmmwv ", "M998", "M-998", "همفي"):
        assert "humvee" in family(models, meant(models, text)[0]), text


def test_spellings_of_the_field_find_their_model(models: Vocabulary) -> None:
    for text, code in (
        ("BREM-1 ARV", "brem-1"),
        ("BREM-1 armoured recovery vehicle", "brem-1"),
        ("БРЭМ-1 ", "brem-1"),
        ("120mm 2S9 Nona", "2s9-nona"),
        ("AKM ", "akm"),
    ):
        assert meant(models, text)[0] == code, text


def test_a_missile_written_with_a_cyrillic_letter_is_the_same(models: Vocabulary) -> None:
    assert meant(models, "9М131F") == meant(models, "9M131F") != []


def test_three_things_are_called_m60_and_stay_three(models: Vocabulary) -> None:
    found = {code: MODELS[code].type for code in meant(models, "M60")[:3]}
    assert found == {"m60-machine-gun": "LW.MG.GP", "m60-recoilless-gun": "LW.RCL", "m60-tank": "VH.TNK"}


def test_copies_carry_the_pattern_s_country_and_their_maker_s() -> None:
    def countries(mapping: Mapping[str, Model], code: str) -> tuple[set[str], set[str]]:
        one = mapping[code]
        return {fact.value for fact in one.all("design")}, {fact.value for fact in one.all("manufacture")}

    assert countries(MODELS, "tabuk") == ({"YUCS"}, {"IRQ"})
    assert countries(MODELS, "cq-rifle")[0] == {"USA"}
    assert "CHN" in countries(MODELS, "cq-rifle")[1]
    assert countries(MODELS, "ak-63") == ({"SUHH"}, {"HUN"})
