"""One small function for each thing that reviewers and blind coders can change, as in ``gui.operations``."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QCoreApplication

from core import reviewing, rules, taking_back
from core.blind_coding import double_coding, settling_codings
from core.blind_coding.settling_codings import Choice
from core.claims import ClaimId
from core.record_history import FieldChange
from core.records import ImageId
from gui.runner import Pace, Task
from gui.session import Session

Done = Callable[[Any], None]


def _tr(text: str) -> str:
    return QCoreApplication.translate("review operations", text)


def decide(session: Session, identification: ClaimId, decision: str, reason: str) -> Task | None:
    """Decide on an identification."""
    return session.write(
        _tr("Reviewing"),
        lambda archive, _: reviewing.decide(archive, identification, decision, reason),
        session.message.emit,
        pace=Pace.BRIEF,
    )


def withdraw(session: Session, identification: ClaimId) -> Task | None:
    """Take the own decision on an identification back."""
    return session.write(
        _tr("Withdrawing a decision"),
        lambda archive, _: reviewing.withdraw(archive, identification),
        pace=Pace.BRIEF,
    )


def set_four_eyes(session: Session, *, on: bool) -> Task | None:
    """Ask for another person's confirmation from now on, or no more."""
    return session.write(
        _tr("Changing a rule"), lambda archive, _: rules.set_four_eyes(archive, on=on), pace=Pace.BRIEF
    )


def take_back(session: Session, change: FieldChange) -> Task | None:
    """Take one change of an image's history back; the status bar says which."""
    return session.write(
        _tr("Taking a change back"),
        lambda archive, _: taking_back.take_back(archive, change.change, change.field),
        session.message.emit,
        pace=Pace.BRIEF,
    )


def make_coding_set(
    session: Session,
    name: str,
    ids: Sequence[ImageId],
    coders: Sequence[str],
    *,
    on_done: Done,
    on_failed: Callable[[Exception], None],
) -> Task | None:
    """Make a set of images to be coded blind; ``on_done`` gets the SetReport."""
    return session.write(
        _tr("Making a coding set"),
        lambda archive, _: double_coding.make(archive, name, ids, coders),
        on_done,
        on_failed=on_failed,
        pace=Pace.BRIEF,
    )


def close_coding(session: Session, name: str) -> Task | None:
    """Finish the own coding of a set."""
    return session.write(
        _tr("Closing a coding"), lambda archive, _: double_coding.close(archive, name), pace=Pace.BRIEF
    )


def settle_coding(session: Session, name: str, image: ImageId, choice: Choice, *, reason: str) -> Task | None:
    """Take an image of a set into the record as chosen."""
    return session.write(
        _tr("Settling a coding"),
        lambda archive, _: settling_codings.settle(archive, name, image, choice, reason),
        pace=Pace.BRIEF,
    )


def settle_agreed(session: Session, name: str) -> Task | None:
    """Take the images on which both coders agree into the record; the status bar says how many."""

    def told(count: int) -> None:
        words = _tr("Settled 1 image") if count == 1 else _tr("Settled %1 images")
        session.message.emit(words.replace("%1", f"{count:,}"))

    return session.write(
        _tr("Settling codings"), lambda archive, job: settling_codings.settle_agreed(archive, name, job=job), told
    )
