"""One side of a pair under review: the picture, and what tells whether it is the better copy."""

import html
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QImage, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from core import looking
from core.archive import Archive
from core.duplicates import Side
from core.errors import Refused
from core.records import ImageId
from core.vocabularies import Vocabulary
from gui import style
from gui.icons import icon
from gui.models.catalogue_source import to_qimage
from gui.models.cells import shown_name
from gui.models.sentences import dimensions, sighting_words, size_words, when
from gui.plain import PlainLabel, plain_tooltip
from gui.session import Session
from gui.views.cover_link import CoverLink
from gui.views.elided import ElidedLabel
from gui.views.peek import Peek
from gui.views.review_controls import LOOK
from gui.views.viewer import Viewer

_MAX_PX: Final = 2048  # enough to compare by; a full decode of a large photograph takes three times as long


@dataclass(frozen=True, slots=True)
class Merits:
    """What speaks for one side against the other."""

    larger: bool
    more_exif: bool
    earlier: bool

    @classmethod
    def of(cls, side: Side, other: Side) -> "Merits":
        """Compare one side with the other."""
        first, second = side.captured_first_at, other.captured_first_at
        return cls(
            side.pixels > other.pixels,
            side.has_exif and not other.has_exif,
            bool(first) and bool(second) and first < second,
        )


class ReviewSide(QWidget):
    """A picture fitted into its half, with its facts under it; everything goes at once when the pair changes."""

    ready = Signal()  # the picture is on screen, or the words that say why there is none
    open_wanted = Signal(object)  # the image's id

    def __init__(self, letter: str, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.is_ready = False
        self._side: Side | None = None
        self.viewer = Viewer(session.reader, reduced)
        self.viewer.cover.key = chr(LOOK)  # B says which copy is better
        self._covers = CoverLink(session, self.viewer, self)
        self.viewer.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the keys belong to the verdicts
        self.viewer.loaded.connect(self._on_loaded)
        self.viewer.failed.connect(self._on_loaded)
        self._letter = PlainLabel(letter)
        self.name = ElidedLabel()
        self.facts = QLabel()
        self._open = QToolButton()
        self._arrange(letter)

    def _arrange(self, letter: str) -> None:
        for label in (self._letter, self.name):
            label.setProperty("role", "title")
        self.setAccessibleName(letter)
        self.facts.setTextFormat(Qt.TextFormat.RichText)
        self.facts.setWordWrap(True)
        self.facts.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeading)
        self.facts.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._open.setIcon(icon("eye"))
        self._open.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        words = self.tr("Show %1 among the others").replace("%1", letter)
        self._open.setToolTip(plain_tooltip(words))
        self._open.setAccessibleName(words)
        self._open.clicked.connect(self._on_open_clicked)
        head = QHBoxLayout()
        head.setSpacing(style.SMALL)
        head.addWidget(self._letter)
        head.addWidget(self.name, 1)
        head.addWidget(self._open)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(style.TIGHT)
        layout.addWidget(self.viewer, 1)
        layout.addLayout(head)
        layout.addWidget(self.facts)

    def clear(self) -> None:
        """Show nothing."""
        self.is_ready = False
        self._side = None
        self._covers.show_image(None)
        self.name.setText("")
        self.facts.clear()
        self._open.setEnabled(False)

    def show_side(self, side: Side, other: Side, vocabularies: Mapping[str, Vocabulary]) -> None:
        """Show an image against another; its picture is loaded meanwhile."""
        self.is_ready = False
        self._side = side
        name = shown_name(side.name)
        self.name.setText(name)
        self.name.setToolTip(plain_tooltip(name))
        self._open.setEnabled(True)
        self.facts.setText("<br/>".join(_lines(side, Merits.of(side, other), vocabularies)))
        self._covers.show_image(side.image.id, name, beside=(other.image.id,))

    def _on_loaded(self, image_id: int) -> None:
        if self._side is not None and image_id == self._side.image.id:
            self.is_ready = True
            self.ready.emit()

    def _on_open_clicked(self) -> None:
        if self._side is not None:
            self.open_wanted.emit(self._side.image.id)


class ReviewPanes(QWidget):
    """Both sides of a pair, each fact of the one at the height of the other's; ``peek`` uncovers graphic ones."""

    ready = Signal()  # one more picture is on screen
    open_wanted = Signal(object)  # an image's id

    def __init__(self, session: Session, peek: Peek, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._peek = peek
        peek.changed.connect(self._on_peek_changed)
        self.sides = (ReviewSide("A", session), ReviewSide("B", session))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(style.MEDIUM)
        for side in self.sides:
            layout.addWidget(side, 1)
            side.ready.connect(self.ready)
            side.open_wanted.connect(self.open_wanted)

    @property
    def is_ready(self) -> bool:
        """Whether both pictures are on screen."""
        return all(side.is_ready for side in self.sides)

    def clear(self) -> None:
        """Show nothing."""
        for side in self.sides:
            side.clear()

    def _on_peek_changed(self) -> None:
        for side in self.sides:
            side.viewer.cover.look(looking=self._peek.looking)

    def show_pair(self, left: Side, right: Side, vocabularies: Mapping[str, Vocabulary]) -> None:
        """Show one image at the left and another at the right."""
        for side, one, other in zip(self.sides, (left, right), (right, left), strict=True):
            side.show_side(one, other, vocabularies)
        self._level()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Keep names and facts level."""
        super().resizeEvent(event)
        self._level()

    def _level(self) -> None:
        width = (self.width() - style.MEDIUM) // 2
        usual = 5 * self.fontMetrics().lineSpacing() + style.SMALL  # so that pictures do not jump from pair to pair
        height = max(usual, *(side.facts.heightForWidth(width) for side in self.sides))
        for side in self.sides:
            side.facts.setFixedHeight(height)


def reduced(archive: Archive, image_id: int) -> QImage:
    """An image's picture, upright and not much larger than a screen; for a worker thread.

    Raises:
        CoreError: there is none; the sentence says why.
    """
    detail = looking.detail(archive, ImageId(image_id))
    if detail is not None and detail.image.facts.state == "undecodable":
        raise Refused(detail.image.facts.reason)
    return to_qimage(looking.picture(archive, ImageId(image_id), max_px=_MAX_PX))


def _lines(side: Side, merits: Merits, vocabularies: Mapping[str, Vocabulary]) -> list[str]:
    facts = side.image.facts
    size = dimensions(facts.upright_width_px, facts.upright_height_px)
    first = when(side.captured_first_at) if side.captured_first_at else _tr("not known")
    lines = [
        _marked(size, _tr("larger") if merits.larger else ""),
        html.escape(f"{facts.format}, {size_words(facts.size_bytes)}"),
        _marked(
            _tr("EXIF data") if side.has_exif else _tr("no EXIF data"), _tr("only here") if merits.more_exif else ""
        ),
        _marked(_tr("earliest file %1").replace("%1", first), _tr("earlier") if merits.earlier else ""),
    ]
    said = [html.escape(sighting_words(sighting, vocabularies)) for sighting in side.sightings]
    return [*lines, *(said or [_tr("not tagged")])]


def _marked(text: str, mark: str) -> str:
    return f"{html.escape(text)} · <b>{html.escape(mark)}</b>" if mark else html.escape(text)


def _tr(text: str) -> str:
    return QCoreApplication.translate("ReviewSide", text)
