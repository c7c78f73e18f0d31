"""Builds the shipped list of countries; run by hand: ``python -m resources.build_countries``.

Codes of today's states come from ISO 3166-1 (pycountry), names from CLDR (Babel).  Historic states and what is
no country stand in ``country_additions.csv``, further names in ``country_aliases.csv``: both are kept by hand.
Nothing here runs in the program: it reads the files that this writes.
"""

import csv
import io
import json
from collections.abc import Iterable, Iterator
from importlib import metadata
from pathlib import Path
from typing import Final

from core.folding import fold

FOLDER: Final = Path(__file__).parent / "vocabularies"
LANGUAGES: Final = ("en", "fr", "ar", "ru")
LIST_SEPARATOR: Final = " | "
COLUMNS: Final = (
    "code", "label", "kind", "alpha2", "from", "to", "successors", "rolls_up_to", "members", "aliases", "note",
    "source",
)  # fmt: skip
STATE_SOURCE: Final = "code: ISO 3166-1 (pycountry); names: CLDR (Babel); aliases by hand"
# Where the name that CLDR gives would puzzle on a chip or in a table; CLDR's own stays as a name.
LABELS: Final = {
    "COD": "DR Congo",
    "COG": "Republic of the Congo",
    "HKG": "Hong Kong",
    "MAC": "Macao",
    "MMR": "Myanmar",
    "PSE": "Palestine",
}
KOSOVO: Final = "XKX"
KOSOVO_IN_CLDR: Final = "XK"

Row = dict[str, str]


def versions() -> Row:
    """Which packages, at which versions, the list is built from."""
    from babel.core import get_global  # noqa: PLC0415 - only a developer has it

    packages = {name: metadata.version(name) for name in ("Babel", "pycountry")}
    return packages | {"CLDR": str(get_global("cldr")["version"])}


def build() -> dict[str, str]:
    """The text of each built file by its name."""
    names = dict(_names())
    rows = [*_states(names), *_additions(names)]
    by_hand = {row["code"]: row["aliases"].split(LIST_SEPARATOR) for row in _read("country_aliases.csv")}
    for row in rows:
        given = [*_spelled_out(row["label"]), *by_hand.pop(row["code"], [])]
        row["aliases"] = LIST_SEPARATOR.join(_new(given, [row["label"], *names[row["code"]].values()]))
    if by_hand:
        raise ValueError(f"aliases of unknown codes: {sorted(by_hand)}")
    rows.sort(key=lambda row: (row["kind"] == "other", fold(row["label"])))
    return {
        "countries.csv": _csv(COLUMNS, rows),
        "country_names.csv": _csv(("code", *LANGUAGES), ({"code": r["code"], **names[r["code"]]} for r in rows)),
        "country_versions.json": json.dumps(versions(), indent=2, sort_keys=True) + "\n",
    }


def _names() -> Iterator[tuple[str, Row]]:
    """Of each code, its name by language."""
    import pycountry  # noqa: PLC0415 - only a developer has it
    from babel import Locale  # noqa: PLC0415

    territories = {language: Locale(language).territories for language in LANGUAGES}
    alpha2 = {country.alpha_3: country.alpha_2 for country in pycountry.countries}
    for code, territory in (alpha2 | {KOSOVO: KOSOVO_IN_CLDR}).items():
        yield code, {language: territories[language][territory] for language in LANGUAGES}
    for row in _read("country_additions.csv"):
        if row["code"] != KOSOVO:
            yield row["code"], {"en": row["label"], **{language: row[language] for language in LANGUAGES[1:]}}


def _states(names: dict[str, Row]) -> Iterator[Row]:
    """The states and territories of ISO 3166-1."""
    import pycountry  # noqa: PLC0415 - only a developer has it

    for country in pycountry.countries:
        code = country.alpha_3
        label = LABELS.get(code, names[code]["en"])
        yield {
            "code": code,
            "label": label,
            "kind": "state",
            "alpha2": country.alpha_2,
            "source": STATE_SOURCE,
        }


def _additions(names: dict[str, Row]) -> Iterator[Row]:
    """What ISO 3166-1 does not have.

    Historic states get no alpha-2 code: once withdrawn it may be given again, and CS was.
    """
    for row in _read("country_additions.csv"):
        alpha2 = KOSOVO_IN_CLDR if row["code"] == KOSOVO else ""
        kept = {column: value for column, value in row.items() if column in COLUMNS}
        yield kept | {"alpha2": alpha2, "label": row["label"] or names[row["code"]]["en"]}


def _spelled_out(label: str) -> list[str]:
    """CLDR writes "St. Lucia" and "Trinidad & Tobago"; people type the words."""
    return [label.replace("St. ", "Saint ").replace("&", "and")]


def _new(given: Iterable[str], known: Iterable[str]) -> list[str]:
    """The aliases that say something which the names known, and those before, do not."""
    seen = set(map(fold, known))
    fresh = []
    for alias in given:
        if fold(alias) not in seen:
            seen.add(fold(alias))
            fresh.append(alias)
    return fresh


def _read(name: str) -> list[Row]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _csv(columns: Iterable[str], rows: Iterable[Row]) -> str:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(columns), restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def main() -> None:
    """Write the built files beside the kept ones."""
    for name, text in build().items():
        (FOLDER / name).write_text(text, encoding="utf-8", newline="")


if __name__ == "__main__":
    main()
