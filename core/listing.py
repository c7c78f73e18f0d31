"""Found pairs as a plain list, one row for each two captures that match directly."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, product

from core.archive import Archive
from core.grouping import components
from core.records import SAME_VERDICTS, Place
from core.store import counting, relations


@dataclass(frozen=True, slots=True)
class DuplicateRow:
    """Two captures that match directly: of one image (``same_bytes``) or of two that were found or decided alike.

    The names are file names.  ``distance`` is as measured between the two, in bits, None where only a person
    said so.  ``group`` is the smallest content hash of all that hangs together by such rows.
    """

    name_a: str
    name_b: str
    sha256_a: str
    sha256_b: str
    kind: str
    distance: int | None
    group: str


def duplicate_rows(archive: Archive) -> Iterator[DuplicateRow]:
    """Every direct match of two captures: exact copies first, then pairs of images, tightest first.

    Pairs that were decided to be anything but the same picture are left out; pairs decided to be the same that the
    program did not find come last, with the verdict as their kind.
    """
    names: dict[str, list[str]] = {}
    for sha256, path in counting.captured_as(archive.db):
        names.setdefault(sha256, []).append(Place(path).name)
    pairs = list(_pairs(archive, names))
    group_of = components((a, b) for a, b, _, _ in pairs)
    for sha256, held in names.items():
        group = group_of.get(sha256, sha256)
        for name_a, name_b in combinations(held, 2):
            yield DuplicateRow(name_a, name_b, sha256, sha256, "same_bytes", 0, group)
    for a, b, kind, distance in pairs:
        for name_a, name_b in product(names[a], names[b]):
            yield DuplicateRow(name_a, name_b, a, b, kind, distance, group_of[a])


def _pairs(archive: Archive, names: dict[str, list[str]]) -> Iterator[tuple[str, str, str, int | None]]:
    """Pairs of captured images that match: found ones, less those decided otherwise, and those only decided."""
    decided = {
        (min(verdict.from_sha256, verdict.to_sha256), max(verdict.from_sha256, verdict.to_sha256)): verdict.kind
        for verdict in relations.every(archive.db)
    }
    found = set()
    for match in relations.matches(archive.db):
        pair = (match.sha256_a, match.sha256_b)
        found.add(pair)
        if decided.get(pair) in (None, *SAME_VERDICTS) and pair[0] in names and pair[1] in names:
            yield *pair, match.kind, match.distance
    for pair, kind in decided.items():
        if kind in SAME_VERDICTS and pair not in found and pair[0] in names and pair[1] in names:
            yield *pair, kind, None
