"""The commands about copies: looking for them, listing them."""

from pathlib import Path
from typing import Any, Final

import click

from core.archive import Archive
from core.commands.command_line import ARCHIVE, DONE, JSON, STOPPED
from core.errors import Cancelled, CoreError
from core.exporting import whole_file
from core.features import find_copies, is_due
from core.listing import LAYERS, duplicate_rows
from core.opened import reading, writing
from core.rebuilding import needs_rebuilding, rebuild
from core.regions import WHOLE_E6, Region
from core.similar import Similar, ask_file, find
from core.terminal import complain, csv_lines, put_csv, put_json, say

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
            due = is_due(archive) or needs_rebuilding(archive)
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


def _region(_context: click.Context, _option: click.Parameter, given: str | None) -> Region | None:
    """The region that four shares with commas between them name."""
    if given is None:
        return None
    try:
        x, y, width, height = (round(float(part) * WHOLE_E6) for part in given.split(","))
        return Region(x, y, width, height)
    except (ValueError, OverflowError):
        raise click.BadParameter("write four numbers from 0 to 1 with commas: x,y,width,height.") from None
    except CoreError as error:
        raise click.BadParameter(str(error)) from None


@click.command()
@ARCHIVE
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.option(
    "--region",
    metavar="X,Y,W,H",
    callback=_region,
    help="Only a part of it: left, top, width and height as shares from 0 to 1 of the upright picture.",
)
@JSON
def similar(folder: Path, file: Path, *, region: Region | None, as_json: bool) -> None:
    """List the images that are like a picture from anywhere, or like a part of it; nothing is imported."""
    with reading(folder, with_matches=True) as (archive, job):
        found = find(archive, ask_file(file, region), job=job)
        behind = is_due(archive)
    if as_json:
        put_json([_similar(one) for one in found])
    else:
        for one in found:
            words = " ".join((one.kind, *one.changes))
            say(f"{one.name}  {one.image.facts.sha256[:12]}  {words}: {one.evidence}")
        if not found:
            say("No image of the archive is like it.")
    if behind:
        complain("Not every image was looked at yet: run “stocktake-cli features” to find those as well.")


def _similar(one: Similar) -> dict[str, Any]:
    return {
        "sha256": one.image.facts.sha256,
        "name": one.name,
        "kind": one.kind,
        "changes": one.changes,
        "evidence": one.evidence,
        "transform": one.transform.numbers if one.transform else None,
    }


COMMANDS: Final = (features, duplicates, similar)
