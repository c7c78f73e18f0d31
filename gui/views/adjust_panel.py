"""The slim panel in which a picture's view is made lighter, steeper, sharper, or cut to one channel."""

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Final

from PySide6.QtCore import QCoreApplication, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSlider,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from core.adjusting import CHANNELS, Adjustments
from gui import style
from gui.icons import icon
from gui.plain import PlainLabel, plain_tooltip

_WIDTH: Final = 292


def _tr(text: str) -> str:
    return QCoreApplication.translate("AdjustPanel", text)


def _signed(value: int) -> str:
    return f"{value:+d}" if value else "0"


@dataclass(frozen=True, slots=True)
class _Scale:
    """One slider: the field it sets, its range, and how its positions are values of the field."""

    field: str
    text: str
    least: int
    most: int
    value: Callable[[int], int] = int
    position: Callable[[int], int] = int
    shown: Callable[[int], str] = str


_SCALES: Final = (
    _Scale("brightness", "Brightness", -100, 100, shown=_signed),
    _Scale("contrast", "Contrast", -100, 100, shown=_signed),
    _Scale(
        "gamma_e2", "Gamma", -100, 100,
        lambda at: round(100 * 5 ** (at / 100)),
        lambda value: round(100 * math.log(value / 100, 5)),
        lambda value: f"{value / 100:.2f}",
    ),
    _Scale("sharpen", "Sharpen", 0, 100),
)  # fmt: skip


class AdjustPanel(QWidget):
    """Says how the view is to be adjusted.  Esc closes it; keys it has no use for go to the view."""

    adjusted = Signal(object)  # Adjustments
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._adjustments = Adjustments()
        self.sliders: dict[str, QSlider] = {}
        self._values: dict[str, QLabel] = {}
        self.channels = QButtonGroup(self)
        self.invert = QCheckBox(self.tr("Invert"))
        self.reset = QPushButton(self.tr("Reset"))
        self.cross = QToolButton()
        self.setAccessibleName(self.tr("Adjust the view"))
        self.setAttribute(Qt.WidgetAttribute.WA_NoMousePropagation)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.setFixedWidth(_WIDTH)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(style.MEDIUM, style.SMALL, style.MEDIUM, style.MEDIUM)
        layout.setSpacing(style.SMALL)
        layout.addLayout(self._head())
        layout.addLayout(self._scales())
        layout.addLayout(self._channel_row())
        layout.addLayout(self._foot())
        self.show_adjustments(self._adjustments)

    def _head(self) -> QHBoxLayout:
        title = PlainLabel(self.tr("Adjust the view"))
        title.setProperty("role", "title")
        self.cross.setIcon(icon("close"))
        self.cross.setIconSize(QSize(style.ICON_SMALL, style.ICON_SMALL))
        self.cross.setToolTip(self.tr("Close (A)"))
        self.cross.setAccessibleName(self.tr("Close the adjustments"))
        self.cross.clicked.connect(self.closed)
        row = QHBoxLayout()
        row.addWidget(title, 1)
        row.addWidget(self.cross)
        return row

    def _scales(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(style.SMALL)
        grid.setVerticalSpacing(style.TIGHT)
        widest = self.fontMetrics().horizontalAdvance("+100")
        for row, scale in enumerate(_SCALES):
            slider, value = QSlider(Qt.Orientation.Horizontal), PlainLabel()
            slider.setRange(scale.least, scale.most)
            slider.setPageStep(10)
            slider.setAccessibleName(_tr(scale.text))
            slider.valueChanged.connect(_Sets(self, scale))
            value.setFixedWidth(widest + style.TIGHT)
            value.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # a sign stands before its number everywhere
            value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(PlainLabel(_tr(scale.text)), row, 0)
            grid.addWidget(slider, row, 1)
            grid.addWidget(value, row, 2)
            self.sliders[scale.field], self._values[scale.field] = slider, value
        return grid

    def _channel_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(style.TIGHT)
        for number, (text, name) in enumerate(_channel_words()):
            button = QToolButton()
            button.setText(text)
            button.setCheckable(True)
            button.setToolTip(plain_tooltip(name))
            button.setAccessibleName(name)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self.channels.addButton(button, number)
            row.addWidget(button)
        row.addStretch(1)
        self.channels.idClicked.connect(self._on_channel_clicked)
        return row

    def _foot(self) -> QHBoxLayout:
        self.reset.setToolTip(self.tr("Show the picture as it is (Shift+A)"))
        self.reset.setAccessibleName(self.tr("Reset the adjustments"))
        self.reset.clicked.connect(self._on_reset_clicked)
        self.invert.toggled.connect(self._on_invert_toggled)
        row = QHBoxLayout()
        row.addWidget(self.invert, 1)
        row.addWidget(self.reset)
        return row

    def show_adjustments(self, adjustments: Adjustments) -> None:
        """Let every control say how the view is adjusted."""
        self._adjustments = adjustments
        for scale in _SCALES:
            slider, value = self.sliders[scale.field], getattr(adjustments, scale.field)
            if scale.value(slider.value()) != value:
                with QSignalBlocker(slider):
                    slider.setValue(scale.position(value))
            self._values[scale.field].setText(scale.shown(value))
        self.channels.button(CHANNELS.index(adjustments.channel)).setChecked(True)
        with QSignalBlocker(self.invert):
            self.invert.setChecked(adjustments.invert)
        self.reset.setEnabled(not adjustments.neutral)

    def set_field(self, **values: Any) -> None:
        """Give fields of the adjustments other values, and say so."""
        self.show_adjustments(replace(self._adjustments, **values))
        self.adjusted.emit(self._adjustments)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Esc closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802, ARG002 - Qt's name
        """A plate of its own, readable on any picture."""
        painter = QPainter(self)
        theme = style.theme_of(self.palette())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(theme.line), 1))
        painter.setBrush(QColor(theme.panel))
        painter.drawRoundedRect(self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5), style.RADIUS, style.RADIUS)
        painter.end()

    def _on_channel_clicked(self, number: int) -> None:
        self.set_field(channel=CHANNELS[number])

    def _on_invert_toggled(self, invert: bool) -> None:  # noqa: FBT001 - Qt's signal brings it
        self.set_field(invert=invert)

    def _on_reset_clicked(self) -> None:
        self.show_adjustments(Adjustments())
        self.adjusted.emit(self._adjustments)


class _Sets:
    """Takes a slider's position into the adjustments."""

    def __init__(self, panel: AdjustPanel, scale: _Scale) -> None:
        self._panel = panel
        self._scale = scale

    def __call__(self, at: int) -> None:
        self._panel.set_field(**{self._scale.field: self._scale.value(at)})


def _channel_words() -> tuple[tuple[str, str], ...]:
    """What stands on the button of each channel, and its name."""
    return (
        (_tr("All"), _tr("All channels")),
        (_tr("Red"), _tr("The red channel alone")),
        (_tr("Green"), _tr("The green channel alone")),
        (_tr("Blue"), _tr("The blue channel alone")),
        (_tr("Lum"), _tr("The luminance alone")),
    )
