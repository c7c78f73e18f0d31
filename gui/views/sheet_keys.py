"""What a key means while the coding sheet has the keys."""

import sys
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from core.coding_sheets import CodingSheet
from gui.models.assessing import BASIS_KEYS, CERTAINTY_KEYS


class Act(Enum):
    """What is to be done."""

    LEAVE = "leave"
    GIVE = "give"
    PIN = "pin"
    GIVE_PINNED = "give pinned"
    FINISH = "finish"
    CERTAINTY = "certainty"
    BASIS = "basis"


@dataclass(frozen=True, slots=True)
class Meaning:
    """An act; ``letter`` is the sheet's key, ``key`` that of a certainty or a basis."""

    act: Act
    letter: str = ""
    key: Qt.Key = Qt.Key.Key_unknown


def meaning(event: QKeyEvent, sheet: CodingSheet) -> Meaning | None:
    """What a key means, None for one that is not the sheet's."""
    held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    key, none = Qt.Key(event.key()), Qt.KeyboardModifier.NoModifier
    if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
        acts = {none: Act.GIVE_PINNED, Qt.KeyboardModifier.ControlModifier: Act.FINISH}
        return Meaning(acts[held]) if held in acts else None
    if held == Qt.KeyboardModifier.AltModifier:
        act = Act.CERTAINTY if key in CERTAINTY_KEYS else Act.BASIS if key in BASIS_KEYS else None
        return None if act is None else Meaning(act, key=key)
    if key == Qt.Key.Key_Escape and held == none:
        return Meaning(Act.LEAVE)
    letter = letter_of(event) if held in (none, Qt.KeyboardModifier.ShiftModifier) else ""
    return None if sheet.at(letter) is None else Meaning(Act.PIN if held else Act.GIVE, letter)


def letter_of(event: QKeyEvent) -> str:
    """The key of the sheet that was pressed, empty for none.

    What the keys over the letters type depends on the keyboard and on Shift, so that their place counts as well.
    """
    key = event.key()
    if Qt.Key.Key_A <= key <= Qt.Key.Key_Z or Qt.Key.Key_1 <= key <= Qt.Key.Key_9:
        return chr(key).lower()
    place = event.nativeScanCode() - _FIRST_PLACE
    return "123456789"[place] if 0 <= place < 9 else ""


# What Windows, and X11 and Wayland, call the place of the key 1.
_FIRST_PLACE = 2 if sys.platform == "win32" else 10
