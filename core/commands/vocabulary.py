"""The commands that edit vocabularies and look through the library of weapon models."""

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

import click

from core import model_library, vocabulary_editing, vocabulary_files
from core.archive import Archive
from core.commands.command_line import ARCHIVE, JSON, as_text
from core.jobs import Job
from core.opened import reading, writing
from core.store.terms import MODELS
from core.terminal import put_json_list, say
from core.vocabularies import Term
from core.vocabulary_kinds import KINDS

_NAME = click.argument("name", metavar="VOCABULARY", type=click.Choice(tuple(KINDS)))
_TERM = click.argument("term", metavar="TERM", type=as_text)


@click.group()
@ARCHIVE
@click.pass_context
def vocabulary(context: click.Context, folder: Path) -> None:
    """Edit the lists that an archive's record is said with: holders, places, weapon types, countries and others.

    A TERM is named by its code or by any of its names. Every change is one step that undo takes back.
    """
    context.obj = folder


@vocabulary.command("list")
@click.argument("name", metavar="[VOCABULARY]", default="", type=click.Choice(("", *KINDS)))
@JSON
@click.pass_obj
def list_(folder: Path, name: str, *, as_json: bool) -> None:
    """List the terms of a vocabulary in order, or without one all vocabularies."""
    with reading(folder) as (archive, _):
        found = _terms(archive, name) if name else _kinds(archive)
        if as_json:
            put_json_list(found)
            return
        for one in found:
            retired = "  (retired)" if one.get("retired") else ""
            count = one["uses"] if name else one["terms"]
            code = one["code"] if name else one["vocabulary"]
            say(f"{count:>9,}  {code:<20} {'  ' * one.get('depth', 0)}{one['label']}{retired}")


def _kinds(archive: Archive) -> Iterator[dict[str, Any]]:
    for kind in KINDS.values():
        yield {
            "vocabulary": kind.name,
            "label": kind.title,
            "terms": len(archive.vocabulary(kind.name)),
            "fixed": kind.fixed,
        }


def _terms(archive: Archive, name: str) -> Iterator[dict[str, Any]]:
    held, uses = archive.vocabulary(name), vocabulary_editing.all_uses(archive, name)
    for term in held:
        yield {
            "code": term.code,
            "parent": term.parent,
            "depth": len(held.ancestors(term.code)),
            "label": term.label,
            "names": dict(term.names),
            "aliases": list(term.aliases),
            "standards": vocabulary_editing.standards(term),
            "retired": term.retired,
            "source": term.source,
            "uses": uses.get(term.code, 0),
        }


@vocabulary.command("export")
@_NAME
@click.option("--to", metavar="FILE", type=click.Path(path_type=Path), required=True, help="The CSV file to write.")
@click.pass_obj
def export_(folder: Path, name: str, *, to: Path) -> None:
    """Write a vocabulary to a CSV table that can be edited and imported again."""
    with reading(folder) as (archive, _):
        if name == MODELS:
            count = model_library.export_models(archive, to)
        else:
            count = vocabulary_files.export_terms(archive, name, to)
    say(f"Exported {count:,} {'term' if count == 1 else 'terms'} to {to}.")


@vocabulary.command("import")
@_NAME
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--replace", "replacing", is_flag=True, help="Remove what FILE lacks, or retire it where it is used.")
@click.pass_obj
def import_(folder: Path, name: str, file: Path, *, replacing: bool) -> None:
    """Add the terms of a CSV table and change those whose codes are there already; all of it or nothing."""
    with writing(folder) as (archive, job):
        taken = model_library.import_models if name == MODELS else _import_terms(name)
        report = taken(archive, file, replacing=replacing, job=job)
    say(f"Imported {KINDS[name].title.lower()}: {report.words}.")


def _import_terms(name: str) -> Any:
    def taken(archive: Archive, file: Path, *, replacing: bool, job: Job) -> vocabulary_files.TermsReport:
        return vocabulary_files.import_terms(archive, name, file, replacing=replacing, job=job)

    return taken


@vocabulary.command()
@_NAME
@click.argument("label", metavar="LABEL", type=as_text)
@click.option("--code", default="", metavar="CODE", help="Its code; default: one made from LABEL.")
@click.option("--under", metavar="TERM", type=as_text, help="The term that it stands under.")
@click.option("--alias", "aliases", metavar="TEXT", multiple=True, type=as_text, help="What it is also called.")
@click.pass_obj
def add(folder: Path, name: str, label: str, *, code: str, under: str | None, aliases: tuple[str, ...]) -> None:
    """Add a term."""
    with writing(folder) as (archive, _):
        parent = None if under is None else archive.vocabulary(name).resolve(under).code
        added = vocabulary_editing.add(archive, name, Term(code, label, parent, aliases))
    say(f"Added {KINDS[name].noun} “{added.label}” with the code {added.code}.")


@vocabulary.command()
@_NAME
@_TERM
@click.argument("label", metavar="LABEL", type=as_text)
@click.pass_obj
def rename(folder: Path, name: str, term: str, label: str) -> None:
    """Call a term otherwise; what was said with it stands and is found by the new name."""
    with writing(folder) as (archive, _):
        vocabulary_editing.rename(archive, name, _code(archive, name, term), label)
        _tell_step(archive)


@vocabulary.command()
@_NAME
@_TERM
@click.argument("into", metavar="INTO", type=as_text)
@click.pass_obj
def merge(folder: Path, name: str, term: str, into: str) -> None:
    """Make one term of two: all that was said with TERM is said with INTO."""
    with writing(folder) as (archive, job):
        kept = _code(archive, name, into)
        count = vocabulary_editing.merge(archive, name, _code(archive, name, term), into=kept, job=job)
        label = archive.undo_label
    say(f"{label}: {count:,} {'record' if count == 1 else 'records'} changed.")


@vocabulary.command()
@_NAME
@_TERM
@click.option("--again", is_flag=True, help="Offer a retired term again.")
@click.pass_obj
def retire(folder: Path, name: str, term: str, *, again: bool) -> None:
    """Offer a term no longer; what was said with it stands."""
    with writing(folder) as (archive, _):
        vocabulary_editing.retire(archive, name, _code(archive, name, term), retired=not again)
        _tell_step(archive)


@vocabulary.command()
@_NAME
@_TERM
@click.pass_obj
def remove(folder: Path, name: str, term: str) -> None:
    """Take a term away that nothing in the record says."""
    with writing(folder) as (archive, _):
        vocabulary_editing.remove(archive, name, _code(archive, name, term))
        _tell_step(archive)


@vocabulary.command()
@_NAME
@_TERM
@click.argument("to", type=click.Choice(("up", "down", "top", "under")))
@click.argument("other", metavar="[TERM]", default="", type=as_text)
@click.pass_obj
def move(folder: Path, name: str, term: str, to: str, other: str) -> None:
    """Move a term up or down among its brothers, to the top of the tree, or under another TERM."""
    if (to == "under") != bool(other):
        raise click.UsageError("Name a second TERM after “under”, and only there.")
    with writing(folder) as (archive, _):
        code = _code(archive, name, term)
        if to in ("up", "down"):
            by = vocabulary_editing.UP if to == "up" else vocabulary_editing.DOWN
            if not vocabulary_editing.move(archive, name, code, by):
                say("It is at the end of its brothers already.")
                return
        else:
            vocabulary_editing.put_under(archive, name, code, _code(archive, name, other) if other else None)
        _tell_step(archive)


@vocabulary.command()
@click.pass_obj
def update(folder: Path) -> None:
    """Bring the library of weapon models to the one shipped with this program; your own changes stay."""
    with writing(folder) as (archive, job):
        report = model_library.update_library(archive, job)
    say(f"The library of weapon models is that of this program: {report.words}.")


def _code(archive: Archive, name: str, text: str) -> str:
    return archive.vocabulary(name).resolve(text).code


def _tell_step(archive: Archive) -> None:
    say(f"{archive.undo_label}.")


@click.command()
@ARCHIVE
@click.argument("text", default="", type=as_text)
@JSON
def models(folder: Path, text: str, *, as_json: bool) -> None:
    """List the weapon models that TEXT may mean, the likeliest first, or all; in JSON with every fact's source."""
    with reading(folder) as (archive, _):
        found = model_library.models(archive, text)
        if as_json:
            put_json_list(_models(archive, found))
            return
        for term in found:
            origins = ", ".join(f"{role}: {term.attributes.get(role, '–')}" for role in ("design", "manufacture"))
            say(f"{term.code:<24} {term.label}  ({term.attributes.get('type', '')}; {origins})")


def _models(archive: Archive, found: list[Term]) -> Iterator[dict[str, Any]]:
    library = model_library.all_models(archive)
    for term in found:
        facts = [asdict(fact) for fact in library[term.code].facts]
        for fact in facts:
            del fact["row"]
        yield {
            "code": term.code,
            "label": term.label,
            "type": library[term.code].type,
            "parent": term.parent,
            "retired": term.retired,
            "names": [
                {"text": fact["value"], "language": fact["language"], "source": fact["source"]}
                for fact in facts
                if fact["fact"] == "name"
            ],
            "facts": [fact for fact in facts if fact["fact"] != "name"],
        }


COMMANDS: Final = (vocabulary, models)
