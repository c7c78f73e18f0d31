"""The reference pane: the unknown beside labelled regions, walked, zoomed and decided by keys; nothing is invented."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from core import describing, identifying, looking, sighting_details, tagging
from core.archive import Archive
from core.claims import Identification, LookAlike, Origin
from core.records import ImageId, Sighting, SightingId
from core.regions import Region
from core.tagging import Tag
from gui.session import Session
from gui.views.marks import Mark
from gui.views.reference_pane import ReferencePane
from gui.window import MainWindow

Ask = Callable[[Callable[[Archive], Any]], Any]
Rest = Callable[[], None]
Key = Qt.Key

UNKNOWN, AKM, MORE_AKM, GRAPHIC, UNTAGGED, AK47 = 1, 3, 4, 5, 6, 7
REGION = Region(100_000, 200_000, 500_000, 500_000)


@pytest.fixture
def archive_folder(archive_folder: Path) -> Path:
    """The archive with a rifle that nobody knows, three AKM of which one is graphic, and an AK-47."""
    with Archive.open(archive_folder, actor="Test") as archive:
        unknown = sighting_details.add(archive, ImageId(UNKNOWN), region=REGION)
        identifying.add(archive, unknown, Identification("SA.RIF.AUT", certainty="possible"))
        for image, model, certainty in (
            (AKM, "akm", "certain"),
            (MORE_AKM, "akm", "probable"),
            (GRAPHIC, "akm", "doubtful"),
            (AK47, "ak-47", "probable"),
        ):
            made = sighting_details.add(archive, ImageId(image), region=REGION)
            identifying.add(archive, made, Identification("", model=model, certainty=certainty, bases=("silhouette",)))
            identifying.add(archive, made, Origin("manufacture", ("HUN",), maker="FÉG"))
        describing.mark_sensitive(archive, [ImageId(GRAPHIC)], "graphic_violence")
    return archive_folder


@pytest.fixture
def rest(window: MainWindow, settled: Callable[[Session], None]) -> Rest:
    """Waits until all is answered and done."""
    return lambda: settled(window.session)


@pytest.fixture
def pane(window: MainWindow, rest: Rest, qtbot) -> ReferencePane:
    """Opened under the unknown, at rest, with the keys in it."""
    window.resize(1280, 900)
    window.desk.browser.open_image(UNKNOWN)
    rest()
    window.commands.by_name["references"].trigger()
    found = window.desk.beneath.pane
    qtbot.waitUntil(found.hasFocus)
    rest()
    return found


def models(pane: ReferencePane) -> list[int]:
    return [cell.reference.sighting.image_id for cell in pane.strip.cells]


def sighting(ask: Ask, image_id: int) -> Sighting:
    return ask(lambda archive: looking.summaries(archive, [ImageId(image_id)])[0].sightings[0])


def differing(one: QImage, other: QImage) -> int:
    """How many of a grid of points differ clearly."""
    points = [(x, y) for x in range(4, one.width() - 4, 6) for y in range(4, one.height() - 4, 6)]
    tones = ((one.pixelColor(x, y).lightness(), other.pixelColor(x, y).lightness()) for x, y in points)
    return sum(abs(a - b) > 12 for a, b in tones)


def test_the_unknown_stands_beside_the_best_regions_of_the_first_candidate(pane: ReferencePane) -> None:
    assert pane.head.model.text() == "AKM"
    assert models(pane) == [AKM, MORE_AKM, GRAPHIC]
    assert pane.strip.cells[0].words == ("certain, silhouette", "FÉG, Hungary · Test")
    picture = pane.comparing.picture_of_unknown()
    assert picture is not None
    assert picture.size().toTuple() == (160, 120)
    assert all(pane.comparing.picture(cell.reference) is not None for cell in pane.strip.cells)
    assert abs(pane.unknown.height() - pane.strip.cells[0].view.height()) <= 2


def test_the_model_s_facts_say_what_nobody_has_checked(pane: ReferencePane) -> None:
    assert pane.head.facts.text().startswith("assault / selective-fire rifle · ")
    assert "(unchecked)" in pane.head.facts.text()


def test_arrows_walk_regions_and_models(pane: ReferencePane, rest: Rest) -> None:
    QTest.keyClick(pane, Key.Key_Right)
    assert pane.strip.chosen is pane.strip.cells[1]
    QTest.keyClick(pane, Key.Key_Left)
    QTest.keyClick(pane, Key.Key_Left)
    assert pane.strip.chosen is pane.strip.cells[0]
    QTest.keyClick(pane, Key.Key_Down)
    rest()
    assert (pane.head.model.text(), models(pane)) == ("AK-47", [AK47])
    QTest.keyClick(pane, Key.Key_Up)
    rest()
    assert pane.head.model.text() == "AKM"


def test_a_model_is_typed_and_an_empty_place_says_why(pane: ReferencePane, rest: Rest) -> None:
    pane.head.model.setFocus()
    pane.head.model.selectAll()
    QTest.keyClicks(pane.head.model, "makarov")
    QTest.keyClick(pane.head.model, Key.Key_Return)
    rest()
    assert pane.comparing.model == "makarov-pm"
    assert models(pane) == []
    assert pane.strip.empty.isVisible()
    assert "No labelled region of Makarov PM in this archive yet" in pane.strip.empty.text()
    assert pane.hasFocus()


def test_a_look_alike_is_one_click_away(pane: ReferencePane, rest: Rest) -> None:
    button = next(one for one in pane.head.look_alikes if one.model == "ak-47")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    rest()
    assert models(pane) == [AK47]


def test_both_sides_are_zoomed_and_moved_together(pane: ReferencePane) -> None:
    sides = [pane.unknown, pane.strip.cells[0].view]
    before = [side.grab().toImage() for side in sides]
    for _ in range(4):
        QTest.keyClick(pane, Key.Key_Plus, Qt.KeyboardModifier.ShiftModifier)
    larger = [side.grab().toImage() for side in sides]
    assert all(differing(*pair) > 20 for pair in zip(before, larger, strict=True))
    middle = pane.unknown.rect().center()
    QTest.mousePress(pane.unknown, Qt.MouseButton.LeftButton, pos=middle)
    QTest.mouseMove(pane.unknown, middle - QPoint(40, 20))
    QTest.mouseRelease(pane.unknown, Qt.MouseButton.LeftButton, pos=middle - QPoint(40, 20))
    assert pane.zoom.middle.x() > 0.5
    moved = [side.grab().toImage() for side in sides]
    assert all(differing(*pair) > 20 for pair in zip(larger, moved, strict=True))
    QTest.keyClick(pane, Key.Key_0)
    assert [side.grab().toImage() for side in sides] == before
    pane.zoom.move(QPointF(0.4, 0.4))
    assert pane.zoom.middle == QPointF(0.5, 0.5)


def test_this_is_it_adds_an_identification_as_certain_as_is_set(
    pane: ReferencePane, window: MainWindow, rest: Rest, ask: Ask
) -> None:
    window.session.change_settings(default_certainty="possible", default_basis="silhouette")
    QTest.keyClick(pane, Key.Key_I)
    rest()
    claim = sighting(ask, UNKNOWN).identification
    assert claim is not None
    assert (claim.type, claim.model, claim.certainty, claim.bases) == (
        "SA.RIF.AUT", "akm", "possible", ("silhouette",),
    )  # fmt: skip
    assert not pane.head.identify.isEnabled()
    assert pane.head.identify.toolTip() == "It is identified as this model."


def test_an_image_without_a_sighting_is_tagged(pane: ReferencePane, window: MainWindow, rest: Rest, ask: Ask) -> None:
    window.session.look_at(UNTAGGED)
    rest()
    assert pane.about.text() == "the whole image"
    assert pane.head.model.text() == "AKM"
    assert not pane.head.exclude.isEnabled()
    QTest.mouseClick(pane.head.identify, Qt.MouseButton.LeftButton)
    rest()
    claim = sighting(ask, UNTAGGED).identification
    assert claim is not None
    assert claim.model == "akm"


def test_not_this_one_keeps_the_reason_and_goes_on(pane: ReferencePane, rest: Rest, ask: Ask, qtbot) -> None:
    QTest.keyClick(pane, Key.Key_N)
    qtbot.waitUntil(pane.reason.hasFocus)
    QTest.keyClicks(pane.reason, "milled receiver")
    QTest.keyClick(pane.reason, Key.Key_Return)
    rest()
    claim = sighting(ask, UNKNOWN).identification
    assert claim is not None
    assert claim.look_alikes == (LookAlike("akm", "milled receiver"),)
    assert pane.head.model.text() == "AK-47"
    assert not pane.reason.isVisible()
    assert pane.hasFocus()
    QTest.keyClick(pane, Key.Key_Up)
    rest()
    assert pane.head.why.text().endswith("excluded: milled receiver")


def test_a_reason_is_given_up_by_esc_and_a_second_esc_goes_back_to_the_image(
    pane: ReferencePane, window: MainWindow, rest: Rest, ask: Ask, qtbot
) -> None:
    QTest.keyClick(pane, Key.Key_N)
    QTest.keyClicks(pane.reason, "because")
    QTest.keyClick(pane.reason, Key.Key_Escape)
    rest()
    assert (pane.reason.isVisible(), pane.reason.text()) == (False, "")
    assert sighting(ask, UNKNOWN).identification.look_alikes == ()
    QTest.keyClick(pane, Key.Key_Escape)
    qtbot.waitUntil(window.desk.browser.viewer.hasFocus)
    assert pane.isVisible()


def test_of_several_weapons_the_one_of_the_selected_region_is_the_unknown(
    pane: ReferencePane, window: MainWindow, rest: Rest
) -> None:
    window.session.write(
        "Adding",
        lambda archive, _: tagging.tag(archive, [ImageId(UNKNOWN)], Tag("SA.PIS")),
    )
    rest()
    assert pane.about.text() == "the whole image"
    assert "Several weapons" in pane.head.identify.toolTip()
    layer = window.desk.browser.viewer.regions
    layer.set_marks([Mark(1, REGION, "rifle")])
    window.desk.browser.viewer.setFocus()
    QTest.keyClick(window.desk.browser.viewer, Key.Key_Period)
    rest()
    assert pane.comparing.unknown is not None
    assert pane.comparing.unknown.about == (UNKNOWN, SightingId(1))
    assert pane.head.identify.isEnabled()


def test_the_graphic_region_that_is_compared_is_seen_while_b_is_held(pane: ReferencePane, qtbot) -> None:
    views = [cell.view for cell in pane.strip.cells]
    assert [view.closed for view in views] == [False, False, True]
    covered = views[2].grab().toImage()
    QTest.keyPress(pane, Key.Key_B)
    assert views[2].grab().toImage() == covered
    for _ in range(2):
        QTest.keyClick(pane, Key.Key_Right)
    assert views[2].closed
    QTest.keyRelease(pane, Key.Key_B)
    QTest.keyPress(pane, Key.Key_B)
    assert differing(covered, views[2].grab().toImage()) > 20
    QTest.keyRelease(pane, Key.Key_B)
    qtbot.waitUntil(lambda: views[2].grab().toImage() == covered)
    QTest.keyPress(pane, Key.Key_B)
    assert not views[2].closed
    pane.head.model.setFocus()
    assert views[2].closed
    QTest.keyRelease(pane.head.model, Key.Key_B)


def test_the_unknown_is_covered_as_soon_as_it_is_marked(pane: ReferencePane, window: MainWindow, rest: Rest) -> None:
    assert not pane.unknown.closed
    window.session.write(
        "Marking",
        lambda archive, _: describing.mark_sensitive(archive, [ImageId(UNKNOWN)], "body_or_execution"),
    )
    rest()
    assert pane.unknown.closed
    window.session.change_settings(cover_graphic=False)
    assert not any(view.closed for view in (pane.unknown, pane.strip.cells[2].view))


def test_the_pane_belongs_to_the_single_image(pane: ReferencePane, window: MainWindow, qtbot) -> None:
    action = window.commands.by_name["references"]
    assert action.isChecked()
    QTest.keyClick(pane, Key.Key_Escape)
    QTest.keyClick(window.desk.browser.viewer, Key.Key_Escape)
    assert not pane.isVisible()
    window.desk.browser.open_image(UNKNOWN)
    assert pane.isVisible()
    QTest.keyClick(window, Key.Key_F8)
    assert not pane.isVisible()
    assert not action.isChecked()
    qtbot.waitUntil(window.desk.browser.viewer.hasFocus)


def test_another_image_takes_the_unknown_s_place_at_once(pane: ReferencePane, window: MainWindow, rest: Rest) -> None:
    window.session.look_at(AKM)
    assert pane.comparing.picture_of_unknown() is None
    rest()
    assert pane.comparing.unknown is not None
    assert pane.comparing.unknown.about[0] == AKM
    assert models(pane) == [MORE_AKM, GRAPHIC]


def test_in_an_archive_open_for_reading_nothing_can_be_said(
    empty_session: Session, archive_folder: Path, appearance: Any, settled: Callable[[Session], None], qtbot
) -> None:
    with Archive.open(archive_folder, actor="Other"):
        with qtbot.waitSignal(empty_session.opened):
            empty_session.open(archive_folder)
        assert empty_session.read_only
        pane = ReferencePane(empty_session)
        qtbot.addWidget(pane)
        pane.resize(900, 300)
        pane.show()
        empty_session.look_at(UNKNOWN)
        settled(empty_session)
        assert models(pane) == [AKM, MORE_AKM, GRAPHIC]
        assert not pane.head.identify.isEnabled()
        assert not pane.head.exclude.isEnabled()
        empty_session.close()


def test_adjustments_and_loupe_stand_in_the_menu_with_their_keys(window: MainWindow, rest: Rest) -> None:
    adjust, loupe = (window.commands.by_name[name] for name in ("adjust", "loupe"))
    assert not adjust.isEnabled()
    assert (adjust.text(), loupe.toolTip()) == ("&Adjust the view\tA", "Loupe (L)")
    window.desk.browser.open_image(UNKNOWN)
    rest()
    viewer = window.desk.browser.viewer
    adjust.trigger()
    assert viewer.adjusting.panel is not None
    QTest.keyClick(QApplication.focusWidget(), Key.Key_Escape)
    loupe.trigger()
    assert viewer.loupe.on
    QTest.keyClick(viewer, Key.Key_L)
    assert not viewer.loupe.on
