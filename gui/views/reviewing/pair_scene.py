"""The pair that is looked at: its pictures as they come, how they lie, and where they differ."""

from PySide6.QtCore import QObject, QPointF, QRectF, QSize, Signal

from core.records import Match
from gui.models.pair_facts import PairFacts
from gui.models.pair_pictures import Loaded, PairPictures
from gui.session import Session
from gui.views.pyramid import Pyramid
from gui.views.reviewing.difference import Comparison
from gui.views.reviewing.laying import Laying, PairPlacement
from gui.views.reviewing.look import WAYS, Look


class PairScene(QObject):
    """One pair, or none.  ``pictures`` loads its pictures, ``look`` says how they are looked at."""

    changed = Signal()

    def __init__(self, session: Session, pictures: PairPictures, look: Look, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._pictures = pictures
        self._look = look
        self._room = QRectF(0, 0, 1, 1)
        self._ratio = 1.0
        self.facts: PairFacts | None = None
        self.placement: PairPlacement | None = None
        self.comparison = Comparison(session, self)
        self.comparison.changed.connect(self.changed)
        pictures.arrived.connect(self._on_arrived)
        look.changed.connect(self._on_look_changed)

    def show_pair(self, facts: PairFacts | None) -> None:
        """Look at a pair, or at nothing; what is said anew of the same pair moves nothing."""
        before, self.facts = self.match, facts
        if facts is None or self.match != before:
            self.placement = None
            self._look.front = 0
            self.comparison.forget()
            if facts is not None:
                self._lay(facts)
        self.changed.emit()

    def _lay(self, facts: PairFacts) -> None:
        sizes = [
            QSize(one.side.image.facts.upright_width_px, one.side.image.facts.upright_height_px) for one in facts.sides
        ]
        known = next((size for size in sizes if not size.isEmpty()), QSize(1, 1))
        a, b = (known if size.isEmpty() else size for size in sizes)
        self.placement = PairPlacement(Laying.of(a, b, facts.pair.match.transform))
        self._pictures.want([one.id for one in facts.sides])
        self._settle()

    @property
    def match(self) -> Match | None:
        """What was found between the two."""
        return self.facts.pair.match if self.facts else None

    @property
    def loaded(self) -> tuple[Loaded | None, Loaded | None]:
        """Of both pictures: itself, why there is none, or None while it is loaded."""
        if self.facts is None:
            return None, None
        a, b = self.facts.sides
        return self._pictures.of(a.id), self._pictures.of(b.id)

    @property
    def both(self) -> tuple[Pyramid, Pyramid] | None:
        """Both pictures, if there are both."""
        a, b = self.loaded
        return (a, b) if isinstance(a, Pyramid) and isinstance(b, Pyramid) else None

    @property
    def way(self) -> str:
        """The way of looking in use: where a picture is missing, the two can only be side by side."""
        return self._look.way if self.both else WAYS[0]

    @property
    def graphic(self) -> bool:
        """Whether the pictures are to be covered unless somebody looks."""
        return self.facts is not None and self.facts.covered and self._session.settings.cover_graphic

    def place(self, room: QRectF, ratio: float) -> None:
        """Take another room, with so many device pixels in a logical one."""
        self._room, self._ratio = room, ratio
        self._settle()

    def zoom(self, factor: float, at: QPointF | None = None) -> None:
        """Make both larger or smaller; what lies at a point of the room stays there."""
        if self.placement is not None:
            self.placement.zoom(factor, at or self.placement.focus, self._ratio)
            self._zoomed()

    def zoom_sharp(self, at: QPointF | None = None) -> None:
        """Show each pixel by one of the screen, or all of both again."""
        placement = self.placement
        if placement is None:
            return
        if placement.scale is None:
            placement.take(placement.sharp_scale(self._ratio), at or placement.focus)
        else:
            placement.fit()
        self._zoomed()

    def fit(self) -> None:
        """Show all of both again."""
        if self.placement is not None:
            self.placement.fit()
            self._zoomed()

    def drag(self, by: QPointF, at: QPointF | None = None) -> None:
        """Move both, as seen at a point of the room."""
        if self.placement is not None:
            self.placement.drag(by, at or self.placement.focus)
            self.changed.emit()

    @property
    def percent(self) -> int | None:
        """How large the pixels of the picture with more of them are on screen; None while there is no pair."""
        placement = self.placement
        if placement is None:
            return None
        whole = placement.laying.whole
        scale = abs(placement.matrix(whole).determinant()) ** 0.5
        return round(100.0 * float(scale) / placement.sharp_scale(self._ratio))

    def _zoomed(self) -> None:
        self._load_closer()
        self.changed.emit()

    def _settle(self) -> None:
        if self.placement is not None:
            self.placement.resize(self._room, beside=self.way == "beside")
            self._load_closer()

    def _load_closer(self) -> None:
        """Have all of a picture loaded where somebody looks closer than what is there allows."""
        if self.placement is None or self.facts is None or self.placement.scale is None:
            return
        for side, facts in enumerate(self.facts.sides):
            there, size = self._pictures.of(facts.id), self.placement.laying.sizes[side]
            scale = abs(self.placement.matrix(side).determinant()) ** 0.5 * self._ratio
            if isinstance(there, Pyramid) and there.size.width() < min(1.0, scale) * size.width() - 1:
                self._pictures.want_fine(facts.id)

    def _compare(self) -> None:
        both = self.both
        if self.way == "difference" and both and self.placement is not None:
            self.comparison.ask(self.placement.laying, both)

    def _on_arrived(self, image_id: int) -> None:
        if self.facts is not None and any(one.id == image_id for one in self.facts.sides):
            self._on_look_changed()

    def _on_look_changed(self) -> None:
        self._settle()
        self._compare()
        self.changed.emit()
