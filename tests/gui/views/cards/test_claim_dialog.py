"""The dialogs in which claims are written: by keys alone, mended where refused, given up, and nobody else's words."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt

from core.archive import Archive
from core.claims import Acquisition, Identification, Marking, Origin
from gui.views.sighting_card import SightingCard
from tests.gui.views.cards.gestures import dialog, dialogs, keyed, open_dialog, rows

Ask = Callable[[Callable[[Archive], Any]], Any]
Rest = Callable[[], None]


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
    made = open_dialog(card, Acquisition, qtbot)
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


def test_a_holder_that_does_not_exist_is_made_from_the_acquisition(card: SightingCard, rest: Rest, now, qtbot) -> None:
    made = open_dialog(card, Acquisition, qtbot)
    for field, name in ((made.form.from_party, "Made up depot"), (made.form.holder, "=Guard")):
        field.setFocus()
        qtbot.keyClicks(field, name)
        for _ in range(2):
            qtbot.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
        rest()
    assert "begins like a formula" in made.problem.text()
    made.form.holder.selectAll()
    keyed(made.form.holder, "made up", qtbot)
    qtbot.keyClick(made.form.holder, Qt.Key.Key_Return)
    rest()
    assert dialogs() == []
    (claim,) = now(1).claimed.acquisitions
    assert (claim.from_party, claim.holder) == ("made_up_depot", "made_up_depot")
