"""A query as sets of images: which it finds, and how many of them each facet value has."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from sqlite_utils import Database

from core.folding import fold_words
from core.jobs import Job
from core.records import STATES, Query
from core.store import dated, following, marked, postings, sightings
from core.store.postings import Bits

if TYPE_CHECKING:
    from array import array

_TRIGRAM: Final = 3


Named = Mapping[str, Mapping[str, Sequence[str]]]
"""For each word of a query, the codes by facet of the terms that it may mean."""


def find(db: Database, query: Query, named: Named) -> "array[int]":
    """The ids of the images that a query finds, in the order in which they came into the archive."""
    return postings.ids_of(_Found(db, query, named).bits())


def count(db: Database, query: Query, named: Named) -> int:
    """How many images a query finds."""
    return postings.number(_Found(db, query, named).bits())


def facet_counts(
    db: Database, query: Query, named: Named, facets: Sequence[str], job: Job
) -> dict[str, Mapping[str, int]]:
    """For each facet, how many images have each of its values, among those that the rest of the query finds.

    A facet's own filters are left out of its counts, so that they say what another choice would show.
    """
    found = _Found(db, query, named)
    counts: dict[str, Mapping[str, int]] = {}
    for facet in facets:
        job.check()
        counts[facet] = found.counts(facet)
    return counts


class _Found:
    """What each part of a query finds, looked up once."""

    def __init__(self, db: Database, query: Query, named: Named) -> None:
        self._db = db
        self._named = named
        self._blocks = postings.blocks(db)
        self._rest = self._every()
        for word in query.words:
            self._rest &= self._word(word)
        for prefix in query.sha256:
            self._rest &= self._ids("SELECT id FROM image WHERE sha256 >= ? AND sha256 < ?", [prefix, prefix + "g"])
        for text in query.markings:
            self._rest &= self._marked(text)
        self._by_facet = {facet: self._filters(query, facet) for facet in {f.facet for f in query.filters}}

    def bits(self, *, without: str | None = None) -> Bits:
        """The images that all parts find, but for the filters on one facet."""
        found = self._rest.copy()
        for facet, bits in self._by_facet.items():
            if facet != without:
                found &= bits
        return found

    def counts(self, facet: str) -> dict[str, int]:
        """How many images have each value of a facet, among those that the other parts find."""
        bits = self.bits(without=facet)
        if facet != dated.FACET:
            return postings.counts(self._db, facet, bits)
        # A date that is open, or longer than a year, is found under more values than it is posted under.
        every = {code: self._having(facet, [code]) & bits for code in postings.codes(self._db, facet)}
        return {code: count for code, found in every.items() if (count := postings.number(found))}

    def _having(self, facet: str, codes: Sequence[str]) -> Bits:
        if facet == dated.FACET:
            return dated.having(self._db, codes, self._blocks)
        return postings.having(self._db, facet, codes, self._blocks)

    def _every(self) -> Bits:
        if following.is_behind(self._db):  # images may have come or gone that the cache does not know of yet
            return self._ids("SELECT id FROM image", [])
        return postings.having(self._db, "state", STATES, self._blocks)

    def _ids(self, sql: str, values: Sequence[Any]) -> Bits:
        return postings.of_ids([row[0] for row in self._db.conn.execute(sql, values).fetchall()], self._blocks)

    def _word(self, word: str) -> Bits:
        folded = fold_words(word)
        if len(folded) >= _TRIGRAM:
            quoted = '"' + folded.replace('"', '""') + '"'
            bits = self._ids("SELECT rowid FROM cache.search WHERE search MATCH ?", [quoted])
        else:  # the index knows runs of three letters; a shorter word is looked for in the texts themselves
            bits = self._ids("SELECT rowid FROM cache.search WHERE instr(text, ?)", [folded])
        for facet, codes in self._named.get(word, {}).items():
            bits |= postings.having(self._db, facet, codes, self._blocks)
        return bits

    def _marked(self, text: str) -> Bits:
        """The images on which a marking was read that can be a text or contain it, and the copies of those."""
        found = {one.image_id for one in marked.search(self._db, text)}
        copies = sightings.siblings(self._db, list(found))
        return postings.of_ids(sorted({other for group in copies.values() for other in group}), self._blocks)

    def _filters(self, query: Query, facet: str) -> Bits:
        """The images that have any of the wanted values of a facet and none of the unwanted."""
        wanted, unwanted = (
            [chosen.code for chosen in query.filters if chosen.facet == facet and chosen.wanted is want]
            for want in (True, False)
        )
        bits = ~self._having(facet, unwanted)
        return bits & self._having(facet, wanted) if wanted else bits
