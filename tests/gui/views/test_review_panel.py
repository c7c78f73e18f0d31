"""The review of an identification: keys, reasons, disputes, and the four-eyes rule among the preferences."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt

from core import looking, reviewing, rules, tagging
from core.archive import Archive
from core.claims import Review
from core.records import ImageId
from core.tagging import Tag
from gui.dialogs.preferences import PreferencesDialog
from gui.session import Session
from gui.style import Appearance
from gui.views.inspector import Inspector
from gui.views.review_panel import ReviewPanel

Ask = Callable[[Callable[[Archive], Any]], Any]
Settled = Callable[[Session], None]


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


def decide(decision: str, reason: str = "") -> Callable[[Archive], Any]:
    def act(archive: Archive) -> None:
        claim = looking.summaries(archive, [ImageId(1)])[0].sightings[0].identification
        assert claim is not None
        reviewing.decide(archive, claim.id, decision, reason)

    return act


@pytest.fixture
def panel(session: Session, settled: Settled, appearance: Appearance, qtbot) -> Iterator[ReviewPanel]:
    """The panel of what Ada said of the first image, opened."""
    as_(session, settled, "Ada", lambda archive: tagging.tag(archive, [ImageId(1)], Tag("SA.PIS")))
    inspector = Inspector(session)
    qtbot.addWidget(inspector)
    inspector.resize(320, 700)
    inspector.show()
    inspector.activateWindow()
    session.look_at(1)
    settled(session)
    (card,) = inspector.tags.cards
    qtbot.mouseClick(card.review.toggle, Qt.MouseButton.LeftButton)
    yield card.review
    inspector.close()


def lines(panel: ReviewPanel) -> list[str]:
    return [line.words.text().partition(": ")[2] for line in panel.lines]


def reviews(ask: Ask) -> list[Review]:
    def question(archive: Archive) -> list[Review]:
        shown = looking.summaries(archive, [ImageId(1)])[0].sightings
        return [one for held in reviewing.decided(archive, shown).values() for one in held]

    return ask(question)  # type: ignore[no-any-return]


def test_one_key_confirms(panel: ReviewPanel, session: Session, settled: Settled, ask: Ask, qtbot) -> None:
    assert panel.state.text() == "not reviewed"
    assert panel.toggle.hasFocus()
    qtbot.keyClick(panel.toggle, Qt.Key.Key_C)
    settled(session)
    assert panel.state.text() == "confirmed"
    assert [(one.reviewer, one.decision) for one in reviews(ask)] == [("Test", "confirm")]


def test_what_needs_a_reason_asks_for_it_and_enter_decides(
    panel: ReviewPanel, session: Session, settled: Settled, ask: Ask, qtbot
) -> None:
    panel.toggle.setFocus()
    qtbot.keyClick(panel.toggle, Qt.Key.Key_R)
    assert panel.reason.hasFocus()
    assert panel.hint.text() == "Reject: say why, then press Enter."
    settled(session)
    assert reviews(ask) == []
    qtbot.keyClicks(panel.reason, "a cruch")  # c, r, u, h are letters here
    qtbot.keyClick(panel.reason, Qt.Key.Key_Return)
    settled(session)
    assert [(one.decision, one.reason) for one in reviews(ask)] == [("reject", "a cruch")]
    assert (panel.state.text(), panel.reason.text(), panel.hint.isHidden()) == ("rejected", "", True)
    assert lines(panel) == ["rejected – a cruch"]


def test_reviewers_who_differ_are_shown_as_a_dispute(
    panel: ReviewPanel, session: Session, settled: Settled, qtbot
) -> None:
    as_(session, settled, "Ben", decide("reject", "a revolver"))
    qtbot.mouseClick(panel.buttons["confirm"], Qt.MouseButton.LeftButton)
    settled(session)
    assert panel.state.text() == "disputed"
    assert lines(panel) == ["rejected – a revolver", "confirmed"]
    assert [line.withdraw.isHidden() for line in panel.lines] == [True, False]


def test_ones_own_decision_can_be_withdrawn(panel: ReviewPanel, session: Session, settled: Settled, qtbot) -> None:
    panel.decide("confirm")
    settled(session)
    qtbot.mouseClick(panel.lines[0].withdraw, Qt.MouseButton.LeftButton)
    settled(session)
    assert panel.state.text() == "not reviewed"
    assert lines(panel) == ["confirmed (withdrawn)"]


def test_a_reason_that_is_being_typed_stays_when_the_archive_changes(
    panel: ReviewPanel, session: Session, settled: Settled, qtbot
) -> None:
    qtbot.keyClicks(panel.reason, "because")
    as_(session, settled, "Ben", decide("confirm"))
    assert (panel.reason.text(), panel.state.text()) == ("because", "confirmed")


@pytest.mark.usefixtures("panel")
def test_the_four_eyes_rule_stands_in_the_preferences(session: Session, settled: Settled, ask: Ask, qtbot) -> None:
    dialog = PreferencesDialog(session)
    qtbot.addWidget(dialog)
    dialog.open()
    settled(session)
    assert (dialog.four_eyes.isChecked(), dialog.four_eyes.isEnabled()) == (False, True)
    dialog.four_eyes.click()
    settled(session)
    assert ask(rules.four_eyes)
    session.write("", lambda archive, _: archive.undo())
    settled(session)
    assert not dialog.four_eyes.isChecked()


def test_without_an_archive_there_are_no_rules_to_set(empty_session: Session, appearance: Appearance, qtbot) -> None:
    dialog = PreferencesDialog(empty_session)
    qtbot.addWidget(dialog)
    assert not dialog.four_eyes.isEnabled()
