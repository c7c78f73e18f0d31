"""What every command of the command line shares: the group it belongs to, its exit codes, and its commonest options.

A file of commands takes them from here; ``core.cli`` puts its commands into the group.
"""

import os
from pathlib import Path
from typing import Final

import click

from core.exporting import program_version
from core.records import Place

DONE: Final = 0
FINDINGS: Final = 1
REFUSED: Final = 2
BUG: Final = 3
STOPPED: Final = 130

ARCHIVE: Final = click.argument("folder", metavar="ARCHIVE", type=click.Path(path_type=Path))
JSON: Final = click.option("--json", "as_json", is_flag=True, help="Write JSON instead of lines to read.")


def as_text(given: str) -> str:
    """What was typed, its bad bytes shown as those of names are, so that it finds those and can be stored."""
    return Place.from_bytes(os.fsencode(given)).text


ACTOR: Final = click.option(
    "--as", "actor", metavar="NAME", type=as_text, help="Who acts; default: the user of this account."
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(program_version(), prog_name="stocktake-cli")
def commands() -> None:
    """Keep an archive of images of weapons without a window.

    Ends with 0 when done, 1 when verify or import has something to report, 2 when refused, 3 for a fault of the
    program.
    """
