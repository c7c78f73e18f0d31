"""Chips: type filled, country outlined, doubt dashed, and the words for all of it."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QImage, QPainter

from gui import style
from gui.models.cells import Chip
from gui.style import LIGHT, Appearance
from gui.views.chips import GAP, NARROWEST, ChipLabel, chip_widths, paint_chip

WIDTH, HEIGHT = 80, 18


def painted(chip: Chip) -> QImage:
    """A chip on the panel's colour."""
    image = QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB32)
    image.fill(LIGHT.panel)
    painter = QPainter(image)
    painter.setFont(style.font(12))
    paint_chip(painter, QRectF(0, 0, WIDTH, HEIGHT), chip, LIGHT)
    painter.end()
    return image


def edge(chip: Chip) -> list[str]:
    """The colours along a chip's upper edge, its round corners left out."""
    image = painted(chip)
    return [image.pixelColor(x, 0).name().upper() for x in range(6, WIDTH - 6)]


@pytest.mark.parametrize("certainty", ["certain", "probable", "unknown"])
def test_a_type_is_filled_and_a_country_outlined(appearance: Appearance, certainty: str) -> None:
    kind, country = Chip("type", "AK", "AK", certainty), Chip("manufacture", "HUN", "Hungary", certainty)
    assert painted(kind).pixelColor(5, 3).name().upper() == LIGHT.chip
    assert painted(country).pixelColor(5, 3).name().upper() == LIGHT.panel
    assert set(edge(country)) == {LIGHT.control}


@pytest.mark.parametrize("kind", ["type", "manufacture", "design"])
@pytest.mark.parametrize("certainty", ["possible", "doubtful"])
def test_doubt_has_a_dashed_edge(appearance: Appearance, kind: str, certainty: str) -> None:
    colours = edge(Chip(kind, "AK", "AK", certainty))
    assert LIGHT.control in colours
    changes = sum(one != other for one, other in itertools.pairwise(colours))
    assert changes > 10


def test_the_doubtful_is_muted(appearance: Appearance) -> None:
    def darkest(certainty: str) -> int:
        image = painted(Chip("manufacture", "HHH", "H", certainty))
        return min(image.pixelColor(x, y).lightness() for x in range(10, 70) for y in range(3, 15))

    assert darkest("doubtful") > darkest("possible")


@given(st.lists(st.text(max_size=20), max_size=5), st.floats(0, 300))
def test_chips_never_leave_their_room(texts: list[str], room: float) -> None:
    chips = [Chip("manufacture" if n else "type", text, text) for n, text in enumerate(texts)]
    widths = chip_widths(QFontMetricsF(style.font(12)), chips, room)
    assert sum(widths) + GAP * max(0, len(widths) - 1) <= room + 0.01
    assert not widths or widths[0] >= min(NARROWEST, 12)


def test_the_type_gives_way_before_the_countries(appearance: Appearance) -> None:
    metrics = QFontMetricsF(style.font(12))
    chips = [
        Chip("type", "general-purpose machine gun", ""),
        Chip("design", "SUHH", ""),
        Chip("manufacture", "HUN", ""),
    ]
    full = chip_widths(metrics, chips, 1000)
    tight = chip_widths(metrics, chips, 160)
    assert tight[1:] == full[1:]
    assert tight[0] < full[0]
    assert len(chip_widths(metrics, chips, 90)) < 3


def test_a_chip_as_a_widget_says_what_it_claims(appearance: Appearance, qtbot) -> None:
    label = ChipLabel(Chip("manufacture", "HUN", "Hungary", "possible"))
    qtbot.addWidget(label)
    label.show()
    assert label.accessibleName() == label.toolTip() == "made in Hungary, possible"
    wide = label.sizeHint().width()
    label.resize(wide + 100, 20)
    image = label.grab().toImage()
    assert image.pixelColor(wide + 50, 10).name().upper() == LIGHT.window
    label.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert label.grab().toImage() != image
