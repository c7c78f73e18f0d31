"""What files say of themselves, and where people placed pictures, contradicts only where it can be relied on."""

import pytest

from core import capturing, describing, recycling
from core.archive import Archive
from core.records import CaptureId
from core.store import relations
from core.transforms import Transform
from tests.core.filling import sha_of
from tests.core.saying_of_copies import (
    ONE,
    THREE,
    TWO,
    add_alone,
    file_says,
    find,
    found,
    publish,
    say,
    stock,
    words_of,
)


@pytest.fixture
def stocked(new: Archive) -> Archive:
    """Three images, see ``stock``."""
    stock(new)
    return new


@pytest.mark.parametrize(
    ("one", "other", "words"),
    [
        (
            {"taken_at": "2016-05-05T10:00:00"},
            {"date": "2014"},
            "taken 5 May 2016, as the file here says; dated 2014 there",
        ),
        (
            {"date": "2014"},
            {"taken_at": "2016-05-05T10:00:00"},
            "dated 2014 here; taken 5 May 2016, as the file there says",
        ),
        (
            {"taken_at": "2016-05-05T10:00:00"},
            {"taken_at": "2014-06-14T10:00:00+03:00"},
            "taken 5 May 2016 here, 14 June 2014 there, as the files say",
        ),
        (
            {"latitude_e7": 363_000_000, "longitude_e7": 431_000_000},
            {"latitude_e7": 335_000_000, "longitude_e7": 363_000_000},
            "at 36.3, 43.1 here, at 33.5, 36.3 there, as far as a file says",
        ),
    ],
)
def test_what_a_file_says_is_compared_as_a_claim(
    stocked: Archive, one: dict[str, object], other: dict[str, object], words: str
) -> None:
    for image, said in ((ONE, one), (TWO, other)):
        if "date" in said:
            describing.describe(stocked, [image], said)
        else:
            file_says(stocked, image, **said)
    (told,) = recycling.of_image(stocked, ONE)
    assert words_of(told) == [words]
    assert told.contradicts
    assert told.only_by_file


def test_a_file_that_was_taken_after_a_copy_was_published_contradicts(stocked: Archive) -> None:
    file_says(stocked, ONE, taken_at="2016-05-05T10:00:00")
    publish(stocked, TWO, "2013-05-01")
    here = "taken 5 May 2016, as the file here says; published 1 May 2013 there before that"
    there = "published 1 May 2013 here; taken 5 May 2016 after that, as the file there says"
    assert found(stocked) == [(TWO, "decided", [here])]
    assert found(stocked, TWO) == [(ONE, "decided", [there])]
    publish(stocked, ONE, "2014")
    assert found(stocked)[0] == (
        ONE,
        "decided",
        ["taken 5 May 2016, as the file says; published 2014 before that"],
    )


def test_what_people_say_comes_before_what_only_a_file_says(stocked: Archive) -> None:
    say(stocked, ONE, date="2014")
    file_says(stocked, TWO, taken_at="2016-05-05T10:00:00")
    say(stocked, THREE, date="2017")
    assert [(one.other.image_id, one.only_by_file) for one in recycling.of_image(stocked, ONE)] == [
        (THREE, False),
        (TWO, True),
    ]


@pytest.mark.parametrize(
    "facts",
    [
        {"taken_at": "2014-06-15T01:00:00"},  # another zone
        {"taken_at": "2020-01-01T00:03:00"},  # where clocks begin
        {"taken_at": "1980-05-05T10:00:00"},
        {"taken_at": "2999-05-05T10:00:00"},  # after the import
        {"taken_at": "2016"},
        {"taken_at": "2016-05-05T10:00:00", "exif": '{"Exif": {"UserComment": {"hex": "53637265656e73686f74"}}}'},
        {"latitude_e7": 0, "longitude_e7": 0},
        {"latitude_e7": 363_000_000, "longitude_e7": 430_000_000},
    ],
)
def test_a_file_does_not_cry_wolf(stocked: Archive, facts: dict[str, object]) -> None:
    file_says(stocked, ONE, **facts)
    describing.describe(stocked, [TWO], {"date": "2014-06-14", "latitude_e7": 363_000_000, "longitude_e7": 431_500_000})
    assert found(stocked) == []


def test_who_dated_and_placed_an_image_knew_better_than_its_file(stocked: Archive) -> None:
    for image in (ONE, TWO):
        file_says(stocked, image, taken_at="2016-05-05T10:00:00", latitude_e7=335_000_000, longitude_e7=363_000_000)
    describing.describe(stocked, [ONE], {"date": "2014", "latitude_e7": 363_000_000, "longitude_e7": 431_000_000})
    assert found(stocked) == found(stocked, TWO) == []


@pytest.mark.parametrize(
    "said", [{"kind": "screenshot"}, {"kind": "scan"}, {"generation": "screenshot_of_copy"}, {"mode": "screenshot"}]
)
def test_the_file_of_a_picture_of_a_picture_says_nothing_of_that(stocked: Archive, said: dict[str, str]) -> None:
    file_says(stocked, ONE, taken_at="2016-05-05T10:00:00")
    say(stocked, TWO, date="2014")
    assert found(stocked) != []
    if "mode" in said:
        capturing.change(stocked, [CaptureId(1)], said)
    else:
        describing.describe(stocked, [ONE], said)
    assert found(stocked) == []


def test_the_file_of_what_shows_another_as_a_part_says_nothing_of_that(stocked: Archive) -> None:
    four = add_alone(stocked, 4)
    for image in (THREE, four):
        file_says(stocked, image, taken_at=f"201{image}-05-05T10:00:00")
    part, _ = sorted((sha_of(3), sha_of(4)))
    find(stocked, THREE, four, "contains", transform=Transform(0.5, 0, 0.2, 0, 0.5, 0.2))
    assert found(stocked, four) == []
    say(stocked, THREE if part == sha_of(4) else four, date="2016")
    assert len(found(stocked, four)) == 1
    with stocked.action("Decide"):
        relations.put(stocked.db, from_sha256=sha_of(1), to_sha256=sha_of(2), kind="screenshot_of", evidence="", by="A")
    file_says(stocked, ONE, taken_at="2016-05-05T10:00:00")
    file_says(stocked, TWO, taken_at="2014-05-05T10:00:00")
    assert TWO not in {other for other, _, _ in found(stocked)}


@pytest.mark.parametrize(
    ("precision", "longitude_e7", "reported"),
    [
        ("exact_10m", 431_500_000, True),
        ("exact_10m", 431_100_000, False),
        ("locality_1km", 433_500_000, True),
        ("locality_1km", 432_000_000, False),
        ("district", 442_000_000, False),
        ("", 434_000_000, False),
        ("", 440_000_000, True),
        ("country_only", 0, False),
        ("unknown", 0, False),
    ],
)
def test_positions_that_people_gave_are_compared_as_precisely_as_they_are_meant(
    stocked: Archive, precision: str, longitude_e7: int, reported: bool
) -> None:
    place: dict[str, object] = {"latitude_e7": 363_000_000, "place_precision": precision}
    describing.describe(stocked, [ONE], place | {"longitude_e7": 431_000_000})
    describing.describe(stocked, [TWO], place | {"longitude_e7": longitude_e7})
    assert bool(found(stocked)) is reported
