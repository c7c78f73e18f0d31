"""Under the pair: a button for each verdict and each move, with its key, in groups."""

from typing import Final

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from core.records import DIRECTED_VERDICTS
from gui import style
from gui.plain import PlainLabel, plain_tooltip
from gui.views.reviewing.acts import VerdictAct, key_words, verdict_name, verdict_sentence
from gui.views.wrapping import WrappingLayout, fixed_height_for_width

_SAME: Final = (VerdictAct("same_picture"), VerdictAct("better_copy_of"), VerdictAct("better_copy_of", forward=False))
_DIRECTED: Final = tuple(VerdictAct(verdict) for verdict in DIRECTED_VERDICTS if verdict != "better_copy_of")
_OTHER: Final = tuple(
    VerdictAct(verdict) for verdict in ("frame_of_same_video", "same_event", "same_object", "same_place")
)
_MOVES: Final = ("back", "skip", "undo")


class ActButton(QPushButton):
    """A button that shows its key and says for which act it is."""

    acted = Signal(object)  # VerdictAct, or the name of another act

    def __init__(self, act: VerdictAct | str, words: str, sentence: str) -> None:
        super().__init__()
        self.show_act(act, words, sentence)
        self.setProperty("act", "true")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.clicked.connect(self._on_clicked)

    def show_act(self, act: VerdictAct | str, words: str, sentence: str) -> None:
        """Stand for an act; ``sentence`` says all of it.

        Shift is not named on the button, so that nothing moves while it is held.
        """
        self.act = act
        letter = VerdictAct(act.verdict) if isinstance(act, VerdictAct) and act.verdict != "better_copy_of" else act
        self.setText(f"{words}  {key_words(letter)}")
        self.setAccessibleName(sentence)
        self.setToolTip(plain_tooltip(f"{sentence} ({key_words(act)})"))

    def _on_clicked(self) -> None:
        self.acted.emit(self.act)


class MoveButtons(QWidget):
    """Back, on, and the last verdict taken back."""

    acted = Signal(object)  # the name of an act

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.by_act = {act: ActButton(act, _move_words(act), _move_words(act)) for act in _MOVES}
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(style.TIGHT)
        for button in self.by_act.values():
            button.acted.connect(self.acted)
            layout.addWidget(button)

    def enable(self, **possible: bool) -> None:
        """Which moves are possible now, by their acts."""
        for act, button in self.by_act.items():
            button.setEnabled(possible[act])


class ReviewButtons(QWidget):
    """The proposal first, then what makes a group, and what does not.

    ``turned`` says that the directed verdicts go from B to A, as they do while Shift is held.
    """

    acted = Signal(object)  # VerdictAct, or the name of another act

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.turned = self._proposes = False
        self.proposal = ActButton("propose", self.tr("Nothing is proposed"), self.tr("Nothing is proposed"))
        self.proposal.setProperty("primary", "true")
        self.verdicts = {act: _verdict_button(act) for act in (*_SAME, *_DIRECTED, *_OTHER, VerdictAct("not_related"))}
        self.other_way = QPushButton()
        self.other_way.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.other_way.setCheckable(True)
        self.other_way.setProperty("link", "true")
        self.other_way.toggled.connect(self.turn)
        self._of = PlainLabel()
        self._of.setProperty("role", "muted")
        for button in (self.proposal, *self.verdicts.values()):
            button.acted.connect(self.acted)
        self._arrange()
        self.turn(turned=False)

    def _arrange(self) -> None:
        layout = WrappingLayout(self)
        other = PlainLabel(self.tr("Same"))
        other.setProperty("role", "muted")
        layout.addWidget(_group(self.proposal))
        layout.addWidget(_group(*(self.verdicts[act] for act in (*_SAME, VerdictAct("not_related")))))
        layout.addWidget(_group(self._of, *(self.verdicts[act] for act in _DIRECTED), self.other_way))
        layout.addWidget(_group(other, *(self.verdicts[act] for act in _OTHER)))
        fixed_height_for_width(self)

    def turn(self, turned: bool) -> None:  # noqa: FBT001 - a signal's value
        """Have the directed verdicts go from B to A, or from A to B again."""
        self.turned = turned
        one, other = ("B", "A") if turned else ("A", "B")
        self._of.setText(self.tr("%1 of %2:").replace("%1", one).replace("%2", other))
        words = self.tr("%1 of %2: Shift").replace("%1", other).replace("%2", one)
        self.other_way.setText(words)
        self.other_way.setAccessibleName(self.tr("The other way round"))
        self.other_way.setToolTip(self.tr("The other way round: hold Shift with the key"))
        for act in _DIRECTED:
            shown = VerdictAct(act.verdict, forward=not turned)
            self.verdicts[act].show_act(shown, verdict_name(shown), verdict_sentence(shown))

    def hold_shift(self, *, held: bool) -> None:
        """Show what the keys mean while Shift is held."""
        self.turn(held != self.other_way.isChecked())

    def shown(self, act: VerdictAct) -> VerdictAct:
        """A verdict that a key gives, in the direction that its button shows."""
        base = VerdictAct(act.verdict)
        return VerdictAct(act.verdict, forward=not self.turned) if base in _DIRECTED else act

    def propose(self, act: VerdictAct | None) -> None:
        """Show what Enter decides, if anything does; the button keeps its width, so that the others stay in place."""
        self.other_way.setChecked(False)  # each pair has its own direction
        words = verdict_sentence(act) if act else self.tr("Nothing is proposed")
        sentence = self.tr("Proposed: %1").replace("%1", words) if act else words
        self.proposal.show_act("propose", words[:1].upper() + words[1:], sentence)
        self._proposes = act is not None
        self.proposal.setEnabled(False)
        self.proposal.ensurePolished()
        widest = max(map(self.proposal.fontMetrics().horizontalAdvance, map(verdict_sentence, self.verdicts)))
        key = self.proposal.fontMetrics().horizontalAdvance(f"  {key_words('propose')}")
        self.proposal.setMinimumWidth(widest + key + 2 * style.LARGE)

    def enable(self, *, allowed: bool) -> None:
        """Whether verdicts are possible now."""
        self.proposal.setEnabled(allowed and self._proposes)
        for button in self.verdicts.values():
            button.setEnabled(allowed)


def _verdict_button(act: VerdictAct) -> ActButton:
    return ActButton(act, verdict_name(act), verdict_sentence(act))


def _group(*parts: QWidget) -> QWidget:
    made = QWidget()
    layout = QHBoxLayout(made)
    layout.setContentsMargins(0, 0, style.TIGHT, 0)
    layout.setSpacing(style.TIGHT)
    for part in parts:
        layout.addWidget(part)
    return made


def _move_words(act: str) -> str:
    return {"back": _tr("Back"), "skip": _tr("Skip"), "undo": _tr("Undo")}[act]


def _tr(text: str) -> str:
    return QCoreApplication.translate("ReviewButtons", text)
