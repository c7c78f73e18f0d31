"""The hand that moves a picture: drag, wheel and keys zoom it, turn it, and go from one to the next."""

from typing import Final

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from gui.views.layers import Layer, Scene

STEP: Final = 1.25
_BUTTONS: Final = (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton)


class Hand(Layer):
    """The lowest layer: it takes what nobody above had a use for."""

    step_requested = Signal(int)
    close_requested = Signal()
    zoomed = Signal(float)

    def __init__(self, widget: QWidget, scene: Scene) -> None:
        super().__init__(widget, scene)
        self._drag: QPointF | None = None

    def zoom(self, scale: float | None, at: QPointF | None = None) -> None:
        """Take another scale, None for fitted; ``at`` is the point of the widget that stays where it is."""
        placement = self.scene.placement
        if scale is None:
            placement.fit()
        elif self.scene.picture is not None:
            placement.zoom(scale, at)
        self.zoomed.emit(placement.scale)
        self.widget.update()

    def turn(self, quarters: int) -> None:
        """Turn the view by quarters clockwise, and fit it."""
        self.scene.placement.turn(quarters)
        self.zoom(None)

    def begin(self) -> None:
        """Let go."""
        self._drag = None

    def press_key(self, event: QKeyEvent) -> bool:
        """Z toggles 100 %, + - 0 zoom, [ ] turn, arrows and PgUp/PgDn go to another image, Esc closes."""
        key, scale = Qt.Key, self.scene.placement.scale
        ahead = -1 if self.widget.isRightToLeft() else 1
        steps = {key.Key_Right: ahead, key.Key_Left: -ahead, key.Key_PageDown: 1, key.Key_PageUp: -1}
        typed = event.text()
        if event.key() in steps:
            self.step_requested.emit(steps[key(event.key())])
        elif event.key() == key.Key_Escape:
            self.close_requested.emit()
        elif typed in ("[", "]"):
            self.turn(1 if typed == "]" else -1)
        elif typed in ("+", "=", "-"):
            self.zoom(scale * (1 / STEP if typed == "-" else STEP))
        elif typed == "0":
            self.zoom(None)
        elif typed in ("z", "Z"):
            self.zoom(1.0 if self.scene.placement.fitted else None)
        else:
            return False
        return True

    def turn_wheel(self, event: QWheelEvent) -> bool:
        """Zoom at the pointer."""
        self.zoom(self.scene.placement.scale * STEP ** (event.angleDelta().y() / 120), event.position())
        return True

    def press(self, event: QMouseEvent) -> bool:
        """Take hold of the picture."""
        if event.button() in _BUTTONS:
            self._drag = event.position()
        return True

    def move(self, event: QMouseEvent) -> bool:
        """Drag it."""
        if self._drag is not None:
            self.scene.placement.drag(event.position() - self._drag)
            self._drag = event.position()
            self.widget.update()
        return True

    def release(self, event: QMouseEvent) -> bool:  # noqa: ARG002 - whichever button it was
        """Let go."""
        self._drag = None
        return True
