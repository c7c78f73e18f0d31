"""JSON: everything that the record holds of the images found, under stable keys; see README.md beside this file."""

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO, Final

from core.archive import Archive
from core.exporting.selection import PROGRAM, Entry, Selection, program_version
from core.exporting.sighting_values import sighting_value
from core.jobs import Job
from core.model_facts import COLUMNS, Fact
from core.records import Capture, Facts, Match, Relation
from core.store import coded, images, models, physical_weapons, relations, sources
from core.store.claimed import Claimed
from core.store.terms import MODELS
from core.vocabularies import Term, Vocabulary

FORMAT: Final = "stocktake-export"
FORMAT_VERSION: Final = 1
_CLAIMS: Final = {
    "identifications": "identification",
    "origins": "origin",
    "acquisitions": "acquisition",
    "markings": "marking",
    "reviews": "review",
}
_VOCABULARY_OF: Final[Mapping[str, str]] = {
    "type": "weapon_type",
    "level": "level",
    "design": "country",
    "manufacture": "country",
    "parent": MODELS,
    "look_alike": MODELS,
}
_FACTS: Final = tuple(name for name in Facts.__slots__ if name not in ("sha256", "exif"))


def write(selection: Selection, path: Path, job: Job, *, bom: bool = False) -> None:
    """Write all of a selection as one JSON object in UTF-8, one image a line, never holding more than a few.

    Raises:
        Cancelled: the user stopped the job.
    """
    assert not bom, "JSON has no byte-order mark"
    used = _Used(selection)
    lists = {
        "images": map(used.noting, selection.entries(job)),
        "matches": _matches(selection),
        "relations": _relations(selection),
        "sightings_elsewhere": map(used.elsewhere, selection.elsewhere()),
    }
    heading = _heading(selection)
    with path.open("wb") as file:
        file.write(b"{\n")
        for key in sorted([*heading, *lists]):
            file.write(_bytes(key) + b": ")
            if key in lists:
                _write_list(file, lists[key])
            else:
                file.write(_bytes(heading[key]))
            file.write(b",\n")
        file.write(b'"sources": ' + _bytes(used.sources()) + b",\n")
        file.write(b'"vocabularies": ' + _bytes(used.terms()) + b",\n")
        file.write(b'"weapon_models": ' + _bytes(used.models()) + b",\n")
        file.write(b'"weapons": ' + _bytes(used.weapons()) + b"\n}\n")


def _heading(selection: Selection) -> dict[str, Any]:
    return {
        "archive": selection.archive.uuid,
        "exported_at": selection.exported_at,
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "history_head": selection.history_head,
        "program": f"{PROGRAM} {program_version()}",
        "query": selection.query_text,
    }


def _bytes(value: Any) -> bytes:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True)
    try:
        return text.encode()
    except UnicodeEncodeError:  # half a surrogate pair out of some camera's EXIF: only an escape can say it
        return json.dumps(value, sort_keys=True).encode()


def _write_list(file: BinaryIO, values: Iterable[Any]) -> None:
    file.write(b"[")
    file.writelines((b",\n" if number else b"\n") + _bytes(value) for number, value in enumerate(values))
    file.write(b"]")


def _matches(selection: Selection) -> Iterator[dict[str, Any]]:
    hashes = _hashes(selection)
    for match in relations.matches(selection.archive.db):
        if match.sha256_a in hashes or match.sha256_b in hashes:
            yield _with_transform(match)


def _relations(selection: Selection) -> Iterator[dict[str, Any]]:
    hashes = _hashes(selection)
    for relation in relations.every(selection.archive.db):
        if relation.from_sha256 in hashes or relation.to_sha256 in hashes:
            yield _with_transform(relation)


def _with_transform(found: Match | Relation) -> dict[str, Any]:
    return {**_fields(found), "transform": list(found.transform.numbers) if found.transform else None}


def _hashes(selection: Selection) -> frozenset[str]:
    return frozenset(images.hashes(selection.archive.db, selection.ids).values())


def _fields(record: Any) -> dict[str, Any]:
    return {name: getattr(record, name) for name in record.__slots__}


class _Used:
    """Turns records into JSON values, and remembers the terms and sources that they used."""

    def __init__(self, selection: Selection) -> None:
        self._selection = selection
        self._codes: dict[str, set[str]] = {name: set() for name in coded.COLUMNS}
        self._sources: set[int] = set()
        self._weapons: set[int] = set()

    def noting(self, entry: Entry) -> dict[str, Any]:
        facts = entry.image.facts
        description = _fields(entry.description)
        self._note("description", description)
        self._codes["sensitivity"].update(entry.description.sensitivity)
        self._note("image", {"status": entry.image.status})
        return {
            "sha256": facts.sha256,
            **{name: getattr(facts, name) for name in _FACTS},
            # JSON knows no infinity, so such a number of a camera is written as the word.
            "exif": json.loads(facts.exif, parse_constant=str),
            "original": entry.original,
            "status": entry.image.status,
            "notes": entry.image.notes,
            "description": {**description, "sensitivity": list(entry.description.sensitivity)},
            "group": entry.group,
            "representative": entry.representative,
            "captures": [self._capture(capture) for capture in entry.captures],
            "sightings": [self._sighting(sighting) for sighting in entry.sightings],
            "settled_sightings": [{**self._sighting(one), "settled_into": into} for one, into in entry.settled],
            "shown_sightings": [claimed.sighting.id for claimed in entry.shown],
        }

    def elsewhere(self, claimed: Claimed) -> dict[str, Any]:
        held = images.original(self._selection.archive.db, claimed.sighting.image_id)
        return {"sha256": held[0] if held else None, **self._sighting(claimed)}

    def _capture(self, capture: Capture) -> dict[str, Any]:
        said = {name: getattr(capture, name) for name in images.SAID_OF_CAPTURE}
        self._note("capture", said)
        return {
            "id": capture.id,
            "path": capture.place.text,
            "path_bytes_hex": capture.place.raw_hex,
            "modified_at": capture.modified_at,
            "imported_at": capture.imported_at,
            **said,
        }

    def _sighting(self, claimed: Claimed) -> dict[str, Any]:
        value = sighting_value(claimed)
        if claimed.sighting.weapon_id is not None:
            self._weapons.add(claimed.sighting.weapon_id)
        self._note("sighting", value)
        for key, table in _CLAIMS.items():
            for claim in value[key]:
                self._note(table, claim)
                for look_alike in claim.get("look_alikes", ()):
                    self._note("look_alike", look_alike)
        return value

    def _note(self, table: str, values: Mapping[str, Any]) -> None:
        """Remember the codes in a row's values, and its source."""
        for vocabulary, columns in coded.COLUMNS.items():
            for column in columns:
                if column.table == table and values.get(column.name):
                    held = values[column.name]
                    self._codes[vocabulary].update(held if column.is_list else (held,))
        if values.get("source_id") is not None:
            self._sources.add(values["source_id"])

    def terms(self) -> dict[str, Any]:
        archive = self._selection.archive
        return {name: _terms(archive.vocabulary(name), codes) for name, codes in self._codes.items() if codes}

    def models(self) -> list[dict[str, Any]]:
        """The models used and those above them with all their facts; their codes are no terms that the record uses."""
        archive = self._selection.archive
        wanted = _with_above(archive.vocabulary(MODELS), self._codes[MODELS])
        found = [one for code, one in models.load(archive.db).items() if code in wanted]
        return [{"code": one.code, "facts": [_fact(archive, fact) for fact in one.facts]} for one in found]

    def weapons(self) -> list[dict[str, Any]]:
        """The physical weapons that sightings were judged to be."""
        every = physical_weapons.every(self._selection.archive.db)
        return [{"id": id_, "label": label, "note": note} for id_, label, note, _ in every if id_ in self._weapons]

    def sources(self) -> list[dict[str, Any]]:
        held = sources.of_ids(self._selection.archive.db, sorted(self._sources))
        return [_fields(held[key]) for key in sorted(held)]


def _terms(vocabulary: Vocabulary, used: set[str]) -> list[dict[str, Any]]:
    """The terms used and those above them, in the vocabulary's order."""
    wanted = _with_above(vocabulary, used)
    return [_term(term) for term in vocabulary if term.code in wanted]


def _with_above(vocabulary: Vocabulary, used: set[str]) -> set[str]:
    known = {code for code in used if code in vocabulary}
    return known | {above for code in known for above in vocabulary.ancestors(code)}


def _fact(archive: Archive, fact: Fact) -> dict[str, str]:
    vocabulary = _VOCABULARY_OF.get(fact.fact)
    label = archive.vocabulary(vocabulary).label(fact.value) if vocabulary else ""
    return {**{name: getattr(fact, name) for name in COLUMNS[1:]}, "label": label}


def _term(term: Term) -> dict[str, Any]:
    return {
        "code": term.code,
        "label": term.label,
        "parent": term.parent,
        "aliases": list(term.aliases),
        "names": dict(term.names),
        "attributes": dict(term.attributes),
        "source": term.source,
        "retired": term.retired,
    }
