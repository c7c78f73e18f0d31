"""Editing the coding sheet in its place: a value is typed and gets a key, and the sheet is told when to go on."""

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QWidget

from core.coding_sheets import ADVANCE_AFTER
from gui import style
from gui.models.sentences import facet_words
from gui.models.sheet_coder import SheetCoder
from gui.plain import PlainLabel
from gui.session import Session
from gui.views.tag_entry import TagEntry
from gui.views.tag_typing import TagTyping


class SheetEditor(QWidget):
    """A field for values and a list of when the next image follows."""

    left = Signal()

    def __init__(self, session: Session, coder: SheetCoder, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._coder = coder
        self.line = TagEntry(self)
        self.typing = TagTyping(session, self.line)
        self.advance = QComboBox()
        self._hint = PlainLabel(
            self.tr(
                "Enter puts a value on the sheet. On a value, reached by Tab, another key moves it and Del removes it."
            )
        )
        self._arrange()
        self.typing.chosen.connect(coder.put_on)
        self.typing.told.connect(coder.told)
        self.typing.left.connect(self.left)
        self.advance.activated.connect(self._on_advance_chosen)
        coder.changed.connect(self.reload)
        self.reload()

    def _arrange(self) -> None:
        self.line.setAccessibleName(self.tr("A value for the sheet"))
        self.line.setPlaceholderText(self.tr("type, model, country   d: design   b: basis   st: status   context: …"))
        self.advance.setAccessibleName(self.tr("When the next image follows"))
        self._hint.setProperty("role", "muted")
        self._hint.setWordWrap(True)
        row = QHBoxLayout()
        row.setSpacing(style.SMALL)
        row.addWidget(self.line, 1)
        row.addWidget(self.advance)
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setVerticalSpacing(style.TIGHT)
        layout.addLayout(row, 0, 0)
        layout.addWidget(self._hint, 1, 0)

    def reload(self) -> None:
        """Offer going on after each facet that is on the sheet."""
        sheet = self._coder.sheet
        facets = list(dict.fromkeys(value.facet for value in sheet.values if value.facet not in ADVANCE_AFTER))
        choices = [
            (self.tr("Stay on the image"), ()),
            (self.tr("Go on after the type or model"), ADVANCE_AFTER),
            *((self.tr("Go on after: %1").replace("%1", facet_words(facet)), (facet,)) for facet in facets),
        ]
        self.advance.clear()
        for words, after in choices:
            self.advance.addItem(words, after)
        chosen = sheet.advance_after if sheet.advances else ()
        self.advance.setCurrentIndex(next((at for at, one in enumerate(choices) if one[1] == chosen), 0))

    def _on_advance_chosen(self, index: int) -> None:
        after = tuple(self.advance.itemData(index) or ())
        sheet = self._coder.sheet
        self._coder.edit(replace(sheet, advances=bool(after), advance_after=after or sheet.advance_after))
