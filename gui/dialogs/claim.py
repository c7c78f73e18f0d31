"""A small dialog in which one claim about a sighting is written; Enter keeps it, Esc gives it up."""

from dataclasses import replace
from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QDialog, QDialogButtonBox, QScrollArea, QVBoxLayout, QWidget

from core.claims import Acquisition, ClaimId, Identification, Marking, Origin
from core.errors import CoreError, Refused
from core.records import SightingId
from gui import sighting_operations, style
from gui.plain import PlainLabel
from gui.session import Session
from gui.views.acquisition_form import AcquisitionForm
from gui.views.claim_form import ClaimForm
from gui.views.identification_form import IdentificationForm
from gui.views.marking_form import MarkingForm
from gui.views.origin_form import OriginForm

FORMS: Final[dict[type, type[ClaimForm]]] = {
    Identification: IdentificationForm,
    Origin: OriginForm,
    Marking: MarkingForm,
    Acquisition: AcquisitionForm,
}
_WIDTH: Final = 520
_HIGHEST: Final = 560


class ClaimDialog(QDialog):
    """Adds a claim, or changes an own one; somebody else's is the beginning of a claim beside it.

    It stays open with the reason where what is written is refused.
    """

    def __init__(
        self,
        session: Session,
        sighting: SightingId,
        kind: type,
        *,
        claim: Any = None,
        rivals: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """``rivals`` says that something of its kind was claimed already."""
        super().__init__(parent)
        self._session = session
        self._sighting = sighting
        info = session.info
        self._changes = claim is not None and info is not None and claim.author == info.actor and bool(claim.id)
        self.form = FORMS[kind](session)
        self.prefer = QCheckBox(self.tr("&Prefer it to what was said before, which is kept beside it"))
        self.problem = PlainLabel()
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel)
        self.setWindowTitle(self._title(kind))
        self.setAccessibleName(self.windowTitle())
        if claim is not None:
            self.form.show_claim(claim if self._changes else _of_nobody(claim))
        self._arrange()
        self.prefer.setVisible(rivals and kind is not Marking and not self._changes)
        self.form.refused.connect(self._say)
        self.buttons.accepted.connect(self._on_save_clicked)
        self.buttons.rejected.connect(self.reject)

    def _title(self, kind: type) -> str:
        if self._changes:
            return {
                Identification: self.tr("Change the identification"),
                Origin: self.tr("Change the origin"),
                Marking: self.tr("Change the marking"),
                Acquisition: self.tr("Change the acquisition"),
            }[kind]
        return {
            Identification: self.tr("Add an identification"),
            Origin: self.tr("Add an origin"),
            Marking: self.tr("Add a marking"),
            Acquisition: self.tr("Add an acquisition"),
        }[kind]

    def _arrange(self) -> None:
        self.problem.setProperty("role", "bad")
        self.problem.setWordWrap(True)
        self.problem.setAccessibleName(self.tr("Problem"))
        self.problem.hide()
        area = QScrollArea()
        area.setWidget(self.form)
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setMinimumHeight(min(self.form.sizeHint().height() + style.SMALL, _HIGHEST))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(style.LARGE, style.LARGE, style.LARGE, style.LARGE)
        layout.setSpacing(style.MEDIUM)
        layout.addWidget(area, 1)
        layout.addWidget(self.prefer)
        layout.addWidget(self.problem)
        layout.addWidget(self.buttons)
        save = self.buttons.button(QDialogButtonBox.StandardButton.Save)
        save.setProperty("primary", "true")
        save.style().polish(save)  # the box has shown the style sheet its buttons already
        save.setDefault(True)
        self.setMinimumWidth(_WIDTH)
        self.form.setFocus()

    def _on_save_clicked(self) -> None:
        try:
            claim = self.form.said()
        except Refused as error:
            self._say(str(error))
            return
        self.buttons.setEnabled(False)
        if self._changes:
            sighting_operations.change_claim(self._session, claim, self._on_done, self._on_failed)
            return
        if not isinstance(claim, Marking):
            claim = replace(claim, preferred=self.prefer.isChecked())
        sighting_operations.add_claim(self._session, self._sighting, claim, self._on_done, self._on_failed)

    def reject(self) -> None:
        """Give it up, unless it is being kept already."""
        if self.buttons.isEnabled():
            super().reject()

    def _on_done(self, _claim_id: ClaimId) -> None:
        self.accept()

    def _on_failed(self, error: Exception) -> None:
        self.buttons.setEnabled(True)
        if isinstance(error, CoreError):
            self._say(str(error))
        else:
            self.reject()
            self._session.failed.emit(error)

    def _say(self, sentence: str) -> None:
        self.problem.setText(sentence)
        self.problem.show()


def _of_nobody(claim: Any) -> Any:
    """What a claim says, for somebody else to begin with."""
    return replace(claim, id=ClaimId(0), author="", claimed_at="")
