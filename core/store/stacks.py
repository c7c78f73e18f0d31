"""The two stacks of undo and redo."""

from sqlite_utils import Database

from core.records import Step
from core.store import history


class Stacks:
    """What can be undone and redone, derived from the actions alone and so the same after a restart."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._read = 1  # the first action made the archive and stays
        self._undo: list[tuple[Step, str]] = []
        self._redo: list[tuple[Step, str]] = []

    def undoable(self) -> tuple[Step, str] | None:
        """The step that undo takes back, and what it did in words; None when there is none."""
        self._catch_up()
        return self._undo[-1] if self._undo else None

    def redoable(self) -> tuple[Step, str] | None:
        """The undoing that redo takes back, and in words what it does again; None when there is none."""
        self._catch_up()
        return self._redo[-1] if self._redo else None

    def undo_label(self) -> str | None:
        """What undo would take back, None when there is nothing."""
        found = self.undoable()
        return found[1] if found else None

    def redo_label(self) -> str | None:
        """What redo would do again, None when there is nothing."""
        found = self.redoable()
        return found[1] if found else None

    def _catch_up(self) -> None:
        for step in history.steps(self._db, after=self._read):
            self._read = step.first_action
            if self._undo and step.undoes == self._undo[-1][0].uuid:
                self._redo.append((step, self._undo.pop()[1]))
            elif self._redo and step.undoes == self._redo[-1][0].uuid:
                self._undo.append((step, self._redo.pop()[1]))
            else:
                self._undo.append((step, step.label))
                self._redo.clear()
