"""A picture shown again as another time or place is reported, and nothing else is."""

import pytest

from core import capturing, describing, recycling, sourcing
from core.archive import Archive
from core.records import CaptureId, ImageId, Match, Place
from core.recycling import Recycled
from core.store import cache, following, images, relations, terms
from core.store.journal import new_step
from core.vocabularies import Term
from tests.core.filling import add_image, sha_of

ONE, TWO, THREE = ImageId(1), ImageId(2), ImageId(3)


@pytest.fixture
def stocked(new: Archive) -> Archive:
    """Three images: 1 and 2 decided to be the same picture, 3 found mirrored to 1; places: a town in a region."""
    with new.action("Stock"):
        for number in (1, 2, 3):
            add_image(new, number)
        relations.put(new.db, from_sha256=sha_of(1), to_sha256=sha_of(2), kind="same_picture", evidence="", by="Ada")
        terms.add(new.db, "place", 0, Term("region", "Nineveh"))
        terms.add(new.db, "place", 1, Term("town", "Tal Afar", "region"))
        terms.add(new.db, "place", 2, Term("elsewhere", "Aleppo"))
    pair = sorted([sha_of(1), sha_of(3)])
    cache.add_matches(new.db, [Match(pair[0], pair[1], "mirrored", 2)])
    following.refresh(new.db, pair)
    return new


def say(archive: Archive, image: ImageId, **said: str) -> None:
    describing.describe(archive, [image], said)


def publish(archive: Archive, image: ImageId, given: str, source: str = "") -> None:
    said = {"published_as_given": given}
    if source:
        said["source_id"] = sourcing.add(archive, {"account": source})
    capturing.change(archive, [CaptureId(image)], said)


def found(archive: Archive, image: ImageId = ONE) -> list[tuple[int, str, list[str]]]:
    return [(one.other.image_id, one.how, _words(one)) for one in recycling.of_image(archive, image)]


def _words(one: Recycled) -> list[str]:
    return [difference.words for difference in one.differences]


def test_two_dates_that_cannot_both_be_true_are_told_with_both_values(stocked: Archive) -> None:
    say(stocked, ONE, date="2016", country="SYR")
    say(stocked, TWO, date="2014-06", country="IRQ")
    words = ["dated 2016 here, June 2014 there", "seen in Syria here, in Iraq there"]
    assert found(stocked) == [(TWO, "same_picture", words)]
    assert found(stocked, TWO) == [
        (ONE, "same_picture", ["dated June 2014 here, 2016 there", "seen in Iraq here, in Syria there"])
    ]


def test_a_match_that_is_not_decided_counts_until_it_is_decided_against(stocked: Archive) -> None:
    say(stocked, ONE, date="2016")
    say(stocked, THREE, date="2014")
    assert found(stocked) == [(THREE, "mirrored", ["dated 2016 here, 2014 there"])]
    with stocked.action("Decide"):
        relations.put(stocked.db, from_sha256=sha_of(1), to_sha256=sha_of(3), kind="not_related", evidence="", by="A")
    assert found(stocked) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"date": "2014"}, {"date": "2014-06-14"}),
        ({"date": "2014-06~"}, {"date": "2014-07"}),
        ({"date": "2014/.."}, {"date": "2020"}),
        ({"date": "2014"}, {"country": "IRQ"}),
        ({"country": "SUHH"}, {"country": "UKR"}),
        ({"country": "YUCS"}, {"country": "x-KOY"}),
        ({"country": "x-UNK"}, {"country": "IRQ"}),
        ({"country": "XKX"}, {"country": "SRB"}),
        ({"place": "region"}, {"place": "town"}),
    ],
)
def test_what_can_both_be_true_is_not_reported(stocked: Archive, one: dict[str, str], other: dict[str, str]) -> None:
    say(stocked, ONE, **one)
    say(stocked, TWO, **other)
    assert found(stocked) == []


def test_places_that_lie_apart_are_reported(stocked: Archive) -> None:
    say(stocked, ONE, place="town")
    say(stocked, TWO, place="elsewhere")
    assert found(stocked) == [(TWO, "same_picture", ["at Tal Afar here, at Aleppo there"])]


def test_a_publication_before_the_date_given_is_reported_on_both_sides(stocked: Archive) -> None:
    say(stocked, ONE, date="2016-03")
    publish(stocked, TWO, "2013-05-01", "Channel A")
    words = "published 1 May 2013 (Channel A) there, before the date given here: March 2016"
    assert found(stocked) == [(TWO, "same_picture", [words])]
    words = "published 1 May 2013 (Channel A) here, before the date given there: March 2016"
    assert found(stocked, TWO) == [(ONE, "same_picture", [words])]


def test_a_publication_after_the_date_contradicts_nothing(stocked: Archive) -> None:
    say(stocked, ONE, date="2013")
    publish(stocked, TWO, "2016-05-01", "Channel B")
    publish(stocked, ONE, "2013-05-01")
    assert found(stocked) == []


@pytest.mark.parametrize(("given", "reported"), [("2016-03-01T01:00:00+03:00", False), ("2016-02-28", True)])
def test_a_time_zone_makes_no_contradiction(stocked: Archive, given: str, reported: bool) -> None:
    say(stocked, ONE, date="2016-03-01")
    publish(stocked, TWO, given)
    assert bool(found(stocked)) is reported


def test_what_was_open_to_the_end_does_not_say_since_when_it_was_there(stocked: Archive) -> None:
    say(stocked, ONE, date="2016")
    publish(stocked, TWO, "2013/..")
    assert found(stocked) == []


def test_an_image_can_contradict_itself(stocked: Archive) -> None:
    say(stocked, ONE, date="2016")
    capturing.change(stocked, [CaptureId(1)], {"collected_at": "2013"})
    assert found(stocked) == [(ONE, "same_picture", ["collected 2013, before the date given: 2016"])]


def test_another_source_alone_is_told_in_milder_words(stocked: Archive) -> None:
    publish(stocked, ONE, "", "Channel A")
    publish(stocked, TWO, "", "Channel B")
    (one,) = recycling.of_image(stocked, ONE)
    assert _words(one) == ["from Channel A here, also published by Channel B"]
    assert not one.contradicts
    say(stocked, ONE, date="2014")
    say(stocked, TWO, date="2016")
    (one,) = recycling.of_image(stocked, ONE)
    assert one.contradicts


def test_an_image_of_which_nobody_said_anything_has_no_report(stocked: Archive) -> None:
    say(stocked, TWO, date="2014")
    assert found(stocked) == []
    assert found(stocked, ImageId(99)) == []


def collect_again(archive: Archive, step: str, *ids: ImageId) -> None:
    with archive.action("Import", step=step):
        for image in ids:
            images.add_capture(archive.db, image, Place(f"/{step}"), "2014-06-14T12:00:00.000Z")


def test_after_an_import_each_pair_of_its_images_is_told_once(stocked: Archive) -> None:
    say(stocked, ONE, date="2016")
    say(stocked, TWO, date="2014")
    publish(stocked, THREE, "", "Channel B")
    publish(stocked, ONE, "", "Channel A")
    both, alone = new_step(), new_step()
    collect_again(stocked, both, ONE, TWO, THREE)
    collect_again(stocked, alone, THREE)
    assert [(one.own.image_id, one.other.image_id) for one in recycling.after_import(stocked, both)] == [(ONE, TWO)]
    assert recycling.after_import(stocked, alone) == []
    assert recycling.after_import(stocked, new_step()) == []
