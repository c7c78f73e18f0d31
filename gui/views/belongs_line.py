"""Which copy of the picture a sighting was recorded on, where its region is on this one, and the way there."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from core.carrying import How, Placed
from core.records import ImageId
from gui import style
from gui.models.cells import shown_name
from gui.plain import PlainLabel


class BelongsLine(QWidget):
    """Hidden for what belongs to the image that is looked at."""

    image_wanted = Signal(object)  # the id of the image that the sighting belongs to

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._owner: ImageId | None = None
        self.words = PlainLabel()
        self.words.setWordWrap(True)
        self.words.setProperty("role", "muted")
        self.go = QPushButton()
        self.go.setProperty("link", "true")
        self.go.setAutoDefault(False)
        self.go.clicked.connect(self._on_go_clicked)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(style.TIGHT)
        layout.addWidget(self.words)
        layout.addWidget(self.go, 0, Qt.AlignmentFlag.AlignLeading)
        self.hide()

    def show_owner(self, name: str | None, image: ImageId, placed: Placed | None) -> None:
        """Show the copy that a sighting belongs to, by name; None where it is the image itself."""
        self._owner = image
        self.setVisible(name is not None)
        shown = shown_name(name or "")
        said = self.tr("Said of %1, a copy of this picture, and so of this image.").replace("%1", shown)
        self.words.setText(" ".join(filter(None, (said, self._place_words(placed)))))
        words = self.tr("Show %1").replace("%1", shown)
        self.go.setText(self.tr("Show that copy"))
        self.go.setAccessibleName(words)

    def text(self) -> str:
        """What it says."""
        return self.words.text()

    def _place_words(self, placed: Placed | None) -> str:
        if placed is None:
            return ""
        words: Final = {
            How.OWN: "",
            How.CARRIED: self.tr("Its region is carried from there, and is changed there."),
            How.OUTSIDE: self.tr("Its region lies outside this copy."),
            How.UNKNOWN: self.tr("Where its region lies on this copy is not known."),
        }
        return words[placed.how]

    def _on_go_clicked(self) -> None:
        if self._owner is not None:
            self.image_wanted.emit(self._owner)
