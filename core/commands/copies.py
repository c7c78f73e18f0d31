"""The commands about copies: looking for them, listing them."""

from pathlib import Path
from typing import Final

import click

from core.archive import Archive
from core.commands.command_line import ARCHIVE, DONE, STOPPED
from core.errors import Cancelled
from core.exporting import whole_file
from core.features import find_copies, is_due
from core.listing import LAYERS, duplicate_rows
from core.opened import reading, writing
from core.rebuilding import rebuild
from core.terminal import complain, csv_lines, put_csv, say

_COLUMNS: Final = ("name_a", "name_b", "sha256_a", "sha256_b", "kind", "distance", "group", "changes", "evidence")


@click.command()
@ARCHIVE
@click.option("--jobs", type=click.IntRange(min=1), metavar="N", help="How many processes look; default: all cores.")
def features(folder: Path, *, jobs: int | None) -> int:
    """Look for copies by what is seen at places of the pictures, to the end; run again, it goes on where it stopped."""
    try:
        with writing(folder) as (archive, job):
            rebuild(archive, job=job, jobs=jobs)
            count = find_copies(archive, job=job, jobs=jobs)
    except (KeyboardInterrupt, Cancelled):
        complain("Stopped; what was finished is kept, and the same command goes on from there.")
        return STOPPED
    say(f"Held {count:,} {'image' if count == 1 else 'images'} against the others.")
    return DONE


def _layers(_context: click.Context, _option: click.Parameter, given: str | None) -> frozenset[str] | None:
    """The layers that a list with commas names."""
    if given is None:
        return None
    named = frozenset(part.strip() for part in given.split(","))
    if named == {"all"}:
        return frozenset(LAYERS)
    if unknown := sorted(named - set(LAYERS)):
        raise click.BadParameter(f"there is no layer “{unknown[0]}”; there are {', '.join(LAYERS)}, or all.")
    return named


@click.command()
@ARCHIVE
@click.option("--csv", "to", metavar="FILE|-", help="Write a CSV table to a file, or with - to standard output.")
@click.option(
    "--layers",
    metavar="NAMES",
    callback=_layers,
    help="What to list, of bytes,pixels,near,features, or all; with features, that stage is finished first.  "
    "Default: all that is known by now.",
)
def duplicates(folder: Path, *, to: str | None, layers: frozenset[str] | None) -> None:
    """List the captures that match directly: exact copies, and what was found or decided to be alike."""
    if layers is not None and "features" in layers:
        with Archive.open(folder, read_only=True) as archive:
            due = is_due(archive)
        if due:
            with writing(folder) as (archive, job):
                rebuild(archive, job=job)
                find_copies(archive, job=job)
    with reading(folder, with_matches=True) as (archive, _):
        rows = duplicate_rows(archive, layers)
        if to is None:
            for row in rows:
                distance = "" if row.distance is None else f" {row.distance}"
                say(f"{row.kind}{distance}: {row.name_a} = {row.name_b}  (group {row.group[:12]})")
            return
        table = ([getattr(row, column) for column in _COLUMNS] for row in rows)
        if to == "-":
            put_csv(_COLUMNS, table)
            return
        with (
            whole_file(Path(to), outside=archive.folder) as path,
            path.open("w", encoding="utf-8", newline="") as file,
        ):
            file.writelines(csv_lines(_COLUMNS, table))


COMMANDS: Final = (features, duplicates)
