"""One small function for each change of a group by hand, as in ``gui.operations``."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from core import groups
from core.records import ImageId
from gui.models.sentences import images_words
from gui.runner import Pace, Task
from gui.session import Session


def _tr(text: str) -> str:
    return QCoreApplication.translate("group operations", text)


def join(session: Session, ids: Sequence[ImageId]) -> Task | None:
    """Say of images that they show the same picture; the status bar says of how many."""

    def told(_verdicts: int) -> None:
        session.message.emit(_tr("%1 are one picture now").replace("%1", images_words(len(ids))))

    return session.write(
        _tr("Joining images"), lambda archive, _: groups.join(archive, ids), told, pace=Pace.BRIEF
    )  # fmt: skip


def split(session: Session, image: ImageId, name: str) -> Task | None:
    """Take an image out of its group; the status bar says which."""

    def told(_verdicts: int) -> None:
        session.message.emit(_tr("%1 does not belong to the group any more").replace("%1", name))

    return session.write(
        _tr("Taking an image out of its group"), lambda archive, _: groups.split(archive, image), told, pace=Pace.BRIEF
    )


def stand_for(session: Session, image: ImageId) -> Task | None:
    """Choose an image to stand for its group."""
    return session.write(
        _tr("Choosing what stands for a group"), lambda archive, _: groups.stand_for(archive, image), pace=Pace.BRIEF
    )


def propose(session: Session, image: ImageId) -> Task | None:
    """Have the program propose again what stands for the group of an image."""
    return session.write(
        _tr("Choosing what stands for a group"), lambda archive, _: groups.propose(archive, image), pace=Pace.BRIEF
    )
