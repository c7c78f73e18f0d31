"""What speaks for one image of a pair against the other."""

from dataclasses import replace

from core.duplicates import Pair, Side
from core.records import Facts, Image, ImageId, Match
from core.transforms import Transform
from gui.models.pair_facts import Merits, PairFacts, SideFacts


def side(number: int, width: int, height: int, quality: int | None = None, exif: str = "{}") -> SideFacts:
    facts = Facts(
        str(number), 1, "JPEG", "image/jpeg", "decoded", upright_width_px=width, upright_height_px=height, exif=exif
    )
    return SideFacts(Side(Image(ImageId(number), facts, "new", ""), "name", "", ()), quality, (), "")


def pair(a: SideFacts, b: SideFacts, transform: Transform | None = None) -> PairFacts:
    match = Match("1", "2", "contains", None, "", ("screenshot",), transform)
    return PairFacts(Pair(match, a.side, b.side, None), (a, b), covered=False, cautions=())


def test_the_larger_is_not_always_the_one_with_more_pixels_for_the_same() -> None:
    on_screen = Transform(1, 0, 0, 0, 0.4, 0.3)  # the first lies in the second, between two bars
    found = pair(side(1, 800, 600, 75), side(2, 720, 1280, 85), on_screen)
    original, screenshot = (Merits.of(found, place) for place in (0, 1))
    assert (original.larger, original.denser) == (False, True)
    assert (screenshot.larger, screenshot.denser) == (True, False)
    assert not screenshot.finer


def test_of_equal_sizes_the_one_saved_finer_is_told() -> None:
    found = pair(side(1, 800, 600, 60), side(2, 800, 600, 92))
    assert [Merits.of(found, place).finer for place in (0, 1)] == [False, True]
    smaller = pair(side(1, 800, 600, 60), side(2, 400, 300, 92))
    assert not Merits.of(smaller, 1).finer


def test_exif_and_an_earlier_file_speak_for_a_side() -> None:
    one, other = side(1, 800, 600, exif='{"Make": "A"}'), side(2, 800, 600)
    dated = [
        replace(part, side=replace(part.side, captured_first_at=at))
        for part, at in ((one, "2014-01-01T00:00:00"), (other, "2015-01-01T00:00:00"))
    ]
    first, second = (Merits.of(pair(*dated), place) for place in (0, 1))
    assert (first.more_exif, first.earlier) == (True, True)
    assert (second.more_exif, second.earlier) == (False, False)


def test_seconds_between_two_files_speak_for_neither() -> None:
    dated = [
        replace(part, side=replace(part.side, captured_first_at=at))
        for part, at in ((side(1, 8, 6), "2014-01-01T00:00:01"), (side(2, 8, 6), "2014-01-01T00:00:59"))
    ]
    assert not any(Merits.of(pair(*dated), place).earlier for place in (0, 1))
