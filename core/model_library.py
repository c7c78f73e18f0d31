"""The library of weapon models on an archive: looked through, changed fact by fact, imported, exported, updated.

Every fact has its source.  What the user changes is the user's own: an update of the shipped library leaves it alone.
"""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from core import csv_tables, model_facts, shipped, vocabulary_editing
from core.archive import Archive
from core.csv_tables import Problems
from core.errors import Refused
from core.jobs import Job
from core.model_facts import COLUMNS, FACTS, Fact, Known, Model
from core.spreadsheet_cells import safe_cell
from core.store import coded, terms
from core.store import models as stored
from core.store.terms import MODELS
from core.vocabularies import Term
from core.vocabulary_files import TermsReport
from core.vocabulary_kinds import KINDS
from core.whole_file import whole_file

_NONE: Final = ("label", "type")  # the facts that no model can be without


@dataclass(frozen=True, slots=True)
class LibraryState:
    """How an archive's library stands to the shipped one: ``newer`` says whether an update would bring something.

    ``own`` is the number of models of which the user has changed or added something.
    """

    models: int
    version: str
    shipped_version: str
    own: int

    @property
    def newer(self) -> bool:
        """Whether the shipped library is another one than the archive was last given."""
        return self.version != self.shipped_version


def models(archive: Archive, text: str = "") -> list[Term]:
    """The models that a text may mean, the likeliest first; without a text all, in the library's order."""
    held = archive.weapon_models
    if not text.strip():
        return list(held)
    return [found.term for found in held.suggest(text, len(held))]


def model(archive: Archive, code: str) -> Model:
    """A model with its facts.

    Raises:
        Refused: there is no such model.
    """
    return _model(archive, code)


def facts_of(archive: Archive, code: str) -> tuple[Fact, ...]:
    """All facts of a model, each with its source, in the order of ``FACTS``.

    Raises:
        Refused: there is no such model.
    """
    return _model(archive, code).facts


def all_models(archive: Archive) -> dict[str, Model]:
    """Every model with its facts, by code."""
    return stored.load(archive.db)


def library_state(archive: Archive) -> LibraryState:
    """Which library the archive has, and whether a newer one came with the program."""
    held = archive.weapon_models
    own = set(stored.own_kinds(archive.db)) | {term.code for term in held if term.code not in shipped.models()}
    return LibraryState(len(held), terms.version(archive.db, MODELS), shipped.models_version(), len(own))


def add_model(archive: Archive, code: str, facts: Iterable[Fact]) -> Model:
    """Add a model; it needs a label and a type, and a source for each fact.

    Raises:
        Refused: there is one of this code, or a fact is not possible.
    """
    archive.check_writable()
    if code in archive.weapon_models:
        raise Refused(f"There is a weapon model with the code {code} already; choose another code.")
    made = model_facts.model(code, facts)
    _check(archive, made)
    with archive.action(f"Add weapon model “{made.label}”"):
        stored.add_all(archive.db, [made])
        stored.change(archive.db, made, own=FACTS)
    return made


def put_fact(archive: Archive, code: str, fact: Fact, *, instead_of: Fact | None = None) -> None:
    """Say a fact of a model, in the place of another one where that is given.

    Raises:
        Refused: there is no such model or fact, or this one is not possible.
    """
    held = _model(archive, code)
    if instead_of is None:
        once = held.first(fact.fact) if fact.fact in ("label", "level", "type", "parent") else None
        facts = [*(one for one in held.facts if one is not once), fact]
        label = f"Say the {_words(fact)} of weapon model “{held.label}”"
    else:
        facts = list(held.facts)
        facts[_place(held, instead_of)] = fact
        label = f"Change the {_words(instead_of)} of weapon model “{held.label}”"
    kinds = {fact.fact, *((instead_of.fact,) if instead_of else ())}
    _change(archive, model_facts.model(code, facts), kinds, label)


def drop_fact(archive: Archive, code: str, fact: Fact) -> None:
    """Take a fact of a model away.

    Raises:
        Refused: there is no such model or fact, or no model can be without it.
    """
    held = _model(archive, code)
    if fact.fact in _NONE:
        raise Refused(f"A weapon model cannot be without its {_words(fact)}; change it instead.")
    facts = list(held.facts)
    del facts[_place(held, fact)]
    label = f"Remove the {_words(fact)} “{fact.value}” of weapon model “{held.label}”"
    _change(archive, model_facts.model(code, facts), {fact.fact}, label)


def _words(fact: Fact) -> str:
    return fact.fact.replace("_", "-")


def _place(held: Model, fact: Fact) -> int:
    if fact not in held.facts:
        raise Refused(f"“{held.label}” does not say this any more: {_words(fact)} {fact.value}.")
    return held.facts.index(fact)


def _change(archive: Archive, made: Model, kinds: Iterable[str], label: str) -> None:
    archive.check_writable()
    _check(archive, made)
    own = stored.own_kinds(archive.db).get(made.code, frozenset()) | set(kinds)
    with archive.action(label):
        stored.change(archive.db, made, own=own)


def _model(archive: Archive, code: str) -> Model:
    archive.weapon_models.get(code)
    return stored.load(archive.db, code)[code]


def _check(archive: Archive, made: Model) -> None:
    """Refuse a model that cannot stand beside the others, with the first reason."""
    found: list[str] = []
    _check_all(archive, {made.code: made}, stored.load(archive.db), lambda _, reason: found.append(reason))
    if found:
        raise Refused(f"This cannot be said of the weapon model “{made.label}”: {found[0]}.")


def _check_all(
    archive: Archive, given: Mapping[str, Model], held: Mapping[str, Model], complain: model_facts.Complain
) -> None:
    known = Known(
        types={term.code for term in archive.weapon_types},
        countries={term.code for term in archive.countries},
        productions={term.code for term in archive.vocabulary("production")},
        models=held,
    )
    model_facts.check(given, known, complain)


def export_models(archive: Archive, to: Path) -> int:
    """Write the library to a CSV file, complete or not at all; returns how many models.

    Raises:
        Refused: the place is not possible.
        StorageFault: the disk failed or is full.
    """
    held = stored.load(archive.db)
    with whole_file(to, outside=archive.folder) as path, path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(COLUMNS)
        for one in held.values():
            out.writerows([safe_cell(cells[column]) for column in COLUMNS] for cells in model_facts.cells(one))
    return len(held)


def import_models(archive: Archive, file: Path, *, replacing: bool = False, job: Job | None = None) -> TermsReport:
    """Add the models of a table, and give those that are there already the table's facts, all as one action.

    When ``replacing``, models that the table does not have are removed where nothing says them, and else retired.

    Raises:
        Refused: something in the table is not possible, and the text names the rows and reasons; or it would replace
            terms while a set is being coded blind.
        StorageFault: the file cannot be read.
        Cancelled: the user stopped the job, and nothing is changed.
    """
    archive.check_writable()
    if replacing:
        vocabulary_editing.check_not_telling(archive, KINDS[MODELS])
    table = csv_tables.read(file, required=("code", "fact", "value", "source"), known=COLUMNS.__contains__)
    given = model_facts.grouped((row.number, row.cells) for row in table.rows)
    held = stored.load(archive.db)
    gone, retired = _absent(archive, held, given) if replacing else ([], [])
    problems = Problems(file.name)
    _check_all(archive, given, {code: one for code, one in held.items() if code not in gone}, problems.add)
    problems.check()
    changed = {code: one for code, one in given.items() if code in held and one != held[code]}
    added = [one for code, one in given.items() if code not in held]
    report = TermsReport(len(added), len(changed), len(gone), len(retired))
    with archive.action(f"Import weapon models: {report.words}", job=job):
        for code in gone:
            terms.remove(archive.db, MODELS, code)
        for code in retired:
            terms.change(archive.db, MODELS, replace(archive.weapon_models.get(code), retired=True))
        own = stored.own_kinds(archive.db)
        kinds = {code: own.get(code, frozenset()) | _differing(held[code], one) for code, one in changed.items()}
        _write(archive, changed, kinds, job or Job())
        stored.add_all(archive.db, added)
    return report


def _absent(archive: Archive, held: Mapping[str, Model], given: Mapping[str, Model]) -> tuple[list[str], list[str]]:
    """The codes of the models that a table lacks: those to remove, and those to retire."""
    said = coded.record_uses(archive.db, MODELS)
    absent = [code for code in held if code not in given]
    staying = {code for code in absent if code in said}
    for one in (*given.values(), *(held[code] for code in staying)):
        for fact in one.all("parent", "look_alike"):
            if fact.value in held and fact.value not in given:
                staying.add(fact.value)
    frontier = list(staying)
    while frontier:
        for fact in held[frontier.pop()].all("parent", "look_alike"):
            if fact.value in held and fact.value not in given and fact.value not in staying:
                staying.add(fact.value)
                frontier.append(fact.value)
    retired = [code for code in absent if code in staying and not archive.weapon_models.get(code).retired]
    return [code for code in absent if code not in staying], retired


def _differing(one: Model, other: Model) -> frozenset[str]:
    """The kinds of fact in which two models differ."""
    return frozenset(kind for kind in FACTS if one.all(kind) != other.all(kind))


def _write(archive: Archive, changed: Mapping[str, Model], own: Mapping[str, frozenset[str]], job: Job) -> None:
    for done, (code, one) in enumerate(changed.items(), 1):
        stored.change(archive.db, one, own=own.get(code, frozenset()))
        job.step(done, len(changed), "Importing weapon models")


def update_library(archive: Archive, job: Job | None = None) -> TermsReport:
    """Bring the archive's library to the shipped one, as one action; what the user changed stays as it is.

    Models that the user added stay, those that the user removed stay away, and of a model in which the user changed
    facts of some kind, the facts of that kind stay.

    Raises:
        Refused: what is shipped cannot stand beside what the user added; the sentence says why.
        Cancelled: the user stopped the job, and nothing is changed.
    """
    archive.check_writable()
    held, own = stored.load(archive.db), stored.own_kinds(archive.db)
    away = stored.removed(archive.db)
    given = {
        code: _kept(one, held[code], own.get(code, frozenset())) if code in held else one
        for code, one in shipped.models().items()
        if code not in away
    }
    problems = Problems("the shipped library")
    _check_all(archive, given, held, problems.add)
    problems.check()
    changed = {code: one for code, one in given.items() if code in held and one != held[code]}
    added = [one for code, one in given.items() if code not in held]
    report = TermsReport(added=len(added), changed=len(changed))
    with archive.action(f"Update the library of weapon models: {report.words}", job=job):
        _write(archive, changed, own, job or Job())
        stored.add_all(archive.db, added)
        terms.set_version(archive.db, MODELS, shipped.models_version())
    return report


def _kept(new: Model, old: Model, own: frozenset[str]) -> Model:
    """The shipped model, but with the user's facts of those kinds that are the user's own."""
    return model_facts.model(new.code, [*(one for one in new.facts if one.fact not in own), *old.all(*own)])
