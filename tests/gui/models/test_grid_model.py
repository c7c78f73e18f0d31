"""The rows of the grid: fetched off the window's thread, only what is wanted, and each thing once."""

from array import array

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from core.errors import StorageFault
from gui.models import grid_model
from gui.models.cells import Cell, Chip, describe_cell, describe_chip, shown_name
from gui.models.grid_model import GridModel, fitted


@pytest.fixture
def thousand(model: GridModel) -> GridModel:
    model.set_ids(array("q", range(1, 1001)))
    return model


def rest(model: GridModel, qtbot) -> None:
    """Wait until nothing is asked any more."""
    qtbot.waitUntil(lambda: not model._runner.busy)


def test_ids_keep_their_order_and_know_their_rows(model: GridModel) -> None:
    model.set_ids([30, 10, 2**40])
    model.append_ids(array("q", [5]))
    assert model.ids.tolist() == [30, 10, 2**40, 5]
    assert [model.row_of(image_id) for image_id in (2**40, 5, 7)] == [2, 3, None]
    assert model.id_at(1) == 10


def test_nothing_is_fetched_until_a_view_shows_it(thousand: GridModel, source, qtbot) -> None:
    rest(thousand, qtbot)
    assert source.asked == []


def test_what_is_in_view_comes_first_then_a_page_after_and_before(thousand: GridModel, source, qtbot) -> None:
    thousand.want(range(100, 120), 100)
    rest(thousand, qtbot)
    assert source.asked == [*range(101, 121), *range(121, 141), *range(100, 80, -1)]
    assert source.pictures_asked == source.asked
    assert source.threads == {"reader"}
    thousand.want(range(100, 120), 100)
    rest(thousand, qtbot)
    assert len(source.asked) == 60


def test_a_jump_is_answered_before_what_was_wanted_earlier(thousand: GridModel, source, qtbot) -> None:
    thousand.want(range(200), 100)
    thousand.want(range(900, 910), 100)
    rest(thousand, qtbot)
    assert source.asked[: grid_model.PAGE] == list(range(1, grid_model.PAGE + 1))
    assert source.asked[grid_model.PAGE : grid_model.PAGE + 10] == list(range(901, 911))
    assert 150 not in source.asked


def test_one_that_is_about_to_go_hears_of_nothing_more(thousand: GridModel, qtbot) -> None:
    heard: list[object] = []
    thousand.rows_filled.connect(heard.append)
    thousand.want(range(200), 100)
    thousand.retire()
    rest(thousand, qtbot)
    assert heard == []


def test_refreshing_asks_again_for_cells_and_for_pictures_that_were_not_there(
    thousand: GridModel, source, qtbot
) -> None:
    thousand.want(range(10), 100)
    rest(thousand, qtbot)
    source.chips = (Chip("type", "AK", "assault rifle"),)
    pictures = list(source.pictures_asked)
    thousand.refresh([3])
    assert thousand.cell(2) is not None  # the old one stays until the new one is there
    rest(thousand, qtbot)
    cells = [thousand.cell(row) for row in range(4)]
    assert [cell.chips == source.chips for cell in cells if cell] == [False, False, True, False]
    thousand.refresh()
    rest(thousand, qtbot)
    assert all(cell.chips == source.chips for cell in map(thousand.cell, range(10)) if cell)
    assert source.pictures_asked == [*pictures, 5]


def test_another_size_fetches_the_pictures_anew_and_shows_the_old_meanwhile(thousand: GridModel, source, qtbot) -> None:
    thousand.want(range(3), 100)
    rest(thousand, qtbot)
    assert [thousand.pixmap(row).width() for row in range(3)] == [100] * 3
    thousand.want(range(3), 200)
    assert thousand.pixmap(0).width() == 100
    rest(thousand, qtbot)
    assert [thousand.pixmap(row).width() for row in range(3)] == [200] * 3
    assert len(set(source.asked)) == len(source.asked)


def test_an_image_without_a_picture_or_gone_is_asked_for_once(thousand: GridModel, source, qtbot) -> None:
    source.gone_from = 8
    thousand.want(range(10), 100)
    rest(thousand, qtbot)
    thousand.want(range(10), 120)
    rest(thousand, qtbot)
    assert thousand.pixmap(4) is None
    assert source.pictures_asked.count(5) == 1
    assert source.asked.count(9) == 1


def test_pictures_beyond_the_limit_are_let_go_the_oldest_first(
    thousand: GridModel, qtbot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(grid_model, "PIXMAP_BYTES", 0)
    for start in (0, 300, 600, 900):
        thousand.want(range(start, start + 20), 100)
        rest(thousand, qtbot)
    assert thousand.pixmap(0) is None
    assert all(thousand.pixmap(row) is not None for row in range(900, 920))


def test_a_fault_is_told_once_and_asked_again_only_when_wanted(thousand: GridModel, source, qtbot) -> None:
    errors: list[Exception] = []
    thousand.fetch_failed.connect(errors.append)
    source.fault = True
    thousand.want(range(5), 100)
    rest(thousand, qtbot)
    assert [(type(error), str(error)) for error in errors] == [(StorageFault, "The disk is gone.")]
    source.fault = False
    thousand.want(range(5), 100)
    rest(thousand, qtbot)
    assert thousand.cell(0) is not None


def test_a_row_in_words_cannot_be_taken_for_markup(thousand: GridModel, qtbot) -> None:
    thousand.want(range(5), 100)
    rest(thousand, qtbot)
    index = thousand.index(0)
    assert thousand.data(index) == "<b>1</b>.jpg"
    assert "&lt;b&gt;1&lt;/b&gt;.jpg" in thousand.data(index, Qt.ItemDataRole.ToolTipRole)
    assert "<b>" not in thousand.data(index, Qt.ItemDataRole.ToolTipRole)
    assert thousand.data(thousand.index(999)) is None


@pytest.mark.parametrize(
    ("size", "edge", "ratio", "expected"),
    [
        ((256, 128), 100, 1.0, (100, 50)),
        ((128, 256), 100, 1.0, (50, 100)),
        ((40, 30), 100, 1.0, (40, 30)),  # never enlarged
        ((256, 128), 200, 2.0, (200, 100)),
        ((40, 30), 200, 2.0, (80, 60)),  # one of its pixels to one logical pixel
        ((256, 1), 100, 1.0, (100, 1)),
    ],
)
def test_a_thumbnail_is_fitted_and_never_enlarged(
    size: tuple[int, int], edge: int, ratio: float, expected: tuple[int, int], encode
) -> None:
    image = fitted(encode(*size, "#204060"), edge, ratio)
    assert image is not None
    assert (image.width(), image.height()) == expected
    assert image.devicePixelRatio() == ratio
    assert image.format() == QImage.Format.Format_RGB32


def test_a_broken_thumbnail_is_no_picture() -> None:
    assert fitted(b"not a picture", 100, 1.0) is None


def test_a_name_cannot_disguise_itself() -> None:
    assert shown_name("photo\u202egpj.exe\n.jpg") == "photo\ufffdgpj.exe\ufffd.jpg"
    assert shown_name("снимок صورة 写真.jpg") == "снимок صورة 写真.jpg"


def test_chips_read_as_claims() -> None:
    assert describe_chip(Chip("type", "AR", "assault rifle", "probable")) == "assault rifle, probable"
    assert describe_chip(Chip("manufacture", "HUN", "Hungary", "possible")) == "made in Hungary, possible"
    assert describe_chip(Chip("design", "SUHH", "USSR")) == "designed in USSR, certainty not assessed"
    assert describe_cell(Cell(1, "a.jpg")) == "a.jpg"


def test_the_ids_given_are_copied(model: GridModel) -> None:
    ids = np.arange(5)
    model.set_ids(ids)
    ids[0] = 99
    assert model.id_at(0) == 0
