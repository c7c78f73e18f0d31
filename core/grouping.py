"""From pairs to groups: which members hang together, and whether directly or only along a chain.

Being near is not transitive: A may match B and B match C while A does not match C.  A group is everything
that hangs together; its links say which pairs match directly and which are joined only through others.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Final

Pair = tuple[str, str]
_COARSEST: Final = 32
_FEW_COLOURS: Final = frozenset({"GIF"})


def components(pairs: Iterable[Pair]) -> dict[str, str]:
    """The group of each member of any pair, named by the group's smallest member.

    The answer does not depend on the order of the pairs, nor of the two members in a pair.
    """
    parent: dict[str, str] = {}

    def root(member: str) -> str:
        above = parent.setdefault(member, member)
        while above != member:
            # Halving the path on the way keeps the trees flat.
            parent[member] = parent[above]
            member = parent[member]
            above = parent[member]
        return member

    for a, b in pairs:
        root_a, root_b = root(a), root(b)
        if root_a != root_b:
            # The smaller root stays, so that a root is always the smallest member of its group.
            parent[max(root_a, root_b)] = min(root_a, root_b)
    return {member: root(member) for member in tuple(parent)}


def standing(
    sha256: str,
    *,
    chosen: int,
    worse: bool,
    partial: bool,
    area_px: int,
    size_bytes: int,
    format: str,  # noqa: A002
    first_at: str,
) -> tuple[int, bool, bool, int, int, str, str]:
    """How well an image stands for its group: the smallest of these belongs to the representative.

    ``chosen`` is 0 where no person chose it, and the higher the later one did.  ``worse`` says that a verdict calls
    another copy better, ``partial`` that it is a crop, a screenshot, or otherwise less than another.  Then the most
    pixels count, the fewest artefacts (see ``coarseness``), the earliest capture (``first_at``, empty where none
    tells), and the content hash.
    """
    return -chosen, worse, partial, -area_px, coarseness(area_px, size_bytes, format), first_at or "~", sha256


def coarseness(area_px: int, size_bytes: int, format: str) -> int:  # noqa: A002
    """An estimate of how much was lost in compression, to compare copies of one picture with equally many pixels.

    It is how many times the bytes for a pixel have to be doubled until they are very many, so that only copies of
    which one is twice as long as the other differ; one of 256 colours is behind all others.  That is all: the pixels
    are not looked at.  A poor copy saved again in a better quality, or as PNG, is taken for a good one; a newer format
    that needs fewer bytes is taken for a poor one; a logo or a caption is not seen.
    """
    if not area_px or format in _FEW_COLOURS:
        return _COARSEST
    return _COARSEST - min((size_bytes * 1024 // area_px).bit_length(), _COARSEST)


def component_of(start: str, neighbours: Callable[[str], Iterable[str]]) -> frozenset[str]:
    """All members that hang together with ``start``, itself included, asking each for its neighbours once."""
    seen = {start}
    waiting = deque([start])
    while waiting:
        for member in neighbours(waiting.popleft()):
            if member not in seen:
                seen.add(member)
                waiting.append(member)
    return frozenset(seen)


@dataclass(frozen=True, slots=True)
class Links:
    """How the members of one group hang together; both sorted, each pair with its smaller member first."""

    members: tuple[str, ...]
    direct: tuple[Pair, ...]

    def missing(self) -> Iterator[Pair]:
        """The pairs of members that are joined only through others, in order; if there are any, it is a chain.

        There may be millions in a large group, so they are made one by one.
        """
        direct = set(self.direct)
        return (pair for pair in combinations(self.members, 2) if pair not in direct)


def chains(members: Iterable[str], edges: Iterable[Pair]) -> Links:
    """The links of the group of ``members`` among these edges; edges that leave the group do not count."""
    inside = frozenset(members)
    direct = {(min(a, b), max(a, b)) for a, b in edges if a != b and a in inside and b in inside}
    return Links(tuple(sorted(inside)), tuple(sorted(direct)))


def ways(links: Links, to: str) -> dict[str, str]:
    """From each other member of a group the next one on a shortest way to this one; ``to`` itself has none.

    Members that no direct match leads from are left out, as where what joined them is gone.
    """
    beside: dict[str, list[str]] = {}
    for a, b in links.direct:
        beside.setdefault(a, []).append(b)
        beside.setdefault(b, []).append(a)
    found: dict[str, str] = {}
    waiting = deque([to])
    while waiting:
        member = waiting.popleft()
        for other in sorted(beside.get(member, ())):
            if other != to and other not in found:
                found[other] = member
                waiting.append(other)
    return found
