"""Graphic pictures, in every view: covered from the first moment, seen while a key is held, covered again."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from PIL import Image as Picture
from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtGui import QFocusEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from core import describing, duplicates, importing, looking, sighting_details
from core.archive import Archive
from core.coding_sheets import CodingSheet, SheetValue
from core.records import ImageId
from core.regions import Region
from gui import operations
from gui.dialogs.preferences import PreferencesDialog
from gui.dialogs.settle import SettleDialog
from gui.models.grid_model import GridModel
from gui.models.subject import THUMBNAIL_PX
from gui.session import Session
from gui.views.reviewing.look import WAYS
from gui.views.reviewing.review import DuplicateReview
from gui.window import MainWindow

Settled = Callable[[Session], None]
PLAIN, GRAPHIC, COPY = 1, 2, 7
SEEN, COVERED = 100, 40  # of contrast: more than this is seen, less is not


@pytest.fixture
def archive_folder(tmp_path: Path) -> Path:
    """Six boards of black and white squares, the second also in another format; that one is marked as graphic."""
    photos = tmp_path / "boards"
    photos.mkdir()
    for number in range(6):
        side = 12 + 2 * number
        board = Picture.new("L", (320, 240))
        board.putdata([255 * ((x // side + y // side) % 2) for y in range(240) for x in range(320)])
        board.save(photos / f"{number + 1}.png")
        if number == 1:
            board.save(photos / "7.bmp")
    with (
        Archive.create(tmp_path / "archive", actor="Test") as archive,
        ThreadPoolExecutor(1) as executor,
    ):
        importing.import_paths(archive, [str(photos)], executor=executor)
        describing.mark_sensitive(archive, [ImageId(GRAPHIC)], "graphic_violence")
    return tmp_path / "archive"


@pytest.fixture
def window(window: MainWindow, qtbot) -> MainWindow:
    """The window with every picture in the grid on screen."""
    window.resize(1280, 800)
    window.session.change_settings(thumbnail_px=128)
    model = window.desk.browser.model
    qtbot.waitUntil(lambda: all(model.pixmap(row) is not None for row in range(7)))
    return window


def contrast(image: QImage, rect: QRect | None = None) -> int:
    """How far the lightest and the darkest point of a part are apart; by default one above the words of a cover."""
    part = rect or QRect(image.width() // 2 - 80, image.height() // 2 - 90, 160, 60).intersected(image.rect())
    step = max(1, part.width() // 60)
    tones = [
        image.pixelColor(x, y).lightness()
        for x in range(part.left(), part.right(), step)
        for y in range(part.top(), part.bottom(), step)
    ]
    return max(tones) - min(tones)


def shown(window: MainWindow, image_id: int) -> int:
    """The contrast of an image in the grid as it is drawn now."""
    grid = window.desk.browser.grid
    row = grid.model().row_of(image_id)
    rect = grid.visualRect(grid.model().index(row))
    middle = QRect(0, 0, rect.width() // 2, rect.height() // 4)
    middle.moveCenter(rect.center())
    return contrast(grid.viewport().grab().toImage(), middle)


def mark(session: Session, settled: Settled, image_id: int, *, graphic: bool = True) -> None:
    session.write(
        "Marking",
        lambda archive, _: describing.mark_sensitive(
            archive, [ImageId(image_id)], "body_or_execution" if graphic else "graphic_violence", sensitive=graphic
        ),
    )
    settled(session)


def lose_keys(widget: QWidget) -> None:
    QApplication.sendEvent(widget, QFocusEvent(QEvent.Type.FocusOut, Qt.FocusReason.ActiveWindowFocusReason))


def test_the_grid_covers_graphic_pictures_and_no_others(window: MainWindow) -> None:
    assert shown(window, GRAPHIC) < COVERED
    assert all(shown(window, image_id) > SEEN for image_id in (1, 3, 4, 5, 6, 7))


def test_the_current_picture_is_seen_while_b_is_held_over_the_grid(window: MainWindow, settled: Settled, qtbot) -> None:
    grid = window.desk.browser.grid
    mark(window.session, settled, 3)
    grid.set_current_id(GRAPHIC)
    QTest.keyPress(grid, Qt.Key.Key_B)
    assert shown(window, GRAPHIC) > SEEN
    assert shown(window, 3) < COVERED
    QTest.keyRelease(grid, Qt.Key.Key_B)
    qtbot.waitUntil(lambda: shown(window, GRAPHIC) < COVERED)
    QTest.keyPress(grid, Qt.Key.Key_B)
    lose_keys(grid)
    assert shown(window, GRAPHIC) < COVERED
    QTest.keyRelease(grid, Qt.Key.Key_B)


def test_a_step_in_the_grid_covers_what_is_left_and_what_is_come_to(window: MainWindow, settled: Settled) -> None:
    grid = window.desk.browser.grid
    mark(window.session, settled, 3)
    grid.set_current_id(GRAPHIC)
    QTest.keyPress(grid, Qt.Key.Key_B)
    QTest.keyClick(grid, Qt.Key.Key_Right)
    assert grid.current_id() == 3
    assert max(shown(window, GRAPHIC), shown(window, 3)) < COVERED


def test_views_follow_the_mark_when_it_is_given_and_taken(window: MainWindow, settled: Settled) -> None:
    browser = window.desk.browser
    browser.open_image(PLAIN)
    settled(window.session)
    assert contrast(browser.viewer.grab().toImage()) > SEEN
    mark(window.session, settled, PLAIN)
    assert contrast(browser.viewer.grab().toImage()) < COVERED
    operations.undo(window.session)
    settled(window.session)
    assert contrast(browser.viewer.grab().toImage()) > SEEN
    browser.show_grid()
    mark(window.session, settled, GRAPHIC, graphic=False)
    assert shown(window, GRAPHIC) > SEEN


def test_a_copy_of_a_graphic_picture_is_covered_too(window: MainWindow, settled: Settled) -> None:
    def same(archive: Archive, _job: Any) -> None:
        one, other = looking.members(archive, [ImageId(GRAPHIC), ImageId(COPY)])
        duplicates.decide(archive, from_sha256=one.sha256, to_sha256=other.sha256, verdict="same_picture")

    window.session.write("Deciding", same)
    settled(window.session)
    assert shown(window, COPY) < COVERED


def test_nothing_graphic_is_drawn_for_a_moment_while_pictures_arrive(
    bare_window: MainWindow, archive_folder: Path, settled: Settled, qtbot
) -> None:
    seen: list[int] = []
    bare_window.resize(1280, 800)
    bare_window.archives.open(archive_folder)
    qtbot.waitUntil(lambda: bare_window.workspace is not None)
    browser = bare_window.desk.browser
    browser.model.rows_filled.connect(lambda _: seen.append(shown(bare_window, GRAPHIC)))
    browser.viewer.loaded.connect(lambda _: seen.append(contrast(browser.viewer.grab().toImage())))
    settled(bare_window.session)
    assert seen
    assert max(seen) < COVERED
    for image_id in (PLAIN, GRAPHIC):
        seen.clear()
        browser.open_image(image_id)
        settled(bare_window.session)
    assert seen
    assert max(seen) < COVERED


def test_until_it_is_known_whether_it_is_graphic_a_picture_is_not_drawn(
    model: GridModel, qtbot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gui.models.grid_model.CELLS_KEPT", 0)
    model.set_ids([1])
    with qtbot.waitSignal(model.rows_filled):
        model.want(range(1), 96)
    model.want(range(0), 0)
    assert model.cell(0) is None
    assert model.pixmap(0) is None
    model.covering = False
    assert model.pixmap(0) is not None


def test_steps_between_pictures_cover_and_uncover(window: MainWindow, settled: Settled) -> None:
    browser = window.desk.browser
    browser.open_image(PLAIN)
    for key, graphic in ((Qt.Key.Key_Right, True), (Qt.Key.Key_Right, False), (Qt.Key.Key_Left, True)):
        QTest.keyClick(browser.viewer, key)
        settled(window.session)
        assert (contrast(browser.viewer.grab().toImage()) < COVERED) is graphic


def test_who_does_not_want_it_has_nothing_covered(window: MainWindow, settled: Settled, qtbot) -> None:
    dialog = PreferencesDialog(window.session, window)
    qtbot.addWidget(dialog)
    dialog.cover.click()
    assert window.session.settings.cover_graphic is False
    assert shown(window, GRAPHIC) > SEEN
    window.desk.browser.open_image(GRAPHIC)
    settled(window.session)
    assert contrast(window.desk.browser.viewer.grab().toImage()) > SEEN
    dialog.cover.click()
    assert contrast(window.desk.browser.viewer.grab().toImage()) < COVERED


@pytest.fixture
def review(window: MainWindow, settled: Settled, qtbot) -> DuplicateReview:
    """The graphic picture and its copy side by side, the keys in the review."""
    window.desk.review(ImageId(GRAPHIC))
    settled(window.session)
    found = window.desk.stack.currentWidget()
    assert isinstance(found, DuplicateReview)
    qtbot.waitUntil(lambda: found.can_decide and found.hasFocus())
    assert found.reviewing.facts is not None
    return found


def contrasts(review: DuplicateReview) -> list[int]:
    """How much is to be seen of each picture, the words over it left out."""
    view = review.page.view
    seen, placement = view.grab().toImage(), review.page.scene.placement
    assert placement is not None
    middles = [placement.pane(side).center().toPoint() for side in (0, 1)]
    return [contrast(seen, QRect(middle.x() - 60, middle.y() - 60, 120, 40)) for middle in middles]


def test_the_comparison_covers_both_until_v_is_held(review: DuplicateReview, qtbot) -> None:
    assert max(contrasts(review)) < COVERED
    assert review.page.view.accessibleDescription().endswith("hold V to look")
    QTest.keyPress(review, Qt.Key.Key_V)
    assert min(contrasts(review)) > SEEN
    QTest.keyRelease(review, Qt.Key.Key_V)
    qtbot.waitUntil(lambda: max(contrasts(review)) < COVERED)
    QTest.keyPress(review, Qt.Key.Key_V)
    lose_keys(review)
    assert max(contrasts(review)) < COVERED
    QTest.keyRelease(review, Qt.Key.Key_V)


def test_the_next_pair_is_covered_even_while_v_is_held(
    review: DuplicateReview, window: MainWindow, settled: Settled, qtbot
) -> None:
    QTest.keyPress(review, Qt.Key.Key_V)
    review.start(ImageId(GRAPHIC))
    assert review.page.scene.loaded == (None, None)
    settled(window.session)
    qtbot.waitUntil(lambda: review.can_decide)
    assert max(contrasts(review)) < COVERED


@pytest.mark.parametrize("way", WAYS)
def test_every_way_of_comparing_covers_them(review: DuplicateReview, settled: Settled, way: str, window, qtbot) -> None:
    QTest.keyClick(review, Qt.Key(Qt.Key.Key_1.value + WAYS.index(way)))
    settled(window.session)
    assert max(contrasts(review)) < COVERED
    QTest.keyPress(review, Qt.Key.Key_V)
    qtbot.waitUntil(lambda: way == "difference" or min(contrasts(review)) > SEEN)
    QTest.keyRelease(review, Qt.Key.Key_V)
    qtbot.waitUntil(lambda: max(contrasts(review)) < COVERED)


def test_small_pictures_of_lists_are_covered(review: DuplicateReview, window: MainWindow, settled: Settled) -> None:
    dialog = SettleDialog(window.session, duplicates.obvious(review.reviewing.queue.left), window)
    settled(window.session)
    icons = [dialog.table.item(0, column).icon().pixmap(64, 64).toImage() for column in (0, 1)]
    assert max(contrast(one, one.rect().adjusted(8, 16, -8, -16)) for one in icons) < COVERED
    dialog.close()
    QTest.keyClick(review, Qt.Key.Key_Escape)
    window.desk.browser.grid.set_current_id(COPY)
    window.desk.inspector.tabs.setCurrentIndex(3)
    settled(window.session)
    row = window.desk.inspector.relations.rows[0]
    assert row.other.image_id == GRAPHIC
    assert contrast(row.grab().toImage(), QRect(10, 14, THUMBNAIL_PX - 12, THUMBNAIL_PX // 3)) < COVERED


def test_the_crop_of_a_graphic_picture_is_covered_until_b_is_held_on_its_card(
    window: MainWindow, settled: Settled, qtbot
) -> None:
    window.session.write(
        "Adding",
        lambda archive, _: sighting_details.add(archive, ImageId(GRAPHIC), region=Region(0, 0, 800_000, 800_000)),
    )
    window.desk.browser.grid.set_current_id(GRAPHIC)
    settled(window.session)
    card = window.desk.inspector.tags.cards[0]
    qtbot.waitUntil(lambda: card.crop.image is not None)
    assert contrast(card.crop.grab().toImage()) < COVERED
    card.setFocus()
    QTest.keyPress(card, Qt.Key.Key_B)
    assert contrast(card.crop.grab().toImage()) > SEEN
    QTest.keyRelease(card, Qt.Key.Key_B)
    qtbot.waitUntil(lambda: contrast(card.crop.grab().toImage()) < COVERED)
    QTest.keyPress(card, Qt.Key.Key_B)
    lose_keys(card)
    assert contrast(card.crop.grab().toImage()) < COVERED
    QTest.keyRelease(card, Qt.Key.Key_B)
    mark(window.session, settled, GRAPHIC, graphic=False)
    assert contrast(card.crop.grab().toImage()) > SEEN


@pytest.mark.parametrize("single", [False, True], ids=["grid", "single image"])
def test_while_coding_by_the_sheet_b_is_the_images_for_as_long_as_it_is_held(
    window: MainWindow, settled: Settled, qtbot, single: bool
) -> None:
    browser, sheet = window.desk.browser, window.desk.coding_sheet
    browser.grid.set_current_id(GRAPHIC)
    if single:
        browser.open_image(GRAPHIC)
    sheet.coder.edit(CodingSheet((SheetValue("1", "type", "SA.REV"),)))
    window.desk.start_coding()
    qtbot.waitUntil(sheet.hasFocus)
    settled(window.session)
    page = browser.viewer if single else browser.grid
    QTest.keyPress(sheet, Qt.Key.Key_B)
    assert window.desk.lent_keys.looking
    assert page.hasFocus()
    QTest.keyRelease(page, Qt.Key.Key_B)
    qtbot.waitUntil(sheet.hasFocus)
    assert not window.desk.lent_keys.looking
    QTest.keyPress(sheet, Qt.Key.Key_B)
    lose_keys(page)
    assert not window.desk.lent_keys.looking
    QTest.keyRelease(page, Qt.Key.Key_B)
