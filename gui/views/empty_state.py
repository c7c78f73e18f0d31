"""What stands where there is nothing to show yet: what this place is for, and the next act in one button."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from gui import style
from gui.plain import PlainLabel

_WIDTH_PX: Final = 360


class EmptyState(QWidget):
    """A title, a sentence, and at most one button."""

    acted = Signal()  # the button was pressed

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = PlainLabel()
        self.title.setProperty("role", "title")
        self.words = PlainLabel()
        self.words.setProperty("role", "muted")
        self.words.setWordWrap(True)
        self.button = QPushButton()
        self.button.clicked.connect(self._on_clicked)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(style.HUGE, style.HUGE, style.HUGE, style.HUGE)
        layout.setSpacing(style.SMALL)
        layout.addStretch(2)
        for label in (self.title, self.words):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setFixedWidth(_WIDTH_PX)
            layout.addWidget(label, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addSpacing(style.SMALL)
        layout.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(3)

    def say(self, title: str, words: str, act: str = "") -> None:
        """Show a title, what can be done, and the button's text; without one there is no button."""
        self.title.setText(title)
        self.words.setText(words)
        # A layout asks a wrapped label for its height before it knows its width.
        self.words.setMinimumHeight(0)
        self.words.setMinimumHeight(self.words.heightForWidth(_WIDTH_PX))
        self.button.setText(act)
        self.button.setVisible(bool(act))

    def _on_clicked(self) -> None:
        self.acted.emit()
