"""Two pictures held against each other: side by side, at the same place, split, laid over, or their difference.

Nothing of a pair is shown any more as soon as another is asked for, and graphic pictures are covered in every way
of looking until somebody means to look.
"""

from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from core.errors import CoreError
from core.records import Match
from gui import style
from gui.models.covering import cover
from gui.views.peek import Peek
from gui.views.pyramid import Pyramid
from gui.views.reviewing import painting
from gui.views.reviewing.difference import colours
from gui.views.reviewing.laying import PairPlacement
from gui.views.reviewing.look import Look
from gui.views.reviewing.painting import LETTERS
from gui.views.reviewing.pair_scene import PairScene

STEP: Final = 1.25
SAY_LOADING_AFTER_MS: Final = 100
_GRIP_PX: Final = 12


class PairView(QWidget):
    """Shows a scene; ``peek`` uncovers what is graphic."""

    ready = Signal()  # both pictures were painted, or the words that say why there is none
    _painted = Signal(object)  # Match

    def __init__(self, scene: PairScene, look: Look, peek: Peek, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scene = scene
        self._look = look
        self._peek = peek
        self.is_ready = False
        self._match: Match | None = None
        self._covers: dict[int, tuple[Pyramid, QImage]] = {}
        self._held: QPointF | None = None
        self._sliding = False
        self._patience = QTimer(self, singleShot=True, interval=SAY_LOADING_AFTER_MS)
        self._patience.timeout.connect(self.update)
        self.setMinimumSize(320, 120)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMouseTracking(True)
        self.setAccessibleName(self.tr("Both pictures"))
        scene.changed.connect(self._on_changed)
        peek.changed.connect(self._on_changed)
        self._painted.connect(self._on_painted, Qt.ConnectionType.QueuedConnection)

    @property
    def closed(self) -> bool:
        """Whether the pictures must not be seen now."""
        return self._scene.graphic and not self._peek.looking

    @property
    def label(self) -> str:
        """What is seen, in the ways that show both at one place."""
        way = self._scene.way
        if way == "swap":
            return LETTERS[self._look.front]
        if way == "overlay":
            return self.tr("B over A, %1 %").replace("%1", str(round(100 * self._look.opacity)))
        if way == "difference":
            found = self._scene.comparison.found
            if found is None:
                return self.tr("Working out the difference…")
            words = self.tr("Difference × %1 · %2 % of what both show differs clearly")
            return words.replace("%1", str(self._look.factor)).replace("%2", found.words_percent)
        return ""

    def _on_changed(self) -> None:
        match = self._scene.match
        if match != self._match:  # nothing of the pair before counts any more
            self._match = match
            self.is_ready = False
            self._held, self._sliding = None, False
            self._covers.clear()
            self._patience.start()
        reasons = [self._reason(one) for one in self._scene.loaded if isinstance(one, Exception)]
        covered = self._cover_words if self.closed else ""
        self.setAccessibleDescription(" · ".join(filter(None, (*reasons, covered, self.label))))
        self.update()

    def _on_painted(self, match: Match) -> None:
        if match == self._match and not self.is_ready and None not in self._scene.loaded:
            self.is_ready = True
            self.ready.emit()

    @property
    def _cover_words(self) -> str:
        return self.tr("Graphic picture: hold V to look")

    def _reason(self, error: Exception) -> str:
        reason = str(error) if isinstance(error, CoreError) else self.tr("A fault in Stocktake.")
        return self.tr("This image cannot be decoded: %1").replace("%1", reason)

    # Drawing.

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802, ARG002 - Qt's name
        """Draw the pair."""
        painter = QPainter(self)
        theme = style.theme_of(self.palette())
        painter.fillRect(self.rect(), QColor(theme.window))
        placement = self._scene.placement
        if placement is not None:
            self._paint_pair(painter, placement, theme)
            if not self.is_ready and None not in self._scene.loaded:
                self._painted.emit(self._match)
        painter.end()

    def _paint_pair(self, painter: QPainter, placement: PairPlacement, theme: style.Theme) -> None:
        both, way = self._scene.both, self._scene.way
        if way == "beside" or both is None:
            for side, picture in enumerate(self._scene.loaded):
                self._paint_side(painter, placement, side, picture, theme)
        elif self.closed:
            self._paint_cover(painter, placement, placement.laying.whole, both[placement.laying.whole], theme)
        else:
            self._paint_together(painter, placement, both)
        if both is not None and placement.laying.is_part:
            painting.paint_frame(painter, placement, theme)
        if both is not None and way == "split" and not self.closed:
            x = placement.room.left() + self._look.split * placement.room.width()
            painting.paint_split(painter, placement.room, x, theme)
        self._paint_labels(painter, placement, theme)

    def _paint_side(
        self, painter: QPainter, placement: PairPlacement, side: int, picture: object, theme: style.Theme
    ) -> None:
        pane = placement.pane(side)
        if isinstance(picture, Pyramid):
            if self.closed:
                self._paint_cover(painter, placement, side, picture, theme)
            else:
                painting.paint_picture(painter, placement, side, picture, clip=pane)
        elif isinstance(picture, Exception):
            painting.paint_reason(painter, pane, self._reason(picture), theme, broken=True)
        elif not self._patience.isActive():
            painting.paint_reason(painter, pane, self.tr("Loading…"), theme, broken=False)

    def _paint_cover(
        self, painter: QPainter, placement: PairPlacement, side: int, picture: Pyramid, theme: style.Theme
    ) -> None:
        made = self._covers.get(side)
        if made is None or made[0] is not picture:
            made = self._covers[side] = picture, cover(picture.levels[-1])
        painting.paint_cover(painter, placement, side, made[1])
        painting.paint_centred(painter, placement.pane(side), self._cover_words, theme)

    def _paint_together(self, painter: QPainter, placement: PairPlacement, both: tuple[Pyramid, Pyramid]) -> None:
        room, way, look = placement.room, self._scene.way, self._look
        if way == "swap":
            painting.paint_picture(painter, placement, look.front, both[look.front], clip=room)
        elif way == "split":
            x = look.split * room.width()
            painting.paint_picture(
                painter, placement, 0, both[0], clip=QRectF(room.left(), room.top(), x, room.height())
            )
            painting.paint_picture(painter, placement, 1, both[1], clip=room.adjusted(x, 0, 0, 0))
        elif way == "overlay":
            painting.paint_picture(painter, placement, 0, both[0], clip=room)
            painter.setOpacity(look.opacity)
            painting.paint_picture(painter, placement, 1, both[1], clip=room)
            painter.setOpacity(1)
        elif self._scene.comparison.found is not None:
            shown = self._scene.comparison.found.map
            shown.setColorTable(colours(look.factor))
            painting.paint_map(painter, placement, shown)

    def _paint_labels(self, painter: QPainter, placement: PairPlacement, theme: style.Theme) -> None:
        if self._scene.way in ("beside", "split"):
            painting.paint_label(painter, placement.pane(0), LETTERS[0], theme)
            at_end = self._scene.way == "split"
            painting.paint_label(painter, placement.pane(1), LETTERS[1], theme, at_end=at_end)
        else:
            painting.paint_label(painter, placement.room, self.label, theme)

    # Gestures.

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Keep the pictures in view."""
        super().resizeEvent(event)
        self._scene.place(QRectF(self.rect()), self.devicePixelRatioF())

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        """Zoom both at the pointer."""
        self._scene.zoom(STEP ** (event.angleDelta().y() / 120), event.position())

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Take hold of the line, or of the pictures."""
        self._sliding = self._scene.way == "split" and abs(event.position().x() - self._line) <= _GRIP_PX
        self._held = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Drag what is held; over the line the pointer says that it can be dragged."""
        at = event.position()
        if self._held is None:
            near = self._scene.way == "split" and abs(at.x() - self._line) <= _GRIP_PX
            self.setCursor(Qt.CursorShape.SplitHCursor if near else Qt.CursorShape.ArrowCursor)
        elif self._sliding:
            self._look.split_at(at.x() / max(1, self.width()))
        else:
            self._scene.drag(at - self._held, self._held)
            self._held = at

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: ARG002, N802 - Qt's name
        """Let go."""
        self._held, self._sliding = None, False

    @property
    def _line(self) -> float:
        return self._look.split * self.width()
