"""The sightings of copies that count as one sighting, each with a way to have it count by itself again."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from core.sighted import SettledIn
from gui import sighting_operations, style
from gui.models.cells import shown_name
from gui.plain import PlainLabel
from gui.session import Session


class SettledLines(QWidget):
    """Hidden where nothing was settled."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._shown: tuple[SettledIn, ...] = ()
        self.separate: list[QPushButton] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(style.TIGHT)
        self.hide()

    def show_settled(self, settled: Sequence[SettledIn]) -> None:
        """Show what was settled into a sighting."""
        if tuple(settled) == self._shown:
            return
        self._shown = tuple(settled)
        self.separate.clear()
        while (item := self._layout.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for one in self._shown:
            self._add(one)
        self.setVisible(bool(self._shown))

    def _add(self, one: SettledIn) -> None:
        name = shown_name(one.name)
        words = PlainLabel(self.tr("Also recorded on %1; the two were settled to be one weapon.").replace("%1", name))
        words.setWordWrap(True)
        words.setProperty("role", "muted")
        button = QPushButton(self.tr("Count it apart again"))
        button.setAccessibleName(self.tr("Count the sighting on %1 apart again").replace("%1", name))
        button.setProperty("link", "true")
        button.setAutoDefault(False)
        button.setEnabled(not self._session.read_only)
        button.clicked.connect(_Separate(self._session, one, button).act)
        self.separate.append(button)
        self._layout.addWidget(words)
        self._layout.addWidget(button, 0, Qt.AlignmentFlag.AlignLeading)


class _Separate(QObject):
    """Goes with its button."""

    def __init__(self, session: Session, settled: SettledIn, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._settled = settled

    def act(self) -> None:
        sighting_operations.separate(self._session, self._settled.sighting_id)
