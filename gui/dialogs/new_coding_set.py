"""Making a coding set: what it is called, and who codes."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from core.blind_coding.double_coding import SetReport
from core.errors import CoreError
from core.records import ImageId
from gui import review_operations, style
from gui.models.sentences import images_words
from gui.plain import PlainLabel
from gui.session import Session


class NewCodingSetDialog(QDialog):
    """Asks for a name and two coders; what is refused is said in place, and nothing that was typed is lost."""

    made = Signal(str)  # the new set's name

    def __init__(self, session: Session, ids: Sequence[ImageId], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._ids = tuple(ids)
        self.setWindowTitle(self.tr("New coding set"))
        self.setAccessibleName(self.windowTitle())
        self.name = QLineEdit()
        self.first = QLineEdit(session.info.actor if session.info is not None else "")
        self.second = QLineEdit()
        self.problem = PlainLabel()
        self.problem.setProperty("role", "bad")
        self.problem.setWordWrap(True)
        self.problem.hide()
        self.make = QPushButton(self.tr("Make the set"))
        self.make.setProperty("primary", "true")
        form = QFormLayout()
        form.setVerticalSpacing(style.SMALL)
        form.setHorizontalSpacing(style.LARGE)
        form.addRow(self.tr("Images"), PlainLabel(images_words(len(self._ids))))
        form.addRow(self.tr("&Name of the set"), self.name)
        form.addRow(self.tr("&First coder"), self.first)
        form.addRow(self.tr("&Second coder"), self.second)
        note = PlainLabel(
            self.tr(
                "Coders are known by the name under which their changes are recorded (Your name, in the preferences). "
                "Of copies of a picture one is taken."
            )
        )
        note.setProperty("role", "muted")
        note.setWordWrap(True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        buttons.addButton(self.make, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.rejected.connect(self.reject)
        buttons.accepted.connect(self._on_make_wanted)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(style.LARGE, style.LARGE, style.LARGE, style.LARGE)
        layout.setSpacing(style.MEDIUM)
        layout.addLayout(form)
        layout.addWidget(note)
        layout.addWidget(self.problem)
        layout.addWidget(buttons)
        self.setMinimumWidth(440)
        self.name.setFocus()

    def _on_make_wanted(self) -> None:
        coders = (self.first.text(), self.second.text())
        review_operations.make_coding_set(
            self._session, self.name.text(), self._ids, coders, on_done=self._on_made, on_failed=self._on_failed
        )

    def _on_made(self, report: SetReport) -> None:
        self.made.emit(report.coding_set.name)
        if report.copies:
            words = self.tr("Made the coding set; %1 copies were left out.")
            self._session.message.emit(words.replace("%1", f"{report.copies:,}"))
        self.accept()

    def _on_failed(self, error: Exception) -> None:
        if isinstance(error, CoreError):
            self.problem.setText(str(error))
            self.problem.show()
        else:
            self._session.failed.emit(error)
