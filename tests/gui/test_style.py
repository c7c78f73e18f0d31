"""The looks: readable in both themes, following the desktop, drawn with the program's own fonts and icons."""

from importlib.resources import files

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontInfo, QFontMetricsF, QIcon, QPalette
from PySide6.QtWidgets import QApplication, QLabel

from gui import style
from gui.icons import icon
from gui.style import DARK, LIGHT, Appearance, Theme, contrast, theme_of

ICONS = sorted(file.name.removesuffix(".svg") for file in files("resources").joinpath("icons").iterdir())


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
@pytest.mark.parametrize("ground", ["window", "panel", "tint"])
@pytest.mark.parametrize("ink", ["text", "muted", "accent", "good", "caution", "bad"])
def test_every_text_colour_is_readable_on_every_ground(theme: Theme, ground: str, ink: str) -> None:
    assert contrast(getattr(theme, ink), getattr(theme, ground)) >= 4.5


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_text_is_readable_on_chips_and_on_the_accent_and_controls_stand_out(theme: Theme) -> None:
    assert contrast(theme.text, theme.chip) >= 4.5
    assert contrast(theme.text, theme.hover) >= 4.5
    assert contrast(theme.on_accent, theme.accent) >= 4.5
    for ground in (theme.window, theme.panel):
        assert contrast(theme.control, ground) >= 3
        assert contrast(theme.accent, ground) >= 3


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast("#FFFFFF", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)
    assert contrast("#123456", "#123456") == 1


def test_a_theme_chosen_while_running_reaches_every_widget(appearance: Appearance, qtbot) -> None:
    label = QLabel("words")
    qtbot.addWidget(label)
    for choice, theme in (("dark", DARK), ("light", LIGHT)):
        with qtbot.waitSignal(appearance.changed):
            appearance.choose(choice)
        assert appearance.theme == theme == theme_of(label.palette())
        assert label.palette().color(QPalette.ColorRole.WindowText) == QColor(theme.text)


def test_the_system_theme_is_what_the_desktop_says(appearance: Appearance, qapp: QApplication) -> None:
    appearance.choose("system")
    dark = qapp.styleHints().colorScheme() == Qt.ColorScheme.Dark
    assert appearance.theme == (DARK if dark else LIGHT)


def test_an_unknown_theme_is_refused(appearance: Appearance) -> None:
    with pytest.raises(ValueError, match="purple"):
        appearance.choose("purple")


def test_the_text_size_reaches_every_widget(appearance: Appearance, qtbot) -> None:
    label = QLabel("words")
    qtbot.addWidget(label)
    label.show()
    appearance.set_text_px(17)
    qtbot.waitUntil(lambda: label.font().pixelSize() == 17)
    appearance.set_text_px(style.BODY_PX)


@pytest.mark.parametrize("weight", [QFont.Weight.Normal, QFont.Weight.DemiBold])
def test_the_bundled_font_is_used_and_its_figures_are_of_one_width(
    appearance: Appearance, weight: QFont.Weight
) -> None:
    font = style.font(13, semibold=weight == QFont.Weight.DemiBold)
    assert QFontInfo(font).family() == "Noto Sans"
    assert QFontInfo(font).weight() == weight
    assert len({QFontMetricsF(font).horizontalAdvance(digit) for digit in "0123456789"}) == 1


@pytest.mark.parametrize("word", ["Kalashnikov", "калаш", "كلاشنكوف"])
def test_latin_cyrillic_and_arabic_have_their_letters(appearance: Appearance, word: str) -> None:
    first, second = (QFontMetricsF(QFont(family)) for family in style.FAMILIES)
    assert all(first.inFontUcs4(ord(letter)) or second.inFontUcs4(ord(letter)) for letter in word)


@pytest.mark.parametrize("name", ICONS)
def test_every_icon_is_drawn_in_the_theme_of_the_moment(appearance: Appearance, name: str) -> None:
    drawn = icon(name)
    for choice, theme in (("light", LIGHT), ("dark", DARK)):
        appearance.choose(choice)
        image = drawn.pixmap(QSize(40, 40)).toImage()
        pixels = [image.pixelColor(x, y) for x in range(40) for y in range(40)]
        solid = {pixel.name().upper() for pixel in pixels if pixel.alpha() == 255}
        assert solid == {theme.text}


def test_a_disabled_icon_is_paler(appearance: Appearance) -> None:
    image = icon("stop").pixmap(QSize(40, 40), QIcon.Mode.Disabled).toImage()
    colours = {image.pixelColor(x, y).name().upper() for x in range(40) for y in range(40)}
    assert appearance.theme.control in colours
    assert appearance.theme.text not in colours


def test_an_icon_that_does_not_exist_is_an_error_at_once() -> None:
    with pytest.raises(FileNotFoundError):
        icon("no-such-icon")
