"""The line icons of ``resources/icons``, drawn in the colours of whatever theme they are painted under."""

from functools import cache
from importlib.resources import files

from PySide6.QtCore import QByteArray, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from gui.style import theme_of


def icon(name: str) -> QIcon:
    """The icon of a name in ``resources/icons``; it follows the theme by itself.

    Raises:
        FileNotFoundError: there is none of that name.
    """
    _drawing(name)
    return QIcon(_Engine(name))


def paint_icon(painter: QPainter, name: str, rect: QRectF, colour: str) -> None:
    """Draw an icon into a square in one colour (``#RRGGBB``)."""
    _renderer(name, colour).render(painter, rect)


def coloured(name: str, side: int, colour: str, ratio: float) -> QPixmap:
    """An icon in one colour as a picture of ``side`` logical pixels; it does not follow the theme."""
    pixmap = QPixmap(round(side * ratio), round(side * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    paint_icon(painter, name, QRectF(0, 0, side, side), colour)
    painter.end()
    return pixmap


@cache
def _drawing(name: str) -> str:
    return files("resources").joinpath("icons", f"{name}.svg").read_text("utf-8")


@cache
def _renderer(name: str, colour: str) -> QSvgRenderer:
    return QSvgRenderer(QByteArray(_drawing(name).replace("currentColor", colour).encode()))


class _Engine(QIconEngine):
    """Draws when painted, in the theme of that moment: a pixmap made earlier would keep the old colours."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:  # noqa: ARG002
        theme = theme_of(QGuiApplication.palette())
        colour = {QIcon.Mode.Disabled: theme.control, QIcon.Mode.Active: theme.text}.get(mode, theme.text)
        side = min(rect.width(), rect.height())
        square = QRectF(0, 0, side, side)
        square.moveCenter(QRectF(rect).center())
        paint_icon(painter, self._name, square, colour)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        pixmap = QPixmap(size)
        if size.isEmpty():  # a button that a layout has squeezed to nothing for a moment
            return pixmap
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return pixmap

    def clone(self) -> QIconEngine:
        return _Engine(self._name)
