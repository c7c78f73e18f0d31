"""Every key: those of the menus from their table, and those that hold in one place only."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from gui import style
from gui.commands import COMMANDS, MENUS, tr
from gui.plain import PlainLabel


def _tr(text: str) -> str:
    return QCoreApplication.translate("KeysDialog", text)


_Place = tuple[str, Sequence[tuple[str, str]]]


def _places() -> Sequence[_Place]:
    return (
        _grid(),
        _single(),
        _regions(),
        _references(),
        _duplicates(),
        _similar(),
        _tag_line(),
        _fields(),
        _coding_sheet(),
        _review(),
        _disagreements(),
        _same_weapon(),
    )


def _grid() -> _Place:
    return (
        _tr("In the grid"),
        (
            (_tr("Arrows, Page, Home, End"), _tr("move; with Shift select")),
            (_tr("Space, Enter"), _tr("open the image")),
            (_tr("Ctrl+Space"), _tr("select this one too, or no more")),
            ("B", _tr("hold it to look at the image, where it is graphic")),
        ),
    )


def _single() -> _Place:
    return (
        _tr("On a single image"),
        (
            (_tr("Left, Right"), _tr("the image before, the next image, while no region is selected")),
            (_tr("PgUp, PgDn"), _tr("the same, also while one is")),
            ("Z", _tr("100 % and back")),
            ("+   −   0", _tr("larger, smaller, fitted")),
            ("[   ]", _tr("turn the view; the image stays as it is")),
            ("A", _tr("adjust the view: lighter, steeper, sharper, one channel alone")),
            (_tr("Shift+A"), _tr("the picture as it is")),
            ("L", _tr("the loupe, by a touch or held; + and − change its power")),
            ("B", _tr("hold it to look at a graphic picture")),
            ("Esc", _tr("one step back: the loupe, the region, the grid")),
        ),
    )


def _regions() -> _Place:
    return (
        _tr("Regions of an image"),
        (
            (_tr("R, then drag or Enter"), _tr("a new region; Enter keeps it, Esc gives it up")),
            (_tr("Ctrl+drag"), _tr("a new region at once")),
            (".   ,", _tr("select the next region, the one before, or none")),
            (_tr("Arrows"), _tr("move it by a pixel of the image; with Shift by ten")),
            (_tr("Alt+Arrows, Ctrl+Arrows"), _tr("resize it from the lower right; with Shift by ten")),
            (_tr("Shift+D"), _tr("one more like it")),
            (_tr("Del"), _tr("delete it")),
            (_tr("Enter on a dashed one"), _tr("show the copy that it was drawn on")),
        ),
    )


def _references() -> _Place:
    return (
        _tr("In the references"),
        (
            (_tr("Left, Right"), _tr("compare with the region before, the next one")),
            (_tr("Up, Down"), _tr("the model before, the next one to try")),
            ("+   −   0", _tr("both larger, smaller, fitted; the wheel and a drag do so too")),
            ("I", _tr("this is it: identify it as this model")),
            ("N", _tr("not this one: exclude the model, with a reason")),
            ("B", _tr("hold it to look at graphic pictures")),
            ("Esc", _tr("back to the image")),
        ),
    )


def _duplicates() -> _Place:
    return (
        _tr("In the duplicates"),
        (
            ("Enter", _tr("take what is proposed")),
            ("S", _tr("same picture")),
            ("A   B", _tr("the same picture, and this is the better copy")),
            ("C   R   H", _tr("A is a crop, a redacted version, a screenshot of B")),
            ("M   T   I", _tr("A is a mirrored copy, a turned copy, a composite with B in it")),
            (_tr("Shift+its key"), _tr("the same, of B and A")),
            ("F   E   O   P", _tr("only the same video, event, object, place")),
            ("N", _tr("not related")),
            (_tr("Space, Right, PgDn"), _tr("skip; decides nothing")),
            (_tr("Left, Backspace, PgUp"), _tr("back; decides nothing")),
            ("U", _tr("take the last verdict back")),
            ("G", _tr("settle the obvious ones together, after a look")),
            (_tr("1 to 5, W"), _tr("side by side, in place, split, difference, overlay; the next of them")),
            ("X", _tr("show the other picture at the same place; hold it for a glance")),
            (_tr("Arrows"), _tr("move the line of the split, lay B on more strongly, show differences larger")),
            ("Z   +   -   0", _tr("100 %, closer, farther, all of both")),
            (_tr("Shift+arrows"), _tr("move both pictures")),
            ("V", _tr("hold it to look at graphic pictures")),
        ),
    )


def _similar() -> _Place:
    return (
        _tr("Among similar images"),
        (
            (_tr("Up, Down"), _tr("move; where it lies is framed on what was asked about, or on it")),
            (_tr("Space"), _tr("show it beside what was asked about, or no more")),
            ("Enter", _tr("open the image; Esc leads back here")),
            ("+   −   0", _tr("both larger, smaller, fitted; the wheel and a drag do so too")),
            ("B", _tr("hold it to look at graphic pictures")),
            ("Esc", _tr("back to where one was")),
        ),
    )


def _fields() -> _Place:
    return (
        _tr("In a field for a value"),
        (
            (_tr("Down, Up"), _tr("list the values, and walk the list")),
            ("Enter", _tr("take what is highlighted")),
            (_tr("Shift+Enter"), _tr("make a term that does not exist, after a question")),
        ),
    )


def _tag_line() -> _Place:
    return (
        _tr("In the tag line"),
        (
            ("Enter", _tr("apply what is highlighted")),
            (_tr("Tab, Down, Up"), _tr("walk the list; in an empty line what is suggested and what was given last")),
            (_tr("Alt+letter"), _tr("say what is suggested over the line, by the letter that stands there")),
            (_tr("Shift+Enter"), _tr("make a term that does not exist, after a question")),
            (_tr("Ctrl+Enter"), _tr("ready for review, and on to the next image")),
            (_tr("Alt+0 to Alt+4"), _tr("how certain it is: what was just tagged, and what is tagged next")),
            (_tr("Alt+5 to Alt+9"), _tr("on what it rests: the first five of the list of bases")),
            ("d:   t:   in:   at:   h:   c:", _tr("design, type, seen in, place, holder, conflict")),
            ("x3   ~3   >=3", _tr("how many: counted, estimated, at least")),
            ("s:   v:   w:   l:   n:", _tr("a serial, the variant, how it is written, the level, a note")),
            ("b:   st:   -", _tr("a basis, the status, take a value away")),
            (_tr("Alt+Right, Alt+Left"), _tr("the next image, the image before")),
            (_tr("PgDn, PgUp"), _tr("the same, while the line is empty")),
            ("Esc", _tr("leave")),
        ),
    )


def _review() -> _Place:
    return (
        _tr("In an opened review"),
        (
            ("C", _tr("confirm the identification")),
            ("H   R", _tr("it is to be changed; reject it")),
            ("U   S", _tr("it cannot be determined; it needs a specialist")),
            ("Enter", _tr("decide, once the reason is written")),
        ),
    )


def _disagreements() -> _Place:
    return (
        _tr("Among disagreements of coders"),
        (
            ("1   2", _tr("follow this coder in the row with the cursor")),
            ("Enter", _tr("settle, once the reason is written")),
            ("S", _tr("skip; decides nothing")),
        ),
    )


def _same_weapon() -> _Place:
    return (
        _tr("Among sightings of copies"),
        (
            ("1   2", _tr("follow this one in the row with the cursor")),
            ("Enter", _tr("they are the same weapon, once all is chosen")),
            ("N", _tr("they are two weapons")),
            ("S", _tr("skip; decides nothing")),
        ),
    )


def _coding_sheet() -> _Place:
    return (
        _tr("On the coding sheet"),
        (
            (_tr("Its keys"), _tr("give a value, or take it away where the image has it")),
            (_tr("Shift+its key"), _tr("pin a value: it goes along with all that is given")),
            (_tr("Enter, with values pinned"), _tr("give what is pinned, and on to the next image")),
            (_tr("Ctrl+Enter"), _tr("ready for review, and on to the next image")),
            (_tr("Every other key"), _tr("what it is in the grid or on the image")),
            ("Esc", _tr("leave")),
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
    heading = PlainLabel(title)
    heading.setProperty("role", "title")
    grid.addWidget(heading, row, 0, 1, _COLUMNS)
    for key, meaning in keys:
        row += 1
        grid.addWidget(PlainLabel(key), row, 0, Qt.AlignmentFlag.AlignTop)
        words = PlainLabel(meaning)
        words.setWordWrap(True)
        words.setProperty("role", "muted")
        grid.addWidget(words, row, 1)
    return row + 1
