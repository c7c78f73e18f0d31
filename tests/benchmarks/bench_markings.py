"""Figures of the search in markings, beside a bare loop that looks for the folded text in each folded marking.

Run it from the project's folder: ``python -m tests.benchmarks.bench_markings [MARKINGS]``, 100,000 where nothing is
given.  It prints and judges nothing.
"""
# ruff: noqa: T201 - printing is what it is for

import random
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Final

sys.path.insert(0, str(Path(__file__).parents[2]))

from core.folding import fold
from core.markings import Markings, fits

COUNT: Final = 100_000
ROUNDS: Final = 5
TEXTS: Final = (
    "1234", "?234", "56-1 204", "AB12345", "7??1", "1*2", "МЖ ?7*", "O1O", "a", "1", "????1????", "*a*a*a*a*b",
)  # fmt: skip
_PREFIXES: Final = ("AB", "K", "МЖ", "RPG", "56-1", "ي", "НК", "")


def marking(chance: random.Random) -> str:
    """A serial as it is read: one in five has an unread character, one in ten an unread part."""
    digits = "".join(chance.choices("0123456789", k=chance.randint(4, 9)))
    text = chance.choice(_PREFIXES) + chance.choice((" ", "-", "")) + digits
    place, kind = chance.randrange(len(text)), chance.random()
    if kind < 0.2:
        return f"{text[:place]}?{text[place + 1 :]}"
    return f"{text[:place]}*" if kind < 0.3 else text


def milliseconds(work: Callable[[], object]) -> float:
    """The median of some runs."""
    times = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        work()
        times.append(time.perf_counter() - started)
    return statistics.median(times) * 1000


def main() -> None:
    """Print them all."""
    count = int(sys.argv[1]) if sys.argv[1:] else COUNT
    chance = random.Random(1)
    texts = [marking(chance) for _ in range(count)]
    started = time.perf_counter()
    markings = Markings(texts)
    markings.search("1")
    markings.search("O")
    print(f"{count:,} markings; made ready, with the first searches, in {time.perf_counter() - started:.2f} s")
    folds = list(map(fold, texts))
    print(f"{'search':14}{'ms':>8}{'bare loop ms':>14}   found")
    for text in TEXTS:
        wanted = fold(text)
        ours = milliseconds(lambda text=text: markings.search(text))
        bare = milliseconds(lambda wanted=wanted: [place for place, other in enumerate(folds) if wanted in other])
        found = Counter(one.quality for one in markings.search(text))
        print(f"{text:14}{ours:8.1f}{bare:14.1f}   {', '.join(f'{number:,} {way}' for way, number in found.items())}")
    worst, long = "*a" * 500 + "*b", "a" * 50_000
    print(
        f"the worst pattern against one marking of 50,000 characters: {milliseconds(lambda: fits(worst, long)):.1f} ms"
    )


if __name__ == "__main__":
    main()
