"""The numbers behind every table, each with the rule by which it was counted in words."""

from collections import Counter
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from operator import attrgetter
from typing import Final

from core import matching, search
from core.archive import Archive
from core.errors import Refused
from core.pictures import Member, Pictures
from core.records import ImageId, Query
from core.store import counting, relations, settlements, stated
from core.vocabularies import Vocabulary
from core.weapons import Seen, as_settled, line_up

BY: Final[Mapping[str, str]] = {
    "type": "weapon type",
    "design": "country of design",
    "manufacture": "country of manufacture",
}
UNITS: Final = ("captures", "images", "pictures", "sightings")
NOT_RECORDED: Final = ""  # the code of the row for what nobody has said
NOT_RECORDED_LABEL: Final = "not recorded"

_UNIT_MEANS: Final[Mapping[str, str]] = {
    "captures": (
        "A capture is one file as it was collected, or one such time that was recorded by hand, so a file met twice "
        "counts twice."
    ),
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
    """What was counted: by value, in all, what has no sighting, and how many weapons have several values together."""

    by_value: "Counter[str]"
    total: int = 0
    untagged: int = 0
    joint: int = 0


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
    return _Counted(archive, query or Query()).table(by, unit)


def every_count(archive: Archive, query: Query | None = None) -> Iterator[CountTable]:
    """The tables of every ``BY`` in every one of ``UNITS``, from one reading of the record."""
    counted = _Counted(archive, query or Query())
    return (counted.table(by, unit) for by in BY for unit in UNITS)


@dataclass(frozen=True, slots=True)
class _Picture:
    """A picture as it is counted: its images that count, its weapons, and what was said on any of its copies."""

    images: list[Member]
    weapons: list[Seen]
    said: list[Seen]


class _Counted:
    """What is counted: the pictures of an archive that a query finds, read once."""

    def __init__(self, archive: Archive, query: Query) -> None:
        self._archive = archive
        self._query = query
        self._excluded = 0
        self._statements: list[int] = []
        self._pictures: list[_Picture] = []
        self._read(Pictures(archive))
        self._compared = not matching.is_behind(archive)
        self._undecided = self._count_undecided()

    def _read(self, pictures: Pictures) -> None:
        found = None if self._query == Query() else frozenset(search.find(self._archive, self._query))
        tags: dict[int, list[Seen]] = {}
        for seen in map(Seen._make, counting.tags(self._archive.db)):
            tags.setdefault(seen.image_id, []).append(seen)
        tables = stated.numbers(self._archive.db)
        settled, apart = settlements.links(self._archive.db), settlements.apart(self._archive.db)
        for whole in pictures:
            members = whole if found is None else [member for member in whole if member.image_id in found]
            self._statements += [tables[member.image_id] for member in members if member.image_id in tables]
            picture, shown = _without(tables, whole), _without(tables, members)
            images = [member for member in shown if not member.excluded]
            self._excluded += len(shown) - len(images)
            if images:
                copies = [tags[member.image_id] for member in picture if member.image_id in tags]
                if len(copies) > 1:
                    copies = as_settled(copies, settled)
                    weapons, said = line_up(copies, apart), list(chain.from_iterable(copies))
                else:
                    weapons = said = copies[0] if copies else []
                self._pictures.append(_Picture(images, weapons, said))

    def _count_undecided(self) -> int:
        """How many found pairs, both counted here, would make two pictures one."""
        pairs = [(one.sha256_a, one.sha256_b) for one in relations.matches(self._archive.db, undecided_only=True)]
        concerned = frozenset(chain.from_iterable(pairs))
        picture_of = {
            member.sha256: number
            for number, picture in enumerate(self._pictures if pairs else ())
            for member in picture.images
            if member.sha256 in concerned
        }
        places = [(picture_of.get(one), picture_of.get(other)) for one, other in pairs]
        return sum(one is not None and other is not None and one != other for one, other in places)

    def table(self, by: str, unit: str) -> CountTable:
        types, countries = self._archive.weapon_types, self._archive.countries
        tally = self._tally(by, unit, _Above(types if by == "type" else None))
        rows = _type_rows(types, tally.by_value) if by == "type" else _country_rows(countries, tally.by_value)
        rule = (
            *_what(by, unit, self._query),
            *_coverage(tally, unit),
            *_conventions(by, unit, tally.joint),
            *_stated(self._statements),
            *_left_out(self._excluded, self._undecided, compared=self._compared),
        )
        return CountTable(" ".join(rule), unit, by, tuple(rows))

    def _tally(self, by: str, unit: str, above: "_Above") -> _Tally:
        value_of: Callable[[Seen], str | None] = attrgetter(by)
        tally = _Tally(Counter())
        for picture in self._pictures:
            values = [_codes(value_of(weapon)) for weapon in picture.weapons]
            tally.joint += sum(len(codes) > 1 for codes in values)
            if unit == "sightings":
                tally.total += len(values)
                for code in chain.from_iterable(values):
                    tally.by_value.update(above[code])
                continue
            weight = _weight(picture.images, unit)
            tally.total += weight
            if not values:
                tally.untagged += weight
            # A value that only a contradicted copy gives is shown for the picture all the same.
            said = (_codes(value) for seen in picture.said if (value := value_of(seen)))
            shown = {*chain.from_iterable(values), *chain.from_iterable(said)}
            for code in {code for value in shown for code in above[value]}:
                tally.by_value[code] += weight
        return tally


def _without(tables: Container[ImageId], members: Sequence[Member]) -> Sequence[Member]:
    """These images but for tables of statements, whose weapons nobody saw in them."""
    return [member for member in members if member.image_id not in tables] if tables else members


def _codes(value: str | None) -> list[str]:
    """The codes of a value: several for a joint claim."""
    return value.split() if value else [NOT_RECORDED]


def query_text(query: Query) -> str:
    """A query as it can be typed, empty for the one that finds all."""
    keys = {"manufacture": "country"}
    words = [f'"{word}"' if " " in word or ":" in word else word for word in query.words]
    filters = [
        f"{'' if chosen.wanted else '-'}{keys.get(chosen.facet, chosen.facet)}:"
        + (f'"{chosen.code}"' if " " in chosen.code else chosen.code)
        for chosen in query.filters
    ]
    hashes = [f"sha256:{prefix}" for prefix in query.sha256]
    return " ".join([*words, *filters, *hashes, *(f'marking:"{text}"' for text in query.markings)])


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


def _what(by: str, unit: str, query: Query) -> Iterator[str]:
    yield f"Counted: {unit} by {BY[by]}."
    if query != Query():
        yield f"Only the images that the query {query_text(query)} finds are counted."
    yield _UNIT_MEANS[unit]


def _coverage(tally: _Tally, unit: str) -> Iterator[str]:
    one = unit.removesuffix("s")
    yield f"{_number(tally.total, f'{one} is', f'{unit} are')} covered."
    if tally.untagged:
        yield f"Of these {_number(tally.untagged, 'has', 'have')} no sighting yet, so no row counts them."


def _number(count: int, one: str, many: str) -> str:
    return f"{count:,} {one if count == 1 else many}"


def _conventions(by: str, unit: str, joint: int) -> Iterator[str]:
    yield "What was seen on one image holds for all images decided to show the same picture."
    if unit == "sightings":
        yield (
            "Sightings of the same type on several copies of one picture are the same weapons and count once; "
            "where the copies contradict each other, the best copy has its say. What people settled to be one weapon, "
            "or two, counts so."
        )
    yield "Of rival claims the preferred one counts, whatever its certainty."
    if by == "type":
        yield "A type includes all types under it, which have rows of their own: do not add the rows up."
    else:
        yield (
            "Each country counts as it was recorded: historic states apart from their successors, a multinational "
            "programme once."
        )
        yield "What only follows from a weapon's model is not counted: a country counts where somebody claimed it."
        if unit == "sightings" and joint:
            yield (
                f"{_number(joint, 'sighting was', 'sightings were')} made by several countries together and "
                f"{'stands' if joint == 1 else 'stand'} in the row of each: do not add the rows up."
            )
        elif unit == "sightings":
            yield "Each sighting stands in exactly one row."
        else:
            yield "What shows weapons of several countries stands in several rows: do not add the rows up."
    yield f"“{NOT_RECORDED_LABEL.capitalize()}” are sightings for which nobody has said; “unknown” was said."


def _stated(tables: Sequence[int]) -> Iterator[str]:
    if tables:
        number = sum(tables)
        yield (
            f"{_number(number, 'statement', 'statements')} of {_number(len(tables), 'table', 'tables')} "
            f"{'is' if number == 1 else 'are'} not counted: nobody saw these weapons in a picture."
        )


def _left_out(excluded: int, undecided: int, *, compared: bool) -> Iterator[str]:
    yield f"Images with the status excluded are left out: {_number(excluded, 'image', 'images')}."
    if undecided:
        yield (
            f"{_number(undecided, 'found pair is', 'found pairs are')} not decided yet; until then their images "
            "count as separate pictures."
        )
    elif compared:
        yield "No found pair is left undecided."
    if not compared:
        yield "Not all images have been compared with each other yet, so more pairs may be found."
