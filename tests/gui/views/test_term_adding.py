"""Terms made from fields: after a question, never of a fixed list, and given to whom they were made for."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from core.archive import Archive
from core.settings import Settings
from gui.session import Session
from gui.style import Appearance
from gui.views.term_field import TermField

Ask = Callable[[Callable[[Archive], Any]], Any]
Rest = Callable[[], None]


@pytest.fixture
def rest(session: Session, settled: Callable[[Session], None]) -> Rest:
    return partial(settled, session)


@pytest.fixture
def window(appearance: Appearance, qtbot) -> Iterator[QWidget]:
    made = QWidget()
    qtbot.addWidget(made)
    QVBoxLayout(made).addWidget(QLineEdit(made, objectName="elsewhere"))
    made.resize(400, 500)
    yield made
    made.close()


def field(window: QWidget, session: Session, vocabulary: str, qtbot) -> TermField:
    made = TermField(session, vocabulary)
    made.setAccessibleName(vocabulary)
    window.layout().addWidget(made)
    window.show()
    window.activateWindow()
    made.setFocus()
    qtbot.waitUntil(made.hasFocus)
    return made


def press(made: QWidget, qtbot, times: int = 1) -> None:
    for _ in range(times):
        qtbot.keyClick(made, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)


def labels(ask: Ask, vocabulary: str) -> list[str]:
    return ask(lambda archive: [term.label for term in archive.vocabulary(vocabulary)])  # type: ignore[no-any-return]


def test_shift_enter_asks_and_then_makes_the_term_and_takes_it(
    window: QWidget, session: Session, rest: Rest, ask: Ask, qtbot
) -> None:
    made = field(window, session, "holder", qtbot)
    qtbot.keyClicks(made, "Made up guard")
    assert made.offers.item(0).text() == "Nothing is called “Made up guard”; Shift+Enter creates it."
    press(made, qtbot)
    assert made.offers.item(0).text() == "Create the holder “Made up guard”: press Shift+Enter again"
    assert made.accessibleDescription() == made.offers.item(0).text()
    qtbot.keyClick(made, Qt.Key.Key_Return)  # no answer to that question
    qtbot.mouseClick(made.offers.viewport(), Qt.MouseButton.LeftButton)
    rest()
    assert ("Made up guard" in labels(ask, "holder"), made.code) == (False, "")
    with qtbot.waitSignal(made.chosen) as told:
        press(made, qtbot)
    rest()
    assert told.args == ["made_up_guard"]
    assert (made.code, made.text(), made.offers.isHidden()) == ("made_up_guard", "Made up guard", True)
    assert "Made up guard" in labels(ask, "holder")
    assert session.state.undo_label == "Add holder “Made up guard”"


def test_who_goes_on_meanwhile_gets_the_value_all_the_same(
    window: QWidget, session: Session, rest: Rest, qtbot
) -> None:
    made = field(window, session, "conflict", qtbot)
    said: list[str] = []
    made.chosen.connect(said.append)
    made.refused.connect(said.append)
    qtbot.keyClicks(made, "Made up war")
    press(made, qtbot, 2)
    window.findChild(QLineEdit, "elsewhere").setFocus()
    rest()
    assert (said, made.text()) == (["made_up_war"], "Made up war")


def test_a_field_that_shows_something_else_by_then_keeps_that(
    window: QWidget, session: Session, rest: Rest, ask: Ask, qtbot
) -> None:
    made = field(window, session, "place", qtbot)
    qtbot.keyClicks(made, "Made up town")
    press(made, qtbot, 2)
    made.show_code("")
    rest()
    assert (made.code, made.text()) == ("", "")
    assert "Made up town" in labels(ask, "place")


@pytest.mark.parametrize("vocabulary", ["reliability", "scope", "country", "weapon_model", "weapon_type"])
def test_fixed_lists_and_lists_of_reference_do_not_offer_it(
    vocabulary: str, window: QWidget, session: Session, rest: Rest, qtbot
) -> None:
    made = field(window, session, vocabulary, qtbot)
    qtbot.keyClicks(made, "qqqq")
    assert made.offers.item(0).text() == "Nothing is called “qqqq”."
    before = session.state.generation
    press(made, qtbot, 2)
    rest()
    assert session.state.generation == before
    assert made.offers.item(0).text() == "Nothing is called “qqqq”."


@pytest.mark.parametrize("typed", ["held", "HELD"])
def test_what_is_there_already_is_not_asked_for(typed: str, window: QWidget, session: Session, qtbot) -> None:
    made = field(window, session, "context", qtbot)
    qtbot.keyClicks(made, typed)
    press(made, qtbot)
    assert made.offers.highlighted is not None
    assert not made.offers.highlighted.words.startswith("Create")


def test_what_cannot_be_a_name_is_refused_in_a_sentence(window: QWidget, session: Session, rest: Rest, qtbot) -> None:
    made = field(window, session, "platform", qtbot)
    qtbot.keyClicks(made, "=SUM(A1)")
    with qtbot.waitSignal(made.not_added) as told:
        press(made, qtbot, 2)
    assert "a formula" in told.args[0]
    rest()
    assert (made.text(), made.code) == ("=SUM(A1)", "")


def test_a_read_only_archive_gets_none(
    window: QWidget, archive_folder: Path, session: Session, settled: Callable[[Session], None], qtbot
) -> None:
    assert not session.read_only
    reader = Session(Settings(actor="Second"))
    with qtbot.waitSignal(reader.opened):
        reader.open(archive_folder)
    settled(reader)
    assert reader.read_only
    made = field(window, reader, "holder", qtbot)
    qtbot.keyClicks(made, "Nobody")
    press(made, qtbot, 2)
    settled(reader)
    assert made.offers.item(0).text() == "Nothing is called “Nobody”."
    reader.close()
