"""The reference pane under what is looked at, as high as the user wants it."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter, QWidget

from gui.session import Session
from gui.views.reference_pane import ReferencePane

_HEIGHT_PX: Final = 290
_ABOVE_PX: Final = 400


class ReferencesBeneath(QSplitter):
    """Shows the pane while it is wanted and allowed: it belongs to the single image."""

    changed = Signal()  # it was shown or hidden
    left = Signal()  # the keys go back to the image

    def __init__(self, session: Session, above: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical)
        self.pane = ReferencePane(session)
        self._wanted = False
        self._allowed = False
        self.setChildrenCollapsible(False)
        self.addWidget(above)
        self.addWidget(self.pane)
        self.setStretchFactor(0, 1)
        self.setSizes([_ABOVE_PX, _HEIGHT_PX])
        self.pane.hide()
        self.pane.left.connect(self.left)
        self.pane.closed.connect(self.toggle)

    @property
    def shown(self) -> bool:
        """Whether the pane is there."""
        return not self.pane.isHidden()

    def toggle(self, *, wanted: bool | None = None) -> None:
        """Show the pane with the keys in it, or take it away and give them back."""
        self._wanted = not self._wanted if wanted is None else wanted
        self._show()
        if self.shown:
            self.pane.setFocus()
        else:
            self.left.emit()
        self.changed.emit()

    def allow(self, *, allowed: bool) -> None:
        """Let the pane be there, or hide it for as long as something else is looked at."""
        self._allowed = allowed
        self._show()

    def _show(self) -> None:
        self.pane.setVisible(self._wanted and self._allowed)
