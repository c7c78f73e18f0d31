"""The facets as a tree of two levels: a row for each facet, and under it one for each value.

Rows never move: a value that nothing has any more stays with a count of nought until its facet is closed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, Qt

from core.records import Filter, Query
from core.search import FacetValue
from gui.models.grid_model import Index
from gui.plain import plain_tooltip

VALUE_ROLE: Final = Qt.ItemDataRole.UserRole  # FacetValue, None for a facet's own row
WANTED_ROLE: Final = Qt.ItemDataRole.UserRole + 1  # True with, False without, None either
SHARE_ROLE: Final = Qt.ItemDataRole.UserRole + 2  # 0 to 1, of the largest count of the facet

_TOP: Final = 2**30  # the internal id of a facet's own row; a value's is the number of its facet


@dataclass(slots=True)
class _Section:
    facet: str
    values: list[FacetValue] = field(default_factory=list)
    largest: int = 0


class FacetModel(QAbstractItemModel):
    """``titles`` names the facets to show, in their order."""

    def __init__(self, titles: Mapping[str, str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._titles = titles
        self._sections = [_Section(facet) for facet in titles]
        self._wanted: dict[tuple[str, str], bool] = {}

    def set_query(self, query: Query) -> None:
        """Mark the values that are looked for."""
        wanted = {(chosen.facet, chosen.code): chosen.wanted for chosen in query.filters}
        if wanted == self._wanted:
            return
        self._wanted = wanted
        for number in range(len(self._sections)):
            self._tell(number)

    def set_values(self, facets: Mapping[str, Sequence[FacetValue]], closed: frozenset[str]) -> None:
        """Take new counts; the facets in ``closed`` forget the values that nothing has."""
        for number, section in enumerate(self._sections):
            self._set_section(number, facets.get(section.facet, ()), keep=section.facet not in closed)

    def _set_section(self, number: int, values: Sequence[FacetValue], *, keep: bool) -> None:
        section = self._sections[number]
        new = {value.code: value for value in values}
        if keep:
            new |= {old.code: replace(old, count=0) for old in section.values if old.code not in new}
        rows = sorted(new.values(), key=lambda value: value.place)
        parent = self.index(number, 0)
        section.largest = max((value.count for value in rows), default=0)
        if [value.code for value in rows] == [value.code for value in section.values]:
            section.values = rows
            self._tell(number)
            return
        if section.values:
            self.beginRemoveRows(parent, 0, len(section.values) - 1)
            section.values = []
            self.endRemoveRows()
        if rows:
            self.beginInsertRows(parent, 0, len(rows) - 1)
            section.values = rows
            self.endInsertRows()

    def _tell(self, number: int) -> None:
        parent = self.index(number, 0)
        self.dataChanged.emit(parent, parent)
        count = len(self._sections[number].values)
        if count:
            self.dataChanged.emit(self.index(0, 0, parent), self.index(count - 1, 0, parent))

    def facet_of(self, index: Index) -> str:
        """The facet of a row, be it its own or that of a value."""
        number = index.row() if index.internalId() == _TOP else index.internalId()
        return self._sections[int(number)].facet

    def next_query(self, index: Index, query: Query) -> Query:
        """The query after a value was pressed: with it, then without it, then either."""
        value, facet = self.data(index, VALUE_ROLE), self.facet_of(index)
        wanted = self.data(index, WANTED_ROLE)
        if wanted is None:
            return query.with_filter(Filter(facet, value.code))
        if wanted:
            return query.with_filter(Filter(facet, value.code, wanted=False))
        return query.without_filter(facet, value.code)

    def index(self, row: int, column: int, parent: Index | None = None) -> QModelIndex:
        """The row of a facet, or of a value under one."""
        if parent is None or not parent.isValid():
            return self.createIndex(row, column, _TOP) if 0 <= row < len(self._sections) else QModelIndex()
        if parent.internalId() != _TOP or not 0 <= row < len(self._sections[parent.row()].values):
            return QModelIndex()
        return self.createIndex(row, column, parent.row())

    def parent(self, index: Index) -> QModelIndex:  # type: ignore[override]  # it is QObject.parent() too
        """The facet's row of a value."""
        if not index.isValid() or index.internalId() == _TOP:
            return QModelIndex()
        return self.createIndex(int(index.internalId()), 0, _TOP)

    def rowCount(self, parent: Index | None = None) -> int:  # noqa: N802 - Qt's name
        """How many facets there are, or values under one."""
        if parent is None or not parent.isValid():
            return len(self._sections)
        return len(self._sections[parent.row()].values) if parent.internalId() == _TOP else 0

    def columnCount(self, parent: Index | None = None) -> int:  # noqa: ARG002, N802 - Qt's name
        """One: what a row shows is drawn in one piece."""
        return 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a row shows, and in words."""
        if not index.isValid():
            return None
        if index.internalId() == _TOP:
            title = self._titles[self._sections[index.row()].facet]
            return title if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole) else None
        return self._value_data(self._sections[int(index.internalId())], index.row(), role)

    def _value_data(self, section: _Section, row: int, role: int) -> Any:
        value = section.values[row]
        wanted = self._wanted.get((section.facet, value.code))
        if role == VALUE_ROLE:
            return value
        if role == WANTED_ROLE:
            return wanted
        if role == SHARE_ROLE:
            return value.count / section.largest if section.largest else 0.0
        if role == Qt.ItemDataRole.DisplayRole:
            return value.label
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tooltip(self._words(value, wanted))
        return self._words(value, wanted) if role == Qt.ItemDataRole.AccessibleTextRole else None

    def _words(self, value: FacetValue, wanted: bool | None) -> str:  # noqa: FBT001 - three states
        images = self.tr("%1 image") if value.count == 1 else self.tr("%1 images")
        count = images.replace("%1", f"{value.count:,}")
        state = {True: self.tr("only with this"), False: self.tr("without this"), None: self.tr("with or without")}
        return f"{value.label}: {count}, {state[wanted]}"
