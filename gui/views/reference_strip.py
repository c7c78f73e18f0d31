"""The labelled regions of a model in a row, each with who says so and how certainly."""

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from core.references import Reference
from gui import style
from gui.models.model_words import reference_words
from gui.plain import PlainLabel, plain_tooltip
from gui.session import Session
from gui.views.elided import ElidedLabel
from gui.views.linked_view import LinkedView, Zoom
from gui.views.peek import Peek

_WIDER: Final = 1.15  # than high
_NARROWEST: Final = 130


class ReferenceCell(QFrame):
    """One labelled region with two lines under it."""

    clicked = Signal(object)  # itself

    def __init__(self, reference: Reference, words: tuple[str, str], view: LinkedView) -> None:
        super().__init__()
        self.reference = reference
        self.view = view
        self.words = words
        self.chosen = False
        self.setToolTip(plain_tooltip("\n".join(words)))
        self.setAccessibleName(", ".join(words))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(style.TIGHT, style.TIGHT, style.TIGHT, style.TIGHT)
        layout.setSpacing(0)
        layout.addWidget(view, 1)
        for line, text in enumerate(words):
            label = ElidedLabel(text, mode=Qt.TextElideMode.ElideRight)
            label.setProperty("role", "muted" if line else "")
            layout.addWidget(label)
        view.clicked.connect(self._on_clicked)

    def choose(self, *, chosen: bool) -> None:
        """Mark it as the one that is compared, or as another."""
        self.view.mean(meant=chosen)
        if chosen != self.chosen:
            self.chosen = chosen
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """A ring round the one that is compared."""
        super().paintEvent(event)
        if self.chosen:
            theme = style.theme_of(self.palette())
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(theme.accent), 2))
            painter.setBrush(QColor(theme.tint))
            painter.drawRoundedRect(self.rect().toRectF().adjusted(1, 1, -1, -1), style.RADIUS, style.RADIUS)
            painter.end()

    def _on_clicked(self) -> None:
        self.clicked.emit(self)


class ReferenceStrip(QScrollArea):
    """Cells of one height; or a sentence where there is none."""

    clicked = Signal()

    def __init__(self, session: Session, zoom: Zoom, peek: Peek, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._zoom = zoom
        self._peek = peek
        self.cells: list[ReferenceCell] = []
        self.empty = PlainLabel()
        self.empty.setWordWrap(True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setProperty("role", "muted")
        content = QWidget()
        self._row = QHBoxLayout(content)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(style.TIGHT)
        self._row.addWidget(self.empty, 1)
        self._row.addStretch(0)
        self.setWidget(content)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the keys are the pane's
        self.setAccessibleName(self.tr("Labelled regions"))

    def show_references(self, references: Sequence[Reference], model: str, nothing: str) -> None:
        """Show these references of a model, or a sentence where there are none."""
        info = self._session.info
        chosen = self.chosen.reference.sighting.id if self.chosen is not None else None
        for cell in self.cells:
            self._row.removeWidget(cell)
            cell.hide()
            cell.deleteLater()
        self.cells = []
        for reference in references:
            words = ("", "") if info is None else reference_words(reference, model, info.vocabularies)
            cell = ReferenceCell(reference, words, LinkedView(self._zoom, self._peek))
            cell.clicked.connect(self._on_cell_clicked)
            self._row.insertWidget(len(self.cells), cell)
            self.cells.append(cell)
        self.empty.setText(nothing)
        self.empty.setVisible(not self.cells)
        same = next((at for at, cell in enumerate(self.cells) if cell.reference.sighting.id == chosen), 0)
        self._choose(same)
        self._fit()

    @property
    def chosen(self) -> ReferenceCell | None:
        """The one that is compared."""
        return next((cell for cell in self.cells if cell.chosen), None)

    def step(self, by: int) -> None:
        """Compare with the next one, or the one before; at either end nothing happens."""
        at = next((place for place, cell in enumerate(self.cells) if cell.chosen), 0) + by
        if 0 <= at < len(self.cells):
            self._choose(at)
            self.ensureWidgetVisible(self.cells[at], style.SMALL, 0)

    def show_pictures(self, picture: Callable[[Reference], QImage | None]) -> None:
        """Show the pictures that are there by now."""
        covering = self._session.settings.cover_graphic
        for cell in self.cells:
            cell.view.show_image(picture(cell.reference), covered=cell.reference.covered and covering)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Keep the cells in proportion."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        width = max(_NARROWEST, round(_WIDER * (self.viewport().height() - 2 * self.fontMetrics().height())))
        for cell in self.cells:
            cell.setFixedWidth(width)

    def _choose(self, at: int) -> None:
        self._peek.end()  # a look was meant for the one before
        for place, cell in enumerate(self.cells):
            cell.choose(chosen=place == at)

    def _on_cell_clicked(self, cell: ReferenceCell) -> None:
        self._choose(self.cells.index(cell))
        self.clicked.emit()
