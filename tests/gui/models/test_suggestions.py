"""What the tag line offers for what is typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import shipped
from core.tag_values import TagValue
from core.tagging import Tag
from core.vocabulary_kinds import KINDS
from gui.models.offers import Offer
from gui.models.selection_values import Shown
from gui.models.suggestions import LIMIT, RECENT, Suggestions


@pytest.fixture
def suggestions() -> Suggestions:
    return Suggestions(SHIPPED)


@pytest.mark.parametrize(
    ("typed", "facet", "code"),
    [
        ("assault", "type", "SA.RIF.AUT"),
        ("SA.RIF.AUT", "type", "SA.RIF.AUT"),
        ("tank", "type", "VH.TNK"),
        ("hungary", "manufacture", "HUN"),
        ("czechoslovakia", "manufacture", "CSHH"),
        ("soviet union", "manufacture", "SUHH"),
        ("turkey", "manufacture", "TUR"),
        ("مسدس", "type", "SA.PIS"),
        ("d: hungary", "design", "HUN"),
        ("design:hun", "design", "HUN"),
        ("m:iraq", "manufacture", "IRQ"),
        ("t:tank", "type", "VH.TNK"),
        ("probable", "certainty", "probable"),
        ("doub", "certainty", "doubtful"),
        ("not assessed", "certainty", "unknown"),
        ("n: seen from the left", "note", "seen from the left"),
        ("note:two of them", "note", "two of them"),
        ("x3", "quantity", "exact:3"),
        ("12 x", "quantity", "exact:12"),
        ("~ 40", "quantity", "estimate:40"),
        (">=3", "quantity", "at_least:3"),
        ("7+", "quantity", "at_least:7"),
        ("s: 12?45", "serial", "12?45"),
        ("w: “AKMS-ish”", "as_written", "AKMS-ish"),
        ("v: with GP-25", "variant", "with GP-25"),
        ("l:fam", "level", "family"),
        ("b: silh", "basis", "silhouette"),
        ("silhouette", "basis", "silhouette"),
        ("st: ready", "status", "ready_for_review"),
        ("context: held", "context", "held"),
    ],
)
def test_what_is_typed_offers_what_is_meant_first(suggestions: Suggestions, typed: str, facet: str, code: str) -> None:
    first = suggestions.offers(typed)[0]
    assert (first.facet, first.code) == (facet, code)


SHIPPED = {name: shipped.vocabulary(name) for name in KINDS}


def test_a_country_typed_alone_is_never_offered_as_a_country_of_design(suggestions: Suggestions) -> None:
    assert {offer.facet for offer in suggestions.offers("iraq")} == {"manufacture"}


def test_unknown_offers_the_values_before_the_certainty(suggestions: Suggestions) -> None:
    facets = [offer.facet for offer in suggestions.offers("unknown")]
    assert facets[0] != "certainty"
    assert facets[-1] == "certainty"


@pytest.mark.parametrize("typed", ["n:", "note: ", "-", "zzzzqq", "d:", "x:y"])
def test_nothing_is_offered_where_nothing_fits(suggestions: Suggestions, typed: str) -> None:
    assert suggestions.offers(typed) == []


@pytest.mark.parametrize("typed", ["x0", "0x", "x", "~", "s:", "w: “”", "x12345678"])
def test_what_says_no_number_or_no_text_is_offered_as_none(suggestions: Suggestions, typed: str) -> None:
    assert not {"quantity", "serial", "as_written"} & {offer.facet for offer in suggestions.offers(typed)}


def test_a_short_vocabulary_is_listed_after_its_prefix_alone(suggestions: Suggestions) -> None:
    assert [offer.code for offer in suggestions.offers("level:")] == ["none", "type", "family", "model", "variant"]


def test_a_term_that_does_not_exist_can_be_made_only_where_terms_grow(suggestions: Suggestions) -> None:
    asked = suggestions.creatable("h: Third Brigade")
    assert [(offer.facet, offer.label, offer.creates) for offer in asked] == [("holder", "Third Brigade", True)]
    assert asked[0].words == "Create the holder “Third Brigade”: press Shift+Enter again"
    assert [offer.facet for offer in suggestions.creatable("Third")] == ["holder", "conflict", "place"]
    for typed in ("", "h:", "m: Atlantis", "sensitivity: odd", "-x", "s: 12", "context: Held"):
        assert suggestions.creatable(typed) == []


def test_what_is_suggested_goes_before_what_was_given_last(suggestions: Suggestions) -> None:
    suggestions.remember(Offer("manufacture", "HUN", "Hungary"))
    suggestions.remember(Offer("manufacture", "POL", "Poland"))
    suggestions.suggested = (Offer("manufacture", "HUN", "Hungary", hint="from the model"),)
    assert [(offer.code, offer.hint) for offer in suggestions.offers("")] == [
        ("HUN", "from the model"), ("POL", "recent"),
    ]  # fmt: skip


def test_a_minus_offers_only_what_the_images_show(suggestions: Suggestions) -> None:
    suggestions.held = (
        Shown(TagValue("type", "VH.TNK", "", 2), "battle tank", 3),
        Shown(TagValue("design", "HUN", "", 1), "Hungary", 3),
        Shown(TagValue("manufacture", "HUN", "", 3), "Hungary", 3),
    )
    assert [offer.facet for offer in suggestions.offers("-")] == ["type", "design", "manufacture"]
    found = suggestions.offers("-hun")
    assert [(offer.facet, offer.code, offer.removes) for offer in found] == [
        ("design", "HUN", True),
        ("manufacture", "HUN", True),
    ]
    assert [offer.words for offer in found] == ["designed in Hungary", "made in Hungary"]
    assert suggestions.offers("-poland") == []


def test_the_values_given_last_are_offered_to_an_empty_line_newest_first(suggestions: Suggestions) -> None:
    codes = ["HUN", "POL", "IRQ", "IRN", "CHN", "ROU", "POL"]
    for code in codes:
        suggestions.remember(Offer("manufacture", code, code))
    suggestions.remember(Offer("note", "text", "text"))
    suggestions.remember(Offer("type", "VH.TNK", "battle tank", removes=True))
    assert [offer.code for offer in suggestions.offers("  ")] == ["POL", "ROU", "CHN", "IRN", "IRQ"]
    assert len(suggestions.offers("")) == RECENT


def test_an_offer_says_only_its_own_value() -> None:
    assert Offer("design", "HUN", "Hungary").tag == Tag(design="HUN")
    assert Offer("note", "seen", "seen").tag == Tag(note="seen")


@given(typed=st.text(max_size=30))
def test_whatever_is_typed_is_answered_shortly_and_each_offer_once(typed: str) -> None:
    found = _SHARED.offers(typed)
    assert len(found) <= LIMIT
    assert len({(offer.facet, offer.code) for offer in found}) == len(found)


_SHARED = Suggestions(SHIPPED)
