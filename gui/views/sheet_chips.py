"""The values of the coding sheet in lines, kept as the sheet and the images stand."""

from PySide6.QtWidgets import QWidget

from gui.models.sheet_coder import SheetCoder
from gui.views.sheet_chip import SheetChip
from gui.views.wrapping import WrappingLayout, fixed_height_for_width


class SheetChips(QWidget):
    """A chip for each value, in the order of the sheet; ``edited`` makes them take other keys, or go."""

    def __init__(self, coder: SheetCoder, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._coder = coder
        self._edited = False
        self._wrapping = WrappingLayout(self)
        fixed_height_for_width(self)
        self._shown: list[tuple[str, str]] = []
        self.chips: list[SheetChip] = []
        coder.changed.connect(self.reload)
        self.reload()

    def set_edited(self, *, edited: bool) -> None:
        """Have them act on the sheet, or on the images."""
        self._edited = edited
        self.reload()

    def reload(self) -> None:
        """Show the sheet as it is now."""
        coder = self._coder
        values = coder.sheet.values
        wanted = [(value.key, coder.offer_of(value).words) for value in values]
        if wanted != self._shown:
            self._make(wanted)
        for chip, value in zip(self.chips, values, strict=True):
            pinned = value.key in coder.pinned
            chip.show_state(share=coder.share_of(value), pinned=pinned, edited=self._edited)

    def _make(self, wanted: list[tuple[str, str]]) -> None:
        self._wrapping.clear()
        self._shown = wanted
        self.chips = [SheetChip(key, words) for key, words in wanted]
        for chip in self.chips:
            chip.pressed.connect(self._coder.press)
            chip.pin_pressed.connect(self._coder.pin)
            chip.removed.connect(self._on_removed)
            chip.moved.connect(self._on_moved)
            self._wrapping.addWidget(chip)

    def _on_removed(self, key: str) -> None:
        self._coder.edit(self._coder.sheet.without(key))

    def _on_moved(self, key: str, to: str) -> None:
        self._coder.edit(self._coder.sheet.moved(key, to))
        for chip in self.chips:
            if chip.key == to:
                chip.setFocus()
