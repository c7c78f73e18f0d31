"""What stands over a picture in layers, each of which may take a key or a gesture before the ones beneath it."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QObject, QPointF, QRectF
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QWheelEvent
from PySide6.QtWidgets import QWidget

from core.regions import Region
from gui.style import Theme
from gui.views.placement import Placement
from gui.views.pyramid import Pyramid


@dataclass(slots=True)
class Scene:
    """A picture, None while there is none, and how it lies; its layers share it."""

    placement: Placement = field(default_factory=Placement)
    picture: Pyramid | None = None

    def point(self, at: QPointF) -> QPointF:
        """The point of the picture, in its pixels, under a point of the widget; it may lie outside."""
        return self.placement.transform().inverted()[0].map(at)

    def seen(self, room: QRectF) -> QRectF:
        """The part of the picture, in its pixels, that a rectangle of the widget shows."""
        size = self.placement.size
        shown = self.placement.transform().inverted()[0].mapRect(room)
        return shown.intersected(QRectF(0, 0, size.width(), size.height()))

    def on_screen(self, region: Region) -> QRectF:
        """Where a region of the picture lies in the widget."""
        size = self.placement.size
        left, top, right, bottom = region.pixels(size.width(), size.height())
        return self.placement.transform().mapRect(QRectF(left, top, right - left, bottom - top))

    def reveal(self, region: Region, room: QRectF) -> None:
        """Bring a region into the middle of the widget if its own middle is out of sight."""
        middle = self.on_screen(region).center()
        if not room.contains(middle):
            self.placement.drag(room.center() - middle)


class Layer(QObject):
    """Does nothing of its own; a layer of some use overrides what concerns it.

    What takes an event says True, and the layers beneath do not get it.
    """

    def __init__(self, widget: QWidget, scene: Scene) -> None:
        super().__init__(widget)
        self.widget = widget
        self.scene = scene

    def paint(self, painter: QPainter, theme: Theme) -> None:
        """Draw over the picture, in logical pixels of the widget."""

    def press_key(self, event: QKeyEvent) -> bool:  # noqa: ARG002 - for those who override it
        """A key went down."""
        return False

    def release_key(self, event: QKeyEvent) -> bool:  # noqa: ARG002 - for those who override it
        """A key went up."""
        return False

    def press(self, event: QMouseEvent) -> bool:  # noqa: ARG002 - for those who override it
        """A button of the mouse went down."""
        return False

    def move(self, event: QMouseEvent) -> bool:  # noqa: ARG002 - for those who override it
        """The pointer went on, with a button down or with none."""
        return False

    def release(self, event: QMouseEvent) -> bool:  # noqa: ARG002 - for those who override it
        """A button of the mouse went up."""
        return False

    def turn_wheel(self, event: QWheelEvent) -> bool:  # noqa: ARG002 - for those who override it
        """The wheel was turned."""
        return False

    def leave(self) -> None:
        """The keys went elsewhere."""

    def begin(self) -> None:
        """Another picture is about to be shown."""


class Layered(QWidget):
    """Hands what it gets to its layers, the topmost first."""

    def layers(self) -> Sequence[Layer]:
        """The layers in use, the topmost first."""
        return ()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """To the layers, or to whoever has a use for it."""
        if not any(layer.press_key(event) for layer in self.layers()):
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """To the layers, or to whoever has a use for it."""
        if not any(layer.release_key(event) for layer in self.layers()):
            super().keyReleaseEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """To the layers, and no further."""
        any(layer.press(event) for layer in self.layers())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """To the layers, and no further."""
        any(layer.move(event) for layer in self.layers())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """To the layers, and no further."""
        any(layer.release(event) for layer in self.layers())

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        """To the layers, and no further."""
        any(layer.turn_wheel(event) for layer in self.layers())

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Tell every layer."""
        super().focusOutEvent(event)
        for layer in self.layers():
            layer.leave()
