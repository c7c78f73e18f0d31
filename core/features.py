"""Looking for copies by what is seen at places of the pictures: a stage after the import, in the background.

First the key points of every image are made, in worker processes.  Then each image is held against all before it, and
workers look closely at the pairs that share some.  Last come the pairs that only perceptual hashes spoke for.  Each
batch is kept together with the mark that it is done, so that a run that was cancelled or killed goes on from there
and comes to the same.  What is found of a pair depends on the two pictures alone, never on what else is there or came
first.
"""

import contextlib
import hashlib
import os
import shutil
import uuid
from collections import deque
from collections.abc import Generator, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from typing import Final

from core.archive import Archive
from core.errors import StorageFault
from core.executing import Outcome, Workers, broke_down, outcomes, working
from core.imaging import Undecodable
from core.jobs import Job
from core.likeness.judging import RULES, Finding
from core.likeness.keypoint_index import candidates
from core.likeness.keypoints import Keypoints, read_keypoints, recipe
from core.likeness.looks import Picture
from core.likeness.stored_index import StoredIndex
from core.likeness.verifying_pairs import DIFFERENT, Pair, look_at, turned
from core.records import Match
from core.store import cache, following, keypoints
from core.store.connection import transaction
from core.workers import CannotStart, TimedOut

FOLDER: Final = "features"
_RECIPE: Final = "keypoints"
_RULES: Final = "judging"
_INDEX: Final = "keypoint index"
_HOPELESS: Final = "without keypoints"
_KEPT_AT_ONCE: Final = 50
_SEARCHED_AT_ONCE: Final = 50
_PAIRS_AT_ONCE: Final = 16
_LOADED_AT_ONCE: Final = 500


def is_due(archive: Archive) -> bool:
    """Whether there are images that were not looked at yet, or all of them by another recipe."""
    db = archive.db
    if not _is_current(archive):
        return bool(cache.has_fingerprints(db))
    return (
        keypoints.count_unsearched(db) > 0
        or bool(keypoints.unverified_near(db, 1))
        or _digest(keypoints.missing(db)) != (cache.note(db, _HOPELESS) or _digest([]))
    )


def is_index_behind(archive: Archive) -> bool:
    """Whether files of the index are lost or were not written: nothing is missing, but each question takes long."""
    return _is_current(archive) and bool(keypoints.searched_above(archive.db, _files(archive).last, 1))


def count_left(archive: Archive) -> int:
    """How many images were not looked at yet, so that nothing can be found in them but by their hashes."""
    db = archive.db
    if not _is_current(archive):
        return keypoints.count_decoded(db)
    missing = keypoints.missing(db)
    hopeless = _digest(missing) == cache.note(db, _HOPELESS)
    return (0 if hopeless else len(missing)) + keypoints.count_unsearched(db)


def find_copies(
    archive: Archive, *, job: Job | None = None, executor: Executor | None = None, jobs: int | None = None
) -> int:
    """Do all that is left of the stage; how many images were held against the others.

    ``executor`` does the work, its ``jobs`` workers reaching the same folders, or else ``jobs`` processes of our own.

    Raises:
        Cancelled: the user asked to stop; what was done by then is kept.
        CoreError: the executor broke down, or the disk failed; the same.
        ReadOnly: the archive is open for reading only.
    """
    archive.check_writable()
    job = job or Job()
    _make_current(archive, job)
    with working(executor, jobs) as workers:
        _extract(archive, workers, job)
        index = writers_index(archive, job)
        count = _search(archive, index, workers, job)
        # Not where it was stopped: who stops it waits, and what is not in files is taken from the key points again.
        _save(index, job)
        _verify_near(archive, workers, job)
    return count


def writers_index(archive: Archive, job: Job) -> StoredIndex:
    """The index of all images that were held against the others; its files are brought up to date by ``save``."""
    folder = archive.folder / FOLDER
    name = cache.note(archive.db, _INDEX) or ""
    for stale in folder.iterdir() if folder.is_dir() else []:
        if stale.name != name:
            shutil.rmtree(stale, ignore_errors=True)
    return loaded_index(archive, job, writes=True)


def loaded_index(archive: Archive, job: Job, *, writes: bool = False) -> StoredIndex:
    """The same for reading: what is not in its files is taken from the key points.

    Raises:
        Cancelled: the user asked to stop.
    """
    index = _files(archive, writes=writes)
    while rows := keypoints.searched_above(archive.db, index.last, _LOADED_AT_ONCE):
        job.check()
        index.add([(number, Keypoints.unpacked(points)) for number, points in rows], writes=writes, check=job.check)
    return index


def _files(archive: Archive, *, writes: bool = False) -> StoredIndex:
    """What of the index is in files."""
    name = cache.note(archive.db, _INDEX)
    return StoredIndex(archive.folder / FOLDER / name if name else None, writes=writes)


def extract(path: str) -> bytes:
    """The packed key points of an original, none where it cannot be decoded; what a worker process runs.

    Raises:
        OSError: the file cannot be read.
    """
    try:
        return read_keypoints(path).packed()
    except Undecodable:
        return Keypoints.none().packed()


def _is_current(archive: Archive) -> bool:
    notes = (cache.note(archive.db, _RECIPE), cache.note(archive.db, _RULES), cache.note(archive.db, _INDEX) or "")
    return notes[:2] == (recipe(), RULES) and bool(notes[2])


def _make_current(archive: Archive, job: Job) -> None:
    """Drop what was made by another recipe."""
    if _is_current(archive):
        return
    db = archive.db
    before = cache.note(db, _RECIPE)
    with transaction(db):
        keypoints.forget(db, points=before != recipe())
        cache.write_note(db, _RECIPE, recipe())
        cache.write_note(db, _RULES, RULES)
        cache.write_note(db, _INDEX, uuid.uuid4().hex)
        if before is not None:
            # What was found by the other recipe is shown no more.
            following.refresh_all(db)
    archive.catch_up(job)


def _save(index: StoredIndex, job: Job) -> None:
    try:
        index.save(job.check)
    except OSError as error:
        raise StorageFault(
            f"The index of key points could not be written ({error.strerror or error}); what was found is kept."
        ) from error


# Key points.


def _extract(archive: Archive, workers: Workers, job: Job) -> None:
    paths = {
        os.fspath(archive.originals.path_of(sha256, ending)): sha256 for sha256, ending in keypoints.missing(archive.db)
    }
    made: list[tuple[str, bytes]] = []
    tried = 0
    try:
        with contextlib.closing(outcomes(workers, extract, paths, job)) as results:
            for outcome in results:
                tried += 1
                points = _points(outcome)
                if points is not None:
                    made.append((paths[outcome.argument], points))
                if len(made) >= _KEPT_AT_ONCE:
                    made = _keep_points(archive, made)
                job.step(tried, len(paths), "Preparing to look for copies")
    finally:
        _keep_points(archive, made)
    with transaction(archive.db):
        cache.write_note(archive.db, _HOPELESS, _digest(keypoints.missing(archive.db)))


def _digest(missing: Sequence[tuple[str, str]]) -> str:
    """Stands for these images: those that could not be read when it was last tried are not tried for ever."""
    return hashlib.sha256(" ".join(sorted(sha256 for sha256, _ in missing)).encode()).hexdigest()


def _points(outcome: Outcome[str, bytes]) -> bytes | None:
    """The points that came of a file; none where it takes for ever, None where it could not be read this time."""
    if outcome.error is None or isinstance(outcome.error, TimedOut):
        return outcome.result or Keypoints.none().packed()
    return None


def _keep_points(archive: Archive, made: list[tuple[str, bytes]]) -> list[tuple[str, bytes]]:
    if made:
        with transaction(archive.db):
            keypoints.add(archive.db, made)
    return []


# The search.


@dataclass(frozen=True, slots=True)
class _Question:
    """An image that was held against those before it: its number, and the pairs to look at, by their content hashes."""

    number: int | None
    names: tuple[tuple[str, str], ...]
    pairs: tuple[Pair, ...]


def _search(archive: Archive, index: StoredIndex, workers: Workers, job: Job) -> int:
    total, done = keypoints.count_unsearched(archive.db), 0
    answers = _answers(workers, _questions(archive, index, job), job)
    batch: list[tuple[_Question, list[Finding]]] = []
    try:
        with contextlib.closing(answers):
            for question, findings in answers:
                batch.append((question, findings))
                done += 1
                if len(batch) >= _KEPT_AT_ONCE:
                    batch = _keep(archive, batch)
                job.step(done, max(total, done), "Looking for copies")
    finally:
        _keep(archive, batch)
    return done


def _answers(workers: Workers, questions: Iterator[_Question], job: Job) -> Generator[tuple[_Question, list[Finding]]]:
    """Each question with what was found of its pairs, in their order; many pairs are shared out among the workers."""
    asked: deque[tuple[_Question, int]] = deque()

    def tasks() -> Iterator[tuple[Pair, ...]]:
        for question in questions:
            parts = [question.pairs[at : at + _PAIRS_AT_ONCE] for at in range(0, len(question.pairs), _PAIRS_AT_ONCE)]
            asked.append((question, len(parts)))
            yield from parts
            if not parts:
                yield ()

    with contextlib.closing(outcomes(workers, look_at, tasks(), job)) as results:
        for first in results:
            question, parts = asked.popleft()
            findings = _findings(workers, first, job)
            for _ in range(1, parts):
                findings += _findings(workers, next(results), job)
            yield question, findings


def _findings(workers: Workers, outcome: Outcome[tuple[Pair, ...], list[Finding]], job: Job) -> list[Finding]:
    """What was found of the pairs; where looking at them failed, each is looked at again by itself.

    Raises:
        CoreError: no worker can be started: that says nothing of the pairs.
    """
    if outcome.result is not None:
        return outcome.result
    if isinstance(outcome.error, CannotStart):
        raise broke_down(outcome.error) from outcome.error
    found: list[Finding] = []
    with contextlib.closing(outcomes(workers, look_at, [(pair,) for pair in outcome.argument], job)) as results:
        for again in results:
            if isinstance(again.error, CannotStart):
                raise broke_down(again.error) from again.error
            found += again.result or [Finding("unconfirmed", (), None, "looking at them failed")]
    return found


def _questions(archive: Archive, index: StoredIndex, job: Job) -> Iterator[_Question]:
    """What to look at for each image that was not held against the others, in the order of their numbers.

    Raises:
        Cancelled: the user asked to stop; many are asked before the first answer is taken.
    """
    last = 0
    while rows := keypoints.unsearched(archive.db, above=last, limit=_SEARCHED_AT_ONCE):
        last = rows[-1][0]
        pictures = [(number, Keypoints.unpacked(points)) for number, _, points in rows]
        index.add([one for one in pictures if one[0] > index.last], check=job.check)
        for (number, sha256, _), (_, points) in zip(rows, pictures, strict=True):
            job.check()
            yield _question(archive, index, number, sha256, points)


def _question(archive: Archive, index: StoredIndex, number: int, sha256: str, points: Keypoints) -> _Question:
    forms: dict[int, tuple[bool, ...]] = {}
    for mirrored in (False, True):
        for other in candidates(index.parts, points.mirrored() if mirrored else points):
            if other < number:
                forms[other] = (*forms.get(other, ()), mirrored)
    named = keypoints.named(archive.db, list(forms))
    names = {(min(sha256, other), max(sha256, other)): forms[at] for at, other in named.items()}
    return _asked(archive, number, names)


def _asked(archive: Archive, number: int | None, names: Mapping[tuple[str, str], tuple[bool, ...]]) -> _Question:
    """The question about these pairs, each with the forms that its key points spoke for."""
    looks = keypoints.looks(archive.db, list({name for pair in names for name in pair}))
    near = keypoints.near_of(archive.db, names)
    chosen = [pair for pair in sorted(names) if pair[0] in looks and pair[1] in looks]
    pairs = (_pair(looks, near.get(pair), pair, names[pair]) for pair in chosen)
    return _Question(number, tuple(chosen), tuple(pairs))


def _pair(looks: dict[str, Picture], near: Match | None, names: tuple[str, str], forms: tuple[bool, ...]) -> Pair:
    # Whatever the hashes spoke for is looked at in both forms, so that it makes no difference which came first.
    forms = (False, True) if near else forms
    return Pair(looks[names[0]], looks[names[1]], forms, turned(near.kind) if near else ())


def _keep(
    archive: Archive, answers: Sequence[tuple[_Question, list[Finding]]]
) -> list[tuple[_Question, list[Finding]]]:
    if answers:
        found = [one for question, findings in answers for one in zip(question.names, findings, strict=True)]
        near = keypoints.near_of(archive.db, [names for names, _ in found])
        with transaction(archive.db):
            rows = [(*names, _match(names, finding, near.get(names))) for names, finding in found]
            changed = keypoints.keep_verified(archive.db, rows)
            keypoints.mark_searched(archive.db, (one.number for one, _ in answers if one.number is not None))
            following.refresh(archive.db, changed)
    return []


def _match(names: tuple[str, str], finding: Finding, near: Match | None) -> Match | None:
    if finding.kind == DIFFERENT:
        return None
    match = Match(*names, finding.kind, None, finding.evidence, finding.changes, finding.transform)
    if near is None:
        return match
    return replace(match, distance=near.distance, evidence=f"{finding.evidence}; {near.evidence}")


def _verify_near(archive: Archive, workers: Workers, job: Job) -> None:
    """Look at the pairs that only perceptual hashes spoke for."""
    done = 0
    while rows := keypoints.unverified_near(archive.db, _PAIRS_AT_ONCE * workers.count):
        names: dict[tuple[str, str], tuple[bool, ...]] = {(row.sha256_a, row.sha256_b): () for row in rows}
        question = _asked(archive, None, names)
        (answer,) = _answers(workers, iter([question]), job)
        with transaction(archive.db):
            # Those whose thumbnail is lost cannot be looked at, and stay what they are.
            left = set(names) - set(question.names)
            keypoints.mark_verified(archive.db, left)
        _keep(archive, [answer])
        done += len(rows)
        job.step(done, 0, "Verifying what is near")
