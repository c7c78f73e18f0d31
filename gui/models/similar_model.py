"""The rows of what was found to be like a picture: the grid's, and how each is like it."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt

from core.archive import Archive
from core.records import ImageId
from core.transforms import Point
from gui.models.catalogue_source import CatalogueSource
from gui.models.cells import Cell, shown_name
from gui.models.finding_similar import frames
from gui.models.grid_model import GridModel, Index
from gui.models.sentences import evidence_words, similar_words
from gui.models.similar_question import Answer, match_of
from gui.plain import plain_tooltip
from gui.runner import Runner

if TYPE_CHECKING:
    from core.similar import Similar


class SimilarModel(GridModel):
    """The images of an answer, in its order."""

    def __init__(self, runner: Runner, answer: Answer | None = None, parent: QObject | None = None) -> None:
        # What is like a graphic picture may well be a copy of it.
        graphic = answer is not None and answer.taken.graphic
        super().__init__(runner, _Beside(graphic=graphic), parent)
        self._graphic = graphic
        self._found: tuple[Similar, ...] = answer.found if answer else ()
        self.set_ids([one.image.id for one in self._found])

    def image_id(self, row: int) -> ImageId:
        """The image of a row."""
        return self._found[row].image.id

    def name(self, row: int) -> str:
        """The name of a row's image."""
        return shown_name(self._found[row].name)

    def likeness(self, row: int) -> str:
        """How a row's image is like what was asked about."""
        return similar_words(match_of(self._found[row]))

    def evidence(self, row: int) -> str:
        """On what that rests."""
        return evidence_words(match_of(self._found[row]))

    def frames(self, row: int) -> tuple[tuple[Point, ...], tuple[Point, ...]]:
        """Where they lie on each other: see ``frames``."""
        return frames(self._found[row].transform)

    def is_graphic(self, row: int) -> bool:
        """Whether a row's image is graphic, or may be: until that is known, it may."""
        cell = self.cell(row)
        return self._graphic or cell is None or cell.covered

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """As in the grid, with how each is like what was asked about."""
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.name(index.row())
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            row = index.row()
            known = super().data(index, Qt.ItemDataRole.AccessibleTextRole) or self.name(row)
            words = "\n".join(filter(None, (self.likeness(row), self.evidence(row), known)))
            return words if role == Qt.ItemDataRole.AccessibleTextRole else plain_tooltip(words)
        return super().data(index, role)


class _Beside(CatalogueSource):
    """The grid's cells, all of them covered where what they may be copies of is ``graphic``."""

    def __init__(self, *, graphic: bool) -> None:
        self._graphic = graphic

    def cells(self, archive: Archive, ids: Sequence[int]) -> list[Cell]:
        return [replace(cell, covered=cell.covered or self._graphic) for cell in super().cells(archive, ids)]
