"""A picture that a programme or a chat shows in its own frame is found; what only shares the frame is not."""

from itertools import combinations
from random import Random

import pytest

from core.records import SAME_KINDS
from tests.benchmarks.edits import in_a_chat, in_a_programme, in_a_studio
from tests.core.drawing import drawn
from tests.core.likeness.looking import held


@pytest.mark.parametrize("number", range(4))
def test_a_picture_cut_into_the_frame_of_a_programme_is_found(number: int) -> None:
    picture = drawn(number)
    assert held(picture, in_a_programme(picture, Random(number))).kind in SAME_KINDS


def test_the_frame_is_told() -> None:
    picture = drawn(1)
    finding = held(in_a_programme(picture, Random(1)), picture)
    assert finding.kind == "contains"
    assert "inset" in finding.changes
    assert "in a frame round" in finding.evidence


@pytest.mark.parametrize("number", range(3))
def test_a_picture_that_a_chat_cuts_off_is_found(number: int) -> None:
    picture = drawn(number, (600, 900))
    assert held(picture, in_a_chat(picture, Random(number))).kind in SAME_KINDS


@pytest.mark.parametrize("frame", [in_a_programme, in_a_studio, in_a_chat])
def test_other_pictures_in_the_same_frame_are_not(frame) -> None:  # type: ignore[no-untyped-def]
    framed = [frame(drawn(number), Random(number)) for number in range(5)]
    for one, other in combinations(framed, 2):
        assert held(one, other).kind not in SAME_KINDS


def test_other_pictures_in_the_same_studio_are_not_when_it_is_cut() -> None:
    one, other = (in_a_studio(drawn(number), Random(number)) for number in (1, 2))
    for cut in ((60, 0, 960, 540), (0, 0, 900, 430), (80, 30, 880, 430)):
        assert held(one.crop(cut), other).kind not in SAME_KINDS
