"""The keys of a bar that codes images, lent to the images for what is theirs."""

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from gui.views.browser import Browser


class LentKeys(QObject):
    """Passes keys on and keeps the bar in command; while a graphic picture is looked at, the images have the keys.

    So the picture is covered when the keys go elsewhere, and then the bar has them back.
    """

    def __init__(self, bar: QWidget, browser: Browser) -> None:
        super().__init__(bar)
        self._bar = bar
        self._browser = browser
        self._lent = False
        browser.grid.peek.changed.connect(self._on_look_changed)
        browser.viewer.cover.changed.connect(self._on_look_changed)

    @property
    def looking(self) -> bool:
        """Whether a graphic picture is looked at."""
        browser = self._browser
        return browser.viewer.cover.looking if browser.single else browser.grid.peek.looking

    def pass_on(self, event: QKeyEvent) -> None:
        """Give the images a key."""
        page = self._browser.viewer if self._browser.single else self._browser.grid
        passed = QKeyEvent(event.type(), event.key(), event.modifiers(), event.text(), event.isAutoRepeat())
        QCoreApplication.sendEvent(page, passed)
        self._lent = self.looking
        # An image that was opened takes the keys.
        (page if self._lent else self._bar).setFocus()

    def _on_look_changed(self) -> None:
        if self._lent and not self.looking:
            self._lent = False
            self._bar.setFocus()
