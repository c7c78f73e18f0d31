"""Vocabularies: looking terms up by what people type, and the lists that are shipped."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.claims import CERTAINTIES, DECISIONS, LEVELS
from core.errors import Refused
from core.folding import fold
from core.records import STATUSES
from core.shipped import seed_terms, vocabulary
from core.vocabularies import Term, Vocabulary
from core.vocabulary_kinds import KINDS

SHIPPED = {"weapon types": vocabulary("weapon_type"), "countries": vocabulary("country")}
TEXTS = sorted({text for vocabulary in SHIPPED.values() for term in vocabulary for text in term.texts})

# Names that two countries really share; whoever types one is asked which is meant, unless it is one's label.
SHARED_NAMES = {
    "burma": {"BUMM", "MMR"},
    "congo": {"COD", "COG"},
    "federalrepublicofgermany": {"DEU", "x-FRG"},
    "korea": {"KOR", "PRK"},
}


def test_a_tree_of_any_depth_can_be_walked() -> None:
    deep = Vocabulary([Term(str(number), str(number), str(number - 1) if number else None) for number in range(1_500)])
    assert [term.code for term in deep] == [str(number) for number in range(1_500)]
    assert len(deep.ancestors("1499")) == 1_499


def first(vocabulary: Vocabulary, typed: str) -> str:
    return vocabulary.suggest(typed)[0].term.code


@pytest.mark.parametrize("vocabulary", SHIPPED.values(), ids=SHIPPED)
def test_every_shipped_term_has_a_label_a_source_and_clean_texts(vocabulary: Vocabulary) -> None:
    for term in vocabulary:
        assert term.label
        assert term.source
        assert all(text == text.strip() and fold(text) for text in term.texts), term.code


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("assault", "SA.RIF.AUT"),
        ("калаш", "SA.RIF.AUT"),
        ("كلاشنكوف", "SA.RIF.AUT"),
        ("АК", "SA.RIF.AUT"),  # Cyrillic
        ("rpg", "LW.RKT"),
        ("РПГ", "LW.RKT"),
        ("آر بي جي", "LW.RKT"),
        ("manpads", "LW.MANPADS"),
        ("ПЗРК", "LW.MANPADS"),
        ("mrl", "HW.MRL"),
        ("راجمة", "HW.MRL"),
        ("technical", "VH.TEC"),
        ("hmmwv", "VH.UTL"),
        ("submachine gun", "SA.SMG"),
        ("БРЭМ", "VH.ENG"),
        ("tank", "VH.TNK"),
        ("drone", "AV.UAV"),
        ("sa.rif", "SA.RIF"),
        ("unknown", "UNK"),
    ],
)
def test_everyday_words_find_their_weapon_type_first(typed: str, code: str) -> None:
    assert first(vocabulary("weapon_type"), typed) == code


def test_weapon_types_have_the_codes_of_the_starter_tree() -> None:
    written = """
        SA.PIS SA.REV SA.RIF.MAN SA.RIF.SL SA.RIF.AUT SA.RIF.SNI SA.SMG SA.SHO SA.MG.L LW.MG.GP LW.MG.H LW.AMR
        LW.GL.UB LW.GL.MUL LW.GL.AUT LW.RKT LW.RCL LW.ATGM LW.MANPADS LW.MOR.L LW.MOR.M HW.MOR HW.ART.TOW
        HW.ART.SP HW.MRL HW.AAG HW.SAM HW.BM VH.TNK VH.IFV VH.APC VH.REC VH.ENG VH.UTL VH.TEC VH.TRK AV.FW AV.RW
        AV.UAV NV MU.CTG MU.PRJ MU.RKT MU.MSL MU.BMB MU.GRN MU.MIN MU.SUB IM.IED IM.CRA EQ.OPT EQ.ARM EQ.NVG UNK
    """
    leaves = [term.code for term in vocabulary("weapon_type") if not vocabulary("weapon_type").children(term.code)]
    assert sorted(leaves) == sorted(written.split())


def test_a_weapon_type_stands_under_the_code_that_its_own_begins_with() -> None:
    for term in vocabulary("weapon_type"):
        assert term.parent == (term.code.rpartition(".")[0] or None)


def test_the_foreign_standards_cut_the_tree_each_in_its_own_way() -> None:
    manpads, mortar = vocabulary("weapon_type").get("LW.MANPADS"), vocabulary("weapon_type").get("LW.MOR.M")
    assert (manpads.attributes["iti"], manpads.attributes["un_register"]) == ("light", "VII")
    assert (mortar.attributes["iti"], mortar.attributes["un_register"]) == ("light", "III")
    assert "iti" not in vocabulary("weapon_type").get("VH.TNK").attributes


def test_the_tree_is_gone_through_downwards_and_upwards() -> None:
    tree = vocabulary("weapon_type")
    assert {term.code for term in tree.children("SA.RIF")} == {"SA.RIF.MAN", "SA.RIF.SL", "SA.RIF.AUT", "SA.RIF.SNI"}
    assert tree.children("UNK") == ()
    assert tree.ancestors("SA.RIF.AUT") == ("SA.RIF", "SA")


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("Soviet Union", "SUHH"),
        ("ussr", "SUHH"),
        ("СССР", "SUHH"),
        ("west germany", "x-FRG"),
        ("Turkey", "TUR"),
        ("türkiye", "TUR"),
        ("Czechoslovakia", "CSHH"),
        ("Czech Republic", "CZE"),
        ("Kosovo", "XKX"),
        ("Serbia", "SRB"),
        ("Serbia and Montenegro", "CSXX"),
        ("Yugoslavia", "YUCS"),
        ("DPRK", "PRK"),
        ("Burma", "BUMM"),
        ("Zaire", "ZRCD"),
        ("Niger", "NER"),
        ("UK", "GBR"),
        ("USA", "USA"),
        ("Saint Lucia", "LCA"),
        ("Bosnia and Herzegovina", "BIH"),
        ("cote d'ivoire", "CIV"),
        ("Hongrie", "HUN"),
        ("المجر", "HUN"),
        ("Россия", "RUS"),
        ("ايران", "IRN"),
        ("unknown", "x-UNK"),
        ("x-nsag", "x-NSAG"),
    ],
)
def test_a_country_is_resolved_and_suggested_first_by_any_of_its_names(typed: str, code: str) -> None:
    assert vocabulary("country").resolve(typed).code == code
    assert first(vocabulary("country"), typed) == code


@pytest.mark.parametrize(
    ("typed", "code"), [("hung", "HUN"), ("soviet", "SUHH"), ("czechos", "CSHH"), ("югос", "YUCS"), ("йуго", None)]
)
def test_the_beginning_of_a_country_is_enough(typed: str, code: str | None) -> None:
    found = [suggestion.term.code for suggestion in vocabulary("country").suggest(typed)]
    assert found[:1] == ([] if code is None else [code])


def test_no_code_label_or_name_means_two_countries_unless_it_really_does() -> None:
    meanings: dict[str, set[str]] = {}
    for term in vocabulary("country"):
        for text in (term.code, *term.texts):
            meanings.setdefault(fold(text), set()).add(term.code)
    assert {text: codes for text, codes in meanings.items() if len(codes) > 1} == SHARED_NAMES


def test_historic_states_name_successors_and_states_of_today_do_not() -> None:
    for term in vocabulary("country"):
        assert bool(term.successors) == (term.attributes["kind"] == "historic"), term.code
        for successor in term.successors:
            assert vocabulary("country").get(successor).attributes["kind"] == "state"
        rolled_up = term.attributes.get("rolls_up_to")
        assert rolled_up is None or rolled_up in term.successors
    assert vocabulary("country").get("SUHH").attributes["rolls_up_to"] == "RUS"
    assert vocabulary("country").get("YUCS").successors == ("SRB", "BIH", "HRV", "SVN", "MNE", "MKD")
    assert vocabulary("country").get("CSHH").successors == ("CZE", "SVK")
    assert vocabulary("country").get("DDDE").successors == ("DEU",)


def test_years_are_whole_and_run_forward_and_every_historic_state_ended() -> None:
    for term in vocabulary("country"):
        years = [term.attributes.get(which) for which in ("from", "to")]
        if term.attributes["kind"] == "historic":
            assert all(year and re.fullmatch(r"1[5-9]\d\d|20\d\d", year) for year in years), term.code
            assert str(years[0]) < str(years[1])
        else:
            assert years == [None, None]


def test_an_alpha_2_code_names_one_state_and_never_a_historic_one() -> None:
    alpha2 = [term.attributes["alpha2"] for term in vocabulary("country") if "alpha2" in term.attributes]
    assert len(alpha2) == len(set(alpha2))
    assert "CS" not in alpha2
    assert vocabulary("country").get("XKX").attributes["alpha2"] == "XK"
    assert "alpha2" not in vocabulary("country").get("SUHH").attributes


def test_every_country_has_a_name_in_each_language() -> None:
    assert all(set(term.names) == {"en", "fr", "ar", "ru"} for term in vocabulary("country"))


def test_the_lists_that_the_program_rests_on_are_those_of_the_records() -> None:
    for name, codes in (
        ("certainty", CERTAINTIES),
        ("status", STATUSES),
        ("level", LEVELS),
        ("decision", DECISIONS),
    ):
        assert KINDS[name].fixed
        assert tuple(term.code for term in vocabulary(name)) == codes
        assert all(term.attributes["definition"] for term in vocabulary(name))


def test_a_new_archive_is_seeded_with_every_vocabulary_parents_before_children() -> None:
    seeds = seed_terms()
    assert {name: len(terms) for name, terms in seeds.items()} == {
        name: len(vocabulary(name)) for name in KINDS if name != "weapon_model"
    }
    for terms in seeds.values():
        codes = [term.code for term in terms]
        assert all(term.parent is None or term.parent in codes[:place] for place, term in enumerate(terms))
        assert list(Vocabulary(terms)) == list(terms)


def test_what_nobody_is_called_is_refused_with_what_comes_near() -> None:
    with pytest.raises(Refused, match=r"no country called “Hungray”; did you mean Hungary \(HUN\)\?$"):
        vocabulary("country").resolve(" Hungray ")
    with pytest.raises(Refused, match=r"no weapon type called “mortar”; did you mean .* or .*\(LW\.MOR\.M\)\?$"):
        vocabulary("weapon_type").resolve("mortar")
    with pytest.raises(Refused, match=r"^There is no country called “qqqqqq”\.$"):
        vocabulary("country").resolve("qqqqqq")


def test_what_two_are_called_is_refused_naming_both() -> None:
    with pytest.raises(Refused, match=r"“Congo” can mean DR Congo \(COD\) or Republic of the Congo \(COG\)"):
        vocabulary("country").resolve("Congo")


def test_an_unknown_code_is_shown_as_it_is_and_refused_where_a_term_is_needed() -> None:
    assert vocabulary("weapon_type").label("SA.XYZ") == "SA.XYZ"
    assert "SA.XYZ" not in vocabulary("weapon_type")
    with pytest.raises(Refused, match=r"no weapon type with the code “SA\.XYZ”"):
        vocabulary("weapon_type").ancestors("SA.XYZ")


def test_suggestions_come_by_how_they_match_and_then_in_order() -> None:
    vocabulary = Vocabulary(
        [
            Term("1", "shotgun"),
            Term("2", "launcher", aliases=("big gun",)),
            Term("3", "light gun"),
            Term("4", "cannon", aliases=("gunnery piece",)),
            Term("5", "gunship"),
            Term("6", "gunboat"),
            Term("7", "rifle", aliases=("gun",)),
        ]
    )
    suggestions = vocabulary.suggest("GUN")
    assert [suggestion.term.code for suggestion in suggestions] == ["7", "5", "6", "3", "4", "2", "1"]
    assert suggestions[0].matched_text == "gun"
    assert suggestions[-1].matched_text == "shotgun"
    assert vocabulary.suggest("gun", limit=2) == suggestions[:2]
    assert vocabulary.suggest(" - ") == []


def test_terms_come_in_tree_order_whatever_order_they_were_given_in() -> None:
    vocabulary = Vocabulary(
        [Term("b.2", "B2", "b"), Term("a", "A"), Term("b", "B"), Term("a.1", "A1", "a"), Term("b.1", "B1", "b")]
    )
    assert [term.code for term in vocabulary] == ["a", "a.1", "b", "b.2", "b.1"]


@pytest.mark.parametrize(
    ("terms", "complaint"),
    [
        ([Term("a", "A"), Term("a", "B")], "used twice"),
        ([Term("a", "A", "b")], "does not exist"),
        ([Term("a", "A", "b"), Term("b", "B", "a")], "stands under itself"),
    ],
)
def test_a_broken_tree_is_refused(terms: list[Term], complaint: str) -> None:
    with pytest.raises(Refused, match=complaint):
        Vocabulary(terms)


@given(st.sampled_from(TEXTS), st.data())
def test_typing_any_name_from_its_beginning_keeps_its_term_among_the_suggestions(
    text: str, data: st.DataObject
) -> None:
    typed = text[: data.draw(st.integers(1, len(text)))]
    wanted = [(terms, term.code) for terms in SHIPPED.values() for term in terms if text in term.texts]
    for terms, code in wanted:
        codes = [suggestion.term.code for suggestion in terms.suggest(typed, len(terms))]
        assert code in codes or not fold(typed)
        assert len(codes) == len(set(codes))


def slowly_suggested(vocabulary: Vocabulary, typed: str) -> list[tuple[str, str]]:
    """What type-ahead promises, term by term: the code, and the first text in folded order that fits best."""
    wanted, ranked = fold(typed), []
    for place, term in enumerate(vocabulary):
        ways = []
        for text in (term.label, term.code, *term.texts[1:]):
            later = 0 if text is term.label else 2
            starts = [0, *(word.start() for word in re.finditer(r"\w+", text) if word.start())]
            for at in starts:
                rest = fold(text[at:])
                if rest.startswith(wanted):
                    ways.append((-1 if rest == wanted and not at else later + bool(at), rest, text))
        inside = [(4, "", text) for text in term.texts if wanted in fold(text)]
        if ways or inside:
            rank, _, text = min(ways, key=lambda way: way[:2]) if ways else inside[0]
            ranked.append((rank, place, term.code, text))
    return [(code, text) for _, _, code, text in sorted(ranked, key=lambda one: one[:2])] if wanted else []


names = st.lists(st.text("ab- Б", min_size=1, max_size=7), min_size=1, max_size=4)


@given(st.lists(names, max_size=8), st.text("abБ-", max_size=3), st.integers(0, 9))
def test_suggestions_are_those_promised_whatever_the_names(terms: list[list[str]], typed: str, limit: int) -> None:
    vocabulary = Vocabulary(Term(f"a{n}", label, None, tuple(rest)) for n, (label, *rest) in enumerate(terms))
    suggested = [(one.term.code, one.matched_text) for one in vocabulary.suggest(typed, limit)]
    expected = slowly_suggested(vocabulary, typed)[:limit]
    assert [code for code, _ in suggested] == [code for code, _ in expected]
    assert [fold(text) for _, text in suggested] == [fold(text) for _, text in expected]
