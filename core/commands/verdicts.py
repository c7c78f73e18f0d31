"""Commands that carry verdicts from one archive to another."""

from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

import click

from core import verdict_words
from core.commands.command_line import ACTOR, ARCHIVE, DONE, FINDINGS, JSON
from core.opened import reading, writing
from core.records import Relation
from core.terminal import put_json, say
from core.verdict_files import VerdictsReport, export_verdicts, import_verdicts, verdict_value


@click.group()
def verdicts() -> None:
    """Carry verdicts on pairs of images from one archive to another; core/verdict_files.md tells the file's form."""


@verdicts.command("export")
@ARCHIVE
@click.option("--to", metavar="FILE", type=click.Path(path_type=Path), required=True, help="The file to write.")
def export_(folder: Path, *, to: Path) -> None:
    """Write every verdict to a file, complete or not at all."""
    with reading(folder) as (archive, job):
        count = export_verdicts(archive, to, job=job)
    say(f"Exported {_number(count)} to {to}.")


@verdicts.command("import")
@ARCHIVE
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@ACTOR
@JSON
def import_(folder: Path, *, file: Path, actor: str | None, as_json: bool) -> int:
    """Take the verdicts of a file over; what was decided here stands, and what contradicts it is listed.

    Ends with 1 where something does.
    """
    with writing(folder, actor=actor) as (archive, job):
        report = import_verdicts(archive, file, job=job)
    if as_json:
        put_json(_value(report))
    else:
        _tell(report)
    return FINDINGS if report.conflicts else DONE


def _value(report: VerdictsReport) -> dict[str, Any]:
    conflicts = [{"here": verdict_value(one.here), "there": verdict_value(one.there)} for one in report.conflicts]
    return {**asdict(report), "conflicts": conflicts}


def _tell(report: VerdictsReport) -> None:
    say(f"Imported {_number(report.added)}; {report.known:,} were known.")
    if report.elsewhere:
        say(f"Of them {report.elsewhere:,} are about images that are not in this archive; they hold when these come.")
    for one in report.conflicts:
        say(f"Kept: {_words(one.here)}; the file says: {_words(one.there)}.")


def _words(verdict: Relation) -> str:
    said = verdict_words.towards(verdict.kind)
    return f"{verdict.from_sha256[:12]} {said} {verdict.to_sha256[:12]} ({verdict.decided_by}, {verdict.decided_at})"


def _number(count: int) -> str:
    return f"{count:,} {'verdict' if count == 1 else 'verdicts'}"


COMMANDS: Final = (verdicts,)
