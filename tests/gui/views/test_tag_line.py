"""Tagging by keys alone, each time asked of the archive."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt

from core import looking
from core.archive import Archive
from core.records import ImageId
from gui.session import Session
from gui.style import Appearance
from gui.views.tag_line import TagLine
from tests.gui.views.entering import enter

Ask = Callable[[Callable[[Archive], Any]], Any]
Settled = Callable[[Session], None]
ALT, CTRL, SHIFT = (
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
)


def test_a_type_and_a_country_make_one_sighting_on_each_selected_image(
    line: TagLine, rest: Callable[[], None], said, ask: Ask, qtbot
) -> None:
    enter(line, qtbot, "assault")
    enter(line, qtbot, "hungary")
    rest()
    for image_id in (1, 2, 3):
        assert said(image_id) == [("SA.RIF.AUT", None, "HUN", "unknown")]
    assert said(4) == []
    assert line.told.text() == "Tagged 3 images: made in Hungary"
    assert line.line.text() == ""
    assert [chip.shown.words for chip in line.values.chips] == ["assault / selective-fire rifle", "made in Hungary"]
    steps = ask(lambda archive: [step.label for step in archive.history(limit=2)])
    assert steps == ["Tag 3 images: made in Hungary", "Tag 3 images: assault / selective-fire rifle"]


def test_a_second_type_is_another_weapon_and_its_country_goes_with_it(
    line: TagLine, session: Session, settled: Settled, said, qtbot
) -> None:
    for text in ("assault", "hungary", "battle tank", "d:soviet union"):
        enter(line, qtbot, text)
    settled(session)
    assert said(2) == [("SA.RIF.AUT", None, "HUN", "unknown"), ("VH.TNK", "SUHH", None, "unknown")]


def test_a_country_before_the_type_belongs_to_the_same_weapon(
    line: TagLine, session: Session, settled: Settled, said, qtbot
) -> None:
    enter(line, qtbot, "romania")
    enter(line, qtbot, "revolver")
    settled(session)
    assert said(1) == [("SA.REV", None, "ROU", "unknown")]


def test_a_country_after_the_selection_changed_makes_a_weapon_of_its_own_images(
    line: TagLine, session: Session, settled: Settled, said, qtbot
) -> None:
    enter(line, qtbot, "revolver")
    session.select([3, 4])
    enter(line, qtbot, "poland")
    settled(session)
    assert said(1) == [("SA.REV", None, None, "unknown")]
    assert said(4) == [(None, None, "POL", "")]


def test_tab_walks_the_suggestions_and_enter_takes_the_highlighted_one(
    line: TagLine, session: Session, settled: Settled, said, qtbot
) -> None:
    qtbot.keyClicks(line.line, "mort")
    words = [line.offers.item(row).text() for row in range(line.offers.count())]
    assert line.offers.highlighted.words == words[0]
    qtbot.keyClick(line.line, Qt.Key.Key_Tab)
    qtbot.keyClick(line.line, Qt.Key.Key_Tab)
    qtbot.keyClick(line.line, Qt.Key.Key_Backtab)
    chosen = line.offers.highlighted
    assert chosen.words == words[1]
    qtbot.keyClick(line.line, Qt.Key.Key_Return)
    settled(session)
    assert [one[0] for one in said(1)] == [chosen.code]


def test_a_suggestion_can_be_clicked(line: TagLine, session: Session, settled: Settled, said, qtbot) -> None:
    qtbot.keyClicks(line.line, "hung")
    place = line.offers.visualItemRect(line.offers.item(0)).center()
    qtbot.mouseClick(line.offers.viewport(), Qt.MouseButton.LeftButton, pos=place)
    settled(session)
    assert said(1) == [(None, None, "HUN", "")]
    assert line.line.hasFocus()


def test_no_term_is_made_silently(line: TagLine, session: Session, settled: Settled, ask: Ask, qtbot) -> None:
    before = ask(lambda archive: archive.generation)
    qtbot.keyClicks(line.line, "kalashnikoff")
    assert line.offers.item(0).text() == "Nothing is called “kalashnikoff”. Shift+Enter offers to create it."
    qtbot.keyClick(line.line, Qt.Key.Key_Return)
    settled(session)
    assert ask(lambda archive: archive.generation) == before
    assert "Nothing was tagged" in line.told.toolTip()
    assert line.line.text() == "kalashnikoff"


def test_certainty_holds_for_what_was_just_tagged_and_for_what_comes_next(
    line: TagLine, session: Session, settled: Settled, said, qtbot
) -> None:
    enter(line, qtbot, "assault")
    qtbot.keyClick(line.line, Qt.Key.Key_2, ALT)
    settled(session)
    assert said(1) == [("SA.RIF.AUT", None, None, "probable")]
    enter(line, qtbot, "battle tank")
    enter(line, qtbot, "doubtful")
    settled(session)
    assert [one[3] for one in said(1)] == ["probable", "doubtful"]
    assert line.certainty.text() == "doubtful"


def test_opening_the_line_again_takes_the_certainty_that_the_user_set(
    line: TagLine, session: Session, settled: Settled, said, qtbot
) -> None:
    qtbot.keyClick(line.line, Qt.Key.Key_1, ALT)
    line.leave()
    line.start()
    enter(line, qtbot, "revolver")
    settled(session)
    assert said(1)[0][3] == "unknown"


def test_a_note_goes_onto_the_sighting_just_made(
    line: TagLine, session: Session, settled: Settled, ask: Ask, qtbot
) -> None:
    enter(line, qtbot, "revolver")
    enter(line, qtbot, "n: engraved, left side")
    settled(session)
    (found,) = ask(lambda archive: looking.summaries(archive, [ImageId(1)]))
    assert [(one.note, one.identification.type) for one in found.sightings] == [("engraved, left side", "SA.REV")]


def test_a_minus_takes_a_value_away_from_all_and_is_one_step(
    line: TagLine, session: Session, rest: Callable[[], None], said, qtbot
) -> None:
    session.select([1])
    enter(line, qtbot, "assault")
    session.select([1, 2])
    enter(line, qtbot, "assault")
    enter(line, qtbot, "hungary")
    rest()
    enter(line, qtbot, "-hung")
    rest()
    assert said(1) == said(2) == [("SA.RIF.AUT", None, None, "unknown")]
    assert line.told.text() == "Removed from 2 images: made in Hungary"
    assert session.state.undo_label == "Untag 2 images: made in Hungary"


def test_the_cross_of_a_chip_and_delete_on_it_take_a_value_away(
    line: TagLine, session: Session, settled: Settled, said, qtbot
) -> None:
    enter(line, qtbot, "revolver")
    enter(line, qtbot, "poland")
    settled(session)
    first, second = line.values.chips
    qtbot.mouseClick(first, Qt.MouseButton.LeftButton, pos=QPoint(first.width() // 3, first.height() // 2))
    settled(session)
    assert said(1) == [("SA.REV", None, "POL", "unknown")]
    qtbot.mouseClick(first, Qt.MouseButton.LeftButton, pos=QPoint(first.width() - 9, first.height() // 2))
    settled(session)
    assert said(1) == [(None, None, "POL", "")]
    (second,) = line.values.chips
    qtbot.keyClick(second, Qt.Key.Key_Delete)
    settled(session)
    assert said(1) == []


def test_values_of_a_selection_say_how_many_have_them(line: TagLine, session: Session, settled: Settled, qtbot) -> None:
    session.select([1])
    enter(line, qtbot, "revolver")
    session.select([1, 2, 3, 4])
    settled(session)
    (chip,) = line.values.chips
    assert chip.shown.mixed
    assert chip.accessibleName() == "revolver, 1 of 4"
    assert line.context.text() == "4 images selected"
    session.select([])
    session.look_at(2)
    settled(session)
    assert line.context.text().endswith((".jpg", ".png", ".webp"))
    assert line.values.chips == []


def test_undo_in_an_empty_line_takes_the_tag_back_and_in_a_full_one_edits(
    line: TagLine, session: Session, settled: Settled, said, qtbot
) -> None:
    enter(line, qtbot, "revolver")
    settled(session)
    qtbot.keyClicks(line.line, "pol")
    qtbot.keyClick(line.line, Qt.Key.Key_Z, CTRL)
    settled(session)
    assert said(1) == [("SA.REV", None, None, "unknown")]
    line.line.clear()
    qtbot.keyClick(line.line, Qt.Key.Key_Z, CTRL)
    settled(session)
    assert said(1) == []
    assert line.told.toolTip() == "Undone: Tag 3 images: revolver"


def test_a_country_after_an_undo_does_not_go_onto_what_is_gone(
    line: TagLine, session: Session, settled: Settled, said, qtbot
) -> None:
    enter(line, qtbot, "revolver")
    settled(session)
    qtbot.keyClick(line.line, Qt.Key.Key_Z, CTRL)
    enter(line, qtbot, "poland")
    settled(session)
    assert said(1) == [(None, None, "POL", "")]


def test_recent_values_are_one_key_away_and_never_applied_by_themselves(
    line: TagLine, session: Session, settled: Settled, said, qtbot
) -> None:
    enter(line, qtbot, "revolver")
    session.select([4])
    settled(session)
    qtbot.keyClick(line.line, Qt.Key.Key_Return)
    settled(session)
    assert said(4) == []
    qtbot.keyClick(line.line, Qt.Key.Key_Down)
    qtbot.keyClick(line.line, Qt.Key.Key_Return)
    settled(session)
    assert said(4) == [("SA.REV", None, None, "unknown")]


@pytest.mark.parametrize(
    ("key", "held", "signal"),
    [
        (Qt.Key.Key_PageDown, Qt.KeyboardModifier.NoModifier, "next_wanted"),
        (Qt.Key.Key_PageUp, Qt.KeyboardModifier.NoModifier, "previous_wanted"),
        (Qt.Key.Key_Right, ALT, "next_wanted"),
        (Qt.Key.Key_Left, ALT, "previous_wanted"),
    ],
)
def test_going_to_another_image_leaves_the_line_open(line: TagLine, qtbot, key, held, signal: str) -> None:
    with qtbot.waitSignal(getattr(line, signal)):
        qtbot.keyClick(line.line, key, held)
    assert line.isVisible()
    assert line.line.hasFocus()


def test_esc_clears_first_and_leaves_then(line: TagLine, qtbot) -> None:
    qtbot.keyClicks(line.line, "hung")
    assert line.offers.isVisible()
    qtbot.keyClick(line.line, Qt.Key.Key_Escape)
    assert line.line.text() == ""
    assert not line.offers.isVisible()
    assert line.isVisible()
    with qtbot.waitSignal(line.closed):
        qtbot.keyClick(line.line, Qt.Key.Key_Escape)
    assert not line.isVisible()


def test_a_read_only_archive_cannot_be_tagged_and_says_why(
    empty_session: Session, archive_folder: Path, appearance: Appearance, qtbot
) -> None:
    with Archive.open(archive_folder):
        with qtbot.waitSignal(empty_session.opened):
            empty_session.open(archive_folder)
        line = TagLine(empty_session)
        qtbot.addWidget(line)
        line.start()
        assert not line.line.isEnabled()
        assert "reading only" in line.told.toolTip()
        empty_session.close()


def test_the_list_goes_with_the_line(line: TagLine, qtbot) -> None:
    qtbot.keyClicks(line.line, "hung")
    assert line.offers.isVisible()
    line.hide()
    assert not line.offers.isVisible()


def test_a_tag_given_while_a_job_runs_waits_for_it_and_says_so(
    line: TagLine, session: Session, settled: Settled, said, qtbot
) -> None:
    ended = threading.Event()
    session.write("A long job", lambda _archive, _job: ended.wait(10))
    enter(line, qtbot, "revolver")
    enter(line, qtbot, "poland")
    assert "as soon as" in line.told.toolTip()
    ended.set()
    settled(session)
    assert said(1) == [("SA.REV", None, "POL", "unknown")]
    assert line.told.text() == "Tagged 3 images: made in Poland"
