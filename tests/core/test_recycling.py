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
    words_of,
)


def test_two_dates_that_cannot_both_be_true_are_told_with_both_values(alike: Archive) -> None:
    say(alike, ONE, date="2016", country="SYR")
    say(alike, TWO, date="2014-06", country="IRQ")
    words = ["dated 2016 here, June 2014 there", "seen in Syria here, in Iraq there"]
    assert found(alike) == [(TWO, "decided", words)]
    assert found(alike, TWO) == [
        (ONE, "decided", ["dated June 2014 here, 2016 there", "seen in Iraq here, in Syria there"])
    ]


def test_a_match_that_is_not_decided_counts_until_it_is_decided_against(alike: Archive) -> None:
    say(alike, ONE, date="2016")
    say(alike, THREE, date="2014")
    assert found(alike) == [(THREE, "mirrored", ["dated 2016 here, 2014 there"])]
    with alike.action("Decide"):
        relations.put(alike.db, from_sha256=sha_of(1), to_sha256=sha_of(3), kind="not_related", evidence="", by="A")
    assert found(alike) == []


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
def test_what_can_both_be_true_is_not_reported(alike: Archive, one: dict[str, str], other: dict[str, str]) -> None:
    say(alike, ONE, **one)
    say(alike, TWO, **other)
    assert found(alike) == []


def test_places_that_lie_apart_are_reported(alike: Archive) -> None:
    say(alike, ONE, place="town")
    say(alike, TWO, place="elsewhere")
    assert found(alike) == [(TWO, "decided", ["at Tal Afar here, at Aleppo there"])]


def test_a_publication_before_the_date_given_is_reported_on_both_sides(alike: Archive) -> None:
    say(alike, ONE, date="2016-03")
    publish(alike, TWO, "2013-05-01", "Channel A")
    words = "published 1 May 2013 (Channel A) there, before the date given here: March 2016"
    assert found(alike) == [(TWO, "decided", [words])]
    words = "published 1 May 2013 (Channel A) here, before the date given there: March 2016"
    assert found(alike, TWO) == [(ONE, "decided", [words])]


def test_a_publication_after_the_date_contradicts_nothing(alike: Archive) -> None:
    say(alike, ONE, date="2013")
    publish(alike, TWO, "2016-05-01", "Channel B")
    publish(alike, ONE, "2013-05-01")
    assert found(alike) == []


@pytest.mark.parametrize(("given", "reported"), [("2016-03-01T01:00:00+03:00", False), ("2016-02-28", True)])
def test_a_time_zone_makes_no_contradiction(alike: Archive, given: str, reported: bool) -> None:
    say(alike, ONE, date="2016-03-01")
    publish(alike, TWO, given)
    assert bool(found(alike)) is reported


def test_what_was_open_to_the_end_does_not_say_since_when_it_was_there(alike: Archive) -> None:
    say(alike, ONE, date="2016")
    publish(alike, TWO, "2013/..")
    assert found(alike) == []


def test_an_image_can_contradict_itself(alike: Archive) -> None:
    say(alike, ONE, date="2016")
    capturing.change(alike, [CaptureId(1)], {"collected_at": "2013"})
    assert found(alike) == [(ONE, "decided", ["collected 2013, before the date given: 2016"])]


def test_another_source_alone_is_told_in_milderwords_of(alike: Archive) -> None:
    publish(alike, ONE, "", "Channel A")
    publish(alike, TWO, "", "Channel B")
    (one,) = recycling.of_image(alike, ONE)
    assert words_of(one) == ["from Channel A here, also published by Channel B"]
    assert not one.contradicts
    say(alike, ONE, date="2014")
    say(alike, TWO, date="2016")
    (one,) = recycling.of_image(alike, ONE)
    assert one.contradicts


def test_an_image_of_which_nobody_said_anything_has_no_report(alike: Archive) -> None:
    say(alike, TWO, date="2014")
    assert found(alike) == []
    assert found(alike, ImageId(99)) == []


def collect_again(archive: Archive, step: str, *ids: ImageId) -> None:
    with archive.action("Import", step=step):
        for image in ids:
            images.add_capture(archive.db, image, Place(f"/{step}"), "2014-06-14T12:00:00.000Z")


def test_after_an_import_each_pair_of_its_images_is_told_once(alike: Archive) -> None:
    say(alike, ONE, date="2016")
    say(alike, TWO, date="2014")
    publish(alike, THREE, "", "Channel B")
    publish(alike, ONE, "", "Channel A")
    both, alone = new_step(), new_step()
    collect_again(alike, both, ONE, TWO, THREE)
    collect_again(alike, alone, THREE)
    found = recycling.after_import(alike, both)
    assert [(one.own.image_id, one.other.image_id, one.contradicts) for one in found] == [
        (ONE, TWO, True),
        (ONE, THREE, False),
    ]
    assert [one.contradicts for one in recycling.after_import(alike, alone)] == [False]
    assert recycling.after_import(alike, new_step()) == []


@pytest.mark.parametrize("kind", ["same_scene", "same_object", "same_place", "unconfirmed"])
def test_what_is_no_same_picture_contradicts_nothing(alike: Archive, kind: str) -> None:
    say(alike, TWO, date="2016")
    say(alike, THREE, date="2014")
    find(alike, TWO, THREE, kind)
    assert (THREE, kind) not in {one[:2] for one in found(alike, TWO)}
    assert recycling.after_search(alike).recycled == ()


@pytest.mark.parametrize("kind", ["same_picture", "crop", "contains", "rotated", "near"])
def test_a_part_of_an_older_picture_counts_as_any_copy(alike: Archive, kind: str) -> None:
    four = add_alone(alike, 4)
    say(alike, THREE, date="2014")
    say(alike, four, date="2016")
    find(alike, THREE, four, kind)
    assert (THREE, kind, ["dated 2016 here, 2014 there"]) in found(alike, four)


def test_what_is_said_of_the_others_of_a_copys_group_counts_as_well(alike: Archive) -> None:
    four = add_alone(alike, 4)
    say(alike, TWO, date="2014")
    say(alike, four, date="2016")
    find(alike, ONE, four, "crop")
    assert found(alike, four) == [(TWO, "crop", ["dated 2016 here, 2014 there"])]
    with alike.action("Decide"):
        relations.put(alike.db, from_sha256=sha_of(4), to_sha256=sha_of(2), kind="not_related", evidence="", by="A")
    assert found(alike, four) == []


def test_nothing_can_show_what_came_after_its_copy_was_imported(alike: Archive) -> None:
    with alike.action("Import"):
        alike.db.conn.execute("UPDATE capture SET imported_at = '2023-05-03T10:00:00.000Z' WHERE image_id = 2")
    say(alike, ONE, date="2025-06")
    assert found(alike) == [(TWO, "decided", ["imported 3 May 2023 there, before the date given here: June 2025"])]


def test_an_image_that_is_removed_while_copies_are_looked_up_is_passed_over(alike: Archive) -> None:
    four = add_alone(alike, 4)
    find(alike, ONE, four, "crop")
    left = [alike.undo]

    def on_statement(sql: str) -> None:
        if left and sql.startswith("SELECT sha256, id FROM image"):
            left.pop()()

    with Archive.open(alike.folder, read_only=True) as reading:
        reading.db.conn.set_trace_callback(on_statement)
        assert recycling.of_image(reading, ONE) == []
        assert left == []
