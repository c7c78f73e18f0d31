"""What is still recognised of pictures that were edited hard, and what is called the same and is not.

    PHOTOS=folder COUNT=40 FROM=0 python tests/benchmarks/bench_likeness.py

Of ``COUNT`` photographs of the folder every edit of ``edits.py`` is made; as many others are put into the same frames;
the rest are there to be mistaken for them.  All go through an archive as the command line fills it.  Collages share
the pictures beside, so that pairs of them say nothing.  ``FROM`` chooses others, so that limits which were found on
the ones can be tried on them.  It prints and judges nothing.
"""
# ruff: noqa: T201 - printing is what it is for

import csv
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import lru_cache
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).parents[2]))

from PIL import Image, ImageOps

from core.cli import main as command
from core.commands.command_line import DONE, FINDINGS
from tests.benchmarks.edits import EDITS, FRAMES, collages
from tests.benchmarks.scoring import ORIGINAL, OTHER, Truth, read_pairs
from tests.core.drawing import fill

COUNT = int(os.environ.get("COUNT", "40"))
FROM = int(os.environ.get("FROM", "0"))
PHOTOS = os.environ.get("PHOTOS")
IN_COLLAGES = 12
LONGER_PX = 1600
JOBS = os.cpu_count() or 1


def main() -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        paths = _photographs(folder)
        Random(FROM).shuffle(paths)
        beside, edited, framed = paths[:IN_COLLAGES], paths[IN_COLLAGES:][:COUNT], paths[IN_COLLAGES + COUNT :][:COUNT]
        rest = paths[IN_COLLAGES + 2 * COUNT :]
        print(f"{len(edited)} photographs edited, {len(framed)} in frames, {len(rest)} others", flush=True)
        (folder / "images").mkdir()
        with ProcessPoolExecutor(JOBS) as pool:
            futures = [
                *(pool.submit(_write, folder, path, list(EDITS), beside) for path in edited),
                *(pool.submit(_write, folder, path, list(FRAMES), []) for path in framed),
                *(pool.submit(_write, folder, path, [], []) for path in rest),
            ]
            rows = [row for future in futures for row in future.result()]
        with (folder / "truth.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([("file", "base", "transform"), *rows])
        _archive(folder)
        truth = Truth.read(folder / "truth.csv")
        told = (pair for pair in read_pairs(folder / "pairs.csv") if not all(_is_collage(truth, name) for name in pair))
        _report(truth, list(told))


def _is_collage(truth: Truth, name: str) -> bool:
    return truth.transform[name].startswith("collage")


def _archive(folder: Path) -> None:
    archive = str(folder / "archive")
    for words in (
        ["init", archive],
        ["import", archive, str(folder / "images")],
        ["duplicates", archive, "--layers", "all", "--csv", str(folder / "pairs.csv")],
    ):
        if command(words) not in (DONE, FINDINGS):
            raise SystemExit(f"stocktake-cli {words[0]} failed")


def _report(truth: Truth, pairs: list[tuple[str, str]]) -> None:
    score = truth.score(pairs)
    for edit, share in score.direct.items():
        print(f"{edit:24} {share:.3f}   grouped {score.grouped[edit]:.3f}")
    print(f"mean {score.mean_direct:.4f}, grouped {score.mean_grouped:.4f}")
    print(f"{score.false_pairs} false pairs, {score.mixed_groups} mixed groups")
    false = sorted({tuple(sorted(pair)) for pair in pairs if len({truth.base[name] for name in pair}) == 2})
    kinds = Counter(" and ".join(sorted(truth.transform[name] for name in pair)) for pair in false)
    for kind, count in kinds.most_common():
        print(f"  {count} of {kind}")
    for one, other in false[:20]:
        print(f"  {one}  {other}  ({truth.base[one]}, {truth.base[other]})")


def _write(folder: Path, path: Path, names: list[str], beside: list[Path]) -> list[tuple[str, str, str]]:
    """Write a photograph and what was made of it; rows of the truth."""
    return [
        (file, path.stem, name)
        for name, picture in _made(path, names, beside)
        for file in [_save(folder, f"{path.stem} {name}.jpg", picture)]
    ]


def _made(path: Path, names: list[str], beside: list[Path]) -> Iterator[tuple[str, Image.Image]]:
    picture = _loaded(path)
    yield ORIGINAL if names else OTHER, picture
    edits = {**EDITS, **FRAMES}
    for name in names:
        yield name, edits[name](picture, Random(f"{FROM} {path.stem} {name}"))
    if beside:
        for name, edit in collages([_loaded(one) for one in beside]).items():
            yield name, edit(picture, Random(f"{FROM} {path.stem} {name}"))


def _save(folder: Path, name: str, picture: Image.Image) -> str:
    picture.save(folder / "images" / name, "JPEG", quality=88)
    return name


@lru_cache(IN_COLLAGES + 1)
def _loaded(path: Path) -> Image.Image:
    with Image.open(path) as picture:
        upright = ImageOps.exif_transpose(picture).convert("RGB")
    upright.thumbnail((LONGER_PX, LONGER_PX))
    return upright


def _photographs(folder: Path) -> list[Path]:
    if PHOTOS is None:
        return fill(folder / "drawn", 2 * COUNT + 2 * IN_COLLAGES)
    return sorted(path for path in Path(PHOTOS).rglob("*") if path.suffix.lower() in (".jpg", ".jpeg", ".png"))


if __name__ == "__main__":
    main()
