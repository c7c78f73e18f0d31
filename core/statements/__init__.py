"""Published statements about weapons, entered from a table: each row a sighting with claims and a source.

The table's file is kept as evidence, and its rows are sightings on it.  README.md beside this file documents what
becomes of each column and value; the whole table is checked before anything of it is recorded.
"""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from core import csv_tables, filing
from core.archive import Archive
from core.csv_tables import MOST_BYTES, Problems, Row
from core.errors import Refused
from core.jobs import Job
from core.originals import Copied
from core.records import ImageId, SightingId
from core.statements import cells
from core.statements.reading import Entry, Reader
from core.statements.words import COLUMNS
from core.store import claimed, claims, codings, images, sightings, sources, stated, terms
from core.store.claimed import Claimed
from core.vocabularies import Term

_NO_PICTURE: Final = "It is a table of statements, not a picture."
_LABEL: Final = "Enter statements from “{}”"


@dataclass(frozen=True, slots=True)
class StatementReport:
    """What was entered from a table, as numbers of rows unless it says otherwise.

    ``known`` rows were entered before.  ``acquisitions`` are all claims of how a weapon came to its holder or of who
    holds it, ``routes`` those that name a route; ``exporters`` are rows whose country is named as exporter, so that no
    manufacture is claimed.  ``sources``, ``holders`` and ``own_routes`` are numbers of new ones.  ``unnamed`` says of
    models whose name the library has why none of its models was taken.
    """

    image_id: ImageId
    rows: int
    sightings: int = 0
    known: int = 0
    with_model: int = 0
    design: int = 0
    manufacture: int = 0
    acquisitions: int = 0
    routes: int = 0
    exporters: int = 0
    sources: int = 0
    holders: int = 0
    own_routes: int = 0
    unnamed: tuple[str, ...] = ()


def import_statements(archive: Archive, path: Path, job: Job | None = None) -> StatementReport:
    """Enter the rows of a table of statements, with its file, in one action; running it again adds nothing.

    A row is known by its id: by the first line of the note with which a sighting on the file of the same bytes was
    entered, whatever was written over it.  A file that was changed is another one, with sightings of its own.

    Raises:
        Cancelled: the user stopped it before anything was recorded.
        Refused: the file is no such table, or says something that has no meaning here; the text names rows and
            reasons, and nothing is recorded.
        ReadOnly: the archive is open for reading only.
        StorageFault: the disk failed or is full.
    """
    job = job or Job()
    with filing.copied_in(archive, path) as copied:
        rows = _rows(copied, path.name)
        known_image = images.id_of(archive.db, copied.sha256)
        known = set() if known_image is None else _known(archive, known_image)
        reader = Reader(archive)
        entries = _read(reader, rows, path.name, job)
        new = [entry for entry in entries if entry.row_id not in known]
        if new and known_image is not None:
            codings.check_not_coded(archive.db, [known_image])
        writer = _Writer(archive, reader, new, job.unstoppable())
        label = _LABEL.format(path.name)
        image_id = filing.keep(archive, copied, path, reason=_NO_PICTURE, label=label, also=writer.write)
    return _report(image_id, len(rows), new, writer)


def statements_of(archive: Archive, image_id: ImageId) -> list[dict[str, str]]:
    """The rows of a table that was entered, by the names of its columns, given back from what the archive says.

    A term that has since been renamed, or a claim that its author has changed, is given back as it is now; a note that
    is no row's any more as it was entered.
    """
    notes = stated.entered_notes(archive.db, image_id)
    held = [_noted(one, notes[one.sighting.id])
            for one in claimed.of_images(archive.db, [image_id])[image_id] if one.sighting.id in notes]  # fmt: skip
    named = {source.id: source for source in sources.every(archive.db)}
    return [cells.cells_of(one, named, lambda name, code: archive.vocabulary(name).label(code)) for one in held]


def _rows(copied: Copied, name: str) -> tuple[Row, ...]:
    if copied.size_bytes > MOST_BYTES:
        raise Refused(f"{name} is larger than {MOST_BYTES // 1024 // 1024} MB; enter it in parts.")
    data = copied.temp.read_bytes()
    table = csv_tables.parse(data, name, required=COLUMNS, known=COLUMNS.__contains__)
    if not table.rows:
        raise Refused(f"{name} holds no statement, only a heading.")
    return table.rows


def _known(archive: Archive, image_id: ImageId) -> set[str]:
    return {cells.row_id(note) for note in stated.entered_notes(archive.db, image_id).values()}


def _noted(one: Claimed, entered: str) -> Claimed:
    """A sighting with the note that tells its row: its own, or where that does not do so any more, the entered one."""
    note = one.sighting.note
    if stated.is_statement(note) and cells.row_id(note) == cells.row_id(entered):
        return one
    return replace(one, sighting=replace(one.sighting, note=entered))


def _read(reader: Reader, rows: tuple[Row, ...], name: str, job: Job) -> list[Entry]:
    problems = Problems(name)
    entries: list[Entry] = []
    met: dict[str, int] = {}
    for done, row in enumerate(rows, 1):
        job.step(done, len(rows), "Reading statements")
        row_id = row["row_id"]
        if not row_id:
            problems.add(row.number, "it has no row_id")
        elif row_id in met:
            problems.add(row.number, f"the row_id “{row_id}” is that of row {met[row_id]} already")
        met.setdefault(row_id, row.number)
        found = reader.entry(row, problems)
        if found is not None:
            entries.append(found)
    problems.check()
    return entries


class _Writer:
    """Records entries as sightings of one image; the action is the caller's."""

    def __init__(self, archive: Archive, reader: Reader, entries: list[Entry], job: Job) -> None:
        self._archive = archive
        self._entries = entries
        self._job = job
        wanted = {code for entry in entries for code in entry.term_codes}
        self.terms = [(name, term) for name, term in reader.new_terms if (name, term.code) in wanted]
        known = {(one.title, one.url): one.id for one in reversed(sources.every(archive.db))}
        self._sources = known
        self.new_sources = list(dict.fromkeys(entry.source for entry in entries if entry.source not in known))
        self.new_sources = [pair for pair in self.new_sources if any(pair)]

    def write(self, image_id: ImageId) -> None:
        """Record everything; an action must be open."""
        for name, term in self.terms:
            self._add_term(name, term)
        for title, url in self.new_sources:
            self._sources[title, url] = sources.add(
                self._archive.db, {"type": Reader.source_type(title, url), "title": title, "url": url}
            )
        for done, entry in enumerate(self._entries, 1):
            self._job.step(done, len(self._entries), "Entering statements")
            self._add_sighting(image_id, entry)

    def _add_term(self, name: str, term: Term) -> None:
        terms.add(self._archive.db, name, terms.next_position(self._archive.db, name), term)

    def _add_sighting(self, image_id: ImageId, entry: Entry) -> SightingId:
        db, author = self._archive.db, self._archive.actor
        details = {"quantity": entry.statement.quantity, "quantity_basis": entry.statement.quantity_basis}
        made = sightings.add(db, image_id, entry.note, author=author, details=details)
        for claim in entry.claims(self._sources.get(entry.source)):
            claims.add(db, made, claim, author)
        return made


def _report(image_id: ImageId, rows: int, new: list[Entry], writer: _Writer) -> StatementReport:
    said = [entry.statement for entry in new]
    kinds = [name for name, _ in writer.terms]
    return StatementReport(
        image_id,
        rows,
        sightings=len(new),
        known=rows - len(new),
        with_model=sum(bool(one.identification and one.identification.model) for one in said),
        design=sum("design" in one.origins for one in said),
        manufacture=sum("manufacture" in one.origins for one in said),
        acquisitions=sum(one.acquisition is not None for one in said),
        routes=sum(bool(one.acquisition and one.acquisition.route) for one in said),
        exporters=sum(entry.exporter for entry in new),
        sources=len(writer.new_sources),
        holders=kinds.count("holder"),
        own_routes=kinds.count("route"),
        unnamed=tuple(f"{entry.row_id}: {entry.unnamed}" for entry in new if entry.unnamed),
    )
