"""One small function for each thing that the user can change; each has the archive do it on the writing worker."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication

from core import copying_tags, describing, duplicates, particulars, recycling, tag_values, tagging, vocabulary_editing
from core.records import ImageId, Match, Query, SightingId
from core.scope import scope_of
from core.vocabularies import Term
from gui.runner import Pace, Task
from gui.session import Session

Done = Callable[[Any], None]


def _tr(text: str) -> str:
    return QCoreApplication.translate("operations", text)


def make_ready(session: Session) -> Task | None:
    """Complete what a crash cut short and bring search and facets up to date; the first thing after opening."""
    return session.write(_tr("Preparing the archive"), _make_ready)


def rebuild(session: Session) -> Task | None:
    """Make missing thumbnails and fingerprints anew; gives way to whatever else is to be done."""
    return session.write(_tr("Making thumbnails anew"), _rebuild, pace=Pace.YIELDING)


def find_copies(session: Session) -> Task | None:
    """Look for copies by what is seen at places of the pictures; gives way to whatever takes long."""
    return session.write(_tr("Looking for copies"), _find_copies, pace=Pace.RESTING)


# What takes images in brings Pillow's decoders, hashing and worker processes with it.  It is imported on the worker
# when it is wanted, so that the window is there sooner.


def _make_ready(archive: Any, job: Any) -> None:
    from core import importing  # noqa: PLC0415

    importing.recover(archive)
    archive.catch_up(job)


def _rebuild(archive: Any, job: Any) -> None:
    from core import rebuilding  # noqa: PLC0415

    if rebuilding.needs_rebuilding(archive):
        rebuilding.rebuild(archive, job=job)


def _find_copies(archive: Any, job: Any) -> None:
    from core import features  # noqa: PLC0415

    if features.is_due(archive) or features.is_index_behind(archive):
        features.find_copies(archive, job=job)


def import_paths(session: Session, paths: Sequence[bytes], on_done: Done) -> Task | None:
    """Take files and folders in; ``on_done`` gets the ImportReport."""
    return session.write(_tr("Importing"), lambda archive, job: _import_paths(archive, paths, job), on_done)


def _import_paths(archive: Any, paths: Sequence[bytes], job: Any) -> Any:
    from core import importing  # noqa: PLC0415

    return importing.import_paths(archive, paths, job=job)


def end_alarms(
    session: Session,
    pairs: Sequence[tuple[str, str]],
    on_done: Done,
    on_failed: Callable[[Exception], None],
) -> Task | None:
    """Note that the user was told of these pairs of content hashes."""
    return session.write(
        _tr("Noting what was told"),
        lambda archive, _: recycling.end_alarms(archive, pairs),
        on_done,
        on_failed=on_failed,
        pace=Pace.BRIEF,
    )


def tag(
    session: Session,
    ids: Sequence[ImageId],
    said: tagging.Tag,
    on_done: Done | None = None,
    *,
    onto: Sequence[SightingId] | None = None,
) -> Task | None:
    """Tag images; ``on_done`` gets the TagReport."""
    return session.write(
        _tr("Tagging"), lambda archive, _: tagging.tag(archive, ids, said, onto=onto), on_done, pace=Pace.BRIEF
    )


def say(
    session: Session,
    ids: Sequence[ImageId],
    said: particulars.Particulars,
    on_done: Done | None = None,
    *,
    onto: Sequence[SightingId] | None = None,
) -> Task | None:
    """Say particulars of the weapons in images; ``on_done`` gets the TagReport."""
    return session.write(
        _tr("Tagging"), lambda archive, _: particulars.say(archive, ids, said, onto=onto), on_done, pace=Pace.BRIEF
    )


def create_term(
    session: Session,
    vocabulary: str,
    label: str,
    on_done: Done,
    on_failed: Callable[[Exception], None] | None = None,
) -> Task | None:
    """Add a term to a vocabulary; ``on_done`` gets it."""
    return session.write(
        _tr("Adding a term"),
        lambda archive, _: vocabulary_editing.add(archive, vocabulary, Term("", label)),
        on_done,
        on_failed=on_failed,
        pace=Pace.BRIEF,
    )


def paste(session: Session, ids: Sequence[ImageId], copied: copying_tags.Copied, on_done: Done) -> Task | None:
    """Say of images what was copied from another; ``on_done`` gets the action's label."""
    certainty = session.settings.default_certainty
    return session.write(
        _tr("Pasting tags"),
        lambda archive, _: copying_tags.paste(archive, ids, copied, certainty=certainty),
        on_done,
        pace=Pace.BRIEF,
    )


def spread(session: Session, ids: Sequence[ImageId], facet: str, code: str, on_done: Done | None = None) -> Task | None:
    """Give a value to those of these images that lack it; ``on_done`` gets how many did."""
    return session.write(
        _tr("Tagging"), lambda archive, _: tag_values.spread(archive, ids, facet, code), on_done, pace=Pace.BRIEF
    )


def give(session: Session, ids: Sequence[ImageId], facet: str, code: str, on_done: Done | None = None) -> Task | None:
    """Give images a value of a facet that is said of images as wholes."""
    return session.write(
        _tr("Describing"), lambda archive, _: describing.give(archive, ids, facet, code), on_done, pace=Pace.BRIEF
    )


def untag(
    session: Session,
    ids: Sequence[ImageId],
    facet: str,
    code: str,
    on_done: Done | None = None,
    *,
    onto: Sequence[SightingId] | None = None,
) -> Task | None:
    """Take a value away from the tags of images; ``on_done`` gets the number of sightings."""
    return session.write(
        _tr("Removing a tag"),
        lambda archive, _: tag_values.untag(archive, ids, facet, code, onto=onto),
        on_done,
        pace=Pace.BRIEF,
    )


def remove_sightings(session: Session, sightings: Sequence[SightingId]) -> Task | None:
    """Take whole sightings away."""
    return session.write(
        _tr("Removing sightings"), lambda archive, _: tagging.remove(archive, sightings), pace=Pace.BRIEF
    )


def set_certainty(session: Session, sightings: Sequence[SightingId], certainty: str) -> Task | None:
    """Give all that is said of sightings a certainty."""
    return session.write(
        _tr("Setting certainty"),
        lambda archive, _: tagging.set_certainty(archive, sightings, certainty),
        pace=Pace.BRIEF,
    )


def set_bases(session: Session, sightings: Sequence[SightingId], bases: Sequence[str]) -> Task | None:
    """Say what all that is said of sightings rests on."""
    return session.write(
        _tr("Setting a basis"), lambda archive, _: tagging.set_bases(archive, sightings, bases), pace=Pace.BRIEF
    )


def assess(session: Session, ids: Sequence[ImageId], certainty: str) -> Task | None:
    """Give all that is said of images, for their whole groups, a certainty."""
    return session.write(
        _tr("Setting certainty"),
        lambda archive, _: tagging.set_certainty(archive, _shown(archive, ids), certainty),
        pace=Pace.BRIEF,
    )


def found(session: Session, ids: Sequence[ImageId], basis: str) -> Task | None:
    """Say what all that is said of images, for their whole groups, rests on."""
    return session.write(
        _tr("Setting a basis"),
        lambda archive, _: tagging.set_bases(archive, _shown(archive, ids), [basis]),
        pace=Pace.BRIEF,
    )


def _shown(archive: Any, ids: Sequence[ImageId]) -> list[SightingId]:
    return sorted({sighting.id for one in scope_of(archive, ids).pictures for sighting in one.sightings})


def set_sighting_note(session: Session, sighting: SightingId, note: str) -> Task | None:
    """Give a sighting its note."""
    return session.write(
        _tr("Writing a note"), lambda archive, _: tagging.set_note(archive, sighting, note), pace=Pace.BRIEF
    )


def set_image_notes(session: Session, image: ImageId, notes: str) -> Task | None:
    """Give an image its notes."""
    return session.write(
        _tr("Writing notes"), lambda archive, _: tagging.set_image_notes(archive, image, notes), pace=Pace.BRIEF
    )


def set_status(session: Session, ids: Sequence[ImageId], status: str, on_done: Done | None = None) -> Task | None:
    """Give images a status."""
    return session.write(
        _tr("Setting status"), lambda archive, _: tagging.set_status(archive, ids, status), on_done, pace=Pace.BRIEF
    )


def decide(
    session: Session, *, from_sha256: str, to_sha256: str, verdict: str, evidence: str, on_done: Done | None = None
) -> Task | None:
    """Give a verdict on a pair."""
    return session.write(
        _tr("Deciding a pair"),
        lambda archive, _: duplicates.decide(
            archive, from_sha256=from_sha256, to_sha256=to_sha256, verdict=verdict, evidence=evidence
        ),
        on_done,
        pace=Pace.BRIEF,
    )


def decide_many(session: Session, matches: Sequence[Match], verdict: str, on_done: Done) -> Task | None:
    """Give the same verdict on many pairs."""
    return session.write(
        _tr("Settling pairs"),
        lambda archive, job: duplicates.decide_many(archive, matches, verdict, job=job),
        on_done,
    )


def forget_verdict(session: Session, sha256_a: str, sha256_b: str) -> Task | None:
    """Take a verdict back."""
    return session.write(
        _tr("Taking a verdict back"), lambda archive, _: duplicates.forget(archive, sha256_a, sha256_b), pace=Pace.BRIEF
    )


def undo(session: Session, on_done: Done | None = None) -> Task | None:
    """Take the newest step back; ``on_done`` gets its label, without one the status bar says it."""
    told = on_done or _Told(session, _tr("Undone: %1"))
    return session.write(_tr("Undoing"), lambda archive, _: archive.undo(), told, pace=Pace.BRIEF)


def redo(session: Session) -> Task | None:
    """Do the step last undone again; the status bar says which."""
    told = _Told(session, _tr("Redone: %1"))
    return session.write(_tr("Redoing"), lambda archive, _: archive.redo(), told, pace=Pace.BRIEF)


class _Told:
    """Has the status bar name the step that was taken back or done again."""

    def __init__(self, session: Session, words: str) -> None:
        self._session = session
        self._words = words

    def __call__(self, label: str | None) -> None:
        if label is not None:
            self._session.message.emit(self._words.replace("%1", label))


def export(session: Session, format_id: str, to: Path, *, query: Query, bom: bool) -> Task | None:
    """Write what a query finds to a file; the status bar says how many images and where."""

    def told(count: int) -> None:
        words = _tr("Exported 1 image to %2") if count == 1 else _tr("Exported %1 images to %2")
        session.message.emit(words.replace("%1", f"{count:,}").replace("%2", str(to)))

    return session.write(
        _tr("Exporting"), lambda archive, job: _export(archive, job, format_id, to, query=query, bom=bom), told
    )


def _export(archive: Any, job: Any, format_id: str, to: Path, *, query: Query, bom: bool) -> int:
    from core import exporting  # noqa: PLC0415

    return exporting.export(archive, format=format_id, to=to, query=query, job=job, bom=bom)
