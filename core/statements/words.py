"""What the words of a table of statements mean: its columns, classes, bases, countries and counts.

``core/statements/README.md`` documents the whole mapping; what is not in it is refused, never guessed.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from core import dates
from core.claims import NOT_ASSESSED
from core.errors import Refused
from core.sighting_details import MOST
from core.vocabularies import Vocabulary

COLUMNS: Final = (
    "row_id", "weapon_model", "weapon_class", "country_of_design", "design_basis", "country_of_manufacture",
    "manufacture_basis", "acquisition_route", "route_basis", "holder", "count_stated", "in_amnesty_2015",
    "source_title", "source_url", "note",
)  # fmt: skip
"""The columns of a table of statements, in their order."""

CLASSES: Final = {
    "anti-tank guided missile": "LW.ATGM",
    "anti-tank rocket launcher": "LW.RKT",
    "armoured car": "VH",  # as such neither a carrier nor for reconnaissance
    "armoured fighting vehicle": "VH",
    "armoured personnel carrier": "VH.APC",
    "armoured recovery vehicle": "VH.ENG",
    "armoured scout car": "VH.REC",
    "armoured tractor/apc": "VH.APC",
    "assault rifle": "SA.RIF.AUT",
    "ballistic missile": "HW.BM",
    "battle rifle": "SA.RIF.AUT",
    "bolt-action rifle": "SA.RIF.MAN",
    "carbine": "SA.RIF",  # self-loading ones and selective-fire ones are called so
    "general-purpose machine gun": "LW.MG.GP",
    "heavy machine gun": "LW.MG.H",
    "helicopter": "AV.RW",
    "infantry fighting vehicle": "VH.IFV",
    "machine gun": "LW.MG",  # where the tree has the bare word
    "main battle tank": "VH.TNK",
    "man-portable air-defence system": "LW.MANPADS",
    "multiple grenade launcher": "LW.GL.MUL",
    "multiple rocket launcher": "HW.MRL",
    "munition": "MU",
    "recoilless gun": "LW.RCL",
    "recoilless-gun projectile": "MU.PRJ",
    "rifle": "SA.RIF",
    "rocket launcher, shoulder-fired": "LW.RKT",
    "self-loading pistol": "SA.PIS",
    "self-loading rifle": "SA.RIF.SL",
    "self-propelled anti-aircraft gun": "HW.AAG",
    "self-propelled howitzer": "HW.ART.SP",
    "small arm, unspecified": "SA",
    "small arms and light weapons, unspecified": "UNK",  # the tree has no node above both
    "small arms, unspecified": "SA",
    "small-calibre ammunition": "MU.CTG",
    "sniper rifle": "SA.RIF.SNI",
    "towed anti-aircraft gun": "HW.AAG",
    "towed field gun": "HW.ART.TOW",
    "towed howitzer": "HW.ART.TOW",
    "truck": "VH.TRK",
    "under-barrel grenade launcher": "LW.GL.UB",
    "unspecified": "UNK",
    "utility vehicle": "VH.UTL",
    "vehicle": "VH",
    "weapons, all": "UNK",
}
"""The weapon type of each class, a calibre before it left off."""

MEMORY: Final = "common_knowledge"
SOURCE: Final = "source_claim"
BASES: Final = {"memory": MEMORY, "source": SOURCE}
EXPORTER: Final = "as exporter, not as maker"
REPORT_WIDE: Final = "report-wide statement, not per weapon"

_CLASS: Final = re.compile(r"(?:(?P<calibre>\d+(?:\.\d+)? mm) )?(?P<name>.+)")
_BASIS: Final = re.compile(r"(?P<word>\w+)(?: \((?P<rest>.+)\))?")
_PART: Final = re.compile(r"(?P<name>[^()]+?)(?: ?\((?P<more>.*)\))?")
_BETWEEN_PARTS: Final = re.compile(r";(?![^(]*\))")
_HEDGE: Final = re.compile(r"(?P<word>possibly|probably) ")
_CERTAINTIES: Final = {"possibly": "possible", "probably": "probable"}
# What a table may call a country, where that is no name of it.
_COUNTRIES: Final = {"european union member state": "x-EU"}
_NAME_OF_A_MAKER: Final = re.compile(r"[^\W\d_][^\W\d_.'’-]*\.?(?:(?: & | |-)[^\W\d_a-zß-ÿ][^\W\d_]*\.?)*")

_NUMBER: Final = r"(?P<number>\d{1,3}(?:,\d{3})+|\d+)"
_COUNTS: Final = (
    ("exact", re.compile(_NUMBER)),
    ("at_least", re.compile(rf"(?:at least|more than|over) {_NUMBER}|{_NUMBER.replace('number', 'floor')} or more")),
    ("estimate", re.compile(rf"(?:about|around|circa|approximately|some) {_NUMBER}")),
    ("estimate", re.compile(rf"(?:between )?{_NUMBER}(?: ?[-–] ?| to | and )\d[\d,]*")),
)


@dataclass(frozen=True, slots=True)
class Class:
    """A weapon class: the code of its type, and the calibre that it names."""

    type: str
    calibre: str


@dataclass(frozen=True, slots=True)
class Basis:
    """What a statement rests on: a code of the bases, empty where nobody says, and what stands in brackets after it."""

    code: str = ""
    rest: str = ""


@dataclass(frozen=True, slots=True)
class Countries:
    """The countries of one claim, with the maker and the years that brackets after one name, as EDTF text."""

    codes: tuple[str, ...]
    certainty: str = NOT_ASSESSED
    maker: str = ""
    years: str = ""


@dataclass(frozen=True, slots=True)
class Count:
    """How many, and on which basis; None where the words name no number of what was seen."""

    number: int | None = None
    basis: str = ""


def weapon_class(text: str) -> Class:
    """The type that a class means.

    Raises:
        Refused: it is not known.
    """
    found = _CLASS.fullmatch(text)
    name = found["name"].casefold() if found else ""
    if found is None or name not in CLASSES:
        raise Refused(f"the weapon class “{text}” is not known" if text else "it names no weapon class")
    return Class(CLASSES[name], found["calibre"] or "")


def basis(text: str, column: str, *allowed: str) -> Basis:
    """What a basis means; ``allowed`` are the beginnings of what may stand in brackets after it.

    Raises:
        Refused: it is not known.
    """
    if not text:
        return Basis()
    found = _BASIS.fullmatch(text)
    rest = (found["rest"] or "") if found else ""
    if found is None or found["word"] not in BASES or (rest and not rest.startswith(allowed)):
        raise Refused(f"“{text}” is no {column.replace('_', ' ')} that is known")
    return Basis(BASES[found["word"]], rest)


def hedged(text: str) -> tuple[str, str]:
    """A text without the *possibly* or *probably* that it begins with, and the certainty that this means."""
    found = _HEDGE.match(text)
    return (text[found.end() :], _CERTAINTIES[found["word"]]) if found else (text, NOT_ASSESSED)


def countries(vocabulary: Vocabulary, text: str) -> Countries:
    """The countries that a cell names, several with a semicolon between them.

    A bracket after a single one is a maker where it reads as the name of one, years where it reads as a date.

    Raises:
        Refused: one is not known, or is retired.
    """
    text, certainty = hedged(text)
    codes: list[str] = []
    brackets: list[str] = []
    for part in _BETWEEN_PARTS.split(text):
        found = _PART.fullmatch(part.strip())
        if found is None:
            raise Refused(f"“{part.strip()}” cannot be read as a country")
        codes.append(_country(vocabulary, found["name"]))
        brackets.append(found["more"] or "")
    if len(codes) > 1 or not brackets[0]:
        return Countries(tuple(dict.fromkeys(codes)), certainty)
    years = _date(brackets[0])
    maker = brackets[0] if not years and _is_maker(vocabulary, brackets[0]) else ""
    return Countries(tuple(codes), certainty, maker, years)


def _country(vocabulary: Vocabulary, name: str) -> str:
    try:
        code = _COUNTRIES.get(name.casefold())
        term = vocabulary.get(code) if code else vocabulary.resolve(name)
    except Refused as error:
        raise Refused(str(error).rstrip(".")) from error
    if term.retired:
        raise Refused(f"“{term.label}” is retired, so nothing new is said with it")
    return term.code


def _is_maker(vocabulary: Vocabulary, text: str) -> bool:
    """Whether a text reads as a maker's name: capitalised words without digits, and no country's."""
    if not text[0].isupper() or not _NAME_OF_A_MAKER.fullmatch(text):
        return False
    return not _reads(vocabulary.resolve, text)


def _date(text: str) -> str:
    return dates.parse(text).text if _reads(dates.parse, text) else ""


def _reads(read: Callable[[str], object], text: str) -> bool:
    try:
        read(text)
    except Refused:
        return False
    return True


def count(text: str) -> Count:
    """How many a cell states; of a range the lower end, as an estimate."""
    for basis_, pattern in _COUNTS:
        found = pattern.fullmatch(text)
        if found:
            number = int(next(filter(None, found.groups())).replace(",", ""))
            return Count(number, basis_) if 1 <= number <= MOST else Count()
    return Count()
