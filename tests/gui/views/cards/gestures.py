"""Gestures on the card of a sighting and on the dialogs that it opens."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from gui.dialogs.claim import ClaimDialog
from gui.views.sighting_card import SightingCard
from gui.views.term_field import TermField


def rows(card: SightingCard) -> list[str]:
    return [row.words.text() for row in card.claims.rows]


def dialogs() -> list[ClaimDialog]:
    """The dialogs that are open."""
    return [one for one in QApplication.topLevelWidgets() if isinstance(one, ClaimDialog) and one.isVisible()]


def dialog() -> ClaimDialog:
    """The one that is."""
    (found,) = dialogs()
    return found


def open_dialog(card: SightingCard, kind: type, qtbot) -> ClaimDialog:
    """Open the dialog for a claim from the button's menu."""
    action = next(one for one in card.claims.menu.actions() if one.data() is kind)
    action.trigger()
    made = dialog()
    qtbot.waitUntil(made.isVisible)
    made.activateWindow()
    return made


def keyed(field: TermField, text: str, qtbot) -> None:
    """Type into a field and take what is highlighted."""
    qtbot.keyClicks(field, text)
    qtbot.keyClick(field, Qt.Key.Key_Return)
