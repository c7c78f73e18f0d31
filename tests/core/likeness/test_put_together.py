"""Pictures that share a frame, a studio or a part are not the same, and what was put together is not its original."""

from itertools import combinations
from random import Random

import pytest
from PIL import Image, ImageOps

from core.records import SAME_KINDS
from tests.benchmarks.edits import in_a_chat, in_a_programme, in_a_studio
from tests.core.drawing import drawn
from tests.core.likeness.looking import held


@pytest.mark.parametrize("frame", [in_a_programme, in_a_studio, in_a_chat])
def test_other_pictures_in_the_same_frame_are_not(frame) -> None:  # type: ignore[no-untyped-def]
    framed = [frame(drawn(number), Random(number)) for number in range(5)]
    for one, other in combinations(framed, 2):
        assert held(one, other).kind not in SAME_KINDS


def test_other_pictures_in_the_same_studio_are_not_when_it_is_cut() -> None:
    one, other = (in_a_studio(drawn(number), Random(number)) for number in (1, 2))
    for cut in ((60, 0, 960, 540), (0, 0, 900, 430), (80, 30, 880, 430)):
        assert held(one.crop(cut), other).kind not in SAME_KINDS


def spliced(picture: Image.Image, other: Image.Image, share: float, side: str) -> Image.Image:
    """With a part of another picture in place of its own."""
    out, (width, height) = picture.copy(), picture.size
    size = (round(width * share), height) if side == "right" else (width, round(height * share))
    out.paste(ImageOps.fit(other, size), (width - size[0], height - size[1]))
    return out


@pytest.mark.parametrize("side", ["right", "bottom"])
@pytest.mark.parametrize("share", [0.33, 0.45])
def test_what_was_put_together_of_two_pictures_is_not_the_one(side: str, share: float) -> None:
    for number in range(6):
        picture = drawn(number)
        forged = spliced(picture, drawn(number + 50), share, side)
        assert held(picture, forged).kind not in SAME_KINDS
        assert held(picture.crop((60, 0, 480, 315)), forged).kind not in SAME_KINDS
        assert held(picture, forged.crop((60, 0, 480, 315))).kind not in SAME_KINDS


@pytest.mark.parametrize("share", [0.3, 0.42])
def test_pictures_that_stand_beside_the_same_one_are_not_the_same(share: float) -> None:
    panels = [spliced(drawn(90, (800, 450)), drawn(number), share, "right") for number in range(6)]
    for one, other in combinations(panels, 2):
        assert held(one, other).kind not in SAME_KINDS
        assert held(one, other.crop((80, 0, 800, 450))).kind not in SAME_KINDS
