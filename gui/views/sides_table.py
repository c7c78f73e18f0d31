"""What two coders recorded of an image, side by side, and which side is followed in what differs."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QBrush, QColor, QFont, QKeyEvent
from PySide6.QtWidgets import QWidget

from core.blind_coding.joining_identifications import Side
from core.blind_coding.settling_codings import Choice
from gui import style
from gui.models.coding import Apart, Line, field_words, not_recorded, parts_of
from gui.views.plain_table import PlainTable

_FIELD, _FIRST, _SECOND = range(3)
_SIDES: Final[dict[int, Side]] = {_FIRST: "first", _SECOND: "second"}
_BROUGHT: Final = {"model": ("type", "level")}
_KEYS: Final[dict[int, Side]] = {Qt.Key.Key_1: "first", Qt.Key.Key_2: "second"}


class SidesTable(PlainTable):
    """The first row is all of it; 1 and 2, or a press, choose a side for the row with the cursor."""

    chosen = Signal()  # another side, or nothing any more, is followed
    settle_wanted = Signal()  # Enter
    skip_wanted = Signal()  # S

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(("", "", ""), parent=parent)
        self._apart: Apart | None = None
        self._followed: dict[tuple[int, str], Side] = {}
        self._lines: list[Line | None] = []
        self.setAccessibleName(self.tr("What both coders recorded"))
        self.cellClicked.connect(self._on_cell_clicked)

    def show_apart(self, apart: Apart | None, first: str = "", second: str = "") -> None:
        """Show an image of these two coders, with nothing chosen; None for none."""
        self._apart = apart
        self._followed = {}
        self._lines = [] if apart is None else [None, *apart.lines]
        self.set_heads(("", first, second))
        self.setRowCount(len(self._lines))
        if apart is not None:
            for row, line in enumerate(self._lines):
                self.set_row(row, self._texts(apart, line))
            self.setCurrentCell(0, _FIELD)
        self._mark()

    @property
    def complete(self) -> bool:
        """Whether a side is followed in everything that differs."""
        return self._apart is not None and set(parts_of(self._apart)) <= self._followed.keys()

    @property
    def choice(self) -> Choice:
        """Whose word holds; only where it is ``complete``."""
        return Choice(next(iter(self._followed.values()), "first"), dict(self._followed))

    def follow(self, side: Side) -> None:
        """Follow one side in the row with the cursor; in the first row, in all of it.

        A model brings its type and its level along; those can be chosen otherwise afterwards.
        """
        row = self.currentRow()
        if self._apart is None or not 0 <= row < len(self._lines):
            return
        line = self._lines[row]
        if line is None:
            self._followed = dict.fromkeys(parts_of(self._apart), side)
        elif line.differs:
            parts = (line.part, *_BROUGHT.get(line.part, ()))
            differing = set(parts_of(self._apart))
            self._followed |= {(line.place, part): side for part in parts if (line.place, part) in differing}
        self._mark()

    def _texts(self, apart: Apart, line: Line | None) -> tuple[str, str, str]:
        if line is None:
            first, second = (
                (self.tr("1 weapon") if count == "1" else self.tr("%1 weapons")).replace("%1", count)
                for count in apart.counts
            )
            return self.tr("All of it"), first, second
        name = field_words(line.field).capitalize()
        if apart.weapons > 1:
            name = self.tr("%1: %2").replace("%1", str(line.place + 1)).replace("%2", name)
        return name, line.first or not_recorded(), line.second or not_recorded()

    def _mark(self) -> None:
        """Show what differs in bold, and what is followed on a chip's colour with a tick."""
        theme = style.theme_of(self.palette())
        for row, line in enumerate(self._lines):
            differs = line is None or line.differs
            for column in (_FIELD, _FIRST, _SECOND):
                item = self.item(row, column)
                assert item is not None
                font = QFont(self.font())
                font.setWeight(QFont.Weight.DemiBold if differs and column != _FIELD else QFont.Weight.Normal)
                item.setFont(font)
                item.setForeground(QBrush(QColor(theme.text if differs else theme.muted)))
                followed = column != _FIELD and self._is_followed(line, _SIDES[column])
                item.setBackground(QBrush(QColor(theme.chip)) if followed else QBrush())
                text = item.toolTip()
                item.setText(f"✓ {text}" if followed else text)
        self.chosen.emit()

    def _is_followed(self, line: Line | None, side: Side) -> bool:
        if line is None:
            return self.complete and set(self._followed.values()) == {side}
        return line.differs and self._followed.get((line.place, line.part)) == side

    def _on_cell_clicked(self, _row: int, column: int) -> None:
        if column in _SIDES:
            self.follow(_SIDES[column])

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """This table's own keys come before the search for a row that begins so."""
        key = event.key()
        if key in _KEYS:
            self.follow(_KEYS[key])
        elif key == Qt.Key.Key_S:
            self.skip_wanted.emit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.settle_wanted.emit()
        else:
            super().keyPressEvent(event)
