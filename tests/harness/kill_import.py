"""Kills an import at many moments, and looks whether anything was lost: right after, and after importing again.

Run by ``make kill``; PHOTOS="folder" takes your own photographs, otherwise pictures are drawn.  Prints a line for
each kill and ends with 1 if anything was wrong.
"""
# ruff: noqa: T201 - printing is what it is for

import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import psutil

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from core.archive import Archive  # noqa: E402
from core.batches import unfinished  # noqa: E402
from core.importing import import_paths, recover  # noqa: E402
from core.jobs import Job  # noqa: E402
from core.records import Place  # noqa: E402
from core.store import images, relations  # noqa: E402
from core.verifying import verify  # noqa: E402
from tests.harness.drawn import folder_of  # noqa: E402

KILLS = int(os.environ.get("KILLS", "50"))
SEED = int(os.environ.get("SEED", "1"))
EARLY, LATE = 0.06, 0.14  # how many of the kills come before the first file is in place, and after the last
LATER_S, EDGE_S = 0.4, 1.2
LOOK_EVERY_S = 0.004
WORKERS_LEFT_S = 10.0
IMPORT = """
import sys
from core.cli import main
if __name__ == "__main__":
    sys.exit(main(["import", *sys.argv[1:]]))
"""
RECOVER = """
import sys
from pathlib import Path
from core.archive import Archive
from core.importing import recover
if __name__ == "__main__":
    with Archive.open(Path(sys.argv[1])) as archive:
        recover(archive)
"""


@dataclass(frozen=True, slots=True)
class State:
    """What an archive holds, in a form that does not depend on the order in which it came."""

    originals: int
    captures: Counter[tuple[str, bytes]]
    matches: frozenset[tuple[str, str, str, int]]


@dataclass(slots=True)
class Trial:
    """One kill: when it was, what was in by then, and what was wrong.

    ``share`` is how much of the originals lay in place, below 0 and above 1 for before the first and after the
    last; ``later_s`` is how long after that it was, in seconds.
    """

    share: float
    later_s: float
    images: int = 0
    recovered: int = 0
    cut_again: bool = False
    wrong: list[str] = field(default_factory=list)


def state_of(archive: Archive) -> State:
    """All captures and matches."""
    ids = [images.id_of(archive.db, sha256) for sha256, _ in images.each_original(archive.db)]
    present = [image_id for image_id in ids if image_id is not None]
    hashes = images.hashes(archive.db, present)
    held = images.captures(archive.db, present)
    captures = Counter((hashes[image_id], one.place.raw) for image_id, many in held.items() for one in many)
    matches = frozenset((m.sha256_a, m.sha256_b, m.kind, m.distance) for m in relations.matches(archive.db))
    return State(len(present), captures, matches)


def kill_when(reached: Callable[[], bool], later_s: float, code: str, *arguments: str) -> list[str]:
    """Start a program, kill it that long after something is reached, and say what it left running."""
    command = [sys.executable, "-c", code, *arguments]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as program:
        while program.poll() is None and not reached():
            time.sleep(LOOK_EVERY_S)
        try:
            program.wait(later_s)
        except subprocess.TimeoutExpired:
            workers = psutil.Process(program.pid).children(recursive=True)
            program.kill()
            _, alive = psutil.wait_procs(workers, timeout=WORKERS_LEFT_S)
            return [f"process {process.pid} was left running" for process in alive]
    return []


def in_place(folder: Path) -> int:
    """How many originals an archive has."""
    return sum(len(files) for _, _, files in os.walk(folder / "originals"))


def faults(archive: Archive, when: str) -> list[str]:
    """What ``verify`` finds, and rows whose bytes are not there."""
    found = verify(archive, Job())
    names = ("changed", "missing", "untracked", "altered")
    return [f"{when}: {name} {fault}" for name in names for fault in getattr(found, name)]


def kill_once(trial: Trial, folder: Path, photos: Path, whole: State, chance: random.Random) -> None:
    """Import into a fresh archive, kill that, look, import again, look again."""
    Archive.create(folder).close()
    wanted = min(trial.share, 1) * whole.originals
    trial.wrong += kill_when(lambda: in_place(folder) >= wanted, trial.later_s, IMPORT, str(folder), str(photos))
    with Archive.open(folder) as archive:
        cut_short = bool(unfinished(archive))
        trial.images = images.count(archive.db)
    if cut_short and chance.random() < 0.7:
        trial.cut_again = True
        trial.wrong += kill_when(lambda: True, chance.uniform(0.2, 1.2), RECOVER, str(folder))
    with Archive.open(folder) as archive:
        trial.recovered = recover(archive)
        trial.wrong += faults(archive, "after the kill")
        report = import_paths(archive, [str(photos)])
        trial.wrong += [f"failed: {problem.reason}" for problem in report.failed]
        trial.wrong += faults(archive, "after importing again")
        found = state_of(archive)
        trial.wrong += [f"capture lost or doubled: {Place.from_bytes(raw).text}" for _, raw in differing(found, whole)]
        trial.wrong += [f"match lost or made up: {match}" for match in found.matches ^ whole.matches]
        trial.wrong += [f"left behind: {path}" for path in archive.originals.incoming.iterdir()]


def differing(found: State, whole: State) -> Counter[tuple[str, bytes]]:
    """The captures that only one of the two has, or has more often."""
    return (found.captures - whole.captures) + (whole.captures - found.captures)


def main() -> int:
    """Do all kills; the exit code says whether anything was wrong."""
    with tempfile.TemporaryDirectory() as made:
        base = Path(made)
        photos = Path(os.environ["PHOTOS"]) if os.environ.get("PHOTOS") else folder_of(base / "photos", 560)
        Archive.create(base / "whole").close()
        subprocess.run([sys.executable, "-c", IMPORT, str(base / "whole"), str(photos)], cwd=ROOT, check=False,
                       stdout=subprocess.DEVNULL)  # fmt: skip
        with Archive.open(base / "whole") as archive:
            whole = state_of(archive)
        print(f"{sum(whole.captures.values())} captures, {whole.originals} images, {len(whole.matches)} matches")
        return spread(base, photos, whole)


def spread(base: Path, photos: Path, whole: State) -> int:
    """Kill at moments spread over the whole run, one in each of as many equal parts."""
    chance = random.Random(SEED)
    wrong = cut = again = 0
    for number in range(KILLS):
        share = (number + chance.random()) / KILLS * (EARLY + 1 + LATE) - EARLY
        trial = Trial(share, chance.uniform(0, LATER_S if 0 < share < 1 else EDGE_S))
        kill_once(trial, base / f"killed {number}", photos, whole, chance)
        wrong, cut, again = wrong + bool(trial.wrong), cut + bool(trial.recovered), again + trial.cut_again
        tail = "clean" if not trial.wrong else f"WRONG: {'; '.join(trial.wrong[:5])} ({len(trial.wrong)} in all)"
        print(
            f"{number + 1:3} killed {trial.later_s:.2f} s after {min(max(share, 0), 1):4.0%} of the files were in "
            f"place: {trial.images:4} images recorded, {trial.recovered:3} recovered"
            f"{', killed again while recovering' if trial.cut_again else ''}: {tail}",
            flush=True,
        )
    print(f"{KILLS} kills: {wrong} with anything wrong; {cut} in the middle of a batch, {again} again in its recovery")
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
