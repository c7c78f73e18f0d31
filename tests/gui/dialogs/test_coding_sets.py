"""Blind coding in the window: making sets, closing, agreement, and settling what the coders differ in."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt

from core import describing, looking, tagging
from core.archive import Archive
from core.blind_coding import double_coding
from core.claims import Identification
from core.records import Filter, ImageId, Query, Sighting
from core.store import claims
from core.tagging import Tag
from gui import operations
from gui.dialogs.coding_sets import CodingSetsDialog
from gui.dialogs.new_coding_set import NewCodingSetDialog
from gui.models.covering import cover_of
from gui.session import Session
from gui.style import Appearance
from tests.core.library import add_models

Ask = Callable[[Callable[[Archive], Any]], Any]
Settled = Callable[[Session], None]
SET = "Pilot"


def as_(session: Session, settled: Settled, who: str, act: Callable[[Archive], Any]) -> None:
    """Do something as somebody else, through the window's own writer."""

    def run(archive: Archive, _job: object) -> None:
        before, archive.actor = archive.actor, who
        try:
            act(archive)
        finally:
            archive.actor = before

    session.write("", run)
    settled(session)


def tag(image_id: int, said: Tag) -> Callable[[Archive], Any]:
    return lambda archive: tagging.tag(archive, [ImageId(image_id)], said)


def close(archive: Archive) -> None:
    double_coding.close(archive, SET)


@pytest.fixture
def made(session: Session, settled: Settled, appearance: Appearance) -> None:
    """A set of three images that Test (who has the window) and Ben code."""
    ids = [ImageId(number) for number in (1, 2, 3)]
    as_(session, settled, "Cleo", lambda archive: double_coding.make(archive, SET, ids, ["Test", "Ben"]))


@pytest.fixture
def coded(session: Session, settled: Settled, made: None) -> None:
    """Both have tagged two images, differing in the first, and closed."""
    for who, type_, country in (("Test", "SA.PIS", "HUN"), ("Ben", "SA.REV", "AUT")):
        as_(session, settled, who, tag(1, Tag(type_, manufacture=country)))
        as_(session, settled, who, tag(2, Tag("VH.TNK")))
        as_(session, settled, who, close)


def opened(session: Session, settled: Settled, qtbot, ids: tuple[int, ...] = ()) -> CodingSetsDialog:
    dialog = CodingSetsDialog(session, [ImageId(one) for one in ids])
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.activateWindow()
    settled(session)
    settled(session)
    return dialog


def row(table: Any, number: int) -> list[str]:
    return [table.item(number, column).text() for column in range(table.columnCount())]


def shown(ask: Ask, image_id: int) -> tuple[Sighting, ...]:
    return ask(lambda archive: looking.summaries(archive, [ImageId(image_id)])[0].sightings)  # type: ignore[no-any-return]


@pytest.mark.usefixtures("appearance")
def test_without_sets_it_says_what_they_are_for(session: Session, settled: Settled, qtbot) -> None:
    dialog = opened(session, settled, qtbot)
    assert "neither seeing what the other says" in dialog.words.text()
    assert not any(one.isEnabled() for one in (dialog.new, dialog.show_images, dialog.close_own))


@pytest.mark.usefixtures("appearance")
def test_a_set_is_made_from_the_selection(session: Session, settled: Settled, qtbot) -> None:
    dialog = opened(session, settled, qtbot, (1, 2))
    qtbot.mouseClick(dialog.new, Qt.MouseButton.LeftButton)
    asked = dialog.findChild(NewCodingSetDialog)
    assert asked.first.text() == "Test"
    asked.name.setText(SET)
    qtbot.keyClick(asked.name, Qt.Key.Key_Return)
    settled(session)
    assert "two coders" in asked.problem.text()  # and what was typed is still there
    asked.second.setText("Ben")
    qtbot.keyClick(asked.name, Qt.Key.Key_Return)
    settled(session)
    settled(session)
    assert row(dialog.sets, 0) == [SET, "2", "Test (at work), Ben (at work)", "yours: 0 of 2 tagged"]


@pytest.mark.usefixtures("made")
def test_a_coder_sees_the_own_progress_and_nothing_of_the_other(session: Session, settled: Settled, qtbot) -> None:
    as_(session, settled, "Ben", tag(1, Tag("IM.CRA", note="zeppelinesque")))
    operations.tag(session, [ImageId(2)], Tag("SA.PIS"))
    settled(session)
    dialog = opened(session, settled, qtbot)
    assert row(dialog.sets, 0)[3] == "yours: 1 of 3 tagged"
    assert not dialog.agreement.isVisible()
    assert session.state.undo_label == "Tag 1 image: in a blind coding"


@pytest.mark.usefixtures("made")
def test_closing_the_own_coding_waits_for_the_other(session: Session, settled: Settled, qtbot) -> None:
    dialog = opened(session, settled, qtbot)
    qtbot.mouseClick(dialog.close_own, Qt.MouseButton.LeftButton)
    settled(session)
    settled(session)
    assert row(dialog.sets, 0)[2:] == ["Test (closed), Ben (at work)", "waits for Ben"]
    assert not dialog.close_own.isEnabled()
    as_(session, settled, "Ben", close)
    settled(session)
    assert row(dialog.sets, 0)[3] == "0 of 3 settled"
    assert dialog.agreement.isVisible()


@pytest.mark.usefixtures("made")
def test_the_images_of_a_set_are_one_press_away(session: Session, settled: Settled, qtbot) -> None:
    dialog = opened(session, settled, qtbot)
    qtbot.mouseClick(dialog.show_images, Qt.MouseButton.LeftButton)
    assert session.query == Query(filters=(Filter("set", SET),))
    assert not dialog.isVisible()


@pytest.mark.usefixtures("coded")
def test_agreement_is_a_table_of_figures_and_words(session: Session, settled: Settled, qtbot) -> None:
    dialog = opened(session, settled, qtbot)
    table = dialog.agreement.table
    assert row(table, 0) == ["Number of weapons", "3", "3", "100.0", "1.000", "full agreement", ""]
    assert row(table, 1)[:6] == ["Weapon type", "2", "1", "50.0", "0.333", "better than chance"]
    assert row(table, 1)[6] == "1 × self-loading pistol / revolver"
    assert row(table, 2)[3:6] == ["–", "–", "undefined"]
    assert table.item(2, 4).toolTip().startswith("Kappa is undefined")
    assert dialog.agreement.rule.text().startswith("Test and Ben coded 3 images blind")


@pytest.mark.usefixtures("coded")
def test_what_both_agree_on_is_settled_together(session: Session, settled: Settled, ask: Ask, qtbot) -> None:
    dialog = opened(session, settled, qtbot)
    assert dialog.settle_agreed.text() == "Settle the 2 images on which both agree"
    qtbot.mouseClick(dialog.settle_agreed, Qt.MouseButton.LeftButton)
    settled(session)
    settled(session)
    assert [one.identification.type for one in shown(ask, 2) if one.identification] == ["VH.TNK"]
    assert row(dialog.sets, 0)[3] == "2 of 3 settled"
    assert dialog.settle_agreed.isHidden()


@pytest.mark.usefixtures("coded")
def test_a_disagreement_is_settled_by_keys_alone(session: Session, settled: Settled, ask: Ask, qtbot) -> None:
    dialog = opened(session, settled, qtbot)
    dialog.tabs.setCurrentWidget(dialog.queue)
    queue = dialog.queue
    table = queue.table
    table.setFocus()
    assert row(table, 0) == ["All of it", "1 weapon", "1 weapon"]
    assert row(table, 1) == ["Weapon type", "self-loading pistol", "revolver"]
    qtbot.keyClick(table, Qt.Key.Key_Return)  # nothing is chosen yet
    assert table.hasFocus()
    qtbot.keyClick(table, Qt.Key.Key_1)
    assert row(table, 1)[1] == "✓ self-loading pistol"
    made_in = next(number for number in range(table.rowCount()) if row(table, number)[0] == "Country of manufacture")
    table.setCurrentCell(made_in, 0)
    qtbot.keyClick(table, Qt.Key.Key_2)
    assert row(table, made_in)[1:] == ["Hungary", "✓ Austria"]
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert queue.reason.hasFocus()
    qtbot.keyClicks(queue.reason, "proof mark")
    qtbot.keyClick(queue.reason, Qt.Key.Key_Return)
    settled(session)
    settled(session)
    (sighting,) = shown(ask, 1)
    assert sighting.countries("manufacture") == ("AUT",)
    held = ask(lambda archive: claims.of_sightings(archive.db, Identification, [sighting.id])[sighting.id])
    assert [(one.type, one.author, one.preferred) for one in held] == [
        ("SA.PIS", "Test", True), ("SA.REV", "Ben", False),
    ]  # fmt: skip
    assert queue.progress.text() == "There is nothing left on which the coders differ."
    assert not queue.settle.isEnabled()


@pytest.mark.usefixtures("made")
def test_fields_of_an_identification_are_chosen_apart_and_a_model_brings_its_type(
    session: Session, settled: Settled, ask: Ask, qtbot
) -> None:
    as_(session, settled, "Ben", add_models)
    as_(session, settled, "Test", tag(1, Tag("SA.RIF", certainty="certain")))
    as_(session, settled, "Ben", tag(1, Tag(model="akm", certainty="possible")))
    for who in ("Test", "Ben"):
        as_(session, settled, who, close)
    dialog = opened(session, settled, qtbot)
    dialog.tabs.setCurrentWidget(dialog.queue)
    table = dialog.queue.table
    named = {row(table, number)[0]: number for number in range(table.rowCount())}
    table.setCurrentCell(named["Model"], 0)
    qtbot.keyClick(table, Qt.Key.Key_2)
    ticked = [name for name, number in named.items() if row(table, number)[2].startswith("✓")]
    assert ticked == ["Weapon type", "Model", "Level of identification"]
    assert not dialog.queue.settle.isEnabled()
    table.setCurrentCell(named["Certainty"], 0)
    qtbot.keyClick(table, Qt.Key.Key_1)
    dialog.queue.reason.setText("front sight")
    qtbot.mouseClick(dialog.queue.settle, Qt.MouseButton.LeftButton)
    settled(session)
    settled(session)
    (sighting,) = shown(ask, 1)
    said = sighting.identification
    assert said is not None
    assert (said.model, said.certainty, said.author) == ("akm", "certain", "Ben")


@pytest.mark.usefixtures("coded")
def test_skipping_decides_nothing(session: Session, settled: Settled, ask: Ask, qtbot) -> None:
    dialog = opened(session, settled, qtbot)
    dialog.tabs.setCurrentWidget(dialog.queue)
    qtbot.keyClick(dialog.queue.table, Qt.Key.Key_2)
    qtbot.keyClick(dialog.queue.table, Qt.Key.Key_S)
    settled(session)
    assert shown(ask, 1) == ()
    assert row(dialog.queue.table, 1)[2] == "revolver"
    assert not dialog.queue.settle.isEnabled()


@pytest.mark.usefixtures("coded")
def test_a_graphic_picture_is_seen_while_b_is_held_in_the_table(session: Session, settled: Settled, qtbot) -> None:
    def graphic(archive: Archive) -> None:
        describing.mark_sensitive(archive, [ImageId(1)], "graphic_violence")

    as_(session, settled, "Test", graphic)
    dialog = opened(session, settled, qtbot)
    queue = dialog.queue
    dialog.tabs.setCurrentWidget(queue)
    queue.table.setFocus()
    covered = queue.picture.pixmap().toImage()
    qtbot.keyPress(queue.table, Qt.Key.Key_B)
    seen = queue.picture.pixmap().toImage()
    assert covered == cover_of(seen)
    assert seen != covered
    qtbot.keyRelease(queue.table, Qt.Key.Key_B)
    qtbot.waitUntil(lambda: queue.picture.pixmap().toImage() == covered)
    session.change_settings(cover_graphic=False)
    assert queue.picture.pixmap().toImage() == seen
