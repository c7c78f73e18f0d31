"""Regions over a picture: drawn, selected, moved and resized by pointer or by keys alone.

The layer keeps nothing.  It says what was drawn or changed; its owner records that and gives the marks anew.
"""

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QWidget

from core.regions import Region
from gui.style import Theme
from gui.views.grips import Hold, Pointer
from gui.views.held_key import HeldKey
from gui.views.labels import paint_hint
from gui.views.layers import Layer, Scene
from gui.views.marks import Mark, Marks
from gui.views.rectangles import middle_third, pulled_region, unturned
from gui.views.region_painting import paint_marks

_FAST: Final = 10
_Key = Qt.Key
_Modifier = Qt.KeyboardModifier
_ARROWS: Final = {
    _Key.Key_Left: (-1, 0),
    _Key.Key_Right: (1, 0),
    _Key.Key_Up: (0, -1),
    _Key.Key_Down: (0, 1),
}
_MODIFIERS: Final = (_Key.Key_Shift, _Key.Key_Control, _Key.Key_Alt, _Key.Key_AltGr, _Key.Key_Meta)
_GO_ON: Final = (_Key.Key_Return, _Key.Key_Enter, _Key.Key_Space)


class RegionLayer(Layer):
    """The regions of the image on screen.

    ``editable`` is for the owner to set: without it, regions can be selected and no more.  A region is changed
    once for each drag, and once for each run of arrow keys, however long.  ``marks`` is there to be read.
    """

    region_drawn = Signal(object)  # Region
    region_changed = Signal(object, object)  # a mark's id, its new Region
    region_selected = Signal(object)  # a mark's id, or None
    region_delete_requested = Signal(object)  # a mark's id
    region_duplicate_requested = Signal(object)  # a mark's id
    region_owner_requested = Signal(object)  # a carried mark's id: the image that it was drawn on is wanted
    carried_edit_refused = Signal(object)  # a carried mark's id: it is changed on the image that it was drawn on

    def __init__(self, widget: QWidget, scene: Scene) -> None:
        super().__init__(widget, scene)
        self.editable = False
        self.marks = Marks()
        self._pointer = Pointer(scene, self.marks)
        self._arrows = HeldKey(self)
        self._arrows.let_go.connect(self._settle)

    def set_marks(self, marks: Iterable[Mark]) -> None:
        """Show these regions; the selected one stays so if it is among them."""
        before = self.marks.selected
        self.marks.give(marks)
        if self.marks.selected != before:
            self._pointer.drop()
            self.region_selected.emit(None)
        self.widget.update()

    def select(self, mark_id: int | None) -> None:
        """Select a mark, or none."""
        self._pointer.drop()
        self._settle()
        before = self.marks.selected
        self.marks.select(mark_id)
        if self.marks.selected != before:
            self.region_selected.emit(self.marks.selected)
        self.widget.update()

    def begin(self) -> None:
        """Tell what was nudged, and forget the regions of the image before."""
        self.give_up()
        self.set_marks(())

    def give_up(self) -> None:
        """Drop what is being dragged or drawn; what was nudged is told."""
        self._pointer.drop()
        self._settle()
        self.marks.disarm()
        self.widget.unsetCursor()
        self.widget.update()

    def leave(self) -> None:
        """Tell what was nudged: the key may never be seen to go up."""
        self._settle()

    def paint(self, painter: QPainter, theme: Theme) -> None:
        """Draw every region, and say what can be done where one is begun."""
        room = QRectF(self.widget.rect())
        paint_marks(painter, room, self.scene, self.marks, theme, editable=self.editable)
        if self.marks.armed and self.marks.draft is None:
            paint_hint(painter, room, self.tr("New region: drag, or Enter for one in the middle; Esc gives up"), theme)
        elif self.marks.armed and not self._pointer.holding:
            paint_hint(painter, room, self.tr("Arrows move, Alt+arrows resize, Enter keeps it, Esc gives up"), theme)
        elif self.marks.carried and not self.marks.armed:
            paint_hint(painter, room, self.tr("Carried from another copy: Enter shows it where it was drawn"), theme)

    # Keys.

    def press_key(self, event: QKeyEvent) -> bool:
        """Arrows nudge what is selected; R begins, Enter goes on, Esc goes back; . , Del and Shift+D."""
        if event.key() in _ARROWS:
            self._arrows.press(event)
            return self._nudge(_ARROWS[_Key(event.key())], event.modifiers())
        if event.key() in _MODIFIERS:
            return False  # between two nudges
        self._settle()
        if event.key() == _Key.Key_Escape:
            return self._go_back()
        if event.text() in (".", ","):
            self.select(self.marks.neighbour(1 if event.text() == "." else -1))
            self._reveal()
            return True
        if self.marks.carried and self._ask_owner(event):
            return True
        return self.editable and self.scene.picture is not None and self._edit(event)

    def release_key(self, event: QKeyEvent) -> bool:
        """Tell what was nudged once the key goes up."""
        if event.key() in _ARROWS:
            self._arrows.release(event)
        return False

    def _ask_owner(self, event: QKeyEvent) -> bool:
        """Take the keys that would change a carried region: it is changed where it was drawn."""
        if self.marks.armed or event.modifiers() & ~(_Modifier.KeypadModifier | _Modifier.ShiftModifier):
            return False
        if event.key() in (_Key.Key_Return, _Key.Key_Enter):
            self.region_owner_requested.emit(self.marks.selected)
        elif event.key() == _Key.Key_Delete or (event.key() == _Key.Key_D and event.modifiers()):
            self.carried_edit_refused.emit(self.marks.selected)
        else:
            return False
        return True

    def _edit(self, event: QKeyEvent) -> bool:
        marks, plain = self.marks, not event.modifiers() & ~_Modifier.KeypadModifier
        if plain and event.key() == _Key.Key_R:
            marks.armed = True
            self.widget.setCursor(Qt.CursorShape.CrossCursor)
            self.widget.update()
        elif plain and marks.armed and event.key() in _GO_ON:
            self._go_on()
        elif marks.selected is None or marks.armed:
            return False
        elif event.key() == _Key.Key_Delete:
            self.region_delete_requested.emit(marks.selected)
        elif event.key() == _Key.Key_D and event.modifiers() == _Modifier.ShiftModifier:
            self.region_duplicate_requested.emit(marks.selected)
        else:
            return False
        return True

    def _nudge(self, step: tuple[int, int], modifiers: Qt.KeyboardModifier) -> bool:
        region, size = self.marks.held, self.scene.placement.size
        if self.marks.carried and not self.marks.armed:
            self.carried_edit_refused.emit(self.marks.selected)
            return True
        if region is None or not self.editable:
            return False
        if self._pointer.dragging:
            return True
        by = _FAST if modifiers & _Modifier.ShiftModifier else 1
        quarters = self.scene.placement.quarters
        dx, dy = unturned(step[0] * by, step[1] * by, quarters)
        if modifiers & (_Modifier.AltModifier | _Modifier.ControlModifier):  # some desktops keep Alt+arrows
            sides = unturned(abs(step[0]), abs(step[1]), quarters)  # what is at the right or below as seen
            self.marks.hold(pulled_region(region, sides, dx, dy, size))
        else:
            self.marks.hold(region.moved_px(dx, dy, size.width(), size.height()))
        self._reveal()
        return True

    def _go_on(self) -> None:
        """Begin a region in the middle of the view, or keep the one begun."""
        size = self.scene.placement.size
        if self.marks.draft is not None:
            self._finish()
            return
        edges = middle_third(self.scene.seen(QRectF(self.widget.rect())), size)
        if edges is not None:
            self.marks.draft = Region.from_pixels(*edges, size.width(), size.height())
        self.widget.update()

    def _go_back(self) -> bool:
        """Give up the drag, or what is begun, or the selection."""
        if self._pointer.dragging:
            self._pointer.drop()
            self.widget.update()
        elif self.marks.armed:
            self.give_up()
        elif self.marks.selected is not None:
            self.select(None)
        else:
            return False
        return True

    # The pointer.

    def press(self, event: QMouseEvent) -> bool:
        """Take hold of a handle, of the selected region, or of nothing, to draw."""
        self._settle()
        if event.button() != Qt.MouseButton.LeftButton or self.scene.picture is None:
            return False
        self._pointer.take(event.position(), draw=_draws(event), editable=self.editable)
        return self._pointer.holding

    def move(self, event: QMouseEvent) -> bool:
        """Drag what is held; with no button down, show what could be."""
        if not event.buttons():
            self._pointer.show_cursor(self.widget, event.position(), draw=_draws(event), editable=self.editable)
        self._pointer.drag(event.position())
        if self._pointer.dragging:
            self.widget.update()
        return self._pointer.holding

    def release(self, event: QMouseEvent) -> bool:
        """Tell what was drawn or changed; without a drag, select what is there."""
        if event.button() != Qt.MouseButton.LeftButton:
            return False
        grip = self._pointer.let_go()
        if grip is None:
            return False
        if grip.dragged and grip.hold is Hold.DRAW:
            self._finish()
        elif not grip.dragged and self.marks.draft is None:
            self.select(self.marks.at(grip.origin, self.scene.placement.size))
        self._settle()
        self._pointer.show_cursor(self.widget, event.position(), draw=_draws(event), editable=self.editable)
        return grip.hold is not Hold.NOTHING

    # What becomes of it.

    def _settle(self) -> None:
        change = None if self._pointer.dragging else self.marks.settle()
        if change is not None:
            self.region_changed.emit(*change)

    def _finish(self) -> None:
        region = self.marks.confirm()
        self.widget.unsetCursor()
        self.widget.update()
        if region is not None:
            self.region_drawn.emit(region)

    def _reveal(self) -> None:
        chosen = self.marks.chosen
        seen = self.marks.draft or (chosen.region if chosen else None)
        if seen is not None:
            self.scene.reveal(seen, QRectF(self.widget.rect()))
        self.widget.update()


def _draws(event: QMouseEvent) -> bool:
    return bool(event.modifiers() & _Modifier.ControlModifier)
