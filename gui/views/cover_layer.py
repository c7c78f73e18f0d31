"""A graphic picture stays covered until it is looked at on purpose, and is covered again at once."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPainter
from PySide6.QtWidgets import QWidget

from gui.models.covering import cover
from gui.style import SMALL, Theme
from gui.views.held_key import HeldKey
from gui.views.labels import paint_plate, plate_size
from gui.views.layers import Layer, Scene

if TYPE_CHECKING:
    from gui.views.pyramid import Pyramid


class CoverLayer(Layer):
    """Where ``covered``, the picture is seen while B is held and the keys are here, and no longer."""

    changed = Signal()  # the picture was uncovered or covered

    def __init__(self, widget: QWidget, scene: Scene) -> None:
        super().__init__(widget, scene)
        self.key = self.tr("B")  # what is to be held, as it is told
        self._covered = False
        self._looking = False
        self._key = HeldKey(self)
        self._key.pressed.connect(self._on_key_pressed)
        self._key.let_go.connect(self._on_key_let_go)
        self._made: tuple[Pyramid, QImage] | None = None

    @property
    def closed(self) -> bool:
        """Whether the picture must not be seen now."""
        return self._covered and not self._looking

    @property
    def looking(self) -> bool:
        """Whether a covered picture is being looked at."""
        return self._covered and self._looking

    @property
    def words(self) -> str:
        """What stands in the place of the picture."""
        return self.tr("Graphic picture: hold %1 to look").replace("%1", self.key)

    def set_covered(self, *, covered: bool) -> None:
        """Cover the picture, this one and each that comes, or let them be seen."""
        if covered != self._covered:
            self._covered, self._looking = covered, False
            self._tell()

    def look(self, *, looking: bool) -> None:
        """Uncover the picture for as long as somebody looks, or cover it again."""
        if self._covered and looking != self._looking:
            self._looking = looking
            self._tell()

    def press_key(self, event: QKeyEvent) -> bool:
        """B held lets the picture be seen."""
        if not self._covered or event.key() != Qt.Key.Key_B or event.modifiers():
            return False
        self._key.press(event)
        return True

    def release_key(self, event: QKeyEvent) -> bool:
        """B let go covers it."""
        if event.key() == Qt.Key.Key_B:
            self._key.release(event)
        return False

    def leave(self) -> None:
        """Cover it: that B was let go would not be heard."""
        self._key.forget()
        self.look(looking=False)

    def begin(self) -> None:
        """Cover the next one, whatever is held."""
        self._made = None
        self.look(looking=False)

    def paint(self, painter: QPainter, theme: Theme) -> None:
        """Draw the cover in the place of the picture."""
        picture = self.scene.picture
        if not self.closed or picture is None:
            return
        if self._made is None or self._made[0] is not picture:
            self._made = picture, cover(picture.levels[-1])
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setTransform(self.scene.placement.transform())
        painter.drawImage(QRectF(QPointF(0, 0), QSizeF(picture.size)), self._made[1])
        painter.restore()
        room = QRectF(self.widget.rect())
        plate = QRectF(QPointF(), plate_size(painter, self.words, room.width() - 2 * SMALL))
        plate.moveCenter(room.center())
        paint_plate(painter, plate.toAlignedRect().toRectF(), self.words, theme.panel, theme.text)

    def _on_key_pressed(self) -> None:
        self.widget.setFocus()  # so that the picture is covered when the keys go elsewhere
        self.look(looking=True)

    def _on_key_let_go(self) -> None:
        self.look(looking=False)

    def _tell(self) -> None:
        self.widget.update()
        self.changed.emit()
