"""One key for every verdict, Shift for the other way round, Enter for what is proposed."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from core import duplicates
from core.records import DIRECTED_VERDICTS, VERDICTS
from gui.views.reviewing.acts import VerdictAct
from gui.views.reviewing.review import DuplicateReview
from tests.gui.views.reviewing.pairs import Ask, names, press, verdicts


@pytest.mark.parametrize("place", [0, 1])
def test_a_and_b_name_the_better_copy(
    review: DuplicateReview, rest: Callable[[], None], ask: Ask, qtbot, place: int
) -> None:
    shown = names(review)
    press(review, qtbot, (Qt.Key.Key_A, Qt.Key.Key_B)[place])
    rest()
    assert ask(verdicts) == [(shown[place], "better_copy_of", shown[1 - place])]


KEYS = {
    Qt.Key.Key_S: "same_picture",
    Qt.Key.Key_C: "crop_of",
    Qt.Key.Key_R: "redacted_version_of",
    Qt.Key.Key_H: "screenshot_of",
    Qt.Key.Key_M: "mirrored_copy_of",
    Qt.Key.Key_T: "rotated_copy_of",
    Qt.Key.Key_I: "composite_contains",
    Qt.Key.Key_F: "frame_of_same_video",
    Qt.Key.Key_E: "same_event",
    Qt.Key.Key_O: "same_object",
    Qt.Key.Key_P: "same_place",
    Qt.Key.Key_N: "not_related",
}


def test_every_verdict_has_a_key() -> None:
    assert {*KEYS.values(), "better_copy_of"} == set(VERDICTS)


@pytest.mark.parametrize("key", KEYS)
def test_one_key_gives_each_verdict_and_shift_turns_it_round(
    review: DuplicateReview, rest: Callable[[], None], ask: Ask, qtbot, key: Qt.Key
) -> None:
    first = names(review)
    press(review, qtbot, key)
    rest()
    assert ask(verdicts) == [(first[0], KEYS[key], first[1])]
    second = names(review)
    qtbot.waitUntil(lambda: review.can_decide)
    qtbot.keyClick(review, key, Qt.KeyboardModifier.ShiftModifier)
    rest()
    directed = KEYS[key] in DIRECTED_VERDICTS
    assert ask(verdicts)[1:] == ([(second[1], KEYS[key], second[0])] if directed else [])


def test_enter_takes_what_is_proposed(review: DuplicateReview, rest: Callable[[], None], ask: Ask, qtbot) -> None:
    assert review.page.buttons.proposal.text().startswith("The same picture")
    press(review, qtbot, Qt.Key.Key_Return)
    rest()
    ((_, kind, _),) = ask(verdicts)
    assert kind == "same_picture"
    qtbot.keyClick(review, Qt.Key.Key_Space)
    rest()
    qtbot.waitUntil(lambda: review.can_decide)
    assert review.page.words.text() == "Near, not verified"
    assert not review.page.buttons.proposal.isEnabled()
    qtbot.keyClick(review, Qt.Key.Key_Return)
    rest()
    assert len(ask(verdicts)) == 1


def test_a_held_key_decides_one_pair_only(review: DuplicateReview, rest: Callable[[], None], ask: Ask, qtbot) -> None:
    qtbot.waitUntil(lambda: review.can_decide)
    held = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_S, Qt.KeyboardModifier.NoModifier, "s", autorep=True)
    QApplication.sendEvent(review, held)
    rest()
    assert ask(duplicates.decided) == []


def test_buttons_say_what_the_keys_mean_while_shift_is_held(review: DuplicateReview, qtbot) -> None:
    crop = review.page.buttons.verdicts[VerdictAct("crop_of")]
    assert (crop.text(), crop.accessibleName()) == ("crop  C", "A is a crop of B")
    qtbot.keyPress(review, Qt.Key.Key_Shift)
    assert (crop.text(), crop.accessibleName()) == ("crop  C", "B is a crop of A")
    assert crop.toolTip() == "B is a crop of A (Shift+C)"
    qtbot.keyRelease(review, Qt.Key.Key_Shift)
    assert crop.accessibleName() == "A is a crop of B"


def test_turned_round_by_its_button_a_key_gives_what_is_shown_and_for_this_pair_only(
    review: DuplicateReview, rest: Callable[[], None], ask: Ask, qtbot
) -> None:
    first = names(review)
    review.page.buttons.other_way.click()
    assert review.page.buttons.verdicts[VerdictAct("crop_of")].accessibleName() == "B is a crop of A"
    press(review, qtbot, Qt.Key.Key_C)
    rest()
    assert ask(verdicts) == [(first[1], "crop_of", first[0])]
    assert review.page.buttons.verdicts[VerdictAct("crop_of")].accessibleName() == "A is a crop of B"
