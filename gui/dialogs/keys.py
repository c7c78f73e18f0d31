"""Every key: those of the menus from their table, and those that hold in one place only."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from gui import style
from gui.commands import COMMANDS, MENUS, tr


def _tr(text: str) -> str:
    return QCoreApplication.translate("KeysDialog", text)


def _places() -> Sequence[tuple[str, Sequence[tuple[str, str]]]]:
    return (
        (
            _tr("In the grid"),
            (
                (_tr("Arrows, Page, Home, End"), _tr("move; with Shift select")),
                (_tr("Space, Enter"), _tr("open the image")),
                (_tr("Ctrl+Space"), _tr("select this one too, or no more")),
            ),
        ),
        (
            _tr("On a single image"),
            (
                (_tr("Left, Right"), _tr("the image before, the next image")),
                ("Z", _tr("100 % and back")),
                ("+   −   0", _tr("larger, smaller, fitted")),
                ("[   ]", _tr("turn the view; the image stays as it is")),
                ("Esc", _tr("back to the grid")),
            ),
        ),
        (
            _tr("In the duplicates"),
            (
                ("S", _tr("same picture")),
                ("A   B", _tr("the same picture, and this is the better copy")),
                ("N", _tr("not related")),
                (_tr("Space, Right"), _tr("skip; decides nothing")),
                (_tr("Left, Backspace"), _tr("back; decides nothing")),
                ("U", _tr("take the last verdict back")),
                ("X", _tr("swap the sides")),
            ),
        ),
        (
            _tr("In the tag line"),
            (
                ("Enter", _tr("apply the suggestion")),
                ("Tab, Down, Up", _tr("walk the suggestions")),
                (_tr("Alt+Right, Alt+Left"), _tr("the next image, the image before")),
                (_tr("PgDn, PgUp"), _tr("the same, while the line is empty")),
                ("Esc", _tr("leave")),
            ),
        ),
    )


_COLUMNS: Final = 2


class KeysDialog(QDialog):
    """The keys in two columns."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_tr("Keys"))
        self.setAccessibleName(self.windowTitle())
        page = QWidget()
        grid = QGridLayout(page)
        grid.setContentsMargins(style.LARGE, style.LARGE, style.LARGE, style.LARGE)
        grid.setHorizontalSpacing(style.LARGE)
        grid.setVerticalSpacing(style.TIGHT)
        row = 0
        for title, keys in (*_menus(), *_places()):
            row = _add_group(grid, row, title, keys)
        grid.setColumnStretch(1, 1)
        area = QScrollArea()
        area.setWidget(page)
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setAccessibleName(self.windowTitle())
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, style.LARGE, style.LARGE)
        layout.addWidget(area)
        layout.addWidget(buttons)
        self.resize(520, 560)


def _menus() -> list[tuple[str, list[tuple[str, str]]]]:
    groups = []
    for title, _above in MENUS:
        keys = [
            (
                ", ".join(QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText) for key in command.keys),
                tr(command.text).replace("&", "").rstrip("…"),
            )
            for command in COMMANDS
            if command.menu == title and command.keys
        ]
        if keys:
            groups.append((tr(title).replace("&", ""), keys))
    return groups


def _add_group(grid: QGridLayout, row: int, title: str, keys: Sequence[tuple[str, str]]) -> int:
    if row:
        grid.setRowMinimumHeight(row, style.MEDIUM)
        row += 1
    heading = QLabel(title)
    heading.setProperty("role", "title")
    grid.addWidget(heading, row, 0, 1, _COLUMNS)
    for key, meaning in keys:
        row += 1
        grid.addWidget(QLabel(key), row, 0, Qt.AlignmentFlag.AlignTop)
        words = QLabel(meaning)
        words.setWordWrap(True)
        words.setProperty("role", "muted")
        grid.addWidget(words, row, 1)
    return row + 1
