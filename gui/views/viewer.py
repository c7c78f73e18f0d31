"""One image, large: fitted to the window, zoomed at the pointer, dragged, turned for the view alone.

The picture is loaded on a worker thread.  When another image is shown, the old picture goes at once: a stale
picture beside a new name makes wrong decisions.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from core.errors import CoreError
from core.jobs import Job
from gui import style
from gui.icons import paint_icon
from gui.runner import Runner
from gui.views.adjust_layer import AdjustLayer
from gui.views.cover_layer import CoverLayer
from gui.views.hand import Hand
from gui.views.layers import Layer, Layered, Scene
from gui.views.loupe import Loupe
from gui.views.placement import SHARP_FROM, Placement
from gui.views.pyramid import Pyramid
from gui.views.region_layer import RegionLayer

SAY_LOADING_AFTER_MS: Final = 100

# Gives the picture of an image, upright: called on a worker with the archive of that thread; raises CoreError
# with the reason where there is none.
Load = Callable[[Any, int], QImage]


@dataclass(frozen=True, slots=True)
class _Loading:
    load: Load
    image_id: int

    def __call__(self, archive: Any, job: Job) -> Pyramid:
        image = self.load(archive, self.image_id)
        job.check()
        return Pyramid.of(image)


class Viewer(Layered):
    """Shows one image.  ``runner`` is the one that reads; ``load`` is called in its thread.

    ``regions`` are drawn over it; whoever owns the viewer gives them and keeps what is drawn.  ``adjusting`` makes
    it lighter or sharper for the view alone, ``cover`` hides it until somebody means to look.
    """

    loaded = Signal(object)  # the image id whose picture is on screen now
    failed = Signal(object, object)  # the image id, and the CoreError or Bug that came instead of a picture
    step_requested = Signal(int)  # +1 for the next image, -1 for the one before
    close_requested = Signal()
    zoomed = Signal(float)  # screen pixels for each pixel of the picture

    def __init__(self, runner: Runner, load: Load, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._load = load
        self._image_id: int | None = None
        self._name = self._words = ""
        self._scene = Scene()
        self.cover = CoverLayer(self, self._scene)
        self.cover.changed.connect(self._on_cover_changed)
        self.adjusting = AdjustLayer(self, self._scene, runner)
        self.adjusting.changed.connect(self._describe)
        self.regions = RegionLayer(self, self._scene)
        self.regions.region_selected.connect(self._describe)
        self.loupe = Loupe(self, self._scene, self.adjusting.picture, self.regions.marks)
        self._hand = Hand(self, self._scene)
        self._hand.step_requested.connect(self.step_requested)
        self._hand.close_requested.connect(self.close_requested)
        self._hand.zoomed.connect(self.zoomed)
        self._patience = QTimer(self, singleShot=True, interval=SAY_LOADING_AFTER_MS)
        self._patience.timeout.connect(self._on_patience_ended)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(160, 120)
        self.setAccessibleName(self.tr("Image"))

    def layers(self) -> Sequence[Layer]:
        """The layers in use, the topmost first: on a covered picture nothing can be drawn."""
        if self.cover.closed:
            return (self.cover, self._hand)
        return self._every_layer()

    def _every_layer(self) -> Sequence[Layer]:
        return (self.cover, self.loupe, self.adjusting, self.regions, self._hand)

    @property
    def image_id(self) -> int | None:
        """The image that is shown, or will be when it has loaded."""
        return self._image_id

    @property
    def picture_size(self) -> QSize | None:
        """The size in pixels of the picture on screen; None while there is none."""
        return self._scene.picture.size if self._scene.picture else None

    def show_image(self, image_id: int | None, name: str = "") -> None:
        """Show another image, or none.  ``name`` is told to screen readers."""
        for layer in self._every_layer():
            layer.begin()
        self._image_id = image_id
        self._scene.picture, self._words, self._name = None, "", name
        self._scene.placement = Placement(room=self.size(), ratio=self.devicePixelRatioF())
        self._describe()
        self._runner.forget(("viewer", id(self)))
        if image_id is None:
            self._patience.stop()
        else:
            self._patience.start()
            work = _Loading(self._load, image_id)
            self._runner.ask(("viewer", id(self)), work, self._on_loaded, on_failed=self._on_failed)
        self.update()

    @property
    def placement(self) -> Placement:
        """How the picture lies; after a change, ``update``."""
        return self._scene.placement

    def zoom(self, scale: float | None, at: QPointF | None = None) -> None:
        """Take another scale, None for fitted; ``at`` is the point of the widget that stays where it is."""
        self._hand.zoom(scale, at)

    def turn(self, quarters: int) -> None:
        """Turn the view by quarters clockwise, and fit it; the image itself stays as it is."""
        self._hand.turn(quarters)

    def set_covered(self, covered: bool) -> None:  # noqa: FBT001 - a value, not an option
        """Cover the picture until B is held, or let it be seen; it holds for other images too, until told again."""
        self.cover.set_covered(covered=covered)

    # What arrives.

    def _on_loaded(self, picture: Pyramid) -> None:
        self._patience.stop()
        self._scene.picture, self._words = picture, ""
        self.placement.size = picture.size
        self.update()
        self.loaded.emit(self._image_id)
        self.zoomed.emit(self.placement.scale)

    def _on_failed(self, error: Exception) -> None:
        self._patience.stop()
        reason = str(error) if isinstance(error, CoreError) else self.tr("A fault in Stocktake.")
        self._words = self.tr("This image cannot be decoded: %1").replace("%1", reason)
        self._describe()
        self.update()
        self.failed.emit(self._image_id, error)

    def _describe(self) -> None:
        """Tell screen readers what is seen."""
        chosen = self.regions.marks.chosen
        adjusted = "" if self.adjusting.adjustments.neutral else self.tr("Adjusted view")
        covered = self.cover.words if self.cover.closed and not self._words else ""
        parts = (self._words or self._name, covered, chosen.words if chosen else "", adjusted)
        self.setAccessibleDescription(" · ".join(part for part in parts if part))

    def _on_cover_changed(self) -> None:
        if self.cover.closed:
            self.regions.give_up()
        self._describe()

    def _on_patience_ended(self) -> None:
        self._words = self.tr("Loading…")
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Keep the picture in view."""
        super().resizeEvent(event)
        self.placement.room = self.size()
        self.placement.settle()
        self.adjusting.place()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802, ARG002 - Qt's name
        """Draw what is in view of the picture with its layers, or the words that stand for it."""
        painter = QPainter(self)
        theme = style.theme_of(self.palette())
        self.placement.ratio = self.devicePixelRatioF()  # it differs from screen to screen
        painter.fillRect(self.rect(), QColor(theme.window))
        if self._scene.picture is not None:
            if not self.cover.closed:
                self._paint_picture(painter)
            for layer in reversed(self.layers()):
                layer.paint(painter, theme)
        elif self._words:
            self._paint_words(painter, theme)
        painter.end()

    def _paint_picture(self, painter: QPainter) -> None:
        seen = self._scene.seen(QRectF(self.rect()))
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, self.placement.scale < SHARP_FROM)
        painter.setTransform(self.placement.transform())
        for part, image in self.adjusting.picture.pieces(seen):
            drawn = seen.intersected(part)
            across, down = image.width() / part.width(), image.height() / part.height()
            corner = (drawn.topLeft() - part.topLeft()).toTuple()
            source = QRectF(corner[0] * across, corner[1] * down, drawn.width() * across, drawn.height() * down)
            painter.drawImage(drawn, image, source)
        painter.restore()

    def _paint_words(self, painter: QPainter, theme: style.Theme) -> None:
        room = QRectF(self.rect()).adjusted(style.HUGE, style.HUGE, -style.HUGE, -style.HUGE)
        if not self._patience.isActive() and self._words != self.tr("Loading…"):
            icon = QRectF(0, 0, 48, 48)
            icon.moveCenter(room.center() - QPointF(0, 48))
            paint_icon(painter, "image-broken", icon, theme.muted)
        painter.setPen(QColor(theme.muted))
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._words)
