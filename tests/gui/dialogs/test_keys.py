"""The keys, all of them in one place."""

import pytest
from PySide6.QtWidgets import QLabel

from gui.dialogs.keys import KeysDialog
from gui.style import Appearance

KEYS = (
    "Ctrl+C",
    "C",
    "Shift+Enter",
    "Shift+its key",
    "Ctrl+I",
    "A",
    "Shift+A",
    "L",
    "B",
    "R, then drag or Enter",
    ".   ,",
    "Shift+D",
    "Del",
)


@pytest.mark.parametrize("key", KEYS)
def test_a_key_is_told_with_what_it_does(key: str, appearance: Appearance, qtbot) -> None:
    dialog = KeysDialog()
    qtbot.addWidget(dialog)
    words = [label.text() for label in dialog.findChildren(QLabel)]
    assert words[words.index(key) + 1]
