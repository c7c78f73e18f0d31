"""What every test of the window stands on: no screen, and the program's own looks."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtWidgets import QApplication

from gui import style
from gui.style import Appearance


@pytest.fixture(scope="session")
def _appearance(qapp: QApplication) -> Appearance:
    return Appearance(qapp)


@pytest.fixture
def appearance(_appearance: Appearance) -> Appearance:
    """The looks, as a new user finds them."""
    _appearance.choose("light")
    _appearance.set_text_px(style.BODY_PX)
    return _appearance
