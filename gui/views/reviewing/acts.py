"""What can be done with a pair, and by which key: a verdict, going on, another way of looking."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeyEvent

from core.proposing import Decision
from core.records import DIRECTED_VERDICTS, Match
from gui.views.reviewing.look import WAYS

Key = Qt.Key
LOOK: Final = Key.Key_V
"""Held, it uncovers graphic pictures."""
FLIP: Final = Key.Key_X
"""Shows the other picture at the same place; held, for as long as it is held."""


@dataclass(frozen=True, slots=True)
class VerdictAct:
    """A verdict from A to B (``forward``), or from B to A."""

    verdict: str
    forward: bool = True

    def on(self, match: Match) -> Decision:
        """The verdict on a pair."""
        ends = (match.sha256_a, match.sha256_b)
        return Decision(self.verdict, *(ends if self.forward else ends[::-1]))


VERDICT_KEYS: Final[Mapping[str, Key]] = {
    "same_picture": Key.Key_S,
    "crop_of": Key.Key_C,
    "redacted_version_of": Key.Key_R,
    "screenshot_of": Key.Key_H,
    "mirrored_copy_of": Key.Key_M,
    "rotated_copy_of": Key.Key_T,
    "composite_contains": Key.Key_I,
    "frame_of_same_video": Key.Key_F,
    "same_event": Key.Key_E,
    "same_object": Key.Key_O,
    "same_place": Key.Key_P,
    "not_related": Key.Key_N,
}
"""One key for each verdict, from A to B; with Shift from B to A where the direction matters."""
BETTER_KEYS: Final = (Key.Key_A, Key.Key_B)
"""The better copy has its own letter."""

OTHER_KEYS: Final[Mapping[str, tuple[Key, ...]]] = {
    "propose": (Key.Key_Return, Key.Key_Enter),
    "skip": (Key.Key_Space, Key.Key_Right, Key.Key_PageDown),
    "back": (Key.Key_Backspace, Key.Key_Left, Key.Key_PageUp),
    "undo": (Key.Key_U,),
    "settle": (Key.Key_G,),
    "way": (Key.Key_W,),
    "sharp": (Key.Key_Z,),
    "closer": (Key.Key_Plus, Key.Key_Equal),
    "farther": (Key.Key_Minus,),
    "fit": (Key.Key_0,),
    "up": (Key.Key_Up,),
    "down": (Key.Key_Down,),
    "leave": (Key.Key_Escape,),
} | {way: (Key(Key.Key_1.value + place),) for place, way in enumerate(WAYS)}
NUDGES: Final[Mapping[Key, tuple[int, int]]] = {
    Key.Key_Left: (-1, 0),
    Key.Key_Right: (1, 0),
    Key.Key_Up: (0, 1),
    Key.Key_Down: (0, -1),
}
"""What these keys move in a way of looking that has something to be moved."""
PANS: Final[Mapping[str, tuple[int, int]]] = {
    "pan_left": (1, 0),
    "pan_right": (-1, 0),
    "pan_up": (0, 1),
    "pan_down": (0, -1),
}
"""Which way the pictures go."""
_SHIFTED: Final = {
    Key.Key_W: "way_back",
    Key.Key_Left: "pan_left",
    Key.Key_Right: "pan_right",
    Key.Key_Up: "pan_up",
    Key.Key_Down: "pan_down",
    Key.Key_Plus: "closer",
}
_PLAIN: Final = {key: act for act, keys in OTHER_KEYS.items() for key in keys}
_VERDICTS: Final = {key: verdict for verdict, key in VERDICT_KEYS.items()}


def act_of(event: QKeyEvent) -> VerdictAct | str | None:
    """What a key stands for."""
    kept = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    shift, key = kept == Qt.KeyboardModifier.ShiftModifier, Key(event.key())
    if kept and not shift:
        return None
    if key in _VERDICTS:
        verdict = _VERDICTS[key]
        return VerdictAct(verdict, not shift) if not shift or verdict in DIRECTED_VERDICTS else None
    if key in BETTER_KEYS:
        return None if shift else VerdictAct("better_copy_of", key == BETTER_KEYS[0])
    return _SHIFTED.get(key) if shift else _PLAIN.get(key)


def verdict_sentence(act: VerdictAct) -> str:
    """A verdict on A and B as a sentence."""
    one, other = ("A", "B") if act.forward else ("B", "A")
    words = {
        "same_picture": _tr("the same picture"),
        "better_copy_of": _tr("%1 is the better copy"),
        "crop_of": _tr("%1 is a crop of %2"),
        "redacted_version_of": _tr("%1 is a redacted version of %2"),
        "screenshot_of": _tr("%1 is a screenshot of %2"),
        "mirrored_copy_of": _tr("%1 is a mirrored copy of %2"),
        "rotated_copy_of": _tr("%1 is a turned copy of %2"),
        "composite_contains": _tr("%1 is a composite with %2 in it"),
        "frame_of_same_video": _tr("frames of the same video"),
        "same_event": _tr("the same event"),
        "same_object": _tr("the same object"),
        "same_place": _tr("the same place"),
        "not_related": _tr("not related"),
    }[act.verdict]
    return words.replace("%1", one).replace("%2", other)


def verdict_name(act: VerdictAct) -> str:
    """A verdict as short as its button needs it."""
    if act.verdict == "better_copy_of":
        return _tr("A is better") if act.forward else _tr("B is better")
    return {
        "same_picture": _tr("Same picture"),
        "crop_of": _tr("crop"),
        "redacted_version_of": _tr("redacted"),
        "screenshot_of": _tr("screenshot"),
        "mirrored_copy_of": _tr("mirrored"),
        "rotated_copy_of": _tr("turned"),
        "composite_contains": _tr("composite"),
        "frame_of_same_video": _tr("video"),
        "same_event": _tr("event"),
        "same_object": _tr("object"),
        "same_place": _tr("place"),
        "not_related": _tr("Not related"),
    }[act.verdict]


def key_words(act: VerdictAct | str) -> str:
    """The key of an act as it stands on its button."""
    if isinstance(act, VerdictAct):
        if act.verdict == "better_copy_of":
            return chr(BETTER_KEYS[0 if act.forward else 1])
        letter = chr(VERDICT_KEYS[act.verdict])
        return letter if act.forward else _tr("Shift+%1").replace("%1", letter)
    named = {"skip": _tr("Space"), "back": "←", "propose": _tr("Enter"), "leave": _tr("Esc")}
    return named.get(act) or chr(OTHER_KEYS[act][0])


def of_decision(decision: Decision, match: Match) -> VerdictAct:
    """The act that gives a decision."""
    return VerdictAct(decision.verdict, decision.from_sha256 == match.sha256_a)


def _tr(text: str) -> str:
    return QCoreApplication.translate("ReviewActs", text)
