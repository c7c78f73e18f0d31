"""The review of pairs that the program found to be alike: look, press one key, go on.

Nothing is decided by going on or back, and no verdict can be given before both pictures are on screen.
"""

from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from core import duplicates
from core.records import ImageId
from gui import style
from gui.dialogs.settle import SettleDialog
from gui.models.review_tally import Wanted
from gui.models.reviewing import Reviewing
from gui.models.similar_words import left_words
from gui.session import Session
from gui.views.empty_state import EmptyState
from gui.views.held_key import HeldKey
from gui.views.peek import Peek
from gui.views.reviewing.acts import FLIP, LOOK, NUDGES, PANS, VerdictAct, act_of
from gui.views.reviewing.head import ReviewHead
from gui.views.reviewing.pair_page import PairPage, found_line

"""The kinds that ``duplicates.obvious`` picks."""
_OWN: Final = (LOOK, FLIP)


class DuplicateReview(QWidget):
    """The undecided pairs one by one; ``start`` begins."""

    closed = Signal()
    show_image = Signal(object)  # the id of an image to be shown among the others

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.reviewing = Reviewing(session, self)
        self._peek = Peek(self, key=LOOK)
        self._flip = HeldKey(self)
        self.head = ReviewHead()
        self.page = PairPage(session, self.reviewing.pictures, self._peek)
        self.empty = EmptyState()
        self._pages = QStackedWidget()
        self._pages.addWidget(self.page)
        self._pages.addWidget(self.empty)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Review of duplicates"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(style.MEDIUM, style.SMALL, style.MEDIUM, style.SMALL)
        layout.setSpacing(style.SMALL)
        layout.addWidget(self.head)
        layout.addWidget(self._pages, 1)
        self._connect()

    def _connect(self) -> None:
        self.head.chosen.connect(self._on_chosen)
        self.head.settle_wanted.connect(self._settle)
        self.head.all_wanted.connect(self.start)
        self.head.leave_wanted.connect(self._leave)
        self.empty.acted.connect(self._leave)
        self.page.acted.connect(self.act)
        self.head.moves.acted.connect(self.act)
        self.page.open_wanted.connect(self.show_image)
        self.page.ready.connect(self._enable)
        self.page.look.changed.connect(self.setFocus)
        self._flip.pressed.connect(self.page.look.flip)
        self._flip.let_go.connect(self._on_flip_let_go)
        self.reviewing.moved.connect(self._on_moved)
        self.reviewing.counted.connect(self._on_counted)
        self.reviewing.facts_arrived.connect(self._on_facts_arrived)

    def start(self, image_id: ImageId | None = None) -> None:
        """Begin where one stopped, with one image's pairs only where it is given; an archive must be open."""
        self.head.all.setVisible(image_id is not None)
        self.reviewing.start(image_id)
        self.setFocus()

    def event(self, event: QEvent) -> bool:
        """Keep the review's own keys from the window's shortcuts."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            plain = not event.modifiers() and event.key() in _OWN
            if plain or act_of(event) is not None:
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """One key for each act."""
        act = act_of(event)
        shift = event.key() == Qt.Key.Key_Shift
        # It may have been let go where that was not heard.
        self.page.buttons.hold_shift(held=shift or bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        if isinstance(act, VerdictAct):
            act = self.page.buttons.shown(act)
        if event.key() == FLIP and not event.modifiers():
            self._flip.press(event)
        elif act is None:
            super().keyPressEvent(event)
        elif act not in PANS and self.page.look.nudge(*NUDGES.get(Qt.Key(event.key()), (0, 0))):
            return
        elif self._is_meant(act, event):
            self.act(act)

    def _is_meant(self, act: VerdictAct | str, event: QKeyEvent) -> bool:
        """Whether a key was pressed for this: each verdict by a press of its own, Enter only where nothing is clicked.

        A key that is held would decide pairs that nobody has looked at.
        """
        if act == "propose" and not self.hasFocus():
            return False
        return not (event.isAutoRepeat() and (isinstance(act, VerdictAct) or act in ("propose", "undo")))

    def keyReleaseEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Shift, or the key that flips, may have been held."""
        if event.key() == Qt.Key.Key_Shift:
            self.page.buttons.hold_shift(held=False)
        elif event.key() == FLIP:
            self._flip.release(event)
        else:
            super().keyReleaseEvent(event)

    def act(self, act: VerdictAct | str) -> None:
        """Do what a key or a button stands for, if it is possible now."""
        if act == "leave":
            self._leave()
            return
        if act == "settle":
            self._settle()
            return
        if act == "propose" and self.page.proposal is not None:
            act = self.page.proposal
        if isinstance(act, VerdictAct):
            self._decide(act)
        elif act == "undo":
            self.reviewing.take_back()
        elif act in ("skip", "back"):
            self.reviewing.step(forward=act == "skip")
        elif act not in ("propose", "up", "down"):
            self.page.look_by(act)
        self.setFocus()

    @property
    def can_decide(self) -> bool:
        """Whether both pictures of the pair are on screen and the archive can be written to."""
        return self.page.view.is_ready and self.reviewing.facts is not None and not self._session.read_only

    def _decide(self, act: VerdictAct) -> None:
        match = self.reviewing.queue.current
        if match is not None and self.can_decide:
            self.reviewing.decide(act.on(match))

    def _leave(self) -> None:
        self.reviewing.stop()
        self.page.clear()
        self.closed.emit()

    def _settle(self) -> None:
        obvious = duplicates.obvious(self.reviewing.queue.left)
        if obvious and not self._session.read_only:
            dialog = SettleDialog(self._session, obvious, self)
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.agreed.connect(partial(self.reviewing.settle, dialog.matches))
            dialog.open()

    def _on_moved(self) -> None:
        """Another pair: the old one goes at once, since something stale makes wrong decisions."""
        self._peek.end()
        match, begun = self.reviewing.queue.current, self.reviewing.begun
        said = "" if begun else self.tr("Gathering the pairs…")
        self.page.clear(said if match is None else found_line(match, self.reviewing.queue.decision(match)))
        self._pages.setCurrentIndex(0 if match is not None or not begun else 1)

    def _on_facts_arrived(self) -> None:
        facts = self.reviewing.facts
        if facts is not None:
            self.page.show_facts(facts, self.reviewing.queue.decision(facts.pair.match))
            self._enable()

    def _on_counted(self) -> None:
        queue = self.reviewing.queue
        kinds, wanted = queue.tally.kinds(queue.wanted.source), queue.wanted
        names = self.reviewing.collected.names
        self.head.show_choices(wanted, kinds, queue.tally.by_source(wanted.kind), names)
        decided, left = queue.done.left(wanted), queue.tally.left(wanted)
        self.head.show_progress(decided, left, begun=self.reviewing.begun)
        self.head.show_unlooked(self.reviewing.unlooked)
        number = sum(kinds[kind] for kind in duplicates.OBVIOUS if wanted.kind in (None, kind))
        self.head.show_obvious(number, wanted.kind, allowed=not self._session.read_only)
        self._say_empty()
        self._enable()

    def _say_empty(self) -> None:
        queue = self.reviewing.queue
        title = self.tr("Every pair is decided") if queue.decided_count else self.tr("There is no pair to decide")
        words = self.tr(
            "Images that are alike are found while they are imported and in the background after it, and wait here "
            "until you say what they are to each other. Verdicts can be taken back in the inspector, under Relations."
        )
        if queue.wanted != Wanted() and queue.tally.kinds(None).total():
            title = self.tr("No such pair is left")
            words = self.tr("There are others: choose all kinds and all sources above.")
        elif self.reviewing.unlooked:
            title = self.tr("Every pair that was found is decided") if queue.decided_count else title
            words = f"{left_words(self.reviewing.unlooked)} {words}"
        self.empty.say(title, words, self.tr("Back to the images"))

    def _enable(self) -> None:
        queue = self.reviewing.queue
        undo = queue.last_decided is not None and not self._session.read_only
        self.page.buttons.enable(allowed=self.can_decide)
        on = queue.current is not None
        back = on or queue.decided_count > 0
        self.head.moves.enable(skip=on, back=back, undo=undo)

    def _on_chosen(self, wanted: Wanted) -> None:
        self.reviewing.choose(wanted)
        self.setFocus()

    def _on_flip_let_go(self) -> None:
        if self._flip.repeated:
            self.page.look.flip()
