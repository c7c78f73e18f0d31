"""What can be done with an image of a group, beside its row: have it stand for the group, or take it out."""

from PySide6.QtWidgets import QToolButton, QWidget

from core.records import ImageId
from gui import group_operations
from gui.icons import icon
from gui.models.cells import shown_name
from gui.plain import plain_tooltip
from gui.session import Session


class StandsFor(QToolButton):
    """Has an image stand for its group, and shows by being down that somebody chose it, namely ``chosen_by``.

    Then it gives the choice back to the program.
    """

    def __init__(
        self, session: Session, image: ImageId, name: str, chosen_by: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._image = image
        self._chosen = bool(chosen_by)
        self.setIcon(icon("pin"))
        self.setCheckable(True)
        self.setChecked(self._chosen)
        self.setEnabled(not session.read_only)
        words = self.tr("Have this image stand for the group")
        if self._chosen:
            words = self.tr("Chosen by %1; let the program propose again").replace("%1", chosen_by)
        self.setToolTip(plain_tooltip(words))
        self.setAccessibleName(f"{words}: {shown_name(name)}")
        self.clicked.connect(self._on_clicked)

    def _on_clicked(self) -> None:
        self.setChecked(self._chosen)  # what is recorded will say
        act = group_operations.propose if self._chosen else group_operations.stand_for
        act(self._session, self._image)


class DoesNotBelong(QToolButton):
    """Takes an image out of its group."""

    def __init__(self, session: Session, image: ImageId, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._image = image
        self._name = shown_name(name)
        self.setIcon(icon("close"))
        self.setEnabled(not session.read_only)
        words = self.tr("Does not belong: not related to those that it hangs on")
        self.setToolTip(plain_tooltip(words))
        self.setAccessibleName(f"{words}: {self._name}")
        self.clicked.connect(self._on_clicked)

    def _on_clicked(self) -> None:
        group_operations.split(self._session, self._image, self._name)
