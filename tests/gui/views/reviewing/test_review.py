"""Reviewing pairs by one key each; verdicts are asked of the archive."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PIL import Image as Picture
from PIL import ImageOps
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from core import duplicates, importing, looking, tagging
from core.archive import Archive
from core.records import DIRECTED_VERDICTS, VERDICTS, ImageId, Relation
from core.tagging import Tag
from gui.dialogs.settle import SettleDialog
from gui.session import Session
from gui.style import Appearance
from gui.views.reviewing.acts import VerdictAct
from gui.views.reviewing.review import DuplicateReview

NBSP = "\u00a0"
Ask = Callable[[Callable[[Archive], Any]], Any]


@pytest.fixture
def archive_folder(archive_folder: Path, tmp_path: Path, photos: Path) -> Path:
    """The archive, with a second format of *depot* (same pixels), smaller ones of two others, one of them mirrored."""
    copies = tmp_path / "copies"
    copies.mkdir()
    with Picture.open(photos / "depot.png") as depot, Picture.open(photos / "mortar.jpg") as mortar:
        depot.save(copies / "depot copy.bmp")
        mortar.resize((200, 150)).save(copies / "mortar small.jpg")
    with Picture.open(photos / "truck.webp") as truck:
        ImageOps.mirror(truck).save(copies / "truck mirrored.png")
    with Archive.open(archive_folder, actor="Test") as archive, ThreadPoolExecutor(1) as executor:
        importing.import_paths(archive, [str(copies)], executor=executor)
        assert [match.kind for match in duplicates.queue(archive)] == ["same_pixels", "mirrored", "near"]
    return archive_folder


@pytest.fixture
def rest(session: Session, settled: Callable[[Session], None]) -> Callable[[], None]:
    """Waits until all is answered and done."""
    return partial(settled, session)


@pytest.fixture
def review(session: Session, rest: Callable[[], None], appearance: Appearance, qtbot) -> Iterator[DuplicateReview]:
    """A review of all pairs, the first on screen."""
    made = DuplicateReview(session)
    qtbot.addWidget(made)
    made.resize(1000, 700)
    made.show()
    made.activateWindow()
    made.start()
    rest()
    qtbot.waitUntil(lambda: made.can_decide)
    yield made
    made.close()


def verdicts(archive: Archive) -> list[tuple[str, str, str]]:
    """Every verdict in the order given: the name it goes from, the verdict, the name it goes to."""
    names = {member.sha256: member.name for member in looking.members(archive, _every(archive))}
    return [(names[one.from_sha256], one.kind, names[one.to_sha256]) for one in reversed(duplicates.decided(archive))]


def _every(archive: Archive) -> list[ImageId]:
    return [ImageId(number) for number in range(1, 50) if looking.detail(archive, ImageId(number))]


def names(review: DuplicateReview) -> tuple[str, ...]:
    """What stands under the two pictures."""
    return tuple(panel.name.text() for panel in review.page.sides.panels)


def press(review: DuplicateReview, qtbot, key: Qt.Key) -> None:
    """Press a key when both pictures are there."""
    qtbot.waitUntil(lambda: review.can_decide)
    qtbot.keyClick(review, key)


def test_one_key_gives_a_verdict_and_shows_the_next_pair(
    review: DuplicateReview, rest: Callable[[], None], ask: Ask, qtbot
) -> None:
    assert set(names(review)) == {"depot.png", "depot copy.bmp"}
    assert review.page.words.text() == "Same pixels"
    press(review, qtbot, Qt.Key.Key_S)
    assert names(review) == ("", "")
    assert review.page.scene.loaded == (None, None)
    rest()
    assert set(names(review)) == {"truck.webp", "truck mirrored.png"}
    assert review.page.words.text().startswith("Mirrored")
    assert review.head.progress.text() == "1 of 3 decided, 2 left"
    ((_, kind, _),) = ask(verdicts)
    assert kind == "same_picture"


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
    assert (crop.text(), crop.accessibleName()) == ("crop  Shift+C", "B is a crop of A")
    qtbot.keyRelease(review, Qt.Key.Key_Shift)
    assert crop.accessibleName() == "A is a crop of B"


def test_skipping_and_going_back_decide_nothing(
    review: DuplicateReview, rest: Callable[[], None], ask: Ask, qtbot
) -> None:
    first = names(review)
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Backspace):
        qtbot.keyClick(review, key)
        rest()
    assert names(review) == first
    assert ask(duplicates.decided) == []
    assert review.head.progress.text() == "0 of 3 decided, 3 left"


def test_undo_takes_the_verdict_back_and_shows_the_pair_again(
    review: DuplicateReview, rest: Callable[[], None], ask: Ask, qtbot
) -> None:
    first = names(review)
    press(review, qtbot, Qt.Key.Key_S)
    press(review, qtbot, Qt.Key.Key_N)
    qtbot.keyClick(review, Qt.Key.Key_U)
    qtbot.keyClick(review, Qt.Key.Key_U)
    rest()
    assert ask(duplicates.decided) == []
    assert names(review) == first
    assert review.head.progress.text() == "0 of 3 decided, 3 left"


def test_a_pair_gone_back_to_can_be_decided_otherwise(
    review: DuplicateReview, rest: Callable[[], None], ask: Ask, qtbot
) -> None:
    press(review, qtbot, Qt.Key.Key_S)
    qtbot.keyClick(review, Qt.Key.Key_Left)
    assert "decided: the same picture" in review.page.words.text()
    press(review, qtbot, Qt.Key.Key_N)
    rest()
    ((_, kind, _),) = ask(verdicts)
    assert kind == "not_related"
    assert review.head.progress.text() == "1 of 3 decided, 2 left"


def test_no_verdict_is_taken_before_both_pictures_are_on_screen(
    review: DuplicateReview, rest: Callable[[], None], ask: Ask, qtbot
) -> None:
    qtbot.keyClick(review, Qt.Key.Key_Space)
    assert not review.can_decide
    qtbot.keyClick(review, Qt.Key.Key_S)
    assert not review.page.buttons.verdicts[VerdictAct("same_picture")].isEnabled()
    rest()
    assert ask(duplicates.decided) == []


def test_when_all_is_decided_it_says_so_and_leads_back(
    review: DuplicateReview, rest: Callable[[], None], qtbot
) -> None:
    for _ in range(3):
        press(review, qtbot, Qt.Key.Key_S)
    rest()
    assert review.empty.isVisible()
    assert review.empty.title.text() == "Every pair is decided"
    with qtbot.waitSignal(review.closed):
        qtbot.mouseClick(review.empty.button, Qt.MouseButton.LeftButton)


def test_one_kind_can_be_chosen(review: DuplicateReview, rest: Callable[[], None], qtbot) -> None:
    kinds = review.head.kinds
    assert [kinds.itemText(row) for row in range(kinds.count())] == [
        "all kinds (3)",
        "same pixels (1)",
        "mirrored (1)",
        "near, not verified (1)",
    ]
    kinds.setFocus()
    for _ in range(2):
        qtbot.keyClick(kinds, Qt.Key.Key_Down)
    rest()
    assert set(names(review)) == {"truck.webp", "truck mirrored.png"}
    assert review.page.words.text().startswith("Mirrored")
    assert review.head.progress.text() == "0 of 1 decided, 1 left"


def test_the_obvious_pairs_are_settled_after_a_look_and_in_one_step(
    review: DuplicateReview, session: Session, rest: Callable[[], None], ask: Ask, qtbot
) -> None:
    qtbot.mouseClick(review.head.settle, Qt.MouseButton.LeftButton)
    dialog = next(one for one in QApplication.topLevelWidgets() if isinstance(one, SettleDialog))
    rest()
    shown = {dialog.table.item(0, column).text() for column in (0, 1)}
    assert shown == {"depot.png", "depot copy.bmp"}
    assert ask(duplicates.decided) == []
    qtbot.mouseClick(dialog.agree, Qt.MouseButton.LeftButton)
    rest()
    ((_, kind, _),) = ask(verdicts)
    assert kind == "same_picture"
    assert review.head.progress.text() == "1 of 3 decided, 2 left"
    assert not review.head.settle.isEnabled()


def test_what_is_decided_elsewhere_leaves_the_pair_on_screen_alone(
    review: DuplicateReview, session: Session, rest: Callable[[], None], qtbot
) -> None:
    first = names(review)
    other = review.reviewing.queue.left[1]
    session.write("Elsewhere", lambda archive, _: duplicates.decide_many(archive, [other], "not_related"))
    rest()
    assert names(review) == first
    assert review.can_decide
    assert review.head.progress.text() == "0 of 2 decided, 2 left"


def test_it_can_be_limited_to_the_pairs_of_one_image(
    review: DuplicateReview, rest: Callable[[], None], ask: Ask, qtbot
) -> None:
    truck = next(one for one in ask(lambda archive: looking.members(archive, _every(archive))) if "truck" in one.name)
    review.start(truck.image_id)
    rest()
    assert review.head.progress.text() == "0 of 1 decided, 1 left"
    assert truck.name in names(review)
    qtbot.mouseClick(review.head.all, Qt.MouseButton.LeftButton)
    rest()
    assert review.head.progress.text() == "0 of 3 decided, 3 left"


def test_each_side_says_what_speaks_for_it(
    review: DuplicateReview, session: Session, rest: Callable[[], None], qtbot
) -> None:
    session.write("Tag", lambda archive, _: tagging.tag(archive, [ImageId(1)], Tag(type="VH.TNK")))
    qtbot.keyClick(review, Qt.Key.Key_Left)
    qtbot.keyClick(review, Qt.Key.Key_Space)
    qtbot.keyClick(review, Qt.Key.Key_Space)
    rest()
    by_name = {panel.name.text(): panel.facts.text().replace(NBSP, " ") for panel in review.page.sides.panels}
    assert "320 × 240 – <b>larger</b>" in by_name["mortar.jpg"]
    assert "larger" not in by_name["mortar small.jpg"]
    assert "JPEG" in by_name["mortar.jpg"]
    assert "not tagged" in by_name["mortar.jpg"]


def test_esc_leaves_and_a_side_leads_to_its_image(review: DuplicateReview, rest: Callable[[], None], qtbot) -> None:
    with qtbot.waitSignal(review.show_image) as shown:
        review.page.sides.panels[0].open.click()
    assert shown.args == [review.reviewing.facts.sides[0].id]
    with qtbot.waitSignal(review.closed):
        qtbot.keyClick(review, Qt.Key.Key_Escape)


def test_a_verdict_says_on_what_it_rests(review: DuplicateReview, rest: Callable[[], None], ask: Ask, qtbot) -> None:
    qtbot.keyClick(review, Qt.Key.Key_Space)
    press(review, qtbot, Qt.Key.Key_S)
    rest()
    (relation,) = ask(duplicates.decided)
    assert isinstance(relation, Relation)
    assert relation.evidence.startswith("mirrored: perceptual hash")
    assert relation.decided_by == "Test"
