"""Which verdict the program would give on what it found: a proposal, for a person to take or to leave."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from core.records import Match

_BETTER_BY: Final = 1.1  # times the pixels from which a resized copy is the poorer one
_PLAIN: Final[Mapping[str, str]] = {
    "same_bytes": "same_picture",
    "same_pixels": "same_picture",
    "same_scene": "same_event",
    "same_object": "same_object",
    "same_place": "same_place",
}
_COPIES: Final[Mapping[str, str]] = {"mirrored": "mirrored_copy_of", "rotated": "rotated_copy_of"}


@dataclass(frozen=True, slots=True)
class Decision:
    """A verdict on a pair, directed from the first hash to the second where a direction matters."""

    verdict: str
    from_sha256: str
    to_sha256: str


def proposed(match: Match, pixels_a: int, pixels_b: int) -> Decision | None:
    """The verdict that goes with what was found; None where nothing verified was found, or it could be either.

    ``pixels_a`` and ``pixels_b`` are how many pixels the two have: a copy has no more of them than what it was made
    of.
    """
    a, b = match.sha256_a, match.sha256_b
    poorer, better = (a, b) if pixels_a < pixels_b else (b, a)
    if match.kind in _PLAIN:
        return Decision(_PLAIN[match.kind], a, b)
    if match.transform is not None and "screenshot" in match.changes:
        return _of_part(match)  # whatever else became of it
    if match.kind in _COPIES:
        if pixels_a == pixels_b:  # nothing tells which of the two was turned
            return None
        return Decision(_COPIES[match.kind], poorer, better)
    if match.kind == "same_picture":
        more = max(pixels_a, pixels_b) > _BETTER_BY * min(pixels_a, pixels_b)
        resized = more and set(match.changes) == {"resized"}
        return Decision("better_copy_of", better, poorer) if resized else Decision("same_picture", a, b)
    return _of_part(match) if match.transform else None


def _of_part(match: Match) -> Decision | None:
    assert match.transform is not None
    a, b = match.sha256_a, match.sha256_b
    # What covers less than the whole of the other is the part.
    part, whole = (a, b) if abs(match.transform.determinant) < 1 else (b, a)
    if match.kind == "crop":
        return Decision("crop_of", part, whole)
    if "screenshot" in match.changes:
        return Decision("screenshot_of", whole, part)
    return Decision("composite_contains", whole, part) if match.kind == "contains" else None
