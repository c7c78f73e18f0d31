"""The real window on a screen of its own, with nothing to move it but keys; see ``code_by_keyboard``."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from core.archive import Archive  # noqa: E402
from tests.core.drawing import fill  # noqa: E402

DRAWN: Final = 24  # pictures are made, where there are no photographs
LOOK_EVERY_S, PATIENCE_S = 0.02, 10.0
SHOWN_S: Final = 0.3  # from what is recorded to what is shown of it
OPENED_S: Final = 3.0
START: Final = "import sys; from {0} import main; sys.exit(main(sys.argv[1:]))"


class Wrong(Exception):
    """Something is not as it was typed."""


@dataclass(slots=True)
class Desk:
    """A window on a screen of its own, and the keys that go to it."""

    environment: dict[str, str]
    shots: Path
    archive: Path
    presses: int = 0
    rested_s: float = 0.0
    wrong: list[str] = field(default_factory=list)

    def press(self, *keys: str) -> None:
        """Press keys one after the other, each by its name."""
        self._xdotool("key", "--delay", "15", *keys)
        self.presses += len(keys)

    def write(self, text: str, *, enter: bool = True) -> None:
        """Type a text, and Enter."""
        self._xdotool("type", "--delay", "15", "--", text)
        self.presses += len(text)
        if enter:
            self.press("Return")

    def _xdotool(self, *arguments: str) -> None:
        subprocess.run(["xdotool", *arguments], env=self.environment, check=True)

    def shoot(self, name: str) -> None:
        """Take a screenshot."""
        path = self.shots / f"{name}.png"
        subprocess.run(["import", "-window", "root", str(path)], env=self.environment, check=True)

    def rest(self) -> None:
        """Leave the window the time to show what it was told."""
        time.sleep(SHOWN_S)
        self.rested_s += SHOWN_S

    def cli(self, *arguments: str) -> str:
        """What ``stocktake-cli`` answers."""
        done = subprocess.run([sys.executable, "-c", START.format("core.cli"), *arguments], env=self.environment,
                              cwd=ROOT, check=False, capture_output=True, text=True)  # fmt: skip
        if done.returncode:
            raise Wrong(f"stocktake-cli {' '.join(arguments)}: {done.stderr.strip()}")
        return done.stdout

    def steps(self) -> int:
        """How many steps the archive's history has."""
        with Archive.open(self.archive, read_only=True) as archive:
            return len(archive.history(limit=100_000))

    def record(self, act: Callable[[], None], what: str, *, steps: int = 1) -> None:
        """Do something that makes so many steps in the history, and wait for them."""
        before = self.steps()
        act()
        end = time.monotonic() + PATIENCE_S
        while self.steps() < before + steps:
            if time.monotonic() > end:
                self.shoot(f"wrong {what}")
                raise Wrong(f"{what}: {self.steps() - before} of {steps} steps were recorded")
            time.sleep(LOOK_EVERY_S)
        self.rest()

    def check(self, what: str, found: object, typed: object) -> None:
        """Keep in mind what is otherwise than typed."""
        if found != typed:
            self.wrong.append(f"{what}: recorded {found}, typed {typed}")


def photographs(folder: Path) -> Path:
    """The folder to import."""
    given = os.environ.get("PHOTOS")
    if given:
        return Path(given).absolute()
    fill(folder / "photographs", DRAWN)
    return folder / "photographs"


@contextmanager
def opened(
    base: Path,
    shots: Path,
    *,
    folder: Path | None = None,
    prepare: Callable[[Path], None] | None = None,
    start: Sequence[str] = (START.format("gui.app"),),
) -> Iterator[Desk]:
    """A window with a new archive in it, on a screen of its own; all of it ends with this.

    The pictures are those of ``folder``, or the photographs; ``prepare`` gets the archive's folder before the window
    opens it, ``start`` is the program of the window and what it is told before that folder.
    """
    theirs = {f"XDG_{what}_HOME": str(base / what.lower()) for what in ("CONFIG", "STATE", "DATA", "CACHE")}
    environment = {**os.environ, **theirs, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "xcb"}
    settings = base / "config/stocktake/settings.json"
    settings.parent.mkdir(parents=True)
    # No search for copies beside it: what is there to be decided is what was put in.
    chosen = {"theme": os.environ.get("THEME", "light"), "actor": "Keyboard", "find_copies": False}
    settings.write_text(json.dumps(chosen))
    read, write = os.pipe()
    screen = f"{os.environ.get('SIZE', '1280x800')}x24"
    started = [subprocess.Popen(["Xvfb", "-displayfd", str(write), "-screen", "0", screen], pass_fds=[write],
                                stderr=subprocess.DEVNULL)]  # fmt: skip
    try:
        os.close(write)
        with os.fdopen(read) as told:
            environment["DISPLAY"] = f":{told.readline().strip()}"
        desk = Desk(environment, shots, base / "archive")
        desk.cli("init", str(desk.archive))
        desk.cli("import", str(desk.archive), str(folder or photographs(base)))
        if prepare is not None:
            prepare(desk.archive)
        started.append(subprocess.Popen(["openbox"], env=environment, stderr=subprocess.DEVNULL))
        window = [sys.executable, "-c", *start, str(desk.archive)]
        with (shots / "window.txt").open("w") as said:
            started.append(subprocess.Popen(window, cwd=ROOT, env=environment, stdout=said, stderr=said))
        found = ["xdotool", "search", "--sync", "--onlyvisible", "--name", "archive"]
        subprocess.run(found, env=environment, check=True, stdout=subprocess.DEVNULL)
        time.sleep(OPENED_S)
        yield desk
        log = base / "state/stocktake/log/stocktake.log"
        desk.check("log", log.read_text() if log.exists() else "", "")
        desk.check("printed", (shots / "window.txt").read_text(), "")
    finally:
        for process in reversed(started):
            process.send_signal(signal.SIGTERM)
            process.wait()
