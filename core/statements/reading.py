"""Reading the rows of a table of statements: what each means as claims, checked against an archive's vocabularies."""

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final, cast
from urllib.parse import urlsplit

from core import term_checks
from core.archive import Archive
from core.checking import checked
from core.claims import Acquisition, Identification, Origin, SourceId
from core.csv_tables import Problems, Row
from core.errors import Refused
from core.folding import fold
from core.offering import offered
from core.statements import cells, routes, words
from core.statements.cells import Statement
from core.statements.words import EXPORTER, MEMORY, REPORT_WIDE, SOURCE, Basis
from core.vocabularies import Term, Vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from core.store.claims import AnyClaim

_ORIGINS: Final = (
    ("design", "country_of_design", "design_basis", ()),
    ("manufacture", "country_of_manufacture", "manufacture_basis", (EXPORTER,)),
)
_INFERRED: Final = "inferred"
_NO_MODEL: Final = re.compile(r"\bmodels? not stated\b|\ball models\b")
_SPELLING: Final = re.compile(r" \(source: [^()]*\)$")
_DISTINCTION: Final = re.compile(r" \([^()]*\)$")
# Who sends its text to others, where it stands beside the outlet that shows it.
_AGENCY: Final = re.compile(r"/ ?(?:AFP|AP|ANSA|Belga|DPA|EFE|Reuters|TASS|Xinhua)\b")
_OFFICIAL: Final = re.compile(r"(?:^|\.)(?:gov|mil|un\.org|europa\.eu|gov\.[a-z]{2}|mil\.[a-z]{2})$")


@dataclass(frozen=True, slots=True)
class Entry:
    """What is to be recorded of one row; of claims out of its source the id of that is still to be given.

    ``source`` is its title and address; ``term_codes`` are the vocabularies and codes of the terms that it needs and
    the archive may lack; ``unnamed`` says why no model of the library was taken where some have the name.
    """

    statement: Statement
    note: str
    source: tuple[str, str]
    term_codes: tuple[tuple[str, str], ...]
    exporter: bool = False
    unnamed: str = ""

    @property
    def row_id(self) -> str:
        """The id of the row."""
        return self.statement.row_id

    def claims(self, source_id: SourceId | None) -> "Iterator[AnyClaim]":
        """The claims to record, those that are the source's with its id."""
        said = self.statement
        for claim in (said.identification, *said.origins.values(), said.acquisition):
            if claim is not None:
                yield replace(claim, source_id=source_id if SOURCE in claim.bases else None)


class Reader:
    """Reads rows for one archive; ``new_terms`` are those of its vocabularies that it would lack."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._models = _by_name(archive.weapon_models)
        self._named: dict[str, words.Countries] = {}
        self._codes: dict[tuple[str, str], str] = {}
        self.new_terms: list[tuple[str, Term]] = []

    def entry(self, row: Row, problems: Problems) -> Entry | None:
        """What a row means; None where ``problems`` say why it means nothing."""
        parts: list[object] = []
        readers: list[Callable[[Row], Any]]
        readers = [self._identification, self._origin_claims, self._acquisition, self._count]
        for read in readers:
            try:
                parts.append(read(row))
            except Refused as error:
                problems.add(row.number, str(error).rstrip("."))
        return self._entry(row, *parts) if len(parts) == len(readers) else None

    def _entry(self, row: Row, *parts: Any) -> Entry:
        (identification, unnamed), origins, acquisition, count = parts
        statement = Statement(
            row_id=row["row_id"],
            identification=identification,
            origins=origins,
            acquisition=acquisition,
            quantity=count.number,
            quantity_basis=count.basis,
            title=row["source_title"],
            url=row["source_url"],
        )
        given = {column: row[column] for column in words.COLUMNS}
        said = acquisition or Acquisition()
        return Entry(
            statement,
            cells.note(given, statement, self._label),
            (row["source_title"], row["source_url"]),
            (("holder", said.holder), ("holder", said.from_party), ("route", said.route)),
            exporter=bool(_exporter(row)),
            unnamed=unnamed,
        )

    def _identification(self, row: Row) -> tuple[Identification, str]:
        """What the weapon is, and why no model of the library was taken where some have the name."""
        meant = words.weapon_class(row["weapon_class"])
        written = row["weapon_model"]
        model, unnamed = self._model(written, meant.type)
        bases = (SOURCE,) if row["source_title"] or row["source_url"] else ()
        claim = Identification(meant.type, model, as_written=written, bases=bases)
        claim = cast("Identification", checked(self._archive, claim))
        return replace(claim, calibre=meant.calibre), unnamed  # the calibre that the library has is not the source's

    def _model(self, written: str, type_: str) -> tuple[str, str]:
        if _NO_MODEL.search(written):
            return "", ""
        types = self._archive.weapon_types
        named = self._models.get(fold(_SPELLING.sub("", written)), [])
        agreeing = [one for one in named if _is_of_type(types, one.attributes.get("type", ""), type_)]
        if len(agreeing) == 1 or not named:
            return (agreeing[0].code if agreeing else ""), ""
        few = ", ".join(one.label for one in (agreeing or named))
        why = f"can be {few}" if agreeing else f"is the name of {few}, but not of a weapon of the type said"
        return "", f"“{written}” {why}"

    def _origin_claims(self, row: Row) -> dict[str, Origin]:
        found: dict[str, Origin] = {}
        for role, column, basis_column, allowed in _ORIGINS:
            basis = words.basis(row[basis_column], basis_column, *allowed)
            if not row[column]:
                continue
            meant = self._countries(row[column])
            if basis.rest:  # it is named as exporter
                continue
            claim = Origin(
                role,
                meant.codes,
                maker=meant.maker if role == "manufacture" else "",
                years=meant.years,
                certainty=meant.certainty,
                bases=_bases(basis),
            )
            found[role] = cast("Origin", checked(self._archive, claim))
        return found

    def _countries(self, text: str) -> words.Countries:
        if text not in self._named:
            self._named[text] = words.countries(self._archive.countries, text)
        return self._named[text]

    def _acquisition(self, row: Row) -> Acquisition | None:
        said, holder, exporter = row["acquisition_route"], row["holder"], _exporter(row)
        basis = words.basis(row["route_basis"], "route_basis", REPORT_WIDE, _INFERRED)
        if not (said or holder or exporter):
            return None
        if not said:
            basis = Basis(SOURCE)
            meant = routes.Route("", transfers=routes.exported(exporter))
        else:
            meant = routes.route(said, holder=holder, exporter=exporter)
        for code in _bases(basis):
            offered(self._archive, "basis", code)
        return Acquisition(
            route=self._route(meant.code),
            from_party=self._code("holder", meant.from_party),
            holder=self._code("holder", holder),
            scope=_scope(basis) if said else "",
            certainty=meant.certainty,
            bases=_bases(basis),
            note=cells.acquisition_note(said, exporter),
            transfers=meant.transfers,
        )

    def _count(self, row: Row) -> words.Count:
        count = words.count(row["count_stated"])
        if count.basis:
            offered(self._archive, "quantity_basis", count.basis)
        return count

    def _route(self, code: str) -> str:
        own = routes.OWN_ROUTES.get(code)
        if own:
            return self._code("route", own, code)
        if code:
            offered(self._archive, "route", code)
        return code

    def _code(self, name: str, label: str, code: str = "") -> str:
        """The code of the term that is called so, new or not."""
        if not label:
            return ""
        key = (name, fold(label))
        if key not in self._codes:
            self._codes[key] = self._found(name, label) or self._added(name, label, code)
        return self._codes[key]

    def _found(self, name: str, label: str) -> str:
        held = self._archive.vocabulary(name)
        folded = fold(label)
        found = [term for term in held if fold(term.label) == folded]
        found = found or [term for term in held if folded in map(fold, term.texts)]
        if len(found) > 1:
            raise Refused(f"“{label}” can mean {' or '.join(term.label for term in found)}")
        if found:
            offered(self._archive, name, found[0].code)
        return found[0].code if found else ""

    def _added(self, name: str, label: str, code: str) -> str:
        known = Vocabulary([*self._archive.vocabulary(name), *(term for of, term in self.new_terms if of == name)])
        if not code or code in known:
            code = term_checks.free_code(known, code or label)
        term = Term(code, label)
        for wrong in term_checks.faults(term):
            raise Refused(wrong)
        self.new_terms.append((name, term))
        return code

    def _label(self, name: str, code: str) -> str:
        new = next((term.label for of, term in self.new_terms if (of, term.code) == (name, code)), None)
        return new or self._archive.vocabulary(name).label(code)

    @staticmethod
    def source_type(title: str, url: str) -> str:
        """The type of a source, by what is certain from its title and address."""
        host = urlsplit(url).hostname or "" if url.startswith(("http://", "https://")) else ""
        if _AGENCY.search(title):
            return "news_agency"
        if _OFFICIAL.search(host):
            return "official"
        return "website" if host else "other"


def _by_name(models: Vocabulary) -> dict[str, list[Term]]:
    """The models of the library by their folded names; a bracket that tells one label from others is no part of it."""
    found: dict[str, list[Term]] = {}
    for term in models:
        if not term.retired:
            for name in {fold(text) for text in (*term.texts, _DISTINCTION.sub("", term.label))}:
                found.setdefault(name, []).append(term)
    return found


def _is_of_type(types: Vocabulary, known: str, said: str) -> bool:
    return known in types and (known == said or said in types.ancestors(known))


def _exporter(row: Row) -> str:
    """The country that a row names as exporter and not as maker, empty where it does not."""
    return row["country_of_manufacture"] if f"({EXPORTER}" in row["manufacture_basis"] else ""


def _bases(basis: Basis) -> tuple[str, ...]:
    return (basis.code,) if basis.code else ()


def _scope(basis: Basis) -> str:
    """What a statement about a route holds for: memory, and an inference from likeness, tell of a model."""
    if basis.rest.startswith(REPORT_WIDE):
        return "report_wide"
    if basis.code == MEMORY or basis.rest:
        return "this_model"
    return "this_sighting" if basis.code else ""
