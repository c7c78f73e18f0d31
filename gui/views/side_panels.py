"""Three columns: the facets, what is looked at, the inspector.  The outer two hide, and their widths are remembered."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter, QWidget

from gui.session import Session

_LEFT_PX: Final = 248
_RIGHT_PX: Final = 312
_WHOLE_PX: Final = 1280


class SidePanels(QSplitter):
    """The columns of the window; ``left`` and ``right`` may be hidden.

    Where images are compared, what is at the sides is about other images: there it is hidden until it is asked for.
    """

    changed = Signal()  # a panel was shown or hidden

    def __init__(self, session: Session, left: QWidget, middle: QWidget, right: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._session = session
        self._left = left
        self._right = right
        self.comparing = False
        self._before = (True, True)
        self.setChildrenCollapsible(False)
        for part in (left, middle, right):
            self.addWidget(part)
        self.setStretchFactor(1, 1)
        settings = session.settings
        widths = settings.left_panel_px or _LEFT_PX, settings.right_panel_px or _RIGHT_PX
        self.setSizes([widths[0], max(_LEFT_PX, _WHOLE_PX - sum(widths)), widths[1]])
        self.splitterMoved.connect(self._on_splitter_moved)

    @property
    def left_shown(self) -> bool:
        """Whether the facets are shown."""
        return not self._left.isHidden()

    @property
    def right_shown(self) -> bool:
        """Whether the inspector is shown."""
        return not self._right.isHidden()

    def toggle_left(self) -> None:
        """Show or hide the facets."""
        self._show(left=not self.left_shown, right=self.right_shown)

    def toggle_right(self) -> None:
        """Show or hide the inspector."""
        self._show(left=self.left_shown, right=not self.right_shown)

    def compare(self, *, comparing: bool) -> None:
        """Give all the room to a comparison, or show again what was shown before it."""
        if comparing == self.comparing:
            return
        self.comparing = comparing
        shown = self.left_shown, self.right_shown
        left, right = (False, False) if comparing else self._before
        self._before = shown
        self._show(left=left, right=right)

    def _show(self, *, left: bool, right: bool) -> None:
        self._left.setVisible(left)
        self._right.setVisible(right)
        self.changed.emit()

    def _on_splitter_moved(self) -> None:
        left, _, right = self.sizes()
        shown = {"left_panel_px": left if self.left_shown else 0, "right_panel_px": right if self.right_shown else 0}
        self._session.change_settings(**{name: px for name, px in shown.items() if px})
