"""The source of a claim: chosen or added in the dialog, stored with the claim, and shown in its row."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt

from core import sourcing
from core.archive import Archive
from core.claims import Acquisition, Identification, Origin, SourceId
from core.store import sources
from gui.dialogs.claim import ClaimDialog
from gui.session import Session
from gui.views.sighting_card import SightingCard
from tests.gui.views.cards.gestures import dialog, dialogs, keyed, open_dialog, rows

Ask = Callable[[Callable[[Archive], Any]], Any]
Rest = Callable[[], None]
CHANNEL = {"account": "@made_up", "platform": "telegram", "reliability": "B"}


@pytest.fixture
def channel(session: Session, rest: Rest) -> None:
    session.write("", lambda archive, _: sourcing.add(archive, CHANNEL))
    rest()


def below(card: SightingCard, kind: type) -> list[str]:
    """What stands under the sentence of the newest claim of a kind."""
    return [row.by.text() for row in card.claims.rows if isinstance(row.claim, kind)][-1].splitlines()


def say(made: ClaimDialog, kind: type, qtbot) -> None:
    """Write the least that a claim of a kind needs."""
    if kind is Identification:
        keyed(made.form.model, "m2", qtbot)
    elif kind is Origin:
        keyed(made.form.countries.field, "hungary", qtbot)
    else:
        qtbot.keyClicks(made.form.note, "made up")


@pytest.mark.usefixtures("channel")
@pytest.mark.parametrize("kind", [Identification, Origin, Acquisition])
def test_a_known_source_is_chosen_stored_and_shown(kind: type, card: SightingCard, rest: Rest, now, qtbot) -> None:
    made = open_dialog(card, kind, qtbot)
    say(made, kind, qtbot)
    rest()
    qtbot.keyClicks(made.form.source, "made_up")
    qtbot.keyClick(made.form.source, Qt.Key.Key_Return)
    assert made.form.source.text() == "@made_up"
    qtbot.keyClick(made.form.source, Qt.Key.Key_Return)
    rest()
    assert dialogs() == []
    said = now(1).claimed
    claim = {Identification: said.identifications, Origin: said.origins, Acquisition: said.acquisitions}[kind][-1]
    assert now(1).source_of(claim).account == "@made_up"
    assert "source: @made_up (Telegram), B: usually reliable" in below(card, kind)


def test_a_source_that_is_not_known_is_added_on_the_spot(card: SightingCard, rest: Rest, ask: Ask, now, qtbot) -> None:
    made = open_dialog(card, Acquisition, qtbot)
    qtbot.keyClicks(made.form.note, "made up")
    qtbot.keyClicks(made.form.source, "https://example.org/made-up")
    qtbot.keyClick(made.form.note, Qt.Key.Key_Return)
    rest()
    assert "There is no source “https://example.org/made-up” yet" in made.problem.text()
    made.form.source.selectAll()
    qtbot.keyClicks(made.form.source, "https://example.org/made-up")
    assert "Add the source" in made.form.source.accessibleDescription()
    qtbot.keyClick(made.form.source, Qt.Key.Key_Return)
    qtbot.keyClick(made.form.note, Qt.Key.Key_Return)  # the claim waits for its source
    assert "still being added" in made.problem.text()
    rest()
    qtbot.keyClick(made.form.note, Qt.Key.Key_Return)
    rest()
    (source,) = ask(lambda archive: sources.every(archive.db))
    assert source.url == "https://example.org/made-up"
    assert [one.source_id for one in now(1).claimed.acquisitions] == [source.id]


def test_a_source_that_is_refused_says_why_and_the_claim_stays_unwritten(
    card: SightingCard, rest: Rest, now, qtbot
) -> None:
    made = open_dialog(card, Acquisition, qtbot)
    made.form.source.wanted.emit("a\x07bell")
    rest()
    assert "control characters" in made.problem.text()
    assert now(1).claimed.acquisitions == ()


@pytest.mark.usefixtures("channel")
def test_an_own_claims_source_is_shown_kept_and_taken_away(card: SightingCard, rest: Rest, now, qtbot) -> None:
    made = open_dialog(card, Acquisition, qtbot)
    qtbot.keyClicks(made.form.note, "made up")
    made.form.source.show_id(SourceId(1))
    qtbot.keyClick(made.form.note, Qt.Key.Key_Return)
    rest()
    for typed, left in (("", SourceId(1)), (Qt.Key.Key_Delete, None)):
        row = next(row for row in card.claims.rows if isinstance(row.claim, Acquisition))
        qtbot.mouseClick(row.edit, Qt.MouseButton.LeftButton)
        rest()
        field = dialog().form.source
        assert field.text() == "@made_up"
        if typed:
            field.selectAll()
            qtbot.keyClick(field, typed)
        qtbot.keyClick(dialog().form.note, Qt.Key.Key_Return)
        rest()
        assert [one.source_id for one in now(1).claimed.acquisitions] == [left]
    assert rows(card)[-2:] == ["acquired as noted, not assessed", "“12?45”, serial, not assessed"]
