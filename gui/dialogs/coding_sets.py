"""Blind coding: the sets, how far each is, how its two coders agree, and what is left to settle."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from core.archive import Archive
from core.blind_coding import double_coding
from core.blind_coding.double_coding import CodingSet
from core.jobs import Job
from core.records import Filter, ImageId, Query
from gui import review_operations, style
from gui.dialogs.new_coding_set import NewCodingSetDialog
from gui.models.coding import AskCompared, Compared, state_words
from gui.plain import PlainLabel
from gui.session import Session
from gui.views.agreement_table import AgreementTable
from gui.views.disagreement_queue import DisagreementQueue
from gui.views.plain_table import PlainTable

_NAME, _IMAGES, _CODERS, _STATE = range(4)
_SETS_PX: Final = 132


class CodingSetsDialog(QDialog):
    """Everything about blind coding; ``ids`` are the images of which a new set would be made."""

    images_wanted = Signal()  # the query was set to a set's images

    def __init__(self, session: Session, ids: Sequence[ImageId], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._ids = tuple(ids)
        self._sets: list[CodingSet] = []
        self._chosen = ""
        self.setWindowTitle(self.tr("Coding sets"))
        self.setAccessibleName(self.windowTitle())
        self.sets = PlainTable(
            (self.tr("Set"), self.tr("Images"), self.tr("Coders"), self.tr("State")), numbers=(_IMAGES,)
        )
        self.sets.setAccessibleName(self.tr("Coding sets"))
        self.sets.setFixedHeight(_SETS_PX)
        self.new = QPushButton(self.tr("New set from the selection…"))
        self.show_images = QPushButton(self.tr("Show its images"))
        self.close_own = QPushButton(self.tr("Close my coding"))
        self.settle_agreed = QPushButton()
        self.words = PlainLabel()
        self.agreement = AgreementTable()
        self.queue = DisagreementQueue(session)
        self.tabs = QTabWidget()
        self._below = QStackedWidget()
        self._arrange()
        self._connect()
        self.resize(860, 600)
        self._reload()

    def _arrange(self) -> None:
        self.tabs.setDocumentMode(True)
        self.tabs.setAccessibleName(self.tr("What both coders said"))
        self.tabs.addTab(self.agreement, self.tr("Agreement"))
        self.tabs.addTab(self.queue, self.tr("Disagreements"))
        self.words.setWordWrap(True)
        self.words.setProperty("role", "muted")
        self.words.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeading)
        self._below.addWidget(self.words)
        self._below.addWidget(self.tabs)
        acts = QHBoxLayout()
        acts.setSpacing(style.SMALL)
        for button in (self.new, self.show_images, self.close_own, self.settle_agreed):
            button.setAutoDefault(False)
            acts.addWidget(button)
        acts.addStretch(1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.button(QDialogButtonBox.StandardButton.Close).setAutoDefault(False)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(style.LARGE, style.LARGE, style.LARGE, style.LARGE)
        layout.setSpacing(style.SMALL)
        layout.addWidget(self.sets)
        layout.addLayout(acts)
        layout.addWidget(self._below, 1)
        layout.addWidget(buttons)

    def _connect(self) -> None:
        self.sets.currentCellChanged.connect(self._on_current_changed)
        self.new.clicked.connect(self._on_new_clicked)
        self.show_images.clicked.connect(self._on_show_images_clicked)
        self.close_own.clicked.connect(self._on_close_own_clicked)
        self.settle_agreed.clicked.connect(self._on_settle_agreed_clicked)
        self._session.changed.connect(self._reload)
        self._session.closed.connect(self.reject)

    def _reload(self) -> None:
        self._session.read(("coding sets", id(self)), _every, self._on_sets)

    def _on_sets(self, sets: list[CodingSet]) -> None:
        self._sets = sets
        chosen = next((row for row, one in enumerate(sets) if one.name == self._chosen), 0)
        with QSignalBlocker(self.sets):
            self.sets.setRowCount(len(sets))
            for row, one in enumerate(sets):
                self._fill_row(row, one)
            self.sets.setCurrentCell(chosen if sets else -1, _NAME)
        self._show_chosen()

    def _fill_row(self, row: int, one: CodingSet) -> None:
        coders = ", ".join(self._coder_words(one, place) for place in range(len(one.coders)))
        texts = (one.name, f"{one.images:,}", coders, state_words(one, self._actor))
        self.sets.set_row(row, texts)

    def _coder_words(self, one: CodingSet, place: int) -> str:
        coder = one.coders[place]
        pattern = self.tr("%1 (closed)") if coder.closed_at else self.tr("%1 (at work)")
        return pattern.replace("%1", coder.name)

    @property
    def _actor(self) -> str:
        return self._session.info.actor if self._session.info is not None else ""

    @property
    def _current(self) -> CodingSet | None:
        row = self.sets.currentRow()
        return self._sets[row] if 0 <= row < len(self._sets) else None

    def _show_chosen(self) -> None:
        current, writable = self._current, not self._session.read_only
        self._chosen = current.name if current is not None else ""
        own = current is not None and any(coder.name == self._actor and not coder.closed_at for coder in current.coders)
        self.new.setEnabled(writable and bool(self._ids))
        self.new.setToolTip("" if self._ids else self.tr("Select images in the grid first."))
        self.show_images.setEnabled(current is not None)
        self.close_own.setEnabled(writable and own)
        self.settle_agreed.setVisible(False)
        self._below.setCurrentWidget(self.words)
        if current is not None and current.closed:
            self._session.read(("compared", id(self)), AskCompared(current.name), self._on_compared)
        else:
            self.words.setText(self._explained(current))

    def _explained(self, current: CodingSet | None) -> str:
        if current is None:
            return self.tr(
                "Two coders tag the same images, neither seeing what the other says, and nothing of it counts until "
                "both have finished and it is settled. Select untagged images in the grid to make a set of them."
            )
        return self.tr(
            "Tag its images as always: while the set is open, only you see what you say. When both coders have closed "
            "their coding, it cannot be changed any more, and how far they agree is shown here."
        )

    def _on_compared(self, compared: Compared) -> None:
        if compared.name != self._chosen:
            return
        self.agreement.show_compared(compared)
        self.queue.show_compared(compared)
        self.tabs.setTabText(1, self.tr("Disagreements (%1)").replace("%1", f"{len(compared.apart):,}"))
        count = compared.settleable
        words = (
            self.tr("Settle the image on which both agree")
            if count == 1
            else self.tr("Settle the %1 images on which both agree")
        )
        self.settle_agreed.setText(words.replace("%1", f"{count:,}"))
        self.settle_agreed.setVisible(bool(count))
        self.settle_agreed.setEnabled(not self._session.read_only)
        self._below.setCurrentWidget(self.tabs)

    def _on_current_changed(self) -> None:
        self._show_chosen()

    def _on_new_clicked(self) -> None:
        dialog = NewCodingSetDialog(self._session, self._ids, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.made.connect(self._on_made)
        dialog.open()

    def _on_made(self, name: str) -> None:
        self._chosen = name

    def _on_show_images_clicked(self) -> None:
        if self._chosen:
            self._session.set_query(Query(filters=(Filter("set", self._chosen),)))
            self.images_wanted.emit()
            self.accept()

    def _on_close_own_clicked(self) -> None:
        review_operations.close_coding(self._session, self._chosen)

    def _on_settle_agreed_clicked(self) -> None:
        review_operations.settle_agreed(self._session, self._chosen)


def _every(archive: Archive, _job: Job) -> list[CodingSet]:
    return double_coding.every(archive)
