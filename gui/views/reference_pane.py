"""The unknown weapon beside the best labelled regions of a model, from this archive."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from core.claims import NOT_ASSESSED, Identification
from core.tagging import Tag
from gui import operations, sighting_operations, style
from gui.models.cells import shown_name
from gui.models.claim_sentences import mark_words
from gui.models.comparing import Comparing
from gui.plain import plain_tooltip
from gui.session import Session
from gui.views.elided import ElidedLabel
from gui.views.linked_view import STEP, LinkedView, Zoom
from gui.views.peek import Peek
from gui.views.reference_head import ReferenceHead
from gui.views.reference_strip import ReferenceStrip


class ReferencePane(QFrame):
    """Asks nothing while it is hidden.  Esc gives the keys back, F8 closes it."""

    left = Signal()  # the keys go back to the image
    closed = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.comparing = Comparing(session, self)
        self.zoom = Zoom(self)
        self._peek = Peek(self)
        self.head = ReferenceHead(session)
        self.unknown = LinkedView(self.zoom, self._peek)
        self.about = ElidedLabel(mode=Qt.TextElideMode.ElideRight)
        self.strip = ReferenceStrip(session, self.zoom, self._peek)
        self.reason = QLineEdit()
        self._arrange()
        self._connect()

    def _arrange(self) -> None:
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("References"))
        self.unknown.setAccessibleName(self.tr("What is unknown"))
        self.about.setProperty("role", "muted")
        self.about.setTextFormat(Qt.TextFormat.PlainText)
        self.reason.setPlaceholderText(self.tr("Why not? Enter keeps the reason, Esc gives it up"))
        self.reason.setAccessibleName(self.tr("Why it is not this model"))
        self.reason.hide()
        self.about.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeading)
        self._left = QVBoxLayout()
        self._left.setSpacing(0)
        self._left.addWidget(self.unknown, 1)
        self._left.addWidget(self.about)
        body = QHBoxLayout()
        body.setSpacing(style.SMALL)
        body.addLayout(self._left, 2)
        body.addWidget(self.strip, 5)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(style.MEDIUM, style.SMALL, style.MEDIUM, style.SMALL)
        layout.setSpacing(style.SMALL)
        layout.addWidget(self.head)
        layout.addWidget(self.reason)
        layout.addLayout(body, 1)
        self.setMinimumHeight(220)
        self._level()

    def _level(self, *_range: int) -> None:
        """Keep what is unknown as high as what it is held against."""
        bar = self.strip.horizontalScrollBar()
        beneath = bar.sizeHint().height() if bar.maximum() > bar.minimum() else 0
        self._left.setContentsMargins(0, style.TIGHT, 0, style.TIGHT + beneath)
        self.about.setFixedHeight(2 * self.about.fontMetrics().height() + 2)

    def _connect(self) -> None:
        self.strip.horizontalScrollBar().rangeChanged.connect(self._level)
        self.comparing.unknown_changed.connect(self._show_unknown)
        self.comparing.known_changed.connect(self._show_known)
        self.comparing.pictures_arrived.connect(self._show_pictures)
        self._session.settings_changed.connect(self._show_pictures)
        self.head.model_chosen.connect(self._on_model_chosen)
        self.head.stepped.connect(self.comparing.step)
        self.head.identify_wanted.connect(self.identify)
        self.head.exclude_wanted.connect(self.ask_reason)
        self.head.close_wanted.connect(self.closed)
        self.strip.clicked.connect(self.setFocus)
        self.unknown.clicked.connect(self.setFocus)
        self.reason.returnPressed.connect(self._on_reason_given)

    def identify(self) -> None:
        """Say that it is this model, as certainly as the user set."""
        unknown, model = self.comparing.unknown, self.comparing.model
        if unknown is None or not self.head.identify.isEnabled():
            return
        settings = self._session.settings
        bases = (settings.default_basis,) if settings.default_basis else ()
        if unknown.sighting is not None:
            claim = Identification("", model=model, certainty=settings.default_certainty, bases=bases)
            sighting_operations.add_claim(self._session, unknown.sighting.id, claim)
        else:
            certainty = None if settings.default_certainty == NOT_ASSESSED else settings.default_certainty
            said = Tag(model=model, certainty=certainty, bases=bases or None)
            operations.tag(self._session, [unknown.image_id], said)
        words = self.tr("Identified as %1.").replace("%1", self._label(model))
        self._session.message.emit(words)

    def ask_reason(self) -> None:
        """Ask why it is not this model."""
        if self.head.exclude.isEnabled():
            self.reason.show()
            self.reason.setFocus()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Follow the image that is looked at."""
        super().showEvent(event)
        self.comparing.watch(watching=True)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Ask nothing more."""
        self.comparing.watch(watching=False)
        super().hideEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Arrows walk regions and models, + − 0 zoom, I and N decide, Esc leaves."""
        forward = -1 if self.isRightToLeft() else 1
        if self._reads(event):
            return
        acts = {
            Qt.Key.Key_Right: lambda: self.strip.step(forward),
            Qt.Key.Key_Left: lambda: self.strip.step(-forward),
            Qt.Key.Key_Down: lambda: self.comparing.step(1),
            Qt.Key.Key_Up: lambda: self.comparing.step(-1),
            Qt.Key.Key_I: self.identify,
            Qt.Key.Key_N: self.ask_reason,
        }
        act = acts.get(Qt.Key(event.key()))
        if act is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        else:
            act()

    def _reads(self, event: QKeyEvent) -> bool:
        """Take the keys that leave and zoom."""
        if event.key() == Qt.Key.Key_Escape:
            if self.reason.isHidden():
                self.left.emit()
            else:
                self._give_up_reason()
        elif event.text() in ("+", "="):
            self.zoom.zoom(STEP)
        elif event.text() == "-":
            self.zoom.zoom(1 / STEP)
        elif event.text() == "0":
            self.zoom.reset()
        else:
            return False
        return True

    def _give_up_reason(self) -> None:
        self.reason.clear()
        self.reason.hide()
        self.setFocus()

    def _label(self, model: str) -> str:
        info = self._session.info
        return model if info is None else info.weapon_models.label(model)

    def _show_unknown(self) -> None:
        unknown = self.comparing.unknown
        self.zoom.reset()
        self._give_up_if_gone()
        words = ""
        if unknown is not None:
            info = self._session.info
            words = self.tr("the whole image")
            if unknown.sighting is not None and info is not None:
                words = mark_words(unknown.sighting, info.vocabularies)
            if unknown.owner:
                where = self.tr("as seen on %1").replace("%1", shown_name(unknown.owner))
                words = f"{words} · {where}"
        self.about.setText(words)
        self.about.setToolTip(plain_tooltip(words))
        self._show_known()

    def _give_up_if_gone(self) -> None:
        if self.comparing.unknown is None and not self.reason.isHidden():
            self.reason.clear()
            self.reason.hide()

    def _show_known(self) -> None:
        comparing = self.comparing
        self.head.show_model(comparing)
        known = comparing.known
        nothing = (
            self.tr("Loading…")
            if comparing.model or comparing.unknown is None
            else self.tr("Nothing in this archive is identified by its model yet. Type a model to compare with.")
        )
        if known is not None:
            words = self.tr("No labelled region of %1 in this archive yet: draw a region round one, and identify it.")
            nothing = words.replace("%1", known.model.label)
        self.strip.show_references(() if known is None else known.references, comparing.model, nothing)
        self._show_pictures()
        self._enable()

    def _show_pictures(self) -> None:
        unknown = self.comparing.unknown
        covered = unknown is not None and unknown.covered and self._session.settings.cover_graphic
        self.unknown.show_image(self.comparing.picture_of_unknown(), covered=covered)
        self.strip.show_pictures(self.comparing.picture)

    def _enable(self) -> None:
        unknown, model = self.comparing.unknown, self.comparing.model
        why = ""
        if self._session.read_only:
            why = self.tr("This archive is open for reading only.")
        elif unknown is None or not model:
            why = self.tr("Choose a model first.")
        elif unknown.sighting is None and unknown.sightings:
            why = self.tr("Several weapons are recorded here: select the region of one, or its card.")
        elif unknown.model == model:
            why = self.tr("It is identified as this model.")
        nothing_yet = unknown is not None and unknown.sighting is None
        untagged = self.tr("Nothing is recorded here yet that could be said not to be this model.")
        self.head.enable(identify=why, exclude=why or (untagged if nothing_yet else ""))

    def _on_model_chosen(self, model: str) -> None:
        if model:
            self.comparing.choose_model(model)
            self.setFocus()

    def _on_reason_given(self) -> None:
        unknown, reason = self.comparing.unknown, self.reason.text().strip()
        if unknown is None or unknown.sighting is None or not reason:
            return
        model = self.comparing.model
        sighting_operations.exclude_model(self._session, unknown.sighting.id, model, reason)
        self._session.message.emit(self.tr("Excluded %1.").replace("%1", self._label(model)))
        self._give_up_reason()
        self.comparing.step(1)
