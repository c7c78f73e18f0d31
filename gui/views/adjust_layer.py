"""The adjustments of a view: their keys, their panel, and the note that says the view is adjusted."""

from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QWidget

from core.adjusting import Adjustments
from gui import style
from gui.runner import Runner
from gui.views.adjust_panel import AdjustPanel
from gui.views.adjusted import AdjustedPicture
from gui.views.labels import paint_plate, plate_size
from gui.views.layers import Layer, Scene

_PLAIN: Final = Qt.KeyboardModifier.NoModifier


class AdjustLayer(Layer):
    """A opens and closes the panel, Shift+A shows the picture as it is; adjustments stay from image to image."""

    changed = Signal()  # the adjustments are others

    def __init__(self, widget: QWidget, scene: Scene, runner: Runner) -> None:
        super().__init__(widget, scene)
        self.picture = AdjustedPicture(runner, scene, self)
        self.picture.ready.connect(widget.update)
        self._panel: AdjustPanel | None = None

    @property
    def adjustments(self) -> Adjustments:
        """How the picture is looked at."""
        return self.picture.adjustments

    @property
    def panel(self) -> AdjustPanel | None:
        """The panel while it is open."""
        return self._panel if self._panel is not None and not self._panel.isHidden() else None

    def adjust(self, adjustments: Adjustments) -> None:
        """Look at the picture in another way."""
        self.picture.adjustments = adjustments
        if self._panel is not None:
            self._panel.show_adjustments(adjustments)
        self.widget.update()
        self.changed.emit()

    def toggle_panel(self) -> None:
        """Open the panel with the keys in it, or close it and take the keys back."""
        if self.panel is not None:
            self.panel.hide()
            self.widget.setFocus()
            return
        if self._panel is None:
            self._panel = AdjustPanel(self.widget)
            self._panel.show_adjustments(self.adjustments)
            self._panel.adjusted.connect(self.adjust)
            self._panel.closed.connect(self.toggle_panel)
        self._panel.adjustSize()
        self.place()
        self._panel.show()
        self._panel.sliders["brightness"].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def place(self) -> None:
        """Keep the panel in its corner, where reading ends."""
        if self._panel is not None:
            room = self.widget.width() - self._panel.width() - style.SMALL
            self._panel.move(style.SMALL if self.widget.isRightToLeft() else max(room, 0), style.SMALL)

    def begin(self) -> None:
        """Forget the picture before; the adjustments stay."""
        self.picture.begin()

    def press_key(self, event: QKeyEvent) -> bool:
        """A and Shift+A."""
        if event.key() != Qt.Key.Key_A or event.modifiers() not in (_PLAIN, Qt.KeyboardModifier.ShiftModifier):
            return False
        if event.modifiers() == _PLAIN:
            self.toggle_panel()
        else:
            self.adjust(Adjustments())
        return True

    def paint(self, painter: QPainter, theme: style.Theme) -> None:
        """Say that this is not the picture as it is."""
        if self.adjustments.neutral:
            return
        words, room = self.tr("Adjusted view"), QRectF(self.widget.rect())
        size = plate_size(painter, words, room.width())
        left = room.right() - style.SMALL - size.width() if self.widget.isRightToLeft() else style.SMALL
        plate = QRectF(QPointF(left, room.bottom() - style.SMALL - size.height()), size)
        paint_plate(painter, plate.toAlignedRect().toRectF(), words, theme.caution, theme.on_accent)
