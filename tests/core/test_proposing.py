"""Which verdict is proposed for what was found."""

import pytest

from core.proposing import Decision, proposed
from core.records import FOUND_KINDS, VERDICTS, Match
from core.transforms import Transform

PART = Transform(0.5, 0, 0.25, 0, 0.5, 0.25)  # a lies in b


def match(kind: str, *changes: str, transform: Transform | None = None) -> Match:
    return Match("a", "b", kind, None, "", changes, transform)


@pytest.mark.parametrize("kind", FOUND_KINDS)
def test_a_proposal_is_one_of_the_verdicts(kind: str) -> None:
    found = proposed(match(kind, transform=PART), 100, 400)
    assert found is None or found.verdict in VERDICTS
    assert (found is None) == (kind in ("near", "unconfirmed"))


def test_what_lies_in_the_other_is_the_crop_of_it() -> None:
    assert proposed(match("crop", transform=PART), 900, 400) == Decision("crop_of", "a", "b")
    assert proposed(match("crop", transform=PART.inverse()), 1, 400) == Decision("crop_of", "b", "a")
    assert proposed(match("crop"), 100, 400) is None


def test_what_contains_the_other_is_a_screenshot_of_it_or_a_composite() -> None:
    assert proposed(match("contains", "screenshot", transform=PART), 1, 1) == Decision("screenshot_of", "b", "a")
    assert proposed(match("contains", "inset", transform=PART), 1, 1) == Decision("composite_contains", "b", "a")


def test_the_copy_has_fewer_pixels() -> None:
    assert proposed(match("mirrored", "mirrored"), 100, 400) == Decision("mirrored_copy_of", "a", "b")
    assert proposed(match("rotated", "turned_90"), 400, 100) == Decision("rotated_copy_of", "b", "a")


@pytest.mark.parametrize("kind", ["mirrored", "rotated"])
def test_which_of_two_as_large_was_turned_is_left_to_who_looks(kind: str) -> None:
    assert proposed(match(kind, transform=PART), 400, 400) is None


def test_a_copy_that_is_only_smaller_is_the_poorer_one() -> None:
    assert proposed(match("same_picture", "resized"), 100, 400) == Decision("better_copy_of", "b", "a")
    assert proposed(match("same_picture", "resized", "caption"), 100, 400) == Decision("same_picture", "a", "b")
    assert proposed(match("same_picture", "resized"), 400, 390) == Decision("same_picture", "a", "b")
