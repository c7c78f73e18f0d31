"""A lens over the picture, to read a marking without losing the place: always from the picture in full."""

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPen, QTransform, QWheelEvent
from PySide6.QtWidgets import QWidget

from gui import style
from gui.views.adjusted import AdjustedPicture, adjusted
from gui.views.held_key import HeldKey
from gui.views.labels import paint_plate, plate_size
from gui.views.layers import Layer, Scene
from gui.views.marks import Marks
from gui.views.placement import SHARP_FROM
from gui.views.pyramid import Pyramid

POWERS: Final = (2, 4, 8)
_ACROSS_PX: Final = 260


class Loupe(Layer):
    """L shows the lens and takes it away; held down, it is there for as long.

    It stands over the selected region, or under the pointer, or in the middle, and from the first move of the
    pointer on it goes with it.  Wheel, + and - choose how many pixels of the screen a pixel becomes.
    """

    def __init__(self, widget: QWidget, scene: Scene, picture: AdjustedPicture, marks: Marks) -> None:
        super().__init__(widget, scene)
        self.on = False
        self._picture = picture
        self._marks = marks
        self._power = POWERS[0]
        self._key = HeldKey(self)
        self._key.pressed.connect(self._on_key_pressed)
        self._key.let_go.connect(self._on_key_let_go)
        self._pointer: QPointF | None = None  # followed, once it has moved
        self._last: QPointF | None = None  # where it was seen last

    def toggle(self) -> None:
        """Show the lens, or take it away."""
        self._show(on=not self.on)

    @property
    def power(self) -> float:
        """Pixels of the screen for each pixel of the picture: always more than around the lens."""
        return max(float(self._power), 2 * self.scene.placement.scale)

    @property
    def at(self) -> QPointF:
        """The middle of the lens in the widget, over the point that is in the middle of what it shows."""
        if self._pointer is not None:
            return self._pointer
        room = QRectF(self.widget.rect())
        if self._marks.held is not None:
            middle = self.scene.on_screen(self._marks.held).center()
            return middle if room.contains(middle) else room.center()
        return self._last if self._last is not None and self.widget.underMouse() else room.center()

    def press_key(self, event: QKeyEvent) -> bool:
        """L toggles; with the lens there, + and - change its power and Esc takes it away."""
        if event.key() == Qt.Key.Key_L and not event.modifiers():
            self._key.press(event)
            return True
        if not self.on:
            return False
        if event.key() == Qt.Key.Key_Escape:
            self._show(on=False)
        elif event.text() in ("+", "=", "-"):
            self._step(-1 if event.text() == "-" else 1)
        else:
            if event.text() in (".", ","):
                self._pointer = None  # to the region that is selected next
            return False
        return True

    def release_key(self, event: QKeyEvent) -> bool:
        """Where L was held, it takes the lens away."""
        if event.key() == Qt.Key.Key_L:
            self._key.release(event)
        return False

    def move(self, event: QMouseEvent) -> bool:
        """Go with the pointer, and let the others have it too."""
        self._last = event.position()
        if self.on:
            self._pointer = self._last
            self.widget.update()
        return False

    def turn_wheel(self, event: QWheelEvent) -> bool:
        """Change the power."""
        if self.on and event.angleDelta().y():
            self._step(1 if event.angleDelta().y() > 0 else -1)
        return self.on

    def leave(self) -> None:
        """That L is let go would not be heard."""
        if self._key.repeated:
            self._show(on=False)
        self._key.forget()

    def begin(self) -> None:
        """The lens stays for the next picture, where it belongs there."""
        self._pointer = None

    def paint(self, painter: QPainter, theme: style.Theme) -> None:
        """Draw the lens."""
        if not self.on or self.scene.picture is None:
            return
        across = min(_ACROSS_PX, self.widget.width(), self.widget.height())
        lens = QRectF(self.at - QPointF(across, across) / 2, QSizeF(across, across))
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        round_path = QPainterPath()
        round_path.addEllipse(lens)
        painter.setClipPath(round_path)
        painter.fillRect(lens, QColor(theme.window))
        self._paint_picture(painter, lens, self.scene.picture)
        painter.restore()
        self._paint_rim(painter, lens, theme)

    def _paint_picture(self, painter: QPainter, lens: QRectF, picture: Pyramid) -> None:
        placement, middle = self.scene.placement, self.scene.point(self.at)
        scale = self.power / placement.ratio
        reach = lens.width() / 2 / scale + 1
        part = QRectF(middle - QPointF(reach, reach), QSizeF(2 * reach, 2 * reach)).toAlignedRect()
        part = part.intersected(picture.levels[0].rect())
        if part.isEmpty():
            return
        transform = QTransform().translate(lens.center().x(), lens.center().y()).scale(scale, scale)
        painter.setTransform(transform.rotate(90 * placement.quarters).translate(-middle.x(), -middle.y()))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, self.power < SHARP_FROM)
        painter.drawImage(part.topLeft(), adjusted(picture.levels[0].copy(part), self._picture.adjustments))

    def _paint_rim(self, painter: QPainter, lens: QRectF, theme: style.Theme) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for width, colour in ((4.0, theme.on_accent), (2.0, theme.accent)):
            painter.setPen(QPen(QColor(colour), width))
            painter.drawEllipse(lens)
        painter.restore()
        words = self.tr("%1×").replace("%1", f"{self.power:g}")
        plate = QRectF(QPointF(), plate_size(painter, words, lens.width()))
        plate.moveCenter(QPointF(lens.center().x(), lens.bottom() - plate.height()))
        paint_plate(painter, plate.toAlignedRect().toRectF(), words, theme.panel, theme.text)

    def _on_key_pressed(self) -> None:
        self.toggle()

    def _on_key_let_go(self) -> None:
        if self._key.repeated:
            self._show(on=False)

    def _show(self, *, on: bool) -> None:
        self.on, self._pointer = on, None
        self.widget.update()

    def _step(self, step: int) -> None:
        at = POWERS.index(self._power) + step
        self._power = POWERS[min(max(at, 0), len(POWERS) - 1)]
        self.widget.update()
