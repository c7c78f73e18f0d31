"""A slim line under the images that says what a long job came to, and stays until it is closed."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QToolButton, QWidget

from gui import style
from gui.icons import icon
from gui.plain import plain_tooltip
from gui.views.elided import ElidedLabel


class NoticeBar(QWidget):
    """One sentence, one act and a cross; it takes no focus when it appears, and Tab reaches it."""

    acted = Signal()  # the act was asked for
    left = Signal()  # closed while it had the keys: somebody else must take them

    def __init__(self, act: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Notice"))
        self.words = ElidedLabel()
        self.act = QPushButton(act)
        self.act.setProperty("link", "true")
        self.act.clicked.connect(self._on_act_clicked)
        self.cross = QToolButton()
        self.cross.setIcon(icon("close"))
        self.cross.setIconSize(QSize(style.ICON_SMALL, style.ICON_SMALL))
        self.cross.setToolTip(self.tr("Close (Esc)"))
        self.cross.setAccessibleName(self.tr("Close this notice"))
        self.cross.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.cross.clicked.connect(self.dismiss)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(style.MEDIUM, style.TIGHT, style.SMALL, style.TIGHT)
        layout.setSpacing(style.SMALL)
        layout.addWidget(self.words)
        layout.addWidget(self.act)
        layout.addStretch(1)
        layout.addWidget(self.cross)
        self.hide()

    def say(self, words: str, *, caution: bool = False) -> None:
        """Show a sentence in place of the one before; ``caution`` where not all went well."""
        self.words.setText(words)
        self.words.setToolTip(plain_tooltip(words))
        self.words.setAccessibleName(words)
        self.words.setProperty("role", "caution" if caution else "")
        # A style sheet looks at a property only when it is told that the property is new.
        self.words.style().polish(self.words)
        self.show()

    def dismiss(self) -> None:
        """Take the line away."""
        had_keys = self.act.hasFocus() or self.cross.hasFocus()
        self.hide()
        if had_keys:
            self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Esc closes; Enter does what the focused button says."""
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            (self.cross if self.cross.hasFocus() else self.act).click()
        else:
            super().keyPressEvent(event)

    def _on_act_clicked(self) -> None:
        self.acted.emit()
