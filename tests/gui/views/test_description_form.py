"""The inspector's tab for images as wholes: every field reaches the archive, for one image or for several."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from core import describing
from core.archive import Archive
from core.records import Description, ImageId
from gui import operations_sources as operations
from gui.session import Session
from gui.style import Appearance
from gui.views.description_form import DescriptionForm
from gui.views.field_box import NoteBox, TermBox, TextBox

Ask = Callable[[Callable[[Archive], Any]], Any]
Rest = Callable[[], None]
ONE, TWO = ImageId(1), ImageId(2)


@pytest.fixture
def rest(session: Session, settled: Callable[[Session], None]) -> Rest:
    return partial(settled, session)


@pytest.fixture
def form(session: Session, rest: Rest, appearance: Appearance, qtbot) -> Iterator[DescriptionForm]:
    """The form in a window with another field to give the keys to; it shows image 1."""
    window = QWidget()
    qtbot.addWidget(window)
    layout = QVBoxLayout(window)
    made = DescriptionForm(session)
    layout.addWidget(made)
    layout.addWidget(QLineEdit(window, objectName="elsewhere"))
    window.resize(320, 900)
    window.show()
    window.activateWindow()
    made.show_images((ONE,))
    rest()
    yield made
    window.close()


def line(form: DescriptionForm, name: str) -> QLineEdit:
    box = form.boxes[name]
    assert isinstance(box, TextBox)
    return box.line


def said(ask: Ask, image_id: ImageId = ONE) -> Description:
    found: Description = ask(lambda archive: describing.description(archive, image_id))
    return found


def write(form: DescriptionForm, name: str, text: str, rest: Rest, qtbot) -> None:
    field = line(form, name)
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, text)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    rest()


def test_a_date_says_how_it_is_understood_while_it_is_typed(form: DescriptionForm, rest: Rest, ask: Ask, qtbot) -> None:
    box = form.boxes["date"]
    write(form, "date", "03/04/2014", rest, qtbot)
    assert "can be 4 March or 3 April" in box.hint.text()
    assert box.hint.property("role") == "caution"
    assert said(ask).date == ""
    assert line(form, "date").text() == "03/04/2014"
    line(form, "date").selectAll()
    qtbot.keyClicks(line(form, "date"), "2014-06~")
    assert (box.hint.text(), box.hint.property("role")) == ("about June 2014", "muted")
    qtbot.keyClick(line(form, "date"), Qt.Key.Key_Return)
    rest()
    assert said(ask).date == "2014-06~"


def test_a_position_is_pasted_in_one_line_and_taken_away_again(
    form: DescriptionForm, rest: Rest, ask: Ask, qtbot
) -> None:
    write(form, "position", "36°30'N 42°15'E", rest, qtbot)
    assert (said(ask).latitude_e7, said(ask).longitude_e7) == (365000000, 422500000)
    assert line(form, "position").text() == "36.5, 42.25"
    line(form, "position").selectAll()
    qtbot.keyClick(line(form, "position"), Qt.Key.Key_Delete)
    qtbot.keyClick(line(form, "position"), Qt.Key.Key_Return)
    rest()
    assert said(ask).latitude_e7 is None


def test_a_value_of_a_vocabulary_is_chosen_by_a_few_letters(form: DescriptionForm, rest: Rest, ask: Ask, qtbot) -> None:
    box = form.boxes["country"]
    assert isinstance(box, TermBox)
    box.field.setFocus()
    qtbot.keyClicks(box.field, "iraq")
    qtbot.keyClick(box.field, Qt.Key.Key_Return)
    rest()
    assert said(ask).country == "IRQ"


def test_escape_takes_back_what_was_typed(form: DescriptionForm, rest: Rest, ask: Ask, qtbot) -> None:
    write(form, "rights_holder", "Ada", rest, qtbot)
    qtbot.keyClicks(line(form, "rights_holder"), " and others")
    qtbot.keyClick(line(form, "rights_holder"), Qt.Key.Key_Escape)
    assert line(form, "rights_holder").text() == "Ada"
    line(form, "date").setFocus()
    rest()
    assert said(ask).rights_holder == "Ada"


def test_what_was_typed_is_kept_for_the_image_it_was_typed_for(
    form: DescriptionForm, rest: Rest, ask: Ask, qtbot
) -> None:
    caption = form.boxes["caption"]
    assert isinstance(caption, NoteBox)
    caption.note.setFocus()
    qtbot.keyClicks(caption.note, "Parade")
    form.show_images((TWO,))
    rest()
    line(form, "rights_holder").setFocus()
    qtbot.keyClicks(line(form, "rights_holder"), "Grace")
    form.show_images((ONE,))
    rest()
    assert (said(ask).caption, said(ask).rights_holder) == ("Parade", "")
    assert (said(ask, TWO).caption, said(ask, TWO).rights_holder) == ("", "Grace")


def test_what_is_being_typed_outlives_another_change(
    form: DescriptionForm, session: Session, rest: Rest, qtbot
) -> None:
    line(form, "rights_holder").setFocus()
    qtbot.keyClicks(line(form, "rights_holder"), "Gra")
    operations.describe(session, [ONE], {"kind": "scan"})
    rest()
    assert line(form, "rights_holder").text() == "Gra"


def test_several_images_show_what_differs_and_are_set_together(
    form: DescriptionForm, session: Session, rest: Rest, ask: Ask, qtbot
) -> None:
    operations.describe(session, [ONE], {"date": "2014", "rights_holder": "Ada"})
    operations.describe(session, [TWO], {"date": "2016", "rights_holder": "Ada"})
    rest()
    form.show_images((ONE, TWO))
    rest()
    assert (line(form, "date").text(), line(form, "date").placeholderText()) == ("", "2 different values")
    assert line(form, "rights_holder").text() == "Ada"
    line(form, "date").setFocus()
    line(form, "rights_holder").setFocus()
    rest()
    assert said(ask).date == "2014"  # nothing was typed
    write(form, "date", "2015", rest, qtbot)
    assert (said(ask).date, said(ask, TWO).date) == ("2015", "2015")
    assert session.state.undo_label == "Describe 2 images: date 2015"


def test_sensitivity_is_half_ticked_where_only_some_are_and_ticks_all(
    form: DescriptionForm, session: Session, rest: Rest, ask: Ask, qtbot
) -> None:
    operations.mark_sensitive(session, [ONE], "graphic_violence", sensitive=True)
    form.show_images((ONE, TWO))
    rest()
    box = form.sensitivity.boxes["graphic_violence"]
    assert box.checkState() == Qt.CheckState.PartiallyChecked
    qtbot.keyClick(box, Qt.Key.Key_Space)
    rest()
    assert said(ask, TWO).sensitivity == ("graphic_violence",)
    qtbot.keyClick(box, Qt.Key.Key_Space)
    rest()
    assert (said(ask).sensitivity, said(ask, TWO).sensitivity) == ((), ())


def test_every_field_has_a_name_and_tab_goes_from_one_to_the_next(form: DescriptionForm, qtbot) -> None:
    editors = [box.findChildren(QLineEdit)[0] for box in form.boxes.values() if box.findChildren(QLineEdit)]
    assert all(editor.accessibleName() for editor in editors)
    editors[0].setFocus()
    qtbot.keyClick(editors[0], Qt.Key.Key_Tab)
    assert editors[1].hasFocus()


def test_a_place_that_does_not_exist_is_made_and_said_at_once(
    form: DescriptionForm, rest: Rest, ask: Ask, qtbot
) -> None:
    box = form.boxes["place"]
    assert isinstance(box, TermBox)
    box.field.setFocus()
    qtbot.keyClicks(box.field, "Made up town")
    for _ in range(2):
        qtbot.keyClick(box.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    rest()
    rest()
    assert (said(ask).place, box.field.text()) == ("made_up_town", "Made up town")
