"""Sightings of copies that may be the same weapon, in the window: told of, settled by keys, counted apart again."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from core import duplicates, looking, tagging
from core.archive import Archive
from core.records import ImageId
from core.store import images
from core.tagging import Tag
from gui import operations
from gui.dialogs.same_weapon import SameWeaponDialog
from gui.models.conflict_watch import ConflictWatch
from gui.session import Session
from gui.window import MainWindow

Settled = Callable[[Session], None]
Key = Qt.Key
ONE, OTHER = ImageId(1), ImageId(3)


def shas(archive: Archive) -> list[str]:
    return list(images.hashes(archive.db, [ONE, OTHER]).values())


@pytest.fixture
def decided(window: MainWindow, settled: Settled, ask) -> MainWindow:
    """Two images that were tagged each by itself and then decided to show the same picture; the first is looked at."""
    session = window.session
    window.desk.browser.grid.setCurrentIndex(window.desk.browser.model.index(0))
    operations.tag(session, [ONE], Tag(type="SA.PIS", manufacture="HUN", details={"condition": "fired"}))
    operations.tag(session, [OTHER], Tag(type="SA.REV", manufacture="AUT"))
    settled(session)
    one, other = ask(shas)
    operations.decide(session, from_sha256=one, to_sha256=other, verdict="same_picture", evidence="")
    settled(session)
    return window


def shown(archive: Archive) -> list[str]:
    return [one.identification.type for one in looking.summaries(archive, [ONE])[0].sightings if one.identification]


def dialog_of(window: MainWindow, settled: Settled, qtbot) -> SameWeaponDialog:
    window.desk.to_settle.act.click()
    (dialog,) = (one for one in QApplication.topLevelWidgets() if isinstance(one, SameWeaponDialog) and one.isVisible())
    qtbot.waitUntil(lambda: dialog.current is not None)
    settled(window.session)
    return dialog


def test_a_verdict_that_leaves_a_conflict_says_so_and_the_keys_settle_it(
    decided: MainWindow, settled: Settled, ask, qtbot
) -> None:
    notice = decided.desk.to_settle
    qtbot.waitUntil(notice.isVisible)
    assert notice.words.text() == "Two sightings of copies may be the same weapon."
    assert decided.desk.inspector.tags.conflicts.isVisible()
    dialog = dialog_of(decided, settled, qtbot)
    assert all(label.pixmap() for label in dialog.pictures)
    assert not dialog.settle.isEnabled(), "what contradicts each other has to be chosen"
    kept = dialog.current.conflict.kept.identification.type
    table = dialog.table
    for row, key in ((1, Key.Key_2), (2, Key.Key_1)):
        table.setCurrentCell(row, 0)
        qtbot.keyClick(table, key)
    for row in range(3, table.rowCount()):
        table.setCurrentCell(row, 0)
        qtbot.keyClick(table, Key.Key_1)
    assert dialog.settle.isEnabled()
    qtbot.keyClick(table, Key.Key_Return)
    qtbot.waitUntil(lambda: not notice.isVisible())
    settled(decided.session)
    (left,) = ask(shown)
    assert left != kept
    (card,) = decided.desk.inspector.tags.cards
    assert len(card.settled.separate) == 1
    assert not decided.desk.inspector.tags.conflicts.isVisible()
    card.settled.separate[0].click()
    settled(decided.session)
    assert len(ask(shown)) == 2
    assert decided.desk.inspector.tags.conflicts.isVisible()


def test_two_that_are_told_apart_are_not_asked_about_again(decided: MainWindow, settled: Settled, ask, qtbot) -> None:
    dialog = dialog_of(decided, settled, qtbot)
    qtbot.keyClick(dialog.table, Key.Key_N)
    qtbot.waitUntil(lambda: not decided.desk.to_settle.isVisible())
    settled(decided.session)
    assert len(ask(shown)) == 2
    assert not decided.desk.inspector.tags.conflicts.isVisible()
    operations.undo(decided.session)
    settled(decided.session)
    assert decided.desk.inspector.tags.conflicts.isVisible()


def test_what_was_left_before_the_archive_was_opened_is_told_in_the_panel_alone(
    empty_session: Session, archive_folder: Path, settled: Settled, qtbot
) -> None:
    with Archive.open(archive_folder, actor="Ada") as archive:
        for image_id, type_ in ((ONE, "SA.PIS"), (OTHER, "SA.REV")):
            tagging.tag(archive, [image_id], Tag(type=type_))
        one, other = shas(archive)
        duplicates.decide(archive, from_sha256=one, to_sha256=other, verdict="same_picture")
    watch = ConflictWatch(empty_session)
    told: list[int] = []
    watch.arisen.connect(told.append)
    with qtbot.waitSignal(empty_session.opened):
        empty_session.open(archive_folder)
    settled(empty_session)
    operations.set_image_notes(empty_session, ONE, "looked at")
    settled(empty_session)
    assert told == []
    operations.forget_verdict(empty_session, one, other)
    settled(empty_session)
    operations.undo(empty_session)
    settled(empty_session)
    assert told == [1], "the verdict is given again"


def test_those_that_agree_in_everything_are_settled_together(window: MainWindow, settled: Settled, ask, qtbot) -> None:
    session = window.session
    for image_id in (ONE, OTHER):
        for type_ in ("SA.PIS", "SA.REV"):
            operations.tag(session, [image_id], Tag(type=type_))
    settled(session)
    one, other = ask(shas)
    operations.decide(session, from_sha256=one, to_sha256=other, verdict="same_picture", evidence="")
    settled(session)
    dialog = dialog_of(window, settled, qtbot)
    assert dialog.agreeing.text() == "Settle the 2 that agree in everything"
    dialog.agreeing.click()
    qtbot.waitUntil(lambda: not window.desk.to_settle.isVisible())
    settled(session)
    assert sorted(ask(shown)) == ["SA.PIS", "SA.REV"]


def test_taking_the_verdict_back_takes_the_notice_away(decided: MainWindow, settled: Settled, ask, qtbot) -> None:
    qtbot.waitUntil(decided.desk.to_settle.isVisible)
    operations.forget_verdict(decided.session, *ask(shas))
    settled(decided.session)
    qtbot.waitUntil(lambda: not decided.desk.to_settle.isVisible())
