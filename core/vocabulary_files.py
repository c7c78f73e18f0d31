"""A vocabulary as a CSV table: written for a spreadsheet, and read back, checked whole, as one action.

Columns are ``code``, ``parent``, ``label``, ``retired``, ``aliases`` (`` | `` between them), ``label:xx`` for each
language, ``code:NAME`` for each other standard, what else is said of terms, and ``source``.  The order of the rows is
that of the terms.  What a file has no column for stays as it is.
"""

import csv
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from core import csv_tables, term_checks, trees, vocabulary_editing
from core.archive import Archive
from core.csv_tables import Problems, Row, Table
from core.errors import Refused
from core.folding import fold
from core.jobs import Job
from core.spreadsheet_cells import safe_cell
from core.store import coded, terms
from core.term_checks import DESCRIBING
from core.vocabularies import LIST_SEPARATOR, Term, Vocabulary
from core.vocabulary_kinds import KINDS, Kind
from core.whole_file import whole_file

_FIRST: Final = ("code", "parent", "label", "retired", "aliases")
_ALWAYS: Final = ("definition", "note")
_NAME: Final = "label:"
_STANDARD: Final = "code:"
_YES: Final = ("yes", "true", "1")
_NO: Final = ("", "no", "false", "0")


@dataclass(frozen=True, slots=True)
class TermsReport:
    """What an import did to how many terms."""

    added: int = 0
    changed: int = 0
    removed: int = 0
    retired: int = 0

    @property
    def words(self) -> str:
        """The counts as they are told, those that are 0 left out."""
        named = (("added", self.added), ("changed", self.changed), ("removed", self.removed), ("retired", self.retired))
        return ", ".join(f"{count:,} {what}" for what, count in named if count) or "nothing changed"


def export_terms(archive: Archive, vocabulary: str, to: Path) -> int:
    """Write a vocabulary to a file, complete or not at all; returns how many terms.

    Raises:
        Refused: the place is not possible.
        StorageFault: the disk failed or is full.
    """
    held = archive.vocabulary(vocabulary)
    columns = _columns_of(held)
    with whole_file(to, outside=archive.folder) as path, path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(columns)
        for term in held:
            cells = _cells(term)
            out.writerow([safe_cell(cells.get(column, "")) for column in columns])
    return len(held)


def _columns_of(held: Vocabulary) -> tuple[str, ...]:
    used = dict.fromkeys(column for term in held for column in _cells(term))
    names = sorted(column for column in used if column.startswith(_NAME))
    standards = sorted(column for column in used if column.startswith(_STANDARD))
    rest = [name for name in DESCRIBING if name in used or name in _ALWAYS]
    return (*_FIRST, *names, *standards, *rest, "source")


def _cells(term: Term) -> dict[str, str]:
    standards = vocabulary_editing.standards(term)
    return {
        "code": term.code,
        "parent": term.parent or "",
        "label": term.label,
        "retired": "yes" if term.retired else "",
        "aliases": LIST_SEPARATOR.join(term.aliases),
        **{_NAME + language: name for language, name in term.names.items()},
        **{_STANDARD + name: code for name, code in standards.items()},
        **{name: value for name, value in term.attributes.items() if name in DESCRIBING},
        "source": term.source,
    }


def _known(column: str) -> bool:
    if column.startswith(_NAME):
        return term_checks.language_fault(column.removeprefix(_NAME)) is None
    if column.startswith(_STANDARD):
        return term_checks.standard_fault(column.removeprefix(_STANDARD)) is None
    return column in (*_FIRST, *DESCRIBING, "source")


def import_terms(
    archive: Archive, vocabulary: str, file: Path, *, replacing: bool = False, job: Job | None = None
) -> TermsReport:
    """Add the terms of a table and change those whose codes are there already, all of it as one action.

    When ``replacing``, terms that the table does not have are removed where nothing says them, and else retired.

    Raises:
        Refused: something in the table is not possible, and the text names the rows and reasons; or it would replace
            terms while a set is being coded blind.
        StorageFault: the file cannot be read.
        Cancelled: the user stopped the job, and nothing is changed.
    """
    archive.check_writable()
    if vocabulary == terms.MODELS:
        raise Refused("Weapon models have facts, each with its source, and are imported as a library of models.")
    kind, held = KINDS[vocabulary], archive.vocabulary(vocabulary)
    if replacing and not kind.fixed:
        vocabulary_editing.check_not_telling(archive, kind)
    table = csv_tables.read(file, required=("code", "label"), known=_known)
    wanted = _terms(table, held, Problems(file.name), kind)
    absent = [term for term in held if term.code not in wanted] if replacing and not kind.fixed else []
    gone = _removable(archive, vocabulary, held, wanted, absent)
    _check_tree(table, held, wanted, gone, Problems(file.name))
    retired = [term for term in absent if term.code not in gone and not term.retired]
    changes = _Changes(wanted, held, gone, retired)
    with archive.action(f"Import {kind.title.lower()}: {changes.report.words}", job=job):
        changes.apply(archive, vocabulary, job or Job())
    return changes.report


def _terms(table: Table, held: Vocabulary, problems: Problems, kind: Kind) -> dict[str, Term]:
    """The terms that the rows make, by code."""
    found: dict[str, Term] = {}
    first: dict[str, int] = {}
    for row in table.rows:
        before = held.get(row["code"]) if row["code"] in held else Term("", "")
        term = _term(row, table.columns, before, problems)
        for wrong in term_checks.faults(term):
            problems.add(row.number, wrong)
        if term.code in first:
            problems.add(row.number, f"the code {term.code} is that of row {first[term.code]}")
        if kind.fixed:
            _check_fixed(row.number, before, term, problems)
        first.setdefault(term.code, row.number)
        found.setdefault(term.code, term)
    problems.check()
    return found


def _check_fixed(row: int, before: Term, term: Term, problems: Problems) -> None:
    """The program rests on a fixed list: only what its terms are called may change."""
    if replace(term, label=before.label, names=before.names, aliases=before.aliases) != before:
        problems.add(row, "the program rests on this list: its terms can be renamed and ordered, and nothing else")


def _term(row: Row, columns: Collection[str], before: Term, problems: Problems) -> Term:
    """A term as a row says it; what the table has no column for is as it was before."""
    names, attributes = dict(before.names), dict(before.attributes)
    for column in columns:
        if column.startswith(_NAME):
            _put(names, column.removeprefix(_NAME), row[column])
        elif column.startswith(_STANDARD):
            _put(attributes, column.removeprefix(_STANDARD), row[column])
        elif column in DESCRIBING:
            _put(attributes, column, row[column])
    if row["retired"].lower() not in (*_YES, *_NO):
        problems.add(row.number, f"“{row['retired'][:60]}” under “retired” is neither yes nor no")
    aliases = tuple(dict.fromkeys(filter(None, map(str.strip, row["aliases"].split(LIST_SEPARATOR.strip())))))
    return Term(
        code=row["code"],
        label=row["label"],
        parent=(row["parent"] or None) if "parent" in columns else before.parent,
        aliases=aliases if "aliases" in columns else before.aliases,
        names=names,
        attributes=attributes,
        source=row["source"] if "source" in columns else before.source,
        retired=row["retired"].lower() in _YES if "retired" in columns else before.retired,
    )


def _put(values: dict[str, str], name: str, value: str) -> None:
    if value:
        values[name] = value
    else:
        values.pop(name, None)


def _removable(
    archive: Archive, vocabulary: str, held: Vocabulary, wanted: Mapping[str, Term], absent: Sequence[Term]
) -> set[str]:
    """The codes of those absent terms that nothing says, names or stands under."""
    said = coded.all_uses(archive.db, vocabulary)
    gone = {term.code for term in absent if term.code not in said}
    above = {term.parent for term in (*wanted.values(), *absent) if term.code not in gone}
    for code in above & gone:
        gone -= {code, *held.ancestors(code or "")}
    every = [wanted.get(term.code, term) for term in held if term.code not in gone]
    return {code for code in gone if not any(vocabulary_editing.naming(term, code) for term in every)}


def _check_tree(
    table: Table, held: Vocabulary, wanted: Mapping[str, Term], gone: Collection[str], problems: Problems
) -> None:
    """Refuse parents that are not there, circles, trees too deep, and labels that two terms would have."""
    rows = {row["code"]: row.number for row in table.rows}
    after = {term.code: term for term in held if term.code not in gone} | dict(wanted)
    labels: dict[str, str] = {}
    for term in after.values():
        other = labels.setdefault(fold(term.label), term.code)
        for code in {other, term.code} & rows.keys() if other != term.code else ():
            second = other if code == term.code else term.code
            problems.add(rows[code], f"“{after[code].label}” is what {second} is called too")
    for term in wanted.values():
        if term.parent is not None and term.parent not in after:
            problems.add(rows[term.code], f"the parent {term.parent} is no code in the list")
    parents = {code: term.parent for code, term in after.items()}
    for code in trees.circling(parents):
        problems.add(rows.get(code, 0), f"{code} stands under itself")
    for code in trees.too_deep(parents):
        problems.add(rows.get(code, 0), f"{code} stands {trees.TOO_DEEP}")
    problems.check()


class _Changes:
    """What an import is about to do, and the counts of it."""

    def __init__(
        self, wanted: Mapping[str, Term], held: Vocabulary, gone: Collection[str], retired: Iterable[Term]
    ) -> None:
        self._added = [term for term in wanted.values() if term.code not in held]
        self._changed = [term for term in wanted.values() if term.code in held and term != held.get(term.code)]
        self._gone = [term.code for term in held if term.code in gone]
        self._retired = [replace(term, retired=True) for term in retired]
        self._before = [term.code for term in held if term.code not in gone]
        self._order = _order(list(wanted), self._before)
        self.report = TermsReport(len(self._added), len(self._changed), len(self._gone), len(self._retired))

    def apply(self, archive: Archive, vocabulary: str, job: Job) -> None:
        """Write it; an action must be open."""
        db = archive.db
        total = len(self._added) + len(self._changed) + len(self._gone) + len(self._retired)
        done = 0
        for code in self._gone:
            terms.remove(db, vocabulary, code)
        done += len(self._gone)
        for term in (*self._changed, *self._retired):
            terms.change(db, vocabulary, term)
            done += 1
            job.step(done, total, "Importing terms")
        end = terms.next_position(db, vocabulary)
        for at, term in enumerate(self._added):
            terms.add(db, vocabulary, end + at, term)
            done += 1
            job.step(done, total, "Importing terms")
        if self._order != [*self._before, *(term.code for term in self._added)]:
            terms.reorder(db, vocabulary, self._order)


def _order(listed: Sequence[str], before: Sequence[str]) -> list[str]:
    """The order after an import: what is listed in the order of the rows, all else in its place."""
    known = set(before)
    inside = iter([code for code in listed if code in known])
    rows = set(listed)
    order = [next(inside) if code in rows else code for code in before]
    after: dict[str, list[str]] = {}
    anchor = ""
    for code in listed:
        if code in known:
            anchor = code
        else:
            after.setdefault(anchor, []).append(code)
    return [one for code in ("", *order) for one in ((code,) if code else ()) + tuple(after.get(code, ()))]
