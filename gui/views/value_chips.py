"""The values that the selected images show, as chips in one line: how many have each, and a way to take it away."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui import style
from gui.icons import paint_icon
from gui.models.cells import TYPE
from gui.models.selection_values import Shown
from gui.plain import PlainLabel, plain_tooltip

HEIGHT: Final = 22
_PADDING: Final = 8
_CROSS: Final = 12
_BOX: Final = 10


class ValueChip(QWidget):
    """One value; its cross, or Delete while it has the focus, takes it away."""

    removed = Signal(object)  # what it showed

    def __init__(self, shown: Shown, *, removable: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shown = shown
        self._removable = removable
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if removable else Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(removable)
        words = f"{shown.words}, {shown.share}" if shown.share else shown.words
        self.setAccessibleName(words)
        if removable:
            words += "\n" + self.tr("The cross or Delete takes it away from all of them.")
        self.setToolTip(plain_tooltip(words))

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Room for everything in it."""
        metrics = QFontMetricsF(self.font())
        width = metrics.horizontalAdvance(self.shown.words) + 2 * _PADDING
        if self.shown.share:
            width += metrics.horizontalAdvance(self.shown.share) + _BOX + 2 * style.TIGHT + 2
        if self._removable:
            width += _CROSS + style.TIGHT
        return QSize(round(width + 0.5), HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802 - Qt's name
        """Draw the chip: a box that is full or half full, the value, how many have it, the cross."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = style.theme_of(self.palette())
        self._paint_ground(painter, theme)
        room = QRectF(self.rect()).adjusted(_PADDING, 0, -_PADDING, 0)
        if self.shown.share:
            self._paint_box(painter, self._placed(room.left(), _BOX), theme)
            room.adjust(_BOX + style.TIGHT + 2, 0, 0, 0)
        words = self.shown.words
        width = QFontMetricsF(self.font()).horizontalAdvance(words) + 1
        self._paint_text(painter, room.left(), width, words, theme.text)
        if self.shown.share:
            share = QFontMetricsF(self.font()).horizontalAdvance(self.shown.share) + 1
            self._paint_text(painter, room.left() + width + style.TIGHT, share, self.shown.share, theme.muted)
        if self._removable:
            hovered = self.underMouse() and self._cross().contains(self.mapFromGlobal(self.cursor().pos()))
            paint_icon(painter, "close", self._cross(), theme.bad if hovered else theme.muted)
        painter.end()

    def _paint_ground(self, painter: QPainter, theme: style.Theme) -> None:
        filled = self.shown.value.facet in (TYPE, "model")
        painter.setBrush(QColor(theme.chip) if filled else Qt.BrushStyle.NoBrush)
        painter.setPen(Qt.PenStyle.NoPen if filled else QPen(QColor(theme.control), 1))
        if self.hasFocus():
            painter.setPen(QPen(QColor(theme.accent), 2))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), style.RADIUS, style.RADIUS)

    def _paint_box(self, painter: QPainter, box: QRectF, theme: style.Theme) -> None:
        painter.setPen(QPen(QColor(theme.text), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5))
        inner = box.adjusted(2.5, 2.5, -2.5, -2.5)
        if self.shown.mixed:
            inner = QRectF(inner.left(), box.center().y() - 1, inner.width(), 2)
        painter.fillRect(inner, QColor(theme.text))

    def _paint_text(self, painter: QPainter, left: float, width: float, text: str, colour: str) -> None:
        painter.setPen(QColor(colour))
        painter.drawText(self._placed(left, width, self.height()), Qt.AlignmentFlag.AlignCenter, text)

    def _placed(self, left: float, width: float, height: float | None = None) -> QRectF:
        """A part of the chip that begins at ``left``, counted from where reading begins."""
        height = width if height is None else height
        x = self.width() - left - width if self.isRightToLeft() else left
        return QRectF(x, (self.height() - height) / 2, width, height)

    def _cross(self) -> QRectF:
        return self._placed(self.width() - _PADDING / 2 - _CROSS - 2, _CROSS)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: ARG002, N802 - Qt's name
        """Show where a click takes the value away."""
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Take the value away by its cross."""
        if self._removable and self._cross().adjusted(-4, -4, 4, 4).contains(event.position()):
            self.removed.emit(self.shown)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Take the value away by Delete or Backspace."""
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit(self.shown)
        else:
            super().keyPressEvent(event)


class ValueRow(QWidget):
    """Chips in one line; those for which there is no room are counted at its end."""

    removed = Signal(object)  # what a chip showed

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chips: list[ValueChip] = []
        self._words = PlainLabel(parent=self)
        self._words.setProperty("role", "muted")
        self._empty = ""
        self.setFixedHeight(HEIGHT + 2)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_values(self, values: Sequence[Shown], *, removable: bool, empty: str = "") -> None:
        """Show these values, or the words ``empty`` where there are none."""
        for chip in self._chips:
            chip.hide()
            chip.deleteLater()
        self._chips = [ValueChip(shown, removable=removable, parent=self) for shown in values]
        for chip in self._chips:
            chip.removed.connect(self.removed)
        self._empty = empty
        self._arrange()

    @property
    def chips(self) -> Sequence[ValueChip]:
        """The chips, those without room included."""
        return self._chips

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Fill the line anew."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        left, shown = 0, 0
        keep = 64 if len(self._chips) > 1 else 0  # room to say how many more there are
        for chip in self._chips:
            last = shown == len(self._chips) - 1
            size = chip.sizeHint()
            fits = left + size.width() <= self.width() - (0 if last else keep) or not shown
            if not fits:
                break
            x = self.width() - left - size.width() if self.isRightToLeft() else left
            chip.setGeometry(x, 1, size.width(), HEIGHT)
            chip.show()
            left += size.width() + style.TIGHT
            shown += 1
        for chip in self._chips[shown:]:
            chip.hide()
        more = len(self._chips) - shown
        self._words.setText(self.tr("%1 more").replace("%1", str(more)) if more else self._empty)
        self._words.setToolTip(plain_tooltip("\n".join(chip.shown.words for chip in self._chips[shown:])))
        self._words.setVisible(bool(more or (self._empty and not self._chips)))
        self._words.adjustSize()
        width = min(self._words.width(), self.width())
        x = self.width() - left - width if self.isRightToLeft() else left
        self._words.setGeometry(x, 0, width, self.height())
