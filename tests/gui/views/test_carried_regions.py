"""Regions of other copies in the window: carried, dashed, not changed here, and never where they are not."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter

from core import sighting_details
from core.archive import Archive
from core.records import ImageId
from core.regions import Region
from core.store import images, relations, sightings
from core.transforms import Transform
from gui import style
from gui.session import Session
from gui.views.region_painting import paint_marks
from gui.views.viewer import Viewer
from gui.window import MainWindow

Settled = Callable[[Session], None]
Key = Qt.Key
MIRROR = Transform(-1, 0, 1, 0, 1, 0)
FAR = Transform(1, 0, 5, 0, 1, 0)
REGION = Region(100_000, 200_000, 250_000, 300_000)
MIRRORED = Region(650_000, 200_000, 250_000, 300_000)


def join(archive: Archive, way: Transform | None) -> int:
    """Have the third image be a copy of the first, on which a region is drawn; its sighting's id."""
    one, other = images.hashes(archive.db, [ImageId(1), ImageId(3)]).values()
    made = sighting_details.add(archive, ImageId(1), region=REGION)
    with archive.action("Decide"):
        relations.put(
            archive.db, from_sha256=one, to_sha256=other, kind="same_picture", evidence="", by="Ada", transform=way
        )
    return made


@pytest.fixture
def copy(window: MainWindow, settled: Settled, qtbot) -> Callable[[Transform | None], Viewer]:
    """Shows the third image, a copy of the first, large and with the keys."""

    def show(way: Transform | None) -> Viewer:
        window.session.write("", lambda archive, _: join(archive, way))
        settled(window.session)
        browser = window.desk.browser
        browser.grid.setCurrentIndex(browser.model.index(2))
        with qtbot.waitSignal(browser.viewer.loaded):
            window.desk.show_view("single")
        settled(window.session)
        return browser.viewer

    return show


def test_a_region_of_a_copy_is_carried_and_says_from_where(copy, window: MainWindow, settled: Settled) -> None:
    (mark,) = copy(MIRROR).regions.marks
    assert (mark.region, mark.carried) == (MIRRORED, True)
    assert mark.words == "not identified · carried from aleppo.jpg"
    (card,) = window.desk.inspector.tags.cards
    assert "carried from there" in card.belongs.text()
    settled(window.session)
    assert card.crop.image is not None
    picture = window.desk.browser.viewer.picture_size
    left, top, right, bottom = MIRRORED.pixels(picture.width(), picture.height())
    assert card.crop.image.size().toTuple() == (right - left, bottom - top)


def test_a_carried_region_is_not_changed_here(copy, window: MainWindow, settled: Settled, ask, qtbot) -> None:
    viewer = copy(MIRROR)
    told: list[str] = []
    window.session.message.connect(told.append)
    qtbot.keyClick(viewer, ".")
    assert viewer.regions.marks.carried
    for key, modifier in (
        (Key.Key_Right, Qt.KeyboardModifier.NoModifier),
        (Key.Key_Delete, Qt.KeyboardModifier.NoModifier),
        (Key.Key_D, Qt.KeyboardModifier.ShiftModifier),
    ):
        told.clear()
        qtbot.keyClick(viewer, key, modifier)
        settled(window.session)
        assert told == ["This region was drawn on aleppo.jpg and is changed there; Enter shows it."]
    assert viewer.image_id == 3
    (held,) = ask(lambda archive: sightings.of_images(archive.db, [ImageId(1)])[ImageId(1)])
    assert held.region == REGION


def test_enter_shows_a_carried_region_where_it_was_drawn(copy, window: MainWindow, settled: Settled, qtbot) -> None:
    viewer = copy(MIRROR)
    qtbot.keyClick(viewer, ".")
    with qtbot.waitSignal(viewer.loaded):
        qtbot.keyClick(viewer, Key.Key_Return)
    settled(window.session)
    assert viewer.image_id == 1
    (mark,) = viewer.regions.marks
    assert (mark.region, mark.carried) == (REGION, False)
    assert viewer.regions.marks.selected == mark.id


def test_the_card_leads_to_the_copy_that_it_belongs_to(copy, window: MainWindow, settled: Settled, qtbot) -> None:
    viewer = copy(MIRROR)
    (card,) = window.desk.inspector.tags.cards
    with qtbot.waitSignal(viewer.loaded):
        card.belongs.go.click()
    assert viewer.image_id == 1


@pytest.mark.parametrize(
    ("way", "words"), [(FAR, "lies outside this copy"), (None, "Where its region lies on this copy is not known")]
)
def test_what_is_not_on_this_copy_is_not_shown_on_it(
    copy, window: MainWindow, settled: Settled, way: Transform | None, words: str
) -> None:
    viewer = copy(way)
    assert not list(viewer.regions.marks)
    (card,) = window.desk.inspector.tags.cards
    assert words in card.belongs.text()
    settled(window.session)
    assert card.crop.image is None


def test_a_carried_region_is_dashed(copy, appearance) -> None:
    viewer = copy(MIRROR)
    image = QImage(viewer.size(), QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    painter = QPainter(image)
    room = QRectF(viewer.rect())
    theme = style.theme_of(viewer.palette())
    paint_marks(painter, room, viewer.regions.scene, viewer.regions.marks, theme, editable=True)
    painter.end()
    rect = viewer.regions.scene.on_screen(MIRRORED).toRect()
    along = [image.pixelColor(x, rect.top()).name() for x in range(rect.left() + 2, rect.right() - 2)]
    assert {"#ff0000", "#101010"} <= set(along)
