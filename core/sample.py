"""The sample archive: everything that Stocktake shows, on pictures that it draws itself, so that nobody can do harm.

The drawings are imported, tagged and settled by the same functions that serve real ones.  What is said of them is
made up.
"""

import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Final, NamedTuple

from core import duplicates, importing, looking, sample_filling, search, tagging
from core.archive import Archive
from core.errors import Cancelled, CoreError, Refused
from core.jobs import Job
from core.records import ImageId, Query
from core.reposts import plate_path, write_set
from core.tagging import Tag
from core.workers import DecoderPool

ACTOR: Final = "Sample analyst"
_MAKING: Final = ".making"

_TAGS: Final[tuple[tuple[tuple[int, ...], Tag], ...]] = (
    ((1, 24), Tag("SA.RIF.AUT", design="CSHH", manufacture="CSHH", certainty="probable")),
    ((24,), Tag("SA.RIF.SNI", design="CHE", manufacture="CHE", certainty="possible")),
    ((10,), Tag("SA.RIF.SNI", design="CHE", manufacture="SWE", certainty="certain")),
    ((3, 25), Tag("SA.PIS", design="AUT", manufacture="AUT", certainty="probable")),
    ((8, 25), Tag("SA.REV", manufacture="x-UNK")),
    ((13, 25), Tag("SA.SMG", design="YUCS", manufacture="YUCS", certainty="possible")),
    (
        (6,),
        Tag("LW.MG.GP", design="BEL", manufacture="PRT", certainty="doubtful", note="Made up: the caption says so."),
    ),
    ((16,), Tag("LW.MG.H", certainty="possible")),
    ((5,), Tag("LW.MOR.M", design="FIN", manufacture="FIN", certainty="certain")),
    ((7,), Tag("LW.RKT", manufacture="SWE", certainty="probable")),
    ((2, 26), Tag("VH.TNK", design="CSHH", manufacture="CSHH", certainty="possible")),
    ((20, 26), Tag("VH.APC", manufacture="x-MULTI")),
    ((4, 26), Tag("VH.TRK", manufacture="AUT", certainty="probable")),
    ((12,), Tag("AV.UAV", manufacture="x-UNK", certainty="unknown")),
    ((14,), Tag("MU.CTG", note="Made up: four cartridges side by side.")),
    ((17,), Tag("HW.MRL", design="PRT", certainty="possible")),
)
_STATUSES: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    ("reviewed", (plate_path(1), plate_path(5), plate_path(10))),
    ("ready_for_review", (plate_path(3), plate_path(7))),
    ("in_progress", (plate_path(2), plate_path(26))),
    ("needs_help", (plate_path(16),)),
    ("excluded", ("downloads/screenshot 2024-04-09.png",)),
)
_NOTES: Final[Mapping[str, str]] = {
    plate_path(1): "A sample: two copies of this plate were settled as the same picture, and its tag is shown for all.",
    plate_path(16): "A sample: a second analyst disagrees on the type; both claims are kept.",
    "plates/plate-20-b.jpg": "A sample: looks like plate 20, but another number is painted on it.",
}


class _Verdict(NamedTuple):
    first: str
    second: str
    kind: str


# The other pairs that are found stay undecided, for the newcomer to settle.
_VERDICTS: Final = (
    _Verdict(plate_path(1), "reposts/photo_2024-03-11_18-02-44.jpg", "same_picture"),
    _Verdict(plate_path(1), "reposts/IMG-20240312-WA0007.jpg", "better_copy_of"),
    _Verdict(plate_path(2), "reposts/IMG-20240314-WA0011.jpg", "same_picture"),
    _Verdict(plate_path(7), "reposts/launcher flipped.jpg", "same_picture"),
    _Verdict(plate_path(10), "reposts/photo_2024-03-22_10-44-18.jpg", "better_copy_of"),
    _Verdict(plate_path(20), "plates/plate-20-b.jpg", "not_related"),
)


def create_sample(folder: Path, job: Job) -> None:
    """Make the sample archive in a folder that does not exist yet or is empty.

    It is made beside that folder and appears whole or not at all.

    Raises:
        Refused: the folder holds something already, or nothing can be made there.
        Cancelled: the user stopped it; nothing is left.
    """
    folder = folder.absolute()
    making = folder.with_name(folder.name + _MAKING)
    try:
        if folder.exists() and any(folder.iterdir()):
            raise Refused(f"{folder} is not empty; choose a new or an empty folder for the sample archive.")
        if making.exists():  # what a crash left
            shutil.rmtree(making)
        _make(making, job)
        if folder.exists():
            folder.rmdir()
        making.rename(folder)
    except OSError as error:
        raise CoreError(f"The sample archive could not be made at {folder}: {error.strerror}.") from error
    finally:
        shutil.rmtree(making, ignore_errors=True)


def _make(folder: Path, job: Job) -> None:
    with (
        tempfile.TemporaryDirectory(prefix="stocktake-sample-") as drawn,
        Archive.create(folder, actor=ACTOR) as archive,
    ):
        write_set(Path(drawn), job)
        _import(archive, Path(drawn), job)
        found = _by_path(archive, drawn)
        ids = {path: member.image_id for path, member in found.items()}
        sample_filling.code_blind(archive, ids)
        _tag(archive, found, job)
        sample_filling.fill(archive, ids, job)
        _settle(archive, found, job)


def _import(archive: Archive, drawn: Path, job: Job) -> None:
    """Take the plates in before their copies, so that the grid begins with them."""
    copies = sorted(str(path) for path in drawn.iterdir() if path.name != "plates")
    pool = DecoderPool()
    try:
        for paths in ([str(drawn / "plates")], copies):
            if importing.import_paths(archive, paths, job=job, executor=pool).cancelled:
                raise Cancelled
    finally:
        pool.shutdown(cancel_futures=True)


def _by_path(archive: Archive, drawn: str) -> dict[str, looking.Member]:
    """Every image under the paths at which it was found, relative to the folder of the drawings."""
    ids = [ImageId(number) for number in search.find(archive, Query())]
    found = {}
    for member in looking.members(archive, ids):
        seen = looking.detail(archive, member.image_id)
        for capture in seen.captures if seen else ():
            found[Path(capture.place.text).relative_to(drawn).as_posix()] = member
    return found


def _tag(archive: Archive, found: Mapping[str, looking.Member], job: Job) -> None:
    for done, (numbers, said) in enumerate(_TAGS):
        job.step(done, len(_TAGS), "Tagging sample plates")
        tagging.tag(archive, [found[plate_path(number)].image_id for number in numbers], said)
    for status, paths in _STATUSES:
        tagging.set_status(archive, [found[path].image_id for path in paths], status)
    for path, notes in _NOTES.items():
        tagging.set_image_notes(archive, found[path].image_id, notes)


def _settle(archive: Archive, found: Mapping[str, looking.Member], job: Job) -> None:
    offered = {frozenset((match.sha256_a, match.sha256_b)): match for match in duplicates.queue(archive)}
    for done, verdict in enumerate(_VERDICTS):
        job.step(done, len(_VERDICTS), "Settling sample pairs")
        first, second = found[verdict.first].sha256, found[verdict.second].sha256
        match = offered[frozenset((first, second))]
        duplicates.decide(
            archive,
            from_sha256=first,
            to_sha256=second,
            verdict=verdict.kind,
            evidence=duplicates.evidence_of(match),
        )
