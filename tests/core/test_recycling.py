"""A picture shown again as another time or place is reported, and nothing else is."""

import pytest

from core import capturing, recycling
from core.archive import Archive
from core.records import CaptureId, ImageId, Place
from core.store import images, relations
from core.store.journal import new_step
from tests.core.filling import sha_of
from tests.core.saying_of_copies import (
    ONE,
    THREE,
    TWO,
    add_alone,
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


def test_two_dates_that_cannot_both_be_true_are_told_with_both_values(stocked: Archive) -> None:
    say(stocked, ONE, date="2016", country="SYR")
    say(stocked, TWO, date="2014-06", country="IRQ")
    words = ["dated 2016 here, June 2014 there", "seen in Syria here, in Iraq there"]
    assert found(stocked) == [(TWO, "decided", words)]
    assert found(stocked, TWO) == [
        (ONE, "decided", ["dated June 2014 here, 2016 there", "seen in Iraq here, in Syria there"])
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
    assert found(stocked) == [(TWO, "decided", ["at Tal Afar here, at Aleppo there"])]


def test_a_publication_before_the_date_given_is_reported_on_both_sides(stocked: Archive) -> None:
    say(stocked, ONE, date="2016-03")
    publish(stocked, TWO, "2013-05-01", "Channel A")
    words = "published 1 May 2013 (Channel A) there, before the date given here: March 2016"
    assert found(stocked) == [(TWO, "decided", [words])]
    words = "published 1 May 2013 (Channel A) here, before the date given there: March 2016"
    assert found(stocked, TWO) == [(ONE, "decided", [words])]


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
    assert found(stocked) == [(ONE, "decided", ["collected 2013, before the date given: 2016"])]


def test_another_source_alone_is_told_in_milderwords_of(stocked: Archive) -> None:
    publish(stocked, ONE, "", "Channel A")
    publish(stocked, TWO, "", "Channel B")
    (one,) = recycling.of_image(stocked, ONE)
    assert words_of(one) == ["from Channel A here, also published by Channel B"]
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
    found = recycling.after_import(stocked, both)
    assert [(one.own.image_id, one.other.image_id, one.contradicts) for one in found] == [
        (ONE, TWO, True),
        (ONE, THREE, False),
    ]
    assert [one.contradicts for one in recycling.after_import(stocked, alone)] == [False]
    assert recycling.after_import(stocked, new_step()) == []


@pytest.mark.parametrize("kind", ["same_scene", "same_object", "same_place", "unconfirmed"])
def test_what_is_no_same_picture_contradicts_nothing(stocked: Archive, kind: str) -> None:
    say(stocked, TWO, date="2016")
    say(stocked, THREE, date="2014")
    find(stocked, TWO, THREE, kind)
    assert (THREE, kind) not in {one[:2] for one in found(stocked, TWO)}
    assert recycling.after_search(stocked).recycled == ()


@pytest.mark.parametrize("kind", ["same_picture", "crop", "contains", "rotated", "near"])
def test_a_part_of_an_older_picture_counts_as_any_copy(stocked: Archive, kind: str) -> None:
    four = add_alone(stocked, 4)
    say(stocked, THREE, date="2014")
    say(stocked, four, date="2016")
    find(stocked, THREE, four, kind)
    assert (THREE, kind, ["dated 2016 here, 2014 there"]) in found(stocked, four)


def test_what_is_said_of_the_others_of_a_copys_group_counts_as_well(stocked: Archive) -> None:
    four = add_alone(stocked, 4)
    say(stocked, TWO, date="2014")
    say(stocked, four, date="2016")
    find(stocked, ONE, four, "crop")
    assert found(stocked, four) == [(TWO, "crop", ["dated 2016 here, 2014 there"])]
    with stocked.action("Decide"):
        relations.put(stocked.db, from_sha256=sha_of(4), to_sha256=sha_of(2), kind="not_related", evidence="", by="A")
    assert found(stocked, four) == []


def test_nothing_can_show_what_came_after_its_copy_was_imported(stocked: Archive) -> None:
    with stocked.action("Import"):
        stocked.db.conn.execute("UPDATE capture SET imported_at = '2023-05-03T10:00:00.000Z' WHERE image_id = 2")
    say(stocked, ONE, date="2025-06")
    assert found(stocked) == [(TWO, "decided", ["imported 3 May 2023 there, before the date given here: June 2025"])]


def test_an_image_that_is_removed_while_copies_are_looked_up_is_passed_over(stocked: Archive) -> None:
    four = add_alone(stocked, 4)
    find(stocked, ONE, four, "crop")
    left = [stocked.undo]

    def on_statement(sql: str) -> None:
        if left and sql.startswith("SELECT sha256, id FROM image"):
            left.pop()()

    with Archive.open(stocked.folder, read_only=True) as reading:
        reading.db.conn.set_trace_callback(on_statement)
        assert recycling.of_image(reading, ONE) == []
        assert left == []
