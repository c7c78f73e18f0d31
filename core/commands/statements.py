"""The command that enters a table of published statements."""

from dataclasses import asdict
from pathlib import Path
from typing import Final

import click

from core.commands.command_line import ARCHIVE, JSON
from core.opened import writing
from core.statements import StatementReport, import_statements
from core.terminal import put_json, say


@click.command("statements")
@ARCHIVE
@click.argument("table", metavar="FILE", type=click.Path(path_type=Path))
@JSON
def statements(folder: Path, table: Path, *, as_json: bool) -> None:
    """Enter the statements of a table (CSV), one a row, as sightings with claims and sources.

    The file is kept with them as evidence; running it again adds nothing.  core/statements/README.md says what becomes
    of each column.
    """
    with writing(folder) as (archive, job):
        report = import_statements(archive, table, job)
    if as_json:
        put_json(asdict(report))
    else:
        _tell(report)


def _tell(report: StatementReport) -> None:
    say(f"Entered {report.sightings:,} of {report.rows:,} rows as sightings; {report.known:,} were known.")
    if not report.sightings:
        return
    say(f"Identifications: {report.sightings:,}, of them {report.with_model:,} with a model of the library.")
    say(f"Countries claimed: of design for {report.design:,} rows, of manufacture for {report.manufacture:,}.")
    say(f"Acquisitions: {report.acquisitions:,}, of them {report.routes:,} with a route.")
    if report.exporters:
        say(f"Countries named as exporter, not as maker: {report.exporters:,}, so no manufacture is claimed there.")
    say(f"New: {report.sources:,} sources, {report.holders:,} holders, {report.own_routes:,} routes of acquisition.")
    for why in report.unnamed:
        say(f"No model taken for {why}.")


COMMANDS: Final = (statements,)
