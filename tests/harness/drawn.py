"""A folder of drawn pictures for the harness and the benchmarks: copies, reposts and broken files among them."""

import random
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.core.drawing import drawn, fill, save

SHARES = (("copy", 10), ("mirrored", 40), ("re-encoded", 20), ("broken", 35))  # every so-manieth


def folder_of(folder: Path, count: int, size: tuple[int, int] = (1200, 900)) -> Path:
    """Fill a folder with ``count`` different drawn pictures, and a fifth as many more made of them."""
    paths = fill(folder / "pictures", count, size=size)
    chance = random.Random(count)
    for what, every in SHARES:
        for number in range(0, count, every):
            _vary(what, number, paths[number], folder / what, chance)
    (folder / "notes.txt").write_text("not an image")
    return folder


def _vary(what: str, number: int, path: Path, folder: Path, chance: random.Random) -> None:
    folder.mkdir(exist_ok=True)
    content = path.read_bytes()
    if what == "copy":
        (folder / path.name).write_bytes(content)
    elif what == "broken":
        (folder / path.name).write_bytes(content[: chance.randrange(2, len(content) // 2)])
    elif what == "mirrored":
        save(folder, path.name, drawn(number, (600, 450)).transpose(0), quality=85)
    else:
        save(folder, path.name, drawn(number, (900, 675)), quality=60)
