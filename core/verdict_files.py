"""Verdicts out to a file and in from one, so that two archives need not decide the same pairs twice.

The file's form is told in verdict_files.md.  It is read as what a stranger wrote: all of it is checked before any of
it is taken over.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from core.archive import Archive
from core.errors import Refused, StorageFault
from core.jobs import Job
from core.records import DIRECTED_VERDICTS, VERDICTS, Relation
from core.store import images, relations
from core.transforms import Transform
from core.whole_file import whole_file

FORMAT: Final = "stocktake-verdicts"
FORMAT_VERSION: Final = 1
FROM_ELSEWHERE: Final = "from another archive"
"""Stands at the end of the evidence of a verdict that was taken over."""
_TAKEN_OVER: Final = f"; {FROM_ELSEWHERE}"
_MOST_BYTES: Final = 256 * 1024 * 1024
_LONGEST: Final = {"by": 1_000, "evidence": 10_000}
_KEYS: Final = ("from", "to", "verdict", "evidence", "transform", "by", "at")
_SHA256: Final = re.compile(r"[0-9a-f]{64}")
_TIME: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z")
# Further than this no picture lies from another, and what is within can be turned back.
_FARTHEST: Final = 10_000.0


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two verdicts on one pair that do not say the same: the one that stands ``here``, and the one in the file."""

    here: Relation
    there: Relation


@dataclass(frozen=True, slots=True)
class VerdictsReport:
    """What became of the verdicts of a file.

    ``known`` were given here too.  ``elsewhere`` of the added ones are about an image that is not in this archive;
    they hold as soon as it is.
    """

    added: int
    known: int
    elsewhere: int
    conflicts: tuple[Conflict, ...]


def export_verdicts(archive: Archive, to: Path, *, job: Job | None = None) -> int:
    """Write every verdict to a file, complete or not at all; how many.

    Raises:
        Refused: the target is no place for a file, or is inside the archive.
        StorageFault: the disk failed or is full.
        Cancelled: the user stopped the job.
    """
    job = job or Job()
    held = relations.every(archive.db)
    heading = {"archive": archive.uuid, "format": FORMAT, "format_version": FORMAT_VERSION}
    with whole_file(to, outside=archive.folder) as path, path.open("w", encoding="utf-8", newline="\n") as file:
        file.write("{\n")
        file.writelines(f"{json.dumps(key)}: {json.dumps(value)},\n" for key, value in heading.items())
        file.write('"verdicts": [')
        for done, one in enumerate(held):
            file.write(f"{',' if done else ''}\n{json.dumps(verdict_value(one), ensure_ascii=False)}")
            job.step(done + 1, len(held), "Exporting verdicts")
        file.write("\n]\n}\n")
    return len(held)


def verdict_value(verdict: Relation) -> dict[str, Any]:
    """A verdict as the file has it."""
    return {
        "from": verdict.from_sha256,
        "to": verdict.to_sha256,
        "verdict": verdict.kind,
        "evidence": verdict.evidence,
        "transform": list(verdict.transform.numbers) if verdict.transform else None,
        "by": verdict.decided_by,
        "at": verdict.decided_at,
    }


def import_verdicts(archive: Archive, file: Path, *, job: Job | None = None) -> VerdictsReport:
    """Take the verdicts of a file over in one action, each with its author and time; what was decided here stands.

    Verdicts on images that are not in this archive are kept as well.

    Raises:
        Refused: it is no such file, or not all of it can be taken over; nothing was.
        StorageFault: the file cannot be read.
        ReadOnly: the archive is open for reading only.
        Cancelled: the user stopped the job, and nothing is changed.
    """
    archive.check_writable()
    given = read_verdicts(_content(file))
    job = job or Job()
    new, known, conflicts = [], 0, []
    for there in given:
        here = relations.get(archive.db, there.from_sha256, there.to_sha256)
        if here is None:
            new.append(there)
        elif _agree(here, there):
            known += 1
        else:
            conflicts.append(Conflict(here, there))
    with archive.action(f"Import {len(new):,} {'verdict' if len(new) == 1 else 'verdicts'}", job=job):
        for done, one in enumerate(new):
            _put(archive, one)
            job.step(done + 1, len(new), "Importing verdicts")
    elsewhere = sum(
        None in (images.id_of(archive.db, one.from_sha256), images.id_of(archive.db, one.to_sha256)) for one in new
    )
    return VerdictsReport(len(new), known, elsewhere, tuple(conflicts))


def _put(archive: Archive, verdict: Relation) -> None:
    evidence = verdict.evidence
    if not evidence.endswith(FROM_ELSEWHERE):
        evidence = f"{evidence}{_TAKEN_OVER}" if evidence else FROM_ELSEWHERE
    relations.put(
        archive.db,
        from_sha256=verdict.from_sha256,
        to_sha256=verdict.to_sha256,
        kind=verdict.kind,
        evidence=evidence,
        by=verdict.decided_by,
        at=verdict.decided_at,
        transform=verdict.transform,
    )


def _agree(one: Relation, other: Relation) -> bool:
    """Whether two verdicts on one pair say the same."""
    same_way = one.from_sha256 == other.from_sha256 or one.kind not in DIRECTED_VERDICTS
    return one.kind == other.kind and same_way


def _content(file: Path) -> bytes:
    try:
        if not file.is_file():
            raise Refused(f"{file} is not a file that can be read.")
        if file.stat().st_size > _MOST_BYTES:
            raise Refused(f"{file} is larger than any file of verdicts.")
        return file.read_bytes()
    except OSError as error:
        raise StorageFault(f"{file} cannot be read: {error.strerror or error}.") from error


def read_verdicts(content: bytes) -> list[Relation]:
    """The verdicts that a file's content holds, one for each pair, in their order.

    Raises:
        Refused: it is no file of verdicts, a newer one, or some of it makes no sense; the sentence says where.
    """
    try:
        document = json.loads(content.decode("utf-8-sig"), object_pairs_hook=_without_doubles, parse_constant=_constant)
    except (ValueError, RecursionError) as error:
        raise Refused("This is no file of verdicts: it is not valid JSON.") from error
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise Refused(f"This is no file of verdicts: it does not say that its format is {FORMAT}.")
    version = document.get("format_version")
    if type(version) is not int or version != FORMAT_VERSION:
        raise Refused("This file of verdicts is of another version than this Stocktake can read.")
    given = document.get("verdicts")
    if not isinstance(given, list):
        raise Refused("This file of verdicts has no list of verdicts.")
    return _one_for_each_pair(given)


def _without_doubles(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice")
    return found


def _constant(name: str) -> None:
    raise ValueError(f"{name} is no number")


def _one_for_each_pair(given: Sequence[Any]) -> list[Relation]:
    found: dict[frozenset[str], tuple[int, Relation]] = {}
    for number, value in enumerate(given, 1):
        try:
            verdict = _verdict(value)
        except Refused as error:
            raise Refused(f"Nothing was taken over: verdict {number} of the file cannot be: {error}") from error
        pair = frozenset((verdict.from_sha256, verdict.to_sha256))
        before, earlier = found.setdefault(pair, (number, verdict))
        if not _agree(earlier, verdict):
            raise Refused(f"Nothing was taken over: verdicts {before} and {number} of the file contradict each other.")
    return [verdict for _, verdict in found.values()]


def _verdict(value: Any) -> Relation:
    if not isinstance(value, dict) or set(value) != set(_KEYS):
        raise Refused(f"it has not exactly {', '.join(_KEYS)}.")
    if value["verdict"] not in VERDICTS:
        raise Refused("there is no such verdict.")
    start, end = value["from"], value["to"]
    if not all(isinstance(one, str) and _SHA256.fullmatch(one) for one in (start, end)) or start == end:
        raise Refused("it does not name two images by their SHA-256.")
    for key, longest in _LONGEST.items():
        _check_text(key, value[key], longest)
    if not value["by"].strip():
        raise Refused("it does not say who gave it.")
    return Relation(start, end, value["verdict"], value["evidence"], value["by"], _time(value), _transform(value))


def _check_text(key: str, text: Any, longest: int) -> None:
    # What taking over adds must not keep the same verdict out of the next archive.
    if not isinstance(text, str) or len(text.removesuffix(_TAKEN_OVER)) > longest:
        raise Refused(f"“{key}” is no text of at most {longest:,} characters.")
    if any(char == "\0" or "\ud800" <= char <= "\udfff" for char in text):
        raise Refused(f"“{key}” has characters that cannot be stored.")


def _time(value: Mapping[str, Any]) -> str:
    at = value["at"]
    if isinstance(at, str) and _TIME.fullmatch(at):
        try:
            datetime.fromisoformat(at)
        except ValueError:
            pass
        else:
            return at
    raise Refused("“at” is no time in UTC, as 2014-06-14T12:00:00Z.")


def _transform(value: Mapping[str, Any]) -> Transform | None:
    numbers = value["transform"]
    if numbers is None:
        return None
    fits = isinstance(numbers, list) and len(numbers) == 6 and all(type(one) in (int, float) for one in numbers)
    if not fits or not all(abs(one) <= _FARTHEST for one in numbers):
        raise Refused("“transform” is not null and not six numbers.")
    return Transform.parse(Transform(*map(float, numbers)).text)
