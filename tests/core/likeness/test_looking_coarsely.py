"""A copy that lost what is fine, or got noise over it, is looked at coarsely; what differs is not passed over by it."""

from collections.abc import Callable

import numpy as np
import pytest
from PIL import Image, ImageFilter, ImageOps

from core.likeness.aligning import align
from core.likeness.keypoints import keypoints_of
from core.likeness.overlap import Laid, overlap
from core.records import SAME_KINDS
from core.transforms import IDENTITY
from tests.core.drawing import drawn
from tests.core.likeness.looking import held

_Edit = Callable[[Image.Image], Image.Image]


def noisy(picture: Image.Image) -> Image.Image:
    """With the noise of a small sensor at night."""
    noise = np.random.default_rng(5).normal(0, 20, (picture.height, picture.width, 3))
    return Image.fromarray(np.clip(np.asarray(picture) + noise, 0, 255).astype(np.uint8))


def blurred(picture: Image.Image) -> Image.Image:
    return picture.filter(ImageFilter.GaussianBlur(max(picture.size) / 220))


def framed(picture: Image.Image) -> Image.Image:
    """In the frame of a programme, which has more to see than the picture."""
    frame = drawn(77).resize((960, 540))
    frame.paste(ImageOps.fit(picture, (420, 300)), (440, 60))
    return frame


@pytest.mark.parametrize("edit", [noisy, blurred])
@pytest.mark.parametrize("number", range(4))
def test_a_blurred_or_noisy_copy_is_the_same(edit: _Edit, number: int) -> None:
    assert held(drawn(number), edit(drawn(number))).kind in SAME_KINDS


@pytest.mark.parametrize("edit", [noisy, blurred])
def test_another_picture_in_the_same_frame_is_not(edit: _Edit) -> None:
    one, other = framed(drawn(1)), edit(framed(drawn(2)))
    assert align(keypoints_of(one), keypoints_of(other)) is not None
    assert held(one, other).kind not in SAME_KINDS


def test_the_one_with_more_detail_is_told_from_either_side() -> None:
    sharp, soft = (np.asarray(picture.convert("L")) for picture in (drawn(3), blurred(drawn(3))))
    assert overlap(Laid.of(sharp, soft, IDENTITY)).finer == pytest.approx(overlap(Laid.of(soft, sharp, IDENTITY)).finer)
    assert overlap(Laid.of(sharp, soft, IDENTITY)).finer > 1.3
    assert overlap(Laid.of(sharp, sharp, IDENTITY)).finer == 1
