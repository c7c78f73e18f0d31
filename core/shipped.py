"""The vocabularies as shipped with Stocktake: what a new archive begins with a copy of."""

import csv
import functools
import hashlib
import io
from collections.abc import Iterator, Mapping
from importlib import resources
from typing import TYPE_CHECKING, Final

from core import model_facts
from core.model_facts import Model
from core.vocabularies import LIST_SEPARATOR, Term, Vocabulary
from core.vocabulary_kinds import KINDS

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

_FOLDER: Final = resources.files("resources") / "vocabularies"


@functools.cache
def vocabulary(name: str) -> Vocabulary:
    """A vocabulary as shipped; one that every archive fills for itself is empty."""
    return Vocabulary(_terms(name), noun=KINDS[name].noun)


def seed_terms() -> dict[str, tuple[Term, ...]]:
    """What a new archive begins with: the shipped terms of each vocabulary that it keeps, in order."""
    return {name: tuple(vocabulary(name)) for name in KINDS if name != "weapon_model"}


@functools.cache
def version(name: str) -> str:
    """The version of a shipped vocabulary: the first 16 hex digits of a SHA-256 over all that it says."""
    return hashlib.sha256("\n".join(map(repr, vocabulary(name))).encode()).hexdigest()[:16]


@functools.cache
def models() -> Mapping[str, Model]:
    """The weapon models as shipped, by code."""
    rows = (row for file in _model_files() for row in csv.DictReader(io.StringIO(file.read_text("utf-8"), newline="")))
    return model_facts.grouped(enumerate(rows, 2))


@functools.cache
def models_version() -> str:
    """The version of the shipped models: the first 16 hex digits of a SHA-256 over their files."""
    return hashlib.sha256(b"".join(file.read_bytes() for file in _model_files())).hexdigest()[:16]


def _model_files() -> "list[Traversable]":
    return sorted((_FOLDER / "models").iterdir(), key=lambda file: file.name)


def _terms(name: str) -> Iterator[Term]:
    if name == "weapon_type":
        yield from map(_term, _rows("weapon_types"))
    elif name == "country":
        names = {row.pop("code"): _filled(row) for row in _rows("country_names")}
        yield from (_term(row, names) for row in _rows("countries"))
    else:
        yield from (_term(row) for row in _rows("value_lists") if row.pop("vocabulary") == name)


def _term(row: dict[str, str], names: Mapping[str, Mapping[str, str]] | None = None) -> Term:
    """The term of a row; columns that a term has no field for become attributes."""
    code, label, source = row.pop("code"), row.pop("label"), row.pop("source")
    parent = row.pop("parent", "") or None
    aliases = tuple(filter(None, row.pop("aliases", "").split(LIST_SEPARATOR)))
    return Term(code, label, parent, aliases, (names or {}).get(code, {}), _filled(row), source)


def _rows(name: str) -> Iterator[dict[str, str]]:
    text = (_FOLDER / f"{name}.csv").read_text("utf-8")
    yield from csv.DictReader(io.StringIO(text, newline=""))


def _filled(row: Mapping[str, str]) -> dict[str, str]:
    return {column: value for column, value in row.items() if value}
