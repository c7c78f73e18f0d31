"""How the window looks: colours, spacing, the bundled fonts, the palette and the style sheet.

Fusion style with a palette of our own in light and dark.  A widget that paints itself asks
``theme_of(self.palette())`` for its colours, so that nothing needs to be handed to it and a change of theme
reaches it as an ordinary palette change.
"""

from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Qt, QTemporaryDir, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

# Spacing in logical pixels: nothing in the window uses another step.
TIGHT: Final = 4
SMALL: Final = 8
MEDIUM: Final = 12
LARGE: Final = 16
HUGE: Final = 24
ROW_HEIGHT: Final = 28
ICON_SMALL: Final = 16
ICON: Final = 20
RADIUS: Final = 4

BODY_PX: Final = 13
FAMILIES: Final = ("Noto Sans", "Noto Sans Arabic")
CHOICES: Final = ("system", "light", "dark")


@dataclass(frozen=True, slots=True)
class Theme:
    """One set of colours, as ``#RRGGBB``.

    ``text``, ``muted``, ``accent``, ``good``, ``caution`` and ``bad`` are readable on ``window``, ``panel``
    and ``tint``; ``on_accent`` is readable on ``accent``, and ``text`` on ``chip`` and ``hover`` too.
    ``control`` is the outline of what can be clicked, ``line`` only parts one thing from another.
    """

    name: str
    window: str
    panel: str
    text: str
    muted: str
    line: str
    control: str
    accent: str
    good: str
    caution: str
    bad: str
    on_accent: str
    tint: str
    chip: str
    hover: str


LIGHT: Final = Theme(
    name="light",
    window="#F7F7F5",
    panel="#FFFFFF",
    text="#1E2326",
    muted="#5C6670",
    line="#D9DCDE",
    control="#868E96",
    accent="#1F5F8B",
    good="#2F6B3C",
    caution="#8A5A00",
    bad="#A3292E",
    on_accent="#FFFFFF",
    tint="#E6EFF6",
    chip="#CFDDE7",
    hover="#EDEFEF",
)
DARK: Final = Theme(
    name="dark",
    window="#16191C",
    panel="#1F2428",
    text="#E6E8EA",
    muted="#9AA5AE",
    line="#343B41",
    control="#78828B",
    accent="#6CB2E0",
    good="#7CC48A",
    caution="#E0B050",
    bad="#F08A8A",
    on_accent="#16191C",
    tint="#21313E",
    chip="#354C5B",
    hover="#2A3036",
)


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two ``#RRGGBB`` colours, 1 to 21.

    Source: WCAG 2.2, relative luminance and contrast ratio.
    """
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def theme_of(palette: QPalette) -> Theme:
    """The theme that a palette belongs to: the dark one where its window is darker than its text."""
    dark = palette.color(QPalette.ColorRole.Window).lightness() < 128
    return DARK if dark else LIGHT


def palette_of(theme: Theme) -> QPalette:
    """The palette for every widget under a theme."""
    palette = QPalette()
    role = QPalette.ColorRole
    colours = {
        role.Window: theme.window,
        role.WindowText: theme.text,
        role.Base: theme.panel,
        role.AlternateBase: theme.window,
        role.Text: theme.text,
        role.PlaceholderText: theme.muted,
        role.Button: theme.panel,
        role.ButtonText: theme.text,
        role.BrightText: theme.bad,
        role.ToolTipBase: theme.panel,
        role.ToolTipText: theme.text,
        role.Highlight: theme.accent,
        role.HighlightedText: theme.on_accent,
        role.Accent: theme.accent,
        role.Link: theme.accent,
        role.LinkVisited: theme.accent,
        role.Light: theme.panel,
        role.Midlight: theme.hover,
        role.Mid: theme.line,
        role.Dark: theme.control,
        role.Shadow: theme.line,
    }
    for which, colour in colours.items():
        palette.setColor(which, QColor(colour))
    for which in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, QColor(theme.control))
    palette.setColor(QPalette.ColorGroup.Disabled, role.Highlight, QColor(theme.line))
    return palette


def load_fonts() -> None:
    """Make the bundled fonts known to this program; they need not be installed.

    Raises:
        RuntimeError: a font file that ships with the program is missing or broken.
    """
    for file in files("resources").joinpath("fonts").iterdir():
        if file.name.endswith(".ttf") and QFontDatabase.addApplicationFontFromData(file.read_bytes()) < 0:
            raise RuntimeError(f"The font {file.name} cannot be loaded.")


def font(px: int = BODY_PX, *, semibold: bool = False) -> QFont:
    """The bundled font at a size in logical pixels.  Its figures are tabular: all digits are of one width."""
    made = QFont()
    made.setFamilies(list(FAMILIES))
    made.setPixelSize(px)
    if semibold:
        made.setWeight(QFont.Weight.DemiBold)
    return made


class Appearance(QObject):
    """The program's looks, changeable while it runs.

    ``changed`` is emitted after every widget has its new palette and font.
    """

    changed = Signal()

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self._choice = "system"
        self._text_px = BODY_PX
        self._drawings = QTemporaryDir()  # a style sheet takes pictures from files only
        app.setStyle("Fusion")
        load_fonts()
        app.styleHints().colorSchemeChanged.connect(self._on_color_scheme_changed)
        self._apply()

    @property
    def theme(self) -> Theme:
        """The colours in use now."""
        if self._choice == "system":
            dark = self._app.styleHints().colorScheme() == Qt.ColorScheme.Dark
            return DARK if dark else LIGHT
        return DARK if self._choice == "dark" else LIGHT

    @property
    def choice(self) -> str:
        """What the user chose, one of ``CHOICES``."""
        return self._choice

    def choose(self, choice: str) -> None:
        """Take a theme: one of ``CHOICES``; *system* follows the desktop, also when it changes later."""
        if choice not in CHOICES:
            raise ValueError(choice)
        self._choice = choice
        self._apply()

    def take(self, choice: str, text_px: int) -> None:
        """Take a theme and a text size at once; the sheet is worked through only once."""
        self._text_px = text_px
        self.choose(choice)

    def set_text_px(self, text_px: int) -> None:
        """Take a size for the body text, in logical pixels; the other sizes follow."""
        self._text_px = text_px
        self._apply()

    def _on_color_scheme_changed(self) -> None:
        if self._choice == "system":
            self._apply()

    def _apply(self) -> None:
        theme = self.theme
        self._app.setPalette(palette_of(theme))
        self._app.setFont(font(self._text_px))
        check, dash = (self._drawing(theme, name) for name in ("check", "minus"))
        self._app.setStyleSheet(style_sheet(theme, self._text_px, check=check, dash=dash))
        self.changed.emit()

    def _drawing(self, theme: Theme, name: str) -> str:
        """The file of a check box's mark in the theme's colour, empty where none can be written."""
        if not self._drawings.isValid():
            return ""
        file = Path(self._drawings.filePath(f"{name}-{theme.name}.svg"))
        drawing = files("resources").joinpath("icons", f"{name}.svg").read_text("utf-8")
        file.write_text(drawing.replace("currentColor", theme.on_accent), "utf-8")
        return file.as_posix()


def style_sheet(theme: Theme, text_px: int = BODY_PX, *, check: str = "", dash: str = "") -> str:
    """What the palette cannot say; ``check`` and ``dash`` are the files of the marks for check boxes.

    A label's property ``role`` gives it a look: ``title``, ``muted``, ``caution`` or ``bad``; a push button's
    property ``primary`` makes it the one that is filled with the accent colour.
    """
    values = {name: getattr(theme, name) for name in Theme.__slots__}
    values |= {"muted_px": text_px - 1, "title_px": text_px + 2}
    values |= {name: f'url("{file}")' if file else "none" for name, file in (("check", check), ("dash", dash))}
    return _SHEET.format_map(values)


_SHEET = """
QLabel[role="title"] {{ font-size: {title_px}px; font-weight: 600; }}
QLabel[role="muted"] {{ font-size: {muted_px}px; color: {muted}; }}
QLabel[role="caution"] {{ color: {caution}; }}
QLabel[role="bad"] {{ color: {bad}; }}
QToolTip {{ background: {panel}; color: {text}; border: 1px solid {line}; padding: 4px 8px; }}
QMenu {{ background: {panel}; border: 1px solid {line}; padding: 4px 0; }}
QMenu::item {{ padding: 4px 24px 4px 12px; }}
QMenu::item:selected {{ background: {tint}; color: {text}; }}
QMenu::item:disabled {{ color: {control}; }}
QMenu::icon {{ padding-left: 8px; }}
QMenu::separator {{ height: 1px; background: {line}; margin: 4px 0; }}
QMenuBar {{ background: {window}; border-bottom: 1px solid {line}; }}
QMenuBar::item {{ padding: 4px 8px; background: transparent; }}
QMenuBar::item:selected {{ background: {tint}; }}
QToolBar {{ background: {window}; border: 0; border-bottom: 1px solid {line}; padding: 4px; spacing: 4px; }}
QStatusBar {{ background: {window}; border-top: 1px solid {line}; }}
QStatusBar::item {{ border: 0; }}
QSplitter::handle {{ background: {line}; }}
QSplitter::handle:horizontal {{ width: 1px; }}
QSplitter::handle:vertical {{ height: 1px; }}
QDialogButtonBox, QMessageBox {{ dialogbuttonbox-buttons-have-icons: 0; }}
QPushButton {{ background: {panel}; border: 1px solid {control}; border-radius: 4px; padding: 4px 12px;
    min-height: 18px; }}
QPushButton:hover {{ background: {hover}; }}
QPushButton:pressed {{ background: {tint}; }}
QPushButton:focus {{ border: 2px solid {accent}; padding: 3px 11px; }}
QPushButton:disabled {{ color: {control}; border-color: {line}; }}
QPushButton[primary="true"] {{ background: {accent}; border-color: {accent}; color: {on_accent}; }}
QPushButton[primary="true"]:focus {{ border: 2px solid {text}; }}
QPushButton[primary="true"]:disabled {{ background: {line}; border-color: {line}; color: {muted}; }}
QPushButton[switch="true"]:checked {{ background: {accent}; border-color: {accent}; color: {on_accent}; }}
QPushButton[switch="true"]:checked:focus {{ border-color: {text}; }}
QPushButton[switch="true"]:checked:disabled {{ background: {line}; border-color: {line}; color: {muted}; }}
QToolButton {{ border: 2px solid transparent; border-radius: 4px; padding: 2px; }}
QToolButton:hover {{ background: {hover}; }}
QToolButton:pressed, QToolButton:checked {{ background: {tint}; }}
QToolButton:focus {{ border-color: {accent}; }}
QPushButton[act="true"] {{ padding: 4px 8px; }}
QPushButton[act="true"]:focus {{ padding: 3px 7px; }}
QPushButton[link="true"] {{ background: transparent; border: 2px solid transparent; padding: 1px 4px;
    color: {accent}; }}
QPushButton[link="true"]:hover {{ background: {hover}; }}
QPushButton[link="true"]:focus {{ border-color: {accent}; }}
QPushButton[link="true"]:disabled {{ color: {control}; }}
QToolButton[chip="true"] {{ background: {chip}; border: 2px solid transparent; padding: 1px 6px; }}
QToolButton[chip="true"]:hover {{ background: {hover}; border-color: {line}; }}
QToolButton[chip="true"]:focus {{ border-color: {accent}; }}
QToolButton[segment] {{ background: {panel}; border: 1px solid {control}; border-radius: 0; padding: 3px 8px; }}
QToolButton[segment="next"] {{ margin-left: -1px; }}
QToolButton[segment]:hover {{ background: {hover}; }}
QToolButton[segment]:checked {{ background: {accent}; border-color: {accent}; color: {on_accent}; }}
QToolButton[segment]:focus {{ border: 2px solid {text}; padding: 2px 7px; }}
QFrame[card="caution"] {{ background: {panel}; border: 1px solid {caution}; border-radius: 4px; }}
QFrame[card="plain"] {{ background: {panel}; border: 1px solid {line}; border-radius: 4px; }}
QFrame[line="true"] {{ background: {line}; }}
QLineEdit, QPlainTextEdit {{ background: {panel}; border: 1px solid {control}; border-radius: 4px;
    padding: 3px 7px; selection-background-color: {accent}; selection-color: {on_accent}; }}
QLineEdit:focus, QPlainTextEdit:focus {{ border: 2px solid {accent}; padding: 2px 6px; }}
QCheckBox::indicator, QRadioButton::indicator {{ width: 14px; height: 14px; border: 1px solid {control};
    background: {panel}; }}
QCheckBox::indicator {{ border-radius: 3px; }}
QCheckBox::indicator:checked {{ background: {accent}; border-color: {accent}; image: {check}; }}
QCheckBox::indicator:indeterminate {{ background: {accent}; border-color: {accent}; image: {dash}; }}
QRadioButton::indicator {{ border-radius: 8px; }}
QRadioButton::indicator:checked {{ width: 6px; height: 6px; border: 5px solid {accent}; background: {on_accent}; }}
QCheckBox::indicator:focus, QRadioButton::indicator:focus {{ border-color: {text}; }}
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled {{ border-color: {line}; background: {window}; }}
QTabBar::tab {{ padding: 4px 4px; margin: 0 1px; color: {muted}; border-bottom: 2px solid transparent; }}
QTabBar::tab:hover {{ color: {text}; background: {hover}; }}
QTabBar::tab:selected {{ color: {text}; border-bottom-color: {accent}; }}
QTabBar::tab:focus {{ background: {tint}; }}
QProgressBar {{ background: {line}; border: 0; border-radius: 2px; max-height: 4px; }}
QProgressBar::chunk {{ background: {accent}; }}
QScrollBar {{ background: {window}; border: 0; }}
QScrollBar:vertical {{ width: 12px; }}
QScrollBar:horizontal {{ height: 12px; }}
QScrollBar::handle {{ background: {control}; border-radius: 3px; margin: 3px; }}
QScrollBar::handle:vertical {{ min-height: 24px; }}
QScrollBar::handle:horizontal {{ min-width: 24px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
"""
