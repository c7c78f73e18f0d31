"""The cards of sightings: rivals, what the model allows, crops, details, readings that fit, and nothing for readers."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QVBoxLayout, QWidget

from core import identifying, looking, physical_weapons, sighted, sighting_details, tagging
from core.archive import Archive
from core.claims import Identification, Marking, Origin
from core.records import ImageId, SightingId
from core.regions import Region
from core.sighted import Sighted
from core.tagging import Tag
from gui.dialogs.claim import ClaimDialog
from gui.session import Session
from gui.style import Appearance
from gui.views.inspector import Inspector
from gui.views.sighting_card import SightingCard
from gui.views.term_field import TermField
from tests.core.library import add_models
from tests.gui.conftest import settle

Ask = Callable[[Callable[[Archive], Any]], Any]
Rest = Callable[[], None]
REGION = Region.from_pixels(80, 60, 180, 120, 320, 240)


@pytest.fixture
def said(archive_folder: Path) -> SightingId:
    """An AKM with a region and a rival by Grace in image 1; a serial is read on it and on a sighting of image 2."""
    with Archive.open(archive_folder, actor="Test") as archive:
        add_models(archive)
        (first,) = tagging.tag(archive, [ImageId(1)], Tag(model="akm", certainty="probable")).sightings
        sighting_details.set_region(archive, first, REGION)
        archive.actor = "Grace"
        rival = Identification("SA.RIF.SL", certainty="possible", bases=("silhouette",), preferred=False)
        identifying.add(archive, first, rival)
        archive.actor = "Test"
        identifying.add(archive, first, Marking("12?45", kind="serial"))
        other = sighting_details.add(archive, ImageId(2))
        identifying.add(archive, other, Marking("12345", kind="serial"))
        physical_weapons.name(archive, "rifle 7", [other])
    return first


@pytest.fixture
def session(said: SightingId, empty_session: Session, archive_folder: Path, qtbot) -> Session:
    """A session on that archive, at rest."""
    with qtbot.waitSignal(empty_session.opened):
        empty_session.open(archive_folder)
    settle(qtbot, empty_session)
    return empty_session


@pytest.fixture
def rest(session: Session, qtbot) -> Rest:
    """Waits until all is answered and done."""
    return partial(settle, qtbot, session)


@pytest.fixture
def inspector(session: Session, rest: Rest, appearance: Appearance, qtbot) -> Iterator[Inspector]:
    """An inspector that shows image 1."""
    window = QWidget()
    qtbot.addWidget(window)
    layout = QVBoxLayout(window)
    made = Inspector(session)
    layout.addWidget(made)
    window.resize(320, 900)
    window.show()
    window.activateWindow()
    session.look_at(1)
    rest()
    yield made
    window.close()


@pytest.fixture
def card(inspector: Inspector) -> SightingCard:
    """The card of the AKM."""
    return inspector.tags.cards[0]


@pytest.fixture
def now(ask: Ask) -> Callable[[int], Sighted]:
    """The first sighting of an image as the archive has it."""

    def answer(image_id: int) -> Sighted:
        def first(archive: Archive) -> Sighted:
            return sighted.sighted(archive, looking.summaries(archive, [ImageId(image_id)])[0].sightings)[0]

        return ask(first)

    return answer


def rows(card: SightingCard) -> list[str]:
    return [row.words.text() for row in card.claims.rows]


def dialogs() -> list[ClaimDialog]:
    """The dialogs that are open."""
    return [one for one in QApplication.topLevelWidgets() if isinstance(one, ClaimDialog) and one.isVisible()]


def dialog() -> ClaimDialog:
    """The one that is."""
    (found,) = dialogs()
    return found


def open_dialog(card: SightingCard, kind: type, qtbot) -> ClaimDialog:
    """Open the dialog for a claim from the button's menu."""
    action = next(one for one in card.claims.menu.actions() if one.data() is kind)
    action.trigger()
    made = dialog()
    qtbot.waitUntil(made.isVisible)
    made.activateWindow()
    return made


def keyed(field: TermField, text: str, qtbot) -> None:
    """Type into a field and take what is highlighted."""
    qtbot.keyClicks(field, text)
    qtbot.keyClick(field, Qt.Key.Key_Return)


def test_rivals_stand_below_the_preferred_claim_with_who_said_so(card: SightingCard) -> None:
    assert rows(card)[:2] == ["AKM, probable", "self-loading rifle, possible, by silhouette"]
    preferred, rival = card.claims.rows[:2]
    assert preferred.by.text().startswith("calibre: 7.62×39 mm\nTest, 20") or preferred.by.text().startswith("Test, 20")
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


def test_an_identification_is_added_by_keys_alone(card: SightingCard, rest: Rest, now, qtbot) -> None:
    made = open_dialog(card, Identification, qtbot)
    form = made.form
    qtbot.waitUntil(form.model.hasFocus)
    keyed(form.model, "m2", qtbot)
    assert form.type.placeholderText() == "heavy machine gun, as the model"
    qtbot.keyClick(form.model, Qt.Key.Key_Tab)
    assert form.type.hasFocus()
    keyed(form.bases.field, "silhou", qtbot)
    keyed(form.bases.field, "expert", qtbot)
    qtbot.keyClicks(form.features, "long barrel")
    model, reason = form.look_alikes.lines[0]
    keyed(model, "akm", qtbot)
    qtbot.keyClicks(reason, "too large")
    qtbot.keyClick(form.features, Qt.Key.Key_Return)
    rest()
    assert dialogs() == []
    claim = now(1).claimed.identifications[-1]
    assert (claim.model, claim.type, claim.preferred, claim.bases) == (
        "m2", "LW.MG.H", False, ("silhouette", "expert_opinion"),
    )  # fmt: skip
    assert (claim.features, claim.look_alikes[0].reason) == ("long barrel", "too large")
    assert "M2, not assessed, by silhouette and expert opinion" in rows(card)


def test_what_is_refused_is_told_and_can_be_mended(card: SightingCard, rest: Rest, now, qtbot) -> None:
    made = open_dialog(card, Identification, qtbot)
    keyed(made.form.model, "akm", qtbot)
    keyed(made.form.type, "revolver", qtbot)
    made.prefer.setChecked(True)
    qtbot.keyClick(made.form.type, Qt.Key.Key_Return)
    rest()
    assert made.isVisible()
    assert made.problem.text().startswith("AKM is of the type “assault / selective-fire rifle”, not “revolver”")
    made.form.type.selectAll()
    keyed(made.form.type, "assault", qtbot)
    qtbot.keyClick(made.form.type, Qt.Key.Key_Return)
    rest()
    assert dialogs() == []
    assert now(1).sighting.identification.author == "Test"
    assert [one.preferred for one in now(1).claimed.identifications] == [False, False, True]


def test_escape_gives_a_claim_up(card: SightingCard, rest: Rest, now, qtbot) -> None:
    made = open_dialog(card, Origin, qtbot)
    keyed(made.form.countries.field, "hungary", qtbot)
    qtbot.keyClick(made, Qt.Key.Key_Escape)
    rest()
    assert now(1).claimed.origins == ()


def test_an_origin_has_countries_years_and_a_maker(card: SightingCard, rest: Rest, now, qtbot) -> None:
    made = open_dialog(card, Origin, qtbot)
    for country in ("hungary", "poland", "romania"):
        keyed(made.form.countries.field, country, qtbot)
    qtbot.keyClick(made.form.countries.field, Qt.Key.Key_Backspace)
    qtbot.keyClicks(made.form.maker, "FÉG")
    qtbot.keyClicks(made.form.years, "about 1975")
    keyed(made.form.production, "licensed", qtbot)
    qtbot.keyClick(made.form.years, Qt.Key.Key_Return)
    rest()
    (origin,) = now(1).claimed.origins
    assert (origin.countries, origin.maker, origin.years, origin.production) == (
        ("HUN", "POL"), "FÉG", "1975~", "licensed",
    )  # fmt: skip
    row = next(row for row in card.claims.rows if isinstance(row.claim, Origin))
    assert row.words.text() == "made in Hungary and Poland by FÉG, not assessed"
    assert row.by.text().startswith("licensed, about 1975\nTest, ")


def test_an_own_claim_is_edited_in_place_and_anothers_is_claimed_otherwise(
    card: SightingCard, rest: Rest, now, qtbot
) -> None:
    own, theirs = card.claims.rows[:2]
    qtbot.mouseClick(own.edit, Qt.MouseButton.LeftButton)
    made = dialog()
    assert made.windowTitle() == "Change the identification"
    qtbot.keyClicks(made.form.variant, "S")
    qtbot.keyClick(made.form.variant, Qt.Key.Key_Return)
    rest()
    assert [(one.variant, one.author) for one in now(1).claimed.identifications] == [("S", "Test"), ("", "Grace")]
    theirs = card.claims.rows[1]
    qtbot.mouseClick(theirs.edit, Qt.MouseButton.LeftButton)
    made = dialog()
    assert made.windowTitle() == "Add an identification"
    assert made.form.type.text() == "self-loading rifle"
    qtbot.keyClicks(made.form.calibre, "7.62 mm")
    qtbot.keyClick(made.form.calibre, Qt.Key.Key_Return)
    rest()
    assert [(one.calibre, one.author) for one in now(1).claimed.identifications][1:] == [
        ("", "Grace"), ("7.62 mm", "Test"),
    ]  # fmt: skip


def test_a_marking_and_an_acquisition_are_added(card: SightingCard, rest: Rest, now, qtbot) -> None:
    made = open_dialog(card, Marking, qtbot)
    qtbot.keyClicks(made.form.reading, "77*")
    keyed(made.form.kind, "lot", qtbot)
    qtbot.keyClick(made.form.reading, Qt.Key.Key_Return)
    rest()
    assert [(one.text, one.kind) for one in now(1).claimed.markings] == [("12?45", "serial"), ("77*", "lot")]
    made = open_dialog(card, next(iter(card_kinds(card))), qtbot)
    keyed(made.form.route, "re-export", qtbot)
    for step, line in ((("Serbia", "United Kingdom"), 0), (("United Kingdom", "Iraq"), 1)):
        fields = made.form.transfers.lines[line]
        qtbot.keyClicks(fields["from_party"], step[0])
        qtbot.keyClicks(fields["to_party"], step[1])
    qtbot.keyClicks(made.form.transfers.lines[1]["date"], "2006")
    qtbot.keyClick(made.form.note, Qt.Key.Key_Return)
    rest()
    (claim,) = now(1).claimed.acquisitions
    assert [(one.from_party, one.to_party, one.date) for one in claim.transfers] == [
        ("Serbia", "United Kingdom", ""), ("United Kingdom", "Iraq", "2006"),
    ]  # fmt: skip


def card_kinds(card: SightingCard) -> list[type]:
    """The last kind of claim in the menu: the acquisition."""
    return [card.claims.menu.actions()[-1].data()]


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
        assert usable == [*shows, card.more]
        assert not card.certainty.isEnabled()
        empty_session.close()
