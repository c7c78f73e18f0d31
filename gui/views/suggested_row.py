"""The row over the tag line: what may be said, each value one key away and never said by itself."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from gui import style
from gui.models.offers import Offer
from gui.plain import PlainLabel, plain_tooltip
from gui.views.tag_entry import SUGGESTION_KEYS

HEIGHT: Final = 22
_PADDING: Final = 8


class SuggestedChip(QAbstractButton):
    """One value that may be said, with its key."""

    def __init__(self, offer: Offer, letter: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.offer = offer
        self._letter = letter
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setText(offer.words)
        self.setAccessibleName(self.tr("Suggested: %1, %2").replace("%1", offer.words).replace("%2", offer.hint))
        self.setToolTip(plain_tooltip(f"{offer.hint}\n" + self.tr("Alt+%1 says so.").replace("%1", letter)))

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Room for the words and the key."""
        metrics = QFontMetricsF(self.font())
        width = metrics.horizontalAdvance(self.text()) + metrics.horizontalAdvance(self._letter)
        return QSize(round(width + 2 * _PADDING + style.TIGHT + 1.5), HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802 - Qt's name
        """Draw a dashed outline, as of all that is no more than possible."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = style.theme_of(self.palette())
        pen = QPen(QColor(theme.accent if self.hasFocus() or self.underMouse() else theme.control), 1)
        pen.setDashPattern([3.0, 2.0])
        painter.setPen(pen)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), style.RADIUS, style.RADIUS)
        room = self.rect().adjusted(_PADDING, 0, -_PADDING, 0)
        first, last = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
        if self.isRightToLeft():
            first, last = last, first
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute
        painter.setPen(QColor(theme.text))
        painter.drawText(room, first | middle, self.text())
        painter.setPen(QColor(theme.muted))
        painter.drawText(room, last | middle, self._letter)
        painter.end()


class SuggestedRow(QWidget):
    """As many suggestions as there are keys and room for."""

    chosen = Signal(object)  # an Offer
    fitted = Signal(int)  # how many there is room for

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.chips: list[SuggestedChip] = []
        self._words = PlainLabel(parent=self)
        self._words.setProperty("role", "muted")
        self.setAccessibleName(self.tr("Suggested values"))
        self.setFixedHeight(HEIGHT + 2)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.show_offers(())

    def show_offers(self, offers: Sequence[Offer]) -> None:
        """Show these, the first ones with a key each."""
        for chip in self.chips:
            chip.hide()
            chip.deleteLater()
        self.chips = [SuggestedChip(offer, chr(key), self) for offer, key in zip(offers, SUGGESTION_KEYS, strict=False)]
        for chip in self.chips:
            chip.clicked.connect(self._on_clicked)
        self._words.setText(self.tr("Suggested (Alt+letter):") if offers else self.tr("Nothing is suggested."))
        self._arrange()

    def choose(self, place: int) -> None:
        """Say what stands at a place."""
        if place < len(self.chips) and not self.chips[place].isHidden():
            self.chosen.emit(self.chips[place].offer)

    def _on_clicked(self) -> None:
        chip = self.sender()
        assert isinstance(chip, SuggestedChip)
        self.chosen.emit(chip.offer)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Fill the row anew."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        self._words.adjustSize()
        left, shown = self._place(self._words, 0) + style.SMALL, 0
        for chip in self.chips:
            fits = shown == self.chips.index(chip) and left + chip.sizeHint().width() <= self.width()
            chip.setVisible(fits)
            if fits:
                chip.resize(chip.sizeHint())
                left = self._place(chip, left) + style.TIGHT
                shown += 1
        self.fitted.emit(shown)

    def _place(self, part: QWidget, left: int) -> int:
        """Put a part where ``left``, counted from where reading begins, says; where it ends."""
        x = self.width() - left - part.width() if self.isRightToLeft() else left
        part.move(x, (self.height() - part.height()) // 2)
        return left + part.width()
