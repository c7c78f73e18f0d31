"""A field for a value of a vocabulary: typed, walked, clicked, and what is no value."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from core.errors import Refused
from gui.session import Session
from gui.style import Appearance
from gui.views.term_field import TermField

Made = tuple[TermField, QLineEdit]


@pytest.fixture
def made(session: Session, appearance: Appearance, qtbot) -> Iterator[Made]:
    """A field for a country, which has the keys, and another field to leave it for."""
    window = QWidget()
    qtbot.addWidget(window)
    layout = QVBoxLayout(window)
    field = TermField(session, "country")
    field.setAccessibleName("Country")
    other = QLineEdit()
    layout.addWidget(field)
    layout.addWidget(other)
    window.resize(400, 500)
    window.show()
    window.activateWindow()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    yield field, other
    window.close()


def test_a_few_letters_and_enter_choose_a_term(made: Made, qtbot) -> None:
    field, _ = made
    qtbot.keyClicks(field, "soviet")
    assert field.offers.isVisible()
    assert field.accessibleDescription() == "Soviet Union"
    with qtbot.waitSignal(field.chosen) as told:
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert told.args == ["SUHH"]
    assert (field.code, field.text(), field.offers.isHidden()) == ("SUHH", "Soviet Union", True)


def test_arrows_walk_what_is_offered_and_tab_takes_it_along(made: Made, qtbot) -> None:
    field, other = made
    qtbot.keyClicks(field, "hun")
    first = field.offers.highlighted
    qtbot.keyClick(field, Qt.Key.Key_Down)
    second = field.offers.highlighted
    assert first is not None
    assert second is not None
    assert first.code != second.code
    qtbot.keyClick(field, Qt.Key.Key_Tab)
    assert field.code == second.code
    assert other.hasFocus()


def test_a_click_in_the_list_chooses(made: Made, qtbot) -> None:
    field, _ = made
    qtbot.keyClicks(field, "poland")
    at = field.offers.visualItemRect(field.offers.item(0)).center()
    with qtbot.waitSignal(field.chosen):
        qtbot.mouseClick(field.offers.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert field.code == "POL"
    assert field.hasFocus()


def test_a_short_vocabulary_is_listed_by_arrow_down_from_what_is_held(session: Session, made: Made, qtbot) -> None:
    window = made[0].window()
    field = TermField(session, "context", window)
    field.setAccessibleName("Context")
    field.show_code("recovered")
    field.show()
    field.setFocus()
    qtbot.keyClick(field, Qt.Key.Key_Down)
    assert field.offers.count() == len(session.info.vocabularies["context"])
    held = field.offers.highlighted
    assert held is not None
    assert held.code == "recovered"


def test_leaving_takes_what_is_called_exactly_so_and_keeps_what_is_not(made: Made, qtbot) -> None:
    field, other = made
    qtbot.keyClicks(field, "turkey")
    other.setFocus()
    assert field.code == "TUR"
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, "atlantis")
    with qtbot.waitSignal(field.refused) as told:
        other.setFocus()
    assert "atlantis" in told.args[0]
    assert (field.text(), field.code) == ("atlantis", "TUR")
    with pytest.raises(Refused, match="atlantis"):
        field.value()


def test_emptying_the_field_says_nothing_any_more(made: Made, qtbot) -> None:
    field, other = made
    field.show_code("HUN")
    field.selectAll()
    qtbot.keyClick(field, Qt.Key.Key_Delete)
    with qtbot.waitSignal(field.chosen) as told:
        other.setFocus()
    assert told.args == [""]
    assert field.value() == ""


def test_escape_brings_back_what_was_held_and_then_is_the_forms(made: Made, qtbot) -> None:
    field, _ = made
    field.show_code("HUN")
    field.selectAll()
    qtbot.keyClicks(field, "pol")
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert (field.text(), field.code, field.offers.isHidden()) == ("Hungary", "HUN", True)
