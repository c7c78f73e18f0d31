"""The first run: make an archive, try the sample, find the archives opened lately; and the few settings."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from core import paths, search
from core.archive import Archive
from core.records import Query
from gui.dialogs.keys import KeysDialog
from gui.dialogs.preferences import PreferencesDialog
from gui.session import Session
from gui.style import Appearance
from gui.window import MainWindow

Settled = Callable[[Session], None]


@pytest.fixture
def window(empty_session: Session, appearance: Appearance, qtbot) -> MainWindow:
    made = MainWindow(empty_session)
    qtbot.addWidget(made)
    made.show()
    return made


def test_a_new_archive_is_made_where_the_user_says(window: MainWindow, tmp_path: Path, settled: Settled, qtbot) -> None:
    assert window.welcome.isVisible()
    qtbot.mouseClick(window.welcome.create_button, Qt.MouseButton.LeftButton)
    dialog = window.findChild(QFileDialog)
    dialog.setDirectory(str(tmp_path))
    dialog.selectFile(str(tmp_path / "evidence"))
    with qtbot.waitSignal(window.session.opened):
        dialog.accept()
    settled(window.session)
    assert window.windowTitle() == "evidence — Stocktake"
    with Archive.open(tmp_path / "evidence", read_only=True) as archive:
        assert search.count(archive, Query()) == 0
    assert window.session.settings.recent_archives == (str(tmp_path / "evidence"),)


def test_the_sample_is_made_once_and_opened(window: MainWindow, settled: Settled, qtbot) -> None:
    for _ in range(2):
        with qtbot.waitSignal(window.session.opened, timeout=60_000):
            qtbot.mouseClick(window.welcome.sample_button, Qt.MouseButton.LeftButton)
        settled(window.session)
        assert window.session.info is not None
        assert window.session.info.folder == paths.sample_folder()
        assert window.session.state.images > 20
        window.commands.by_name["close"].trigger()
        assert window.welcome.isVisible()


def test_making_the_sample_can_be_cancelled_and_leaves_nothing(window: MainWindow, qtbot) -> None:
    with qtbot.waitSignal(window.archives.job_progressed, timeout=20_000):
        window.archives.open_sample()
    with qtbot.waitSignal(window.archives.job_ended, timeout=20_000):
        window.status_bar.job.cancel.click()
    assert window.welcome.isVisible()
    assert not paths.sample_folder().exists()


def test_archives_opened_lately_are_a_press_away_and_gone_ones_can_be_dropped(
    window: MainWindow, archive_folder: Path, tmp_path: Path, settled: Settled, qtbot
) -> None:
    window.session.change_settings(recent_archives=(str(tmp_path / "gone"), str(archive_folder)))
    gone, there = window.welcome.recents
    assert not gone.open_button.isEnabled()
    qtbot.mouseClick(gone.remove_button, Qt.MouseButton.LeftButton)
    assert window.session.settings.recent_archives == (str(archive_folder),)
    (there,) = window.welcome.recents
    with qtbot.waitSignal(window.session.opened):
        qtbot.mouseClick(there.open_button, Qt.MouseButton.LeftButton)
    settled(window.session)
    assert window.session.state.images == 7


def test_another_archive_takes_the_place_of_the_one_that_is_open(
    window: MainWindow, archive_folder: Path, tmp_path: Path, settled: Settled, qtbot
) -> None:
    window.archives.open(archive_folder)
    qtbot.waitUntil(lambda: window.workspace is not None)
    settled(window.session)
    first = window.workspace
    with qtbot.waitSignal(window.session.opened):
        window.session.open(tmp_path / "other", create=True)
    settled(window.session)
    assert window.workspace is not first
    assert window.desk.browser.empty.isVisible()


def test_preferences_hold_as_soon_as_they_are_changed(window: MainWindow, qtbot) -> None:
    window.commands.by_name["preferences"].trigger()
    dialog = window.findChild(PreferencesDialog)
    dialog.theme.setCurrentIndex(2)
    qtbot.keyClicks(dialog.actor, "R. Searcher")
    qtbot.keyClick(dialog.actor, Qt.Key.Key_Return)
    assert (window.session.settings.theme, window.session.settings.actor) == ("dark", "TestR. Searcher")
    assert window.commands.by_name["theme_dark"].isChecked()
    dialog.close()


def test_the_keys_are_listed(window: MainWindow, qtbot) -> None:
    window.commands.by_name["keys"].trigger()
    shown = {label.text() for label in window.findChild(KeysDialog).findChildren(type(window.status_bar.counts))}
    assert {"Ctrl+I", "Ctrl+F, /", "T"} <= shown


def test_every_key_stands_for_one_command_only(window: MainWindow) -> None:
    keys = [key.toString() for action in window.commands.by_name.values() for key in action.shortcuts()]
    assert sorted(keys) == sorted(set(keys))
    assert len(keys) > 25


def test_a_folder_s_name_cannot_disguise_itself_or_break_the_list(
    window: MainWindow, tmp_path: Path, settled: Settled, qtbot
) -> None:
    folder = tmp_path / "a\u202egpj\nb"
    with qtbot.waitSignal(window.session.opened):
        window.session.open(folder, create=True)
    settled(window.session)
    assert window.windowTitle() == "a\ufffdgpj\ufffdb — Stocktake"
    window.commands.by_name["close"].trigger()
    assert [row.open_button.text() for row in window.welcome.recents] == ["a\ufffdgpj\ufffdb"]
    with qtbot.waitSignal(window.session.opened):
        qtbot.mouseClick(window.welcome.recents[0].open_button, Qt.MouseButton.LeftButton)
    assert window.session.info is not None
    assert window.session.info.folder == folder
