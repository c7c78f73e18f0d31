"""Runs one peer at its defaults over a folder and writes the pairs it finds: ``one_peer.py NAME FOLDER PAIRS.csv``.

It runs under the interpreter that has the peer, which need not be the project's: so it knows nothing of the
project.  A peer that answers in groups has said that any two files of a group are alike.
"""

import csv
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from itertools import combinations
from pathlib import Path, PurePath

Pairs = Iterable[tuple[str, str]]
IMAGEHASH_BITS = 8  # imagehash leaves it to its user; Stocktake asks its own hashes for as much


def findimagedupes(folder: Path) -> Pairs:
    """Perl: 16 by 16 black and white, 90 % alike; the program itself makes groups of its pairs."""
    view = 'VIEW () { for name in "$@"; do echo "$name"; done; echo; }'
    done = subprocess.run(
        ["findimagedupes", "--quiet", f"--include={view}", "--", str(folder)], stdout=subprocess.PIPE, check=True
    )
    return _of_groups(group.splitlines() for group in os.fsdecode(done.stdout).split("\n\n"))


def dupeguru(folder: Path) -> Pairs:
    """The engine of its picture edition at the hardness of its window, 95; other sizes are compared as well.

    These are all its matches; the window drops those that do not fit into its groups.
    """
    command = shutil.which("dupeguru")
    assert command, "dupeguru is not there"
    sys.path.insert(0, str(Path(command).resolve().parent))
    from core.pe.matchblock import getmatches
    from qt.pe.photo import File

    from core import fs  # its own, not the project's

    files = [File(path) for path in sorted(folder.iterdir()) if File.can_handle(path)]
    for file in files:
        file.is_ref = False
    with tempfile.TemporaryDirectory() as kept:
        fs.filesdb.connect(":memory:")
        matches = getmatches(files, str(Path(kept, "cached.db")), 95, match_scaled=True)
        return [(match.first.name, match.second.name) for match in matches]


def imagededup_dhash(folder: Path) -> Pairs:
    """Difference hash, 10 bits."""
    from imagededup.methods import DHash

    return _of_lists(DHash().find_duplicates(image_dir=str(folder)))


def imagededup_phash(folder: Path) -> Pairs:
    """Perceptual hash, 10 bits."""
    from imagededup.methods import PHash

    return _of_lists(PHash().find_duplicates(image_dir=str(folder)))


def czkawka(folder: Path) -> Pairs:
    """What its wheel takes by itself as hash and similarity."""
    from czkawka import ImageSimilarity

    finder = ImageSimilarity()
    finder.set_directories([folder])
    return _of_groups(finder.find_similar())


def difpy(folder: Path) -> Pairs:
    """Mean squared error of 50 by 50 pixels, turned as well; its search for duplicates."""
    import difPy

    found = difPy.search(difPy.build(str(folder), show_progress=False), show_progress=False).result
    return ((name, other) for name, others in found.items() for other, _ in others)


def imagehash(folder: Path) -> Pairs:
    """Perceptual hash of 64 bits in a plain loop."""
    import numpy as np
    from imagehash import phash
    from PIL import Image

    names, hashes = [], []
    for path in sorted(folder.iterdir()):
        with Image.open(path) as picture:
            hashes.append(np.packbits(phash(picture).hash))
        names.append(path.name)
    bits = np.array(hashes).view(np.uint64).ravel()
    for first, name in enumerate(names):
        near = np.bitwise_count(bits[first + 1 :] ^ bits[first]) <= IMAGEHASH_BITS
        for further in np.flatnonzero(near):
            yield name, names[first + 1 + further]


PEERS = {
    "findimagedupes": findimagedupes,
    "dupeguru": dupeguru,
    "imagededup_dhash": imagededup_dhash,
    "imagededup_phash": imagededup_phash,
    "czkawka": czkawka,
    "difpy": difpy,
    "imagehash": imagehash,
}


def _of_groups(groups: Iterable[Iterable[str | Path]]) -> Iterator[tuple[str, str]]:
    for group in groups:
        yield from combinations(map(str, group), 2)


def _of_lists(lists: dict[str, list[str]]) -> Iterator[tuple[str, str]]:
    return ((name, other) for name, others in lists.items() for other in others)


def main() -> None:
    """Write what the named peer finds."""
    name, folder, to = sys.argv[1:]
    found = PEERS[name](Path(folder))
    with open(to, "w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(("name_a", "name_b"))
        table.writerows((PurePath(first).name, PurePath(second).name) for first, second in found)


if __name__ == "__main__":
    main()
