"""What the words about a route of acquisition mean: the route by its leading words, the parties, and the steps before.

``core/statements/README.md`` documents the table; words that none of it fits are refused.  All words stay in the
acquisition's note, so what has no field here is not lost.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from core import dates
from core.claims import NOT_ASSESSED, Transfer
from core.errors import Refused

CAPTURED: Final = "captured"
SUPPLIED: Final = "supplied"
OWN_ROUTES: Final = {CAPTURED: "captured, from whom is not said", SUPPLIED: "supplied, by whom is not said"}
"""The routes of such tables that the shipped list of routes does not have."""

_STATE: Final = "captured_from_state_forces"
_GROUP: Final = "captured_from_other_group"
_VIA_OPPOSITION: Final = "supplied_via_opposition_group"
_RE_EXPORT: Final = "re_export_diversion"
_UNKNOWN: Final = "unknown"

_CERTAINTIES: Final = {"possibly": "possible", "suspected:": "possible", "probably": "probable"}
_HEDGE: Final = re.compile(rf"(?P<word>{'|'.join(_CERTAINTIES)}) ")
_EXPORTER: Final = "exporter"
_GOODS: Final = re.compile(r"(?P<party>\S+) (?P<mode>(?:\S+ )?(?:donation|purchase|deliveries|sale))")
_REACHED: Final = re.compile(r"(?P<party>.+?)(?: in (?P<place>[A-Z].*?))?(?: \((?P<date>[^)]*)\))?")
_PLACE: Final = re.compile(r"[^\W\d_a-z][\w’'-]*(?: [^\W\d_a-z][\w’'-]*)*")
_PART_OF_A_YEAR: Final = re.compile(r"(?:early|mid|late)[ -](\d{4})")
_OFFENSIVE: Final = re.compile(r"(\d{4}) offensive")
_BETWEEN_PARTS: Final = re.compile(r"[,;] (?![^(]*\))")
_DASHED_MONTHS: Final = re.compile(r"(?<=\d{4})[-–](?=[A-Z])")


@dataclass(frozen=True, slots=True)
class Route:
    """How a holder got a weapon: a code of the routes, from whom in words, and the steps before in their order."""

    code: str
    from_party: str = ""
    transfers: tuple[Transfer, ...] = ()
    certainty: str = NOT_ASSESSED


@dataclass(frozen=True, slots=True)
class _Told:
    """What else a row says: who holds the weapon, and what country exported it, empty where it names none."""

    holder: str
    exporter: str


def route(text: str, *, holder: str, exporter: str = "") -> Route:
    """What the words about a route mean, of a weapon with ``holder`` that ``exporter`` is said to have exported.

    Raises:
        Refused: they are not known.
    """
    hedge = _HEDGE.match(text)
    body = text[hedge.end() :] if hedge else text
    for pattern, read in _TABLE:
        found = pattern.fullmatch(body)
        if found:
            meant = read(found, _Told(holder, exporter))
            certainty = _CERTAINTIES[hedge["word"]] if hedge else NOT_ASSESSED
            return Route(meant.code, meant.from_party, _with_export(meant.transfers, exporter), certainty)
    raise Refused(f"“{text}” is no route of acquisition that is known")


def exported(exporter: str) -> tuple[Transfer, ...]:
    """The one step that is known where a country is named as exporter and no route is."""
    return _with_export((), exporter)


def _with_export(steps: tuple[Transfer, ...], exporter: str) -> tuple[Transfer, ...]:
    if not exporter or any(step.from_party == exporter and step.mode == "export" for step in steps):
        return steps
    return (Transfer(exporter, steps[0].from_party if steps else "", "export"), *steps)


def _captured(found: re.Match[str], told: _Told) -> Route:
    """Captured from somebody's stocks; the bracket may name a place and a date."""
    party = found["party"]
    code = _STATE if party.endswith(" state") else _GROUP
    place, date = _place_and_date(found["more"] or "")
    steps = (Transfer(party, told.holder, "capture", date, place),) if place or date else ()
    return Route(code, party, steps)


def _captured_or_bought(found: re.Match[str], _: _Told) -> Route:
    """Out of what a state supplied to an opposition group."""
    to = found["to"] or ""
    step = Transfer(found["by"] or found["supplier"], to, "supply", readable(found["date"] or ""), found["place"] or "")
    return Route(_VIA_OPPOSITION, found["party"], (step,))


def _captured_somewhere(found: re.Match[str], told: _Told) -> Route:
    return Route(CAPTURED, "", (Transfer("", told.holder, "capture", "", found["place"]),))


def _obscured(_found: re.Match[str], _told: _Told) -> Route:
    """The holder lost it again, and how it came to the holder cannot be told."""
    return Route(_UNKNOWN)


def _chain(found: re.Match[str], told: _Told) -> Route:
    """Steps from party to party, as in “A to B (Oct 2014) to C, 1979”."""
    head = found["head"]
    modes = {"re-export": ("export", "re-export"), "diverted": ("", "")}.get(head, (head, ""))
    code = _RE_EXPORT if head in ("re-export", "diverted") else _UNKNOWN
    return Route(code, "", _steps(found["rest"], told, modes))


def _given_then_captured(found: re.Match[str], told: _Told) -> Route:
    return Route(CAPTURED, "", _steps(found["rest"], told, ("", "")))


def _deliveries(found: re.Match[str], _: _Told) -> Route:
    return Route(_VIA_OPPOSITION, found["to"], (Transfer(found["by"], found["to"], "deliveries"),))


def _smuggled(found: re.Match[str], told: _Told) -> Route:
    date = readable(found["more"] or "")
    return Route("smuggled", "", (Transfer("", told.holder, "smuggling", date, found["place"]),))


def _supplied(found: re.Match[str], told: _Told) -> Route:
    return Route(SUPPLIED, "", (Transfer("", told.holder, f"supply {found['place']}"),))


def _claimed(found: re.Match[str], _: _Told) -> Route:
    step = Transfer(found["by"], found["party"], "receipt")
    return Route("claimed_only", found["party"], (step,))


_TABLE: Final[tuple[tuple[re.Pattern[str], Callable[[re.Match[str], _Told], Route]], ...]] = (
    (re.compile(r"captured: (?P<party>[^(;,]+) stocks(?: \((?P<more>[^)]*)\))?"), _captured),
    (
        re.compile(
            r"captured or bought: (?P<party>[^(;,]+) stocks; (?:earlier )?supplied "
            r"(?:by (?P<by>.+?) to (?P<to>.+?)|in (?P<place>.+?) by (?P<supplier>.+?))"
            r"(?:, (?P<date>[^(]+))?(?: \([^)]*\))?"
        ),
        _captured_or_bought,
    ),
    (re.compile(r"captured by .+ from .+; earlier route obscured.*"), _obscured),
    (re.compile(r"(?:shown in parade, )?captured in (?P<place>[^(;,:]+)"), _captured_somewhere),
    (re.compile(r"(?P<head>original transfer|transfer|re-export|diverted): (?P<rest>[^:]+ to [^:]+)"), _chain),
    (re.compile(r"(?P<rest>.+ donation to .+, then captured)"), _given_then_captured),
    (re.compile(r"from (?P<by>.+) deliveries to (?P<to>.+ opposition)"), _deliveries),
    (re.compile(r"smuggled into (?P<place>[^,;:(]+)(?:, (?P<more>.+))?"), _smuggled),
    (re.compile(r"supplied (?P<place>from outside .+), supplier unknown"), _supplied),
    (re.compile(r"unconfirmed: (?P<party>[^(;,]+) stocks, received from (?P<by>.+)"), _claimed),
)


def _steps(text: str, told: _Told, modes: tuple[str, str]) -> tuple[Transfer, ...]:
    """The steps of a chain; ``modes`` are those of the first and of the later ones.

    A date after the chain is that of every step, one in brackets that of the step to the party before it.
    """
    chain, *more = _BETWEEN_PARTS.split(text)
    date = next(filter(None, map(readable, more)), "")
    first, *others = chain.split(" to ")
    if not first or not all(others):
        raise Refused(f"“{text}” names a step without a party")
    goods = _GOODS.fullmatch(first)
    party, mode = (goods["party"], goods["mode"]) if goods else (first, modes[0])
    party = told.exporter or party if party == _EXPORTER else party
    steps: list[Transfer] = []
    for other in others:
        reached = _REACHED.fullmatch(other)
        assert reached is not None
        day, place = readable(reached["date"] or ""), reached["place"] or ""
        steps.append(Transfer(party, reached["party"], mode, day or date, place))
        party, mode = reached["party"], modes[1]
    lost = next((part for part in more if part.startswith("then captured")), "")
    if lost:
        steps.append(Transfer(party, told.holder, lost.removeprefix("then ")))
    return tuple(steps)


def _place_and_date(text: str) -> tuple[str, str]:
    """The place and the date, as EDTF text, that a list names, each empty where it names none."""
    parts = [part.strip() for part in text.split(",") if part.strip()]
    date = next(filter(None, map(readable, parts)), "")
    places = (part for part in parts if not readable(part) and _PLACE.fullmatch(part))
    return next(places, ""), date


def readable(text: str) -> str:
    """A date as EDTF text, empty where it is none; of “early 2007” and “2014 offensive” the year."""
    if not text:
        return ""
    found = _PART_OF_A_YEAR.fullmatch(text) or _OFFENSIVE.fullmatch(text)
    try:
        return dates.parse(found[1] if found else _DASHED_MONTHS.sub(" to ", text)).text
    except Refused:
        return ""
