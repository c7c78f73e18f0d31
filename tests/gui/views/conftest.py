"""A grid on screen."""

import pytest
from PySide6.QtCore import Qt

from gui.models.grid_model import GridModel
from gui.style import Appearance
from gui.views.grid import GridView


@pytest.fixture
def grid(model: GridModel, appearance: Appearance, qtbot) -> GridView:
    """Five columns and about four lines of 1,000 images, numbered from 1."""
    view = GridView(model)
    qtbot.addWidget(view)
    view.resize(920, 800)
    view.set_ids(range(1, 1001))
    view.show()
    view.setFocus(Qt.FocusReason.OtherFocusReason)
    qtbot.waitUntil(lambda: view.cells.columns == 5)
    return view
