"""Models that were considered and excluded, each with the reason; an empty line waits for the next one."""

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from core.claims import LookAlike
from gui import style
from gui.session import Session
from gui.views.term_field import TermField


class LookAlikes(QWidget):
    """A line for each look-alike; one whose model is emptied counts no more."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.lines: list[tuple[TermField, QLineEdit]] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(style.TIGHT)
        self._add(LookAlike(""))

    def show_look_alikes(self, held: Sequence[LookAlike]) -> None:
        """Show these, before an empty line."""
        while len(self.lines) <= len(held):
            self._add(LookAlike(""))
        for (model, reason), one in zip(self.lines, (*held, LookAlike("")), strict=False):
            model.show_code(one.model)
            reason.setText(one.reason)

    def value(self) -> tuple[LookAlike, ...]:
        """What is excluded.

        Raises:
            Refused: a line holds what is no model.
        """
        said = (LookAlike(model.value(), reason.text().strip()) for model, reason in self.lines)
        return tuple(one for one in said if one.model or one.reason)

    def _add(self, one: LookAlike) -> None:
        model, reason = TermField(self._session, "weapon_model"), QLineEdit(one.reason)
        model.setPlaceholderText(self.tr("model"))
        model.setAccessibleName(self.tr("Excluded model %1").replace("%1", str(len(self.lines) + 1)))
        reason.setPlaceholderText(self.tr("why not"))
        reason.setAccessibleName(self.tr("Why model %1 is excluded").replace("%1", str(len(self.lines) + 1)))
        model.chosen.connect(self._on_chosen)
        row = QHBoxLayout()
        row.setSpacing(style.TIGHT)
        row.addWidget(model, 1)
        row.addWidget(reason, 2)
        self._layout.addLayout(row)
        self.lines.append((model, reason))

    def _on_chosen(self, _code: str) -> None:
        if self.lines[-1][0].code:
            self._add(LookAlike(""))
            # Tab goes on to the new line, which was made after all other fields.
            for before, after in pairwise(self.lines):
                self.setTabOrder(before[0], before[1])
                self.setTabOrder(before[1], after[0])
            self.setTabOrder(*self.lines[-1])
