"""An inspector that shows the card of a sighting of which much is said."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QVBoxLayout, QWidget

from core import identifying, looking, physical_weapons, sighted, sighting_details, tagging
from core.archive import Archive
from core.claims import Identification, Marking
from core.records import ImageId, SightingId
from core.regions import Region
from core.sighted import Sighted
from core.tagging import Tag
from gui.session import Session
from gui.style import Appearance
from gui.views.inspector import Inspector
from gui.views.sighting_card import SightingCard
from tests.core.library import add_models
from tests.gui.conftest import settle

Ask = Callable[[Callable[[Archive], Any]], Any]
Rest = Callable[[], None]
REGION = Region.from_pixels(80, 60, 180, 120, 320, 240)


@pytest.fixture
def said(archive_folder: Path) -> SightingId:
    """An AKM with a region and a rival by Grace in image 1; a serial is read on it and on a sighting of image 2."""
    with Archive.open(archive_folder, actor="Test") as archive:
        add_models(archive)
        (first,) = tagging.tag(archive, [ImageId(1)], Tag(model="akm", certainty="probable")).sightings
        sighting_details.set_region(archive, first, REGION)
        archive.actor = "Grace"
        rival = Identification("SA.RIF.SL", certainty="possible", bases=("silhouette",), preferred=False)
        identifying.add(archive, first, rival)
        archive.actor = "Test"
        identifying.add(archive, first, Marking("12?45", kind="serial"))
        other = sighting_details.add(archive, ImageId(2))
        identifying.add(archive, other, Marking("12345", kind="serial"))
        physical_weapons.name(archive, "rifle 7", [other])
    return first


@pytest.fixture
def session(said: SightingId, empty_session: Session, archive_folder: Path, qtbot) -> Session:
    """A session on that archive, at rest."""
    with qtbot.waitSignal(empty_session.opened):
        empty_session.open(archive_folder)
    settle(qtbot, empty_session)
    return empty_session


@pytest.fixture
def rest(session: Session, qtbot) -> Rest:
    """Waits until all is answered and done."""
    return partial(settle, qtbot, session)


@pytest.fixture
def inspector(session: Session, rest: Rest, appearance: Appearance, qtbot) -> Iterator[Inspector]:
    """An inspector that shows image 1."""
    window = QWidget()
    qtbot.addWidget(window)
    layout = QVBoxLayout(window)
    made = Inspector(session)
    layout.addWidget(made)
    window.resize(320, 900)
    window.show()
    window.activateWindow()
    session.look_at(1)
    rest()
    yield made
    window.close()


@pytest.fixture
def card(inspector: Inspector) -> SightingCard:
    """The card of the AKM."""
    return inspector.tags.cards[0]


@pytest.fixture
def now(ask: Ask) -> Callable[[int], Sighted]:
    """The first sighting of an image as the archive has it."""

    def answer(image_id: int) -> Sighted:
        def first(archive: Archive) -> Sighted:
            return sighted.sighted(archive, looking.summaries(archive, [ImageId(image_id)])[0].sightings)[0]

        return ask(first)

    return answer
