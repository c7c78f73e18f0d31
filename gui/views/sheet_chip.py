"""One value on the coding sheet: its key, whether the image has it, whether it is pinned."""

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from core.coding_sheets import KEYS
from gui import style
from gui.icons import paint_icon
from gui.plain import plain_tooltip

HEIGHT: Final = 26
_KEY_PX: Final = 18
_ICON_PX: Final = 12
_WIDEST: Final = 260


class SheetChip(QWidget):
    """Pressed, it acts as its key does; while the sheet is edited it can be taken off, or given another key."""

    pressed = Signal(str)  # its key
    pin_pressed = Signal(str)  # its key
    removed = Signal(str)  # its key
    moved = Signal(str, str)  # its key, and the one that it is to have

    def __init__(self, key: str, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key = key
        self.words = words
        self.share = 0.0
        self.is_pinned = False
        self._edited = False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_state(share=0, pinned=False, edited=False)

    def show_state(self, *, share: float, pinned: bool, edited: bool) -> None:
        """Show how many of the images have the value, from 0 to 1, and what a press does."""
        self.share, self.is_pinned, self._edited = share, pinned, edited
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if edited else Qt.FocusPolicy.NoFocus)
        state = self.tr("all have it") if share == 1 else self.tr("some have it") if share else self.tr("not given")
        parts = [self.words, self.tr("key %1").replace("%1", self.key.upper()), state]
        parts += [self.tr("pinned")] if pinned else []
        self.setAccessibleName(", ".join(parts))
        if edited:
            hint = self.tr("Del takes it off the sheet, another key moves it there.")
        else:
            hint = self.tr("Shift+%1 pins it: it goes along with all that is given.").replace("%1", self.key.upper())
        self.setToolTip(plain_tooltip(f"{self.words}\n{hint}"))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Room for all of it, up to a limit."""
        width = style.TIGHT + _KEY_PX + style.SMALL + QFontMetricsF(self.font()).horizontalAdvance(self.words)
        # The tick has its room before it is there, so that nothing moves; a pin is set by hand.
        width += style.SMALL + (_ICON_PX + style.TIGHT) * (2 if self.is_pinned else 1)
        return QSize(min(round(width + 0.5), _WIDEST), HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802 - Qt's name
        """Draw the key in a box, the words, a tick or a dash for what is given, a pin, a cross while edited."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = style.theme_of(self.palette())
        given = self.share > 0
        painter.setBrush(QColor(theme.chip) if given else Qt.BrushStyle.NoBrush)
        focused = self.hasFocus() or self.is_pinned
        painter.setPen(QPen(QColor(theme.accent if focused else theme.control), 1.5 if focused else 1))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), style.RADIUS, style.RADIUS)
        box = self._placed(style.TIGHT, _KEY_PX)
        painter.setPen(QPen(QColor(theme.control), 1))
        painter.setBrush(QColor(theme.panel))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
        painter.setPen(QColor(theme.text))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self.key.upper())
        end = self.width() - style.SMALL
        for drawing in self._marks():
            end -= _ICON_PX
            paint_icon(painter, drawing, self._placed(end, _ICON_PX), theme.accent if drawing == "pin" else theme.text)
            end -= style.TIGHT
        left = style.TIGHT + _KEY_PX + style.SMALL
        room = self._placed(left, max(end - left, 0), self.height())
        words = QFontMetricsF(self.font()).elidedText(self.words, Qt.TextElideMode.ElideRight, room.width() + 1)
        at = Qt.AlignmentFlag.AlignRight if self.isRightToLeft() else Qt.AlignmentFlag.AlignLeft
        painter.drawText(room, at | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute, words)
        painter.end()

    def _marks(self) -> list[str]:
        """The marks at the end, the last one first."""
        if self._edited:
            return ["close"]
        marks = ["pin"] if self.is_pinned else []
        return marks + (["check"] if self.share == 1 else ["minus"] if self.share else [])

    def _placed(self, left: float, width: float, height: float | None = None) -> QRectF:
        """A part that begins at ``left``, counted from where reading begins."""
        height = width if height is None else height
        x = self.width() - left - width if self.isRightToLeft() else left
        return QRectF(x, (self.height() - height) / 2, width, height)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Act as the key does; while edited, the cross takes it off."""
        if not self.rect().contains(event.position().toPoint()):
            return
        if self._edited:
            cross = self._placed(self.width() - style.SMALL - _ICON_PX, _ICON_PX).adjusted(-6, -6, 6, 6)
            if cross.contains(event.position()):
                self.removed.emit(self.key)
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.pin_pressed.emit(self.key)
        else:
            self.pressed.emit(self.key)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """While edited: Delete takes it off, another key moves it there."""
        typed = event.text().lower()
        if self._edited and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit(self.key)
        elif self._edited and typed and typed in KEYS:
            self.moved.emit(self.key, typed)
        else:
            super().keyPressEvent(event)
