"""The user's settings: theme, text size, name, certainty to begin with; and the rules of the archive that is open.

Each holds as soon as it is changed.
"""

from typing import Final

from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from core import rules, shipped
from core.archive import Archive, default_actor
from core.jobs import Job
from core.settings import DEFAULT_CERTAINTIES
from gui import review_operations, style
from gui.plain import PlainLabel
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
        for certainty in DEFAULT_CERTAINTIES:
            self.certainty.addItem(self.tr("not assessed") if certainty == "unknown" else certainty, certainty)
        self.basis = QComboBox()
        self._fill_bases()
        self.cover = QCheckBox(self.tr("Blur &graphic pictures until B is held"))
        self.cover.setChecked(settings.cover_graphic)
        self.find_copies = QCheckBox(self.tr("&Look for altered copies in the background"))
        self._arrange()
        self.theme.setCurrentIndex(self.theme.findData(settings.theme))
        self.text_size.setCurrentIndex(self.text_size.findData(settings.text_percent))
        self.certainty.setCurrentIndex(self.certainty.findData(settings.default_certainty))
        self.basis.setCurrentIndex(max(self.basis.findData(settings.default_basis), 0))
        for box in (self.theme, self.text_size, self.certainty, self.basis):
            box.currentIndexChanged.connect(self._on_changed)
        self.actor.editingFinished.connect(self._on_changed)
        self.cover.clicked.connect(self._on_changed)
        self.find_copies.setChecked(settings.find_copies)
        self.find_copies.clicked.connect(self._on_changed)

    def _fill_bases(self) -> None:
        self.basis.addItem(self.tr("none"), "")
        info = self._session.info
        for term in shipped.vocabulary("basis") if info is None else info.vocabularies["basis"]:
            self.basis.addItem(term.label, term.code)

    def _arrange(self) -> None:
        form = QFormLayout()
        form.setVerticalSpacing(style.SMALL)
        form.setHorizontalSpacing(style.LARGE)
        form.addRow(self.tr("&Theme"), self.theme)
        form.addRow(self.tr("Te&xt size"), self.text_size)
        form.addRow(self.tr("Your &name"), self.actor)
        note = PlainLabel(self.tr("Changes are recorded under this name from the next opening of an archive on."))
        note.setProperty("role", "muted")
        note.setWordWrap(True)
        form.addRow("", note)
        form.addRow("", self.cover)
        form.addRow("", self.find_copies)
        form.addRow(self.tr("&Certainty to begin with"), self.certainty)
        form.addRow(self.tr("&Basis to begin with"), self.basis)
        self.four_eyes = QCheckBox(self.tr("Four-e&yes rule in this archive"))
        self._add_rules(form)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(style.LARGE, style.LARGE, style.LARGE, style.LARGE)
        layout.setSpacing(style.LARGE)
        layout.addLayout(form)
        layout.addWidget(buttons)
        self.setMinimumWidth(420)
        self._session.changed.connect(self._ask_rules)
        self._ask_rules()

    def _add_rules(self, form: QFormLayout) -> None:
        self.four_eyes.setEnabled(False)
        self.four_eyes.clicked.connect(self._on_four_eyes_clicked)
        form.addRow("", self.four_eyes)
        rule = PlainLabel(
            self.tr("Nobody confirms an own identification, and an image is reviewed when others have confirmed all.")
        )
        rule.setProperty("role", "muted")
        rule.setWordWrap(True)
        form.addRow("", rule)

    def _ask_rules(self) -> None:
        self._session.read(("rules", id(self)), _four_eyes, self._on_rules)

    def _on_rules(self, four_eyes: object) -> None:
        self.four_eyes.setChecked(bool(four_eyes))
        self.four_eyes.setEnabled(not self._session.read_only)

    def _on_four_eyes_clicked(self) -> None:
        review_operations.set_four_eyes(self._session, on=self.four_eyes.isChecked())

    def _on_changed(self, _index: int = 0) -> None:
        self._session.change_settings(
            theme=self.theme.currentData(),
            text_percent=self.text_size.currentData(),
            actor=self.actor.text().strip(),
            default_certainty=self.certainty.currentData(),
            default_basis=self.basis.currentData(),
            cover_graphic=self.cover.isChecked(),
            find_copies=self.find_copies.isChecked(),
        )


def _four_eyes(archive: Archive, _job: Job) -> bool:
    return rules.four_eyes(archive)
