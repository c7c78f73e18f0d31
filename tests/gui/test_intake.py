"""Taking files in through the window: dropped, cancelled, closed in the middle, and reported."""

import random
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote_from_bytes

import pytest
from PIL import Image as Picture
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from core import capturing, search
from core.archive import Archive
from core.records import ImageId, Query
from gui import operations_sources as changing
from gui.dialogs.import_report import ImportReportDialog
from gui.intake import dropped_paths
from gui.session import Session
from gui.window import MainWindow

Settled = Callable[[Session], None]


def drop(window: MainWindow, over: QWidget, data: QMimeData) -> bool:
    """Let something be dragged from outside over the middle of a part of the window, and drop it; was it taken?"""
    at = over.mapTo(window, over.rect().center())
    how = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    enter, let_go = QDragEnterEvent(at, *how), QDropEvent(QPointF(at), *how)
    QGuiApplication.sendEvent(window.windowHandle(), enter)
    if enter.isAccepted():
        QGuiApplication.sendEvent(window.windowHandle(), let_go)
    return enter.isAccepted() and let_go.isAccepted()


def test_dropped_names_come_through_byte_for_byte() -> None:
    paths = [b"/tmp/a b.jpg", b"/tmp/\xff\xfe\n.jpg", "/tmp/снимок".encode()]
    uris = ["file://" + quote_from_bytes(path) for path in paths]
    assert dropped_paths("\r\n".join([*uris, "https://example.org/x.jpg"]).encode()) == paths


def test_what_is_dropped_on_the_grid_is_imported(window: MainWindow, tmp_path: Path, settled: Settled, qtbot) -> None:
    Picture.effect_noise((64, 64), 60).save(tmp_path / "dropped.png")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "dropped.png"))])
    with qtbot.waitSignal(window.intake.reported, timeout=20_000) as reported:
        assert drop(window, window.desk.browser.grid.viewport(), data)
    assert reported.args[0].added == 1


def test_nothing_is_taken_where_nothing_can_be_changed(
    window: MainWindow, archive_folder: Path, settled: Settled, tmp_path: Path, qtbot
) -> None:
    session = window.session
    with qtbot.waitSignal(session.closed):
        session.close()
    with Archive.open(archive_folder):
        session.open(archive_folder)
        qtbot.waitUntil(lambda: session.info is not None)
        settled(session)
        assert session.read_only
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(tmp_path))])
        assert not drop(window, window.desk.browser.grid.viewport(), data)


def test_a_new_archive_says_what_it_is_for_and_fills_when_a_folder_is_dropped(
    bare_window: MainWindow, photos: Path, tmp_path: Path, settled: Settled, qtbot
) -> None:
    session = bare_window.session
    session.open(tmp_path / "new", create=True)
    qtbot.waitUntil(lambda: bare_window.workspace is not None)
    settled(session)
    browser = bare_window.desk.browser
    assert browser.empty.isVisible()
    assert "never altered" in browser.empty.words.text()

    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(photos))])
    assert drop(bare_window, bare_window, data)
    with qtbot.waitSignal(bare_window.intake.reported, timeout=20_000):
        pass
    settled(session)
    assert browser.model.rowCount() == 7
    assert browser.grid.isVisible()
    notice = bare_window.desk.notice
    assert notice.isVisible()
    assert notice.words.text() == "Import finished: 6 added, 1 known, 1 undecodable, 1 ignored, 0 failed"
    qtbot.mouseClick(notice.act, Qt.MouseButton.LeftButton)
    report = bare_window.findChild(ImportReportDialog)
    assert "broken.jpg" in report.details.toPlainText()
    qtbot.mouseClick(report.copy, Qt.MouseButton.LeftButton)
    for line in ("Added: 6", "Known: 1", "Undecodable: 1", "Ignored: 1", "Failed: 0", "broken.jpg"):
        assert line in QGuiApplication.clipboard().text()
    with Archive.open(tmp_path / "new", read_only=True) as archive:
        assert search.count(archive, Query()) == 7


def test_closing_during_an_import_asks_nothing_and_keeps_what_is_finished(
    window: MainWindow, archive_folder: Path, tmp_path: Path, qtbot
) -> None:
    many = tmp_path / "many"
    many.mkdir()
    for number in range(400):
        Picture.frombytes("RGB", (16, 16), random.Random(number).randbytes(768)).save(many / f"{number}.png")
    session = window.session
    window.intake.take([str(many).encode()])
    with qtbot.waitSignal(session.job_progressed, timeout=20_000, check_params_cb=lambda _, now: now.done >= 20):
        pass
    assert window.close()
    assert session.info is None
    with Archive.open(archive_folder) as archive:
        assert not archive.read_only
        assert search.count(archive, Query()) < 407


def test_an_import_is_cancelled_from_the_status_bar_and_reported(
    window: MainWindow, tmp_path: Path, settled: Settled, qtbot
) -> None:
    many = tmp_path / "many"
    many.mkdir()
    for number in range(400):
        Picture.frombytes("RGB", (16, 16), random.Random(number).randbytes(768)).save(many / f"{number}.png")
    window.intake.take([str(many).encode()])
    with qtbot.waitSignal(window.session.job_progressed, timeout=20_000, check_params_cb=lambda _, now: now.done > 0):
        pass
    job = window.status_bar.job
    qtbot.waitUntil(job.isVisible)
    job.cancel.setFocus()
    with qtbot.waitSignal(window.intake.reported, timeout=20_000):
        qtbot.keyClick(job.cancel, Qt.Key.Key_Space)
    assert window.desk.notice.words.text().startswith("Import stopped: ")
    settled(window.session)
    assert window.desk.browser.grid.hasFocus()
    assert window.status_bar.job.isHidden()


def test_an_import_is_reported_without_taking_the_keys_and_esc_closes_the_report(
    window: MainWindow, photos: Path, settled: Settled, qtbot
) -> None:
    notice, menu = window.desk.notice, window.commands.by_name["last_report"]
    assert not menu.isEnabled()
    with qtbot.waitSignal(window.intake.reported, timeout=20_000):
        window.intake.take([str(photos).encode()])
    settled(window.session)
    assert notice.isVisible()
    assert notice.words.property("role") == ""
    assert window.desk.browser.grid.hasFocus()

    menu.trigger()
    dialog = window.findChild(ImportReportDialog)
    assert dialog.isModal()
    with qtbot.waitSignal(dialog.destroyed):
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)

    window.activateWindow()
    notice.act.setFocus()
    qtbot.waitUntil(notice.act.hasFocus)
    qtbot.keyClick(notice.act, Qt.Key.Key_Escape)
    assert notice.isHidden()
    assert window.desk.browser.grid.hasFocus()


def test_files_that_failed_are_told_in_the_colour_of_caution(window: MainWindow, tmp_path: Path, qtbot) -> None:
    with qtbot.waitSignal(window.intake.reported, timeout=20_000):
        window.intake.take([str(tmp_path / "gone.jpg").encode()])
    assert window.desk.notice.words.text().endswith("1 failed")
    assert window.desk.notice.words.property("role") == "caution"
    window.intake.take([str(tmp_path).encode()])
    assert window.desk.notice.isHidden()
    with qtbot.waitSignal(window.intake.reported, timeout=20_000):
        pass
    qtbot.keyClick(window.desk.browser.grid, Qt.Key.Key_Escape)
    assert window.desk.notice.isHidden()


def test_dialogs_begin_where_files_of_the_user_are_and_not_where_the_program_was_started(
    window: MainWindow, archive_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    window.archives.ask_open()
    window.intake.choose_folder()
    (tmp_path / "Pictures").mkdir()
    window.intake.choose_files()
    begun = [Path(dialog.directory().path()) for dialog in window.findChildren(QFileDialog)]
    assert begun == [archive_folder.parent, tmp_path, tmp_path / "Pictures"]
    for dialog in window.findChildren(QFileDialog):
        dialog.reject()


def test_the_line_of_a_job_moves_nothing_when_it_appears(window: MainWindow) -> None:
    window.status_bar.job.hide()
    before = window.status_bar.sizeHint().height()
    window.status_bar.job.show()
    assert window.status_bar.sizeHint().height() == before


def test_an_import_tells_of_pictures_that_are_shown_as_other_events(
    window: MainWindow, photos: Path, settled: Settled, qtbot
) -> None:
    session = window.session
    changing.describe(session, [ImageId(1)], {"date": "2016"})
    session.write("", lambda archive, _: capturing.add(archive, ImageId(1), {"collected_at": "2013"}))
    settled(session)
    window.intake.take([bytes(photos.rename(photos.with_name("again")))])
    settled(session)
    qtbot.waitUntil(lambda: bool(window.intake.recycled))
    assert window.desk.notice.words.text().startswith("Import finished: 1 image shown as another event, ")
    assert window.desk.notice.words.property("role") == "caution"
    window.desk.notice.act.click()
    dialog = window.findChild(ImportReportDialog)
    assert dialog is not None
    (one,) = window.intake.recycled
    assert dialog.details.toPlainText().splitlines()[:3] == [
        "1 image shown as another event:",
        one.own.name,
        "    collected 2013, before the date given: 2016",
    ]
    dialog.copy.click()
    assert "before the date given: 2016" in QGuiApplication.clipboard().text()
    dialog.close()
