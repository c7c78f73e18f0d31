"""The cards of sightings: rivals, what the model allows, crops, details, readings that fit, and nothing for readers."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit

from core import physical_weapons
from core.archive import Archive
from core.claims import Marking, Origin
from core.records import SightingId
from gui.session import Session
from gui.style import Appearance
from gui.views.inspector import Inspector
from gui.views.sighting_card import SightingCard
from tests.gui.conftest import settle
from tests.gui.views.cards.gestures import keyed, rows

Ask = Callable[[Callable[[Archive], Any]], Any]
Rest = Callable[[], None]


def test_rivals_stand_below_the_preferred_claim_with_who_said_so(card: SightingCard) -> None:
    assert rows(card)[:2] == ["AKM, probable", "self-loading rifle, possible, by silhouette"]
    preferred, rival = card.claims.rows[:2]
    assert preferred.by.text().split("\n")[-1].startswith("Test, 20")
    assert rival.by.text().startswith("rival · Grace, 20")
    assert (preferred.prefer.isVisible(), rival.prefer.isVisible()) == (False, True)


def test_a_rival_is_preferred_by_the_keyboard_in_one_step(card: SightingCard, rest: Rest, now, qtbot) -> None:
    rival = card.claims.rows[1]
    rival.prefer.setFocus()
    qtbot.keyClick(rival.prefer, Qt.Key.Key_Space)
    rest()
    assert now(1).sighting.identification.type == "SA.RIF.SL"
    assert rows(card)[:2] == ["self-loading rifle, possible, by silhouette", "AKM, probable"]
    assert card.words.text().startswith("self-loading rifle, possible")
    assert card.claims.rows[0].edit.hasFocus()


def test_a_claim_is_removed_and_its_rival_comes_forward(card: SightingCard, rest: Rest, now, qtbot) -> None:
    qtbot.mouseClick(card.claims.rows[0].remove, Qt.MouseButton.LeftButton)
    rest()
    assert [claim.type for claim in now(1).claimed.identifications] == ["SA.RIF.SL"]
    assert rows(card)[0] == "self-loading rifle, possible, by silhouette"


def test_what_the_model_allows_is_possible_until_it_is_claimed(card: SightingCard, rest: Rest, now, qtbot) -> None:
    shown = {row.words.text(): row for row in card.claims.possible}
    assert sorted(shown) == [
        "designed in Soviet Union: possible, from the model",
        "made in Hungary: possible, from the model, unchecked",
        "made in Soviet Union: possible, from the model, unchecked",
    ]
    qtbot.mouseClick(shown["made in Hungary: possible, from the model, unchecked"].claim, Qt.MouseButton.LeftButton)
    rest()
    (origin,) = now(1).claimed.origins
    assert (origin.role, origin.countries, origin.certainty, origin.bases) == (
        "manufacture", ("HUN",), "possible", ("model_reference",),
    )  # fmt: skip
    assert [row.words.text() for row in card.claims.possible] == ["designed in Soviet Union: possible, from the model"]


def test_the_keys_go_to_the_claim_that_a_possible_origin_became(card: SightingCard, rest: Rest, qtbot) -> None:
    possible = card.claims.possible[-1]
    possible.claim.setFocus()
    qtbot.keyClick(possible.claim, Qt.Key.Key_Space)
    rest()
    made = next(row for row in card.claims.rows if isinstance(row.claim, Origin))
    assert made.edit.hasFocus()


def test_tab_goes_through_a_card_from_its_top_to_its_end_and_on_to_the_image(
    inspector: Inspector, card: SightingCard, qtbot
) -> None:
    preferred, rival, marking = card.claims.rows
    card.setFocus()
    for stop in (
        card.certainty, card.similar, card.duplicate, card.remove,
        preferred.edit, preferred.remove, rival.prefer, rival.edit, rival.remove, marking.shows[0],
        marking.edit, marking.remove, *(row.claim for row in card.claims.possible),
        card.claims.add, card.more, card.note, card.review.toggle,
        inspector.tags.add, inspector.tags.status, inspector.tags.notes,
    ):  # fmt: skip
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        assert stop.hasFocus(), stop.accessibleName()


def test_a_checked_and_an_unchecked_possible_origin_do_not_look_alike(card: SightingCard) -> None:
    checked, unchecked = (
        next(row for row in card.claims.possible if row.origin.checked is wanted) for wanted in (True, False)
    )
    edges = []
    for row in (checked, unchecked):
        image = row.grab().toImage()
        edges.append([image.pixelColor(x, 0).name() for x in range(10, image.width() - 10)])
    dark = [sum(colour != "#f7f7f5" for colour in edge) for edge in edges]
    assert dark[0] > 1.5 * dark[1] > 0


def test_the_region_is_shown_large_and_without_one_there_is_nothing(
    inspector: Inspector, card: SightingCard, session: Session, rest: Rest, qtbot
) -> None:
    assert card.crop.isVisible()
    assert card.crop.image is not None
    assert card.crop.image.size().toTuple() == (100, 60)
    assert card.crop.height() >= 120
    session.look_at(2)
    rest()
    assert not inspector.tags.cards[0].crop.isVisible()


def test_the_crop_comes_to_rest_at_every_height_of_the_panel(inspector: Inspector, card: SightingCard) -> None:
    window = inspector.window()
    content = card.sizeHint().height()
    for height in range(content, content + 300, 2):
        window.resize(320, height)
        QApplication.processEvents()  # a scroll bar that comes and goes for ever would never return
        assert 0 < card.crop.height() <= 220
    assert inspector.tags.cards == [card]


def test_details_are_typed_and_kept_at_once(card: SightingCard, rest: Rest, now, qtbot) -> None:
    card.more.setFocus()
    qtbot.keyClick(card.more, Qt.Key.Key_Space)
    assert card.details is not None
    keyed(card.details.terms["context"], "laid", qtbot)
    quantity = card.details.texts["quantity"]
    qtbot.keyClicks(quantity, "3")
    qtbot.keyClick(quantity, Qt.Key.Key_Return)
    rest()
    keyed(card.details.terms["quantity_basis"], "at least", qtbot)
    qtbot.keyClicks(card.details.texts["accessories"], "sling")
    qtbot.keyClick(card.details.texts["accessories"], Qt.Key.Key_Return)
    rest()
    held = now(1).sighting
    assert (held.context, held.quantity, held.quantity_basis, held.accessories) == ("laid_out", 3, "at_least", "sling")
    card.more.click()
    assert card.summary.isVisible()
    assert card.summary.text() == "context: laid out · quantity: 3, at least · sling"


def test_a_detail_that_cannot_be_is_told_under_the_fields(card: SightingCard, rest: Rest, now, qtbot) -> None:
    card.more.click()
    assert card.details is not None
    quantity = card.details.texts["quantity"]
    qtbot.keyClicks(quantity, "many")
    qtbot.keyClick(quantity, Qt.Key.Key_Return)
    assert card.details.problem.text() == "A quantity is a whole number from 1 to 1,000,000."
    keyed(card.details.terms["quantity_basis"], "exact", qtbot)
    rest()
    assert card.details.problem.text() == "A basis of a quantity needs the quantity."
    assert now(1).sighting.quantity_basis == ""


def test_a_name_says_which_physical_weapon_it_is(card: SightingCard, rest: Rest, now, ask: Ask, qtbot) -> None:
    card.more.click()
    assert card.details is not None
    weapon = card.details.texts["weapon"]
    qtbot.keyClicks(weapon, "rif")
    qtbot.keyClick(weapon, Qt.Key.Key_Down)
    qtbot.keyClick(weapon, Qt.Key.Key_Return)
    rest()
    assert weapon.text() == "rifle 7"
    assert now(1).weapon == now(2).weapon
    assert [one.sightings for one in ask(physical_weapons.weapons)] == [2]
    weapon.selectAll()
    qtbot.keyClicks(weapon, "rif")
    qtbot.keyClick(weapon, Qt.Key.Key_Return)
    rest()
    assert [one.label for one in ask(physical_weapons.weapons)] == ["rifle 7", "rif"]
    weapon.clear()
    qtbot.keyClick(weapon, Qt.Key.Key_Return)
    rest()
    assert now(1).weapon is None


def test_a_reading_that_fits_another_names_that_image_and_shows_it(
    inspector: Inspector, card: SightingCard, qtbot
) -> None:
    row = next(row for row in card.claims.rows if isinstance(row.claim, Marking))
    texts = [label.text() for label in row.findChildren(type(row.words))]
    assert any(text.startswith("It can be the same as “12345”, read on ") for text in texts)
    (show,) = row.shows
    with qtbot.waitSignal(inspector.image_wanted) as told:
        qtbot.mouseClick(show, Qt.MouseButton.LeftButton)
    assert told.args == [2]


def test_a_card_stays_as_it_is_while_others_come_and_go(
    inspector: Inspector, card: SightingCard, session: Session, rest: Rest, qtbot
) -> None:
    card.more.click()
    qtbot.mouseClick(card.duplicate, Qt.MouseButton.LeftButton)
    rest()
    assert inspector.tags.cards[0] is card
    assert len(inspector.tags.cards) == 2
    qtbot.mouseClick(inspector.tags.cards[1].remove, Qt.MouseButton.LeftButton)
    rest()
    assert inspector.tags.cards == [card]
    assert card.details is not None
    assert card.details.isVisible()


def test_in_an_archive_open_for_reading_nothing_can_be_edited(
    said: SightingId, empty_session: Session, archive_folder: Path, appearance: Appearance, qtbot
) -> None:
    with Archive.open(archive_folder):
        with qtbot.waitSignal(empty_session.opened):
            empty_session.open(archive_folder)
        assert empty_session.read_only
        window = Inspector(empty_session)
        qtbot.addWidget(window)
        window.resize(320, 900)
        window.show()
        empty_session.look_at(1)
        settle(qtbot, empty_session)
        card = window.tags.cards[0]
        card.more.click()
        assert card.details is not None
        assert all(field.isReadOnly() for field in card.findChildren(QLineEdit))
        assert card.note.isReadOnly()
        usable = [one for one in card.findChildren(QAbstractButton) if one.isVisible() and one.isEnabled()]
        shows = [show for row in card.claims.rows for show in row.shows]
        assert set(usable) == {*shows, card.more, card.similar}  # asking changes nothing
        assert not card.certainty.isEnabled()
        empty_session.close()
