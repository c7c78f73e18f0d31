"""The inspector: what it shows of one image and of many, and what is changed in it."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from core import duplicates, looking, tagging
from core.archive import Archive
from core.looking import Detail
from core.records import ImageId, Match, Place
from core.tagging import Tag
from gui import operations
from gui.models.subject import Other
from gui.session import Session
from gui.style import LIGHT, Appearance
from gui.views.inspector import Inspector
from gui.views.inspector_file import file_html

Ask = Callable[[Callable[[Archive], Any]], Any]
Rest = Callable[[], None]


@pytest.fixture
def rest(session: Session, settled: Callable[[Session], None]) -> Rest:
    """Waits until all is answered and done."""
    return partial(settled, session)


@pytest.fixture
def inspector(session: Session, rest: Rest, appearance: Appearance, qtbot) -> Iterator[Inspector]:
    """An inspector in a window with another field to give the keys to; nothing is selected."""
    window = QWidget()
    qtbot.addWidget(window)
    layout = QVBoxLayout(window)
    made = Inspector(session)
    layout.addWidget(made)
    layout.addWidget(QLineEdit(window, objectName="elsewhere"))
    window.resize(320, 700)
    window.show()
    window.activateWindow()
    rest()
    yield made
    window.close()


def elsewhere(inspector: Inspector) -> QWidget:
    found = inspector.window().findChild(QLineEdit, "elsewhere")
    assert found is not None
    return found


def detail(ask: Ask, image_id: int) -> Detail:
    found = ask(lambda archive: looking.detail(archive, ImageId(image_id)))
    assert found is not None
    return found


def named(ask: Ask, name: str) -> ImageId:
    every = ask(lambda archive: looking.members(archive, [ImageId(number) for number in range(1, 10)]))
    return next(one.image_id for one in every if one.name == name)


def join(archive: Archive, *ids: int) -> None:
    """Decide that each of these images shows the same picture as the next one."""
    shas = [one.sha256 for one in looking.members(archive, [ImageId(number) for number in ids])]
    for a, b in pairwise(shas):
        duplicates.decide(archive, from_sha256=a, to_sha256=b, verdict="same_picture")


def test_a_sighting_reads_as_a_sentence(inspector: Inspector, session: Session, rest: Rest) -> None:
    said = Tag(type="SA.RIF.AUT", manufacture="HUN", design="SUHH", certainty="probable")
    operations.tag(session, [ImageId(1)], said)
    operations.tag(session, [ImageId(1)], Tag(type="VH.TNK", manufacture="POL"))
    session.look_at(1)
    rest()
    assert [card.words.text() for card in inspector.tags.cards] == [
        "assault / selective-fire rifle, probable; made in Hungary, probable; designed in Soviet Union, probable",
        "battle tank, not assessed; made in Poland, not assessed",
    ]
    assert f"photos/{inspector.title.text()}\n" in inspector.file.toPlainText()


def test_certainty_note_and_removal_are_kept_at_once(
    inspector: Inspector, session: Session, rest: Rest, ask: Ask, qtbot
) -> None:
    operations.tag(session, [ImageId(1)], Tag(type="VH.TNK", manufacture="POL"))
    session.look_at(1)
    rest()
    (card,) = inspector.tags.cards
    card.certainty.setFocus()
    qtbot.keyClick(card.certainty, Qt.Key.Key_Home)
    card.note.setFocus()
    qtbot.keyClicks(card.note, "hull number 12")
    elsewhere(inspector).setFocus()
    rest()
    (sighting,) = detail(ask, 1).sightings
    assert sighting.identification is not None
    assert (sighting.identification.certainty, sighting.origins[0].certainty) == ("certain", "certain")
    assert sighting.note == "hull number 12"
    qtbot.mouseClick(inspector.tags.cards[0].remove, Qt.MouseButton.LeftButton)
    rest()
    assert detail(ask, 1).sightings == ()
    assert inspector.tags.cards == []


def test_what_is_being_typed_is_kept_for_its_own_image_when_another_is_looked_at(
    inspector: Inspector, session: Session, rest: Rest, ask: Ask, qtbot
) -> None:
    operations.tag(session, [ImageId(1)], Tag(type="VH.TNK"))
    operations.tag(session, [ImageId(2)], Tag(type="SA.REV"))
    session.look_at(1)
    rest()
    inspector.tags.cards[0].note.setFocus()
    qtbot.keyClicks(inspector.tags.cards[0].note, "of the tank")
    inspector.tags.notes.setFocus()
    qtbot.keyClicks(inspector.tags.notes, "of image 1")
    session.look_at(2)
    rest()
    assert inspector.tags.notes.toPlainText() == ""
    assert [(one.image.notes, one.sightings[0].note) for one in (detail(ask, 1), detail(ask, 2))] == [
        ("of image 1", "of the tank"),
        ("", ""),
    ]


def test_what_is_being_typed_survives_a_change_from_elsewhere(
    inspector: Inspector, session: Session, rest: Rest, ask: Ask, qtbot
) -> None:
    session.look_at(1)
    rest()
    inspector.tags.notes.setFocus()
    qtbot.keyClicks(inspector.tags.notes, "half a sen")
    operations.set_status(session, [ImageId(1)], "reviewed")
    rest()
    assert inspector.tags.status.currentData() == "reviewed"
    qtbot.keyClicks(inspector.tags.notes, "tence")
    qtbot.keyClick(inspector.tags.notes, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    rest()
    assert detail(ask, 1).image.notes == "half a sentence"


def test_status_is_set_for_one_and_for_all_selected(
    inspector: Inspector, session: Session, rest: Rest, ask: Ask, qtbot
) -> None:
    session.look_at(1)
    rest()
    qtbot.keyClick(inspector.tags.status, Qt.Key.Key_End)
    rest()
    assert detail(ask, 1).image.status == "excluded"
    session.select([2, 3])
    rest()
    assert inspector.tags.status.currentIndex() == -1
    qtbot.keyClick(inspector.tags.status, Qt.Key.Key_End)
    rest()
    assert [detail(ask, number).image.status for number in (2, 3, 4)] == ["excluded", "excluded", "new"]


def test_several_images_show_each_value_with_its_count_to_spread_or_remove(
    inspector: Inspector, session: Session, rest: Rest, ask: Ask, qtbot
) -> None:
    operations.tag(session, [ImageId(1)], Tag(type="VH.TNK", manufacture="POL"))
    session.select([1, 2, 3])
    rest()
    first, second = inspector.tags.values.rows
    assert [(row.shown.words, row.shown.share) for row in (first, second)] == [
        ("battle tank", "1 of 3"),
        ("made in Poland", "1 of 3"),
    ]
    qtbot.mouseClick(first.add, Qt.MouseButton.LeftButton)
    rest()
    assert [row.shown.share for row in inspector.tags.values.rows] == ["all 3", "1 of 3"]
    qtbot.mouseClick(inspector.tags.values.rows[1].remove, Qt.MouseButton.LeftButton)
    rest()
    assert [[claim.type for claim in (one.identification,) if claim] for one in detail(ask, 3).sightings] == [
        ["VH.TNK"]
    ]
    assert [one.origins for one in detail(ask, 1).sightings] == [()]


def test_a_tag_of_a_copy_says_whose_it_is(inspector: Inspector, session: Session, rest: Rest) -> None:
    session.write("Join", lambda archive, _: join(archive, 1, 2))
    operations.tag(session, [ImageId(1)], Tag(type="VH.TNK"))
    session.look_at(1)
    rest()
    own = inspector.title.text()
    assert not inspector.tags.cards[0].belongs.isVisible()
    session.look_at(2)
    rest()
    (card,) = inspector.tags.cards
    assert card.belongs.isVisible()
    assert own in card.belongs.text()


def test_a_verdict_is_said_of_the_image_under_whose_name_it_stands(
    inspector: Inspector, session: Session, rest: Rest, ask: Ask
) -> None:
    crop, whole = (detail(ask, number).image.facts.sha256 for number in (1, 2))
    operations.decide(session, from_sha256=crop, to_sha256=whole, verdict="crop_of", evidence="")
    inspector.tabs.setCurrentIndex(2)
    for number, said, button in ((1, "was cropped to this image", "crop of"), (2, "crop of this image", "was cropped")):
        session.look_at(number)
        rest()
        assert said in inspector.relations.rows[-1].accessibleName()
        assert button in inspector.relations.take_back[0].accessibleName()


def test_relations_show_the_group_its_chain_and_the_verdicts(
    inspector: Inspector, session: Session, rest: Rest, ask: Ask, qtbot
) -> None:
    session.write("Join", lambda archive, _: join(archive, 1, 2, 3))
    session.look_at(2)
    inspector.tabs.setCurrentIndex(2)
    rest()
    relations = inspector.relations
    words = [row.accessibleName() for row in relations.rows]
    assert len([one for one in words if "stands for the group" in one]) == 1
    assert len([one for one in words if one.endswith("same picture as this image")]) == 2
    assert len([one for one in words if "same picture as this image · " in one]) == 2
    assert relations._subject.joined_count == 1
    other = next(row for row in relations.rows if row.other.image_id != 2)
    inspector.image_wanted.connect(session.look_at)
    with qtbot.waitSignal(session.current_changed):
        qtbot.mouseClick(other, Qt.MouseButton.LeftButton)
    assert session.current == other.other.image_id
    session.look_at(2)
    rest()
    qtbot.mouseClick(relations.take_back[0], Qt.MouseButton.LeftButton)
    rest()
    assert len(ask(duplicates.decided)) == 1
    assert len(relations.take_back) == 1


def test_an_image_by_itself_says_that_nothing_is_like_it(inspector: Inspector, session: Session, rest: Rest) -> None:
    session.look_at(1)
    rest()
    assert list(inspector.relations.rows) == []
    assert not inspector.relations.review.isVisible()


def test_undecided_pairs_lead_to_their_review(
    inspector: Inspector, session: Session, rest: Rest, ask: Ask, qtbot
) -> None:
    session.look_at(1)
    rest()
    found = detail(ask, 1)
    match = Match(found.image.facts.sha256, detail(ask, 2).image.facts.sha256, "near", 3)
    subject = inspector.relations._subject
    assert subject is not None
    # What the program finds depends on the pictures; what is shown of it does not.
    other = Other(ImageId(2), "two.jpg", None)
    inspector.relations.show_subject(
        replace(subject, detail=replace(found, matches=(match,)), matches=((match, other),))
    )
    assert (
        inspector.relations.rows[0].accessibleName()
        == "two.jpg, near, not verified: perceptual hash, 3 of 64 bits differ"
    )
    with qtbot.waitSignal(inspector.review_wanted) as wanted:
        inspector.relations.review.click()
    assert wanted.args == [1]


def test_the_file_tab_shows_facts_and_why_a_file_cannot_be_decoded(
    inspector: Inspector, session: Session, rest: Rest, ask: Ask
) -> None:
    broken = named(ask, "broken.jpg")
    session.look_at(broken)
    rest()
    text = inspector.file.toPlainText()
    facts = detail(ask, broken).image.facts
    assert f"This file cannot be decoded: {facts.reason}" in text
    assert facts.sha256 in text
    assert "700 bytes" in text
    inspector.file.anchorClicked.emit(QUrl(f"copy:{facts.sha256}"))
    assert QGuiApplication.clipboard().text() == facts.sha256


def test_two_captures_of_an_image_are_both_shown(inspector: Inspector, session: Session, rest: Rest, ask: Ask) -> None:
    every = ask(lambda archive: [looking.detail(archive, ImageId(number)) for number in range(1, 8)])
    twice = next(one for one in every if len(one.captures) == 2)
    session.look_at(twice.image.id)
    rest()
    text = inspector.file.toPlainText()
    assert "Collected 2 times" in text
    assert "rifles.jpg" in text
    assert "rifles again.jpg" in text


def test_a_name_cannot_pretend_to_be_markup_or_hide_what_it_is(ask: Ask) -> None:
    found = detail(ask, 1)
    place = Place.from_bytes("<b>evil</b>\u202egpj.exe\n\x01".encode() + b"\xff")
    captures = (replace(found.captures[0], place=place),)
    text = file_html(replace(found, captures=captures), LIGHT)
    assert "&lt;b&gt;evil&lt;/b&gt;⟨U+202E⟩gpj.exe⟨U+000A⟩⟨U+0001⟩\\xff" in text


def test_when_nothing_is_selected_it_says_what_it_is_for(inspector: Inspector, session: Session, rest: Rest) -> None:
    assert inspector.title.text() == ""
    session.look_at(1)
    rest()
    session.select([1, 2])
    rest()
    assert inspector.title.text() == "2 images"
    session.select([])
    session.look_at(None)
    rest()
    assert inspector.title.text() == ""
    assert inspector.file.toPlainText() == ""


def test_nothing_can_be_changed_in_a_read_only_archive(
    empty_session: Session, archive_folder: Path, settled: Callable[[Session], None], appearance: Appearance, qtbot
) -> None:
    with Archive.open(archive_folder, actor="Test") as archive:
        tagging.tag(archive, [ImageId(1)], Tag(type="VH.TNK"))
        with qtbot.waitSignal(empty_session.opened):
            empty_session.open(archive_folder)
        inspector = Inspector(empty_session)
        qtbot.addWidget(inspector)
        inspector.show()
        empty_session.look_at(1)
        settled(empty_session)
        (card,) = inspector.tags.cards
        assert not card.remove.isEnabled()
        assert not card.certainty.isEnabled()
        assert card.note.isReadOnly()
        assert inspector.tags.notes.isReadOnly()
        assert not inspector.tags.status.isEnabled()
        assert not inspector.history.whole.undo.isEnabled()
        empty_session.close()


def test_the_history_tab_undoes_and_redoes_what_its_buttons_name(
    inspector: Inspector, session: Session, rest: Rest, ask: Ask, qtbot
) -> None:
    operations.set_status(session, [ImageId(1)], "reviewed")
    rest()
    history = inspector.history.whole
    inspector.tabs.setCurrentWidget(inspector.history)
    inspector.history.of_archive.click()
    assert history.undo.accessibleName() == "Undo: Status reviewed: 1 image"
    assert not history.redo.isEnabled()
    qtbot.mouseClick(history.undo, Qt.MouseButton.LeftButton)
    rest()
    assert detail(ask, 1).image.status == "new"
    assert history.redo.accessibleName() == "Redo: Status reviewed: 1 image"
    qtbot.mouseClick(history.redo, Qt.MouseButton.LeftButton)
    rest()
    assert detail(ask, 1).image.status == "reviewed"


def test_what_is_said_meanwhile_does_not_take_the_keys_away(inspector: Inspector, session: Session, rest: Rest) -> None:
    session.look_at(1)
    for certainty in ("possible", "probable"):
        operations.tag(session, [ImageId(1)], Tag("SA.RIF.AUT", certainty=certainty))
        elsewhere(inspector).setFocus()
        rest()
        assert inspector.tags.cards[0].claims.rows
        assert elsewhere(inspector).hasFocus()
