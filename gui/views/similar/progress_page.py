"""What stands where an answer will be: how far the search has come, and the means to stop it."""

from typing import Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QProgressBar, QPushButton, QVBoxLayout, QWidget

from core.jobs import Progress
from gui import style
from gui.plain import PlainLabel

_SAY_AFTER_MS: Final = 150
_WIDTH_PX: Final = 240


class ProgressPage(QWidget):
    """Empty at first: a search that is over in the blink of an eye shows nothing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = PlainLabel(self.tr("Looking for similar images…"))
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(_WIDTH_PX)
        self.bar.setAccessibleName(self.tr("Progress"))
        self.cancel = QPushButton(self.tr("Cancel"))
        self._parts = (self.words, self.bar, self.cancel)
        layout = QVBoxLayout(self)
        layout.setSpacing(style.SMALL)
        layout.addStretch(2)
        for part in self._parts:
            layout.addWidget(part, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(3)
        self._patience = QTimer(self, singleShot=True, interval=_SAY_AFTER_MS)
        self._patience.timeout.connect(self._on_patience_ended)

    def begin(self) -> None:
        """A search begins; nobody knows how long it takes."""
        self.bar.setRange(0, 0)
        for part in self._parts:
            part.hide()
        self._patience.start()

    def progress(self, progress: Progress) -> None:
        """Show how far it has come."""
        if progress.total:
            self.bar.setRange(0, progress.total)
            self.bar.setValue(progress.done)

    def _on_patience_ended(self) -> None:
        for part in self._parts:
            part.show()
