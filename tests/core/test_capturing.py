"""What is said of captures is checked, kept as it was written, and can be undone."""

import pytest

from core import capturing, sourcing
from core.archive import Archive
from core.errors import Refused
from core.records import Capture, CaptureId, ImageId
from core.store import images, rows
from tests.core.filling import add_image

FIRST, SECOND = CaptureId(1), CaptureId(2)


@pytest.fixture
def stocked(new: Archive) -> Archive:
    """Two images with one capture each, of the same numbers."""
    with new.action("Stock"):
        for number in (1, 2):
            add_image(new, number)
    return new


def capture(archive: Archive, capture_id: CaptureId = FIRST) -> Capture:
    return images.captures_by_id(archive.db, [capture_id])[capture_id]


def test_several_captures_take_the_same_values_in_one_step(stocked: Archive) -> None:
    source = sourcing.add(stocked, {"account": "@arms"})
    capturing.change(stocked, [FIRST, SECOND], {"source_id": source, "mode": "downloaded", "collector": "Ada"})
    assert stocked.undo_label == "Change 2 captures: source @arms, mode downloaded, collector"
    assert {capture(stocked, one).source_id for one in (FIRST, SECOND)} == {source}
    stocked.undo()
    assert capture(stocked).source_id is None


@pytest.mark.parametrize(
    ("given", "at"),
    [
        ("2014-06-14T01:30:00+03:00", "2014-06-13T22:30:00Z"),
        ("2014-06-14 01:30 +0300", "2014-06-13T22:30:00Z"),
        ("2014-06-14T12:00:05.25Z", "2014-06-14T12:00:05Z"),
        ("2014-06-14T12:00:00", "2014-06-14"),
        ("June 2014", "2014-06"),
        ("2014-05/2014-06", "2014-05/2014-06"),
        ("shortly after the battle", ""),
        ("2014-02-30T01:30:00+03:00", ""),
        ("", ""),
    ],
)
def test_a_publication_is_kept_as_given_and_read_where_it_can_be(stocked: Archive, given: str, at: str) -> None:
    capturing.change(stocked, [FIRST], {"published_as_given": given})
    assert (capture(stocked).published_as_given, capture(stocked).published_at) == (given, at)


def test_a_time_of_publication_that_is_said_itself_stands(stocked: Archive) -> None:
    capturing.change(stocked, [FIRST], {"published_as_given": "yesterday", "published_at": "2014-06-14T10:00:00+02:00"})
    assert capture(stocked).published_at == "2014-06-14T08:00:00Z"


def test_the_time_of_publication_follows_the_text_that_it_was_read_from(stocked: Archive) -> None:
    capturing.change(stocked, [FIRST], {"published_as_given": "June 2014"})
    capturing.change(stocked, [FIRST], {"published_as_given": "July 2014"})
    assert capture(stocked).published_at == "2014-07"
    capturing.change(stocked, [FIRST], {"published_as_given": "juillet 2014, le soir"})
    assert capture(stocked).published_at == "2014-07"
    stocked.undo()
    capturing.change(stocked, [FIRST], {"published_as_given": ""})
    assert capture(stocked).published_at == ""


@pytest.mark.parametrize("given", ["shortly after the battle", "July 2014", ""])
def test_a_time_of_publication_that_was_said_by_hand_outlives_a_corrected_text(stocked: Archive, given: str) -> None:
    capturing.change(stocked, [FIRST], {"published_as_given": "yesterday", "published_at": "2014-06-14"})
    capturing.change(stocked, [FIRST, SECOND], {"published_as_given": given})
    assert capture(stocked).published_at == "2014-06-14"
    assert capture(stocked, SECOND).published_at == capturing.published(given)


def test_an_address_is_kept_as_it_was_written(stocked: Archive) -> None:
    written = "t.me/arms/12?single#не ссылка"
    capturing.change(stocked, [FIRST], {"source_url": f" {written} "})
    assert capture(stocked).source_url == written


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"collected_at": "some day"}, "cannot be read as a date"),
        ({"archived_at": "2014-02-30"}, "no date of the calendar"),
        ({"mode": "stolen"}, "no mode of capture"),
        ({"source_id": 7}, "not in the archive"),
        ({"source_url": "https://example.org/\x1b[31m"}, "control characters"),
        ({"path": "/etc"}, "no field “path”"),
    ],
)
def test_what_cannot_be_said_of_a_capture_is_refused(stocked: Archive, said: dict[str, str], words: str) -> None:
    with pytest.raises(Refused, match=words):
        capturing.change(stocked, [FIRST], said)


def test_a_capture_that_is_gone_is_refused(stocked: Archive) -> None:
    with pytest.raises(Refused, match="Not all of these captures"):
        capturing.change(stocked, [FIRST, CaptureId(99)], {"note": "x"})


def test_a_capture_by_hand_has_no_file_and_can_be_removed(stocked: Archive) -> None:
    added = capturing.add(stocked, ImageId(1), {"source_url": "https://example.org", "note": ""})
    assert capture(stocked, added).place.text == ""
    assert stocked.undo_label == "Add a capture by hand"
    capturing.remove(stocked, added)
    assert [one.id for one in images.captures(stocked.db, [ImageId(1)])[ImageId(1)]] == [FIRST]


def test_a_capture_with_a_file_is_never_removed(stocked: Archive) -> None:
    with pytest.raises(Refused, match="has a file, so it stays"):
        capturing.remove(stocked, FIRST)


def test_a_capture_by_hand_says_something_of_an_image_that_is_there(stocked: Archive) -> None:
    with pytest.raises(Refused, match="at least one thing"):
        capturing.add(stocked, ImageId(1), {"note": ""})
    with pytest.raises(Refused, match="not in the archive"):
        capturing.add(stocked, ImageId(9), {"note": "x"})


def test_images_are_put_under_a_source_by_their_newest_captures(stocked: Archive) -> None:
    source = sourcing.add(stocked, {"account": "@arms"})
    newest = capturing.add(stocked, ImageId(1), {"note": "again"})
    with stocked.action("Lose"):
        stocked.db.conn.execute("DELETE FROM capture WHERE id = ?", (SECOND,))
    capturing.put_under(stocked, [ImageId(1), ImageId(2)], source)
    assert stocked.undo_label == "Source of 2 images: @arms"
    held = images.captures(stocked.db, [ImageId(1), ImageId(2)])
    assert [(one.id, one.source_id) for one in held[ImageId(1)]] == [(FIRST, None), (newest, source)]
    assert [one.source_id for one in held[ImageId(2)]] == [source]


def test_captures_of_an_image_that_is_coded_blind_stay_as_they_are(stocked: Archive) -> None:
    source = sourcing.add(stocked, {"account": "@arms"})
    with stocked.action("Code"):
        coded = rows.insert(stocked.db, "coding_set", {"name": "Pilot", "note": "", "author": "A", "created_at": "now"})
        rows.insert(stocked.db, "set_member", {"set_id": coded, "image_id": 1})
        rows.insert(stocked.db, "coding", {"set_id": coded, "coder": "Grace"})
    for attempt in (
        lambda: capturing.change(stocked, [FIRST], {"note": "x"}),
        lambda: capturing.add(stocked, ImageId(1), {"note": "x"}),
        lambda: capturing.put_under(stocked, [ImageId(1)], source),
    ):
        with pytest.raises(Refused, match="coded blind"):
            attempt()
