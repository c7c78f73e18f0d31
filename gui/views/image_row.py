"""One other image in a panel: its thumbnail, its name, and a line about it; a click goes to it."""

from typing import Final

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen, QTextLayout, QTextOption
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from gui import style
from gui.models.cells import shown_name
from gui.models.subject import THUMBNAIL_PX, Other
from gui.plain import plain_tooltip

_HEIGHT: Final = THUMBNAIL_PX + 2 * style.TIGHT + 2


class ImageRow(QAbstractButton):
    """Shows an image beside the one inspected; ``words`` stand under its name.

    ``beneath`` is what is said of it below the row, where there is more room; here it is only told to who cannot see.
    """

    wanted = Signal(object)  # the image's id

    def __init__(self, other: Other, words: str, beneath: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.other = other
        self._words = words
        self._name = shown_name(other.name)
        self.setText(self._name.replace("&", "&&"))
        self.setToolTip(plain_tooltip("\n".join(filter(None, (self._name, words, beneath)))))
        self.setAccessibleName(", ".join(filter(None, (self._name, words, beneath))))
        self.setEnabled(other.image_id is not None)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self._on_clicked)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """The thumbnail's height."""
        return QSize(160, _HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802 - Qt's name
        """Draw the picture, the name and the line under it."""
        painter = QPainter(self)
        theme = style.theme_of(self.palette())
        if self.underMouse() and self.isEnabled():
            painter.fillRect(self.rect(), QColor(theme.hover))
        mirrored = self.isRightToLeft()
        left = self.width() - THUMBNAIL_PX - style.TIGHT if mirrored else style.TIGHT
        box = QRect(left, style.TIGHT, THUMBNAIL_PX, THUMBNAIL_PX)
        if self.other.thumbnail is None:
            painter.fillRect(box, QColor(theme.line))
        else:
            size = self.other.thumbnail.deviceIndependentSize().toSize()
            target = QRect(box.topLeft(), size)
            target.moveCenter(box.center())
            painter.drawImage(target, self.other.thumbnail)
        room = self.rect().adjusted(style.SMALL, 2, -style.SMALL, -2)
        shift = THUMBNAIL_PX + style.SMALL
        room = room.adjusted(0, 0, -shift, 0) if mirrored else room.adjusted(shift - style.TIGHT, 0, 0, 0)
        self._paint_text(painter, room, theme)
        if self.hasFocus():
            painter.setPen(QPen(QColor(theme.accent), 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        painter.end()

    def _paint_text(self, painter: QPainter, room: QRect, theme: style.Theme) -> None:
        leading, metrics = Qt.AlignmentFlag.AlignLeading, self.fontMetrics()
        painter.setPen(QColor(theme.text if self.isEnabled() else theme.muted))
        name = metrics.elidedText(self._name, Qt.TextElideMode.ElideMiddle, room.width())
        painter.drawText(QRect(room.left(), room.top(), room.width(), metrics.height()), leading, name)
        painter.setPen(QColor(theme.muted))
        for place, line in enumerate(two_lines(self._words, self.font(), room.width()), 1):
            below = QRect(room.left(), room.top() + place * metrics.height(), room.width(), metrics.height())
            painter.drawText(below, leading, line)

    def _on_clicked(self) -> None:
        self.wanted.emit(self.other.image_id)


def two_lines(words: str, font: QFont, width: int) -> tuple[str, str]:
    """Words on two lines, broken between them; what does not fit even there is elided."""
    text = QTextLayout(words, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    text.setTextOption(option)
    text.beginLayout()
    line = text.createLine()
    line.setLineWidth(max(width, 1))
    first = line.textLength() if line.isValid() else 0
    text.endLayout()
    rest = QFontMetrics(font).elidedText(words[first:].lstrip(), Qt.TextElideMode.ElideRight, width)
    return words[:first].rstrip(), rest
