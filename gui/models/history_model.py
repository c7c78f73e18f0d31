"""The steps of the history, newest first, older ones fetched as they are scrolled to."""

from collections.abc import Iterable, Sequence
from typing import Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from core.archive import Archive
from core.jobs import Job
from core.records import Step
from gui.models.sentences import when
from gui.plain import plain_tooltip
from gui.session import Session

PAGE: Final = 200
STEP_ROLE: Final = Qt.ItemDataRole.UserRole
UNDONE_ROLE: Final = Qt.ItemDataRole.UserRole + 1
Index = QModelIndex | QPersistentModelIndex


def undone(steps: Iterable[Step]) -> frozenset[str]:
    """The uuids of those steps that a newer one took back and no still newer one did again.

    ``steps`` run from the newest on without a gap.
    """
    found: set[str] = set()
    for step in steps:
        if step.undoes is not None and step.uuid not in found:
            found.add(step.undoes)
    return frozenset(found)


class HistoryModel(QAbstractListModel):
    """One row for each step of the archive that is open, its label as text."""

    filled = Signal()  # steps arrived

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._steps: list[Step] = []
        self._undone: frozenset[str] = frozenset()
        self._older = False
        session.opened.connect(self.reload)
        session.changed.connect(self.reload)
        session.closed.connect(self._on_closed)
        if session.info is not None:
            self.reload()

    def reload(self) -> None:
        """Ask for the newest steps; those below stay where they are."""
        self._session.read(("history", "newest"), _Page(None), self._on_newest)

    def rowCount(self, parent: Index | None = None) -> int:  # noqa: N802 - Qt's name
        """How many steps have arrived."""
        return 0 if parent is not None and parent.isValid() else len(self._steps)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """A step under ``STEP_ROLE``, whether it is undone under ``UNDONE_ROLE``, and its words."""
        if not index.isValid():
            return None
        step = self._steps[index.row()]
        gone = step.uuid in self._undone
        return {
            int(STEP_ROLE): step,
            int(UNDONE_ROLE): gone,
            int(Qt.ItemDataRole.DisplayRole): step.label,
            int(Qt.ItemDataRole.ToolTipRole): plain_tooltip(f"{step.label}\n{step.actor}, {when(step.at)}"),
            int(Qt.ItemDataRole.AccessibleTextRole): self._described(step, gone=gone),
        }.get(int(role))

    def _described(self, step: Step, *, gone: bool) -> str:
        words = f"{step.label}, {step.actor}, {when(step.at)}"
        return self.tr("%1, undone").replace("%1", words) if gone else words

    def canFetchMore(self, parent: Index) -> bool:  # noqa: N802 - Qt's name
        """Whether older steps are there."""
        return self._older and not parent.isValid()

    def fetchMore(self, parent: Index) -> None:  # noqa: ARG002, N802 - Qt's name
        """Ask for older steps."""
        self._older = False  # until they have come
        before = self._steps[-1].first_action
        self._session.read(("history", "older"), _Page(before), self._on_older)

    def _on_newest(self, page: Sequence[Step]) -> None:
        known = {step.uuid: row for row, step in enumerate(self._steps)}
        meeting = next((row for row, step in enumerate(page) if step.uuid in known), None)
        if meeting is None or known[page[meeting].uuid] != 0:
            self.beginResetModel()
            self._steps = list(page)
            self._older = len(page) == PAGE
            self.endResetModel()
        elif meeting:
            self.beginInsertRows(QModelIndex(), 0, meeting - 1)
            self._steps[:0] = page[:meeting]
            self.endInsertRows()
        self._tell()

    def _on_older(self, page: Sequence[Step]) -> None:
        # Where the newest were asked for anew meanwhile, the page may not follow on the last.
        if self._steps and page and page[0].first_action < self._steps[-1].first_action:
            first = len(self._steps)
            self.beginInsertRows(QModelIndex(), first, first + len(page) - 1)
            self._steps += page
            self.endInsertRows()
            self._older = len(page) == PAGE
        self._tell()

    def _tell(self) -> None:
        self._undone = undone(self._steps)
        if self._steps:
            self.dataChanged.emit(self.index(0), self.index(len(self._steps) - 1))
        self.filled.emit()

    def _on_closed(self) -> None:
        self.beginResetModel()
        self._steps, self._undone, self._older = [], frozenset(), False
        self.endResetModel()


class _Page:
    """The question for a page of steps."""

    def __init__(self, before: int | None) -> None:
        self._before = before

    def __call__(self, archive: Archive, _job: Job) -> list[Step]:
        return archive.history(limit=PAGE, before=self._before)
