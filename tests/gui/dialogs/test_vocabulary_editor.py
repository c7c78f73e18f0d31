"""The vocabulary editor: what is done in it is in the archive, by keys and buttons, and undone."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtWidgets import QLineEdit, QPushButton, QTableWidget, QWidget

from core import model_library, shipped
from core.archive import Archive
from core.model_facts import Fact
from core.records import ImageId
from core.settings import Settings
from core.vocabularies import Term
from core.vocabulary_kinds import KINDS
from gui import operations
from gui import vocabulary_operations as changing
from gui.dialogs.add_term import AddTermDialog
from gui.dialogs.choose_term import TermChooser
from gui.dialogs.fact import FactDialog
from gui.dialogs.vocabulary_editor import VocabularyEditor
from gui.models.terms_model import CODE_ROLE
from gui.session import Session
from gui.window import MainWindow

Settled = Callable[[Session], None]
Ask = Callable[[Callable[[Archive], Any]], Any]
pytestmark = pytest.mark.usefixtures("appearance")


@pytest.fixture
def editor(session: Session, settled: Settled, qtbot) -> VocabularyEditor:
    """The editor on three holders, one of which is said of two images."""
    for code, label in (("is", "IS"), ("isil", "ISIL"), ("ypg", "YPG")):
        changing.add(session, "holder", Term(code, label), lambda _: None)
    operations.give(session, [ImageId(1), ImageId(2)], "holder", "is")
    settled(session)
    made = VocabularyEditor(session, start="holder")
    qtbot.addWidget(made)
    made.show()
    qtbot.waitActive(made)
    settled(session)
    return made


def open_list(editor: VocabularyEditor, name: str) -> None:
    for row in range(editor.lists.count()):
        if editor.lists.item(row).data(Qt.ItemDataRole.UserRole) == name:
            editor.lists.setCurrentRow(row)


def shown(editor: VocabularyEditor) -> list[tuple[str, str]]:
    model = editor.terms.model
    return [(model.index(row, 0).data(CODE_ROLE), model.index(row, 1).data() or "") for row in range(model.rowCount())]


def child(editor: QWidget, kind: type[Any]) -> Any:
    return editor.findChildren(kind)[-1]


def press(button: QPushButton, qtbot) -> None:
    assert button.isEnabled(), button.text()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def retype(field: QLineEdit, text: str, qtbot) -> None:
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, text)


def test_every_list_is_there_and_its_terms_with_their_uses(editor: VocabularyEditor) -> None:
    assert editor.lists.count() == len(KINDS)
    assert shown(editor) == [("is", "2"), ("isil", ""), ("ypg", "")]
    assert editor.panel.code == "is"
    open_list(editor, "weapon_type")
    assert editor.panel.form.label.text() == "Small arms"
    assert editor.panel.form.standards.pairs == {"iti": "small", "un_register": "SALW"}


def test_terms_are_found_by_any_name_from_the_keyboard(editor: VocabularyEditor, settled: Settled, qtbot) -> None:
    open_list(editor, "country")
    settled(editor._session)
    editor.terms.search.setFocus()
    editor.terms.search.setText("المجر")
    qtbot.keyClick(editor.terms.search, Qt.Key.Key_Return)
    assert editor.panel.code == "HUN"
    assert editor.terms.tree.hasFocus()
    assert editor.panel.form.names.pairs["fr"] == "Hongrie"
    qtbot.keyClick(editor.terms.tree, Qt.Key.Key_Return)
    assert editor.panel.form.label.hasFocus()
    assert editor.panel.form.label.selectedText() == "Hungary"


def test_what_is_typed_is_applied_as_one_step_and_undone(
    editor: VocabularyEditor, settled: Settled, ask: Ask, qtbot
) -> None:
    form = editor.panel.form
    assert not editor.actions_row.apply.isEnabled()
    retype(form.label, "Islamic State", qtbot)
    form.aliases.setPlainText("Daesh\n\nДаиш")
    form.names.item(0, 0).setText("ar")
    form.names.item(0, 1).setText("داعش")
    assert form.names.rowCount() == 2, "an empty row is left"
    form.retired.click()
    press(editor.actions_row.apply, qtbot)
    settled(editor._session)
    term = ask(lambda archive: archive.vocabulary("holder").get("is"))
    assert (term.label, term.aliases, dict(term.names)) == ("Islamic State", ("Daesh", "Даиш"), {"ar": "داعش"})
    assert term.retired
    assert not editor.panel.is_edited
    assert editor.terms.model.index(0, 0).data() == "Islamic State"
    press(editor.actions_row.undo, qtbot)
    settled(editor._session)
    assert ask(lambda archive: archive.vocabulary("holder").label("is")) == "IS"
    assert form.label.text() == "IS"


def test_what_is_typed_is_neither_lost_nor_applied_by_going_elsewhere(editor: VocabularyEditor, qtbot) -> None:
    retype(editor.panel.form.label, "Islamic State", qtbot)
    editor.terms.tree.setCurrentIndex(editor.terms.model.index(1, 0))
    assert (editor.panel.code, editor.terms.code) == ("is", "is")
    assert "Apply or revert" in editor.notice.text()
    qtbot.keyClick(editor, Qt.Key.Key_Escape)
    assert editor.isVisible()
    press(editor.actions_row.revert, qtbot)
    assert editor.panel.form.label.text() == "IS"
    qtbot.keyClick(editor, Qt.Key.Key_Escape)
    assert not editor.isVisible()


def test_a_refusal_leaves_what_was_typed(editor: VocabularyEditor, settled: Settled, qtbot) -> None:
    retype(editor.panel.form.label, "ypg", qtbot)
    with qtbot.waitSignal(editor._session.failed) as failed:
        press(editor.actions_row.apply, qtbot)
    settled(editor._session)
    assert "called “YPG”" in str(failed.args[0])
    assert editor.panel.form.label.text() == "ypg"


def test_a_term_is_added_and_shown(editor: VocabularyEditor, settled: Settled, ask: Ask, qtbot) -> None:
    press(editor.actions_row.add, qtbot)
    dialog = child(editor, AddTermDialog)
    press(dialog.agree, qtbot)
    assert dialog.problem.text() == "Please give a name."
    qtbot.keyClicks(dialog.label, "Ahrar al-Sham")
    assert dialog.code.placeholderText() == "ahrar_al_sham"
    dialog.under.click()
    qtbot.keyClick(dialog.label, Qt.Key.Key_Return)
    settled(editor._session)
    assert ask(lambda archive: archive.vocabulary("holder").get("ahrar_al_sham").parent) == "is"
    assert editor.panel.code == "ahrar_al_sham"


def test_terms_are_merged_after_a_look(editor: VocabularyEditor, settled: Settled, ask: Ask, qtbot) -> None:
    press(editor.actions_row.merge, qtbot)
    chooser = child(editor, TermChooser)
    assert not chooser.agree.isEnabled()
    qtbot.keyClicks(chooser.terms.search, "isil")
    qtbot.keyClick(chooser.terms.search, Qt.Key.Key_Return)
    press(chooser.agree, qtbot)
    settled(editor._session)
    assert shown(editor) == [("isil", "2"), ("ypg", "")]
    assert editor.panel.code == "isil"
    assert editor.panel.form.aliases.toPlainText() == "IS"
    assert editor.notice.text() == "Merged: 2 records changed"
    assert ask(lambda archive: archive.undo_label) == "Merge holder “IS” into “ISIL”"


def test_terms_are_moved_put_under_another_and_removed(
    editor: VocabularyEditor, settled: Settled, ask: Ask, qtbot
) -> None:
    row = editor.actions_row
    press(row.down, qtbot)
    settled(editor._session)
    assert [code for code, _ in shown(editor)] == ["isil", "is", "ypg"]
    assert editor.panel.code == "is"
    press(row.up, qtbot)
    settled(editor._session)
    press(editor.panel.form.above, qtbot)
    chooser = child(editor, TermChooser)
    chooser.terms.go_to("ypg")
    press(chooser.agree, qtbot)
    press(row.apply, qtbot)
    settled(editor._session)
    assert ask(lambda archive: archive.vocabulary("holder").get("is").parent) == "ypg"
    press(editor.panel.form.above, qtbot)
    press(child(editor, TermChooser).none, qtbot)
    press(row.apply, qtbot)
    settled(editor._session)
    assert ask(lambda archive: archive.vocabulary("holder").get("is").parent) is None
    editor.terms.go_to("isil")
    press(row.remove, qtbot)
    settled(editor._session)
    assert "isil" not in ask(lambda archive: archive.vocabulary("holder"))


def test_a_list_goes_out_and_comes_in_as_a_table(
    editor: VocabularyEditor, settled: Settled, ask: Ask, tmp_path: Path
) -> None:
    tables = editor.actions_row.tables
    tables.export_to(tmp_path / "holders.csv")
    settled(editor._session)
    assert editor.notice.text().startswith("Exported 3 terms to ")
    text = (tmp_path / "holders.csv").read_text("utf-8").replace("YPG", "People's Protection Units")
    (tmp_path / "holders.csv").write_text(text + "pesh,,Peshmerga\n", "utf-8")
    tables.take(tmp_path / "holders.csv", replacing=False)
    settled(editor._session)
    assert editor.notice.text() == "Imported: 1 added, 1 changed"
    assert [code for code, _ in shown(editor)] == ["is", "isil", "ypg", "pesh"]


def test_files_are_asked_for(editor: VocabularyEditor, settled: Settled, ask: Ask, tmp_path: Path, qtbot) -> None:
    row = editor.actions_row
    press(row.write_out, qtbot)
    chooser = row.tables.file_dialog
    assert chooser is not None
    chooser.setDirectory(str(tmp_path))
    chooser.selectFile("out")
    chooser.accept()
    settled(editor._session)
    assert (tmp_path / "out.csv").is_file()
    (tmp_path / "new.csv").write_text("code,label\nnew,New\n")
    row.replacing.trigger()
    chooser = row.tables.file_dialog
    chooser.setDirectory(str(tmp_path))
    chooser.selectFile("new.csv")
    chooser.accept()
    settled(editor._session)
    assert [term.code for term in ask(lambda archive: archive.vocabulary("holder")) if not term.retired] == ["new"]


def test_a_list_that_the_program_rests_on_is_only_renamed_and_ordered(editor: VocabularyEditor) -> None:
    open_list(editor, "status")
    row, form = editor.actions_row, editor.panel.form
    assert not any(
        one.isEnabled() for one in (row.add, row.merge, row.remove, form.retired, form.standards, form.above)
    )
    assert all(one.isEnabled() for one in (row.up, row.down, form.label, form.aliases, form.names))


def test_a_model_shows_its_facts_and_the_unchecked_ones_say_so(editor: VocabularyEditor, settled: Settled) -> None:
    open_list(editor, "weapon_model")
    editor.terms.go_to("ak-63")
    settled(editor._session)
    facts = shipped.models()["ak-63"].facts
    table = editor.panel.facts.table.model()
    assert table.rowCount() == len(facts)
    sources = [table.index(row, 5).data() for row in range(table.rowCount())]
    assert [source == "unchecked" for source in sources] == [fact.unchecked for fact in facts]
    assert f"{len(facts)} facts, {sum(fact.unchecked for fact in facts)} of them unchecked" in (
        editor.panel.facts.words.text()
    )
    words = [table.index(row, 1).data() for row in range(table.rowCount())]
    assert "Hungary" in words
    assert not editor.panel.form.label.isVisible()


def test_a_fact_is_added_changed_and_removed(editor: VocabularyEditor, settled: Settled, ask: Ask, qtbot) -> None:
    open_list(editor, "weapon_model")
    editor.terms.go_to("ak-63")
    settled(editor._session)
    panel = editor.panel.facts
    press(panel.add, qtbot)
    dialog = child(editor, FactDialog)
    dialog.value.setEditText("Iraq")
    press(dialog.agree, qtbot)
    assert "how it is known" in dialog.problem.text()
    qtbot.keyClicks(dialog.source, "https://example.org/1")
    qtbot.keyClicks(dialog.years, "1980/..")
    press(dialog.agree, qtbot)
    settled(editor._session)
    made = Fact("manufacture", "IRQ", years="1980/..", source="https://example.org/1")
    assert made in ask(lambda archive: model_library.facts_of(archive, "ak-63"))

    row = next(row for row in range(panel.model.rowCount()) if panel.model.fact(panel.model.index(row, 0)) == made)
    assert panel.model.index(row, 5).data() == "example.org"
    panel.table.selectRow(row)
    press(panel.change, qtbot)
    dialog = child(editor, FactDialog)
    assert dialog.value.currentText() == "Iraq"
    retype(dialog.years, "1981", qtbot)
    press(dialog.agree, qtbot)
    settled(editor._session)
    panel.table.selectRow(row)
    assert panel.fact == Fact("manufacture", "IRQ", years="1981", source="https://example.org/1")
    press(panel.drop, qtbot)
    settled(editor._session)
    assert ask(lambda archive: model_library.facts_of(archive, "ak-63")) == shipped.models()["ak-63"].facts


def test_a_value_that_means_nothing_is_said_in_the_dialog(editor: VocabularyEditor, qtbot) -> None:
    dialog = FactDialog(editor.vocabularies)
    qtbot.addWidget(dialog)
    dialog.show()
    for kind, shows in (("name", "language"), ("manufacture", "production"), ("calibre", "")):
        dialog.kind.setCurrentIndex(dialog.kind.findData(kind))
        assert dialog.language.isVisible() == (shows == "language")
        assert dialog.production.isVisible() == (shows == "production")
    dialog.kind.setCurrentIndex(dialog.kind.findData("design"))
    dialog.value.setEditText("Hungray")
    dialog.source.setText("me")
    press(dialog.agree, qtbot)
    assert "did you mean Hungary" in dialog.problem.text()


def test_a_model_is_added_with_its_type_and_source(editor: VocabularyEditor, settled: Settled, ask: Ask, qtbot) -> None:
    open_list(editor, "weapon_model")
    settled(editor._session)
    press(editor.actions_row.add, qtbot)
    dialog = child(editor, AddTermDialog)
    qtbot.keyClicks(dialog.label, "Zulu-1")
    qtbot.keyClicks(dialog.type, "assault")
    qtbot.keyClicks(dialog.source, "me")
    press(dialog.agree, qtbot)
    assert "did you mean" in dialog.problem.text()
    retype(dialog.type, "SA.RIF.AUT", qtbot)
    press(dialog.agree, qtbot)
    settled(editor._session)
    assert ask(lambda archive: archive.weapon_models.get("zulu-1").attributes["type"]) == "SA.RIF.AUT"
    assert editor.panel.code == "zulu-1"


def test_a_newer_library_is_offered(
    editor: VocabularyEditor, settled: Settled, monkeypatch: pytest.MonkeyPatch, qtbot
) -> None:
    monkeypatch.setattr(shipped, "models_version", lambda: "later")
    assert not editor.actions_row.update.isVisible()
    open_list(editor, "weapon_model")
    settled(editor._session)
    press(editor.actions_row.update, qtbot)
    settled(editor._session)
    assert not editor.actions_row.update.isVisible()


def test_a_read_only_archive_is_shown_and_nothing_in_it_can_be_changed(
    editor: VocabularyEditor, archive_folder: Path, settled: Settled, qtbot
) -> None:
    reader = Session(Settings(actor="Second"))
    with qtbot.waitSignal(reader.opened):
        reader.open(archive_folder)
    settled(reader)
    second = VocabularyEditor(reader, start="holder")
    qtbot.addWidget(second)
    second.show()
    settled(reader)
    row, form = second.actions_row, second.panel.form
    assert form.label.text() == "IS"
    changing_buttons = (row.add, row.up, row.down, row.merge, row.remove, row.take_in, row.undo, row.apply)
    assert not any(one.isEnabled() for one in (*changing_buttons, form.label, form.aliases, form.retired))
    assert row.write_out.isEnabled()
    assert "reading only" in second.notice.text()
    open_list(second, "weapon_model")
    settled(reader)
    assert not second.panel.facts.add.isEnabled()
    reader.close()
    assert not second.isVisible()


def test_delete_empties_a_cell_and_every_field_has_a_name(editor: VocabularyEditor, qtbot) -> None:
    open_list(editor, "country")
    names = editor.panel.form.names
    names.setFocus()
    names.setCurrentCell(0, 1, QItemSelectionModel.SelectionFlag.ClearAndSelect)
    held = dict(names.pairs)
    qtbot.keyClick(names, Qt.Key.Key_Delete)
    assert len(names.pairs) == len(held) - 1
    editor.revert()
    for field in (*editor.findChildren(QLineEdit), *editor.findChildren(QTableWidget)):
        if field.isVisible():
            assert field.accessibleName(), field


def test_the_menu_opens_it_by_its_key(window: MainWindow, settled: Settled, qtbot) -> None:
    held = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_V, held)
    qtbot.waitUntil(lambda: bool(window.findChildren(VocabularyEditor)))
    settled(window.session)
    window.findChildren(VocabularyEditor)[0].reject()
