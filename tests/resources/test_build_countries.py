"""The shipped countries are what the build makes of its sources."""

import json

import pycountry
from babel.core import get_global

from core import shipped
from resources.build_countries import FOLDER, build, versions


def test_building_again_gives_the_shipped_files_byte_for_byte() -> None:
    built = build()
    shipped = {name: (FOLDER / name).read_bytes().decode() for name in built}
    if json.loads(shipped["country_versions.json"]) == versions():
        assert built == shipped
    else:  # newer packages may know other names, but must never lose a code that an archive may hold
        codes = {line.split(",")[0] for line in built["countries.csv"].splitlines()}
        assert {term.code for term in shipped.vocabulary("country")} <= codes


def test_historic_codes_are_iso_3166_3_codes_or_our_own() -> None:
    withdrawn = {country.alpha_4 for country in pycountry.historic_countries}
    historic = {term.code for term in shipped.vocabulary("country") if term.attributes["kind"] == "historic"}
    assert {code for code in historic if not code.startswith("x-")} <= withdrawn


def test_the_soviet_union_s_successors_are_those_that_cldr_names() -> None:
    alpha3 = {country.alpha_2: country.alpha_3 for country in pycountry.countries}
    successors = shipped.vocabulary("country").get("SUHH").successors
    assert set(successors) == {alpha3[alpha2] for alpha2 in get_global("territory_aliases")["SU"]}
    assert successors[:3] == ("RUS", "UKR", "BLR")
