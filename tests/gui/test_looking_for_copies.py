"""The look at places in the background of the window: it finds, gives way, rests, and can be left out."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from core import duplicates, features
from core.archive import Archive
from core.importing import import_paths
from core.records import ImageId
from gui import operations
from gui.runner import Pace, Task
from gui.session import Session
from gui.window import MainWindow
from tests.core.drawing import drawn, save

Settled = Callable[[Session], None]
TITLE = "Looking for copies"


@pytest.fixture
def copies(tmp_path: Path) -> Path:
    """An archive of eight pictures and a cut of each, which no hash of the whole finds."""
    for number in range(8):
        save(tmp_path / "in", f"{number} a.jpg", drawn(number), quality=90)
        save(tmp_path / "in", f"{number} b.jpg", drawn(number).crop((90, 60, 440, 300)), quality=90)
    with Archive.create(tmp_path / "archive") as archive:
        import_paths(archive, [str(tmp_path / "in")], jobs=1)
    return tmp_path / "archive"


def asked(folder: Path, question: Callable[[Archive], Any]) -> Any:
    with Archive.open(folder, read_only=True) as archive:
        return question(archive)


def found(folder: Path) -> list[str]:
    return [match.kind for match in asked(folder, duplicates.queue)]


@pytest.fixture
def stopped(bare_window: MainWindow, copies: Path, settled: Settled, qtbot: QtBot) -> list[str]:
    """The titles of all jobs since the archive was opened; the first search for copies was cancelled by the user."""
    events: list[str] = []

    def stop(task: Task) -> None:
        events.append(task.title)
        if task.title == TITLE and events.count(TITLE) == 1:
            task.cancel()

    bare_window.session.change_settings(find_copies=True)
    bare_window.session.job_started.connect(stop)
    bare_window.archives.open(copies)
    qtbot.waitUntil(lambda: TITLE in events, timeout=60_000)
    settled(bare_window.session)
    return events


def test_cuts_are_found_after_opening_and_after_an_import(
    bare_window: MainWindow, copies: Path, settled: Settled, qtbot: QtBot
) -> None:
    session = bare_window.session
    session.change_settings(find_copies=True)
    bare_window.archives.open(copies)
    qtbot.waitUntil(lambda: found(copies) == ["crop"] * 8, timeout=60_000)
    cut = save(copies.parent / "more", "c.jpg", drawn(3).crop((0, 0, 300, 360)), quality=90)
    bare_window.intake.take([bytes(cut)])
    qtbot.waitUntil(lambda: len(found(copies)) == 10, timeout=60_000)
    settled(session)
    assert not asked(copies, features.is_due)


def test_it_rests_for_what_is_brief_and_gives_way_to_what_is_long(
    bare_window: MainWindow, copies: Path, settled: Settled, qtbot: QtBot
) -> None:
    session = bare_window.session
    session.change_settings(find_copies=True)
    events: list[str] = []

    def note(task: Task) -> None:
        events.append(task.title)
        if events.count(TITLE) == 1 and task.title == TITLE:
            operations.set_status(session, [ImageId(1)], "reviewed")
            assert not task.yielded
            session.write("Something long", lambda _archive, _job: None)
            assert task.yielded

    session.job_started.connect(note)
    bare_window.archives.open(copies)
    qtbot.waitUntil(lambda: found(copies) == ["crop"] * 8, timeout=60_000)
    settled(session)
    assert events.count(TITLE) >= 2
    assert events.index("Something long") < len(events) - 1 - events[::-1].index(TITLE)


def test_who_stops_it_is_not_troubled_again_and_who_does_not_want_it_need_not(
    bare_window: MainWindow, copies: Path, settled: Settled, qtbot: QtBot
) -> None:
    session = bare_window.session
    session.change_settings(find_copies=True)
    started: list[Task] = []

    def stop(task: Task) -> None:
        if task.title == TITLE:
            started.append(task)
            session.change_settings(find_copies=False)

    session.job_started.connect(stop)
    bare_window.archives.open(copies)
    qtbot.waitUntil(lambda: len(started) == 1, timeout=60_000)
    settled(session)
    assert started[0].pace is Pace.RESTING
    assert started[0].job.cancelled
    session.write("Something long", lambda _archive, _job: None)
    settled(session)
    assert len(started) == 1
    assert asked(copies, features.is_due)


def test_it_comes_after_the_thumbnails_and_stays_stopped_until_it_is_wanted_again(
    bare_window: MainWindow, copies: Path, stopped: list[str], settled: Settled, qtbot: QtBot
) -> None:
    session = bare_window.session
    assert stopped == ["", "Preparing the archive", "Making thumbnails anew", TITLE]
    assert bare_window.status_bar.words.text().startswith("Stopped. It goes on after")
    session.write("Something long", lambda _archive, _job: None)
    settled(session)
    assert stopped.count(TITLE) == 1
    session.change_settings(find_copies=False)
    session.change_settings(find_copies=True)
    qtbot.waitUntil(lambda: found(copies) == ["crop"] * 8, timeout=60_000)
    settled(session)
    assert stopped.count(TITLE) == 2


@pytest.mark.usefixtures("stopped")
def test_an_import_takes_up_what_was_stopped(
    bare_window: MainWindow, copies: Path, settled: Settled, qtbot: QtBot
) -> None:
    assert found(copies) == []
    cut = save(copies.parent / "more", "c.jpg", drawn(3).crop((0, 0, 300, 360)), quality=90)
    bare_window.intake.take([bytes(cut)])
    qtbot.waitUntil(lambda: len(found(copies)) == 10, timeout=60_000)
    settled(bare_window.session)
