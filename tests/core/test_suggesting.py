"""Suggestions: what neighbours and the library say, why, and what is never suggested."""

import pytest

from core import describing, duplicates, suggesting, tagging, vocabulary_editing
from core.archive import Archive
from core.claims import SourceId
from core.records import ImageId, Match
from core.store import cache, relations, sources
from core.store.connection import transaction
from core.suggesting import Suggested, Why
from core.tagging import Tag
from tests.core.blind import begin_coding, close_coding
from tests.core.filling import add_image, sha_of
from tests.core.library import add_models


@pytest.fixture
def ids(new: Archive) -> list[ImageId]:
    """Six images in an archive with a few models."""
    add_models(new)
    with new.action("Import 6 images"):
        return [add_image(new, number) for number in range(6)]


def found_near(archive: Archive, one: int, other: int, distance: int = 3) -> None:
    a, b = sorted((sha_of(one), sha_of(other)))
    with transaction(archive.db):
        cache.add_matches(archive.db, [Match(a, b, "near", distance)])


def of_source(archive: Archive, *ids: ImageId) -> SourceId:
    with archive.action("Record a source"):
        source_id = sources.add(archive.db, {"title": "A channel"})
        for image_id in ids:
            sources.add_capture(archive.db, image_id, {"source_id": source_id}, at="2015-01-01T00:00:00.000Z")
    return source_id


def told(found: list[Suggested]) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(one.facet, one.code, tuple(why.kind for why in one.reasons)) for one in found]


def test_what_follows_from_the_model_is_suggested_first_and_says_whether_it_is_checked(
    new: Archive, ids: list[ImageId]
) -> None:
    of_source(new, *ids[:2])
    tagging.tag(new, ids[1:2], Tag(type="VH.TNK"))
    tagging.tag(new, ids[:1], Tag(model="akm"))
    assert suggesting.suggested(new, ids[:1]) == [
        Suggested("manufacture", "HUN", (Why("model", checked=False),)),
        Suggested("manufacture", "SUHH", (Why("model", checked=False),)),
        Suggested("design", "SUHH", (Why("model"),)),
        Suggested("type", "VH.TNK", (Why("source", 1),)),
    ]
    tagging.tag(new, ids[:1], Tag(manufacture="HUN"))
    assert told(suggesting.suggested(new, ids[:1])) == [("design", "SUHH", ("model",)), ("type", "VH.TNK", ("source",))]


def test_near_pictures_and_the_same_source_suggest_and_what_both_say_goes_first(
    new: Archive, ids: list[ImageId]
) -> None:
    of_source(new, *ids[:4])
    found_near(new, 0, 1)
    tagging.tag(new, ids[1:4], Tag(type="SA.PIS"))
    tagging.tag(new, ids[2:4], Tag(type="SA.REV"))
    assert suggesting.suggested(new, ids[:1]) == [
        Suggested("type", "SA.PIS", (Why("near", 1, "IMG_0001.jpg"), Why("source", 3))),
        Suggested("type", "SA.REV", (Why("source", 2),)),
    ]


def test_a_pair_that_was_judged_not_related_suggests_nothing(new: Archive, ids: list[ImageId]) -> None:
    found_near(new, 0, 1)
    tagging.tag(new, ids[1:2], Tag(type="SA.PIS"))
    duplicates.decide(new, from_sha256=sha_of(0), to_sha256=sha_of(1), verdict="not_related")
    assert suggesting.suggested(new, ids[:1]) == []


def test_what_is_said_of_a_copy_as_a_whole_is_suggested_and_its_weapons_are_shown_anyway(
    new: Archive, ids: list[ImageId]
) -> None:
    with new.action("Decide a pair"):
        pair = {"from_sha256": sha_of(0), "to_sha256": sha_of(1)}
        relations.put(new.db, **pair, kind="same_picture", evidence="near", by="Ada")
    tagging.tag(new, ids[1:2], Tag(type="SA.PIS"))
    describing.give(new, ids[1:2], "seen_in", "IRQ")
    assert told(suggesting.suggested(new, ids[:1])) == [("seen_in", "IRQ", ("group",))]


def test_of_several_images_what_all_of_them_show_is_left_out(new: Archive, ids: list[ImageId]) -> None:
    of_source(new, *ids[:3])
    tagging.tag(new, ids[:3], Tag(type="SA.PIS"))
    tagging.tag(new, ids[2:3], Tag(type="SA.REV"))
    tagging.tag(new, ids[:1], Tag(type="SA.REV"))
    assert told(suggesting.suggested(new, ids[:2])) == [("type", "SA.REV", ("source",))]
    assert suggesting.suggested(new, []) == []


def test_a_retired_value_is_not_suggested(new: Archive, ids: list[ImageId]) -> None:
    of_source(new, *ids[:2])
    describing.give(new, ids[1:2], "image_kind", "photograph")
    assert told(suggesting.suggested(new, ids[:1])) == [("image_kind", "photograph", ("source",))]
    vocabulary_editing.retire(new, "image_kind", "photograph")
    assert suggesting.suggested(new, ids[:1]) == []


def test_nothing_is_suggested_for_what_is_coded_blind_nor_from_it(new: Archive, ids: list[ImageId]) -> None:
    of_source(new, *ids[:3])
    tagging.tag(new, ids[2:3], Tag(type="SA.PIS"))
    codings = begin_coding(new, ids[:1], "Ada", "Grace")
    tagging.tag(new, ids[:1], Tag(type="VH.TNK"))
    assert suggesting.suggested(new, ids[:1]) == []
    assert told(suggesting.suggested(new, ids[1:2])) == [("type", "SA.PIS", ("source",))]
    close_coding(new, *codings.values())
    assert told(suggesting.suggested(new, ids[:1])) == [("type", "SA.PIS", ("source",))]
