"""The controls of the review: which pairs, how far one is, and a button for each key."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QToolButton, QWidget

from core.records import FOUND_KINDS
from gui import style
from gui.icons import icon
from gui.models.sentences import kind_words
from gui.plain import PlainLabel, plain_tooltip
from gui.views.wrapping import WrappingLayout

# What can be done with a pair, in the order of the buttons; the first key is shown on the button.
KEYS: Final[Mapping[str, tuple[Qt.Key, ...]]] = {
    "same": (Qt.Key.Key_S,),
    "left": (Qt.Key.Key_A,),
    "right": (Qt.Key.Key_B,),
    "unrelated": (Qt.Key.Key_N,),
    "skip": (Qt.Key.Key_Space, Qt.Key.Key_Right),
    "back": (Qt.Key.Key_Left, Qt.Key.Key_Backspace),
    "undo": (Qt.Key.Key_U,),
    "swap": (Qt.Key.Key_X,),
    "leave": (Qt.Key.Key_Escape,),
}
LOOK: Final = Qt.Key.Key_V
"""Held, it uncovers graphic pictures."""
VERDICT_ACTS: Final = ("same", "left", "right", "unrelated")
_KEY_WORDS: Final = {"skip": "Space", "back": "←"}


class ReviewHead(QWidget):
    """Above the pair: the kinds to choose from, the progress, the obvious ones, the way out."""

    kind_chosen = Signal(object)  # a kind, or None for all of them
    settle_wanted = Signal()
    all_wanted = Signal()  # no longer the pairs of one image only
    leave_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kinds = QComboBox()
        self.kinds.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.kinds.setAccessibleName(self.tr("Kind of likeness"))
        self.kinds.activated.connect(self._on_kind_activated)
        self.progress = PlainLabel()
        self.progress.setAccessibleName(self.tr("Progress"))
        self.progress.setContentsMargins(style.SMALL, 0, style.SMALL, 0)
        self.all = QPushButton(self.tr("Show all pairs"))
        self.settle = QPushButton(self.tr("Settle the obvious ones together…"))
        leave = QToolButton()
        leave.setIcon(icon("close"))
        leave.setToolTip(self.tr("Leave the review (Esc)"))
        leave.setAccessibleName(self.tr("Leave the review"))
        self.all.clicked.connect(self.all_wanted)
        self.settle.clicked.connect(self.settle_wanted)
        leave.clicked.connect(self.leave_wanted)
        for button in (self.all, self.settle, leave):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        many = WrappingLayout()
        for part in (self.kinds, self.progress, self.all, self.settle):
            part.setMinimumHeight(style.ROW_HEIGHT)
            many.addWidget(part)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(style.SMALL)
        layout.addLayout(many, 1)
        layout.addWidget(leave, 0, Qt.AlignmentFlag.AlignTop)

    def show_kinds(self, counts: Mapping[str, int], chosen: str | None) -> None:
        """Offer the kinds that there are, each with how many of its pairs are left."""
        self.kinds.clear()
        total = f"{sum(counts.values()):,}"
        self.kinds.addItem(self.tr("all kinds (%1)").replace("%1", total), None)
        order = {kind: place for place, kind in enumerate(FOUND_KINDS)}
        for kind in sorted({*counts, *([chosen] if chosen else [])}, key=lambda one: order.get(one, len(order))):
            self.kinds.addItem(f"{kind_words(kind)} ({counts.get(kind, 0):,})", kind)
        self.kinds.setCurrentIndex(max(0, self.kinds.findData(chosen)))

    def _on_kind_activated(self, index: int) -> None:
        self.kind_chosen.emit(self.kinds.itemData(index))


class ReviewButtons(QWidget):
    """Under the pair: a button for each key."""

    acted = Signal(str)  # one of KEYS

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.by_act = {act: _ActButton(act) for act in KEYS if act != "leave"}
        layout = WrappingLayout(self)
        for button in self.by_act.values():
            button.acted.connect(self.acted)
            layout.addWidget(button)

    def enable(self, *, verdicts: bool, moves: bool, undo: bool) -> None:
        """Which acts are possible now."""
        for act, button in self.by_act.items():
            allowed = verdicts if act in VERDICT_ACTS else undo if act == "undo" else moves
            button.setEnabled(allowed)


class _ActButton(QPushButton):
    """A button that shows its key."""

    acted = Signal(str)

    def __init__(self, act: str) -> None:
        words = act_words(act)
        key = _KEY_WORDS.get(act) or chr(KEYS[act][0])
        super().__init__(f"{words}   {key}")
        self._act = act
        self.setAccessibleName(words)
        self.setToolTip(plain_tooltip(f"{words} ({key})"))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.clicked.connect(self._on_clicked)

    def _on_clicked(self) -> None:
        self.acted.emit(self._act)


def act_words(act: str) -> str:
    """What an act is called on its button."""
    return {
        "same": _tr("Same picture"),
        "left": _tr("A is better"),
        "right": _tr("B is better"),
        "unrelated": _tr("Not related"),
        "skip": _tr("Skip"),
        "back": _tr("Back"),
        "undo": _tr("Undo"),
        "swap": _tr("Swap sides"),
    }[act]


def _tr(text: str) -> str:
    return QCoreApplication.translate("ReviewControls", text)
