"""The rows of a table of counts: a value, how many have it, and how that compares with the largest count."""

from typing import Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from core.analysis import CountTable
from core.vocabularies import Vocabulary

VALUE, COUNT, SHARE = range(3)
DEPTH_ROLE: Final = Qt.ItemDataRole.UserRole
SHARE_ROLE: Final = Qt.ItemDataRole.UserRole + 1
CODE_ROLE: Final = Qt.ItemDataRole.UserRole + 2
Index = QModelIndex | QPersistentModelIndex


class CountsModel(QAbstractTableModel):
    """A ``CountTable`` as rows; the share is of the largest count, 0 to 1, for a bar."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._table: CountTable | None = None
        self._depths: dict[str, int] = {}
        self._largest = 1

    def set_table(self, table: CountTable | None, types: Vocabulary | None = None) -> None:
        """Show another table; ``types`` is the tree in which its values stand, if they do."""
        self.beginResetModel()
        self._table = table
        rows = table.rows if table else ()
        self._largest = max((row.count for row in rows), default=1)
        codes = [row.code for row in rows]
        self._depths = {code: len(types.ancestors(code)) for code in codes if code in types} if types else {}
        self.endResetModel()

    @property
    def text(self) -> str:
        """The table to paste elsewhere: values and counts with tabs between them, and the rule under it."""
        if self._table is None:
            return ""
        heads = f"{self.headerData(VALUE, Qt.Orientation.Horizontal)}\t{self._table.unit}"
        rows = [f"{row.label}\t{row.count}" for row in self._table.rows]
        return "\n".join([heads, *rows, "", self._table.rule]) + "\n"

    def rowCount(self, parent: Index | None = None) -> int:  # noqa: N802 - Qt's name
        """How many values there are."""
        return 0 if self._table is None or (parent is not None and parent.isValid()) else len(self._table.rows)

    def columnCount(self, parent: Index | None = None) -> int:  # noqa: N802 - Qt's name
        """Value, count, bar."""
        return 0 if parent is not None and parent.isValid() else 3

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """What is counted, by what."""
        if orientation != Qt.Orientation.Horizontal or self._table is None:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if section == COUNT else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        by = {
            "type": self.tr("Weapon type"),
            "design": self.tr("Country of design"),
            "manufacture": self.tr("Country of manufacture"),
        }[self._table.by]
        units = {
            "captures": self.tr("Captures"),
            "images": self.tr("Images"),
            "pictures": self.tr("Pictures"),
            "sightings": self.tr("Sightings"),
        }
        return (by, units[self._table.unit], "")[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """A value's label, its count, and under roles of their own its depth, its share and its code."""
        if not index.isValid() or self._table is None:
            return None
        row = self._table.rows[index.row()]
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() == COUNT:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        texts = (row.label, f"{row.count:,}", "")
        return {
            int(Qt.ItemDataRole.DisplayRole): texts[index.column()],
            int(Qt.ItemDataRole.AccessibleTextRole): (*texts[:2], f"{row.count:,}")[index.column()],
            int(CODE_ROLE): row.code,
            int(DEPTH_ROLE): self._depths.get(row.code, 0),
            int(SHARE_ROLE): row.count / self._largest,
        }.get(int(role))
