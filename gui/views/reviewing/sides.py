"""What is to be said of each image of a pair, each line at the height of the other's."""

import html
from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from core.vocabularies import Vocabulary
from gui import style
from gui.icons import icon
from gui.models.cells import shown_name
from gui.models.pair_facts import Merits, PairFacts, SideFacts
from gui.models.sentences import dimensions, sighting_words, size_words, when
from gui.plain import PlainLabel, plain_tooltip
from gui.views.elided import ElidedLabel

if TYPE_CHECKING:
    from core.records import ImageId

_LINES = 3  # usually


class SidePanel(QWidget):
    """An image of the pair: its letter and name, and what speaks for it."""

    open_wanted = Signal(object)  # the image's id

    def __init__(self, letter: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image: ImageId | None = None
        self._letter = PlainLabel(letter)
        self.name = ElidedLabel()
        self.facts = QLabel()
        self.open = QToolButton()
        for label in (self._letter, self.name):
            label.setProperty("role", "title")
        self.setAccessibleName(letter)
        self.facts.setTextFormat(Qt.TextFormat.RichText)
        self.facts.setWordWrap(True)
        self.facts.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeading)
        self.facts.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.open.setIcon(icon("eye"))
        self.open.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        words = self.tr("Show %1 among the others").replace("%1", letter)
        self.open.setToolTip(plain_tooltip(words))
        self.open.setAccessibleName(words)
        self.open.clicked.connect(self._on_open_clicked)
        head = QHBoxLayout()
        head.setSpacing(style.SMALL)
        head.addWidget(self._letter)
        head.addWidget(self.name, 1)
        head.addWidget(self.open)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(self.facts)
        self.clear()

    def clear(self) -> None:
        """Say nothing."""
        self._image = None
        self.name.setText("")
        self.facts.clear()
        self.open.setEnabled(False)

    def show_side(self, own: SideFacts, merits: Merits, vocabularies: Mapping[str, Vocabulary]) -> None:
        """Say what there is to be said of an image, and what speaks for it."""
        self._image = own.id
        name = shown_name(own.side.name)
        self.name.setText(name)
        self.name.setToolTip(plain_tooltip(name))
        self.open.setEnabled(True)
        self.facts.setText("<br/>".join(_lines(own, merits, vocabularies)))

    def _on_open_clicked(self) -> None:
        if self._image is not None:
            self.open_wanted.emit(self._image)


class Sides(QWidget):
    """Both images of a pair."""

    open_wanted = Signal(object)  # an image's id

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.panels = (SidePanel("A"), SidePanel("B"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(style.MEDIUM)
        for panel in self.panels:
            layout.addWidget(panel, 1)
            panel.open_wanted.connect(self.open_wanted)

    def show_pair(self, facts: PairFacts | None, vocabularies: Mapping[str, Vocabulary]) -> None:
        """Say what there is to be said of a pair, or nothing."""
        for place, panel in enumerate(self.panels):
            if facts is None:
                panel.clear()
            else:
                panel.show_side(facts.sides[place], Merits.of(facts, place), vocabularies)
        self._level()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Keep both level."""
        super().resizeEvent(event)
        self._level()

    def _level(self) -> None:
        width = (self.width() - style.MEDIUM) // 2
        usual = _LINES * self.fontMetrics().lineSpacing() + style.TIGHT  # so that pictures do not jump
        height = max(usual, *(panel.facts.heightForWidth(width) for panel in self.panels))
        for panel in self.panels:
            panel.facts.setFixedHeight(height)


def _lines(own: SideFacts, merits: Merits, vocabularies: Mapping[str, Vocabulary]) -> list[str]:
    facts = own.side.image.facts
    size = _marked(dimensions(facts.upright_width_px, facts.upright_height_px), merits.larger, _tr("larger"))
    if merits.denser:
        size = " – ".join((size, f"<b>{html.escape(_tr('more pixels for the same'))}</b>"))
    saved = facts.format
    if own.quality is not None:
        saved = _tr("%1 of quality about %2").replace("%1", saved).replace("%2", str(own.quality))
    quality = _marked(saved, merits.finer, _tr("saved finer"))
    exif = _marked(_tr("EXIF data") if own.side.has_exif else _tr("no EXIF data"), merits.more_exif, _tr("only here"))
    at = own.side.captured_first_at
    first = _tr("earliest file %1").replace("%1", when(at) if at else _tr("not known"))
    source = ", ".join(own.sources) or _tr("no source")
    if own.published:
        source = _tr("%1, published %2").replace("%1", source).replace("%2", own.published)
    said = [sighting_words(sighting, vocabularies) for sighting in own.side.sightings]
    return [
        " · ".join((size, html.escape(size_words(facts.size_bytes)), quality)),
        " · ".join((exif, _marked(first, merits.earlier, _tr("earlier")), html.escape(source))),
        *map(html.escape, said or [_tr("not tagged")]),
    ]


def _marked(text: str, marked: bool, mark: str) -> str:  # noqa: FBT001 - a value, not an option
    """A fact, and what speaks for it; no line is broken within it."""
    words = f"{html.escape(text)} – <b>{html.escape(mark)}</b>" if marked else html.escape(text)
    return words.replace(" ", "\u00a0")


def _tr(text: str) -> str:
    return QCoreApplication.translate("Sides", text)
