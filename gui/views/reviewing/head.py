"""Above the pair: which pairs, how far one is, the obvious ones, and the ways of looking."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from core.claims import SourceId
from core.records import FOUND_KINDS
from gui import style
from gui.icons import icon
from gui.models.cells import shown_name
from gui.models.review_tally import Wanted
from gui.models.sentences import kind_words
from gui.plain import PlainLabel, plain_tooltip
from gui.views.reviewing.acts import key_words
from gui.views.reviewing.buttons import MoveButtons
from gui.views.reviewing.look import WAYS, Look, way_words
from gui.views.wrapping import WrappingLayout

_WIDEST_PX: Final = 260


class ReviewHead(QWidget):
    """The pairs to choose from, the progress, the obvious ones, the way out."""

    chosen = Signal(object)  # Wanted
    settle_wanted = Signal()
    all_wanted = Signal()  # no longer the pairs of one image only
    leave_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kinds = _choice(self.tr("Kind of likeness"))
        self.sources = _choice(self.tr("Source of an image"))
        for choice in (self.kinds, self.sources):
            choice.activated.connect(self._on_activated)
        self.progress = PlainLabel()
        self.progress.setAccessibleName(self.tr("Progress"))
        self.progress.setContentsMargins(style.SMALL, 0, style.SMALL, 0)
        self.unlooked = PlainLabel()
        self.unlooked.setProperty("role", "muted")
        self.unlooked.setToolTip(self.tr("The search for copies goes on in the background and may bring more pairs"))
        self.unlooked.hide()
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(style.TIGHT)
        self.bar.setAccessibleName(self.progress.accessibleName())
        self.all = QPushButton(self.tr("Show all pairs"))
        self.settle = QPushButton()
        self.moves = MoveButtons()
        leave = QToolButton()
        leave.setIcon(icon("close"))
        leave.setToolTip(self.tr("Leave the review (Esc)"))
        leave.setAccessibleName(self.tr("Leave the review"))
        self.all.clicked.connect(self.all_wanted)
        self.settle.clicked.connect(self.settle_wanted)
        leave.clicked.connect(self.leave_wanted)
        for button in (self.all, self.settle, leave):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._arrange(leave)

    def _arrange(self, leave: QToolButton) -> None:
        many = WrappingLayout()
        for part in (self.kinds, self.sources, self.progress, self.unlooked, self.all, self.settle):
            part.setMinimumHeight(style.ROW_HEIGHT)
            many.addWidget(part)
        line = QHBoxLayout()
        line.setSpacing(style.SMALL)
        line.addLayout(many, 1)
        line.addWidget(self.moves, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(leave, 0, Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(style.TIGHT)
        layout.addLayout(line)
        layout.addWidget(self.bar)

    def show_choices(
        self, wanted: Wanted, kinds: Mapping[str, int], sources: Mapping[SourceId, int], names: Mapping[SourceId, str]
    ) -> None:
        """Offer the kinds and the sources that there are, each with how many of its pairs are left."""
        order = {kind: place for place, kind in enumerate(FOUND_KINDS)}
        there = sorted({*kinds, *([wanted.kind] if wanted.kind else [])}, key=lambda one: order.get(one, len(order)))
        self.kinds.clear()
        self.kinds.addItem(_counted(self.tr("all kinds"), sum(kinds.values())), None)
        for kind in there:
            self.kinds.addItem(_counted(kind_words(kind), kinds.get(kind, 0)), kind)
        self.kinds.setCurrentIndex(max(0, self.kinds.findData(wanted.kind)))
        self.sources.clear()
        self.sources.addItem(self.tr("all sources"), None)
        known = {*sources, *([wanted.source] if wanted.source else [])}
        for source in sorted(known, key=lambda one: names.get(one, "").casefold()):
            self.sources.addItem(_counted(shown_name(names.get(source, "?")), sources.get(source, 0)), source)
        self.sources.setCurrentIndex(max(0, self.sources.findData(wanted.source)))
        self.sources.setVisible(bool(known))

    def show_progress(self, decided: int, left: int, *, begun: bool) -> None:
        """Say how far one is, once that is known."""
        words = self.tr("%1 of %2 decided, %3 left").replace("%1", f"{decided:,}")
        words = words.replace("%2", f"{decided + left:,}").replace("%3", f"{left:,}")
        self.progress.setText(words if begun else "")
        self.bar.setRange(0, max(1, decided + left))
        self.bar.setValue(decided)

    def show_unlooked(self, count: int) -> None:
        """Say how many images may bring more pairs, since the search for copies has not come to them."""
        one, many = self.tr("1 image not looked at yet"), self.tr("%1 images not looked at yet")
        self.unlooked.setText(one if count == 1 else many.replace("%1", f"{count:,}"))
        self.unlooked.setVisible(count > 0)

    def show_obvious(self, count: int, kind: str | None, *, allowed: bool) -> None:
        """Offer to settle the obvious ones, those of one kind where only that is looked through."""
        words = self.tr("Settle the obvious…")
        if kind is not None and count:
            words = self.tr("Settle all “%1”…").replace("%1", kind_words(kind))
        self.settle.setText(f"{words}  {key_words('settle')}")
        self.settle.setAccessibleName(words)
        self.settle.setEnabled(bool(count) and allowed)
        self.settle.setVisible(bool(count))

    def _on_activated(self) -> None:
        self.chosen.emit(Wanted(self.kinds.currentData(), self.sources.currentData()))


class WayButtons(QWidget):
    """A segment for each way of looking, with its key, and how large the pictures are."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.setAccessibleName(self.tr("Way of looking"))
        self.scale = PlainLabel()
        self.scale.setProperty("role", "muted")
        self.scale.setAccessibleName(self.tr("Scale"))
        self.scale.setMinimumWidth(self.fontMetrics().horizontalAdvance("1,000 %"))
        self.scale.setAlignment(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)
        self._group = QButtonGroup(self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self.by_way: dict[str, QToolButton] = {}
        for place, way in enumerate(WAYS):
            button = QToolButton()
            button.setText(f"{way_words(way)}  {key_words(way)}")
            button.setCheckable(True)
            button.setProperty("segment", "next" if place else "first")
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setAccessibleName(way_words(way))
            button.setToolTip(plain_tooltip(f"{way_words(way)} ({key_words(way)})"))
            self._group.addButton(button, place)
            self.by_way[way] = button
            layout.addWidget(button)
        layout.addWidget(self.scale)
        self._group.idClicked.connect(self._on_clicked)
        look.changed.connect(self._on_look_changed)
        self._on_look_changed()

    def show_scale(self, percent: int | None) -> None:
        """Say how large the pixels are on screen."""
        self.scale.setText("" if percent is None else f"{percent:,} %")

    def _on_clicked(self, place: int) -> None:
        self._look.take(WAYS[place])

    def _on_look_changed(self) -> None:
        self.by_way[self._look.way].setChecked(True)


def _choice(name: str) -> QComboBox:
    made = QComboBox()
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    made.setMaximumWidth(_WIDEST_PX)
    made.setAccessibleName(name)
    made.setToolTip(plain_tooltip(name))
    return made


def _counted(words: str, number: int) -> str:
    return QCoreApplication.translate("ReviewHead", "%1 (%2)").replace("%2", f"{number:,}").replace("%1", words)
