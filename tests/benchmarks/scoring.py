"""Scores found pairs of files against the truth of a made set: what was found of each transform, and what is false.

The truth is a table ``file,base,transform``: two files show the same photograph when their bases are equal.  Each
base has one file of transform ``original``, or only one file, of transform ``other``, that is like no other.
"""

import csv
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath

ORIGINAL, OTHER = "original", "other"
# Kinds of a finding that do not say that two files show the same picture; they are neither found nor false.
NOT_THE_SAME = frozenset(
    {
        "same_object",
        "same_place",
        "same_scene",
        "same_event",
        "frame_of_same_video",
        "unconfirmed",
        "undecided",
        "not_related",
    }
)


@dataclass(frozen=True, slots=True)
class Score:
    """How a set of pairs does.

    ``direct`` and ``grouped`` say for each transform which share of its files was joined to the original, in a pair
    of their own and through a chain of pairs.  ``mixed_groups`` counts the chains that hold several photographs.
    """

    direct: Mapping[str, float]
    grouped: Mapping[str, float]
    false_pairs: int
    mixed_groups: int

    @property
    def mean_direct(self) -> float:
        """Every transform counts alike."""
        return _mean(self.direct.values())

    @property
    def mean_grouped(self) -> float:
        """Every transform counts alike."""
        return _mean(self.grouped.values())

    def blind(self, under: float) -> list[str]:
        """The transforms of which less than that share was found directly, in the order of the truth."""
        return [transform for transform, share in self.direct.items() if share < under]


@dataclass(frozen=True, slots=True)
class Truth:
    """``base`` and ``transform`` of each file, by the file's name without its folder."""

    base: Mapping[str, str]
    transform: Mapping[str, str]

    @classmethod
    def read(cls, path: Path) -> "Truth":
        """From a CSV table with the columns file, base and transform."""
        with path.open(encoding="utf-8", newline="") as file:
            rows = [(PurePath(row["file"]).name, row["base"], row["transform"]) for row in csv.DictReader(file)]
        return cls({name: base for name, base, _ in rows}, {name: transform for name, _, transform in rows})

    def score(self, found: Iterable[tuple[str, str]]) -> Score:
        """The score of these pairs of names, each counted once whichever way round; unknown names are passed over."""
        pairs = {frozenset(pair) for pair in found if pair[0] != pair[1] and set(pair) <= self.base.keys()}
        group_of = _groups(self.base, pairs)
        original = {base: name for name, base in self.base.items() if self.transform[name] == ORIGINAL}
        direct, grouped = defaultdict(list), defaultdict(list)
        for name, transform in self.transform.items():
            if transform not in (ORIGINAL, OTHER):
                first = original[self.base[name]]
                direct[transform].append(frozenset((first, name)) in pairs)
                grouped[transform].append(group_of[first] == group_of[name])
        bases = defaultdict(set)
        for name, group in group_of.items():
            bases[group].add(self.base[name])
        return Score(
            {transform: _mean(values) for transform, values in direct.items()},
            {transform: _mean(values) for transform, values in grouped.items()},
            false_pairs=sum(len({self.base[name] for name in pair}) == 2 for pair in pairs),
            mixed_groups=sum(len(held) > 1 for held in bases.values()),
        )


def read_pairs(path: Path) -> list[tuple[str, str]]:
    """Names without folders from a CSV table with the columns name_a and name_b.

    A row whose column ``kind`` claims no same picture is left out.
    """
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [
            (PurePath(row["name_a"]).name, PurePath(row["name_b"]).name)
            for row in csv.DictReader(file)
            if row.get("kind") not in NOT_THE_SAME
        ]


def _groups(names: Iterable[str], pairs: Iterable[frozenset[str]]) -> dict[str, str]:
    """One name of its connected group for each."""
    parent = {name: name for name in names}

    def root(name: str) -> str:
        while parent[name] != name:
            parent[name] = parent[parent[name]]
            name = parent[name]
        return name

    for first, second in pairs:
        parent[root(first)] = root(second)
    return {name: root(name) for name in parent}


def _mean(values: Iterable[float]) -> float:
    numbers = list(values)
    return sum(numbers) / len(numbers) if numbers else 0.0
