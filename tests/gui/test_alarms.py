"""Images that a search for copies found to be known as something else are told of in a notice, once."""

import gc
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from core import capturing, describing, recycling, sourcing
from core.archive import Archive
from core.records import ImageId, Match
from core.store import alarms, images, keypoints
from core.store.connection import transaction
from gui import operations
from gui.dialogs.recycled import RecycledDialog
from gui.runner import Task
from gui.session import Session
from gui.window import MainWindow

Settled = Callable[[Session], None]
Ask = Callable[[Callable[[Archive], Any]], Any]
ONE, TWO, THREE, FOUR = (ImageId(number) for number in (1, 2, 3, 4))


def find(archive: Archive, *pairs: tuple[ImageId, ImageId], kind: str = "crop") -> None:
    """What a search for copies does in the end."""
    for pair in pairs:
        a, b = sorted(images.hashes(archive.db, pair).values())
        with transaction(archive.db):
            keypoints.keep_verified(archive.db, [(a, b, Match(a, b, kind, None))])


def say(archive: Archive) -> None:
    describing.describe(archive, [ONE, THREE], {"date": "2016"})
    describing.describe(archive, [TWO], {"date": "2014"})


def test_what_a_search_found_is_told_in_a_notice_and_listed(
    window: MainWindow, settled: Settled, ask: Ask, qtbot
) -> None:
    session, notice = window.session, window.desk.alarm
    session.write("", lambda archive, _: say(archive))
    settled(session)
    assert notice.isHidden()
    session.write("", lambda archive, _: find(archive, (ONE, TWO)))
    qtbot.waitUntil(notice.isVisible)
    settled(session)
    assert notice.words.text() == "1 image contradicts a copy"
    assert notice.words.property("role") == "caution"
    assert window.desk.browser.grid.hasFocus()
    assert ask(lambda archive: alarms.due(archive.db)) == []

    session.write("", lambda archive, _: find(archive, (TWO, THREE)))
    qtbot.waitUntil(lambda: notice.words.text().startswith("2 images contradict copies"))
    notice.act.setFocus()
    qtbot.keyClick(notice.act, Qt.Key.Key_Return)
    dialog = window.findChild(RecycledDialog)
    assert dialog is not None
    assert "    dated 2014 here, 2016 there" in dialog.details.toPlainText().splitlines()
    assert len(dialog.details.toPlainText().splitlines()) == 4
    dialog.resize(300, 400)
    assert dialog.details.horizontalScrollBar().maximum() == 0
    dialog.copy.click()
    assert QGuiApplication.clipboard().text().startswith("2 images contradict copies")
    with qtbot.waitSignal(dialog.destroyed):
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.keyClick(window.desk.browser.grid, Qt.Key.Key_Escape)
    assert notice.isHidden()
    assert notice.watch.recycled == ()


def test_the_card_calls_decided_only_what_a_verdict_joins(window: MainWindow, settled: Settled, ask: Ask) -> None:
    session, card = window.session, window.desk.inspector.recycled
    session.write("", lambda archive, _: say(archive))
    session.write("", lambda archive, _: find(archive, (ONE, TWO), kind="same_picture"))
    session.look_at(ONE)
    settled(session)
    assert card.row is not None
    assert "same picture, not decided yet" in card.row.accessibleName()
    a, b = sorted(ask(lambda archive: images.hashes(archive.db, (ONE, TWO))).values())
    operations.decide(session, from_sha256=a, to_sha256=b, verdict="same_picture", evidence="")
    settled(session)
    assert "decided to be the same picture" in card.row.accessibleName()


def test_what_was_told_is_not_told_again_when_the_archive_is_opened_again(
    window: MainWindow, archive_folder: Any, settled: Settled, qtbot
) -> None:
    session = window.session
    with qtbot.waitSignal(session.closed):
        session.close()
    with Archive.open(archive_folder) as archive:
        say(archive)
        find(archive, (ONE, TWO))
    for visible in (True, False):
        with qtbot.waitSignal(session.opened):
            session.open(archive_folder)
        settled(session)
        qtbot.waitUntil(lambda: not session.busy)
        settled(session)
        assert window.desk.alarm.isVisible() is visible
        session.close()


def test_what_was_told_after_an_import_is_not_told_again_when_it_is_verified(
    window: MainWindow, photos: Path, settled: Settled, ask: Ask, qtbot
) -> None:
    session = window.session
    session.write("", lambda archive, _: say(archive))
    session.write("", lambda archive, _: find(archive, (ONE, TWO), kind="near"))
    settled(session)
    window.intake.take([bytes(photos.rename(photos.with_name("again")))])
    qtbot.waitUntil(lambda: bool(window.intake.recycled))
    session.write("", lambda archive, _: find(archive, (ONE, TWO)))
    qtbot.waitUntil(lambda: not session.busy)
    qtbot.waitUntil(lambda: ask(lambda archive: alarms.due(archive.db)) == [])
    settled(session)
    assert window.desk.alarm.isHidden()

    session.write("", lambda archive, _: find(archive, (TWO, THREE)))
    qtbot.waitUntil(window.desk.alarm.isVisible)
    assert window.desk.alarm.words.text() == "1 image contradicts a copy"


def test_a_note_that_was_cancelled_is_made_with_the_next_job_and_nothing_is_told_twice(
    window: MainWindow, settled: Settled, ask: Ask, qtbot
) -> None:
    session, notice = window.session, window.desk.alarm
    session.write("", lambda archive, _: say(archive))
    settled(session)
    go_on = threading.Event()

    def on_raised() -> None:
        # What notes it was given to the worker just now, which still holds back.
        for task in [one for one in gc.get_objects() if type(one) is Task and one.title == "Noting what was told"]:
            task.cancel()
        go_on.set()

    notice.watch.raised.connect(on_raised, Qt.ConnectionType.SingleShotConnection)
    session.write("", lambda archive, _: find(archive, (ONE, TWO)))
    session.write("", lambda _archive, _: go_on.wait(10))
    qtbot.waitUntil(notice.isVisible)
    qtbot.waitUntil(lambda: not session.busy)
    settled(session)
    assert len(ask(lambda archive: alarms.due(archive.db))) == 1

    session.write("", lambda archive, _: find(archive, (TWO, THREE)))
    qtbot.waitUntil(lambda: notice.words.text() == "2 images contradict copies")
    settled(session)
    assert ask(lambda archive: alarms.due(archive.db)) == []
    assert len(notice.watch.recycled) == 2


def test_other_sources_are_counted_apart_and_alone_are_no_caution(window: MainWindow, settled: Settled, qtbot) -> None:
    session, notice = window.session, window.desk.alarm

    def publish(archive: Archive) -> None:
        for image in (ONE, TWO, THREE, FOUR):
            source = sourcing.add(archive, {"account": f"@{image}"})
            capturing.put_under(archive, [image], source)
        find(archive, (ONE, TWO))

    session.write("", lambda archive, _: publish(archive))
    qtbot.waitUntil(notice.isVisible)
    assert notice.words.text() == "1 imported image is known from another source"
    assert notice.words.property("role") == ""
    settled(session)

    session.write("", lambda archive, _: describing.describe(archive, [THREE], {"date": "2016"}))
    session.write("", lambda archive, _: describing.describe(archive, [FOUR], {"date": "2014"}))
    session.write("", lambda archive, _: find(archive, (THREE, FOUR)))
    both = "1 image contradicts a copy; 1 from another source"
    qtbot.waitUntil(lambda: notice.words.text() == both)
    assert notice.words.property("role") == "caution"


def test_an_image_with_many_copies_does_not_fill_the_list(
    window: MainWindow, settled: Settled, ask: Ask, qtbot
) -> None:
    session = window.session
    session.write("", lambda archive, _: describing.describe(archive, [ONE, TWO, THREE, FOUR], {"date": "2014"}))
    session.write("", lambda archive, _: describing.describe(archive, [ImageId(5)], {"date": "2016"}))
    session.write("", lambda archive, _: find(archive, *((ImageId(5), other) for other in (ONE, TWO, THREE, FOUR))))
    settled(session)
    found = ask(lambda archive: recycling.of_image(archive, ImageId(5)))
    dialog = RecycledDialog(found)
    qtbot.addWidget(dialog)
    lines = dialog.details.toPlainText().splitlines()
    assert len(lines) == 7
    assert lines[-1].endswith(" and more copies (1)")
