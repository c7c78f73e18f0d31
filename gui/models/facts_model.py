"""The facts of a weapon model as a table: what is said, by whom made and when, and how it is known."""

from collections.abc import Mapping, Sequence
from typing import Any, Final
from urllib.parse import urlsplit

from PySide6.QtCore import QAbstractTableModel, QCoreApplication, QModelIndex, QObject, QPersistentModelIndex, Qt

from core.model_facts import Fact
from core.vocabularies import Vocabulary
from gui.plain import plain_tooltip

FACT_ROLE: Final = Qt.ItemDataRole.UserRole
UNCHECKED_ROLE: Final = Qt.ItemDataRole.UserRole + 1
VOCABULARIES: Final[Mapping[str, str]] = {
    "type": "weapon_type",
    "parent": "weapon_model",
    "look_alike": "weapon_model",
    "design": "country",
    "manufacture": "country",
}
"""The facts whose values are codes, and of which vocabulary."""
Index = QModelIndex | QPersistentModelIndex


def fact_words(kind: str) -> str:
    """What a kind of fact is called."""
    return {
        "label": _tr("Label"),
        "level": _tr("Level"),
        "type": _tr("Type"),
        "calibre": _tr("Calibre"),
        "parent": _tr("Parent"),
        "name": _tr("Name"),
        "design": _tr("Designed in"),
        "manufacture": _tr("Made in"),
        "look_alike": _tr("Looks like"),
    }.get(kind, kind)


def source_words(source: str) -> str:
    """A source in few letters: the site of an address."""
    site = urlsplit(source).netloc if source.startswith(("http://", "https://")) else ""
    return site.removeprefix("www.") or (_tr("unchecked") if source == "unchecked" else source)


class FactsModel(QAbstractTableModel):
    """One row for each fact; the fact itself stands under ``FACT_ROLE``."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._facts: Sequence[Fact] = ()
        self._vocabularies: Mapping[str, Vocabulary] = {}

    def show(self, facts: Sequence[Fact], vocabularies: Mapping[str, Vocabulary]) -> None:
        """Hold these facts, their codes in words of these vocabularies."""
        self.beginResetModel()
        self._facts, self._vocabularies = facts, vocabularies
        self.endResetModel()

    def fact(self, index: Index) -> Fact | None:
        """The fact of a row."""
        return self._facts[index.row()] if index.isValid() else None

    def rowCount(self, parent: Index | None = None) -> int:  # noqa: N802 - Qt's name
        """How many facts there are."""
        return 0 if parent is not None and parent.isValid() else len(self._facts)

    def columnCount(self, parent: Index | None = None) -> int:  # noqa: ARG002, N802 - Qt's name
        """What is said of each."""
        return len(_headings())

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """The column's heading."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return _headings()[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A cell's words, its full text as a tooltip, and the fact."""
        if not index.isValid():
            return None
        fact = self._facts[index.row()]
        cells = self._cells(fact)
        return {
            int(FACT_ROLE): fact,
            int(UNCHECKED_ROLE): fact.unchecked,
            int(Qt.ItemDataRole.DisplayRole): cells[index.column()],
            int(Qt.ItemDataRole.ToolTipRole): plain_tooltip("\n".join(filter(None, (*cells[:-1], fact.source)))),
            int(Qt.ItemDataRole.AccessibleTextRole): ", ".join(filter(None, cells)),
        }.get(int(role))

    def _cells(self, fact: Fact) -> tuple[str, ...]:
        value = self.words(fact)
        if fact.language and fact.language != "und":
            value = f"{value}  ({fact.language})"
        production = self._vocabularies.get("production")
        said = production.label(fact.production) if production and fact.production else fact.production
        return fact_words(fact.fact), value, said, fact.maker, fact.years, source_words(fact.source)

    def words(self, fact: Fact) -> str:
        """A fact's value as one reads it."""
        vocabulary = self._vocabularies.get(VOCABULARIES.get(fact.fact, ""))
        return vocabulary.label(fact.value) if vocabulary else fact.value


def _headings() -> tuple[str, ...]:
    return _tr("Fact"), _tr("Value"), _tr("Production"), _tr("Maker"), _tr("Years"), _tr("Source")


def _tr(text: str) -> str:
    return QCoreApplication.translate("facts_model", text)
