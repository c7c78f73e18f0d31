"""What this program is, and where it keeps its log."""

from importlib.metadata import PackageNotFoundError, version

from PySide6.QtCore import Qt, qVersion
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from core import paths
from gui import style
from gui.plain import PlainLabel


class AboutDialog(QDialog):
    """A few lines of text that can be selected."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("About Stocktake"))
        self.setAccessibleName(self.windowTitle())
        try:
            own = version("stocktake")
        except PackageNotFoundError:
            own = self.tr("not installed")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(style.LARGE, style.LARGE, style.LARGE, style.LARGE)
        layout.setSpacing(style.SMALL)
        title = PlainLabel(f"Stocktake {own}")
        title.setProperty("role", "title")
        layout.addWidget(title)
        lines = (
            self.tr("A desktop archive of images of weapons: recorded, de-duplicated, counted honestly."),
            self.tr("Apache License 2.0. Made with Qt %1 and Noto Sans (SIL Open Font License).").replace(
                "%1", qVersion()
            ),
            self.tr("The log is at %1").replace("%1", str(paths.log_file())),
        )
        for line in lines:
            label = PlainLabel(line)
            label.setWordWrap(True)
            label.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
            layout.addWidget(label)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout.addSpacing(style.SMALL)
        layout.addWidget(buttons)
        self.setMinimumWidth(440)
