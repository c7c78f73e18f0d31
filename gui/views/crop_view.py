"""The part of an image that a region holds, as large as the panel allows."""

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui import style
from gui.models.covering import cover
from gui.views.labels import paint_plate, plate_size
from gui.views.peek import Peek

_HIGHEST: Final = 220
_WIDTH: Final = 240
_LARGEST: Final = 8  # a region of few pixels is not blown up beyond what can be read


class CropView(QWidget):
    """Shows a crop at the panel's width; takes no room where there is none.  ``peek`` uncovers a graphic one."""

    def __init__(self, peek: Peek, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.image: QImage | None = None
        self._peek = peek
        peek.changed.connect(self.update)
        self._covered = False
        self._cover = QImage()
        # A height set on each new width would come and go for ever with a scroll bar.
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(self.tr("The region of this sighting"))
        self.hide()

    def show_image(self, image: QImage | None) -> None:
        """Show a crop, or nothing."""
        if image is self.image:
            return
        self.image, self._cover = image, QImage()
        self._peek.end()
        self.setVisible(image is not None)
        self.updateGeometry()
        self.update()

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - Qt's name
        """The height that the crop takes at a width."""
        return self._shown_size(width).height()

    def set_covered(self, *, covered: bool) -> None:
        """Cover this crop and each that comes until B is held, or let them be seen."""
        if covered != self._covered:
            self._covered = covered
            self._peek.end()
            self.update()

    @property
    def closed(self) -> bool:
        """Whether the crop must not be seen now."""
        return self._covered and not self._peek.looking

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As wide as it gets; the height follows."""
        return self._shown_size(_WIDTH)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Any width will do."""
        return QSize(1, 1)

    def _shown_size(self, width: int) -> QSize:
        """The crop's size on screen where it has a width, in logical pixels."""
        if self.image is None:
            return QSize(0, 0)
        size = self.image.size()
        room = QSize(max(width, 1), _HIGHEST)
        scale = min(room.width() / size.width(), room.height() / size.height(), _LARGEST)
        return QSize(max(round(size.width() * scale), 1), max(round(size.height() * scale), 1))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802 - Qt's name
        """Draw the crop in the middle of the panel's colour, framed, so that its edges are seen."""
        if self.image is None:
            return
        painter = QPainter(self)
        theme = style.theme_of(self.palette())
        rect = QRectF(0, 0, *self._shown_size(self.width()).toTuple())
        rect.moveCenter(QRectF(self.rect()).center())
        larger = rect.width() * self.devicePixelRatioF() >= 3 * self.image.width()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, self.closed or not larger)
        if self.closed:
            self._paint_cover(painter, rect, theme)
        else:
            painter.drawImage(rect, self.image)
        painter.setPen(QColor(theme.line))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(rect.adjusted(0.5, 0.5, -0.5, -0.5))
        painter.end()

    def _paint_cover(self, painter: QPainter, rect: QRectF, theme: style.Theme) -> None:
        if self._cover.isNull() and self.image is not None:
            self._cover = cover(self.image)
        painter.drawImage(rect, self._cover)
        words = self.tr("Graphic: hold B")
        plate = QRectF(QPointF(), plate_size(painter, words, self.width() - 2 * style.TIGHT))
        plate.moveCenter(rect.center())
        paint_plate(painter, plate.toAlignedRect().toRectF(), words, theme.panel, theme.text)
