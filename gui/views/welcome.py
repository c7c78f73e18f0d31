"""What a newcomer meets: make an archive, open one, or try the sample; and the archives opened lately."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from core.archive import CATALOGUE
from gui import style
from gui.icons import icon
from gui.models.cells import shown_name
from gui.plain import PlainLabel, plain_tooltip
from gui.session import Session
from gui.views.elided import ElidedLabel

_NAME_PX: Final = 240
_WIDTH_PX: Final = 560


class WelcomePage(QWidget):
    """The page without an archive."""

    create_wanted = Signal()
    open_wanted = Signal()
    sample_wanted = Signal()
    recent_wanted = Signal(object)  # Path

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        page = QWidget()
        page.setFixedWidth(_WIDTH_PX)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(style.SMALL)
        name = PlainLabel("Stocktake")
        name.setFont(style.font(28, semibold=True))
        words = PlainLabel(
            self.tr(
                "An archive for images of weapons. Originals are copied into the archive byte for byte and are never "
                "altered; everything you do can be undone."
            )
        )
        words.setWordWrap(True)
        words.setProperty("role", "muted")
        column.addWidget(name)
        words.setMinimumHeight(words.heightForWidth(_WIDTH_PX))  # a layout asks before it knows the width
        column.addWidget(words)
        column.addSpacing(style.SMALL)
        self.create_button = self._act(self.tr("New archive…"), self.tr("Choose or make an empty folder for it"))
        self.open_button = self._act(self.tr("Open archive…"), self.tr("Choose the folder of one that exists"))
        self.sample_button = self._act(
            self.tr("Sample archive"), self.tr("Look around in drawings made for this, free to be spoilt")
        )
        self.create_button.setProperty("primary", "true")
        for button in (self.create_button, self.open_button, self.sample_button):
            column.addLayout(_beside(button, PlainLabel(button.toolTip())))
        self.create_button.clicked.connect(self.create_wanted)
        self.open_button.clicked.connect(self.open_wanted)
        self.sample_button.clicked.connect(self.sample_wanted)
        column.addSpacing(style.LARGE)
        self._recent_title = PlainLabel(self.tr("Opened lately"))
        self._recent_title.setProperty("role", "title")
        column.addWidget(self._recent_title)
        self._recent = QVBoxLayout()
        self._recent.setSpacing(0)
        column.addLayout(self._recent)
        outer = QVBoxLayout(self)
        outer.addStretch(1)
        outer.addWidget(page, 0, Qt.AlignmentFlag.AlignHCenter)
        outer.addStretch(2)
        session.settings_changed.connect(self.reload)
        self.reload()

    @property
    def recents(self) -> list["RecentRow"]:
        """The archives opened lately, newest first."""
        rows = (self._recent.itemAt(at) for at in range(self._recent.count()))
        return [row for item in rows if item and isinstance(row := item.widget(), RecentRow)]

    def reload(self) -> None:
        """Show the list as it stands; an archive that is not there any more is greyed out."""
        for row in self.recents:
            self._recent.removeWidget(row)
            row.hide()
            row.deleteLater()
        for path in self._session.settings.recent_archives:
            row = RecentRow(Path(path), self)
            row.wanted.connect(self.recent_wanted)
            row.removed.connect(self._on_recent_removed)
            self._recent.addWidget(row)
        self._recent_title.setVisible(bool(self._session.settings.recent_archives))

    def _on_recent_removed(self, folder: Path) -> None:
        settings = self._session.settings.without_recent(folder)
        self._session.change_settings(recent_archives=settings.recent_archives)

    def _act(self, text: str, words: str) -> QPushButton:
        button = QPushButton(text)
        button.setFixedWidth(176)
        button.setToolTip(plain_tooltip(words))
        button.setAccessibleDescription(words)
        return button


class RecentRow(QFrame):
    """One archive opened lately: its name, where it lies, and a button to drop it from the list."""

    wanted = Signal(object)  # Path
    removed = Signal(object)  # Path

    def __init__(self, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.folder = folder
        self.there = (folder / CATALOGUE).is_file()
        name, place = shown_name(folder.name or str(folder)), shown_name(str(folder))
        short = self.fontMetrics().elidedText(name, Qt.TextElideMode.ElideMiddle, _NAME_PX)
        self.open_button = QPushButton(short.replace("&", "&&"))
        self.open_button.setProperty("link", "true")
        self.open_button.setFlat(True)
        self.open_button.setEnabled(self.there)
        self.open_button.setToolTip(plain_tooltip(place))
        self.open_button.clicked.connect(self._on_open_clicked)
        where = ElidedLabel(
            shown_name(str(folder.parent)) if self.there else self.tr("not there any more: %1").replace("%1", place)
        )
        where.setProperty("role", "muted")
        self.remove_button = QToolButton()
        self.remove_button.setIcon(icon("close"))
        self.remove_button.setIconSize(QSize(style.ICON_SMALL, style.ICON_SMALL))
        self.remove_button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.remove_button.setToolTip(self.tr("Take it off this list; the archive itself stays"))
        self.remove_button.setAccessibleName(self.tr("Take %1 off this list").replace("%1", name))
        self.remove_button.clicked.connect(self._on_remove_clicked)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(style.SMALL)
        row.addWidget(self.open_button)
        row.addWidget(where, 1)
        row.addWidget(self.remove_button)

    def _on_open_clicked(self) -> None:
        self.wanted.emit(self.folder)

    def _on_remove_clicked(self) -> None:
        self.removed.emit(self.folder)


def _beside(button: QPushButton, words: QLabel) -> QHBoxLayout:
    words.setProperty("role", "muted")
    row = QHBoxLayout()
    row.setSpacing(style.MEDIUM)
    row.addWidget(button)
    row.addWidget(words, 1)
    return row
