"""What several tests of the views look at: a grid on screen, a tag line open."""

from collections.abc import Callable, Iterator
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.models.grid_model import GridModel
from gui.session import Session
from gui.style import Appearance
from gui.views.grid import GridView
from gui.views.tag_line import TagLine
from tests.gui.views.entering import Ask, Said, weapons


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


@pytest.fixture
def line(session: Session, appearance: Appearance, qtbot) -> Iterator[TagLine]:
    """A tag line at the bottom of a window, opened for images 1 to 3."""
    window = QWidget()
    qtbot.addWidget(window)
    layout = QVBoxLayout(window)
    layout.addStretch(1)
    made = TagLine(session)
    layout.addWidget(made)
    made.hide()
    window.resize(900, 600)
    window.show()
    window.activateWindow()
    session.select([1, 2, 3])
    made.start()
    qtbot.waitUntil(made.line.hasFocus)
    qtbot.waitUntil(lambda: made.selected.shown is not None)
    yield made
    window.close()


@pytest.fixture
def rest(session: Session, settled: Callable[[Session], None]) -> Callable[[], None]:
    """Waits until all is answered and done."""
    return partial(settled, session)


@pytest.fixture
def said(ask: Ask) -> Callable[[int], list[Said]]:
    """What is said of an image: for each sighting type, design, manufacture and the certainty of the type."""

    def of(image_id: int) -> list[Said]:
        return weapons(ask, image_id)

    return of
