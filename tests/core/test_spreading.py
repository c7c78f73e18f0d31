"""Giving a value of several images to those that lack it."""

import pytest

from core import looking, tag_values, tagging
from core.archive import Archive
from core.records import ImageId
from core.tagging import Tag
from tests.core.filling import add_image, dump


@pytest.fixture
def ids(new: Archive) -> list[ImageId]:
    """Three images."""
    with new.action("Import 3 images"):
        return [add_image(new, number) for number in range(3)]


def test_only_the_images_that_lack_a_value_are_given_it(new: Archive, ids: list[ImageId]) -> None:
    tagging.tag(new, ids[:1], Tag(type="SA.PIS", manufacture="HUN"))
    tagging.tag(new, ids[:1], Tag(type="VH.TNK"))
    tagging.tag(new, ids[1:2], Tag(type="SA.PIS"))
    assert tag_values.spread(new, ids, "manufacture", "HUN") == 2
    assert new.undo_label == "Tag 2 images: made in Hungary"
    countries = [[one.countries("manufacture") for one in summary.sightings] for summary in looking.summaries(new, ids)]
    assert countries == [[("HUN",), ()], [("HUN",)], [("HUN",)]]


def test_a_value_of_images_as_wholes_and_a_detail_are_spread_too(new: Archive, ids: list[ImageId]) -> None:
    tag_values.spread(new, ids[:1], "sensitivity", "graphic_violence")
    assert tag_values.spread(new, ids, "sensitivity", "graphic_violence") == 2
    tagging.tag(new, ids[:2], Tag(type="SA.PIS"))
    assert tag_values.spread(new, ids[:2], "context", "held") == 2
    found = tag_values.values(new, ids)
    assert {(one.facet, one.code): one.count for one in found} == {
        ("type", "SA.PIS"): 2, ("context", "held"): 2, ("sensitivity", "graphic_violence"): 3,
    }  # fmt: skip


def test_where_all_have_it_nothing_happens(new: Archive, ids: list[ImageId]) -> None:
    tagging.tag(new, ids, Tag(type="SA.PIS"))
    before = dump(new)
    assert tag_values.spread(new, ids, "type", "SA.PIS") == 0
    assert dump(new) == before
