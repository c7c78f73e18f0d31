"""The story of the window, by its own keys and buttons: each test does something and then asks the archive."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLineEdit, QMenuBar, QToolButton

from core import looking, search
from core.archive import Archive
from core.errors import NotAnArchive
from core.records import Filter, ImageId, Query
from core.tagging import Tag
from gui import operations
from gui.models.facet_model import VALUE_ROLE
from gui.runner import Pace, Task
from gui.session import Session
from gui.style import Appearance
from gui.window import MainWindow

Ask = Callable[[Callable[[Archive], Any]], Any]
Settled = Callable[[Session], None]


def press(window: MainWindow, qtbot, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key where the keys are."""
    qtbot.keyClick(window.focusWidget() or window, key, held)


def select_all(window: MainWindow, qtbot) -> None:
    qtbot.keyClick(window.desk.browser.grid, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)


def facet_place(window: MainWindow, facet: str, code: str) -> QPoint:
    """Where a value of a facet is to be pressed."""
    model, tree = window.desk.facets.model, window.desk.facets.tree
    for row in range(model.rowCount()):
        top = model.index(row, 0)
        for place in range(model.rowCount(top)):
            index = model.index(place, 0, top)
            if model.facet_of(index) == facet and index.data(VALUE_ROLE).code == code:
                tree.scrollTo(index)
                return tree.visualRect(index).center()
    raise AssertionError(f"{facet} {code} is not shown")


def press_facet(window: MainWindow, qtbot, facet: str, code: str) -> None:
    tree = window.desk.facets.tree
    qtbot.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=facet_place(window, facet, code))


def test_the_selection_is_tagged_from_the_keyboard_and_undone(
    window: MainWindow, ask: Ask, settled: Settled, qtbot
) -> None:
    select_all(window, qtbot)
    assert len(window.session.selection) == 7
    press(window, qtbot, Qt.Key.Key_T)
    line = window.focusWidget()
    assert isinstance(line, QLineEdit)
    for typed in ("assault", "hungary"):
        qtbot.keyClicks(line, typed)
        qtbot.keyClick(line, Qt.Key.Key_Return)
        settled(window.session)
    assert ask(lambda archive: search.count(archive, search.parse(archive, "type:SA.RIF.AUT country:HUN"))) == 7
    press(window, qtbot, Qt.Key.Key_Escape)
    qtbot.waitUntil(window.desk.browser.grid.hasFocus)

    undo = window.commands.by_name["undo"]
    assert undo.isEnabled()
    assert "Hungary" in undo.text()
    for _ in range(2):
        press(window, qtbot, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        settled(window.session)
    assert ask(lambda archive: search.count(archive, search.parse(archive, "tagged:yes"))) == 0
    assert window.commands.by_name["redo"].isEnabled()
    assert window.status_bar.words.text() == "Undone: Tag 7 images: assault / selective-fire rifle"


def test_a_status_key_holds_for_the_selection(window: MainWindow, ask: Ask, settled: Settled, qtbot) -> None:
    select_all(window, qtbot)
    held = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    press(window, qtbot, Qt.Key.Key_5, held)
    settled(window.session)
    assert ask(lambda archive: search.count(archive, Query(filters=(Filter("status", "reviewed"),)))) == 7


def test_a_facet_asks_for_images_with_it_then_without_it_then_either(
    window: MainWindow, settled: Settled, qtbot
) -> None:
    model, session = window.desk.browser.model, window.session
    for filters, images in (
        ((Filter("state", "undecodable"),), 1),
        ((Filter("state", "undecodable", wanted=False),), 6),
        ((), 7),
    ):
        index = window.desk.facets.model.index(search.FACETS.index("state"), 0)
        window.desk.facets.tree.expand(index)
        press_facet(window, qtbot, "state", "undecodable")
        settled(session)
        assert session.query.filters == filters
        assert model.rowCount() == images


def test_a_facet_is_pressed_by_the_space_bar(window: MainWindow, settled: Settled, qtbot) -> None:
    facets, tree = window.desk.facets.model, window.desk.facets.tree
    tree.setFocus()
    status = facets.index(search.FACETS.index("status"), 0)
    tree.setCurrentIndex(facets.index(0, 0, status))
    qtbot.keyClick(tree, Qt.Key.Key_Space)
    settled(window.session)
    assert window.session.query.filters == (Filter("status", "new"),)


def test_a_facet_without_images_stays_where_it_is_while_it_is_open(window: MainWindow, settled: Settled, qtbot) -> None:
    facets = window.desk.facets.model
    status = facets.index(search.FACETS.index("status"), 0)
    assert facets.data(facets.index(0, 0, status), VALUE_ROLE).count == 7
    window.session.set_query(Query(words=("nothing is called so",)))
    settled(window.session)
    assert facets.data(facets.index(0, 0, status), VALUE_ROLE).count == 0
    assert facets.data(facets.index(0, 0, status)) == "new"


def test_a_search_that_makes_no_sense_is_answered_under_its_line(window: MainWindow, settled: Settled, qtbot) -> None:
    press(window, qtbot, Qt.Key.Key_Slash)
    bar = window.desk.search_bar
    assert bar.field.hasFocus()
    qtbot.keyClicks(bar.field, "country:hungray")
    qtbot.keyClick(bar.field, Qt.Key.Key_Return)
    settled(window.session)
    assert "Hungary" in bar.problem.text()
    assert bar.problem.isVisible()
    assert bar.field.text() == "country:hungray"
    assert window.session.query == Query()


def test_a_search_becomes_chips_that_are_taken_away_one_by_one(window: MainWindow, settled: Settled, qtbot) -> None:
    bar, chips, session = window.desk.search_bar, window.desk.chips, window.session
    press(window, qtbot, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(bar.field, "rifles -status:reviewed")
    qtbot.keyClick(bar.field, Qt.Key.Key_Return)
    settled(session)
    assert window.desk.browser.model.rowCount() == 1
    qtbot.keyClick(bar.field, Qt.Key.Key_Return)
    assert window.desk.browser.grid.hasFocus()
    assert chips.texts == ["not status: reviewed", "“rifles”"]
    qtbot.mouseClick(chips.findChildren(QToolButton)[1], Qt.MouseButton.LeftButton)
    settled(session)
    assert window.desk.browser.model.rowCount() == 7
    assert chips.texts == ["not status: reviewed"]


def test_what_is_looked_for_while_pairs_are_compared_is_shown_in_the_grid(
    window: MainWindow, settled: Settled, qtbot
) -> None:
    desk, session = window.desk, window.session
    session.set_query(Query(("rifles",)))
    settled(session)
    assert desk.chips.isVisible()
    press(window, qtbot, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    settled(session)
    assert window.showing == "duplicates"
    assert not desk.chips.isVisible()
    press(window, qtbot, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(desk.search_bar.field, "status:reviewed")
    qtbot.keyClick(desk.search_bar.field, Qt.Key.Key_Return)
    settled(session)
    assert window.showing == "grid"
    assert desk.chips.isVisible()


def test_an_empty_result_names_the_filter_that_empties_it_and_clears_it(
    window: MainWindow, settled: Settled, qtbot
) -> None:
    browser, session = window.desk.browser, window.session
    session.set_query(Query(("rifles",), (Filter("state", "undecodable"),)))
    settled(session)
    assert browser.empty.isVisible()
    assert "“state: undecodable”" in browser.empty.words.text()
    session.set_query(Query(("no such word",)))
    settled(session)
    assert browser.empty.words.text() == "Without “no such word” there would be images to show."
    qtbot.mouseClick(browser.empty.button, Qt.MouseButton.LeftButton)
    settled(session)
    assert browser.grid.isVisible()
    assert browser.model.rowCount() == 7


def test_one_image_is_opened_walked_from_and_left_by_keys(window: MainWindow, settled: Settled, qtbot) -> None:
    browser, session = window.desk.browser, window.session
    press(window, qtbot, Qt.Key.Key_Home)
    with qtbot.waitSignal(browser.viewer.loaded):
        press(window, qtbot, Qt.Key.Key_Space)
    assert browser.viewer.isVisible()
    first = browser.viewer.image_id
    press(window, qtbot, Qt.Key.Key_Right)
    settled(session)
    assert browser.viewer.image_id != first
    assert session.current == browser.viewer.image_id
    assert session.selection == (session.current,)
    press(window, qtbot, Qt.Key.Key_Escape)
    assert browser.grid.hasFocus()
    assert browser.grid.current_id() == session.current


def test_tagging_goes_on_from_image_to_image(window: MainWindow, ask: Ask, settled: Settled, qtbot) -> None:
    session = window.session
    press(window, qtbot, Qt.Key.Key_Home)
    press(window, qtbot, Qt.Key.Key_Space)
    press(window, qtbot, Qt.Key.Key_T)
    tagged = []
    for _ in range(2):
        tagged.append(session.current)
        qtbot.keyClicks(window.focusWidget(), "revolver")
        press(window, qtbot, Qt.Key.Key_Return)
        settled(session)
        press(window, qtbot, Qt.Key.Key_PageDown)
        settled(session)
    found = ask(lambda archive: list(search.find(archive, search.parse(archive, "type:revolver"))))
    assert found == tagged
    assert isinstance(window.focusWidget(), QLineEdit)


def test_an_image_that_cannot_be_decoded_says_why(window: MainWindow, ask: Ask, settled: Settled, qtbot) -> None:
    broken = ask(lambda archive: search.find(archive, search.parse(archive, "state:undecodable"))[0])
    reason = ask(lambda archive: looking.summaries(archive, [broken])[0].reason)
    browser = window.desk.browser
    with qtbot.waitSignal(browser.viewer.failed):
        browser.open_image(broken)
    assert reason in browser.viewer.accessibleDescription()


def test_a_second_window_is_read_only_and_says_so_all_the_time(
    window: MainWindow, appearance: Appearance, archive_folder: Path, settled: Settled, qtbot
) -> None:
    assert window.status_bar.read_only.isHidden()
    second = MainWindow(Session(window.session.settings))
    qtbot.addWidget(second)
    second.show()
    second.archives.open(archive_folder)
    qtbot.waitUntil(lambda: second.workspace is not None)
    settled(second.session)
    assert second.status_bar.read_only.isVisible()
    select_all(second, qtbot)
    for name in ("tag", "import_folder", "undo", "status_reviewed"):
        assert not second.commands.by_name[name].isEnabled()
    assert second.desk.browser.model.rowCount() == 7
    second.close()


def test_a_second_window_shows_by_itself_what_the_first_changes(
    window: MainWindow, appearance: Appearance, archive_folder: Path, settled: Settled, qtbot
) -> None:
    second = MainWindow(Session(window.session.settings))
    qtbot.addWidget(second)
    second.show()
    second.archives.open(archive_folder)
    qtbot.waitUntil(lambda: second.workspace is not None)
    settled(second.session)
    changed = operations.set_status(window.session, [ImageId(1)], "reviewed")
    assert changed is not None
    with qtbot.waitSignal(second.session.changed, timeout=10_000):
        pass
    settled(second.session)
    assert second.session.state.generation == window.session.state.generation
    assert second.desk.browser.model.cell(0).status == "reviewed"
    second.close()


def test_the_status_bar_counts_what_is_selected(window: MainWindow, qtbot) -> None:
    assert window.status_bar.counts.text() == "7 images"
    select_all(window, qtbot)
    assert window.status_bar.counts.text() == "7 images · 7 selected"


def test_every_control_of_the_window_has_a_name(window: MainWindow) -> None:
    for button in window.findChildren(QToolButton):
        inside = button.parent()
        if not isinstance(inside, QLineEdit | QMenuBar):  # theirs are Qt's own
            assert button.accessibleName() or button.text(), inside


def test_opening_what_is_no_archive_says_so_and_shows_the_welcome_page(
    bare_window: MainWindow, tmp_path: Path, qtbot
) -> None:
    with qtbot.waitSignal(bare_window.session.failed) as told:
        bare_window.archives.open(tmp_path)
    assert isinstance(told.args[0], NotAnArchive)
    assert bare_window.welcome.isVisible()


def test_thumbnails_are_made_anew_and_give_way_to_the_user(
    bare_window: MainWindow, archive_folder: Path, ask: Ask, settled: Settled, qtbot
) -> None:
    (archive_folder / "cache.sqlite").unlink()
    session = bare_window.session
    titles: list[str] = []

    def note(task: Task) -> None:
        titles.append(task.title)
        if titles.count("Making thumbnails anew") == 1 and task.pace is Pace.YIELDING:
            operations.set_status(session, [ImageId(1)], "reviewed")

    session.job_started.connect(note)
    bare_window.archives.open(archive_folder)
    qtbot.waitUntil(lambda: titles.count("Making thumbnails anew") == 2, timeout=20_000)
    settled(session)
    made = titles.index("Making thumbnails anew")
    assert titles[made:] == ["Making thumbnails anew", "Setting status", "Making thumbnails anew"]
    assert ask(lambda archive: looking.thumbnail(archive, ImageId(1))) is not None
    qtbot.waitUntil(lambda: bare_window.desk.browser.model.pixmap(0) is not None)


def test_comparing_takes_the_room_of_the_panels_and_gives_it_back(window: MainWindow, settled: Settled, qtbot) -> None:
    panels = window.desk.panels
    press(window, qtbot, Qt.Key.Key_F10)
    assert (panels.left_shown, panels.right_shown) == (True, False)
    press(window, qtbot, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    settled(window.session)
    assert (panels.left_shown, panels.right_shown) == (False, False)
    press(window, qtbot, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert (panels.left_shown, panels.right_shown) == (True, False)


def test_tags_are_copied_from_image_to_image_by_two_keys(window: MainWindow, settled: Settled, ask: Ask, qtbot) -> None:
    grid = window.desk.browser.grid
    for text in ("revolver", "poland"):
        tag_first(window, qtbot, text)
    settled(window.session)
    grid.setFocus()
    assert not window.commands.by_name["paste"].isEnabled()
    qtbot.keyClick(grid, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    settled(window.session)
    qtbot.keyClick(grid, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(grid, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    settled(window.session)
    assert window.session.state.undo_label == "Paste onto 7 images: revolver, made in Poland"
    every = ask(lambda archive: looking.summaries(archive, [ImageId(number) for number in range(1, 8)]))
    assert [len(one.sightings) for one in every] == [1] * 7


def tag_first(window: MainWindow, qtbot, text: str) -> None:
    grid = window.desk.browser.grid
    grid.set_current_id(1)
    window.desk.start_tagging()
    qtbot.keyClicks(window.desk.tag_line.line, text)
    qtbot.keyClick(window.desk.tag_line.line, Qt.Key.Key_Return)


def test_copy_and_paste_in_a_text_field_are_the_fields_own(window: MainWindow, settled: Settled, qtbot) -> None:
    tag_first(window, qtbot, "revolver")
    settled(window.session)
    line = window.desk.tag_line.line
    line.setText("abc")
    line.selectAll()
    qtbot.keyClick(line, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    settled(window.session)
    assert not window.desk.clipboard.full


def test_a_basis_is_given_to_all_that_is_said_by_one_key(window: MainWindow, settled: Settled, ask: Ask, qtbot) -> None:
    tag_first(window, qtbot, "revolver")
    settled(window.session)
    window.desk.tag_line.leave()
    assert window.commands.by_name["basis_7"].text() == "Silhouette"
    qtbot.keyClick(window.desk.browser.grid, Qt.Key.Key_7, Qt.KeyboardModifier.AltModifier)
    settled(window.session)
    (one,) = ask(lambda archive: looking.summaries(archive, [ImageId(1)]))
    assert one.sightings[0].identification.bases == ("silhouette",)


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # what the screenless platform says of a menu
def test_a_key_asks_which_claim_to_add_to_the_weapon_in_the_image(window: MainWindow, settled: Settled, qtbot) -> None:
    window.session.look_at(1)
    operations.tag(window.session, [ImageId(1)], Tag("SA.REV"))
    settled(window.session)
    inspector = window.desk.inspector
    qtbot.waitUntil(lambda: len(inspector.tags.cards) == 1)
    inspector.tabs.setCurrentIndex(2)
    window.desk.browser.grid.setFocus()
    press(window, qtbot, Qt.Key.Key_T, Qt.KeyboardModifier.ShiftModifier)
    claims = inspector.tags.cards[0].claims
    qtbot.waitUntil(claims.menu.isVisible)
    assert inspector.tabs.currentIndex() == 0
    claims.menu.close()
