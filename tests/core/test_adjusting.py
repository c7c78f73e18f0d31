"""Adjusting: what is seen changes as asked, and the picture itself never does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image as Pillow

from core.adjusting import CHANNELS, Adjustments, adjust, curve
from core.errors import Refused

ANY = st.builds(
    Adjustments,
    st.integers(-100, 100),
    st.integers(-100, 100),
    st.integers(20, 500),
    st.integers(0, 100),
    st.booleans(),
    st.sampled_from(CHANNELS),
)
COLOURS = [(200, 100, 50), (0, 0, 0), (255, 255, 255), (10, 120, 240)]


@pytest.fixture
def picture() -> Pillow.Image:
    image = Pillow.new("RGB", (2, 2))
    image.putdata(COLOURS)
    return image


def tones(image: Pillow.Image) -> list[tuple[int, ...]]:
    return [image.getpixel((x, y)) for y in range(image.height) for x in range(image.width)]


def test_without_adjustments_a_picture_is_seen_as_it_is(picture: Pillow.Image) -> None:
    assert Adjustments().neutral
    assert curve(Adjustments()) == list(range(256))
    assert tones(adjust(picture, Adjustments())) == COLOURS


@given(ANY)
def test_a_lighter_tone_stays_lighter_or_when_inverted_darker(adjustments: Adjustments) -> None:
    found = curve(adjustments)
    assert all(0 <= tone <= 255 for tone in found)
    assert found == sorted(found, reverse=adjustments.invert)


@given(ANY)
def test_the_picture_itself_stays_as_it_is(adjustments: Adjustments) -> None:
    image = Pillow.new("RGBA", (3, 2), (1, 2, 3, 4))
    seen = adjust(image, adjustments)
    assert (seen.mode, seen.size) == ("RGBA", (3, 2))
    assert tones(seen.getchannel("A")) == [4] * 6
    assert tones(image) == [(1, 2, 3, 4)] * 6


def test_each_adjustment_does_what_its_name_says() -> None:
    assert curve(Adjustments(brightness=20))[100] == 151
    assert curve(Adjustments(brightness=-100)) == [0] * 256
    assert curve(Adjustments(contrast=-100)) == [128] * 256
    steep = curve(Adjustments(contrast=50))
    assert (steep[64] < 64, steep[192] > 192) == (True, True)
    opened = curve(Adjustments(gamma_e2=200))
    assert (opened[0], opened[64], opened[255]) == (0, 128, 255)
    assert curve(Adjustments(invert=True)) == list(range(255, -1, -1))


def test_a_channel_alone_is_seen_in_greys(picture: Pillow.Image) -> None:
    for index, channel in enumerate(("red", "green", "blue")):
        seen = tones(adjust(picture, Adjustments(channel=channel)))
        assert seen == [(colour[index],) * 3 for colour in COLOURS]
    assert tones(adjust(picture, Adjustments(channel="luminance")))[0] == (124, 124, 124)


def test_sharpening_makes_an_edge_steeper_and_leaves_flat_places_alone() -> None:
    image = Pillow.new("RGB", (40, 9), (100, 100, 100))
    image.paste((150, 150, 150), (20, 0, 40, 9))
    row = [tone[0] for tone in tones(adjust(image, Adjustments(sharpen=40)))][:40]
    assert (row[0], row[39]) == pytest.approx((100, 150), abs=1)
    assert row[19] < 100
    assert row[20] > 150


@pytest.mark.parametrize("value", [{"brightness": 101}, {"contrast": -101}, {"gamma_e2": 19}, {"sharpen": -1}])
def test_a_value_out_of_its_range_is_refused(value: dict[str, int]) -> None:
    with pytest.raises(Refused, match=r"^An adjustment of -?\d+ is not between -?\d+ and \d+\.$"):
        Adjustments(**value)


def test_a_channel_that_there_is_not_is_refused() -> None:
    with pytest.raises(Refused, match=r"^There is no channel called infrared\.$"):
        Adjustments(channel="infrared")
