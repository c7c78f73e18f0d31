"""The numbers behind every table, each with the rule by which it was counted in words."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Final

from core import search
from core.archive import Archive
from core.errors import Refused
from core.pictures import Member, Pictures
from core.records import Query
from core.store import counting, relations
from core.vocabularies import Vocabulary
from core.weapons import Seen, line_up

BY: Final[Mapping[str, str]] = {
    "type": "weapon type",
    "design": "country of design",
    "manufacture": "country of manufacture",
}
UNITS: Final = ("captures", "images", "pictures", "sightings")
NOT_RECORDED: Final = ""  # the code of the row for what nobody has said
NOT_RECORDED_LABEL: Final = "not recorded"

_UNIT_MEANS: Final[Mapping[str, str]] = {
    "captures": "A capture is one file as it was collected, so a file met twice counts twice.",
    "images": "An image is one distinct file content, however often it was collected.",
    "pictures": "A picture is all images that were decided to show the same picture, or one image alone.",
    "sightings": "A sighting is one weapon, or one group of like weapons, seen in a picture.",
}


@dataclass(frozen=True, slots=True)
class CountRow:
    """How many have one value; the code is empty where nobody has said."""

    code: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class CountTable:
    """A table of counts above zero with its ``rule`` in finished sentences, to be shown wherever the table is.

    Types stand in tree order, each counting those under it too; countries by falling count, then by label.
    """

    rule: str
    unit: str
    by: str
    rows: tuple[CountRow, ...]


@dataclass(slots=True)
class _Tally:
    """What was counted: by value, in all, without any tag, and what was left out."""

    by_value: "Counter[str]"
    total: int = 0
    untagged: int = 0
    excluded: int = 0


def counts(archive: Archive, *, by: str, unit: str, query: Query | None = None) -> CountTable:
    """Count by weapon type, country of design or country of manufacture, in one of the four units.

    Read from the record itself, so that nothing derived can be out of date, except for what a query finds.

    Raises:
        Refused: there is no such ``by`` or ``unit``.
    """
    if by not in BY:
        raise Refused(f"Nothing can be counted by “{by}”; there are {', '.join(BY)}.")
    if unit not in UNITS:
        raise Refused(f"There is no unit “{unit}”; there are {', '.join(UNITS)}.")
    pictures = Pictures(archive)
    found = None if query is None or query == Query() else frozenset(search.find(archive, query))
    types = archive.weapon_types
    tally = _tally(archive, pictures, found, by=by, unit=unit)
    rows = _type_rows(types, tally.by_value) if by == "type" else _country_rows(archive.countries, tally.by_value)
    sentences = [
        *_what(by, unit),
        *_coverage(tally, unit),
        *_conventions(by, unit),
        *_left_out(tally, _undecided(archive, pictures, found)),
    ]
    if found is not None and query is not None:
        sentences.insert(1, f"Only the images that the query {query_text(query)} finds are counted.")
    return CountTable(" ".join(sentences), unit, by, tuple(rows))


def query_text(query: Query) -> str:
    """A query as it can be typed, empty for the one that finds all."""
    keys = {"manufacture": "country"}
    words = [f'"{word}"' if " " in word or ":" in word else word for word in query.words]
    filters = [
        f"{'' if chosen.wanted else '-'}{keys.get(chosen.facet, chosen.facet)}:{chosen.code}"
        for chosen in query.filters
    ]
    return " ".join([*words, *filters, *(f"sha256:{prefix}" for prefix in query.sha256)])


def _tally(archive: Archive, pictures: Pictures, found: frozenset[int] | None, *, by: str, unit: str) -> _Tally:
    tags: dict[int, list[Seen]] = {}
    for row in counting.tags(archive.db):
        tags.setdefault(row[1], []).append(Seen(*row))
    value_of: Callable[[Seen], str | None] = attrgetter(by)
    above = _Above(archive.weapon_types if by == "type" else None)
    tally = _Tally(Counter())
    for picture in pictures:
        shown = [member for member in picture if found is None or member.image_id in found]
        counted = [member for member in shown if not member.excluded]
        tally.excluded += len(shown) - len(counted)
        if not counted:
            continue
        copies = [tags.get(member.image_id, []) for member in picture]
        weapons = copies[0] if len(copies) == 1 else line_up(copies)
        values = [value_of(weapon) or NOT_RECORDED for weapon in weapons]
        if unit == "sightings":
            tally.total += len(weapons)
            tally.by_value.update(code for value in values for code in above[value])
            continue
        weight = _weight(counted, unit)
        tally.total += weight
        tally.untagged += 0 if weapons else weight
        said = {*values, *(value for copy in copies for seen in copy if (value := value_of(seen)))}
        for code in {code for value in said for code in above[value]}:
            tally.by_value[code] += weight
    return tally


def _weight(counted: Sequence[Member], unit: str) -> int:
    if unit == "captures":
        return sum(member.captures for member in counted)
    return len(counted) if unit == "images" else 1


class _Above(dict[str, tuple[str, ...]]):
    """The codes under which a value counts: its own and, in a tree, all above it."""

    def __init__(self, tree: Vocabulary | None) -> None:
        super().__init__()
        self._tree = tree

    def __missing__(self, code: str) -> tuple[str, ...]:
        known = self._tree is not None and code in self._tree
        found = self[code] = (code, *self._tree.ancestors(code)) if self._tree is not None and known else (code,)
        return found


def _type_rows(types: Vocabulary, by_value: Mapping[str, int]) -> Iterator[CountRow]:
    ordered = [term.code for term in types if term.code in by_value]
    strange = sorted(code for code in by_value if code not in types and code != NOT_RECORDED)
    for code in (*ordered, *strange):
        yield CountRow(code, types.label(code), by_value[code])
    if by_value.get(NOT_RECORDED):
        yield CountRow(NOT_RECORDED, NOT_RECORDED_LABEL, by_value[NOT_RECORDED])


def _country_rows(countries: Vocabulary, by_value: Mapping[str, int]) -> list[CountRow]:
    rows = [
        CountRow(code, countries.label(code) if code else NOT_RECORDED_LABEL, count) for code, count in by_value.items()
    ]
    return sorted(rows, key=lambda row: (-row.count, row.label, row.code))


def _undecided(archive: Archive, pictures: Pictures, found: frozenset[int] | None) -> int:
    """How many found pairs, both counted here, are not decided and would make two pictures one."""
    counted = {
        member.sha256
        for picture in pictures
        for member in picture
        if not member.excluded and (found is None or member.image_id in found)
    }
    return sum(
        match.sha256_a in counted
        and match.sha256_b in counted
        and (pictures.group_of(match.sha256_a) or match.sha256_a)
        != (pictures.group_of(match.sha256_b) or match.sha256_b)
        for match in relations.matches(archive.db, undecided_only=True)
    )


def _what(by: str, unit: str) -> Iterator[str]:
    yield f"Counted: {unit} by {BY[by]}."
    yield _UNIT_MEANS[unit]


def _coverage(tally: _Tally, unit: str) -> Iterator[str]:
    one = unit.removesuffix("s")
    yield f"{_number(tally.total, f'{one} is', f'{unit} are')} covered."
    if tally.untagged:
        yield f"Of these {_number(tally.untagged, 'has', 'have')} no sighting yet, so no row counts them."


def _number(count: int, one: str, many: str) -> str:
    return f"{count:,} {one if count == 1 else many}"


def _conventions(by: str, unit: str) -> Iterator[str]:
    yield "What was seen on one image holds for all images decided to show the same picture."
    if unit == "sightings":
        yield (
            "Sightings of the same type on several copies of one picture are the same weapons and count once; "
            "where the copies contradict each other, the best copy has its say."
        )
    yield "Of rival claims the preferred one counts, whatever its certainty."
    if by == "type":
        yield "A type includes all types under it, which have rows of their own: do not add the rows up."
    else:
        yield (
            "Each country counts as it was recorded: historic states apart from their successors, a multinational "
            "programme once."
        )
        if unit == "sightings":
            yield "Each sighting stands in exactly one row."
        else:
            yield "What shows weapons of several countries stands in several rows: do not add the rows up."
    yield f"“{NOT_RECORDED_LABEL.capitalize()}” are sightings for which nobody has said; “unknown” was said."


def _left_out(tally: _Tally, undecided: int) -> Iterator[str]:
    yield f"Images with the status excluded are left out: {_number(tally.excluded, 'image', 'images')}."
    if undecided:
        yield (
            f"{_number(undecided, 'found pair is', 'found pairs are')} not decided yet; until then their images "
            "count as separate pictures."
        )
    else:
        yield "No found pair is left undecided."
