"""What the record says in words: every kind of likeness and every change has some."""

import pytest

from core.records import CHANGES, FOUND_KINDS, Match
from core.transforms import Transform
from gui.models.sentences import change_words, found_words, kind_words, match_words


@pytest.mark.parametrize("kind", FOUND_KINDS)
def test_every_kind_of_likeness_has_words(kind: str) -> None:
    assert "_" not in kind_words(kind)


@pytest.mark.parametrize("change", CHANGES)
def test_every_change_has_words(change: str) -> None:
    assert "_" not in change_words(change)
    assert change_words(change) != change or change in ("mirrored", "tilted", "resized", "cut", "screenshot")


def test_a_match_says_what_was_found_what_became_of_it_and_why() -> None:
    found = Match("a", "b", "crop", None, "132 points agree", ("cut", "caption"))
    assert match_words(found) == "crop · caption added: 132 points agree"
    assert match_words(Match("a", "b", "mirrored", 3, "", ("mirrored",))) == (
        "mirrored: perceptual hash, 3 of 64 bits differ"
    )
    assert match_words(Match("a", "b", "same_pixels", 0)) == "same pixels"


def test_of_a_and_b_it_says_which_is_the_part() -> None:
    part = Transform(0.5, 0, 0.25, 0, 0.5, 0.25)
    assert (
        found_words(Match("a", "b", "crop", None, "", ("cut", "caption"), part)) == "A is a crop of B · caption added"
    )
    assert found_words(Match("a", "b", "contains", None, "", ("screenshot",), part.inverse())) == (
        "B lies in A · screenshot"
    )
    assert found_words(Match("a", "b", "rotated", None, "", ("turned_90", "resized"))) == "turned by 90° · resized"
    assert found_words(Match("a", "b", "crop", None)) == "crop"
