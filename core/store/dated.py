"""Images by their dates: in the cache by year, and to the day in the record itself.

A date is posted under each year that it can mean.  One that is open at an end, or is longer than a lifetime, is
posted as it is, cut to years: so whole years are answered by the cache alone, and exactly.
"""

import functools
import json
from collections.abc import Iterable
from datetime import date
from typing import Final

from sqlite_utils import Database

from core import dates
from core.errors import Refused
from core.store import postings
from core.store.images import in_chunks
from core.store.postings import Bits

FACET: Final = "date"
NONE: Final = "none"
"""The code of the images that nobody dated and whose files do not say."""
_LONG_YEARS: Final = 50


def years_of(said: str, taken_at: str) -> str:
    """The codes under which an image is posted by its date and its file's claim of one, as JSON."""
    return json.dumps(sorted({*_years(said), *_years(taken_at[:10])}))


@functools.lru_cache(maxsize=4096)  # what cannot be read too, which costs the most
def _years(text: str) -> list[str]:
    if not text:
        return []
    try:
        first, last = dates.reach(dates.parse(text))
    except Refused:
        return []
    ends = [".." if day in (date.min, date.max) else f"{day.year:04}" for day in (first, last)]
    if ".." in ends or last.year - first.year > _LONG_YEARS:
        return ["/".join(ends)]
    return [f"{year:04}" for year in range(first.year, last.year + 1)]


def having(db: Database, texts: Iterable[str], blocks: int) -> Bits:
    """The images whose date, or whose file's claim of one, can overlap with any of these."""
    posted = [code for code in postings.codes(db, FACET) if code != NONE]
    found = postings.of_ids([], blocks)
    for text in texts:
        if text == NONE:
            found |= postings.having(db, FACET, [NONE], blocks)
            continue
        wanted = dates.parse(text)
        near = [code for code in posted if dates.overlap(dates.parse(code), wanted)]
        bits = postings.having(db, FACET, near, blocks)
        found |= bits if _whole_years(wanted) else _to_the_day(db, wanted, bits, blocks)
    return found


def _whole_years(wanted: dates.Dates) -> bool:
    first, last = dates.reach(wanted)
    return (first.month, first.day, last.month, last.day) == (1, 1, 12, 31)


def _to_the_day(db: Database, wanted: dates.Dates, near: Bits, blocks: int) -> Bits:
    found = []
    for marks, chunk in in_chunks(postings.ids_of(near).tolist()):
        rows = db.conn.execute(
            "SELECT image.id, ifnull(date, ''), ifnull(substr(taken_at, 1, 10), '') FROM image "
            f"LEFT JOIN description ON image_id = image.id WHERE image.id IN ({marks})",
            chunk,
        ).fetchall()
        found += [image_id for image_id, *said in rows if any(_meets(text, wanted) for text in said if text)]
    return postings.of_ids(found, blocks)


def _meets(text: str, wanted: dates.Dates) -> bool:
    try:
        return dates.overlap(dates.parse(text), wanted)
    except Refused:
        return False
