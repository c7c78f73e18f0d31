"""Images found and counted by where they come from and when they were taken; every count is what its filter finds."""

import pytest

from core import capturing, describing, sourcing
from core.analysis import query_text
from core.archive import Archive
from core.errors import Refused
from core.records import Filter, ImageId, Query
from core.search import FacetValue, facet_values, find, label_of, parse
from tests.core.filling import add_image

DATES = ("2014-06-14", "2014", "2015/2016", "2014-06-14/..", "../2012-03", "2013-12~", "1700/1999")


@pytest.fixture
def stocked(new: Archive) -> Archive:
    """Nine images: 1 to 7 dated as in DATES, 8 by its file only, 9 not at all; sources of 1 to 3."""
    with new.action("Stock"):
        for number in range(1, 10):
            add_image(new, number)
        new.db.conn.execute("UPDATE image SET taken_at = '2014-06-20T10:00:00+02:00' WHERE id = 8")
        new.db.conn.execute("UPDATE image SET taken_at = '0000-06-20T10:00:00' WHERE id = 9")
    for number, date in enumerate(DATES, 1):
        describing.describe(new, [ImageId(number)], {"date": date})
    sourcing.add(new, {"account": "Channel A", "type": "messaging_channel"})
    sourcing.add(new, {"account": "Channel B", "publisher": "Łódź press"})
    for image, source in ((1, 1), (2, 1), (2, 2), (3, 2)):
        capturing.add(new, ImageId(image), {"source_id": source})
    return new


def numbers(archive: Archive, text: str) -> list[int]:
    return list(find(archive, parse(archive, text)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("date:2014-06-14", [1, 2, 4]),
        ("date:2014-06", [1, 2, 4, 8]),
        ("date:2014", [1, 2, 4, 6, 8]),
        ('date:"June 2014"', [1, 2, 4, 8]),
        ("date:2014-01", [2, 6]),
        ("date:2014-02", [2]),
        ("date:2013", [6]),
        ("date:2015/..", [3, 4]),
        ("date:2020", [4]),
        ("date:1850", [5, 7]),
        ("date:1500", [5]),
        ("date:2012-04", []),
        ("date:none", [9]),
        ("-date:2014 -date:none", [3, 5, 7]),
        ("source:channel", [1, 2, 3]),
        ("source:lodz", [2, 3]),
        ('source:"channel b"', [2, 3]),
        ("source:#1", [1, 2]),
        ("source:nobody", []),
        ("-source:nobody source:#2", [2, 3]),
        ("-source:lodz date:2014", [1, 4, 6, 8]),
        ("source:none", [4, 5, 6, 7, 8, 9]),
        ("source:lodz date:2014", [2]),
    ],
)
def test_a_query_finds_these_images(stocked: Archive, text: str, expected: list[int]) -> None:
    assert numbers(stocked, text) == expected


@pytest.mark.parametrize("text", ["date:someday", "date:2014-02-30", 'source:""'])
def test_what_cannot_be_read_is_refused(stocked: Archive, text: str) -> None:
    with pytest.raises(Refused):
        parse(stocked, text)


@pytest.mark.parametrize("facet", ["source", "date"])
@pytest.mark.parametrize("rest", ["", "date:2014", "source:#2", "-date:2014"])
def test_every_count_is_what_its_filter_finds(stocked: Archive, facet: str, rest: str) -> None:
    query = parse(stocked, rest)
    others = Query(filters=tuple(one for one in query.filters if one.facet != facet))
    values = facet_values(stocked, query)[facet]
    assert values
    for value in values:
        assert len(find(stocked, others.with_filter(Filter(facet, value.code)))) == value.count


def test_facets_name_sources_and_years(stocked: Archive) -> None:
    found = facet_values(stocked, Query())
    assert [_shown(one) for one in found["source"]] == [
        ("#1", "Channel A", 2),
        ("#2", "Channel B", 2),
        ("none", "no source", 6),
    ]
    assert [_shown(one) for one in found["date"]] == [
        ("1700/1999", "1700 to 1999", 2),
        ("../2012", "2012 or earlier", 2),
        ("2013", "2013", 1),
        ("2014", "2014", 5),
        ("2014/..", "2014 or later", 6),
        ("2015", "2015", 2),
        ("2016", "2016", 2),
        ("none", "no date", 1),
    ]


def test_a_date_stands_at_one_place_whatever_else_is_found(stocked: Archive) -> None:
    every = {one.code: one.place for one in facet_values(stocked, Query())["date"]}
    some = {one.code: one.place for one in facet_values(stocked, parse(stocked, "source:lodz"))["date"]}
    assert len(some) < len(every)
    assert some.items() <= every.items()
    assert list(every.values()) == sorted(every.values())


def _shown(value: FacetValue) -> tuple[str, str, int]:
    return value.code, value.label, value.count


def test_search_follows_what_is_said_and_undone(stocked: Archive) -> None:
    sourcing.merge(stocked, *(one for one in (1, 2)))  # type: ignore[arg-type]
    assert numbers(stocked, "source:#2") == [1, 2, 3]
    describing.describe(stocked, [ImageId(1)], {"date": "2001"})
    assert numbers(stocked, "date:2001") == [1, 5]
    stocked.undo()
    stocked.undo()
    assert numbers(stocked, "source:#2") == [2, 3]
    assert 1 in numbers(stocked, "date:2014-06-14")


def test_a_chip_says_what_it_filters_and_a_query_can_be_typed_again(stocked: Archive) -> None:
    assert label_of(stocked, Filter("source", "#2")) == "source: Channel B"
    assert label_of(stocked, Filter("source", "channel b", wanted=False)) == "not source: channel b"
    assert label_of(stocked, Filter("date", "2014-06")) == "date: June 2014"
    query = parse(stocked, 'source:"channel b" -date:2014-06/..')
    assert parse(stocked, query_text(query)) == query
