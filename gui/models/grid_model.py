"""The rows of the grid: image ids, a million of them if need be, and what is known of those near the eye.

The model holds ids only.  Cells and thumbnails come in pages from a ``CellSource`` on a worker thread, for the
rows that a view says it shows; thumbnails are decoded and scaled there too.
"""

import html
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPixmap

from core.jobs import Job
from gui.models.cells import Cell, CellSource, describe_cell, shown_name
from gui.models.covering import cover_of
from gui.runner import Runner

CELL_ROLE: Final = Qt.ItemDataRole.UserRole
PAGE: Final = 16  # images fetched at once: few enough that a picture shows soon, and scrolling is answered soon
CELLS_KEPT: Final = 20_000
PIXMAP_BYTES: Final = 128 * 2**20

Ids = npt.NDArray[np.int64]
Index = QModelIndex | QPersistentModelIndex


@dataclass(slots=True)
class _Thumbnail:
    """A picture as last made: for a box of ``edge`` device pixels; no pixmap where there is no picture."""

    pixmap: QPixmap | None
    edge: int
    size_bytes: int
    cover: QPixmap | None = None  # made when it is first drawn


class GridModel(QAbstractListModel):
    """Image ids in the order to show them, with cells and thumbnails filled in as they arrive.

    ``runner`` is the one that reads; ``source`` is asked in its thread.  While it is ``covering``, a graphic picture
    is given as its cover unless it is looked at.
    """

    rows_filled = Signal(object)  # the image ids whose cell or picture has arrived
    fetch_failed = Signal(object)  # CoreError or Bug: nothing is fetched until something is wanted again

    def __init__(self, runner: Runner, source: CellSource, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._source = source
        self._ids: Ids = np.empty(0, np.int64)
        self._cells: OrderedDict[int, Cell] = OrderedDict()
        self._stale: set[int] = set()
        self._thumbnails: OrderedDict[int, _Thumbnail] = OrderedDict()
        self._thumbnail_bytes = 0
        self._rows = range(0)
        self._edge = 0
        self._ratio = 1.0
        self._fetching: frozenset[int] = frozenset()
        self.covering = True

    @property
    def ids(self) -> Ids:
        """The image ids in row order; not to be written to."""
        return self._ids

    def id_at(self, row: int) -> int:
        """The image of a row."""
        return int(self._ids[row])

    def row_of(self, image_id: int) -> int | None:
        """The row of an image, None where it is not shown."""
        found = np.flatnonzero(self._ids == image_id)
        return int(found[0]) if found.size else None

    def set_ids(self, ids: Sequence[int] | Ids) -> None:
        """Show these images instead, each once, in this order."""
        new = np.array(ids, np.int64)
        self.beginResetModel()
        self._ids = new
        self._rows = range(0)
        self.endResetModel()

    def append_ids(self, ids: Sequence[int] | Ids) -> None:
        """Add images at the end; what stands there already does not move."""
        if not len(ids):
            return
        first = len(self._ids)
        longer = np.concatenate([self._ids, np.array(ids, np.int64)])
        self.beginInsertRows(QModelIndex(), first, len(longer) - 1)
        self._ids = longer
        self.endInsertRows()

    def rowCount(self, parent: Index | None = None) -> int:  # noqa: N802 - Qt's name
        """How many images there are."""
        return 0 if parent is not None and parent.isValid() else len(self._ids)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The cell of a row under ``CELL_ROLE``, and in words; None while it has not arrived."""
        if not index.isValid():
            return None
        cell = self._cells.get(self.id_at(index.row()))
        if cell is None or role == CELL_ROLE:
            return cell
        if role == Qt.ItemDataRole.DisplayRole:
            return shown_name(cell.name)
        if role == Qt.ItemDataRole.ToolTipRole:
            # A file name may look like markup, and would be taken for it.
            return f"<p style='white-space: pre-wrap'>{html.escape(describe_cell(cell, covering=self.covering))}</p>"
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return describe_cell(cell, covering=self.covering)
        return None

    def cell(self, row: int) -> Cell | None:
        """What is known of a row; None while it has not arrived."""
        return self._cells.get(int(self._ids[row]))

    def pixmap(self, row: int, *, looking: bool = False) -> QPixmap | None:
        """The picture of a row as last made, perhaps for another size; None while or where there is none.

        A graphic one is covered unless somebody is ``looking``; until it is known whether it is, there is none.
        """
        thumbnail = self._thumbnails.get(int(self._ids[row]))
        if thumbnail is None or thumbnail.pixmap is None or looking or not self.covering:
            return thumbnail.pixmap if thumbnail else None
        cell = self.cell(row)
        if cell is None:
            return None
        if not cell.covered:
            return thumbnail.pixmap
        if thumbnail.cover is None:
            thumbnail.cover = QPixmap.fromImage(cover_of(thumbnail.pixmap.toImage()))
        return thumbnail.cover

    def refresh(self, ids: Iterable[int] | None = None) -> None:
        """Ask again for the cells of these images (all by default); the old ones stay until the new arrive.

        Pictures are kept, since the content of an image never changes; where there was none, there may be one now.
        """
        self._stale.update(self._cells if ids is None else ids)
        without = [image_id for image_id, known in self._thumbnails.items() if known.pixmap is None]
        for image_id in without if ids is None else self._stale.intersection(without):
            del self._thumbnails[image_id]
        self._fetch()

    def want(self, rows: range, edge: int, ratio: float = 1.0) -> None:
        """Fetch what is missing of these rows, nearest first as given, then of a page after and before them.

        ``edge`` is the side in logical pixels of the square that pictures are fitted into, ``ratio`` the device
        pixels in each.
        """
        self._rows, self._edge, self._ratio = rows, round(edge * ratio), ratio
        for image_id in self._ids[rows.start : rows.stop].tolist():
            if image_id in self._thumbnails:
                self._thumbnails.move_to_end(image_id)
        self._fetch()

    def retire(self) -> None:
        """Fetch nothing more, not even what is on its way: the model is about to go."""
        self._edge = 0
        self._runner.forget(("grid", id(self)))

    def _fetch(self) -> None:
        """Ask for the next page of what is wanted and missing, one page at a time."""
        if self._fetching or not self._edge:
            return
        cells, pictures = self._missing()
        if not cells and not pictures:
            return
        self._fetching = frozenset(cells) | frozenset(pictures)
        self._stale.difference_update(cells)
        work = _PageWork(self._source, cells, pictures, self._edge, self._ratio)
        self._runner.ask(("grid", id(self)), work, self._on_page, on_failed=self._on_page_failed)

    def _missing(self) -> tuple[list[int], list[int]]:
        """The next images whose cells, and whose pictures, are to be fetched: a page at most."""
        count = len(self._rows)
        start, stop = self._rows.start, self._rows.stop
        nearest_first = (
            self._ids[start:stop],
            self._ids[stop : stop + count],
            self._ids[max(start - count, 0) : start][::-1],
        )
        cells: list[int] = []
        pictures: list[int] = []
        for image_id in np.concatenate(nearest_first).tolist():
            if image_id not in self._cells or image_id in self._stale:
                cells.append(image_id)
            known = self._thumbnails.get(image_id)
            if known is None or (known.pixmap is not None and known.edge != self._edge):
                pictures.append(image_id)
            if len(cells) >= PAGE or len(pictures) >= PAGE:
                break
        return cells, pictures

    def _on_page(self, page: "_Page") -> None:
        for cell in page.cells:
            self._cells[cell.image_id] = cell
            self._cells.move_to_end(cell.image_id)
        while len(self._cells) > CELLS_KEPT:
            self._cells.popitem(last=False)
        for image_id, image in page.images.items():
            self._keep(image_id, image, page.edge)
        filled, self._fetching = self._fetching, frozenset()
        self.rows_filled.emit(filled)
        self._fetch()

    def _keep(self, image_id: int, image: QImage | None, edge: int) -> None:
        old = self._thumbnails.pop(image_id, None)
        self._thumbnail_bytes -= old.size_bytes if old else 0
        size = image.sizeInBytes() if image else 0
        pixmap = QPixmap.fromImage(image) if image else None
        self._thumbnails[image_id] = _Thumbnail(pixmap, edge, size)
        self._thumbnail_bytes += size
        # What is wanted at once, three pages, must fit, or it would be fetched for ever.
        limit = max(PIXMAP_BYTES, 4 * len(self._rows) * self._edge * self._edge * 4)
        while self._thumbnail_bytes > limit:
            _, dropped = self._thumbnails.popitem(last=False)
            self._thumbnail_bytes -= dropped.size_bytes

    def _on_page_failed(self, error: Exception) -> None:
        self._stale |= self._fetching
        self._fetching = frozenset()
        self.fetch_failed.emit(error)


@dataclass(frozen=True, slots=True)
class _Page:
    """What a worker brings back; an image that is None has no picture."""

    cells: list[Cell]
    images: dict[int, QImage | None]
    edge: int


@dataclass(frozen=True, slots=True)
class _PageWork:
    """What a worker is to fetch: cells and pictures, the latter for a square of ``edge`` device pixels."""

    source: CellSource
    cells: list[int]
    pictures: list[int]
    edge: int
    ratio: float

    def __call__(self, archive: Any, job: Job) -> _Page:
        cells = self.source.cells(archive, self.cells) if self.cells else []
        gone = set(self.cells).difference(cell.image_id for cell in cells)
        images: dict[int, QImage | None] = {}
        for image_id in self.pictures:
            job.check()
            data = self.source.thumbnail(archive, image_id)
            images[image_id] = None if data is None else fitted(data, self.edge, self.ratio)
        return _Page([*cells, *(Cell(image_id, "") for image_id in gone)], images, self.edge)


def fitted(data: bytes, edge: int, ratio: float) -> QImage | None:
    """An encoded thumbnail, decoded and fitted into a square of ``edge`` device pixels; None if it is broken.

    It is never enlarged beyond one of its pixels to one logical pixel, so a small picture stays small.
    """
    image = QImage.fromData(data)
    if image.isNull():
        return None
    scale = min(edge / max(image.width(), image.height()), ratio)
    size = QSize(max(1, round(image.width() * scale)), max(1, round(image.height() * scale)))
    image = image.scaled(size, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation)
    has_alpha = image.hasAlphaChannel()
    image = image.convertToFormat(
        QImage.Format.Format_ARGB32_Premultiplied if has_alpha else QImage.Format.Format_RGB32
    )
    image.setDevicePixelRatio(ratio)
    return image
