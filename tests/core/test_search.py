"""What a query finds and what the facets count, against what was put in."""

from collections import Counter
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.archive import Archive
from core.errors import Refused
from core.jobs import Job
from core.records import Filter, ImageId, Match, Query
from core.search import FACETS, count, facet_values, find, label_of, parse
from core.store import cache, following, images, relations, searching
from tests.core.filling import add_image, sha_of, tag


@pytest.fixture
def stocked(new: Archive) -> Iterator[Archive]:
    """Eight images: 1 and 2 the same picture, 1, 3, 4 and 8 tagged, 5 and 6 matched and undecided, 7 with notes.

    The eighth has an id in another block of bits.
    """
    with new.action("Stock"):
        ids = [add_image(new, number) for number in range(1, 8)]
        tag(new, ids[0], type="SA.RIF.AUT", made_in="HUN")
        tag(new, ids[2], type="SA.PIS", made_in="CHN")
        tag(new, ids[3], type="LW.MG.GP", made_in="HUN")
        images.set_status(new.db, ids[3:5], "reviewed")
        images.set_notes(new.db, ids[6], "Склад № 4, near the Łódź road")
        new.db.conn.execute("UPDATE sqlite_sequence SET seq = 199999 WHERE name = 'image'")
        tag(new, add_image(new, 8), type="SA.PIS", made_in="HUN")
        relations.put(
            new.db, from_sha256=sha_of(1), to_sha256=sha_of(2), kind="same_picture", evidence="near", by="Ada"
        )
    pair = sorted([sha_of(5), sha_of(6)])
    cache.add_matches(new.db, [Match(pair[0], pair[1], "near", 4)])
    following.refresh(new.db, pair)
    return new


def numbers(archive: Archive, text: str) -> list[int]:
    """The images that a query finds, by the numbers they were made with."""
    ids = list(find(archive, parse(archive, text)))
    assert count(archive, parse(archive, text)) == len(ids)
    return [8 if image_id == 200_000 else image_id for image_id in ids]


def counted(archive: Archive, text: str) -> dict[str, dict[str, int]]:
    found = facet_values(archive, parse(archive, text))
    return {facet: {value.code: value.count for value in values} for facet, values in found.items()}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", [1, 2, 3, 4, 5, 6, 7, 8]),
        ("type:SA", [1, 2, 3, 8]),
        ("type:SA.RIF.AUT", [1, 2]),
        ('type:"assault rifle"', [1, 2]),
        ("-type:SA", [4, 5, 6, 7]),
        ("type:SA.PIS type:LW", [3, 4, 8]),
        ("type:SA -type:SA.PIS", [1, 2]),
        ("country:HUN", [1, 2, 4, 8]),
        ("country:Hungary type:SA", [1, 2, 8]),
        ("manufacture:CHN", [3]),
        ("design:USSR", [1, 2, 3, 4, 8]),
        ("status:reviewed", [4, 5]),
        ("status:reviewed -country:hungary", [5]),
        ("status:excluded", []),
        ("duplicates:undecided", [5, 6]),
        ("duplicates:grouped", [1, 2]),
        ("tagged:no", [5, 6, 7]),
        ("tagged:yes duplicates:grouped", [1, 2]),
        ("state:decoded status:reviewed", [4, 5]),
        ("state:undecodable", []),
        ("IMG_0003", [3]),
        ("img-0003.jpg", [3]),
        ("hungary", [1, 2, 4, 8]),
        ("pistol", [3, 8]),
        ("pistol hungary", [8]),
        ("folded", [1, 2, 3, 4, 8]),
        ("лодз", []),
        ("lodz", [7]),
        ("склад", [7]),
        ("№4", []),
        ("4,", [7]),
        ('"near the"', [7]),
        ('"the near"', []),
        ("nosuchword", []),
        (f"sha256:{sha_of(6)[:12]}", [6]),
        (f"sha256:{sha_of(6).upper()}", [6]),
        (f"SHA256:{sha_of(6)[:12]}", [6]),
        (f"sha256:{sha_of(6)} tagged:yes", []),
    ],
)
def test_a_query_finds_these_images(stocked: Archive, text: str, expected: list[int]) -> None:
    assert numbers(stocked, text) == expected


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("colour:red", "There is no filter “colour:”"),
        ("status:lost", "There is no status “lost”; there are new"),
        ("sha256:xyz", "is no SHA-256"),
        ("-sha256:abc", "is not understood"),
        ("type:blunderbusses", "blunderbusses"),
        ("country:Atlantis", "Atlantis"),
    ],
)
def test_what_there_is_not_is_refused_in_a_sentence(new: Archive, text: str, words: str) -> None:
    with pytest.raises(Refused, match=words):
        parse(new, text)


def test_a_type_counts_under_all_its_parents_and_a_group_shows_its_tags(stocked: Archive) -> None:
    found = counted(stocked, "")
    assert found["type"] == {"SA": 4, "SA.PIS": 2, "SA.RIF": 2, "SA.RIF.AUT": 2, "LW": 1, "LW.MG": 1, "LW.MG.GP": 1}
    assert found["manufacture"] == {"HUN": 4, "CHN": 1}
    assert found["design"] == {"SUHH": 5}
    assert found["status"] == {"new": 6, "reviewed": 2}
    assert found["duplicates"] == {"undecided": 2, "grouped": 2}
    assert found["tagged"] == {"yes": 5, "no": 3}
    assert found["state"] == {"decoded": 8}


def test_a_facets_own_filter_leaves_its_counts_and_narrows_the_others(stocked: Archive) -> None:
    found = counted(stocked, "type:SA.PIS")
    assert found["type"] == counted(stocked, "")["type"]
    assert found["manufacture"] == {"HUN": 1, "CHN": 1}
    assert found["status"] == {"new": 2}


def test_a_chosen_value_stays_though_nothing_has_it(stocked: Archive) -> None:
    assert counted(stocked, "country:FRA type:SA.PIS")["manufacture"] == {"HUN": 1, "CHN": 1, "FRA": 0}


def test_types_stand_in_tree_order_with_their_depth(stocked: Archive) -> None:
    values = facet_values(stocked, Query())["type"]
    codes = [(value.code, value.depth) for value in values]
    assert codes.index(("SA", 0)) < codes.index(("SA.RIF", 1)) < codes.index(("SA.RIF.AUT", 2))


def test_a_chip_says_what_it_filters(stocked: Archive) -> None:
    assert label_of(stocked, Filter("manufacture", "HUN")) == "made in: Hungary"
    assert label_of(stocked, Filter("status", "in_progress", wanted=False)) == "not status: in progress"


def test_an_empty_archive_finds_and_counts_nothing(new: Archive) -> None:
    assert numbers(new, "") == []
    assert all(values == [] for values in facet_values(new, Query()).values())


def test_search_keeps_up_with_every_change(stocked: Archive) -> None:
    with stocked.action("Remove"):
        stocked.db.conn.execute("DELETE FROM sighting WHERE image_id = 1")
    assert numbers(stocked, "type:SA") == [3, 8]
    assert numbers(stocked, "tagged:no") == [1, 2, 5, 6, 7]
    stocked.undo()
    assert numbers(stocked, "type:SA") == [1, 2, 3, 8]
    with stocked.action("Part"):
        relations.remove(stocked.db, sha_of(2), sha_of(1))
    assert (numbers(stocked, "type:SA"), numbers(stocked, "duplicates:grouped")) == ([1, 3, 8], [])
    with stocked.action("Decide"):
        relations.put(stocked.db, from_sha256=sha_of(6), to_sha256=sha_of(5), kind="not_related", evidence="", by="Ada")
    assert numbers(stocked, "duplicates:undecided") == []
    with stocked.action("Remove an image"):
        stocked.db.conn.execute("DELETE FROM image WHERE id = 200000")
    assert numbers(stocked, "") == [1, 2, 3, 4, 5, 6, 7]


def test_every_image_is_found_while_the_cache_is_still_behind(stocked: Archive) -> None:
    for table in ("note", "posting", "shown"):
        stocked.db.conn.execute(f"DELETE FROM cache.{table}")
    assert numbers(stocked, "") == [1, 2, 3, 4, 5, 6, 7, 8]
    assert numbers(stocked, "type:SA") == []
    stocked.catch_up()
    assert numbers(stocked, "type:SA") == [1, 2, 3, 8]


CODES = {
    "type": ["SA", "SA.PIS", "LW", "VH"],
    "manufacture": ["HUN", "CHN", "FRA"],
    "design": ["SUHH"],
    "status": ["new", "reviewed"],
    "duplicates": ["undecided", "grouped"],
    "tagged": ["yes", "no"],
    "state": ["decoded"],
}
FILTERS = st.sampled_from([(facet, code) for facet, codes in CODES.items() for code in codes]).flatmap(
    lambda value: st.builds(Filter, st.just(value[0]), st.just(value[1]), st.booleans())
)


def plainly(held: dict[int, set[tuple[str, str]]], filters: list[Filter]) -> set[int]:
    """The images that pass: any of a facet's wanted values, none of its unwanted."""

    def passes(values: set[tuple[str, str]]) -> bool:
        wanted: dict[str, bool] = {}
        for chosen in filters:
            has = (chosen.facet, chosen.code) in values
            if chosen.wanted:
                wanted[chosen.facet] = wanted.get(chosen.facet, False) or has
            elif has:
                return False
        return all(wanted.values())

    return {image_id for image_id, values in held.items() if passes(values)}


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(filters=st.lists(FILTERS, max_size=5))
def test_bitmaps_say_the_same_as_going_through_every_image(stocked: Archive, filters: list[Filter]) -> None:
    held: dict[int, set[tuple[str, str]]] = {}
    for image_id, facet, code in stocked.db.conn.execute("SELECT image_id, facet, code FROM cache.shown").fetchall():
        held.setdefault(image_id, set()).add((facet, code))
    query = Query(filters=tuple(filters))
    assert set(find(stocked, query)) == plainly(held, filters)
    counts = searching.facet_counts(stocked.db, query, {}, FACETS, Job())
    for facet in FACETS:
        rest = plainly(held, [chosen for chosen in filters if chosen.facet != facet])
        expected = Counter(code for image_id in rest for own, code in held[image_id] if own == facet)
        assert dict(counts[facet]) == expected


def test_ids_are_numbers_of_images(stocked: Archive) -> None:
    assert [images.get(stocked.db, ImageId(image_id)) is not None for image_id in find(stocked, Query())] == [True] * 8
