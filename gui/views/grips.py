"""What the pointer has taken hold of over a picture, and what becomes of it where it is dragged to."""

from dataclasses import dataclass
from enum import Enum
from typing import Final

from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QWidget

from core.regions import Region
from gui.views.layers import Scene
from gui.views.marks import Marks
from gui.views.rectangles import Sides, handle_at, pulled_region, spanned, unturned

DRAG_PX: Final = 3
_Shape = Qt.CursorShape
_CURSORS: Final = {
    (1, 1): _Shape.SizeFDiagCursor,
    (-1, -1): _Shape.SizeFDiagCursor,
    (1, -1): _Shape.SizeBDiagCursor,
    (-1, 1): _Shape.SizeBDiagCursor,
    (1, 0): _Shape.SizeHorCursor,
    (-1, 0): _Shape.SizeHorCursor,
    (0, 1): _Shape.SizeVerCursor,
    (0, -1): _Shape.SizeVerCursor,
}


class Hold(Enum):
    """What a drag does."""

    NOTHING = "nothing"  # it is for the layers beneath; without a drag it is a click
    DRAW = "draw"
    MOVE = "move"
    PULL = "pull"


_SHAPES: Final = {Hold.DRAW: _Shape.CrossCursor, Hold.MOVE: _Shape.SizeAllCursor}


@dataclass(slots=True)
class Grip:
    """A hold that began at a point of the widget; ``sides`` are those pulled, as seen."""

    hold: Hold
    at: QPointF
    origin: QPointF  # of the picture, under it
    sides: Sides
    before: Region | None
    draft: Region | None
    dragged: bool = False


class Pointer:
    """The pointer over marks in a scene, with the button down or up."""

    def __init__(self, scene: Scene, marks: Marks) -> None:
        self._scene = scene
        self._marks = marks
        self._grip: Grip | None = None

    @property
    def holding(self) -> bool:
        """Whether a drag would draw or change something."""
        return self._grip is not None and self._grip.hold is not Hold.NOTHING

    @property
    def dragging(self) -> bool:
        """Whether something is being drawn or changed."""
        return self._grip is not None and self._grip.hold is not Hold.NOTHING and self._grip.dragged

    def take(self, at: QPointF, *, draw: bool, editable: bool) -> None:
        """Take hold of what is at a point of the widget; ``draw`` of nothing, to draw."""
        hold, sides = self.reach(at, draw=draw, editable=editable)
        self._grip = Grip(hold, at, self._scene.point(at), sides, self._marks.held, self._marks.draft)

    def drag(self, at: QPointF) -> None:
        """Draw or change what is held."""
        grip = self._grip
        if grip is None:
            return
        way = at - grip.at
        grip.dragged = grip.dragged or max(abs(way.x()), abs(way.y())) >= DRAG_PX
        if not self.dragging:
            return
        region = self._region(grip, self._scene.point(at))
        if grip.hold is Hold.DRAW:
            self._marks.draft = region
        elif region is not None:
            self._marks.hold(region)

    def let_go(self) -> Grip | None:
        """What was held until now."""
        grip, self._grip = self._grip, None
        return grip

    def drop(self) -> None:
        """Let go, and put back what was dragged."""
        if self._grip is not None and self.dragging:
            self._marks.draft = self._grip.draft
            self._marks.give_up()
        self._grip = None

    def reach(self, at: QPointF, *, draw: bool, editable: bool) -> tuple[Hold, Sides]:
        """What a drag from a point of the widget would do."""
        marks = self._marks
        if not editable:
            return Hold.NOTHING, (0, 0)
        if draw or (marks.armed and marks.draft is None):
            return Hold.DRAW, (0, 0)
        if marks.held is not None:
            rect = self._scene.on_screen(marks.held)
            sides = handle_at(rect, at)
            if sides is not None:
                return Hold.PULL, sides
            if rect.contains(at):
                return Hold.MOVE, (0, 0)
        return Hold.DRAW if marks.armed else Hold.NOTHING, (0, 0)

    def show_cursor(self, widget: QWidget, at: QPointF, *, draw: bool, editable: bool) -> None:
        """Give a widget the cursor that says what a drag would do, or its usual one."""
        hold, sides = self.reach(at, draw=draw, editable=editable)
        shape = _SHAPES.get(hold) or _CURSORS.get(sides)
        if shape is None:
            widget.unsetCursor()
        else:
            widget.setCursor(shape)

    def _region(self, grip: Grip, point: QPointF) -> Region | None:
        size, way = self._scene.placement.size, point - grip.origin
        if grip.hold is Hold.DRAW:
            edges = spanned(grip.origin, point, size)
            return None if edges is None else Region.from_pixels(*edges, size.width(), size.height())
        if grip.before is None:
            return None
        dx, dy = round(way.x()), round(way.y())
        if grip.hold is Hold.MOVE:
            return grip.before.moved_px(dx, dy, size.width(), size.height())
        sides = unturned(*grip.sides, self._scene.placement.quarters)
        return pulled_region(grip.before, sides, dx, dy, size)
