"""Starts the window: what can be refused is refused before Qt is touched, then everything is built in order."""

import argparse
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final, NoReturn

DONE: Final = 0
REFUSED: Final = 2


class _Parser(argparse.ArgumentParser):
    """Says in one sentence what is wrong with the arguments."""

    def error(self, message: str) -> NoReturn:
        self.exit(REFUSED, f"stocktake: {message[:1].upper()}{message[1:]}; try stocktake --help.\n")


def main(argv: Sequence[str] | None = None) -> int:
    """Run the window until it is closed; returns 0, or 2 where it cannot be opened as asked."""
    parser = _Parser(prog="stocktake", description="An archive of images of weapons, in a window.", allow_abbrev=False)
    parser.add_argument("archive", nargs="?", metavar="ARCHIVE", help="the folder of an archive to open")
    try:
        given = parser.parse_args(argv)
    except SystemExit as left:
        return int(left.code or 0)
    refusal = _refusal(given.archive, os.environ, sys.platform)
    if refusal:
        print(f"stocktake: {refusal}", file=sys.stderr)  # noqa: T201 - there is no window to say it in
        return REFUSED
    from gui.running import run  # noqa: PLC0415 - it imports Qt, which must not be touched before

    return run(Path(given.archive) if given.archive is not None else None)


def _refusal(archive: str | None, environment: Mapping[str, str], platform: str) -> str:
    """Why the window cannot be opened, empty where it can."""
    wanted = environment.get("QT_QPA_PLATFORM", "").partition(":")[0]
    needs_display = platform.startswith(("linux", "freebsd")) and wanted in ("", "xcb", "wayland")
    if needs_display and not (environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY")):
        return (
            "There is no display to open a window on (DISPLAY and WAYLAND_DISPLAY are empty); "
            "stocktake-cli does the same work without one."
        )
    if archive is not None and not Path(archive, "catalogue.sqlite").is_file():
        return f"{archive} holds no archive; start stocktake without it to make one."
    return ""


if __name__ == "__main__":
    sys.exit(main())
