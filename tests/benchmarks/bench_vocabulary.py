"""Figures of type-ahead in a large vocabulary, beside a bare loop that looks for the typed text in every name.

Run it from the project's folder: ``python -m tests.benchmarks.bench_vocabulary [TERMS]``, 5,000 terms of seven names
in several scripts where nothing is given.  It prints and judges nothing.
"""
# ruff: noqa: T201 - printing is what it is for

import random
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

sys.path.insert(0, str(Path(__file__).parents[2]))

from core.folding import fold
from core.vocabularies import Term, Vocabulary

TERMS: Final = 5_000
ALIASES: Final = 6
WORDS: Final = 200
_SYLLABLES: Final = (
    ("ka", "la", "shni", "kov", "zas", "ta", "va", "ar", "ma", "lite", "bro", "wning", "he", "ck", "ler", "mau", "ser"),
    (
        "ка",
        "лаш",
        "ни",
        "ков",
        "дра",
        "гу",
        "нов",
        "то",
        "ка",
        "рев",
        "мин",
        "о",
        "мёт",
        "гра",
        "на",
        "та",
        "ру",
        "жьё",
    ),
    ("كلا", "شن", "كوف", "بند", "قية", "مدفع", "رشا", "ش", "صا", "روخ", "قا", "ذف", "هاو", "ن"),
    ("步", "枪", "机", "炮", "火", "箭", "导", "弹", "式", "自", "动"),
)
_ENDINGS: Final = ("", " M", " T-", " Mk ", "-", " Type ", " model ", "/")


def name(chance: random.Random) -> str:
    """One name, mostly Latin: two or three words or a word and a number."""
    syllables = chance.choices(_SYLLABLES, weights=(6, 2, 1, 1))[0]
    words = ["".join(chance.choices(syllables, k=chance.randint(2, 4))) for _ in range(chance.randint(1, 3))]
    ending = chance.choice(_ENDINGS)
    return " ".join(words) + (f"{ending}{chance.randint(1, 120)}" if ending else "")


def vocabulary(terms: int, chance: random.Random) -> Vocabulary:
    """Terms under one another in tens, each with its label and aliases."""
    return Vocabulary(
        Term(
            f"W{number}",
            name(chance),
            f"W{number - number % 10}" if number % 10 else None,
            tuple(name(chance) for _ in range(ALIASES)),
        )
        for number in range(terms)
    )


def milliseconds(work: Callable[[], object]) -> float:
    """How long that takes, once."""
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000


def show(what: str, times: list[float]) -> None:
    """Print the figures of one way."""
    print(f"{what:34}median {statistics.median(times):6.2f} ms   worst {max(times):6.2f} ms")


def main() -> None:
    """Print them all."""
    chance = random.Random(1)
    many = vocabulary(int(sys.argv[1]) if sys.argv[1:] else TERMS, chance)
    print(f"{len(many):,} terms, {sum(len(term.texts) for term in many):,} names")
    print(f"first key {milliseconds(lambda: many.suggest('k')):.0f} ms")
    folds = [(term, fold(text)) for term in many for text in term.texts]
    typed = [chance.choice(chance.choice(list(many)).texts) for _ in range(WORDS)]
    typed += [name(chance) for _ in range(WORDS // 4)]  # mostly found nowhere
    keys = [text[:end] for text in typed for end in range(1, len(text) + 1)]
    show(f"suggest, {len(keys):,} keys", [milliseconds(lambda key=key: many.suggest(key)) for key in keys])
    wanted = list(map(fold, keys))
    bare = [milliseconds(lambda key=key: [term for term, text in folds if key in text]) for key in wanted]
    show("bare loop over the folded names", bare)


if __name__ == "__main__":
    main()
