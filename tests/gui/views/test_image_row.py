"""What is said beside a thumbnail: on two lines, and never cut without a sign."""

from PySide6.QtGui import QFontMetrics

from gui.style import Appearance
from gui.views.image_row import two_lines

WORDS = "same picture · border added · something laid over it: 54 of 61 key points agree, over 44% of what they share"


def test_words_break_between_lines_and_what_does_not_fit_is_elided(appearance: Appearance, qapp) -> None:
    font = qapp.font()
    for width in range(60, 900, 20):
        first, second = two_lines(WORDS, font, width)
        assert second.endswith("…") or f"{first} {second}".rstrip() == WORDS
        assert max(QFontMetrics(font).horizontalAdvance(line) for line in (first, second)) <= width
