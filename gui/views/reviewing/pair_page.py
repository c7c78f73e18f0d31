"""One pair on its page: what was found, both pictures, what speaks for each, and a button for every verdict."""

from typing import Final

from PySide6.QtCore import QCoreApplication, QPointF, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core.proposing import Decision
from core.records import Match
from gui import style
from gui.models.pair_facts import PairFacts
from gui.models.pair_pictures import PairPictures
from gui.models.sentences import evidence_words, found_words
from gui.plain import PlainLabel, plain_tooltip
from gui.session import Session
from gui.views.elided import ElidedLabel
from gui.views.peek import Peek
from gui.views.reviewing.acts import PANS, VerdictAct, of_decision, verdict_sentence
from gui.views.reviewing.buttons import ReviewButtons
from gui.views.reviewing.head import WayButtons
from gui.views.reviewing.look import WAYS, Look
from gui.views.reviewing.pair_scene import PairScene
from gui.views.reviewing.pair_view import STEP, PairView
from gui.views.reviewing.sides import Sides

_PAN_PX: Final = 64


class PairPage(QWidget):
    """Shows one pair, or nothing.  ``proposal`` is what Enter decides."""

    acted = Signal(object)  # VerdictAct, or the name of another act
    ready = Signal()  # both pictures are on screen
    open_wanted = Signal(object)  # an image's id

    def __init__(self, session: Session, pictures: PairPictures, peek: Peek, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.look = Look(self)
        self.scene = PairScene(session, pictures, self.look, self)
        self.view = PairView(self.scene, self.look, peek)
        self.ways = WayButtons(self.look)
        self.words = ElidedLabel(mode=Qt.TextElideMode.ElideRight)
        self.evidence = ElidedLabel(mode=Qt.TextElideMode.ElideRight)
        self.cautions = PlainLabel()
        self.sides = Sides()
        self.buttons = ReviewButtons()
        self.proposal: VerdictAct | None = None
        self._arrange()
        self.buttons.acted.connect(self.acted)
        self.sides.open_wanted.connect(self.open_wanted)
        self.view.ready.connect(self.ready)
        self.scene.changed.connect(self._on_scene_changed)

    def _arrange(self) -> None:
        self.words.setProperty("role", "title")
        self.words.setAccessibleName(self.tr("What was found"))
        self.evidence.setProperty("role", "muted")
        self.evidence.setAccessibleName(self.tr("On what it rests"))
        self.cautions.setWordWrap(True)
        self.cautions.setProperty("role", "caution")
        self.cautions.hide()
        said = QVBoxLayout()
        said.setSpacing(0)
        said.addWidget(self.words)
        said.addWidget(self.evidence)
        line = QHBoxLayout()
        line.setSpacing(style.MEDIUM)
        line.addLayout(said, 1)
        line.addWidget(self.ways, 0, Qt.AlignmentFlag.AlignTop)
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(style.SMALL)
        body.addLayout(line)
        body.addWidget(self.view, 1)
        body.addWidget(self.cautions)
        body.addWidget(self.sides)
        body.addWidget(self.buttons)

    def clear(self, words: str = "") -> None:
        """Show nothing of a pair, but words in its place."""
        self.scene.show_pair(None)
        self.sides.show_pair(None, {})
        self.cautions.hide()
        self._say(words, "")
        self.proposal = None
        self.buttons.propose(None)

    def show_facts(self, facts: PairFacts, decision: Decision | None) -> None:
        """Show a pair and what was decided on it here; its pictures are loaded meanwhile."""
        info = self._session.info
        if info is None:
            return
        match = facts.pair.match
        self._say(found_line(match, decision), evidence_words(match))
        self.cautions.setText(
            self.tr("Both cannot be true (A is here, B there): %1").replace("%1", "; ".join(facts.cautions))
        )
        self.cautions.setVisible(bool(facts.cautions))
        self.sides.show_pair(facts, info.vocabularies)
        self.proposal = of_decision(facts.proposal, match) if facts.proposal else None
        self.buttons.propose(self.proposal)
        self.scene.show_pair(facts)

    def look_by(self, act: str) -> None:
        """Look otherwise: another way, larger or smaller, at another place."""
        if act in WAYS:
            self.look.take(act)
        elif act in ("way", "way_back"):
            self.look.turn(1 if act == "way" else -1)
        elif act in PANS:
            self.scene.drag(QPointF(*PANS[act]) * _PAN_PX)
        elif act == "sharp":
            self.scene.zoom_sharp()
        elif act == "fit":
            self.scene.fit()
        else:
            self.scene.zoom(STEP if act == "closer" else 1 / STEP)

    def _say(self, words: str, evidence: str) -> None:
        for label, text in ((self.words, words), (self.evidence, evidence)):
            label.setText(text)
            label.setToolTip(plain_tooltip(text))

    def _on_scene_changed(self) -> None:
        self.ways.show_scale(self.scene.percent)


def found_line(match: Match, decision: Decision | None) -> str:
    """What was found between A and B, and what was decided on it here."""
    words = found_words(match)
    words = words[:1].upper() + words[1:]
    if decision is None:
        return words
    said = verdict_sentence(of_decision(decision, match))
    return QCoreApplication.translate("PairPage", "%1 (decided: %2)").replace("%1", words).replace("%2", said)
