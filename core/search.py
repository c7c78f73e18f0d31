"""From what a user types to the images it finds, and the facets beside them with their counts.

The language: words, and a value of any facet behind its name, as in ``type:``, ``model:``, ``country:`` (of
manufacture), ``design:``, ``holder:``, ``status:``, and ``sha256:`` and ``marking:``, in which ``?`` and ``*`` stand
for what was not read; ``source:`` with words of a source, ``date:`` with any date that can overlap, either with *none*;
``-`` before one means "not"; quotes hold words together.
"""

import functools
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from core import dates, facets, markings
from core.archive import Archive
from core.claims import CERTAINTIES, REVIEW_STATES
from core.errors import Refused
from core.folding import fold
from core.jobs import Job
from core.known_sources import matching
from core.records import STATES, STATUSES, Filter, Query
from core.store import coding_sets, searching, sources
from core.vocabularies import Vocabulary

if TYPE_CHECKING:
    from array import array

_BESIDE: Final = ("certainty", "review", "status", "source", "date", "set", "duplicates", "tagged", "state")
FACETS: Final = (*facets.FACETS, *_BESIDE)
"""Every facet by which images are found and counted, in the order in which they are shown."""

_KEYS: Final[Mapping[str, str]] = {
    "type": "type",
    "model": "model",
    "country": "manufacture",
    **{name: name for name in FACETS},
}
_FIXED: Final[Mapping[str, Mapping[str, str]]] = {
    "status": {status: status.replace("_", " ") for status in STATUSES},
    "state": {state: state for state in STATES},
    "certainty": {certainty: certainty for certainty in CERTAINTIES},
    "review": REVIEW_STATES,
    "duplicates": {"undecided": "to be decided", "grouped": "same picture as another"},
    "tagged": {"yes": "tagged", "no": "not tagged"},
}
_NONE: Final = "none"
_FREE: Final = ("source", "date")  # of these, what is looked for need not be one of the values
_TOKEN: Final = re.compile(r'(-)?(?:([A-Za-z0-9_]+):)?("[^"]*"?|\S+)')
_HEX: Final = re.compile(r"[0-9a-f]{1,64}")


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value of a facet: ``count`` images have it; ``depth`` is its level in the tree, 0 at the top.

    ``place`` is where it stands among all values of the facet, those that nothing has included.
    """

    code: str
    label: str
    count: int
    depth: int = 0
    place: int = 0


def parse(archive: Archive, text: str) -> Query:
    """Read what a user typed.

    Raises:
        Refused: there is no such filter or value; the sentence names what there is.
    """
    words: list[str] = []
    filters: list[Filter] = []
    hashes: list[str] = []
    read: list[str] = []
    for minus, key, raw in _TOKEN.findall(text):
        value = raw.strip('"').strip()
        if not key:
            words += [minus + value] if value else []
        elif key.lower() == "sha256":
            if minus:
                raise Refused("“-sha256:” is not understood: name the images that are wanted.")
            hashes.append(_hash(value))
        elif key.lower() == "marking":
            if minus:
                raise Refused("“-marking:” is not understood: name the markings that are wanted.")
            read.append(_marking(value))
        else:
            filters.append(_filter(archive, key, value, wanted=not minus))
    return Query(tuple(words), tuple(filters), tuple(hashes), tuple(read))


def _hash(value: str) -> str:
    if not _HEX.fullmatch(value.lower()):
        raise Refused(f"“{value}” is no SHA-256 or beginning of one: only 0-9 and a-f may stand in it.")
    return value.lower()


def _marking(value: str) -> str:
    text = markings.normalise(value)
    if not text.strip("?* "):
        raise Refused("“marking:” needs some characters of a marking, for example marking:12?45 or marking:*345.")
    return text


def _filter(archive: Archive, key: str, value: str, *, wanted: bool) -> Filter:
    facet = _KEYS.get(key.lower())
    if facet is None:
        known = ", ".join(f"{name}:" for name in (*_KEYS, "sha256", "marking"))
        raise Refused(f"There is no filter “{key}:”; there are {known}.  Put quotes round words with a colon.")
    if facet in facets.FACETS:
        return Filter(facet, archive.vocabulary(facets.FACETS[facet].vocabulary).resolve(value).code, wanted)
    if facet in _FREE:
        return Filter(facet, _free(facet, value), wanted)
    offered = _offered(archive, facet)
    for code, label in offered.items():
        if fold(value) in (fold(code), fold(label)):
            return Filter(facet, code, wanted)
    raise Refused(f"There is no {facet} “{value}”; there are {', '.join(offered) or 'none'}.")


def _offered(archive: Archive, facet: str) -> Mapping[str, str]:
    """The values of a facet that is no vocabulary, with their names."""
    if facet == "set":
        return {name: name for name in coding_sets.names(archive.db)}
    return _FIXED[facet]


def _free(facet: str, value: str) -> str:
    if not value:
        raise Refused(f"“{facet}:” needs to be followed by what is looked for, or by “none”.")
    return dates.parse(value).text if facet == "date" and value != _NONE else value


def find(archive: Archive, query: Query) -> "array[int]":
    """The ids of the images that a query finds, in the order in which they came into the archive."""
    return searching.find(archive.db, _by_sources(archive, query), _named(archive, query))


def count(archive: Archive, query: Query) -> int:
    """How many images a query finds."""
    return searching.count(archive.db, _by_sources(archive, query), _named(archive, query))


def _by_sources(archive: Archive, query: Query) -> Query:
    """The query with the sources that its words name, in place of those words."""
    if all(_is_source(chosen.code) for chosen in query.filters if chosen.facet == "source"):
        return query
    every = sources.every(archive.db)
    filters: list[Filter] = []
    for chosen in query.filters:
        if chosen.facet == "source" and not _is_source(chosen.code):
            named = matching(archive.vocabulary("platform"), every, chosen.code)
            # Nothing comes from a source that there is not.
            filters += [replace(chosen, code=f"#{one.id}") for one in named] or [replace(chosen, code="#0")]
        else:
            filters.append(chosen)
    return replace(query, filters=tuple(filters))


def _is_source(code: str) -> bool:
    return code == _NONE or (code.startswith("#") and code[1:].isdecimal())


def _named(archive: Archive, query: Query) -> dict[str, dict[str, list[str]]]:
    """For each word of a query, the codes by facet of the terms that are called so."""
    return {
        word: {
            facet.name: codes
            for facet in facets.FACETS.values()
            if (codes := archive.vocabulary(facet.vocabulary).naming(word))
        }
        for word in query.words
    }


def facet_values(archive: Archive, query: Query, *, job: Job | None = None) -> dict[str, list[FacetValue]]:
    """Every facet with its values and counts, trees in tree order; values that nothing has are left out.

    Values chosen in the query stay, with a count of 0 if need be.

    Raises:
        Cancelled: the job was stopped.
    """
    counts = searching.facet_counts(
        archive.db, _by_sources(archive, query), _named(archive, query), FACETS, job or Job()
    )
    chosen = {(f.facet, f.code) for f in query.filters}
    found: dict[str, list[FacetValue]] = {}
    for facet in FACETS:
        found[facet] = [
            FacetValue(code, label, counts[facet].get(code, 0), depth, _place(facet, code, at))
            for at, (code, label, depth) in enumerate(_values(archive, facet, counts[facet]))
            if counts[facet].get(code) or (facet, code) in chosen
        ]
    return found


def _place(facet: str, code: str, at: int) -> int:
    """Where a value stands among all of its facet; of dates there is no list, and each stands at its year."""
    if facet != "date":
        return at
    year = code.strip("./")[:4]
    return 10_000 if code == _NONE else int(year)


def _values(archive: Archive, name: str, counted: Iterable[str] = ()) -> list[tuple[str, str, int]]:
    if name == "source":
        every = matching(archive.vocabulary("platform"), sources.every(archive.db), "")
        named = {f"#{one.id}": one.name for one in every}
        return [(code, label, 0) for code, label in (*named.items(), (_NONE, "no source"))]
    if name == "date":
        years = sorted({*counted} - {_NONE}, key=lambda code: (code.strip("./"), code))
        return [*((code, dates.words(code), 0) for code in years), (_NONE, "no date", 0)]
    if name not in facets.FACETS:
        return [(code, label, 0) for code, label in _offered(archive, name).items()]
    facet = facets.FACETS[name]
    terms = archive.vocabulary(facet.vocabulary)
    if facet.tree:
        return [(term.code, term.label, len(terms.ancestors(term.code))) for term in terms]
    if facet.vocabulary in ("country", "weapon_model", "holder", "conflict"):
        return _by_label(terms)
    return [(term.code, term.label, 0) for term in terms]


@functools.lru_cache(maxsize=8)
def _by_label(terms: Vocabulary) -> list[tuple[str, str, int]]:
    """Terms in the order of their labels; a vocabulary never changes, and its hundreds are folded once."""
    return sorted(((term.code, term.label, 0) for term in terms), key=lambda row: fold(row[1]))


def label_of(archive: Archive, chosen: Filter) -> str:
    """What to show for a filter, as on the chip under the search bar."""
    counted = [chosen.code] if chosen.facet == "date" else []
    labels = {code: label for code, label, _ in _values(archive, chosen.facet, counted)}
    name = {"manufacture": "made in", "design": "designed in"}.get(chosen.facet, chosen.facet)
    return f"{'' if chosen.wanted else 'not '}{name}: {labels.get(chosen.code, chosen.code)}"


def parts(archive: Archive, query: Query) -> list[tuple[str, Query]]:
    """Each condition of a query: what to show for it, and the query without it."""
    found = [(label_of(archive, one), query.without_filter(one.facet, one.code)) for one in query.filters]
    for at, word in enumerate(query.words):
        found.append((f"“{word}”", replace(query, words=query.words[:at] + query.words[at + 1 :])))
    for at, prefix in enumerate(query.sha256):
        found.append((f"SHA-256: {prefix[:12]}", replace(query, sha256=query.sha256[:at] + query.sha256[at + 1 :])))
    for at, text in enumerate(query.markings):
        found.append((f"marking: {text}", replace(query, markings=query.markings[:at] + query.markings[at + 1 :])))
    return found
