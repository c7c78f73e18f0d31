"""The review of pairs that the program found to be alike: look, press one key, go on.

Nothing is decided by going on or back, and no verdict can be given before both pictures are on screen.
"""

from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from core import duplicates
from core.records import ImageId, Match
from gui import style
from gui.dialogs.settle import SettleDialog
from gui.models.review_queue import Decision
from gui.models.reviewing import Reviewing
from gui.models.sentences import match_words
from gui.plain import PlainLabel
from gui.session import Session
from gui.views.empty_state import EmptyState
from gui.views.peek import Peek
from gui.views.review_controls import KEYS, LOOK, VERDICT_ACTS, ReviewButtons, ReviewHead
from gui.views.review_side import ReviewPanes

_BY_KEY: Final = {key: act for act, keys in KEYS.items() for key in keys}


class DuplicateReview(QWidget):
    """The undecided pairs one by one, side by side; ``start`` begins."""

    closed = Signal()
    show_image = Signal(object)  # the id of an image to be shown among the others

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.reviewing = Reviewing(session, self)
        self._swapped = False
        self._peek = Peek(self, key=LOOK)
        self.panes: ReviewPanes | None = None  # there while an archive is open
        self.head = ReviewHead()
        self.words = PlainLabel()
        self.buttons = ReviewButtons()
        self.empty = EmptyState()
        self._place = QVBoxLayout()
        self._pages = QStackedWidget()
        self._arrange()
        self._connect()

    def _arrange(self) -> None:
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Review of duplicates"))
        self.words.setWordWrap(True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        page = QWidget()
        body = QVBoxLayout(page)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(style.SMALL)
        body.addWidget(self.words)
        body.addLayout(self._place, 1)
        body.addWidget(self.buttons)
        self._pages.addWidget(page)
        self._pages.addWidget(self.empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(style.MEDIUM, style.SMALL, style.MEDIUM, style.SMALL)
        layout.setSpacing(style.SMALL)
        layout.addWidget(self.head)
        layout.addWidget(self._pages, 1)

    def _connect(self) -> None:
        self.head.kind_chosen.connect(self._on_kind_chosen)
        self.head.settle_wanted.connect(self._on_settle_wanted)
        self.head.all_wanted.connect(self.start)
        self.head.leave_wanted.connect(self._leave)
        self.buttons.acted.connect(self.act)
        self.empty.acted.connect(self._leave)
        self.reviewing.moved.connect(self._on_moved)
        self.reviewing.counted.connect(self._on_counted)
        self.reviewing.pair_arrived.connect(self._fill_sides)
        self._session.closed.connect(self._on_session_closed)

    def start(self, image_id: ImageId | None = None) -> None:
        """Begin with the tightest pair, of one image's pairs only where it is given; an archive must be open."""
        if self.panes is None:
            self.panes = ReviewPanes(self._session, self._peek)
            self.panes.ready.connect(self._enable)
            self.panes.open_wanted.connect(self.show_image)
            self._place.addWidget(self.panes)
        self.head.all.setVisible(image_id is not None)
        self.reviewing.start(image_id)
        self.setFocus()

    def event(self, event: QEvent) -> bool:
        """Keep the review's own keys from the window's shortcuts."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _act_of(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """One key for each act."""
        act = _act_of(event)
        if act is None:
            super().keyPressEvent(event)
        else:
            self.act(act)

    def act(self, act: str) -> None:
        """Do what a key or a button stands for, if it is possible now."""
        if act == "leave":
            self._leave()
            return
        if act in VERDICT_ACTS:
            self._decide(act)
        elif act == "undo":
            self.reviewing.take_back()
        elif act == "swap":
            self._swapped = not self._swapped
            self._fill_sides()
        else:
            self.reviewing.step(forward=act == "skip")
        self.setFocus()

    @property
    def can_decide(self) -> bool:
        """Whether both pictures of the pair are on screen and the archive can be written to."""
        shown = self.panes is not None and self.panes.is_ready
        return shown and self.reviewing.pair is not None and not self._session.read_only

    def _decide(self, act: str) -> None:
        match = self.reviewing.queue.current
        if match is None or not self.can_decide:
            return
        left, right = (match.sha256_b, match.sha256_a) if self._swapped else (match.sha256_a, match.sha256_b)
        verdict = {"same": "same_picture", "unrelated": "not_related"}.get(act, "better_copy_of")
        better, other = (right, left) if act == "right" else (left, right)
        self.reviewing.decide(Decision(verdict, better, other))

    def _leave(self) -> None:
        self.reviewing.stop()
        self._clear()
        self.closed.emit()

    def _on_moved(self) -> None:
        """Another pair: the old one goes at once, since something stale makes wrong decisions."""
        self._swapped = False
        self._peek.end()
        self._clear()
        match, begun = self.reviewing.queue.current, self.reviewing.begun
        self._pages.setCurrentIndex(0 if match is not None or not begun else 1)
        if match is not None:
            self.words.setText(self._words_of(match))
        else:
            self.words.setText("" if begun else self.tr("Gathering the pairs…"))

    def _words_of(self, match: Match) -> str:
        words = match_words(match)
        decision = self.reviewing.queue.decision(match)
        if decision is None:
            return words
        verdict = {
            "same_picture": self.tr("same picture"),
            "better_copy_of": self.tr("one is the better copy"),
            "not_related": self.tr("not related"),
        }[decision.verdict]
        return self.tr("%1 (decided: %2)").replace("%1", words).replace("%2", verdict)

    def _on_counted(self) -> None:
        queue = self.reviewing.queue
        left = queue.left
        words = self.tr("%1 decided, %2 left").replace("%1", f"{queue.decided_count:,}")
        self.head.progress.setText(words.replace("%2", f"{len(left):,}") if self.reviewing.begun else "")
        self.head.show_kinds(queue.kinds, queue.kind)
        self.head.settle.setEnabled(bool(duplicates.obvious(left)) and not self._session.read_only)
        self._say_empty()
        self._enable()

    def _say_empty(self) -> None:
        queue = self.reviewing.queue
        title = self.tr("Every pair is decided") if queue.decided_count else self.tr("There is no pair to decide")
        words = self.tr(
            "Images that are alike are found while they are imported, and wait here until you say what they are to "
            "each other. Verdicts can be taken back in the inspector, under Relations."
        )
        if queue.kinds:
            words = self.tr("No pair of this kind is left; there are others.")
        self.empty.say(title, words, self.tr("Back to the images"))

    def _enable(self) -> None:
        queue = self.reviewing.queue
        undo = queue.last_decided is not None and not self._session.read_only
        self.buttons.enable(verdicts=self.can_decide, moves=queue.current is not None, undo=undo)

    def _fill_sides(self) -> None:
        info, pair = self._session.info, self.reviewing.pair
        if pair is None or info is None or self.panes is None:
            return
        left, right = (pair.b, pair.a) if self._swapped else (pair.a, pair.b)
        self.panes.show_pair(left, right, info.vocabularies)
        self._enable()

    def _clear(self) -> None:
        if self.panes is not None:
            self.panes.clear()

    def _on_kind_chosen(self, kind: str | None) -> None:
        self.reviewing.choose_kind(kind)
        self.setFocus()

    def _on_settle_wanted(self) -> None:
        dialog = SettleDialog(self._session, duplicates.obvious(self.reviewing.queue.left), self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.agreed.connect(partial(self.reviewing.settle, dialog.matches))
        dialog.open()

    def _on_session_closed(self) -> None:
        panes, self.panes = self.panes, None
        if panes is not None:
            self._place.removeWidget(panes)
            panes.hide()
            panes.deleteLater()


def _act_of(event: QKeyEvent) -> str | None:
    if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
        return None
    return _BY_KEY.get(Qt.Key(event.key()))
