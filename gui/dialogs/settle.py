"""Settling together the pairs that need no look, after a look at which they are."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QImage, QPixmap
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QHeaderView,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from core import duplicates
from core.archive import Archive
from core.jobs import Job
from core.records import Match
from gui import style
from gui.models.cells import shown_name
from gui.models.thumbnails import Thumbnails
from gui.plain import PlainLabel, plain_tooltip
from gui.session import Session

_PICTURE_PX: Final = 64
_MOST: Final = 200  # pairs shown; more than that nobody looks through here


@dataclass(frozen=True, slots=True)
class _Shown:
    """One side of a pair: its name and its thumbnail."""

    name: str
    thumbnail: QImage | None


class SettleDialog(QDialog):
    """Shows pairs of equal pixels; ``agreed`` says that all of them are the same picture."""

    agreed = Signal()

    def __init__(self, session: Session, matches: Sequence[Match], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Settle the obvious pairs"))
        self.setAccessibleName(self.windowTitle())
        self.resize(640, 480)
        self.matches = tuple(matches)
        self.table = QTableWidget(0, 2)
        count = len(self.matches)
        words = self.tr("In %1 pairs every pixel is equal. All of them are to be decided as the same picture.")
        one = self.tr("In 1 pair every pixel is equal. It is to be decided as the same picture.")
        title = PlainLabel(one if count == 1 else words.replace("%1", f"{count:,}"))
        title.setWordWrap(True)
        below = PlainLabel(self.tr("Nothing is deleted. It is one step, and Ctrl+Z takes it back as a whole."))
        below.setProperty("role", "muted")
        self._more = PlainLabel()
        self._more.setProperty("role", "muted")
        self._more.setVisible(count > _MOST)
        self._more.setText(self.tr("and %1 more").replace("%1", f"{max(0, count - _MOST):,}"))
        agree = self.tr("Settle 1 pair") if count == 1 else self.tr("Settle %1 pairs").replace("%1", f"{count:,}")
        self.agree = QPushButton(agree)
        self.agree.setProperty("primary", "true")
        self.agree.setEnabled(bool(count))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        buttons.addButton(self.agree, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.accepted.connect(self._on_accepted)
        buttons.rejected.connect(self.reject)
        self._set_up_table()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(style.LARGE, style.LARGE, style.LARGE, style.LARGE)
        layout.setSpacing(style.SMALL)
        for part in (title, below, self.table, self._more, buttons):
            layout.addWidget(part)
        self.agree.setFocus()
        thumbnails = Thumbnails(_PICTURE_PX, self.devicePixelRatioF(), session.settings.cover_graphic)
        preview = _Preview(self.matches[:_MOST], thumbnails)
        self._session = session
        session.read(("settle", id(self)), preview, self._on_preview)

    def done(self, result: int) -> None:
        """Close; what the pairs look like is not waited for any more."""
        if self._session.info is not None:
            self._session.reader.forget(("settle", id(self)))
        super().done(result)

    def _set_up_table(self) -> None:
        table = self.table
        table.setFrameShape(QFrame.Shape.NoFrame)
        table.setAccessibleName(self.tr("Pairs to settle"))
        table.setIconSize(QSize(_PICTURE_PX, _PICTURE_PX))
        table.setShowGrid(False)
        table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        table.setSelectionMode(QTableWidget.SelectionMode.NoSelection)
        table.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        table.setTabKeyNavigation(False)
        table.horizontalHeader().hide()
        table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(_PICTURE_PX + style.SMALL)

    def _on_preview(self, pairs: Sequence[tuple[_Shown, _Shown]]) -> None:
        self.table.setRowCount(len(pairs))
        for row, pair in enumerate(pairs):
            for column, shown in enumerate(pair):
                item = QTableWidgetItem(shown_name(shown.name))
                item.setToolTip(plain_tooltip(shown_name(shown.name)))
                if shown.thumbnail is not None:
                    item.setIcon(QIcon(QPixmap.fromImage(shown.thumbnail)))
                self.table.setItem(row, column, item)

    def _on_accepted(self) -> None:
        self.accept()
        self.agreed.emit()


@dataclass(frozen=True, slots=True)
class _Preview:
    """The question what these pairs look like."""

    matches: tuple[Match, ...]
    thumbnails: Thumbnails

    def __call__(self, archive: Archive, job: Job) -> list[tuple[_Shown, _Shown]]:
        found = []
        for match in self.matches:
            job.check()
            pair = duplicates.pair(archive, match)
            if pair is not None:
                found.append((self._shown(archive, pair.a, pair.b), self._shown(archive, pair.b, pair.a)))
        return found

    def _shown(self, archive: Archive, side: duplicates.Side, other: duplicates.Side) -> _Shown:
        return _Shown(side.name, self.thumbnails.of(archive, side.image.id, other.image.id))
