"""Reviewing pairs by one key each; verdicts are asked of the archive."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox

from core import capturing, describing, duplicates, looking, sourcing, tagging
from core.archive import Archive
from core.records import ImageId, Relation
from core.tagging import Tag
from gui.dialogs.settle import SettleDialog
from gui.models.review_tally import Wanted
from gui.session import Session
from gui.views.reviewing.acts import VerdictAct
from gui.views.reviewing.review import DuplicateReview
from tests.gui.views.reviewing.pairs import Ask, every, names, press, verdicts

NBSP = "\u00a0"


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
    assert review.empty.title.text() == "Every pair that was found is decided"
    assert review.empty.words.text().startswith("9 images are not looked at yet")
    assert review.head.unlooked.text() == "9 images not looked at yet"
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
    with qtbot.waitSignal(session.message) as told:
        qtbot.mouseClick(dialog.agree, Qt.MouseButton.LeftButton)
    assert told.args == ["Settled 1 pair as the same picture."]
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
    truck = next(one for one in ask(lambda archive: looking.members(archive, every(archive))) if "truck" in one.name)
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


def test_one_source_can_be_chosen_whichever_image_is_from_it(
    review: DuplicateReview, session: Session, rest: Callable[[], None], ask: Ask, qtbot
) -> None:
    def collect(archive: Archive, _job: object) -> None:
        ids = {member.name: member.image_id for member in looking.members(archive, every(archive))}
        for account, files in (("@one", ("mortar.jpg", "depot.png")), ("@two", ("truck mirrored.png",))):
            capturing.put_under(archive, [ids[name] for name in files], sourcing.add(archive, {"account": account}))

    assert not review.head.sources.isVisible()
    session.write("Collect", collect)
    rest()
    sources = review.head.sources
    offered = [sources.itemText(row) for row in range(sources.count())]
    assert offered == ["all sources", "@one (2)", "@two (1)"]
    sources.setFocus()
    for _ in range(2):
        qtbot.keyClick(sources, Qt.Key.Key_Down)
    rest()
    assert set(names(review)) == {"truck.webp", "truck mirrored.png"}
    assert "@two" in "".join(panel.facts.text() for panel in review.page.sides.panels)
    assert review.head.progress.text() == "0 of 1 decided, 1 left"
    assert review.hasFocus()
    press(review, qtbot, Qt.Key.Key_N)
    rest()
    assert review.empty.title.text() == "No such pair is left"


def test_it_goes_on_where_it_was_left(review: DuplicateReview, rest: Callable[[], None], qtbot) -> None:
    qtbot.keyClick(review, Qt.Key.Key_Space)
    rest()
    second = names(review)
    qtbot.keyClick(review, Qt.Key.Key_Escape)
    assert names(review) == ("", "")
    review.start()
    rest()
    assert names(review) == second
    press(review, qtbot, Qt.Key.Key_S)
    rest()
    third = names(review)
    qtbot.keyClick(review, Qt.Key.Key_Escape)
    review.start()
    rest()
    assert names(review) == third
    assert review.head.progress.text() == "0 of 2 decided, 2 left"


def test_the_obvious_ones_have_a_key_and_are_those_of_the_chosen_kind(
    review: DuplicateReview, rest: Callable[[], None], qtbot
) -> None:
    assert review.head.settle.accessibleName() == "Settle the obvious…"
    review.head.chosen.emit(Wanted("same_pixels"))
    assert review.head.settle.accessibleName() == "Settle all “same pixels”…"
    qtbot.keyClick(review, Qt.Key.Key_G)
    dialog = next(one for one in QApplication.topLevelWidgets() if isinstance(one, SettleDialog))
    assert len(dialog.matches) == 1
    dialog.reject()
    review.head.chosen.emit(Wanted("mirrored"))
    assert not review.head.settle.isVisible()


def test_what_cannot_both_be_true_is_said_with_the_pair(
    review: DuplicateReview, session: Session, rest: Callable[[], None], qtbot
) -> None:
    assert not review.page.cautions.isVisible()
    facts = review.reviewing.facts
    for side, date in zip(facts.sides, ("2014", "2016"), strict=True):
        session.write(
            "Date", lambda archive, _, side=side, date=date: describing.describe(archive, [side.id], {"date": date})
        )
    rest()
    assert review.page.cautions.isVisible()
    assert review.page.cautions.text() == "Both cannot be true (A is here, B there): dated 2014 here, 2016 there"
    assert review.can_decide


def test_what_is_not_on_screen_cannot_be_decided(session: Session, rest: Callable[[], None], ask: Ask, qtbot) -> None:
    hidden = DuplicateReview(session)
    qtbot.addWidget(hidden)
    hidden.start()
    rest()
    assert hidden.page.scene.both is not None
    assert not hidden.can_decide
    qtbot.keyClick(hidden, Qt.Key.Key_S)
    rest()
    assert ask(duplicates.decided) == []


def test_enter_on_a_button_takes_no_proposal(
    review: DuplicateReview, rest: Callable[[], None], ask: Ask, qtbot
) -> None:
    skip = review.head.moves.by_act["skip"]
    skip.setFocus()
    qtbot.keyClick(skip, Qt.Key.Key_Return)
    rest()
    assert ask(duplicates.decided) == []


def test_everything_is_named_and_reached_by_tab(review: DuplicateReview, qtbot) -> None:
    parts = [*review.findChildren(QAbstractButton), *review.findChildren(QComboBox)]
    reached = [one for one in parts if one.isVisible()]
    assert len(reached) > 20
    for part in reached:
        assert part.accessibleName()
        assert part.focusPolicy() & Qt.FocusPolicy.TabFocus


@pytest.mark.parametrize("size", [(1024, 500), (3840, 2000)])
def test_the_pictures_have_room_in_a_small_window_and_a_large_one(
    review: DuplicateReview, qtbot, size: tuple[int, int]
) -> None:
    review.resize(*size)
    qtbot.waitUntil(lambda: review.page.view.width() > size[0] - 100)
    assert review.width() == size[0]
    assert review.page.view.height() > 0.35 * size[1]
