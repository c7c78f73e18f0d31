"""What the tests of importing share: executors that meddle, and what an archive holds in a form to compare."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from core.archive import Archive
from core.records import Capture, Match
from core.store import images, relations

CACHE_TABLES = ("note", "thumbnail", "sketch", "fingerprint", "match", "membership", "shown", "search")


class Watched(ThreadPoolExecutor):
    """A foreign executor that lets the test do something before each task: its number and first argument."""

    def __init__(self, before: Callable[[int, Any], None]) -> None:
        super().__init__(2)
        self._before = before
        self._count = 0

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        self._before(self._count, args[0])
        self._count += 1
        return super().submit(fn, *args, **kwargs)


def dump(archive: Archive) -> list[str]:
    """The whole catalogue as SQL, history included."""
    return list(archive.db.conn.iterdump())


def captures(archive: Archive) -> list[Capture]:
    """Every capture, images in the order of their content hashes."""
    ids = [images.id_of(archive.db, sha256) for sha256, _ in sorted(images.each_original(archive.db))]
    held = images.captures(archive.db, [image_id for image_id in ids if image_id is not None])
    return [capture for many in held.values() for capture in many]


def matches(archive: Archive) -> set[tuple[str, str, str, int]]:
    """What was found between images: both content hashes, kind and distance."""
    return {(one.sha256_a, one.sha256_b, one.kind, one.distance) for one in relations.matches(archive.db)}


def matched_names(archive: Archive) -> dict[tuple[str, str], Match]:
    """What was found between images, by the sorted file names of their first captures."""
    found = {}
    for match in relations.matches(archive.db):
        ids = [images.id_of(archive.db, sha256) for sha256 in (match.sha256_a, match.sha256_b)]
        held = images.captures(archive.db, [image_id for image_id in ids if image_id is not None])
        first, second = sorted(many[0].place.name for many in held.values())
        found[first, second] = match
    return found


def derived(archive: Archive) -> dict[str, list[tuple[Any, ...]]]:
    """Every table of the cache."""
    return {
        table: sorted(archive.db.conn.execute(f"SELECT * FROM cache.{table}").fetchall(), key=repr)
        for table in CACHE_TABLES
    }
