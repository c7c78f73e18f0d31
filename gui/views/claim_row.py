"""Single claims in the inspector, each with what can be done to it, and what a weapon's model allows besides."""

from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from core.claims import Marking, Origin
from core.records import Source
from core.sighted import Fitting
from core.weapon_models import PossibleOrigin
from gui import sighting_operations, style
from gui.icons import icon
from gui.models.cells import shown_name
from gui.models.claim_sentences import by_words, claim_words, more_words, possible_words
from gui.plain import PlainLabel, plain_tooltip
from gui.session import Session


class ClaimRow(QWidget):
    """One claim: its sentence, who made it and when, and buttons to prefer, edit and remove it."""

    edit_wanted = Signal(object)  # the claim
    image_wanted = Signal(object)  # the id of the image that a fitting marking was read on

    def __init__(
        self, session: Session, claim: Any, fitting: tuple[Fitting, ...] = (), source: Source | None = None
    ) -> None:
        super().__init__()
        self._session = session
        self.claim = claim
        info = session.info
        assert info is not None
        words = claim_words(claim, info.vocabularies)
        self.words = plain_label(words)
        self.by = plain_label(self._by(more_words(claim, info.vocabularies, source)), role="muted")
        self.prefer = link_button(self.tr("Prefer"), self.tr("Prefer this: %1").replace("%1", words))
        own = claim.author == info.actor
        verb = self.tr("Edit this: %1") if own else self.tr("Claim it otherwise: %1")
        self.edit = small_button("edit", verb.replace("%1", words))
        self.remove = small_button("close", self.tr("Remove this: %1").replace("%1", words))
        self.shows: list[QPushButton] = []
        self._arrange(fitting)
        self.prefer.clicked.connect(self._on_prefer_clicked)
        self.edit.clicked.connect(self._on_edit_clicked)
        self.remove.clicked.connect(self._on_remove_clicked)

    @property
    def is_rival(self) -> bool:
        """Whether another claim of its kind is preferred."""
        return not isinstance(self.claim, Marking) and not self.claim.preferred

    def _by(self, more: str) -> str:
        by = by_words(self.claim)
        if self.is_rival:
            by = self.tr("rival · %1").replace("%1", by)
        return "\n".join(filter(None, (more, by)))

    def _arrange(self, fitting: tuple[Fitting, ...]) -> None:
        writable = not self._session.read_only
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(self.words)
        texts.addWidget(self.by)
        texts.addWidget(self.prefer, 0, Qt.AlignmentFlag.AlignLeading)
        for one in fitting:
            texts.addLayout(self._notice(one))
        layout = QHBoxLayout(self)
        inset = style.MEDIUM if self.is_rival else 0
        layout.setContentsMargins(*((0, 0, inset, 0) if self.isRightToLeft() else (inset, 0, 0, 0)))
        layout.setSpacing(style.TIGHT)
        layout.addLayout(texts, 1)
        for button in (self.edit, self.remove):
            layout.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        # Only now that they have a parent: a widget without one is shown as a window.
        self.prefer.setVisible(writable and self.is_rival)
        self.edit.setVisible(writable)
        self.remove.setVisible(writable)

    def _notice(self, one: Fitting) -> QVBoxLayout:
        """That another reading fits, and a button that goes there."""
        name = shown_name(one.name)
        words = self.tr("It can be the same as “%1”, read on %2.").replace("%1", one.text).replace("%2", name)
        show = link_button(self.tr("Show that image"), self.tr("Show %1").replace("%1", name))
        show.clicked.connect(_Shows(self, one))
        self.shows.append(show)
        notice = QVBoxLayout()
        notice.setSpacing(0)
        notice.addWidget(plain_label(words, role="caution"))
        notice.addWidget(show, 0, Qt.AlignmentFlag.AlignLeading)
        return notice

    def _on_prefer_clicked(self) -> None:
        sighting_operations.prefer_claim(self._session, self.claim)

    def _on_edit_clicked(self) -> None:
        self.edit_wanted.emit(self.claim)

    def _on_remove_clicked(self) -> None:
        sighting_operations.remove_claim(self._session, self.claim)


class _Shows:
    """Asks for the image that a fitting marking was read on."""

    def __init__(self, row: ClaimRow, fitting: Fitting) -> None:
        self._row = row
        self._fitting = fitting

    def __call__(self, _checked: bool = False) -> None:  # noqa: FBT001, FBT002 - Qt's signal brings it
        self._row.image_wanted.emit(self._fitting.image_id)


class PossibleRow(QWidget):
    """A country that the model allows: in a dashed frame, since nobody claims it, with a button to claim it."""

    claimed = Signal(object)  # the Origin to claim

    def __init__(self, session: Session, origin: PossibleOrigin) -> None:
        super().__init__()
        self.origin = origin
        info = session.info
        assert info is not None
        words = possible_words(origin, info.vocabularies)
        self.words = plain_label(words, role="muted")
        self.claim = link_button(self.tr("Claim it"), self.tr("Claim it: %1").replace("%1", words))
        self.claim.clicked.connect(self._on_claim_clicked)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(style.SMALL, 2, style.TIGHT, 2)
        layout.setSpacing(style.TIGHT)
        layout.addWidget(self.words, 1)
        layout.addWidget(self.claim, 0, Qt.AlignmentFlag.AlignTop)
        self.claim.setVisible(not session.read_only)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802 - Qt's name
        """Draw the frame: dashed, and with wide gaps where the library names no source."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(QColor(style.theme_of(self.palette()).control), 1.0)
        pen.setDashPattern([4.0, 2.0] if self.origin.checked else [1.0, 3.0])
        painter.setPen(pen)
        painter.drawRoundedRect(self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5), style.TIGHT, style.TIGHT)
        painter.end()

    def _on_claim_clicked(self) -> None:
        self.claimed.emit(
            Origin(self.origin.role, (self.origin.country,), certainty="possible", bases=("model_reference",))
        )


def plain_label(words: str, *, role: str = "") -> QLabel:
    """A text that wraps, never taken for markup."""
    label = PlainLabel(words)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    if role:
        label.setProperty("role", role)
    return label


def link_button(words: str, name: str) -> QPushButton:
    """A button that looks like a link."""
    button = QPushButton(words)
    button.setProperty("link", "true")
    button.setAccessibleName(name)
    button.setToolTip(plain_tooltip(name))
    button.setAutoDefault(False)
    return button


def small_button(drawing: str, name: str) -> QToolButton:
    """A button with a small picture alone."""
    button = QToolButton()
    button.setIcon(icon(drawing))
    button.setIconSize(QSize(style.ICON_SMALL, style.ICON_SMALL))
    button.setAccessibleName(name)
    button.setToolTip(plain_tooltip(name))
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return button
