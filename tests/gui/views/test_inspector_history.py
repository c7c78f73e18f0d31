"""The history of the image looked at: what it says, and that one change can be taken back from it."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt

from core import looking
from core.archive import Archive
from core.records import ImageId
from core.tagging import Tag
from gui import operations
from gui.session import Session
from gui.style import Appearance
from gui.views import inspector_history
from gui.views.inspector_history import HistoryTab

Ask = Callable[[Callable[[Archive], Any]], Any]
Settled = Callable[[Session], None]


@pytest.fixture
def tab(session: Session, settled: Settled, appearance: Appearance, qtbot) -> Iterator[HistoryTab]:
    """The tab on the first image, which was tagged and given two notes."""
    operations.tag(session, [ImageId(1)], Tag("SA.PIS", manufacture="HUN"))
    for notes in ("one", "two"):
        operations.set_image_notes(session, ImageId(1), notes)
    settled(session)
    made = HistoryTab(session)
    qtbot.addWidget(made)
    made.resize(300, 600)
    made.record.show_image(ImageId(1))
    made.show()
    made.activateWindow()
    settled(session)
    yield made
    made.close()


def lines(tab: HistoryTab) -> list[str]:
    return [row.words.text() for row in tab.record.rows]


def notes(ask: Ask) -> str:
    found = ask(lambda archive: looking.detail(archive, ImageId(1)))
    return found.image.notes


def test_it_says_what_was_changed_newest_first(tab: HistoryTab) -> None:
    assert lines(tab)[:4] == [
        "Image: notes: one → two",
        "Image: notes: – → one",
        "Image: status: new → in progress",
        "Country of manufacture of sighting 1 added: Hungary, not assessed",
    ]
    assert lines(tab)[-1] == "Image added: JPEG"
    assert tab.record.more.isHidden()


def test_a_button_takes_one_change_back_and_keeps_the_keys(
    tab: HistoryTab, session: Session, settled: Settled, ask: Ask, qtbot
) -> None:
    told: list[str] = []
    session.message.connect(told.append)
    button = tab.record.rows[0].button
    assert button.accessibleName() == "Take back: Image: notes: one → two"
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Space)
    settled(session)
    assert notes(ask) == "one"
    assert told == ["Take back image: notes"]
    assert lines(tab)[0] == "Image: notes: two → one"
    assert tab.record.rows[0].button.hasFocus()


def test_up_and_down_go_from_change_to_change(tab: HistoryTab, qtbot) -> None:
    rows = tab.record.rows
    rows[0].button.setFocus()
    qtbot.keyClick(rows[0].button, Qt.Key.Key_Down)
    assert rows[1].button.hasFocus()
    qtbot.keyClick(rows[1].button, Qt.Key.Key_Up)
    assert rows[0].button.hasFocus()


def test_what_cannot_be_taken_back_is_said(tab: HistoryTab, session: Session, settled: Settled, ask: Ask) -> None:
    failed: list[Exception] = []
    session.failed.connect(failed.append)
    tab.record.rows[1].button.click()
    settled(session)
    assert "is now “two”" in str(failed[0])
    assert notes(ask) == "two"


def test_older_changes_come_when_they_are_wanted(
    session: Session, settled: Settled, monkeypatch: pytest.MonkeyPatch, tab: HistoryTab
) -> None:
    whole = lines(tab)
    monkeypatch.setattr(inspector_history, "PAGE", 3)
    tab.record.show_image(ImageId(1))
    settled(session)
    assert lines(tab) == whole[:3]
    for _ in range(3):
        tab.record.more.click()
        settled(session)
    assert lines(tab) == whole
    assert tab.record.more.isHidden()


def test_without_a_single_image_it_says_so(tab: HistoryTab, session: Session, settled: Settled) -> None:
    tab.record.show_image(None)
    settled(session)
    assert lines(tab) == []


def test_values_that_look_like_places_in_a_sentence_stay_as_they_are(
    tab: HistoryTab, session: Session, settled: Settled
) -> None:
    operations.set_image_notes(session, ImageId(1), "%1 of %3")
    settled(session)
    assert lines(tab)[0] == "Image: notes: two → %1 of %3"


def test_the_whole_archives_history_is_one_press_away(tab: HistoryTab, qtbot) -> None:
    assert tab.record.isVisible()
    qtbot.mouseClick(tab.of_archive, Qt.MouseButton.LeftButton)
    assert tab.whole.isVisible()
    qtbot.mouseClick(tab.of_image, Qt.MouseButton.LeftButton)
    assert tab.record.isVisible()
