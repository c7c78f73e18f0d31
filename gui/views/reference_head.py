"""Above the comparison: which model, why it is tried, what is known of it, what it looks like, and what to say."""

from typing import Final

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from core.references import FREQUENT, LOOK_ALIKE, RIVAL, SAID
from gui import style
from gui.models.comparing import Comparing
from gui.models.model_words import model_words
from gui.plain import PlainLabel, plain_tooltip
from gui.session import Session
from gui.views.claim_row import small_button
from gui.views.elided import ElidedLabel
from gui.views.term_field import TermField
from gui.views.wrapping import WrappingLayout, fixed_height_for_width

_LOOK_ALIKES: Final = 4
_FIELD_PX: Final = 170


class ReferenceHead(QWidget):
    """Chooses a model; says nothing to the archive itself."""

    model_chosen = Signal(str)
    stepped = Signal(int)  # to the next candidate, or the one before
    identify_wanted = Signal()
    exclude_wanted = Signal()
    close_wanted = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.model = TermField(session, "weapon_model")
        self.before = small_button("arrow-left", self.tr("The model before (Up)"))
        self.after = small_button("arrow-right", self.tr("The next model to try (Down)"))
        self.why = PlainLabel()
        self.identify = QPushButton(self.tr("This is it"))
        self.exclude = QPushButton(self.tr("Not this one…"))
        self.close_button = small_button("close", self.tr("Close the references (F8)"))
        self.facts = ElidedLabel(mode=Qt.TextElideMode.ElideRight)
        self.look_alikes: list[_LookAlike] = []
        self._alike = WrappingLayout()
        self._arrange()
        self.model.chosen.connect(self.model_chosen)
        self.before.clicked.connect(self._on_before_clicked)
        self.after.clicked.connect(self._on_after_clicked)
        self.identify.clicked.connect(self.identify_wanted)
        self.exclude.clicked.connect(self.exclude_wanted)
        self.close_button.clicked.connect(self.close_wanted)

    def _arrange(self) -> None:
        self.model.setPlaceholderText(self.tr("model"))
        self.model.setAccessibleName(self.tr("Model to compare with"))
        self.model.setFixedWidth(_FIELD_PX)
        for label in (self.why, self.facts):
            label.setProperty("role", "muted")
        self.facts.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.identify.setProperty("primary", "true")
        for button in (self.identify, self.exclude):
            button.setAutoDefault(False)
        controls = WrappingLayout()
        for part in (self.before, self.model, self.after, self.identify, self.exclude, self.why):
            part.setMinimumHeight(style.ROW_HEIGHT)
            controls.addWidget(part)
        line = QHBoxLayout()
        line.setSpacing(style.SMALL)
        line.addLayout(controls, 1)
        line.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(style.TIGHT)
        layout.addLayout(line)
        layout.addWidget(self.facts)
        layout.addLayout(self._alike)
        fixed_height_for_width(self)

    def show_model(self, comparing: Comparing) -> None:
        """Show which model is compared with, as far as it is known by now."""
        info, known = self._session.info, comparing.known
        if info is None:
            return
        if not self.model.hasFocus():
            self.model.show_code(comparing.model)
        self.facts.setText("" if known is None else model_words(known.model, info.vocabularies))
        self.facts.setToolTip(plain_tooltip(self.facts.text()))
        self._show_look_alikes(() if known is None else known.look_alikes)
        self.why.setText(_why(comparing))
        several = comparing.unknown is not None and len(comparing.unknown.candidates) > 1
        for button in (self.before, self.after):
            button.setEnabled(several)

    def enable(self, *, identify: str, exclude: str) -> None:
        """Offer both acts; a text says why one is not possible now."""
        for button, key, why_not, words in (
            (self.identify, "I", identify, self.tr("Identify it as this model")),
            (self.exclude, "N", exclude, self.tr("It is not this model, for a reason")),
        ):
            button.setEnabled(not why_not)
            button.setToolTip(plain_tooltip(why_not or f"{words} ({key})"))
            button.setAccessibleDescription(button.toolTip())

    def _show_look_alikes(self, models: tuple[str, ...]) -> None:
        info = self._session.info
        if info is None or [one.model for one in self.look_alikes] == list(models[:_LOOK_ALIKES]):
            return
        self._alike.clear()
        self.look_alikes = []
        if models:
            label = PlainLabel(self.tr("Looks like"))
            label.setProperty("role", "muted")
            label.setMinimumHeight(style.HUGE)
            self._alike.addWidget(label)
        for model in models[:_LOOK_ALIKES]:
            button = _LookAlike(model, info.weapon_models.label(model))
            button.setMinimumHeight(style.HUGE)
            button.wanted.connect(self.model_chosen)
            self.look_alikes.append(button)
            self._alike.addWidget(button)
        self.updateGeometry()

    def _on_before_clicked(self) -> None:
        self.stepped.emit(-1)

    def _on_after_clicked(self) -> None:
        self.stepped.emit(1)


class _LookAlike(QPushButton):
    """Switches to a model that looks alike."""

    wanted = Signal(str)

    def __init__(self, model: str, label: str) -> None:
        super().__init__(label.replace("&", "&&"))
        self.model = model
        self.setProperty("link", "true")
        self.setAutoDefault(False)
        self.setAccessibleName(_tr("Compare with %1, which looks like it").replace("%1", label))
        self.setToolTip(plain_tooltip(self.accessibleName()))
        self.clicked.connect(self._on_clicked)

    def _on_clicked(self) -> None:
        self.wanted.emit(self.model)


def _why(comparing: Comparing) -> str:
    """Why this model is tried: "2 of 7, looks like what is said"; and whether it was excluded."""
    candidate, unknown = comparing.candidate, comparing.unknown
    if candidate is None or unknown is None:
        return ""
    if candidate.excluded:
        words = _tr("excluded: %1").replace("%1", candidate.reason) if candidate.reason else _tr("excluded")
    else:
        words = {
            SAID: _tr("what it is identified as"),
            LOOK_ALIKE: _tr("looks like what is said"),
            RIVAL: _tr("a rival says so"),
            FREQUENT: _tr("frequent in this archive"),
        }[candidate.why]
    place = _tr("%1 of %2").replace("%1", str(unknown.candidates.index(candidate) + 1))
    return f"{place.replace('%2', str(len(unknown.candidates)))}, {words}"


def _tr(text: str) -> str:
    return QCoreApplication.translate("ReferenceHead", text)
