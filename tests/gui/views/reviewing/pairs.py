"""What the tests of the review look at: the pair on screen, and the verdicts that are recorded."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt

from core import duplicates, looking
from core.archive import Archive
from core.records import ImageId
from gui.views.reviewing.review import DuplicateReview

Ask = Callable[[Callable[[Archive], Any]], Any]


def verdicts(archive: Archive) -> list[tuple[str, str, str]]:
    """Every verdict in the order given: the name it goes from, the verdict, the name it goes to."""
    names = {member.sha256: member.name for member in looking.members(archive, every(archive))}
    return [(names[one.from_sha256], one.kind, names[one.to_sha256]) for one in reversed(duplicates.decided(archive))]


def every(archive: Archive) -> list[ImageId]:
    """Every image."""
    return [ImageId(number) for number in range(1, 50) if looking.detail(archive, ImageId(number))]


def names(review: DuplicateReview) -> tuple[str, ...]:
    """What stands under the two pictures."""
    return tuple(panel.name.text() for panel in review.page.sides.panels)


def press(review: DuplicateReview, qtbot, key: Qt.Key) -> None:
    """Press a key when both pictures are there."""
    qtbot.waitUntil(lambda: review.can_decide)
    qtbot.keyClick(review, key)
