"""How the review of one identification stands, who decided what and why, and the buttons that decide."""

from collections.abc import Mapping, Sequence
from typing import Final, Protocol

from PySide6.QtCore import QCoreApplication, QEvent, QSize, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QScrollArea, QToolButton, QVBoxLayout, QWidget

from core import reviewing
from core.claims import DISPUTED, ClaimId, Review
from core.records import Sighting
from gui import review_operations, style
from gui.icons import icon
from gui.models.sentences import when
from gui.plain import PlainLabel, plain_tooltip
from gui.session import Session
from gui.views.wrapping import WrappingLayout

KEYS: Final[Mapping[str, Qt.Key]] = {
    "confirm": Qt.Key.Key_C,
    "change": Qt.Key.Key_H,
    "reject": Qt.Key.Key_R,
    "cannot_determine": Qt.Key.Key_U,
    "needs_specialist": Qt.Key.Key_S,
}
"""The key of each decision while the keys are with the panel, but not in its reason."""


class Reviewed(Protocol):
    """A sighting with the decisions on its identifications."""

    @property
    def sighting(self) -> Sighting:
        """The sighting, with its preferred identification."""
        ...

    @property
    def reviews(self) -> Sequence[Review]:
        """The decisions on all of its identifications, oldest first, withdrawn ones included."""
        ...


class ReviewPanel(QWidget):
    """The review of a sighting's preferred identification; hidden where there is nothing to review."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._claim: ClaimId | None = None
        self._wanted = ""
        self.state = PlainLabel()
        self._mark = PlainLabel()
        self.toggle = QToolButton()
        self.buttons = {decision: _DecisionButton(decision) for decision in KEYS}
        self.reason = QLineEdit()
        self.hint = PlainLabel()
        self.lines: list[DecisionLine] = []
        self._list = QVBoxLayout()
        self._controls = QWidget()
        self._arrange()
        self.toggle.toggled.connect(self._on_toggled)
        self.reason.returnPressed.connect(self._on_return_pressed)
        for button in self.buttons.values():
            button.clicked.connect(self._on_button_clicked)
        self.hide()

    def _arrange(self) -> None:
        self.setAccessibleName(self.tr("Review"))
        self.toggle.setText(self.tr("Review"))
        self.toggle.setIcon(icon("chevron-right"))
        self.toggle.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.toggle.setCheckable(True)
        self.toggle.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # a press lets the decisions' keys in
        self.toggle.setAccessibleName(self.tr("Decide on this identification"))
        self.reason.setPlaceholderText(self.tr("Reason"))
        self.reason.setAccessibleName(self.tr("Reason of the decision"))
        self.hint.setProperty("role", "caution")
        self.hint.setWordWrap(True)
        self.hint.hide()
        head = QHBoxLayout()
        head.setSpacing(style.SMALL)
        head.addWidget(self.toggle)
        head.addWidget(self._mark)
        head.addWidget(self.state, 1)
        buttons = WrappingLayout()
        for button in self.buttons.values():
            buttons.addWidget(button)
        controls = QVBoxLayout(self._controls)
        controls.setContentsMargins(0, 0, 0, 0)
        controls.setSpacing(style.TIGHT)
        controls.addLayout(buttons)
        controls.addWidget(self.reason)
        controls.addWidget(self.hint)
        self._controls.hide()
        self._list.setSpacing(style.TIGHT)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(style.TIGHT)
        layout.addLayout(head)
        layout.addLayout(self._list)
        layout.addWidget(self._controls)

    def show_claimed(self, claimed: Reviewed) -> None:
        """Show how a sighting's review stands; a reason that is being typed for it stays."""
        claim = claimed.sighting.identification
        # What is coded blind is reviewed when it has been settled.
        self.setVisible(claim is not None and claimed.sighting.coding_id is None)
        if claim is None:
            return
        if claim.id != self._claim:
            self._claim = claim.id
            self._expect("")
            self.reason.clear()
        decided = [review for review in claimed.reviews if review.identification_id == claim.id]
        state = reviewing.state_of(decided)
        self.state.setText(state_words(state))
        role = {"confirm": "", "unreviewed": "muted"}.get(state, "caution")
        self.state.setProperty("role", role)
        self.state.style().polish(self.state)
        drawing = {"confirm": "check", "unreviewed": ""}.get(state, "warning")
        self._mark.setVisible(bool(drawing))
        if drawing:
            self._mark.setPixmap(icon(drawing).pixmap(QSize(style.ICON_SMALL, style.ICON_SMALL)))
        self._list_decisions(decided)
        writable = not self._session.read_only
        self.toggle.setEnabled(writable)
        self.reason.setReadOnly(not writable)
        if not writable:
            self.toggle.setChecked(False)

    def _list_decisions(self, decided: Sequence[Review]) -> None:
        while self.lines:
            line = self.lines.pop()
            self._list.removeWidget(line)
            line.hide()
            line.deleteLater()
        actor = self._session.info.actor if self._session.info is not None else ""
        for review in decided:
            line = DecisionLine(review, own=review.reviewer == actor and not self._session.read_only)
            line.withdraw.clicked.connect(self._on_withdraw_clicked)
            self._list.addWidget(line)
            self.lines.append(line)

    def decide(self, decision: str) -> None:
        """Decide so; what needs a reason and has none asks for it first."""
        if self._claim is None:
            return
        reason = self.reason.text().strip()
        if decision != reviewing.CONFIRM and not reason:
            self._expect(decision)
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._expect("")
        self.reason.clear()
        review_operations.decide(self._session, self._claim, decision, reason)

    def _expect(self, decision: str) -> None:
        """Wait for the reason of a decision, or of none."""
        self._wanted = decision
        words = self.tr("%1: say why, then press Enter.")
        self.hint.setText(words.replace("%1", decision_words(decision)) if decision else "")
        self.hint.setVisible(bool(decision))

    def _on_return_pressed(self) -> None:
        if self._wanted and self.reason.text().strip():
            self.decide(self._wanted)

    def _on_button_clicked(self) -> None:
        button = self.sender()
        assert isinstance(button, _DecisionButton)
        self.decide(button.decision)

    def _on_withdraw_clicked(self) -> None:
        if self._claim is not None:
            review_operations.withdraw(self._session, self._claim)

    def _on_toggled(self, shown: bool) -> None:  # noqa: FBT001 - Qt's signal brings it
        self.toggle.setIcon(icon("chevron-down" if shown else "chevron-right"))
        self._controls.setVisible(shown)
        if shown:  # as soon as it has its place
            QTimer.singleShot(0, self._reveal)

    def _reveal(self) -> None:
        area = self.parentWidget()
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        if area is not None:
            area.ensureWidgetVisible(self._controls)

    def event(self, event: QEvent) -> bool:
        """Take the decisions' keys before the window's shortcuts do."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._decision(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """A decision's key decides."""
        decision = self._decision(event)
        if decision:
            self.decide(decision)
        else:
            super().keyPressEvent(event)

    def _decision(self, event: QKeyEvent) -> str:
        if event.modifiers() or not self.toggle.isChecked() or self.reason.hasFocus():
            return ""
        return next((decision for decision, key in KEYS.items() if key == event.key()), "")


class _DecisionButton(QPushButton):
    """A button that shows its key."""

    def __init__(self, decision: str) -> None:
        words, key = decision_words(decision), chr(KEYS[decision])
        super().__init__(f"{words}   {key}")
        self.decision = decision
        self.setAccessibleName(words)
        self.setToolTip(plain_tooltip(f"{words} ({key})"))
        self.setAutoDefault(False)


class DecisionLine(QWidget):
    """One decision with its reason; the own one can be withdrawn."""

    def __init__(self, review: Review, *, own: bool) -> None:
        super().__init__()
        self.review = review
        words = f"{review.reviewer}, {when(review.decided_at)}: {state_words(review.decision)}"
        if review.reason:
            words += f" – {review.reason}"
        if review.withdrawn:
            words += f" ({self.tr('withdrawn')})"
        self.words = PlainLabel(words)
        self.words.setWordWrap(True)
        self.words.setProperty("role", "muted")
        self.withdraw = QToolButton()
        self.withdraw.setIcon(icon("undo"))
        self.withdraw.setToolTip(self.tr("Withdraw this decision"))
        self.withdraw.setAccessibleName(self.tr("Withdraw this decision"))
        self.withdraw.setVisible(own and not review.withdrawn)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(style.TIGHT)
        layout.addWidget(self.words, 1)
        layout.addWidget(self.withdraw, 0, Qt.AlignmentFlag.AlignTop)


def decision_words(decision: str) -> str:
    """What a decision is called on its button."""
    return {
        "confirm": _tr("Confirm"),
        "change": _tr("Change"),
        "reject": _tr("Reject"),
        "cannot_determine": _tr("Undetermined"),
        "needs_specialist": _tr("Specialist"),
    }.get(decision, decision)


def state_words(state: str) -> str:
    """How a review stands, or what one reviewer decided."""
    return {
        "unreviewed": _tr("not reviewed"),
        "confirm": _tr("confirmed"),
        "change": _tr("to be changed"),
        "reject": _tr("rejected"),
        "cannot_determine": _tr("cannot be determined"),
        "needs_specialist": _tr("needs a specialist"),
        DISPUTED: _tr("disputed"),
    }.get(state, state)


def _tr(text: str) -> str:
    return QCoreApplication.translate("ReviewPanel", text)
