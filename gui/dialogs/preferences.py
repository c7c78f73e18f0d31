"""The user's settings: theme, text size, name, certainty to begin with.  Each holds as soon as it is changed."""

from typing import Final

from PySide6.QtWidgets import QComboBox, QDialog, QDialogButtonBox, QFormLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from core.archive import default_actor
from core.claims import CERTAINTIES
from gui import style
from gui.session import Session

_SIZES: Final = (85, 100, 115, 130, 150, 175, 200)


class PreferencesDialog(QDialog):
    """Few settings, all of which can be changed again."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        settings = session.settings
        self.setWindowTitle(self.tr("Preferences"))
        self.setAccessibleName(self.windowTitle())
        self.theme = QComboBox()
        for value, text in (
            ("system", self.tr("As the system")),
            ("light", self.tr("Light")),
            ("dark", self.tr("Dark")),
        ):
            self.theme.addItem(text, value)
        self.text_size = QComboBox()
        for percent in sorted({*_SIZES, settings.text_percent}):
            self.text_size.addItem(f"{percent} %", percent)
        self.actor = QLineEdit(settings.actor)
        self.actor.setPlaceholderText(default_actor())
        self.certainty = QComboBox()
        for certainty in CERTAINTIES:
            self.certainty.addItem(self.tr("not assessed") if certainty == "unknown" else certainty, certainty)
        form = QFormLayout()
        form.setVerticalSpacing(style.SMALL)
        form.setHorizontalSpacing(style.LARGE)
        form.addRow(self.tr("&Theme"), self.theme)
        form.addRow(self.tr("Te&xt size"), self.text_size)
        form.addRow(self.tr("Your &name"), self.actor)
        note = QLabel(self.tr("Changes are recorded under this name from the next opening of an archive on."))
        note.setProperty("role", "muted")
        note.setWordWrap(True)
        form.addRow("", note)
        form.addRow(self.tr("&Certainty to begin with"), self.certainty)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(style.LARGE, style.LARGE, style.LARGE, style.LARGE)
        layout.setSpacing(style.LARGE)
        layout.addLayout(form)
        layout.addWidget(buttons)
        self.setMinimumWidth(420)
        self.theme.setCurrentIndex(self.theme.findData(settings.theme))
        self.text_size.setCurrentIndex(self.text_size.findData(settings.text_percent))
        self.certainty.setCurrentIndex(self.certainty.findData(settings.default_certainty))
        for box in (self.theme, self.text_size, self.certainty):
            box.currentIndexChanged.connect(self._on_changed)
        self.actor.editingFinished.connect(self._on_changed)

    def _on_changed(self, _index: int = 0) -> None:
        self._session.change_settings(
            theme=self.theme.currentData(),
            text_percent=self.text_size.currentData(),
            actor=self.actor.text().strip(),
            default_certainty=self.certainty.currentData(),
        )
