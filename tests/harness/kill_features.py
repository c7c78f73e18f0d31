"""Kills the look at places at many moments, finishes it, and looks whether all that it found is as in a run left alone.

Run by ``make kill``; PHOTOS="folder" takes your own photographs, otherwise pictures and copies of them are drawn.
Prints a line for each kill and ends with 1 if anything was wrong.
"""
# ruff: noqa: T201 - printing is what it is for

import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw, ImageOps

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from core.archive import Archive  # noqa: E402
from core.features import is_due, loaded_index  # noqa: E402
from core.importing import import_paths  # noqa: E402
from core.jobs import Job  # noqa: E402
from core.listing import duplicate_rows  # noqa: E402
from core.store import keypoints  # noqa: E402
from tests.core.drawing import drawn, save  # noqa: E402
from tests.harness.drawn import folder_of  # noqa: E402
from tests.harness.kill_import import faults, kill_when  # noqa: E402

KILLS = int(os.environ.get("KILLS", "20"))
SEED = int(os.environ.get("SEED", "1"))
PICTURES = 150
LATER_S, AGAIN = 0.5, 0.4
# Everything that the stage leaves behind; the number of a content says only when its turn was.
TABLES = {
    "match": "*",
    "near": "*",
    "keypoints": "sha256, width_px, height_px, points, searched",
    "membership": "*",
}
FEATURES = """
import sys
from core.cli import main
if __name__ == "__main__":
    sys.exit(main(["features", *sys.argv[1:]]))
"""


@dataclass(slots=True)
class Trial:
    """One kill: after which share of the stage, how long after that in seconds, what was done, what was wrong."""

    share: float
    later_s: float
    made: int = 0
    searched: int = 0
    cut: int = 0
    wrong: list[str] = field(default_factory=list)


def photographs(folder: Path) -> Path:
    """Drawn pictures of which every other one has a copy: cut, captioned, turned or mirrored."""
    folder_of(folder, PICTURES, (600, 450))
    for number in range(0, PICTURES, 2):
        image = drawn(number, (600, 450))
        made = (
            image.crop((100, 60, 520, 400)),
            ImageOps.expand(image, (0, 0, 0, 70), "white"),
            image.rotate(90, expand=True),
            ImageOps.mirror(image),
        )[number // 2 % 4]
        ImageDraw.Draw(made).text((20, made.height - 40), f"Seen again, {number}", fill="black")
        save(folder / "copies", f"{number:04d}.jpg", made, quality=70)
    Image.new("RGB", (400, 300), "black").save(folder / "black.png")
    return folder


def progress(folder: Path) -> tuple[int, int]:
    """How many images of an archive have key points, and how many were held against the others, while it is at work."""
    try:
        db = sqlite3.connect(f"{(folder / 'cache.sqlite').as_uri()}?mode=ro", uri=True, timeout=1)
    except sqlite3.Error:
        return 0, 0
    try:
        made, searched = db.execute("SELECT count(*), coalesce(sum(searched), 0) FROM keypoints").fetchone()
    except sqlite3.Error:
        return 0, 0
    finally:
        db.close()
    return int(made), int(searched)


def state_of(archive: Archive) -> dict[str, list[Any]]:
    """All that was found, the groups that are listed, and what the index holds."""
    found: dict[str, list[Any]] = {
        table: sorted(archive.db.conn.execute(f"SELECT {columns} FROM cache.{table}").fetchall(), key=repr)
        for table, columns in TABLES.items()
    }
    found["listed"] = sorted(duplicate_rows(archive), key=repr)
    index = loaded_index(archive, Job())
    numbers = [int(number) for part in index.parts for number in part.pictures]
    found["index"] = sorted(keypoints.named(archive.db, numbers).values())
    return found


def differing(found: dict[str, list[Any]], whole: dict[str, list[Any]]) -> list[str]:
    """What only one of the two has, in words."""
    return [
        f"{name}: {str(row)[:160]} is {'lost' if row in whole[name] else 'made up'}"
        for name in whole
        if found[name] != whole[name]
        for row in [*found[name], *whole[name]]
        if (row in found[name]) != (row in whole[name])
    ]


def run(folder: Path) -> float:
    """Do the stage to its end; how many seconds it took."""
    begun = time.monotonic()
    subprocess.run([sys.executable, "-c", FEATURES, str(folder)], cwd=ROOT, check=True, stdout=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL)  # fmt: skip
    return time.monotonic() - begun


def kill_once(trial: Trial, folder: Path, whole: dict[str, list[Any]], chance: random.Random) -> None:
    """Start the stage on a fresh archive, kill it, perhaps kill its next run too, finish it, and compare."""
    total = len(whole["keypoints"])

    def reached() -> bool:
        return sum(progress(folder)) >= trial.share * 2 * total

    trial.wrong += kill_when(reached, trial.later_s, FEATURES, str(folder))
    trial.made, trial.searched = progress(folder)
    trial.cut = 1
    while chance.random() < AGAIN:
        trial.cut += 1
        trial.wrong += kill_when(lambda: True, chance.uniform(0.5, 2.5), FEATURES, str(folder))
    run(folder)
    with Archive.open(folder) as archive:
        trial.wrong += faults(archive, "after the stage")
        if is_due(archive):
            trial.wrong.append("the stage is still due")
        trial.wrong += differing(state_of(archive), whole)


def main() -> int:
    """Do all kills; the exit code says whether anything was wrong."""
    with tempfile.TemporaryDirectory() as made:
        base = Path(made)
        photos = Path(os.environ["PHOTOS"]) if os.environ.get("PHOTOS") else photographs(base / "photos")
        with Archive.create(base / "imported") as archive:
            import_paths(archive, [str(photos)])
        shutil.copytree(base / "imported", base / "whole")
        seconds = run(base / "whole")
        with Archive.open(base / "whole") as archive:
            whole = state_of(archive)
        print(
            f"{len(whole['keypoints'])} images, {len(whole['match'])} matches, {len(whole['near'])} near, "
            f"in {seconds:.0f} s undisturbed"
        )
        return spread(base, whole)


def spread(base: Path, whole: dict[str, list[Any]]) -> int:
    """Kill at moments spread over the whole run, one in each of as many equal parts."""
    chance = random.Random(SEED)
    wrong = kills = 0
    for number in range(KILLS):
        trial = Trial((number + chance.random()) / KILLS, chance.uniform(0, LATER_S))
        folder = base / f"killed {number}"
        shutil.copytree(base / "imported", folder)
        kill_once(trial, folder, whole, chance)
        shutil.rmtree(folder)
        wrong, kills = wrong + bool(trial.wrong), kills + trial.cut
        tail = "clean" if not trial.wrong else f"WRONG: {'; '.join(trial.wrong[:5])} ({len(trial.wrong)} in all)"
        print(
            f"{number + 1:3} killed {trial.later_s:.2f} s after {trial.share:4.0%} of the stage: {trial.made:4} with "
            f"key points, {trial.searched:4} held against the others"
            f"{f', killed {trial.cut - 1} times more' if trial.cut > 1 else ''}: {tail}",
            flush=True,
        )
    print(f"{KILLS} runs killed {kills} times: {wrong} with anything wrong")
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
