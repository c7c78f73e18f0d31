"""The ways of looking at a pair, each by one key, with one picture laid where it lies on the other."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QKeyEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from core.transforms import IDENTITY
from gui.session import Session
from gui.views.held_key import LET_GO_AFTER_MS
from gui.views.reviewing.laying import Laying
from gui.views.reviewing.look import WAYS
from gui.views.reviewing.painting import LETTERS
from gui.views.reviewing.review import DuplicateReview
from tests.harness.copies import Copy

Rest = Callable[[], None]
GoTo = Callable[[str], tuple[Copy, int]]
NEAR = 12  # of 255, what saving as JPEG and another size may do to a soft colour
SPOTS = [(0.3, 0.3), (0.6, 0.4), (0.5, 0.6)]


@pytest.fixture(autouse=True)
def _known(known: dict[str, Copy], review: DuplicateReview) -> None:
    """The pairs are known before the review begins."""


def key_of(way: str) -> Qt.Key:
    return Qt.Key(Qt.Key.Key_1.value + WAYS.index(way))


def seen(review: DuplicateReview) -> QImage:
    return review.page.view.grab().toImage()


def colour(image: QImage, at: QPointF) -> tuple[int, ...]:
    return image.pixelColor(at.toPoint()).getRgb()[:3]


def alike(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    return all(abs(a - b) <= NEAR for a, b in zip(one, other, strict=True))


@pytest.mark.parametrize("name", ["smaller", "crop", "mirrored", "turned", "screenshot", "captioned"])
def test_in_place_a_copy_lies_where_it_lies_on_the_original(
    review: DuplicateReview, go_to: GoTo, rest: Rest, qtbot, name: str
) -> None:
    copy, side = go_to(name)
    qtbot.keyClick(review, key_of("swap"))
    rest()
    placement = review.page.scene.placement
    original = placement.laying.sizes[1 - side]
    # Points of the copy that the original shows too, and where they lie on the original.
    spots = [(x, y) for x, y in (copy.to_original.inverse().point(*spot) for spot in SPOTS)]
    onto = [copy.to_original.point(*spot) for spot in spots]
    at = [placement.matrix(1 - side).map(QPointF(x * original.width(), y * original.height())) for x, y in onto]
    shots = []
    for front in (0, 1):
        assert review.page.look.front == front
        shots.append([colour(seen(review), spot) for spot in at])
        qtbot.keyClick(review, Qt.Key.Key_X)
    for one, other in zip(*shots, strict=True):
        assert alike(one, other)
    assert not alike(shots[0][0], shots[0][1]) or not alike(shots[0][1], shots[0][2])


@pytest.mark.parametrize("name", ["crop", "mirrored", "turned", "screenshot"])
def test_the_difference_of_what_lies_rightly_is_next_to_nothing(
    review: DuplicateReview, go_to: GoTo, rest: Rest, qtbot, name: str
) -> None:
    go_to(name)
    qtbot.keyClick(review, key_of("difference"))
    rest()
    found = review.page.scene.comparison.found
    assert found is not None
    assert found.share < 0.01
    assert review.page.view.label.startswith("Difference × 4 · ")
    for key, factor in ((Qt.Key.Key_Up, 8), (Qt.Key.Key_Down, 4), (Qt.Key.Key_Down, 2)):
        qtbot.keyClick(review, key)
        assert review.page.look.factor == factor


def test_the_difference_of_another_picture_is_large(review: DuplicateReview, go_to: GoTo, rest: Rest, qtbot) -> None:
    go_to("mirrored")
    placement = review.page.scene.placement
    placement.laying = Laying(placement.laying.sizes, IDENTITY)  # not mirrored back
    qtbot.keyClick(review, key_of("difference"))
    rest()
    assert review.page.scene.comparison.found.share > 0.2


def test_the_line_of_the_split_moves_by_arrows_and_by_hand(
    review: DuplicateReview, go_to: GoTo, rest: Rest, qtbot
) -> None:
    go_to("smaller")
    match = review.reviewing.queue.current
    qtbot.keyClick(review, key_of("split"))
    qtbot.keyClick(review, Qt.Key.Key_Right)
    assert review.page.look.split == pytest.approx(0.55)
    qtbot.keyClick(review, Qt.Key.Key_Left)
    view = review.page.view
    line, wanted = QPoint(view.width() // 2, 60), QPoint(view.width() // 4, 60)
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=line)
    QTest.mouseMove(view, wanted)
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=wanted)
    assert review.page.look.split == pytest.approx(0.25, abs=0.01)
    assert review.reviewing.queue.current == match


def test_arrows_lay_b_over_a_more_or_less_strongly(review: DuplicateReview, go_to: GoTo, rest: Rest, qtbot) -> None:
    go_to("smaller")
    qtbot.keyClick(review, key_of("overlay"))
    for _ in range(2):
        qtbot.keyClick(review, Qt.Key.Key_Right)
    assert review.page.view.label == "B over A, 60 %"
    for _ in range(20):
        qtbot.keyClick(review, Qt.Key.Key_Left)
    assert review.page.view.label == "B over A, 0 %"


def test_each_way_has_a_key_and_w_goes_through_them(review: DuplicateReview, go_to: GoTo, rest: Rest, qtbot) -> None:
    go_to("smaller")
    for way in WAYS:
        qtbot.keyClick(review, key_of(way))
        assert review.page.scene.way == way
        assert review.page.ways.by_way[way].isChecked()
    qtbot.keyClick(review, Qt.Key.Key_W)
    assert review.page.look.way == WAYS[0]
    qtbot.keyClick(review, Qt.Key.Key_W, Qt.KeyboardModifier.ShiftModifier)
    assert review.page.look.way == WAYS[-1]
    qtbot.mouseClick(review.page.ways.by_way["split"], Qt.MouseButton.LeftButton)
    assert review.page.scene.way == "split"
    assert review.hasFocus()


def test_x_flips_and_held_it_flips_back(review: DuplicateReview, go_to: GoTo, rest: Rest, qtbot) -> None:
    go_to("smaller")
    qtbot.keyClick(review, Qt.Key.Key_X)
    assert (review.page.scene.way, review.page.view.label) == ("swap", LETTERS[1])
    qtbot.wait(2 * LET_GO_AFTER_MS)
    assert review.page.view.label == LETTERS[1]
    QTest.keyPress(review, Qt.Key.Key_X)
    again = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_X, Qt.KeyboardModifier.NoModifier, "x", autorep=True)
    QApplication.sendEvent(review, again)
    assert review.page.view.label == LETTERS[0]
    QTest.keyRelease(review, Qt.Key.Key_X)
    qtbot.waitUntil(lambda: review.page.view.label == LETTERS[1])


@pytest.mark.parametrize("way", ["beside", "overlay"])
def test_keys_and_wheel_zoom_both(review: DuplicateReview, go_to: GoTo, rest: Rest, qtbot, way: str) -> None:
    go_to("crop")
    qtbot.keyClick(review, key_of(way))
    placement = review.page.scene.placement
    qtbot.keyClick(review, Qt.Key.Key_Z)
    assert review.page.scene.percent == 100
    assert review.page.ways.scale.text() == "100 %"
    qtbot.keyClick(review, Qt.Key.Key_Z)
    assert placement.scale is None
    at = QPointF(placement.focus.x() + 40, placement.focus.y() - 20)
    for _ in range(4):
        turn_wheel(review, at, 120)
    held = placement.matrix(placement.laying.whole).inverted()[0].map(at)
    turn_wheel(review, at, 120)
    assert (placement.matrix(placement.laying.whole).map(held) - at).manhattanLength() < 1e-6
    before = placement.matrix(placement.laying.whole).map(QPointF(0, 0))
    qtbot.keyClick(review, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert placement.matrix(placement.laying.whole).map(QPointF(0, 0)).x() >= before.x()
    qtbot.keyClick(review, Qt.Key.Key_0)
    assert placement.scale is None


def turn_wheel(review: DuplicateReview, at: QPointF, by: int) -> None:
    view = review.page.view
    event = QWheelEvent(
        at, view.mapToGlobal(at), QPoint(), QPoint(0, by), Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(view, event)


@pytest.mark.parametrize("way", WAYS)
def test_the_pictures_go_at_once_in_every_way(
    review: DuplicateReview, go_to: GoTo, rest: Rest, qtbot, way: str
) -> None:
    go_to("smaller")
    qtbot.keyClick(review, key_of(way))
    rest()
    empty = seen(review).pixelColor(2, review.page.view.height() - 2)
    qtbot.keyClick(review, Qt.Key.Key_Space)
    assert not review.can_decide
    picture = seen(review)
    tones = {
        picture.pixelColor(x, y).rgb() for x in range(0, picture.width(), 7) for y in range(0, picture.height(), 7)
    }
    assert tones == {empty.rgb()}
    rest()
    assert review.page.look.way == way


def test_the_next_pictures_are_there_before_they_are_wanted(
    review: DuplicateReview, go_to: GoTo, rest: Rest, session: Session, qtbot
) -> None:
    rest()
    following = review.reviewing.queue.following
    qtbot.keyClick(review, Qt.Key.Key_Space)
    with qtbot.waitSignal(review.reviewing.facts_arrived):
        pass
    assert review.reviewing.facts.pair.match == following
    assert review.page.scene.both is not None
