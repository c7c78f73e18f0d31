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
    words_of,
)


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
    alike: Archive, one: dict[str, object], other: dict[str, object], words: str
) -> None:
    for image, said in ((ONE, one), (TWO, other)):
        if "date" in said:
            describing.describe(alike, [image], said)
        else:
            file_says(alike, image, **said)
    (told,) = recycling.of_image(alike, ONE)
    assert words_of(told) == [words]
    assert told.contradicts
    assert told.only_by_file


def test_a_file_that_was_taken_after_a_copy_was_published_contradicts(alike: Archive) -> None:
    file_says(alike, ONE, taken_at="2016-05-05T10:00:00")
    publish(alike, TWO, "2013-05-01")
    here = "taken 5 May 2016, as the file here says; published 1 May 2013 there before that"
    there = "published 1 May 2013 here; taken 5 May 2016 after that, as the file there says"
    assert found(alike) == [(TWO, "decided", [here])]
    assert found(alike, TWO) == [(ONE, "decided", [there])]
    publish(alike, ONE, "2014")
    assert found(alike)[0] == (
        ONE,
        "decided",
        ["taken 5 May 2016, as the file says; published 2014 before that"],
    )


def test_what_people_say_comes_before_what_only_a_file_says(alike: Archive) -> None:
    say(alike, ONE, date="2014")
    file_says(alike, TWO, taken_at="2016-05-05T10:00:00")
    say(alike, THREE, date="2017")
    assert [(one.other.image_id, one.only_by_file) for one in recycling.of_image(alike, ONE)] == [
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
def test_a_file_does_not_cry_wolf(alike: Archive, facts: dict[str, object]) -> None:
    file_says(alike, ONE, **facts)
    describing.describe(alike, [TWO], {"date": "2014-06-14", "latitude_e7": 363_000_000, "longitude_e7": 431_500_000})
    assert found(alike) == []


def test_who_dated_and_placed_an_image_knew_better_than_its_file(alike: Archive) -> None:
    for image in (ONE, TWO):
        file_says(alike, image, taken_at="2016-05-05T10:00:00", latitude_e7=335_000_000, longitude_e7=363_000_000)
    describing.describe(alike, [ONE], {"date": "2014", "latitude_e7": 363_000_000, "longitude_e7": 431_000_000})
    assert found(alike) == found(alike, TWO) == []


@pytest.mark.parametrize(
    "said", [{"kind": "screenshot"}, {"kind": "scan"}, {"generation": "screenshot_of_copy"}, {"mode": "screenshot"}]
)
def test_the_file_of_a_picture_of_a_picture_says_nothing_of_that(alike: Archive, said: dict[str, str]) -> None:
    file_says(alike, ONE, taken_at="2016-05-05T10:00:00")
    say(alike, TWO, date="2014")
    assert found(alike) != []
    if "mode" in said:
        capturing.change(alike, [CaptureId(1)], said)
    else:
        describing.describe(alike, [ONE], said)
    assert found(alike) == []


def test_the_file_of_what_shows_another_as_a_part_says_nothing_of_that(alike: Archive) -> None:
    four = add_alone(alike, 4)
    for image in (THREE, four):
        file_says(alike, image, taken_at=f"201{image}-05-05T10:00:00")
    part, _ = sorted((sha_of(3), sha_of(4)))
    find(alike, THREE, four, "contains", transform=Transform(0.5, 0, 0.2, 0, 0.5, 0.2))
    assert found(alike, four) == []
    say(alike, THREE if part == sha_of(4) else four, date="2016")
    assert len(found(alike, four)) == 1
    with alike.action("Decide"):
        relations.put(alike.db, from_sha256=sha_of(1), to_sha256=sha_of(2), kind="screenshot_of", evidence="", by="A")
    file_says(alike, ONE, taken_at="2016-05-05T10:00:00")
    file_says(alike, TWO, taken_at="2014-05-05T10:00:00")
    assert TWO not in {other for other, _, _ in found(alike)}


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
    alike: Archive, precision: str, longitude_e7: int, reported: bool
) -> None:
    place: dict[str, object] = {"latitude_e7": 363_000_000, "place_precision": precision}
    describing.describe(alike, [ONE], place | {"longitude_e7": 431_000_000})
    describing.describe(alike, [TWO], place | {"longitude_e7": longitude_e7})
    assert bool(found(alike)) is reported
