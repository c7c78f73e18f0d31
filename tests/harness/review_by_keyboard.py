"""Reviews pairs in the real window by keys alone, and looks whether what was pressed is what is recorded.

Run by ``make review``; PHOTOS="folder" takes your own photographs, otherwise pictures are drawn.  PAIRS says how
many pairs, 200 where it does not.  SHOTS="folder" keeps screenshots: each kind of copy in each way of looking.
THEME is light or dark, SIZE the screen's, such as 1024x640.

Copies are made of the photographs, and what is true of them is put in as found, so that what is measured is the
review and not the search.  It needs what ``code_by_keyboard`` needs.  Prints how long a pair took from the press of
a key until the next pair was on screen to be decided, and ends with 1 if anything was wrong.
"""
# ruff: noqa: T201 - printing is what it is for

import os
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Final

sys.path.insert(0, str(Path(__file__).parents[2]))

from core import duplicates
from core.archive import Archive
from core.store import cache
from core.store.connection import transaction
from tests.core.drawing import fill
from tests.harness.copies import MAKERS, Copy, make
from tests.harness.keyed_window import Desk, Wrong, opened

PATIENCE_S: Final = 15.0
KEYS: Final = {"smaller": ("a", "b"), "crop": ("c", "shift+c"), "mirrored": ("m", "shift+m"),
               "turned": ("t", "shift+t"), "screenshot": ("h", "shift+h"), "captioned": ("s", "s")}  # fmt: skip
"""The key for a copy that is A, and that for one that is B; a smaller one is decided by which is the better."""
VERDICTS: Final = {"smaller": "better_copy_of", "crop": "crop_of", "mirrored": "mirrored_copy_of",
                   "turned": "rotated_copy_of", "screenshot": "screenshot_of", "captioned": "same_picture"}  # fmt: skip
WAYS: Final = ("side by side", "in place", "split", "difference", "overlay")
WATCHED: Final = "import sys; from tests.harness.watched_review import watch; watch(*sys.argv[1:])"
Pair = tuple[str, str]


class Told:
    """What the window tells of each pair that can be decided: when, and which."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._read = 0

    def next(self) -> tuple[float, Pair]:
        """Wait until another pair can be decided."""
        end = time.monotonic() + PATIENCE_S
        while time.monotonic() < end:
            lines = self._path.read_text().splitlines() if self._path.exists() else []
            if len(lines) > self._read:
                at, a, b = lines[self._read].split(" ")
                self._read += 1
                return float(at), (a, b)
            time.sleep(0.005)
        raise Wrong("no pair came on screen")


def pair_of(copy: Copy) -> Pair:
    """The two hashes in the order in which they are kept."""
    return copy.match.sha256_a, copy.match.sha256_b


def key_for(copy: Copy, number: int) -> str:
    """The key that decides a pair rightly: every other time the one that takes what is proposed.

    Of a picture that was turned or mirrored nothing is proposed, since nothing tells which of the two was.
    """
    if number % 2 and copy.name not in ("mirrored", "turned"):
        return "Return"
    is_a = copy.sha256 == pair_of(copy)[0]
    first, second = KEYS[copy.name]
    if copy.name == "smaller":
        return second if is_a else first
    return first if is_a else second


def shoot_all(desk: Desk, told: Told, copy: Copy) -> None:
    """Take a screenshot of each way of looking at a pair, and one at 100 %."""
    for place, way in enumerate(WAYS):
        desk.press(str(place + 1))
        desk.rest()
        desk.shoot(f"{copy.name}, {way}")
    desk.press("1", "z")
    desk.rest()
    desk.shoot(f"{copy.name}, 100 percent")
    desk.press("z")
    desk.rest()


def review_all(desk: Desk, told: Told, truth: dict[Pair, Copy]) -> list[float]:
    """Decide all pairs; how many seconds each took."""
    desk.press("ctrl+d")
    took: list[float] = []
    seen: set[str] = set()
    shown = told.next()[1]
    for number in range(len(truth)):
        copy = truth[shown]
        if copy.name not in seen:
            seen.add(copy.name)
            shoot_all(desk, told, copy)
        if number == len(truth) - 1:
            desk.record(lambda copy=copy, number=number: desk.press(key_for(copy, number)), "the last verdict")
            break
        pressed = time.monotonic()
        desk.press(key_for(copy, number))
        at, shown = told.next()
        took.append(at - pressed)
    desk.rest()
    desk.shoot("all decided")
    return took


def check_all(desk: Desk, truth: dict[Pair, Copy]) -> None:
    """Hold what is recorded against what is true."""
    with Archive.open(desk.archive, read_only=True) as archive:
        decided = duplicates.decided(archive)
    desk.check("verdicts", len(decided), len(truth))
    for one in decided:
        copy = truth[min(one.from_sha256, one.to_sha256), max(one.from_sha256, one.to_sha256)]
        desk.check(copy.name, one.kind, VERDICTS[copy.name])
        if copy.name in ("smaller", "captioned"):
            continue
        desk.check(f"direction of {copy.name}", one.from_sha256, copy.sha256)


def main() -> int:
    """Do all of it; the exit code says whether anything was wrong."""
    with tempfile.TemporaryDirectory() as made:
        base = Path(made)
        shots = Path(os.environ["SHOTS"]).absolute() if os.environ.get("SHOTS") else base / "shots"
        shots.mkdir(parents=True, exist_ok=True)
        pairs = int(os.environ.get("PAIRS", "200"))
        photographs = Path(os.environ["PHOTOS"]).absolute() if os.environ.get("PHOTOS") else base / "drawn"
        if not os.environ.get("PHOTOS"):
            fill(photographs, -(-pairs // len(MAKERS)), size=(1600, 1200))
        folder = base / "pictures"
        folder.mkdir()
        copies = make(photographs, folder, pairs)
        truth = {pair_of(copy): copy for copy in copies}

        def prepare(archive_folder: Path) -> None:
            with Archive.open(archive_folder, actor="Harness") as archive, transaction(archive.db):
                archive.db.conn.execute("DELETE FROM cache.match")  # what was found so far, and not again
                cache.add_matches(archive.db, [copy.match for copy in copies])

        told = base / "told.txt"
        with opened(base, shots, folder=folder, prepare=prepare, start=(WATCHED, str(told))) as desk:
            try:
                took = review_all(desk, Told(told), truth)
                print(f"{len(truth)} pairs, {1000 * median(took):.0f} ms a pair (worst {1000 * max(took):.0f} ms), "
                      f"{desk.presses} key presses", flush=True)  # fmt: skip
                check_all(desk, truth)
            except Wrong as error:
                desk.shoot("wrong")
                desk.wrong.append(str(error))
        for line in desk.wrong:
            print(f"WRONG: {line}")
        return int(bool(desk.wrong))


if __name__ == "__main__":
    sys.exit(main())
