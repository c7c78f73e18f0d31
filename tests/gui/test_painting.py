"""The binding keeps count of None: one release lost a reference at each call and died while painting."""

import sys

from PySide6.QtGui import QColor, QImage, QPainter


def test_painting_loses_no_reference_to_none() -> None:
    image = QImage(8, 8, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    colour = QColor("white")
    painter.fillRect(0, 0, 8, 8, colour)  # the first call sets up the binding, which keeps some
    before = sys.getrefcount(None)
    for _ in range(1000):
        painter.fillRect(0, 0, 8, 8, colour)
    after = sys.getrefcount(None)
    painter.end()
    assert before - after < 100
