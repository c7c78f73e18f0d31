"""The images that came in and are known with another date, place or source, with all that differs."""

from collections.abc import Sequence

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPlainTextEdit, QVBoxLayout, QWidget

from core.recycling import Recycled
from gui import style
from gui.models.recycled import came_in_words, list_words
from gui.plain import PlainLabel


class RecycledDialog(QDialog):
    """The whole list, to read and to copy."""

    def __init__(self, recycled: Sequence[Recycled], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Known as something else"))
        self.setAccessibleName(self.windowTitle())
        self._title = came_in_words(recycled)
        title = PlainLabel(self._title)
        title.setProperty("role", "title")
        title.setWordWrap(True)
        advice = PlainLabel(
            self.tr(
                "The first of each two came in; here is said of it, there of the copy that was there before. "
                "Deciding that two are not related silences it."
            )
        )
        advice.setProperty("role", "muted")
        advice.setWordWrap(True)
        self.details = QPlainTextEdit(list_words(recycled))
        self.details.setReadOnly(True)
        self.details.setTabChangesFocus(True)
        self.details.setAccessibleName(self.tr("What differs"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.copy = buttons.addButton(self.tr("Copy the list"), QDialogButtonBox.ButtonRole.ActionRole)
        self.copy.clicked.connect(self._on_copy_clicked)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(style.LARGE, style.LARGE, style.LARGE, style.LARGE)
        layout.setSpacing(style.MEDIUM)
        for part in (title, advice):
            layout.addWidget(part)
        layout.addWidget(self.details, 1)
        layout.addWidget(buttons)
        self.resize(600, 460)

    def _on_copy_clicked(self) -> None:
        QGuiApplication.clipboard().setText(f"{self._title}\n\n{self.details.toPlainText()}")
