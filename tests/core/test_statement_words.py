"""Words of tables of statements: counts, brackets, dates, and that each class has a type of the shipped tree."""

import re
from pathlib import Path

import pytest

from core import shipped
from core.claims import Transfer
from core.errors import Refused
from core.statements import words
from core.statements.routes import OWN_ROUTES, readable, route
from core.statements.words import CLASSES, Count


def test_every_class_is_a_type_of_the_tree() -> None:
    types = shipped.vocabulary("weapon_type")
    assert not [code for code in CLASSES.values() if code not in types]
    assert all(name == name.casefold() for name in CLASSES)


def test_the_documentation_names_every_class_with_its_type() -> None:
    page = (Path(words.__file__).parent / "README.md").read_text(encoding="utf-8")
    listed = dict(re.findall(r"^\| ([^|]+?) \| `([A-Z.]+)` \|", page, re.MULTILINE))
    assert listed == CLASSES


def test_routes_of_the_tables_own_are_not_among_those_shipped() -> None:
    assert not [code for code in OWN_ROUTES if code in shipped.vocabulary("route")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("7", Count(7, "exact")),
        ("9,252", Count(9252, "exact")),
        ("about 20000", Count(20000, "estimate")),
        ("at least 12", Count(12, "at_least")),
        ("more than 100", Count(100, "at_least")),
        ("30 or more", Count(30, "at_least")),
        ("10-12", Count(10, "estimate")),
        ("between 10 and 12", Count(10, "estimate")),
        ("10 to 12", Count(10, "estimate")),
        ("", Count()),
        ("0", Count()),
        ("2000000", Count()),
        ("several", Count()),
        ("up to 30", Count()),
        ("9252 in the original sale", Count()),
        ("12,34", Count()),
    ],
)
def test_a_count_is_a_number_only_where_it_is_one(text: str, expected: Count) -> None:
    assert words.count(text) == expected


@pytest.mark.parametrize(
    ("text", "maker"),
    [
        ("Belgium (FN Herstal)", "FN Herstal"),
        ("Germany (Heckler & Koch)", "Heckler & Koch"),
        ("Germany (Rheinmetall)", "Rheinmetall"),
        ("Croatia (RBG-6)", ""),
        ("Germany (West Germany)", ""),
        ("Germany (under licence)", ""),
        ("Yugoslavia (Zastava M70 pattern; a copy)", ""),
        ("France (MBDA); Germany", ""),
    ],
)
def test_only_what_reads_as_a_makers_name_is_a_maker(text: str, maker: str) -> None:
    assert words.countries(shipped.vocabulary("country"), text).maker == maker


def test_historic_states_and_wordings_are_countries_of_their_own() -> None:
    named = "Soviet Union; Yugoslavia; Turkey; European Union member state; multinational"
    codes = ("SUHH", "YUCS", "TUR", "x-EU", "x-MULTI")
    assert words.countries(shipped.vocabulary("country"), named).codes == codes


@pytest.mark.parametrize("text", ["Soviet Union; possibly China", "Russia (", ";", "(China)"])
def test_what_is_no_country_for_certain_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        words.countries(shipped.vocabulary("country"), text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mar 2005-Dec 2006", "2005-03/2006-12"),
        ("about Jan 2013", "2013-01~"),
        ("early 2007", "2007"),
        ("2014 offensive", "2014"),
        ("1980s", "198X"),
        ("within two months", ""),
        ("", ""),
    ],
)
def test_dates_are_read_where_they_are_readable(text: str, expected: str) -> None:
    assert readable(text) == expected


def test_dates_and_places_in_a_chain_belong_to_their_steps() -> None:
    found = route("diverted: Romania to US military (Oct 2014) to Free Army to NF in Iraq, 2015", holder="NF")
    assert found.transfers == (
        Transfer("Romania", "US military", "", "2014-10"),
        Transfer("US military", "Free Army", "", "2015"),
        Transfer("Free Army", "NF", "", "2015", "Iraq"),
    )


def test_an_exporter_goes_before_a_chain_that_does_not_name_it() -> None:
    found = route("transfer: United Kingdom to Iraq, 2007", holder="NF", exporter="Serbia")
    assert [(step.from_party, step.to_party, step.mode) for step in found.transfers] == [
        ("Serbia", "United Kingdom", "export"),
        ("United Kingdom", "Iraq", "transfer"),
    ]


@pytest.mark.parametrize(
    ("text", "code", "party"),
    [
        ("captured: Iraqi state stocks (Mosul, Jun 2014)", "captured_from_state_forces", "Iraqi state"),
        ("captured: Kurdish Peshmerga stocks", "captured_from_other_group", "Kurdish Peshmerga"),
        ("captured in Syria or Iraq", "captured", ""),
        ("captured by Kurds from NF at Kobani; earlier route obscured", "unknown", ""),
        ("from French deliveries to Syrian opposition", "supplied_via_opposition_group", "Syrian opposition"),
        ("unconfirmed: Syrian opposition stocks, received from Turkey", "claimed_only", "Syrian opposition"),
    ],
)
def test_the_leading_words_are_the_route(text: str, code: str, party: str) -> None:
    found = route(text, holder="NF")
    assert (found.code, found.from_party) == (code, party)


@pytest.mark.parametrize(
    "text", ["captured", "captured or bought: Syrian opposition stocks", "bought", "transfer: to Iraq", "Captured: x"]
)
def test_other_words_are_refused(text: str) -> None:
    with pytest.raises(Refused, match="is no route of acquisition that is known"):
        route(text, holder="NF")
