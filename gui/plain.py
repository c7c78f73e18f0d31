"""Words from outside, shown letter for letter: names of files and terms may look like markup and are none."""

import html

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget


class PlainLabel(QLabel):
    """A label that takes no text for markup, as a bare one does where it looks like some."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)


def plain_tooltip(text: str) -> str:
    """A text as a tooltip that shows it letter for letter."""
    if "<" not in text and "&lt;" not in text:  # without either Qt takes nothing for markup
        return text
    return f"<p style='white-space: pre-wrap'>{html.escape(text)}</p>"
