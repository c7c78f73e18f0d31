"""Facts of weapon models: the rows that a library of models is made of, and when they hold together.

A row is one fact of one model, with the source that says so: the address of a page, who says it, or ``unchecked``.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from core import dates, term_checks, trees
from core.errors import Refused
from core.folding import fold

COLUMNS: Final = ("code", "fact", "value", "language", "production", "maker", "years", "source")
FACTS: Final = ("label", "level", "type", "calibre", "parent", "name", "design", "manufacture", "look_alike")
"""What can be said of a model, in the order in which it is told."""
LEVELS: Final = ("family", "model", "variant")
UNCHECKED: Final = "unchecked"
SAYING_UNCHECKED: Final = frozenset(
    (
        UNCHECKED,
        "not checked",
        "none",
        "no source",
        "unverified",
        "not verified",
        "unsourced",
        "unknown",
        "n/a",
        "-",
        "?",
    )
)
"""What people write, in any case, where nobody has named a source."""
UND: Final = "und"
"""The language of designations that belong to none, such as those of an army."""

_ONCE: Final = ("label", "level", "type", "parent")
_ORIGINS: Final = ("design", "manufacture")

Complain = Callable[[int, str], None]
"""Hears a row's number, 0 for none, and what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact: ``value`` is a text or a code, by the kind of ``fact``; ``years`` an EDTF text.

    ``language`` is that of a name.  ``row`` is where it stands in a table, 0 where it comes from none.
    """

    fact: str
    value: str
    language: str = ""
    production: str = ""
    maker: str = ""
    years: str = ""
    source: str = UNCHECKED
    row: int = field(default=0, compare=False)

    @property
    def unchecked(self) -> bool:
        """Whether nobody has named a source for it."""
        return " ".join(self.source.lower().split()).rstrip(".") in SAYING_UNCHECKED


@dataclass(frozen=True, slots=True)
class Model:
    """A weapon model with its facts, in the order of ``FACTS`` and within each as they were given."""

    code: str
    facts: tuple[Fact, ...]

    def all(self, *kinds: str) -> tuple[Fact, ...]:
        """The facts of these kinds."""
        return tuple(one for one in self.facts if one.fact in kinds)

    def first(self, kind: str) -> Fact | None:
        """The one fact of a kind that a model has once."""
        return next((one for one in self.facts if one.fact == kind), None)

    @property
    def label(self) -> str:
        """What it is called here."""
        found = self.first("label")
        return found.value if found else self.code

    @property
    def type(self) -> str:
        """The code of its weapon type."""
        found = self.first("type")
        return found.value if found else ""

    @property
    def parent(self) -> str | None:
        """The code of the model that it was developed or copied from, or of the family it belongs to."""
        found = self.first("parent")
        return found.value if found else None

    @property
    def row(self) -> int:
        """Where it begins in a table."""
        return self.facts[0].row if self.facts else 0


@dataclass(frozen=True, slots=True)
class Known:
    """What facts may name: the codes of vocabularies, and the models that are there besides."""

    types: Collection[str]
    countries: Collection[str]
    productions: Collection[str]
    models: Mapping[str, Model] = field(default_factory=dict)


def model(code: str, facts: Iterable[Fact]) -> Model:
    """A model of these facts, in their order, said as the library says them.

    One that names no level is of the level ``model``.
    """
    given = sorted(map(_plain, facts), key=lambda one: FACTS.index(one.fact) if one.fact in FACTS else len(FACTS))
    if not any(one.fact == "level" for one in given):
        at = next((place for place, one in enumerate(given) if one.fact != "label"), len(given))
        given.insert(at, Fact("level", "model", row=given[0].row if given else 0))
    return Model(code, tuple(given))


def _plain(one: Fact) -> Fact:
    """A fact whose lack of a source, or of a language, is said in the one way in which it is held."""
    source = UNCHECKED if one.unchecked else one.source
    language = one.language or UND if one.fact == "name" else one.language
    return one if (source, language) == (one.source, one.language) else replace(one, source=source, language=language)


def grouped(rows: Iterable[tuple[int, Mapping[str, str]]]) -> dict[str, Model]:
    """The models that rows make, by code; nothing is checked."""
    found: dict[str, list[Fact]] = {}
    for number, row in rows:
        said = {column: row.get(column, "") for column in COLUMNS[1:]}
        found.setdefault(row.get("code", ""), []).append(Fact(**said, row=number))
    return {code: model(code, facts) for code, facts in found.items()}


def cells(held: Model) -> Iterator[dict[str, str]]:
    """The rows of a model, by column."""
    for one in held.facts:
        if one.fact == "level" and one.value == "model" and one.unchecked:
            continue
        yield {"code": held.code} | {column: getattr(one, column) for column in COLUMNS[1:]}


def check(models: Mapping[str, Model], known: Known, complain: Complain) -> None:
    """Look for everything that keeps these models from standing beside those that are known already."""
    every = {**known.models, **models}
    for one in models.values():
        wrong = term_checks.code_fault(one.code)
        if wrong:
            complain(one.row, f"the code “{one.code[:60]}” {wrong}")
        _check_counts(one, complain)
        for fact in one.facts:
            for reason in _fact_faults(fact, known):
                complain(fact.row, reason)
            if fact.fact in ("parent", "look_alike"):
                _check_reference(one, fact, every, complain)
    _check_names(every, models, complain)
    _check_tree(every, models, complain)


def _check_tree(every: Mapping[str, Model], models: Mapping[str, Model], complain: Complain) -> None:
    """Parents lead to the top, and not too many of them."""
    parents = {code: one.parent for code, one in every.items()}
    told = [(code, f"the parents of {code} lead back to it") for code in trees.circling(parents) if code in models]
    told += [(code, f"{code} stands {trees.TOO_DEEP}") for code in trees.too_deep(parents)]
    for code, reason in told:
        found = models[code].first("parent") if code in models else None
        complain(found.row if found else 0, reason)


def _check_counts(one: Model, complain: Complain) -> None:
    for kind in _ONCE:
        held = one.all(kind)
        if len(held) > 1:
            complain(held[1].row, f"{one.code} has a second {kind}")
        if not held and kind in ("label", "type"):
            complain(one.row, f"{one.code} has no {kind}")
    seen: set[tuple[str, ...]] = set()
    for fact in one.facts:
        key = (fact.fact, fact.value, fact.language, fact.production, fact.maker, fact.years, fact.source)
        if key in seen:
            complain(fact.row, f"{one.code} says this twice: {fact.fact} {fact.value}")
        seen.add(key)


def _fact_faults(fact: Fact, known: Known) -> Iterator[str]:
    """What is wrong with a fact by itself."""
    if fact.fact not in FACTS:
        yield f"there is no fact “{fact.fact[:60]}”; there are {', '.join(FACTS)}"
        return
    for column in ("value", "maker", "source"):
        text = getattr(fact, column)
        wrong = term_checks.fault(text, longest=2_000) if text or column != "maker" else None
        if wrong:
            yield f"the {column} {wrong}"
    codes = {
        "type": known.types,
        "level": LEVELS,
        "design": known.countries,
        "manufacture": known.countries,
    }.get(fact.fact)
    if codes is not None and fact.value not in codes:
        yield f"there is no {'country' if fact.fact in _ORIGINS else fact.fact} “{fact.value[:60]}”"
    yield from _column_faults(fact, known)


def _column_faults(fact: Fact, known: Known) -> Iterator[str]:
    """What stands in a column in which it means nothing, or means nothing there."""
    if fact.fact != "name" and fact.language:
        yield "only a name has a language"
    if fact.fact == "name" and fact.language:
        wrong = term_checks.language_fault(fact.language)
        if wrong:
            yield f"“{fact.language[:20]}” {wrong}"
    if fact.production and fact.fact != "manufacture":
        yield "only a manufacture has a production relation"
    elif fact.production and fact.production not in known.productions:
        yield f"there is no production relation “{fact.production[:60]}”"
    if (fact.maker or fact.years) and fact.fact not in _ORIGINS:
        yield "only a design and a manufacture have a maker and years"
    elif fact.years:
        try:
            dates.parse(fact.years)
        except Refused as refused:
            yield str(refused).rstrip(".")


def _check_reference(one: Model, fact: Fact, every: Mapping[str, Model], complain: Complain) -> None:
    if fact.value == one.code:
        complain(fact.row, f"{one.code} is its own {fact.fact.replace('_', '-')}")
    elif fact.value not in every:
        complain(fact.row, f"there is no model {fact.value[:60]} for the {fact.fact.replace('_', '-')} of {one.code}")


def _check_names(every: Mapping[str, Model], models: Mapping[str, Model], complain: Complain) -> None:
    """No two models have one label, no two of one type one name, and none has a name twice in one language."""
    labels: dict[str, str] = {}
    names: dict[tuple[str, str], str] = {}
    for one in every.values():
        other = labels.setdefault(fold(one.label), one.code)
        if other != one.code:
            _complain_of(one, other, models, complain, f"“{one.label}” is the label of {{}} too")
        own: set[tuple[str, str]] = set()
        for fact in one.all("label", "name"):
            folded = fold(fact.value)
            if fact.fact == "name" and (folded, fact.language) in own and one.code in models:
                complain(fact.row, f"{one.code} has the name “{fact.value}” twice")
            own.add((folded, fact.language))
            other = names.setdefault((one.type, folded), one.code)
            if other != one.code:
                told = f"“{fact.value}” names {{}} too, which is of the same type"
                _complain_of(one, other, models, complain, told, row=fact.row)


def _complain_of(
    one: Model, other: str, models: Mapping[str, Model], complain: Complain, told: str, *, row: int = 0
) -> None:
    """Complain in the row of whichever of two models is a new one."""
    if one.code in models:
        complain(row or one.row, told.format(other))
    elif other in models:
        complain(models[other].row, told.format(one.code))
