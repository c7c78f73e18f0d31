"""A line that says how many sightings of copies may be the same weapon, and leads to where that is settled."""

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from core.records import ImageId
from gui import style
from gui.dialogs.same_weapon import SameWeaponDialog
from gui.plain import PlainLabel
from gui.session import Session


def conflict_words(count: int) -> str:
    """How many pairs of sightings may be one weapon."""
    one = QCoreApplication.translate("conflicts", "Two sightings of copies may be the same weapon.")
    many = QCoreApplication.translate("conflicts", "%1 pairs of sightings of copies may be the same weapon.")
    return one if count == 1 else many.replace("%1", f"{count:,}")


class ConflictLine(QWidget):
    """Hidden where there is nothing to settle."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._image: ImageId | None = None
        self.words = PlainLabel()
        self.words.setWordWrap(True)
        self.words.setProperty("role", "caution")
        self.settle = QPushButton(self.tr("Settle…"))
        self.settle.setAccessibleName(self.tr("Settle sightings that may be the same weapon"))
        self.settle.setProperty("link", "true")
        self.settle.setAutoDefault(False)
        self.settle.clicked.connect(self._on_settle_clicked)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, style.SMALL)
        layout.setSpacing(style.TIGHT)
        layout.addWidget(self.words)
        layout.addWidget(self.settle, 0, Qt.AlignmentFlag.AlignLeading)
        self.hide()

    def show_count(self, image: ImageId | None, count: int) -> None:
        """Say of an image's group how many pairs may be one weapon."""
        self._image = image
        self.words.setText(conflict_words(count))
        self.setVisible(image is not None and count > 0)

    def _on_settle_clicked(self) -> None:
        if self._image is not None:
            dialog = SameWeaponDialog(self._session, [self._image], self.window())
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.open()
