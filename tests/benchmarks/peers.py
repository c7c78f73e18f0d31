"""Stocktake beside other programs that find the same picture again, one after the other on the same files.

Run it from the project's folder: ``python -m tests.benchmarks.peers FOLDER``, where FOLDER holds ``images/`` and
``truth.csv`` (see ``scoring.py``).  ``--python NAME=PATH`` names the interpreter that has a peer, where it is not
the one this runs under; a peer that is not there is said to be missing.  It prints and judges nothing.
"""
# ruff: noqa: T201 - printing is what it is for

import argparse
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.benchmarks.measured import Run, TooLong, run
from tests.benchmarks.one_peer import PEERS
from tests.benchmarks.scoring import Score, Truth, read_pairs

ROOT = Path(__file__).parents[2]
LIMIT_S = 3_600.0
BLIND = 0.1
# Where a peer is a Python module of another name, and where it is a program.
MODULES = {"imagededup_dhash": "imagededup", "imagededup_phash": "imagededup", "difpy": "difPy"}
PROGRAMS = ("findimagedupes", "dupeguru")
STOCKTAKE = "stocktake"
_NOT_THERE_YET = ("No such command", "No such option")


class Missing(Exception):
    """Why there are no figures."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a peer found and what that cost; ``remark`` is what else has to be said about it."""

    pairs: Path
    runs: Sequence[Run]
    remark: str = ""


def interpreter_of(name: str, named: Mapping[str, str]) -> str:
    """The interpreter that has a peer.

    Raises:
        Missing: none was named, and this one has it not.
    """
    if name in PROGRAMS:
        program = shutil.which(name)
        if program is None:
            raise Missing("not installed")
        # A program in Python says in its first line which Python has its modules.
        first = Path(program).read_bytes().split(b"\n", 1)[0].decode("utf-8", "replace")
        return named.get(name, first[2:].strip() if "python" in first else sys.executable)
    module = MODULES.get(name, name)
    python = named.get(name, named.get(module, sys.executable))
    code = f"import importlib.util, sys; sys.exit(importlib.util.find_spec({module!r}) is None)"
    if not shutil.which(python) or subprocess.run([python, "-c", code], check=False).returncode:
        raise Missing("not installed")
    return python


def peer(name: str, named: Mapping[str, str], images: Path, folder: Path, limit_s: float) -> Outcome:
    """Run one of the other programs.

    Raises:
        Missing: it is not there, or it failed.
        TooLong: it was not done in time.
    """
    python, pairs = interpreter_of(name, named), folder / "pairs.csv"
    script = Path(__file__).with_name("one_peer.py")
    done = run([python, str(script), name, str(images), str(pairs)], folder=folder, limit_s=limit_s)
    if done.code:
        raise Missing(f"failed: {done.last_words}")
    return Outcome(pairs, [done])


def stocktake(images: Path, folder: Path, limit_s: float) -> Outcome:
    """Run the command line on a new archive; where it cannot look into the pictures yet, the rest of it.

    Raises:
        Missing: it failed.
        TooLong: it was not done in time.
    """
    archive, runs, remark = str(folder / "archive"), [], ""

    def ask(*command: str) -> Run:
        start = "import sys; from core.cli import main; sys.exit(main())"
        left_s = limit_s - sum(one.seconds for one in runs)
        done = run(
            [sys.executable, "-c", start, *command],
            folder=folder, limit_s=left_s, environment={"PYTHONPATH": str(ROOT)},
        )  # fmt: skip
        if done.code == 2 and any(words in done.complaint for words in _NOT_THERE_YET):
            return done
        if done.code not in (0, 1):
            raise Missing(f"failed at {command[0]}: {done.last_words}")
        runs.append(done)
        return done

    ask("init", archive)
    ask("import", archive, str(images))
    missing = [
        words
        for words, command in (
            ("features", ("features", archive)),
            ("--layers", ("duplicates", archive, "--layers", "all", "--csv", "-")),
        )
        if ask(*command).code == 2
    ]
    if "--layers" in missing:
        ask("duplicates", archive, "--csv", "-")
    if missing:
        remark = f"not there yet: {', '.join(missing)}"
    return Outcome(folder / "said.txt", runs, remark)


def ways(named: Mapping[str, str], images: Path, limit_s: float) -> Iterator[tuple[str, Callable[[Path], Outcome]]]:
    """The names of all that take part, and how each is run in a folder of its own."""
    yield STOCKTAKE, lambda folder: stocktake(images, folder, limit_s)
    for name in PEERS:
        yield name, partial(_peer_in, name, named, images, limit_s)


def _peer_in(name: str, named: Mapping[str, str], images: Path, limit_s: float, folder: Path) -> Outcome:
    return peer(name, named, images, folder, limit_s)


def line(name: str, score: Score, runs: Sequence[Run]) -> str:
    """One row of the table."""
    blind = score.blind(BLIND)
    return (
        f"{name:17} {sum(one.seconds for one in runs):8.1f} {sum(one.processor_s for one in runs):8.1f} "
        f"{max(one.peak_bytes for one in runs) / 1e6:8.0f} {score.mean_direct:7.3f} {score.mean_grouped:7.3f} "
        f"{score.false_pairs:7,} {score.mixed_groups:6,} {len(blind):6}  {' '.join(blind)}"
    )


def table(truth: Truth, taking_part: Iterator[tuple[str, Callable[[Path], Outcome]]], only: Sequence[str]) -> None:
    """Print a row for each as soon as it is done, and at the end the recall of each transform."""
    print(
        f"{'':17} {'seconds':>8} {'proc. s':>8} {'peak MB':>8} {'recall':>7} {'groups':>7} "
        f"{'false':>7} {'mixed':>6} {'blind':>6}  to (recall under {BLIND})"
    )
    scores = {}
    for name, way in taking_part:
        if only and name not in only:
            continue
        with tempfile.TemporaryDirectory() as kept:
            try:
                outcome = way(Path(kept))
                scores[name] = truth.score(read_pairs(outcome.pairs))
                print(line(name, scores[name], outcome.runs), flush=True)
                if outcome.remark:
                    print(f"{'':17} {outcome.remark}", flush=True)
            except Missing as why:
                print(f"{name:17} {why}", flush=True)
            except TooLong:
                print(f"{name:17} stopped: its time was over", flush=True)
    _print_transforms(scores)


def _print_transforms(scores: Mapping[str, Score]) -> None:
    print(f"\nrecall, directly\n{'':17} {' '.join(f'{name:>16}' for name in scores)}")
    for transform in next(iter(scores.values())).direct if scores else ():
        print(f"{transform:17} {' '.join(f'{score.direct[transform]:16.3f}' for score in scores.values())}")


def main() -> None:
    """Print the table."""
    arguments = argparse.ArgumentParser(description="Stocktake beside other programs, on the same files.")
    arguments.add_argument("folder", type=Path, help="holds images/ and truth.csv")
    arguments.add_argument("--python", action="append", default=[], metavar="NAME=PATH", help="who has a peer")
    arguments.add_argument("--only", action="append", default=[], metavar="NAME", help="run these alone")
    arguments.add_argument("--limit", type=float, default=LIMIT_S, metavar="SECONDS", help="for each of them")
    given = arguments.parse_args()
    named = dict(one.split("=", 1) for one in given.python)
    truth, images = Truth.read(given.folder / "truth.csv"), (given.folder / "images").resolve()
    print(f"{len(truth.base):,} files of {len(set(truth.base.values())):,} photographs\n")
    table(truth, ways(named, images, given.limit), given.only)


if __name__ == "__main__":
    main()
