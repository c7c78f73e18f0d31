"""The inspector's tab for captures, the card about pictures shown as something else, and the dialog of all sources."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from core import capturing, describing, duplicates, known_sources
from core.archive import Archive
from core.records import Capture, ImageId
from gui import operations
from gui import operations_sources as changing
from gui.dialogs.sources import MergeDialog, SourcesDialog
from gui.session import Session
from gui.style import Appearance
from gui.views.capture_form import CaptureForm
from gui.views.field_box import TextBox
from gui.views.inspector import Inspector
from gui.views.source_field import SourceBox, SourceField

Ask = Callable[[Callable[[Archive], Any]], Any]
Rest = Callable[[], None]
ONE, TWO = ImageId(1), ImageId(2)


@pytest.fixture
def rest(session: Session, settled: Callable[[Session], None]) -> Rest:
    return partial(settled, session)


@pytest.fixture
def inspector(session: Session, rest: Rest, appearance: Appearance, qtbot) -> Iterator[Inspector]:
    """An inspector that shows the sources of image 1; there is one source, @arms."""
    made = Inspector(session)
    qtbot.addWidget(made)
    made.resize(320, 900)
    made.show()
    made.activateWindow()
    changing.add_source(session, {"account": "@arms", "title": "Arms"})
    session.look_at(ONE)
    made.tabs.setCurrentIndex(2)
    rest()
    yield made
    made.close()


def captures(ask: Ask, image_id: ImageId = ONE) -> list[Capture]:
    found: list[Capture] = ask(lambda archive: capturing.of_images(archive, [image_id])[image_id])
    return found


def names(ask: Ask) -> list[str]:
    return [one.source.name for one in ask(known_sources.find)]


def source_field(form: CaptureForm) -> SourceField:
    box = form.boxes["source_id"]
    assert isinstance(box, SourceBox)
    return box.field


def text_line(form: CaptureForm, name: str) -> Any:
    box = form.boxes[name]
    assert isinstance(box, TextBox)
    return box.line


def test_a_known_source_is_chosen_by_a_few_letters(inspector: Inspector, rest: Rest, ask: Ask, qtbot) -> None:
    field = source_field(inspector.sources.cards[0].form)
    field.setFocus()
    rest()
    qtbot.keyClicks(field, "arm")
    assert field.accessibleDescription() == "@arms"
    qtbot.keyClick(field, Qt.Key.Key_Return)
    rest()
    assert captures(ask)[0].source_id == 1
    field.selectAll()
    qtbot.keyClick(field, Qt.Key.Key_Delete)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    rest()
    assert captures(ask)[0].source_id is None


def test_a_source_that_is_not_known_is_added_only_when_that_line_is_taken(
    inspector: Inspector, session: Session, rest: Rest, ask: Ask, qtbot
) -> None:
    form = inspector.sources.cards[0].form
    field = source_field(form)
    field.setFocus()
    rest()
    qtbot.keyClicks(field, "https://example.org/news")
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    qtbot.keyClicks(field, "Field report")
    qtbot.keyClick(field, Qt.Key.Key_Tab)
    rest()
    assert "There is no source “Field report” yet" in form.boxes["source_id"].hint.text()
    assert names(ask) == ["@arms"]
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, "Field report")
    assert field.accessibleDescription() == "Add the source “Field report”"
    qtbot.keyClick(field, Qt.Key.Key_Return)
    rest()
    assert names(ask) == ["@arms", "Field report"]
    assert captures(ask)[0].source_id == 2
    assert field.text() == "Field report"


def test_a_publication_shows_what_could_be_read_from_it(inspector: Inspector, rest: Rest, ask: Ask, qtbot) -> None:
    form = inspector.sources.cards[0].form
    line, hint = text_line(form, "published_as_given"), form.boxes["published_as_given"].hint
    line.setFocus()
    qtbot.keyClicks(line, "last summer")
    assert hint.text() == "Kept as it is written; no date can be read from it."
    line.selectAll()
    qtbot.keyClicks(line, "2014-06-14T01:30+03:00")
    assert hint.text() == "13 June 2014, 22:30 UTC"
    qtbot.keyClick(line, Qt.Key.Key_Return)
    rest()
    assert captures(ask)[0].published_at == "2014-06-13T22:30:00Z"


def test_the_rarer_fields_are_behind_a_button_and_shown_where_they_say_something(
    inspector: Inspector, session: Session, rest: Rest, ask: Ask, qtbot
) -> None:
    form = inspector.sources.cards[0].form
    assert not form.boxes["collector"].isVisible()
    qtbot.keyClick(form.more, Qt.Key.Key_Space)
    assert form.boxes["collector"].isVisible()
    changing.change_captures(session, [captures(ask, TWO)[0].id], {"tool": "yt-dlp"})
    rest()
    session.look_at(TWO)
    rest()
    assert inspector.sources.cards[0].form.boxes["tool"].isVisible()


def test_a_capture_is_added_by_hand_gets_the_keys_and_is_removed(
    inspector: Inspector, rest: Rest, ask: Ask, qtbot
) -> None:
    assert inspector.sources.cards[0].remove.isHidden()
    qtbot.keyClick(inspector.sources.add, Qt.Key.Key_Space)
    rest()
    card = inspector.sources.cards[1]
    assert card.words.text() == "Recorded by hand"
    assert source_field(card.form).hasFocus()
    assert captures(ask)[1].collector == "Test"
    assert "Recorded by hand" in inspector.file.toPlainText()
    qtbot.keyClick(card.remove, Qt.Key.Key_Space)
    rest()
    assert len(captures(ask)) == len(inspector.sources.cards) == 1


def test_the_newest_captures_of_several_images_are_set_together(
    inspector: Inspector, session: Session, rest: Rest, ask: Ask, qtbot
) -> None:
    changing.add_capture(session, ONE, {"note": "again", "source_url": "https://example.org"})
    session.select([ONE, TWO])
    rest()
    form = inspector.sources.together
    assert inspector.sources.cards == []
    assert text_line(form, "source_url").placeholderText() == "2 different values"
    field = source_field(form)
    field.setFocus()
    rest()
    qtbot.keyClicks(field, "arms")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    rest()
    assert [one.source_id for one in captures(ask)] == [None, 1]
    assert [one.source_id for one in captures(ask, TWO)] == [1]
    assert session.state.undo_label == "Change 2 captures: source @arms"


def join(archive: Archive) -> None:
    a, b = (row[0] for row in archive.db.conn.execute("SELECT sha256 FROM image WHERE id IN (1, 2)").fetchall())
    duplicates.decide(archive, from_sha256=a, to_sha256=b, verdict="same_picture")


def test_a_card_of_caution_shows_both_values_and_leads_to_the_other_image(
    inspector: Inspector, session: Session, rest: Rest, qtbot
) -> None:
    session.write("", lambda archive, _: join(archive))
    changing.describe(session, [ONE], {"date": "2016", "country": "SYR"})
    rest()
    card = inspector.recycled
    assert card.isHidden()
    changing.describe(session, [TWO], {"date": "2014", "country": "IRQ"})
    rest()
    assert not card.isHidden()
    assert card.differences.text() == "dated 2016 here, 2014 there\nseen in Syria here, in Iraq there"
    assert card.row is not None
    inspector.image_wanted.connect(session.look_at)
    qtbot.keyClick(card.row, Qt.Key.Key_Space)
    rest()
    assert session.current == TWO
    assert card.differences.text() == "dated 2014 here, 2016 there\nseen in Iraq here, in Syria there"
    operations.undo(session)
    rest()
    assert card.isHidden()


def test_another_source_alone_is_told_and_no_caution(
    inspector: Inspector, session: Session, rest: Rest, ask: Ask
) -> None:
    session.write("", lambda archive, _: join(archive))
    changing.add_source(session, {"account": "@other"})
    for image_id, source in ((ONE, 1), (TWO, 2)):
        changing.change_captures(session, [captures(ask, image_id)[0].id], {"source_id": source})
    rest()
    card = inspector.recycled
    assert card.property("card") == "plain"
    assert card.title.text() == "Known from another source, too"
    assert card.differences.text() == "from @arms here, also published by @other"
    changing.describe(session, [ONE], {"date": "2016"})
    changing.describe(session, [TWO], {"date": "2014"})
    rest()
    assert card.property("card") == "caution"
    assert inspector.sources.also.isHidden()
    operations.undo(session)
    rest()
    assert card.property("card") == "plain"
    assert inspector.sources.also.text() == "from @arms here, also published by @other"


def test_a_graphic_copy_is_not_shown_on_the_card(inspector: Inspector, session: Session, rest: Rest) -> None:
    session.write("", lambda archive, _: join(archive))
    session.write("", lambda archive, _: describing.mark_sensitive(archive, [TWO], "graphic_violence"))
    changing.describe(session, [ONE], {"date": "2016"})
    changing.describe(session, [TWO], {"date": "2014"})
    rest()
    assert inspector.recycled.row is not None
    assert inspector.recycled.row.other.thumbnail is None


@pytest.fixture
def dialog(inspector: Inspector, session: Session, rest: Rest, qtbot) -> Iterator[SourcesDialog]:
    """The dialog with three sources, of which the second is used."""
    changing.add_source(session, {"account": "@used", "note": "kept"})
    changing.add_source(session, {"title": "Report", "publisher": "Łódź press"})
    session.write("", lambda archive, _: capturing.put_under(archive, [ONE, TWO], _second(archive)))
    rest()
    made = SourcesDialog(session)
    qtbot.addWidget(made)
    made.show()
    rest()
    yield made
    made.close()


def _second(archive: Archive) -> Any:
    return next(one.source.id for one in known_sources.find(archive, "used"))


def listed(dialog: SourcesDialog) -> list[list[str]]:
    table = dialog.table
    cells = [[table.item(row, column) for column in range(5)] for row in range(table.rowCount())]
    return [[cell.text() for cell in row if cell is not None] for row in cells]


def test_sources_are_listed_with_what_comes_from_them_and_found_by_words(dialog: SourcesDialog, qtbot) -> None:
    assert listed(dialog) == [["@arms", "", "", "0", "0"], ["@used", "", "", "2", "0"], ["Report", "", "", "0", "0"]]
    qtbot.keyClicks(dialog.search, "lodz")
    assert [row[0] for row in listed(dialog)] == ["Report"]
    assert dialog.counted.text() == "1 source"


def test_a_source_is_edited_where_it_is_listed(dialog: SourcesDialog, rest: Rest, ask: Ask, qtbot) -> None:
    dialog.table.selectRow(2)
    box = dialog.form.boxes["title"]
    assert isinstance(box, TextBox)
    box.line.setFocus()
    box.line.selectAll()
    qtbot.keyClicks(box.line, "A report")
    qtbot.keyClick(box.line, Qt.Key.Key_Return)
    rest()
    assert names(ask) == ["@arms", "@used", "A report"]
    assert [one.source.name for one in dialog.chosen] == ["A report"]


def test_only_unused_sources_can_be_removed(dialog: SourcesDialog, rest: Rest, ask: Ask, qtbot) -> None:
    dialog.table.selectRow(1)
    assert not dialog.remove.isEnabled()
    dialog.table.selectRow(0)
    qtbot.mouseClick(dialog.remove, Qt.MouseButton.LeftButton)
    rest()
    assert names(ask) == ["@used", "Report"]


def test_one_source_is_merged_into_another_in_one_step(
    dialog: SourcesDialog, session: Session, rest: Rest, ask: Ask, qtbot
) -> None:
    dialog.table.selectRow(1)
    qtbot.mouseClick(dialog.merge, Qt.MouseButton.LeftButton)
    merge = dialog.findChild(MergeDialog)
    assert merge is not None
    rest()
    assert not merge.agree.isEnabled()
    qtbot.keyClicks(merge.field, "repo")
    qtbot.keyClick(merge.field, Qt.Key.Key_Return)
    qtbot.mouseClick(merge.agree, Qt.MouseButton.LeftButton)
    rest()
    assert listed(dialog) == [["@arms", "", "", "0", "0"], ["Report", "", "", "2", "0"]]
    assert names(ask) == ["@arms", "Report"]
    assert session.state.undo_label == "Merge source “@used” into “Report”"


def test_a_new_source_is_selected_and_has_the_keys(dialog: SourcesDialog, rest: Rest, ask: Ask, qtbot) -> None:
    qtbot.keyClicks(dialog.search, "@new")
    qtbot.mouseClick(dialog.new, Qt.MouseButton.LeftButton)
    rest()
    assert [one.source.account for one in dialog.chosen] == ["@new"]
    focused = QApplication.focusWidget()
    assert focused is not None
    assert focused.accessibleName() == "Account"
