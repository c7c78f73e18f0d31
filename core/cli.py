"""The command line: the same archive without a screen.

Every command ends with 0 when done, 1 when ``verify`` or ``import`` has something to report, 2 with one sentence
when refused, and 3 for a fault of the program; one stopped from the keyboard ends with 130, as shells expect.
"""

import errno
import os
import signal
import sys
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType
from typing import Any, Final

import click

from core import analysis, paths, search, tagging
from core.archive import Archive
from core.claims import CERTAINTIES
from core.commands import agreement, copies, identifying, statements, verdicts, vocabulary
from core.commands.command_line import ACTOR, ARCHIVE, BUG, DONE, FINDINGS, JSON, REFUSED, STOPPED, as_text, commands
from core.errors import Cancelled, CoreError, Refused
from core.exporting import EXPORTERS, export
from core.importing import ImportReport, import_paths
from core.jobs import Job
from core.opened import progress, reading, writing
from core.pictures import Pictures
from core.records import ImageId, Query, Step
from core.store import images
from core.terminal import complain, put_json, put_json_list, say
from core.verifying import verify as look_for_faults
from core.vocabularies import Vocabulary

_BATCH: Final = 500
_HISTORY_BATCH: Final = 1000


def main(args: Sequence[str] | None = None) -> int:
    """Run a command; returns its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        with commands.make_context("stocktake-cli", list(sys.argv[1:] if args is None else args)) as context:
            code: int | None = commands.invoke(context)
        sys.stdout.flush()
    except click.exceptions.Exit as ended:
        return ended.exit_code
    except (click.ClickException, CoreError) as error:
        return _refuse(error)
    except (KeyboardInterrupt, Cancelled, click.Abort):
        complain("Stopped.")
        return STOPPED
    except OSError as error:
        return _output_failed(error)
    except Exception as error:  # noqa: BLE001 - the outermost boundary: a bug becomes a sentence and a log entry
        _report_bug(error)
        return BUG
    return code or DONE


def _refuse(error: click.ClickException | CoreError) -> int:
    """Say why in one sentence; who gave no command at all gets the help."""
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        error.show()
    elif isinstance(error, click.ClickException):
        complain(" ".join(error.format_message().split()))
    else:
        complain(str(error))
    return REFUSED


def _output_failed(error: OSError) -> int:
    """The exit code where nobody takes the output (who read it has enough) or its disk is full; else it is a bug."""
    if not isinstance(error, BrokenPipeError) and error.errno != errno.ENOSPC:
        _report_bug(error)
        return BUG
    # What is still buffered must not fail again at the exit.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    if isinstance(error, BrokenPipeError):
        return DONE
    complain("The disk is full: what was asked for could not be written.")
    return REFUSED


def _report_bug(error: Exception) -> None:
    """Write a bug's traceback to the log, and say so in a sentence."""
    log = paths.log_file()
    told = "".join(traceback.format_exception(error))
    where = f"the details are in {log}"
    try:
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("a", encoding="utf-8", errors="backslashreplace") as file:
            file.write(f"{datetime.now(UTC).isoformat()} stocktake-cli\n{told}\n")
    except OSError:
        click.echo(told, err=True)
        where = f"the details are above, because the log {log} cannot be written"
    complain(f"Stocktake failed by a fault of its own ({type(error).__name__}: {error}); {where}.")


@commands.command()
@ARCHIVE
def init(folder: Path) -> None:
    """Make a new archive in a folder that is new or empty."""
    Archive.create(folder).close()
    say(f"Created the archive {folder}.")


@commands.command("import")
@ARCHIVE
@click.argument("found", metavar="PATH...", nargs=-1, required=True, type=click.Path(path_type=bytes))
@click.option("--jobs", type=click.IntRange(min=1), metavar="N", help="How many processes decode; default: all cores.")
@JSON
def import_(folder: Path, found: tuple[bytes, ...], *, jobs: int | None, as_json: bool) -> int:
    """Take files and folder trees into the archive; running it again adds nothing.

    Ctrl+C stops it and keeps what is finished.
    """
    with writing(folder) as (archive, job), _stopped_by_keyboard(job):
        report = import_paths(archive, found, job=job, jobs=jobs)
    if as_json:
        put_json(_report(report))
    else:
        _tell_report(report)
    if report.cancelled:
        complain("Stopped; what was finished is kept, and the same command goes on from there.")
        return STOPPED
    return FINDINGS if report.failed else DONE


@contextmanager
def _stopped_by_keyboard(job: Job) -> Iterator[None]:
    """Let the first Ctrl+C cancel the job, which then ends in good order, and a second one break it off."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        if job.cancelled:
            raise KeyboardInterrupt
        job.cancel()

    before = signal.signal(signal.SIGINT, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _report(report: ImportReport) -> dict[str, Any]:
    return {
        "added": report.added,
        "known": report.known,
        "undecodable": len(report.undecodable),
        "ignored": report.ignored,
        "failed": [{"path": problem.place.text, "reason": problem.reason} for problem in report.failed],
        "seconds": round(report.seconds, 3),
    }


def _tell_report(report: ImportReport) -> None:
    for what, problems in (("Undecodable", report.undecodable), ("Failed", report.failed)):
        for problem in problems:
            say(f"{what}: {problem.place.text}: {problem.reason}")
    say(
        f"Added {report.added:,}, known {report.known:,}, undecodable {len(report.undecodable):,}, "
        f"ignored {report.ignored:,}, failed {len(report.failed):,}, in {report.seconds:.1f} s."
    )


@commands.command("images")
@ARCHIVE
@click.argument("query", default="", type=as_text)
@JSON
def images_(folder: Path, query: str, *, as_json: bool) -> None:
    """List the images that QUERY finds: words, and type:, country:, design:, model:, source:, date:, marking: and more.

    A minus before a filter means "not"; where QUERY begins with one, put -- before it.
    """
    with reading(folder) as (archive, _):
        found = _listed(archive, search.parse(archive, query))
        if as_json:
            put_json_list(found)
            return
        for image in found:
            size = f"{image['width']}×{image['height']}" if image["state"] == "decoded" else image["state"]
            say(f"{image['sha256']}  {size}  {' | '.join(image['names'])}")


def _listed(archive: Archive, query: Query) -> Iterator[dict[str, Any]]:
    ids = [ImageId(image_id) for image_id in search.find(archive, query)]
    pictures = Pictures(archive)
    for start in range(0, len(ids), _BATCH):
        batch = ids[start : start + _BATCH]
        captures = images.captures(archive.db, batch)
        for image in images.each(archive.db, batch):
            facts = image.facts
            yield {
                "sha256": facts.sha256,
                "names": [capture.place.name for capture in captures[image.id] if capture.place.text],
                "width": facts.upright_width_px,
                "height": facts.upright_height_px,
                "state": facts.state,
                "group": pictures.group_of(facts.sha256),
            }


@commands.command()
@ARCHIVE
@click.option("--sha256", "hashes", metavar="HEX", multiple=True, help="An image by its SHA-256 or its beginning.")
@click.option("--query", "queries", metavar="QUERY", multiple=True, type=as_text, help="The images that a query finds.")
@click.option("--type", "type_", metavar="CODE", help="The weapon type; of a model it need not be said.")
@click.option("--model", metavar="CODE", help="The weapon model.")
@click.option("--design", metavar="CODE", help="The country of design.")
@click.option("--manufacture", metavar="CODE", help="The country of manufacture.")
@click.option("--certainty", type=click.Choice(CERTAINTIES), help="How certain all of it is; default: unknown.")
@click.option("--note", metavar="TEXT", type=as_text, help="A note on the sighting.")
@ACTOR
def tag(folder: Path, hashes: tuple[str, ...], queries: tuple[str, ...], actor: str | None, **said: Any) -> None:
    """Say what weapon the images show, and where it was designed and made."""
    if not hashes and not queries:
        raise click.UsageError("Name the images by --sha256 or --query.")
    if said["type_"] is None and said["model"] is None:
        raise click.UsageError("Say what weapon it is by --type or --model.")
    with writing(folder, actor=actor) as (archive, _):
        countries = archive.countries
        given = tagging.Tag(
            type=_code(archive.weapon_types, said["type_"]),
            model=_code(archive.weapon_models, said["model"]),
            design=_code(countries, said["design"]),
            manufacture=_code(countries, said["manufacture"]),
            certainty=said["certainty"],
            note=said["note"],
        )
        ids = {image_id for prefix in hashes for image_id in _one_image(archive, prefix)}
        ids.update(image_id for text in queries for image_id in search.find(archive, search.parse(archive, text)))
        if not ids:
            raise Refused("The query finds no image, so nothing was tagged.")
        say(f"{tagging.tag(archive, [ImageId(image_id) for image_id in sorted(ids)], given).label}.")


def _code(vocabulary: Vocabulary, text: str | None) -> str | None:
    return None if text is None else vocabulary.resolve(text).code


def _one_image(archive: Archive, prefix: str) -> Sequence[int]:
    """The one image whose content hash begins so.

    Raises:
        Refused: there is none, or several have it.
    """
    found = search.find(archive, search.parse(archive, f'sha256:"{prefix}"'))
    if len(found) != 1:
        many = (
            "no image has a SHA-256 that begins" if not found else f"{len(found):,} images have a SHA-256 that begins"
        )
        raise Refused(f"{many[0].upper()}{many[1:]} with {prefix}, so nothing was tagged.")
    return found


@commands.command()
@ARCHIVE
@click.option("--by", type=click.Choice(tuple(analysis.BY)), required=True, help="What is counted apart.")
@click.option("--unit", type=click.Choice(analysis.UNITS), required=True, help="What is counted.")
@JSON
def counts(folder: Path, *, by: str, unit: str, as_json: bool) -> None:
    """Count by weapon type or by country, and say by which rule."""
    with reading(folder) as (archive, _):
        table = analysis.counts(archive, by=by, unit=unit)
    if as_json:
        put_json({"rule": table.rule, "rows": [asdict(row) for row in table.rows]})
        return
    for row in table.rows:
        say(f"{row.count:>9,}  {row.code:<11} {row.label}")
    say(table.rule)


@commands.command("export")
@ARCHIVE
@click.option("--format", "format_", type=click.Choice([one.id for one in EXPORTERS]), required=True)
@click.option("--to", metavar="FILE", type=click.Path(path_type=Path), required=True, help="The file to write.")
@click.option("--query", default="", metavar="QUERY", type=as_text, help="Only the images that a query finds.")
@click.option("--bom", is_flag=True, help="Put a byte-order mark before a CSV, for Excel.")
def export_(folder: Path, *, format_: str, to: Path, query: str, bom: bool) -> None:
    """Write the catalogue to a file, complete or not at all."""
    with reading(folder) as (archive, job):
        wanted = search.parse(archive, query)
        count = export(archive, format=format_, to=to, query=wanted, job=job, bom=bom)
    say(f"Exported {count:,} {'image' if count == 1 else 'images'} to {to}.")


@commands.command()
@ARCHIVE
@JSON
def history(folder: Path, *, as_json: bool) -> None:
    """List everything that was done, the newest first."""
    with Archive.open(folder, read_only=True) as archive:
        if as_json:
            put_json_list(asdict(step) for step in _steps(archive))
            return
        for step in _steps(archive):
            say(f"{step.at}  {step.actor}  {step.label}")


def _steps(archive: Archive) -> Iterator[Step]:
    before = None
    while steps := archive.history(limit=_HISTORY_BATCH, before=before):
        yield from steps
        before = steps[-1].first_action


@commands.command()
@ARCHIVE
def undo(folder: Path) -> None:
    """Take the newest step back; the history keeps both."""
    with writing(folder) as (archive, _):
        label = archive.undo()
    if label is None:
        raise Refused("There is nothing to undo.")
    say(f"Undone: {label}.")


@commands.command()
@ARCHIVE
@JSON
def verify(folder: Path, *, as_json: bool) -> int:
    """Hash the originals again, and replay the history against the tables; changes nothing."""
    with Archive.open(folder, read_only=True) as archive, progress() as job:
        found = look_for_faults(archive, job)
    if as_json:
        put_json(asdict(found))
    else:
        for what, entries in asdict(found).items():
            for entry in entries:
                say(f"{what.replace('_', ' ')}: {entry}")
        say("No fault was found." if found.clean else "There are faults; the lines above name them.")
    return DONE if found.clean else FINDINGS


for _subject in (agreement, copies, identifying, statements, verdicts, vocabulary):
    for _more in _subject.COMMANDS:
        commands.add_command(_more)
