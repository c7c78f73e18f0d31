"""How a pair is looked at: which way, and what can be moved in each of them."""

from typing import Final

from PySide6.QtCore import QCoreApplication, QObject, Signal

from gui.views.reviewing.difference import FACTORS

WAYS: Final = ("beside", "swap", "split", "difference", "overlay")
"""Side by side; one of them at the place of the other; a line between them; how they differ; one over the other."""
_NUDGE: Final = 0.05


class Look(QObject):
    """One of ``WAYS``; it stays from pair to pair."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.way = WAYS[0]
        self.front = 0  # which is seen when both have one place: 0 for A, 1 for B
        self.split = 0.5  # where the line is, as a share of the width
        self.opacity = 0.5  # of B over A
        self.factor = FACTORS[2]  # how many times as large differences are shown

    def take(self, way: str) -> None:
        """Take another way of looking."""
        self.way = way
        self.changed.emit()

    def turn(self, by: int) -> None:
        """Take the next way of looking, or the one before."""
        self.take(WAYS[(WAYS.index(self.way) + by) % len(WAYS)])

    def flip(self) -> None:
        """Show the other picture at the same place."""
        self.front = 1 - self.front if self.way == "swap" else 1
        self.take("swap")

    def split_at(self, share: float) -> None:
        """Put the line somewhere else."""
        self.split = min(max(share, 0.0), 1.0)
        self.changed.emit()

    def nudge(self, across: int, up: int) -> bool:
        """Move the line, lay B on more or less strongly, or show differences larger; whether there was one to move."""
        if self.way == "split" and across:
            self.split_at(round(self.split + across * _NUDGE, 4))
        elif self.way == "overlay" and across:
            self.opacity = min(max(round(self.opacity + across * _NUDGE, 4), 0.0), 1.0)
        elif self.way == "difference" and up:
            place = FACTORS.index(self.factor) + up
            self.factor = FACTORS[min(max(place, 0), len(FACTORS) - 1)]
        else:
            return False
        self.changed.emit()
        return True


def way_words(way: str) -> str:
    """What a way of looking is called."""
    return {
        "beside": _tr("Side by side"),
        "swap": _tr("In place"),
        "split": _tr("Split"),
        "difference": _tr("Difference"),
        "overlay": _tr("Overlay"),
    }[way]


def _tr(text: str) -> str:
    return QCoreApplication.translate("Look", text)
