"""Pictures side by side that are zoomed and moved together, whatever their sizes."""

from typing import Final

from PySide6.QtCore import QObject, QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from gui import style
from gui.models.covering import cover
from gui.views.labels import paint_plate, plate_size
from gui.views.peek import Peek

STEP: Final = 1.25
LARGEST: Final = 8.0


class Zoom(QObject):
    """How much larger than fitted, and which point, in shares of each picture, is in the middle."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.scale = 1.0
        self.middle = QPointF(0.5, 0.5)

    def zoom(self, factor: float) -> None:
        """Make all larger or smaller; fitted is the least."""
        self.scale = min(max(self.scale * factor, 1.0), LARGEST)
        self.move(QPointF(0, 0))

    def reset(self) -> None:
        """Fit all."""
        self.scale, self.middle = 1.0, QPointF(0.5, 0.5)
        self.changed.emit()

    def move(self, by: QPointF) -> None:
        """Bring another point into the middle, as far as there is something beyond the edge."""
        reach = 0.5 - 0.5 / self.scale
        moved = self.middle + by
        self.middle = QPointF(
            min(max(moved.x(), 0.5 - reach), 0.5 + reach), min(max(moved.y(), 0.5 - reach), 0.5 + reach)
        )
        self.changed.emit()


class LinkedView(QWidget):
    """One picture, fitted into its room and zoomed with the others; a graphic one is covered unless somebody looks."""

    clicked = Signal()

    def __init__(self, zoom: Zoom, peek: Peek, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._zoom = zoom
        self._peek = peek
        self._image: QImage | None = None
        self._covered = False
        self._meant = True
        self._cover = QImage()
        self._held: QPointF | None = None
        self.setMinimumSize(80, 60)
        zoom.changed.connect(self.update)
        peek.changed.connect(self.update)

    def show_image(self, image: QImage | None, *, covered: bool) -> None:
        """Show a picture, or the room for one; ``covered`` covers it until somebody looks."""
        if image is not self._image:
            self._cover = QImage()
        self._image, self._covered = image, covered
        self.update()

    @property
    def closed(self) -> bool:
        """Whether the picture must not be seen now."""
        return self._covered and not (self._meant and self._peek.looking)

    def mean(self, *, meant: bool) -> None:
        """Whether a look is meant for this picture, or for others only."""
        self._meant = meant
        self.update()

    @property
    def _fitted(self) -> QSizeF:
        """The size on screen of the picture as it is fitted."""
        if self._image is None:
            return QSizeF(1, 1)
        size, room = QSizeF(self._image.size()), QSizeF(self.size())
        return size * min(room.width() / size.width(), room.height() / size.height())

    @property
    def target(self) -> QRectF:
        """Where all of the picture lies; as it is zoomed, that may reach out of the widget."""
        size = self._fitted * self._zoom.scale
        target = QRectF(QPointF(), size)
        shift = QPointF((0.5 - self._zoom.middle.x()) * size.width(), (0.5 - self._zoom.middle.y()) * size.height())
        target.moveCenter(QRectF(self.rect()).center() + shift)
        return target

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802 - Qt's name
        """Draw what is in view of the picture, or its cover."""
        painter = QPainter(self)
        theme = style.theme_of(self.palette())
        painter.fillRect(self.rect(), QColor(theme.window))
        if self._image is not None:
            target = self.target
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            if self.closed:
                self._paint_cover(painter, target, theme)
            else:
                painter.drawImage(target, self._drawn(target.width() * self.devicePixelRatioF()))
        painter.end()

    def _drawn(self, width_px: float) -> QImage:  # noqa: ARG002 - for who has several sizes
        """What is drawn where the picture lies ``width_px`` device pixels wide; there is one."""
        assert self._image is not None
        return self._image

    def _paint_cover(self, painter: QPainter, target: QRectF, theme: style.Theme) -> None:
        assert self._image is not None
        if self._cover.isNull():
            self._cover = cover(self._image)
        painter.drawImage(target, self._cover)
        words = self.tr("Graphic: hold B")
        plate = QRectF(QPointF(), plate_size(painter, words, self.width() - 2 * style.TIGHT))
        plate.moveCenter(QRectF(self.rect()).center())
        paint_plate(painter, plate.toAlignedRect().toRectF(), words, theme.panel, theme.text)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        """Zoom all; sideways the strip scrolls."""
        if event.angleDelta().y():
            self._zoom.zoom(STEP if event.angleDelta().y() > 0 else 1 / STEP)
        else:
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Take hold of the picture."""
        self._held = event.position()
        self.clicked.emit()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Move all pictures."""
        if self._held is not None and event.buttons() & Qt.MouseButton.LeftButton:
            size = self._fitted * self._zoom.scale
            by = self._held - event.position()
            self._held = event.position()
            self._zoom.move(QPointF(by.x() / size.width(), by.y() / size.height()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: ARG002, N802 - Qt's name
        """Let go of it."""
        self._held = None
