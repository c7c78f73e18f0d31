"""The grid under a user's hands: keys, mouse, selection, and nothing that jumps."""

from array import array

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest

from gui.models.cells import Chip
from gui.style import LIGHT
from gui.views.grid import LARGEST, GridView

Key, Mod = Qt.Key, Qt.KeyboardModifier
COLUMNS = 5


def click(grid: GridView, image_id: int, modifiers: Qt.KeyboardModifier = Mod.NoModifier) -> None:
    """Click in the middle of an image that is in view."""
    where = grid.visualRect(grid.model().index(image_id - 1, 0)).center()
    QTest.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, modifiers, where)


def selected(grid: GridView) -> list[int]:
    return grid.selected_ids().tolist()


def test_arrow_keys_walk_by_one_and_by_a_line(grid: GridView) -> None:
    click(grid, 1)
    walked = []
    for key in (Key.Key_Right, Key.Key_Down, Key.Key_Left, Key.Key_Up, Key.Key_Up, Key.Key_Left):
        QTest.keyClick(grid, key)
        walked.append(grid.current_id())
    assert walked == [2, 7, 6, 1, 1, 1]
    assert selected(grid) == [1]


def test_the_keyboard_enters_at_the_first_image(grid: GridView) -> None:
    assert (grid.current_id(), selected(grid)) == (1, [])
    QTest.keyClick(grid, Key.Key_Right)
    assert (grid.current_id(), selected(grid)) == (2, [2])


def test_end_leads_to_the_end_also_from_nowhere(grid: GridView) -> None:
    grid.clearSelection()
    grid.setCurrentIndex(grid.model().index(-1, 0))
    QTest.keyClick(grid, Key.Key_End)
    assert grid.current_id() == 1000


def test_home_end_and_pages_go_where_they_say_and_bring_it_into_view(grid: GridView) -> None:
    click(grid, 2)
    QTest.keyClick(grid, Key.Key_End)
    assert grid.current_id() == 1000
    assert grid.verticalScrollBar().value() == grid.verticalScrollBar().maximum()
    QTest.keyClick(grid, Key.Key_Home)
    assert grid.current_id() == 1
    assert grid.verticalScrollBar().value() == 0
    QTest.keyClick(grid, Key.Key_Right)
    QTest.keyClick(grid, Key.Key_PageDown)
    below = grid.current_id()
    assert below is not None
    assert (below - 2) % COLUMNS == 0
    assert 2 * COLUMNS <= below - 2 <= 5 * COLUMNS
    QTest.keyClick(grid, Key.Key_PageUp)
    assert grid.current_id() == 2


def test_down_into_a_shorter_last_line_ends_on_its_last_image(grid: GridView) -> None:
    grid.set_ids(range(1, 13))
    click(grid, 9)
    QTest.keyClick(grid, Key.Key_Down)
    assert grid.current_id() == 12
    QTest.keyClick(grid, Key.Key_Down)
    assert grid.current_id() == 12


def test_keys_do_nothing_in_an_empty_grid(grid: GridView) -> None:
    grid.set_ids([])
    for key in (Key.Key_Right, Key.Key_End, Key.Key_PageDown, Key.Key_Return, Key.Key_A):
        QTest.keyClick(grid, key)
    grid.selectAll()
    assert grid.current_id() is None
    assert selected(grid) == []


def test_right_walks_left_in_a_mirrored_layout(grid: GridView) -> None:
    grid.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    click(grid, 2)
    QTest.keyClick(grid, Key.Key_Left)
    assert grid.current_id() == 3
    first, third = (grid.visualRect(grid.model().index(row, 0)) for row in (0, 2))
    assert first.left() > third.left()


def test_shift_selects_the_run_between_by_key_and_by_click(grid: GridView) -> None:
    click(grid, 3)
    QTest.keyClick(grid, Key.Key_Down, Mod.ShiftModifier)
    assert selected(grid) == [3, 4, 5, 6, 7, 8]
    QTest.keyClick(grid, Key.Key_Left, Mod.ShiftModifier)
    assert selected(grid) == [3, 4, 5, 6, 7]
    click(grid, 1, Mod.ShiftModifier)
    assert selected(grid) == [1, 2, 3]


def test_shift_end_reaches_far_beyond_what_is_in_view(grid: GridView) -> None:
    click(grid, 4)
    QTest.keyClick(grid, Key.Key_End, Mod.ShiftModifier)
    assert selected(grid) == list(range(4, 1001))
    QTest.keyClick(grid, Key.Key_Home, Mod.ShiftModifier)
    assert selected(grid) == [1, 2, 3, 4]


def test_control_click_adds_and_takes_away(grid: GridView) -> None:
    click(grid, 2)
    click(grid, 9, Mod.ControlModifier)
    click(grid, 4, Mod.ControlModifier)
    assert selected(grid) == [2, 4, 9]
    click(grid, 9, Mod.ControlModifier)
    assert selected(grid) == [2, 4]


def test_control_moves_without_selecting_and_control_space_selects(grid: GridView) -> None:
    click(grid, 2)
    QTest.keyClick(grid, Key.Key_Right, Mod.ControlModifier)
    assert (grid.current_id(), selected(grid)) == (3, [2])
    QTest.keyClick(grid, Key.Key_Space, Mod.ControlModifier)
    assert selected(grid) == [2, 3]


def test_all_and_none(grid: GridView) -> None:
    QTest.keyClick(grid, Key.Key_A, Mod.ControlModifier)
    assert selected(grid) == list(range(1, 1001))
    assert len(grid.selectionModel().selection().toList()) == 1
    assert grid.current_id() == 1
    QTest.keyClick(grid, Key.Key_A, Mod.ControlModifier | Mod.ShiftModifier)
    assert selected(grid) == []


def test_all_leaves_the_keys_where_they_are(grid: GridView) -> None:
    click(grid, 3)
    place = grid.verticalOffset()
    QTest.keyClick(grid, Key.Key_A, Mod.ControlModifier)
    assert (grid.current_id(), grid.verticalOffset()) == (3, place)


def test_a_click_between_the_cells_selects_nothing(grid: GridView) -> None:
    click(grid, 3)
    grid.set_ids(range(1, 4))
    beside = grid.visualRect(grid.model().index(2, 0)).center() + QPoint(300, 0)
    QTest.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, Mod.NoModifier, beside)
    assert selected(grid) == []


def test_a_rubber_band_takes_the_block_that_it_touches(grid: GridView) -> None:
    viewport = grid.viewport()
    start = grid.visualRect(grid.model().index(0, 0)).topLeft() - QPoint(1, 4)
    end = grid.visualRect(grid.model().index(COLUMNS + 1, 0)).center()
    QTest.mousePress(viewport, Qt.MouseButton.LeftButton, Mod.NoModifier, start)
    for step in (0.3, 0.6, 1.0):
        QTest.mouseMove(viewport, start + (end - start) * step)
    assert selected(grid) == [1, 2, COLUMNS + 1, COLUMNS + 2]
    QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, Mod.NoModifier, end)
    assert selected(grid) == [1, 2, COLUMNS + 1, COLUMNS + 2]


@pytest.mark.parametrize("key", [Key.Key_Return, Key.Key_Enter, Key.Key_Space])
def test_enter_and_space_open_the_current_image(grid: GridView, qtbot, key: Qt.Key) -> None:
    click(grid, 7)
    with qtbot.waitSignal(grid.opened) as blocker:
        QTest.keyClick(grid, key)
    assert blocker.args == [7]


def test_a_double_click_opens(grid: GridView, qtbot) -> None:
    where = grid.visualRect(grid.model().index(3, 0)).center()
    with qtbot.waitSignal(grid.opened) as blocker:
        QTest.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, Mod.NoModifier, where)
        QTest.mouseDClick(grid.viewport(), Qt.MouseButton.LeftButton, Mod.NoModifier, where)
    assert blocker.args == [4]


def test_letters_are_left_to_the_window(grid: GridView, source) -> None:
    click(grid, 3)
    QTest.keyClicks(grid, "<b>9")
    assert grid.current_id() == 3


def test_the_selection_is_told_as_ids(grid: GridView, qtbot) -> None:
    with qtbot.waitSignal(grid.selection_changed) as blocker:
        click(grid, 6)
    assert blocker.args[0].tolist() == [6]
    with qtbot.waitSignal(grid.current_changed) as blocker:
        grid.set_current_id(800)
    assert blocker.args == [800]
    assert selected(grid) == [800]


def test_nothing_moves_when_images_are_added_at_the_end(grid: GridView, qtbot) -> None:
    grid.verticalScrollBar().setValue(3333)
    click(grid, grid.visible_rows().start + COLUMNS + 2)
    before = grid.visible_rows(), grid.current_id(), selected(grid), grid.verticalScrollBar().maximum()
    for start in range(2000, 2500, 100):
        grid.append_ids(range(start, start + 100))
    qtbot.waitUntil(lambda: grid.verticalScrollBar().maximum() > before[3])
    assert (grid.visible_rows(), grid.current_id(), selected(grid)) == before[:3]
    assert grid.verticalScrollBar().value() == 3333
    assert grid.model().rowCount() == 1500


def test_another_list_keeps_what_is_selected_and_current_and_where_it_stood(grid: GridView) -> None:
    grid.verticalScrollBar().setValue(5000)
    current = grid.visible_rows().start + COLUMNS + 2
    click(grid, current)
    click(grid, current + 1, Mod.ControlModifier)
    click(grid, current, Mod.ControlModifier)
    click(grid, current, Mod.ControlModifier)
    place = grid.visualRect(grid.currentIndex()).top()
    told: list[object] = []
    grid.selection_changed.connect(told.append)
    grid.current_changed.connect(told.append)
    grid.set_ids(array("q", range(51, 2000)))
    assert grid.current_id() == current
    assert selected(grid) == [current, current + 1]
    assert grid.visualRect(grid.currentIndex()).top() == place
    assert told == []


def test_a_list_without_them_tells_what_is_left(grid: GridView) -> None:
    click(grid, 4)
    click(grid, 6, Mod.ShiftModifier)
    told: list[object] = []
    grid.selection_changed.connect(lambda ids: told.append(ids.tolist()))
    grid.current_changed.connect(told.append)
    grid.set_ids([1, 2, 3, 4, 7, 8])
    assert selected(grid) == [4]
    assert grid.current_id() == 8  # what stands now where the current one stood
    assert told == [[4], 8]


def test_the_top_stays_the_top_when_the_list_changes(grid: GridView) -> None:
    click(grid, 2)
    grid.set_ids([*range(3000, 3900), 2])
    assert grid.verticalScrollBar().value() == 0
    assert grid.current_id() == 2


def test_another_width_or_cell_size_keeps_the_current_image_in_its_place(grid: GridView) -> None:
    grid.verticalScrollBar().setValue(5000)
    click(grid, grid.visible_rows().start + COLUMNS + 3)
    place = grid.visualRect(grid.currentIndex()).top()
    grid.resize(560, 800)
    assert grid.cells.columns == 3
    assert grid.visualRect(grid.currentIndex()).top() == place
    grid.set_cell_size(10_000)
    assert grid.cells.columns == 1
    assert grid.cells.cell_width >= LARGEST
    assert grid.visualRect(grid.currentIndex()).top() == place


def test_pictures_arrive_and_are_painted_where_they_belong(grid: GridView, qtbot) -> None:
    def colour(image_id: int) -> str:
        rect = grid.visualRect(grid.model().index(image_id - 1, 0))
        return grid.viewport().grab().toImage().pixelColor(rect.center() - QPoint(0, 12)).name().upper()

    qtbot.waitUntil(lambda: colour(1) == "#C02020")
    qtbot.waitUntil(lambda: colour(7) == "#C02020")
    assert colour(5) != "#C02020"


def test_selection_and_focus_are_both_seen_on_one_cell(grid: GridView, qtbot) -> None:
    grid.window().activateWindow()
    qtbot.waitUntil(grid.hasFocus)
    click(grid, 2)
    image = grid.viewport().grab().toImage()
    rect = grid.visualRect(grid.model().index(1, 0))
    seen = {image.pixelColor(x, rect.center().y() + 40).name().upper() for x in range(rect.left(), rect.left() + 8)}
    assert {LIGHT.accent, LIGHT.tint} <= seen
    dots = {image.pixelColor(rect.left() + 4, y).name().upper() for y in range(rect.top() + 20, rect.top() + 60)}
    assert len(dots) > 1  # dotted: ink and ground by turns


def test_a_chip_shows_in_place_of_the_name(grid: GridView, source, model, qtbot) -> None:
    def caption() -> set[str]:
        rect = grid.visualRect(grid.model().index(0, 0))
        image = grid.viewport().grab().toImage()
        y = rect.bottom() - 16
        return {image.pixelColor(x, y).name().upper() for x in range(rect.left(), rect.right())}

    qtbot.waitUntil(lambda: model.cell(0) is not None)
    assert LIGHT.chip not in caption()
    source.chips = (Chip("type", "AK", "assault rifle", "certain"),)
    model.refresh()
    qtbot.waitUntil(lambda: LIGHT.chip in caption())


def test_screen_readers_meet_a_list_with_words(grid: GridView, model, qtbot) -> None:
    qtbot.waitUntil(lambda: model.cell(4) is not None)
    tree = QAccessible.queryAccessibleInterface(grid)
    assert tree.text(QAccessible.Text.Name) == "Images"
    assert tree.childCount() == 1000
    words = tree.child(4).text(QAccessible.Text.Name)
    assert words.splitlines() == [
        "<b>5</b>.jpg",
        "Cannot be decoded: It ends too early.",
        "One of 2 images of the same picture",
        "Status: reviewed",
    ]


def test_what_appears_under_the_grid_does_not_cover_the_image_that_is_looked_at(grid: GridView) -> None:
    QTest.keyClick(grid, Key.Key_End)
    grid.resize(grid.width(), grid.height() - 60)
    assert grid.visualRect(grid.currentIndex()).bottom() < grid.viewport().height()
    QTest.keyClick(grid, Key.Key_Home)
    grid.verticalScrollBar().setValue(2_000)
    grid.resize(grid.width(), grid.height() - 60)
    assert grid.verticalScrollBar().value() == 2_000
