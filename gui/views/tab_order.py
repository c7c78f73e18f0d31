"""The order in which Tab goes through what is made while a window is open, which Qt would put at its end."""

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QWidget


def tab_as_laid_out(first: QWidget, content: QWidget) -> None:
    """Have Tab go from a widget that takes the keys through all of ``content`` in the order of its layouts."""
    for stop in _stops(content):
        QWidget.setTabOrder(first, stop)
        first = stop


def _stops(widget: QWidget) -> Iterator[QWidget]:
    if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and not widget.focusProxy():
        yield widget
    layout = widget.layout()
    if layout:
        yield from _within(layout)


def _within(layout: QLayout) -> Iterator[QWidget]:
    for place in range(layout.count()):
        item = layout.itemAt(place)
        widget = item.widget() if item else None
        inner = item.layout() if item else None
        if widget:
            yield from _stops(widget)
        elif inner:
            yield from _within(inner)
