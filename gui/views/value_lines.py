"""The values of several images, facet by facet: how many have each, given to all or taken away by one key."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from gui import style
from gui.icons import icon
from gui.models.selection_values import Shown
from gui.models.sentences import facet_words
from gui.plain import PlainLabel, plain_tooltip


class ValueLines(QWidget):
    """A value that was taken away stays, unchecked, until other images are selected: it can be given again."""

    removed = Signal(object)  # Shown
    spread = Signal(object)  # Shown

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: list[ValueLine] = []
        self.headings: list[QLabel] = []
        self._ids: tuple[int, ...] = ()
        self._gone: dict[tuple[str, str], Shown] = {}
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(style.TIGHT)

    def show_values(self, ids: Sequence[int], values: Sequence[Shown], *, writable: bool) -> None:
        """Show the values of these images; the keys stay on the value that they are on."""
        if tuple(ids) != self._ids:
            self._ids, self._gone = tuple(ids), {}
        here = {(one.value.facet, one.value.code) for one in values}
        every = [*values, *(one for key, one in self._gone.items() if key not in here)]
        order = list(dict.fromkeys(one.value.facet for one in every))
        focused = next((row.key for row in self.rows if row.box.hasFocus()), None)
        self.clear()
        for facet in order:
            self._head(facet_words(facet))
            for shown in (one for one in every if one.value.facet == facet):
                self._add(shown, writable=writable)
        for row in self.rows:
            if row.key == focused:
                row.box.setFocus()

    def clear(self) -> None:
        """Show nothing."""
        for part in (*self.rows, *self.headings):
            self._layout.removeWidget(part)
            part.hide()
            part.deleteLater()
        self.rows, self.headings = [], []

    def _head(self, words: str) -> None:
        heading = PlainLabel(words[:1].upper() + words[1:])
        heading.setProperty("role", "muted")
        heading.setContentsMargins(0, style.SMALL if self.headings else 0, 0, 0)
        self._layout.addWidget(heading)
        self.headings.append(heading)

    def _add(self, shown: Shown, *, writable: bool) -> None:
        row = ValueLine(shown, writable=writable)
        row.removed.connect(self._on_removed)
        row.spread.connect(self.spread)
        self._layout.addWidget(row)
        self.rows.append(row)

    def _on_removed(self, shown: Shown) -> None:
        none = Shown(replace(shown.value, count=0), shown.label, shown.total)
        self._gone[shown.value.facet, shown.value.code] = none
        self.removed.emit(shown)


class ValueLine(QWidget):
    """A value of several images: a box that all, some or none of them tick, and how many do."""

    removed = Signal(object)  # Shown
    spread = Signal(object)  # Shown

    def __init__(self, shown: Shown, *, writable: bool) -> None:
        super().__init__()
        self.shown = shown
        self.key = shown.value.facet, shown.value.code
        self.box = QCheckBox()
        self.box.setTristate(True)
        self.box.setCheckState(self._state)
        words = PlainLabel(shown.label)
        words.setWordWrap(True)
        words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        share = PlainLabel(shown.share)
        share.setProperty("role", "muted")
        share.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.add = _button("plus", self.tr("Give it to all of them: %1").replace("%1", shown.words))
        self.remove = _button("close", self.tr("Take it away from all of them: %1").replace("%1", shown.words))
        self.box.setAccessibleName(f"{shown.words}, {shown.share}")
        self.box.setToolTip(self.tr("Whether all, some or none of the images have it; Space gives it to all."))
        self.box.setEnabled(writable)
        self.add.setEnabled(writable and shown.mixed)
        self.remove.setEnabled(writable and shown.value.count > 0)
        self.box.clicked.connect(self._on_box_clicked)
        self.add.clicked.connect(self._on_add_clicked)
        self.remove.clicked.connect(self._on_remove_clicked)
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setHorizontalSpacing(style.TIGHT)
        for column, part in enumerate((self.box, words, share, self.add, self.remove)):
            layout.addWidget(part, 0, column)
        layout.setColumnStretch(1, 1)

    @property
    def _state(self) -> Qt.CheckState:
        if not self.shown.value.count:
            return Qt.CheckState.Unchecked
        return Qt.CheckState.PartiallyChecked if self.shown.mixed else Qt.CheckState.Checked

    def _on_box_clicked(self) -> None:
        # What the box shows is what the images have, so it changes when they do.
        self.box.setCheckState(self._state)
        if self.shown.mixed:
            self._on_add_clicked()
        else:
            self._on_remove_clicked()

    def _on_add_clicked(self) -> None:
        self.spread.emit(self.shown)

    def _on_remove_clicked(self) -> None:
        self.removed.emit(self.shown)


def _button(drawing: str, words: str) -> QToolButton:
    button = QToolButton()
    button.setIcon(icon(drawing))
    button.setAccessibleName(words)
    button.setToolTip(plain_tooltip(words))
    return button
