"""Regions in the window: what is drawn is a sighting at once, is said what it is, and follows the record."""

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest

from core import duplicates, looking, sighting_details
from core.archive import Archive
from core.records import ImageId, Sighting
from core.regions import Region
from core.tagging import Tag
from gui import operations
from gui.session import Session
from gui.views.viewer import Viewer
from gui.window import MainWindow

Ask = Callable[[Callable[[Archive], Any]], Any]
Settled = Callable[[Session], None]
LEFT, CONTROL = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier
Key = Qt.Key


@pytest.fixture
def viewer(window: MainWindow, settled: Settled, qtbot) -> Viewer:
    """The first image large, of 320 by 240 pixels, with the keys."""
    window.desk.browser.grid.setCurrentIndex(window.desk.browser.model.index(0))
    made = window.desk.browser.viewer
    with qtbot.waitSignal(made.loaded):
        window.desk.show_view("single")
    settled(window.session)
    return made


@pytest.fixture
def seen(ask: Ask) -> Callable[[], tuple[Sighting, ...]]:
    """The sightings of the first image as the archive has them."""
    return lambda: ask(lambda archive: looking.summaries(archive, [ImageId(1)])[0].sightings)


def drag(viewer: Viewer, start: tuple[int, int], end: tuple[int, int]) -> None:
    """Draw with Ctrl held from one pixel's corner of the picture to another's, by the mouse."""
    points = [viewer.placement.transform().map(QPointF(*at)).toPoint() for at in (start, end)]
    QTest.mousePress(viewer, LEFT, CONTROL, points[0])
    for part in (0.3, 0.7, 1.0):
        step = points[0] + QPoint(*(round(part * one) for one in (points[1] - points[0]).toTuple()))
        QTest.mouseMove(viewer, step)
    QTest.mouseRelease(viewer, LEFT, CONTROL, points[1])


def test_a_drawn_region_is_a_sighting_at_once_and_what_is_typed_is_said_of_it(
    window: MainWindow, viewer: Viewer, settled: Settled, seen, qtbot
) -> None:
    operations.tag(window.session, [ImageId(1)], Tag(type="VH.TNK"))
    settled(window.session)
    drag(viewer, (80, 60), (180, 120))
    settled(window.session)
    old, new = seen()
    assert new.region is not None
    assert new.region.pixels(320, 240) == (80, 60, 180, 120)
    line = window.desk.tag_line.line
    assert line.hasFocus()
    for typed in ("revolver", "hungary"):
        qtbot.keyClicks(line, typed)
        qtbot.keyClick(line, Key.Key_Return)
        settled(window.session)
        assert line.hasFocus()
    old, new = seen()
    assert (old.identification.type, old.origins) == ("VH.TNK", ())
    assert (new.identification.type, new.countries("manufacture")) == ("SA.REV", ("HUN",))
    qtbot.keyClicks(line, "self-loading pistol")
    qtbot.keyClick(line, Key.Key_Return)
    settled(window.session)
    assert [one.identification.type for one in seen()] == ["VH.TNK", "SA.PIS"]
    assert [mark.words for mark in viewer.regions.marks] == ["self-loading pistol · Hungary"]


def test_what_is_taken_away_while_a_region_is_aimed_at_is_taken_from_it_alone(
    window: MainWindow, viewer: Viewer, settled: Settled, seen, qtbot
) -> None:
    operations.tag(window.session, [ImageId(1)], Tag(type="SA.REV"))
    settled(window.session)
    drag(viewer, (80, 60), (180, 120))
    settled(window.session)
    line = window.desk.tag_line.line
    for typed in ("revolver", "-revolver"):
        qtbot.keyClicks(line, typed)
        qtbot.keyClick(line, Key.Key_Return)
        settled(window.session)
    old, new = seen()
    assert old.identification.type == "SA.REV"
    assert (new.identification, new.region is None) == (None, False)


def test_the_aim_ends_with_the_image(window: MainWindow, viewer: Viewer, settled: Settled, ask: Ask, qtbot) -> None:
    drag(viewer, (80, 60), (180, 120))
    settled(window.session)
    line = window.desk.tag_line.line
    qtbot.keyClick(line, Key.Key_PageDown)
    settled(window.session)
    qtbot.keyClicks(line, "revolver")
    qtbot.keyClick(line, Key.Key_Return)
    settled(window.session)
    shown = ask(lambda archive: looking.summaries(archive, [ImageId(1), ImageId(2)]))
    assert [len(one.sightings) for one in shown] == [1, 1]
    assert shown[0].sightings[0].identification is None


def test_undo_and_redo_are_followed(window: MainWindow, viewer: Viewer, settled: Settled, seen, qtbot) -> None:
    drag(viewer, (80, 60), (180, 120))
    settled(window.session)
    window.desk.tag_line.leave()
    assert window.session.state.undo_label == "Add a sighting with a region"
    qtbot.keyClick(viewer, Key.Key_Z, CONTROL)
    settled(window.session)
    assert (seen(), list(viewer.regions.marks)) == ((), [])
    qtbot.keyClick(viewer, Key.Key_Y, CONTROL)
    settled(window.session)
    assert len(seen()) == len(list(viewer.regions.marks)) == 1


def test_a_region_is_nudged_duplicated_and_deleted_by_keys(
    window: MainWindow, viewer: Viewer, settled: Settled, seen, qtbot
) -> None:
    drag(viewer, (80, 60), (180, 120))
    settled(window.session)
    window.desk.tag_line.leave()
    viewer.setFocus()
    for _ in range(3):
        qtbot.keyClick(viewer, Key.Key_Right)
    qtbot.waitUntil(lambda: window.session.busy or seen()[0].region.pixels(320, 240)[0] == 83)
    settled(window.session)
    assert seen()[0].region.pixels(320, 240) == (83, 60, 183, 120)
    qtbot.keyClick(viewer, Key.Key_D, Qt.KeyboardModifier.ShiftModifier)
    settled(window.session)
    first, second = seen()
    assert second.region.pixels(320, 240) == (89, 64, 189, 124)
    assert viewer.regions.marks.selected == second.id
    qtbot.keyClick(viewer, Key.Key_Delete)
    settled(window.session)
    assert [one.id for one in seen()] == [first.id]


def test_a_region_and_its_card_are_selected_together(
    window: MainWindow, viewer: Viewer, settled: Settled, seen, qtbot
) -> None:
    for corner in (20, 120):
        drag(viewer, (corner, corner), (corner + 60, corner + 60))
        settled(window.session)
    window.desk.tag_line.leave()
    viewer.setFocus()
    first, second = (one.id for one in seen())
    tags = window.desk.inspector.tags
    assert viewer.regions.marks.selected == second
    assert tags.selected_card is tags.cards[1]
    qtbot.keyClick(viewer, Key.Key_Escape)
    qtbot.keyClick(viewer, Key.Key_Period)
    assert viewer.regions.marks.selected == first
    assert tags.selected_card is tags.cards[0]
    qtbot.mouseClick(tags.cards[1], LEFT, pos=QPoint(2, 2))
    assert viewer.regions.marks.selected == second
    assert tags.selected_card is tags.cards[1]


def test_a_region_of_another_copy_is_not_drawn_on_this_one(
    window: MainWindow, viewer: Viewer, settled: Settled, qtbot
) -> None:
    def join(archive: Archive, _job: Any) -> None:
        shas = [one.sha256 for one in looking.members(archive, [ImageId(1), ImageId(2)])]
        for a, b in pairwise(shas):
            duplicates.decide(archive, from_sha256=a, to_sha256=b, verdict="same_picture")
        sighting_details.add(archive, ImageId(2), region=Region(0, 0, 500_000, 500_000))

    window.session.write("Joining", join)
    settled(window.session)
    assert len(window.desk.inspector.tags.cards) == 1
    assert list(viewer.regions.marks) == []


def test_a_card_goes_to_the_image_of_a_fitting_marking_even_where_the_query_hides_it(
    window: MainWindow, viewer: Viewer, settled: Settled, qtbot
) -> None:
    window.desk.search_bar.start()
    qtbot.keyClicks(window.desk.search_bar.field, window.desk.inspector.title.text())
    qtbot.keyClick(window.desk.search_bar.field, Key.Key_Return)
    settled(window.session)
    assert window.desk.browser.model.rowCount() < 7
    window.desk.inspector.image_wanted.emit(ImageId(4))
    settled(window.session)
    assert window.session.current == 4
    assert viewer.image_id == 4


def test_an_archive_open_for_reading_shows_regions_and_lets_none_be_drawn(
    bare_window: MainWindow, archive_folder: Path, settled: Settled, qtbot
) -> None:
    with Archive.open(archive_folder) as other:
        sighting_details.add(other, ImageId(1), region=Region(0, 0, 500_000, 500_000))
        bare_window.archives.open(archive_folder)
        qtbot.waitUntil(lambda: bare_window.workspace is not None)
        settled(bare_window.session)
        assert bare_window.session.read_only
        viewer = bare_window.desk.browser.viewer
        with qtbot.waitSignal(viewer.loaded):
            bare_window.desk.browser.open_image(1)
        settled(bare_window.session)
        assert len(list(viewer.regions.marks)) == 1
        drag(viewer, (200, 150), (300, 220))
        qtbot.keyClick(viewer, Key.Key_R)
        settled(bare_window.session)
        assert len(looking.summaries(other, [ImageId(1)])[0].sightings) == 1
        bare_window.session.close()
