"""Coding by the sheet, by keys alone, each time asked of the archive."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from core import looking
from core.archive import Archive
from core.coding_sheets import CodingSheet, SheetValue
from core.records import ImageId
from gui.models.coding_rate import CodingRate
from gui.session import Session
from gui.views.coding_sheet import CodingSheetBar
from gui.window import MainWindow

Ask = Callable[[Callable[[Archive], Any]], Any]
SHIFT, CTRL, ALT = (
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
)
SHEET = CodingSheet(
    (
        SheetValue("1", "type", "SA.REV"),
        SheetValue("2", "manufacture", "POL"),
        SheetValue("3", "seen_in", "IRQ"),
        SheetValue("t", "type", "VH.TNK"),
        SheetValue("p", "certainty", "probable"),
    )
)


@pytest.fixture
def bar(window: MainWindow, qtbot) -> CodingSheetBar:
    """The sheet open on the first image."""
    made = window.desk.coding_sheet
    made.coder.edit(SHEET)
    window.desk.browser.grid.set_current_id(1)
    qtbot.keyClick(window.desk.browser.grid, Qt.Key.Key_C)
    qtbot.waitUntil(made.hasFocus)
    qtbot.waitUntil(lambda: made.coder.selected.shown is not None)
    return made


@pytest.fixture
def rest(window: MainWindow, settled: Callable[[Session], None]) -> Callable[[], None]:
    return lambda: settled(window.session)


@pytest.fixture
def said(ask: Ask) -> Callable[[int], list[tuple[str, str, str]]]:
    """Of each weapon in an image: its type, where it was made, and how certain the type is."""

    def of(image_id: int) -> list[tuple[str, str, str]]:
        (found,) = ask(lambda archive: looking.summaries(archive, [ImageId(image_id)]))
        return [
            (
                one.identification.type if one.identification else "",
                " ".join(one.countries("manufacture")),
                one.identification.certainty if one.identification else "",
            )
            for one in found.sightings
        ]

    return of


def keys(bar: CodingSheetBar, qtbot, *pressed: Qt.Key) -> None:
    for key in pressed:
        qtbot.keyClick(bar, key)


def test_a_key_gives_a_value_and_the_same_key_takes_it_away(bar: CodingSheetBar, rest, said, qtbot) -> None:
    keys(bar, qtbot, Qt.Key.Key_P, Qt.Key.Key_1, Qt.Key.Key_2)
    rest()
    assert said(1) == [("SA.REV", "POL", "probable")]
    assert [chip.share for chip in bar.values.chips] == [1, 1, 0, 0, 1]
    keys(bar, qtbot, Qt.Key.Key_2)
    rest()
    assert said(1) == [("SA.REV", "", "probable")]
    qtbot.keyClick(bar, Qt.Key.Key_Z, CTRL)
    rest()
    assert said(1) == [("SA.REV", "POL", "probable")]


def test_a_key_on_the_sheet_goes_before_the_menus_and_others_are_the_images(
    bar: CodingSheetBar, window: MainWindow, rest, said, qtbot
) -> None:
    keys(bar, qtbot, Qt.Key.Key_T, Qt.Key.Key_Right)
    rest()
    assert said(1) == [("VH.TNK", "", "unknown")]
    assert not window.desk.tag_line.isVisible()
    assert window.session.current == 2
    keys(bar, qtbot, Qt.Key.Key_Left, Qt.Key.Key_Space)
    assert window.showing == "single"
    assert bar.hasFocus()
    qtbot.waitUntil(lambda: window.desk.browser.viewer.picture_size is not None)
    before = window.desk.browser.viewer.placement.scale
    qtbot.keyClicks(bar, "+")
    assert window.desk.browser.viewer.placement.scale > before


def test_esc_leaves_and_then_the_keys_mean_what_they_did(
    bar: CodingSheetBar, window: MainWindow, rest, said, qtbot
) -> None:
    keys(bar, qtbot, Qt.Key.Key_Escape)
    grid = window.desk.browser.grid
    qtbot.waitUntil(grid.hasFocus)
    assert not bar.isVisible()
    qtbot.keyClick(grid, Qt.Key.Key_1)
    rest()
    assert said(1) == []
    qtbot.keyClick(grid, Qt.Key.Key_T)
    assert window.desk.tag_line.isVisible()


def test_what_is_pinned_goes_along_with_all_that_is_given_and_never_by_itself(
    bar: CodingSheetBar, window: MainWindow, rest, said, qtbot
) -> None:
    qtbot.keyClick(bar, Qt.Key.Key_2, SHIFT)
    rest()
    assert said(1) == [("", "POL", "")]
    assert [chip.is_pinned for chip in bar.values.chips] == [False, True, False, False, False]
    keys(bar, qtbot, Qt.Key.Key_Right, Qt.Key.Key_Right)
    rest()
    assert said(2) == said(3) == []
    keys(bar, qtbot, Qt.Key.Key_1)
    rest()
    assert said(3) == [("SA.REV", "POL", "unknown")]
    keys(bar, qtbot, Qt.Key.Key_T)
    rest()
    assert said(3) == [("SA.REV", "POL", "unknown"), ("VH.TNK", "POL", "unknown")]
    keys(bar, qtbot, Qt.Key.Key_Right, Qt.Key.Key_Return)
    rest()
    assert said(4) == [("", "POL", "")]
    assert window.session.current == 5
    qtbot.keyClick(bar, Qt.Key.Key_2, SHIFT)
    keys(bar, qtbot, Qt.Key.Key_1)
    rest()
    assert said(5) == [("SA.REV", "", "unknown")]


def test_the_next_image_follows_by_itself_after_a_value_of_the_chosen_facet(
    bar: CodingSheetBar, window: MainWindow, rest, said, qtbot
) -> None:
    bar.edit.click()
    bar.editor.advance.setFocus()
    qtbot.keyClick(bar.editor.advance, Qt.Key.Key_Down)
    assert bar.coder.sheet.advances
    bar.edit.click()
    keys(bar, qtbot, Qt.Key.Key_2, Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_T)
    rest()
    assert said(1) == [("SA.REV", "POL", "unknown")]
    assert said(2) == [("VH.TNK", "POL", "unknown")]
    assert window.session.current == 3
    assert bar.rate.text() == "2.0 a minute · 2 images"


def test_the_sheet_is_edited_in_its_place_and_kept_for_its_archive(
    bar: CodingSheetBar, window: MainWindow, rest, said, qtbot
) -> None:
    qtbot.mouseClick(bar.edit, Qt.MouseButton.LeftButton)
    assert bar.editor.line.hasFocus()
    qtbot.keyClicks(bar.editor.line, "context: held")
    assert bar.editor.line.hasFocus()  # also when the keys have gone up
    qtbot.keyClick(bar.editor.line, Qt.Key.Key_Return)
    qtbot.keyClicks(bar.editor.line, "x3")
    qtbot.keyClick(bar.editor.line, Qt.Key.Key_Return)
    assert "typed" in bar.told.toolTip()
    assert [(chip.key, chip.words) for chip in bar.values.chips][-1] == ("4", "context: held")
    qtbot.keyClick(bar.values.chips[-1], Qt.Key.Key_X)
    qtbot.keyClick(bar.values.chips[0], Qt.Key.Key_Delete)
    uuid = window.session.info.uuid
    kept = window.session.settings.coding_sheets[uuid]
    assert [value.key for value in kept.values] == ["2", "3", "t", "p", "x"]
    qtbot.keyClick(bar.editor.line, Qt.Key.Key_Escape)
    assert bar.hasFocus()
    keys(bar, qtbot, Qt.Key.Key_X)
    rest()
    assert said(1) == [("", "", "")]


def test_a_sheet_without_values_asks_for_some(window: MainWindow, qtbot) -> None:
    bar = window.desk.coding_sheet
    window.commands.by_name["sheet"].trigger()
    assert bar.edit.isChecked()
    assert bar.editor.line.hasFocus()


def test_ctrl_enter_says_ready_for_review_and_goes_on(
    bar: CodingSheetBar, window: MainWindow, rest, ask: Ask, qtbot
) -> None:
    qtbot.keyClick(bar, Qt.Key.Key_Return, CTRL)
    rest()
    assert ask(lambda archive: looking.summaries(archive, [ImageId(1)])[0].status) == "ready_for_review"
    assert window.session.current == 2


def test_the_next_image_is_selected_alone_while_ctrl_is_still_held(
    bar: CodingSheetBar, window: MainWindow, rest, qtbot
) -> None:
    screen = window.windowHandle()  # the window itself, so that the key is known to be held as it is for a user
    QTest.keyPress(screen, Qt.Key.Key_Control, CTRL)
    QTest.keyClick(screen, Qt.Key.Key_Return, CTRL)
    rest()
    chosen = window.session.selection
    QTest.keyRelease(screen, Qt.Key.Key_Control)
    assert (window.session.current, chosen) == (2, (2,))


def test_the_tag_line_takes_the_place_of_the_sheet_for_a_region_that_was_drawn(
    bar: CodingSheetBar, window: MainWindow, rest, qtbot
) -> None:
    with qtbot.waitSignal(window.desk.browser.viewer.loaded):
        window.desk.show_view("single")
    window.desk.start_coding()
    keys(bar, qtbot, Qt.Key.Key_R, Qt.Key.Key_Space, Qt.Key.Key_Space)
    rest()
    assert window.desk.tag_line.line.hasFocus()
    assert bar.isHidden()


def test_the_chips_are_pressed_and_pinned_by_the_pointer_too(bar: CodingSheetBar, rest, said, qtbot) -> None:
    qtbot.mouseClick(bar.values.chips[0], Qt.MouseButton.LeftButton)
    qtbot.mouseClick(bar.values.chips[1], Qt.MouseButton.LeftButton, SHIFT)
    rest()
    assert said(1) == [("SA.REV", "POL", "unknown")]
    assert bar.coder.pinned == {"2"}


def test_an_image_counts_once_and_the_rate_is_that_of_the_last_five_minutes() -> None:
    now = [0.0]
    rate = CodingRate(lambda: now[0])
    assert (rate.count, rate.per_minute) == (0, 0)
    rate.mark([1, 2])
    rate.mark([2, 3])
    assert (rate.count, rate.per_minute) == (3, 3)
    now[0] = 120
    rate.mark([4])
    assert (rate.count, rate.per_minute) == (4, 2)
    now[0] = 419
    assert (rate.count, rate.per_minute) == (4, 0.2)
    rate.begin()
    assert (rate.count, rate.per_minute) == (0, 0)
