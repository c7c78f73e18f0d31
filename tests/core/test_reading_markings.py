"""Finding markings again: by part of a serial, in the search, and when another reading fits."""

import pytest

from core import analysis, duplicates, identifying, reading_markings, search, sighting_details
from core.archive import Archive
from core.claims import Marking
from core.errors import Refused
from core.records import ImageId, Query, SightingId
from tests.core.blind import begin_coding
from tests.core.filling import add_image, sha_of


@pytest.fixture
def seen(new: Archive) -> list[SightingId]:
    """A sighting in each of four images; serials are read on the first three."""
    with new.action("Import 4 images"):
        ids = [add_image(new, number) for number in range(4)]
    found = [sighting_details.add(new, image_id) for image_id in ids]
    for sighting_id, text in zip(found, ("АБ 12345", "?2345", "1976"), strict=False):
        identifying.add(new, sighting_id, Marking(text, kind="year" if text == "1976" else "serial"))
    return found


def found(archive: Archive, text: str) -> list[int]:
    return list(search.find(archive, search.parse(archive, text)))


def test_part_of_a_serial_finds_where_it_was_read_best_first(new: Archive, seen: list[SightingId]) -> None:
    hits = reading_markings.find_markings(new, "12345")
    assert [(one.marking.text, one.sighting_id, one.image_id, one.quality) for one in hits] == [
        ("?2345", seen[1], ImageId(2), "fits"),
        ("АБ 12345", seen[0], ImageId(1), "contains"),
    ]
    assert reading_markings.find_markings(new, "99") == []


def test_marking_finds_images_by_partial_serials(new: Archive, seen: list[SightingId]) -> None:
    assert found(new, "marking:2345") == [1, 2]
    assert found(new, 'marking:"АБ 1?345"') == [1]
    assert found(new, "marking:*345 marking:аб") == [1]
    assert found(new, "marking:76 state:decoded") == [3]
    assert found(new, "marking:0000") == []


def test_a_marking_on_one_copy_finds_the_others_too(new: Archive, seen: list[SightingId]) -> None:
    duplicates.decide(new, from_sha256=sha_of(0), to_sha256=sha_of(3), verdict="same_picture")
    assert found(new, "marking:АБ12345") == [1, 4]


def test_a_marking_looked_for_reads_back_and_can_be_left_out(new: Archive, seen: list[SightingId]) -> None:
    query = search.parse(new, 'rifle marking:"АБ  12？45"')
    assert query == Query(("rifle",), markings=("АБ 12?45",))
    assert search.parse(new, analysis.query_text(query)) == query
    assert search.parts(new, query)[-1] == ("marking: АБ 12?45", Query(("rifle",)))


@pytest.mark.parametrize(
    ("text", "words"), [("marking:??", "needs some characters"), ("-marking:12", "not understood")]
)
def test_a_marking_without_characters_or_with_a_minus_is_refused(new: Archive, text: str, words: str) -> None:
    with pytest.raises(Refused, match=words):
        search.parse(new, text)


def test_an_earlier_reading_that_fits_a_new_one_is_named(new: Archive, seen: list[SightingId]) -> None:
    def fitting(text: str, kind: str = "serial") -> list[str]:
        held = reading_markings.fitting_markings(new, Marking(text, kind=kind), but=seen[3])
        return [one.marking.text for one in held]

    assert fitting("12345") == ["?2345"]
    assert fitting("I2345") == ["?2345"]
    assert fitting("АБ ?2345") == ["АБ 12345"]
    assert fitting("АБ 12345", kind="") == ["АБ 12345"]
    assert fitting("2345") == []  # a part of a serial is another serial
    assert fitting("1976", kind="year") == []
    assert fitting("1976") == []  # it was read as a year
    assert fitting("1?*") == []  # too little was read
    assert fitting("12345", kind="lot") == []


def test_a_reading_does_not_fit_itself_or_its_own_sighting(new: Archive, seen: list[SightingId]) -> None:
    (hit,) = reading_markings.find_markings(new, "АБ 12345")
    assert reading_markings.fitting_markings(new, hit.marking) == []
    assert reading_markings.fitting_markings(new, Marking("АБ 12345", kind="serial"), but=seen[0]) == []


def test_what_is_read_in_a_blind_coding_is_found_by_its_coder_alone(new: Archive, seen: list[SightingId]) -> None:
    begin_coding(new, [ImageId(4)], "Grace", "Mary")
    new.actor = "Grace"
    own = sighting_details.add(new, ImageId(4))
    identifying.add(new, own, Marking("777888", kind="serial"))
    assert [one.sighting_id for one in reading_markings.find_markings(new, "777888")] == [own]
    new.actor = "Mary"
    assert reading_markings.find_markings(new, "777888") == []
    assert found(new, "marking:777888") == []


def test_what_was_read_since_is_found_and_what_was_undone_is_not(new: Archive, seen: list[SightingId]) -> None:
    assert found(new, "marking:555666") == []
    identifying.add(new, seen[3], Marking("555666", kind="serial"))
    assert found(new, "marking:555666") == [4]
    new.undo()
    assert found(new, "marking:555666") == []
