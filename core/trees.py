"""Trees as people may give them, each code with the one above it: circles, and depths that nobody can read."""

from collections.abc import Container, Mapping
from typing import Final

DEEPEST: Final = 50
"""How many levels a tree may have."""
TOO_DEEP: Final = f"more than {DEEPEST} levels deep"

Parents = Mapping[str, str | None]


def circling(parents: Parents) -> list[str]:
    """The codes from which the way up leads back to themselves."""
    seen: set[str | None] = set()
    found: list[str] = []
    for start in parents:
        way = _way_up(parents, start, seen)
        last = parents[next(reversed(way))] if way else None
        if last in way:
            codes = list(way)
            found += codes[codes.index(last) :]
        seen.update(way)
    return found


def too_deep(parents: Parents) -> list[str]:
    """The codes that stand first below the deepest level, circles left out."""
    depths: dict[str | None, int] = {}
    for start in parents:
        way = _way_up(parents, start, depths)
        depth = depths.get(parents[next(reversed(way))], 0) if way else 0
        for code in reversed(way):
            depth += 1
            depths[code] = depth
    return [code for code in parents if depths[code] == DEEPEST + 1]


def _way_up(parents: Parents, start: str, seen: Container[str | None]) -> dict[str, None]:
    """The codes from one upwards, as far as they are there and none was seen already."""
    way: dict[str, None] = {}
    code: str | None = start
    while code is not None and code in parents and code not in seen and code not in way:
        way[code] = None
        code = parents[code]
    return way
