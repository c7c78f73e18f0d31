"""From pairs to groups: which members hang together, and whether directly or only along a chain.

Being near is not transitive: A may match B and B match C while A does not match C.  A group is everything
that hangs together; its links say which pairs match directly and which are joined only through others.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

Pair = tuple[str, str]


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


def standing(sha256: str, *, area_px: int, worse: bool) -> tuple[bool, int, str]:
    """How well an image stands for its group: the smallest of these belongs to the representative.

    ``worse`` says that a verdict calls another copy better; then the largest counts, then the first by hash.
    """
    return worse, -area_px, sha256


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

    @property
    def missing_count(self) -> int:
        """The number of pairs of members that are joined only through others."""
        return len(self.members) * (len(self.members) - 1) // 2 - len(self.direct)

    @property
    def complete(self) -> bool:
        """Whether every member matches every other directly; if not, the group is a chain."""
        return self.missing_count == 0

    def missing(self) -> Iterator[Pair]:
        """The pairs of members that are joined only through others, in order.

        There may be millions in a large group, so they are made one by one.
        """
        direct = set(self.direct)
        return (pair for pair in combinations(self.members, 2) if pair not in direct)


def chains(members: Iterable[str], edges: Iterable[Pair]) -> Links:
    """The links of the group of ``members`` among these edges; edges that leave the group do not count."""
    inside = frozenset(members)
    direct = {(min(a, b), max(a, b)) for a, b in edges if a != b and a in inside and b in inside}
    return Links(tuple(sorted(inside)), tuple(sorted(direct)))
