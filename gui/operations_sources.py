"""What the user can change of captures, sources and descriptions, each done by the archive on the writing worker."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QCoreApplication

from core import capturing, describing, sourcing
from core.claims import SourceId
from core.records import CaptureId, ImageId
from gui.operations import Done
from gui.runner import Pace, Task
from gui.session import Session


def _tr(text: str) -> str:
    return QCoreApplication.translate("operations", text)


def change_captures(session: Session, ids: Sequence[CaptureId], said: Mapping[str, Any]) -> Task | None:
    """Give fields of captures other values."""
    return session.write(
        _tr("Changing captures"), lambda archive, _: capturing.change(archive, ids, said), pace=Pace.BRIEF
    )


def add_capture(session: Session, image: ImageId, said: Mapping[str, Any], on_done: Done | None = None) -> Task | None:
    """Record by hand that an image was collected once more; ``on_done`` gets the capture's id."""
    return session.write(
        _tr("Adding a capture"), lambda archive, _: capturing.add(archive, image, said), on_done, pace=Pace.BRIEF
    )


def remove_capture(session: Session, capture: CaptureId) -> Task | None:
    """Take a capture away that was recorded by hand."""
    return session.write(
        _tr("Removing a capture"), lambda archive, _: capturing.remove(archive, capture), pace=Pace.BRIEF
    )


def add_source(
    session: Session,
    said: Mapping[str, str],
    on_done: Done | None = None,
    on_failed: Callable[[Exception], None] | None = None,
) -> Task | None:
    """Record a source; ``on_done`` gets its id."""
    return session.write(
        _tr("Adding a source"),
        lambda archive, _: sourcing.add(archive, said),
        on_done,
        on_failed=on_failed,
        pace=Pace.BRIEF,
    )


def change_source(session: Session, source: SourceId, said: Mapping[str, str]) -> Task | None:
    """Give fields of a source other values."""
    return session.write(
        _tr("Changing a source"), lambda archive, _: sourcing.change(archive, source, said), pace=Pace.BRIEF
    )


def merge_sources(session: Session, source: SourceId, into: SourceId, on_done: Done | None = None) -> Task | None:
    """Make two sources one."""
    return session.write(
        _tr("Merging sources"), lambda archive, _: sourcing.merge(archive, source, into), on_done, pace=Pace.BRIEF
    )


def remove_sources(session: Session, ids: Sequence[SourceId]) -> Task | None:
    """Take sources away from which nothing comes."""
    return session.write(_tr("Removing sources"), lambda archive, _: sourcing.remove(archive, ids), pace=Pace.BRIEF)


def describe(session: Session, ids: Sequence[ImageId], said: Mapping[str, Any]) -> Task | None:
    """Give fields of the descriptions of images other values."""
    return session.write(
        _tr("Describing images"), lambda archive, _: describing.describe(archive, ids, said), pace=Pace.BRIEF
    )


def mark_sensitive(session: Session, ids: Sequence[ImageId], code: str, *, sensitive: bool) -> Task | None:
    """Say that images are sensitive in a way, or no longer."""
    return session.write(
        _tr("Setting sensitivity"),
        lambda archive, _: describing.mark_sensitive(archive, ids, code, sensitive=sensitive),
        pace=Pace.BRIEF,
    )
