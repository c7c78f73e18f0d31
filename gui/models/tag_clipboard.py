"""The tags that were copied from an image, ready to be pasted onto others of the same archive."""

from PySide6.QtCore import QObject, Signal

from core import copying_tags
from core.copying_tags import Copied
from gui import operations
from gui.models.cells import shown_name
from gui.models.selection_values import targets
from gui.session import Session


class TagClipboard(QObject):
    """Belongs to one open archive; what is copied is what is said at that moment."""

    changed = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._copied: Copied | None = None

    @property
    def full(self) -> bool:
        """Whether there is something to paste."""
        return self._copied is not None

    def copy(self) -> None:
        """Take what is said of the weapons in the image looked at."""
        current = self._session.current
        if current is not None:
            self._session.read(
                ("copied tags", id(self)), lambda archive, _: copying_tags.copy(archive, current), self._on_copied
            )

    def paste(self) -> None:
        """Say it of the selected images, as one action."""
        if self._copied is not None:
            operations.paste(self._session, targets(self._session), self._copied, self._on_pasted)

    def _on_copied(self, copied: Copied) -> None:
        count = len(copied.weapons)
        if not count:
            self._session.message.emit(self.tr("Nothing is said of weapons in this image, so nothing was copied."))
            return
        self._copied = copied
        words = self.tr("Copied the tags of 1 weapon") if count == 1 else self.tr("Copied the tags of %1 weapons")
        self._session.message.emit(words.replace("%1", f"{count:,}"))
        self.changed.emit()

    def _on_pasted(self, label: str) -> None:
        self._session.message.emit(shown_name(label))
