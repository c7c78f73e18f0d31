"""Chips: a tag's values, short and quiet.  Type is filled, a country is outlined; doubt is dashed."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui import style
from gui.models.cells import TYPE, Chip, describe_chip
from gui.plain import plain_tooltip

CHIP_HEIGHT: Final = 18.0
PADDING: Final = 6.0
GAP: Final = 4.0
NARROWEST: Final = 28.0
RADIUS: Final = 3.0


def chip_width(metrics: QFontMetricsF, chip: Chip) -> float:
    """How wide a chip is when nothing of it is left out, in logical pixels."""
    return metrics.horizontalAdvance(chip.text) + 2 * PADDING


def chip_widths(metrics: QFontMetricsF, chips: Sequence[Chip], room: float) -> list[float]:
    """The widths of chips set in one line: the first, the type, gives way before the countries do.

    Chips for which there is no room at all are left out, from the end.
    """
    widths = [chip_width(metrics, chip) for chip in chips]
    while widths and NARROWEST + sum(widths[1:]) + GAP * (len(widths) - 1) > room:
        widths.pop()
    if widths:
        widths[0] = min(widths[0], room - sum(widths[1:]) - GAP * (len(widths) - 1))
    return widths


def paint_chips(painter: QPainter, room: QRectF, chips: Sequence[Chip], theme: style.Theme) -> None:
    """Draw chips in one line, centred in the room, with the painter's font."""
    metrics = QFontMetricsF(painter.font())
    widths = chip_widths(metrics, chips, room.width())
    total = sum(widths) + GAP * (len(widths) - 1)
    mirrored = painter.layoutDirection() == Qt.LayoutDirection.RightToLeft
    x = room.center().x() + (total / 2 if mirrored else -total / 2)
    top = room.center().y() - CHIP_HEIGHT / 2
    for chip, width in zip(chips, widths, strict=False):
        paint_chip(painter, QRectF(x - width if mirrored else x, top, width, CHIP_HEIGHT), chip, theme)
        x += -(width + GAP) if mirrored else width + GAP


def paint_chip(painter: QPainter, rect: QRectF, chip: Chip, theme: style.Theme) -> None:
    """Draw one chip into a rectangle; text that does not fit is elided."""
    doubtful = chip.certainty == "doubtful"
    dashed = doubtful or chip.certainty == "possible"
    filled = chip.kind == TYPE
    pen = QPen(QColor(theme.control), 1.0)
    if dashed:
        pen.setDashPattern([3.0, 2.0])
    painter.setBrush(QColor(theme.chip) if filled and not doubtful else Qt.BrushStyle.NoBrush)
    painter.setPen(pen if dashed or not filled else Qt.PenStyle.NoPen)
    # Half a pixel in, so that a line one pixel wide covers one pixel; a fill needs the full rectangle.
    inset = 0.5 if dashed or not filled else 0.0
    painter.drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), RADIUS, RADIUS)
    painter.setPen(QColor(theme.muted if doubtful else theme.text))
    room = rect.adjusted(PADDING, 0, -PADDING, 0)
    text = chip.text
    metrics = QFontMetricsF(painter.font())
    if metrics.horizontalAdvance(text) > room.width() + 0.5:
        text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextSingleLine, text)


class ChipLabel(QWidget):
    """One chip as a widget, for panels: its certainty is in its tooltip and its accessible name."""

    def __init__(self, chip: Chip, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.chip = chip
        self.setToolTip(plain_tooltip(describe_chip(chip)))
        self.setAccessibleName(describe_chip(chip))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Room for the whole text."""
        return QSize(round(chip_width(QFontMetricsF(self.font()), self.chip) + 0.5), round(CHIP_HEIGHT) + 2)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Room for a letter or two."""
        return QSize(round(NARROWEST), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802 - Qt's name
        """Draw the chip at its own width, at the side where reading begins."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = min(float(self.sizeHint().width()), float(self.width()))
        rect = QRectF(0, (self.height() - CHIP_HEIGHT) / 2, width, CHIP_HEIGHT)
        if self.isRightToLeft():
            rect.moveRight(self.width())
        paint_chip(painter, rect, self.chip, style.theme_of(self.palette()))
        painter.end()
