"""Found pairs as a plain list, one row for each two captures that match directly."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import combinations, product
from typing import Final

from core.archive import Archive
from core.grouping import components
from core.records import SAME_KINDS, SAME_VERDICTS, Match, Place
from core.store import counting, keypoints, relations

LAYERS: Final = ("bytes", "pixels", "near", "features")
"""What can find a match: equal bytes, equal pixels, the hash of the whole picture, the look at its places."""


@dataclass(frozen=True, slots=True)
class DuplicateRow:
    """Two captures that match directly: of one image (``same_bytes``) or of two that were found or decided alike.

    The names are file names.  ``distance`` is as measured between the two, in bits, None where only a person
    said so.  ``group`` is the smallest content hash of all that hangs together by rows that say *same picture* or
    *near*.
    """

    name_a: str
    name_b: str
    sha256_a: str
    sha256_b: str
    kind: str
    distance: int | None
    group: str
    changes: str = ""
    evidence: str = ""


def duplicate_rows(archive: Archive, layers: Collection[str] | None = None) -> Iterator[DuplicateRow]:
    """Every direct match of two captures: exact copies first, then pairs of images, tightest first.

    ``layers`` (see ``LAYERS``) limits them to what those found; None lists all that is known, with the last word on
    each pair.  Pairs that were decided to be anything but the same picture are left out; pairs decided to be the same
    that the program did not find come last, with the verdict as their kind.
    """
    wanted = frozenset(LAYERS if layers is None else layers)
    names: dict[str, list[str]] = {}
    for sha256, path in counting.captured_as(archive.db):
        names.setdefault(sha256, []).append(Place(path).name)
    pairs = list(_pairs(archive, names, wanted))
    group_of = components(
        (match.sha256_a, match.sha256_b) for match in pairs if match.kind in (*SAME_KINDS, *SAME_VERDICTS, "near")
    )
    for sha256, held in names.items() if "bytes" in wanted else ():
        group = group_of.get(sha256, sha256)
        for name_a, name_b in combinations(held, 2):
            yield DuplicateRow(name_a, name_b, sha256, sha256, "same_bytes", 0, group)
    for match in pairs:
        a, b = match.sha256_a, match.sha256_b
        for name_a, name_b in product(names[a], names[b]):
            group = group_of.get(a, a)
            yield DuplicateRow(
                name_a, name_b, a, b, match.kind, match.distance, group, " ".join(match.changes), match.evidence
            )


def _pairs(archive: Archive, names: dict[str, list[str]], layers: Collection[str]) -> Iterator[Match]:
    """Pairs of captured images that match: found ones, less those decided otherwise, and those only decided."""
    decided = {
        (min(verdict.from_sha256, verdict.to_sha256), max(verdict.from_sha256, verdict.to_sha256)): verdict.kind
        for verdict in relations.every(archive.db)
    }
    found = set()
    for match in _found(archive, layers):
        pair = (match.sha256_a, match.sha256_b)
        found.add(pair)
        if decided.get(pair) in (None, *SAME_VERDICTS) and pair[0] in names and pair[1] in names:
            yield match
    for pair, kind in decided.items() if len(layers) == len(LAYERS) else ():
        if kind in SAME_VERDICTS and pair not in found and pair[0] in names and pair[1] in names:
            yield Match(*pair, kind, None, "decided")


def _found(archive: Archive, layers: Collection[str]) -> Iterator[Match]:
    """What these layers found; where the look at places is among them, it has the last word on what is near."""
    looked = "features" in layers
    pixels = set()
    for match, verified in relations.matches_by_layer(archive.db):
        layer = "pixels" if match.kind == "same_pixels" else "features" if verified else "near"
        if layer == "pixels":
            pixels.add((match.sha256_a, match.sha256_b))
        if layer in layers and (layer != "near" or looked):
            yield match
    for match in keypoints.near(archive.db) if "near" in layers and not looked else ():
        if "pixels" not in layers or (match.sha256_a, match.sha256_b) not in pixels:
            yield match
