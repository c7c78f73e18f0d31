"""A label whose text gives way where there is no room for it: in the middle, as file names and paths do."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QStyle, QStyleOption, QStylePainter, QWidget

from gui.plain import PlainLabel, plain_tooltip


class ElidedLabel(PlainLabel):
    """One line of text; the whole of it is the tooltip.  ``mode`` says where it gives way."""

    def __init__(
        self,
        text: str = "",
        parent: QWidget | None = None,
        *,
        mode: Qt.TextElideMode = Qt.TextElideMode.ElideMiddle,
    ) -> None:
        super().__init__(text, parent)
        self._mode = mode
        self.setToolTip(plain_tooltip(text))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Room for a few letters."""
        return QSize(40, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802 - Qt's name
        """Draw what there is room for."""
        painter = QStylePainter(self)
        option = QStyleOption()
        option.initFrom(self)
        text = self.fontMetrics().elidedText(self.text(), self._mode, self.width())
        flags = int(QStyle.visualAlignment(self.layoutDirection(), self.alignment()))
        painter.drawItemText(self.rect(), flags, self.palette(), self.isEnabled(), text, self.foregroundRole())
        painter.end()
