"""The inspector's history tab: what was changed of the image looked at, and beside it the whole archive's steps."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from core import record_history
from core.archive import Archive
from core.errors import Refused
from core.jobs import Job
from core.record_history import FieldChange, Kind, Page
from core.records import ImageId
from gui import review_operations, style
from gui.icons import icon
from gui.models.cells import shown_name
from gui.models.sentences import when
from gui.plain import PlainLabel, plain_tooltip
from gui.session import Session
from gui.views.history import HistoryPanel

PAGE: Final = 40


class HistoryTab(QWidget):
    """Switches between the image's own history and the whole archive's."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.record = RecordHistory(session)
        self.whole = HistoryPanel(session)
        self.of_image = _choice(self.tr("This image"))
        self.of_archive = _choice(self.tr("Whole archive"))
        self.of_image.setChecked(True)
        self._choices = QButtonGroup(self)
        row = QHBoxLayout()
        row.setContentsMargins(style.MEDIUM, style.SMALL, style.MEDIUM, 0)
        row.setSpacing(style.TIGHT)
        for button in (self.of_image, self.of_archive):
            self._choices.addButton(button)
            row.addWidget(button)
        row.addStretch(1)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.record)
        self._pages.addWidget(self.whole)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(style.TIGHT)
        layout.addLayout(row)
        layout.addWidget(self._pages, 1)
        self._choices.buttonToggled.connect(self._on_toggled)

    def _on_toggled(self) -> None:
        self._pages.setCurrentWidget(self.whole if self.of_archive.isChecked() else self.record)


def _choice(text: str) -> QToolButton:
    button = QToolButton()
    button.setText(text)
    button.setAccessibleName(text)
    button.setCheckable(True)
    button.setAutoRaise(True)
    return button


class RecordHistory(QScrollArea):
    """The changes of one image, newest first, each with a button that takes it back."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._image: ImageId | None = None
        self._older: int | None = None
        self._shown = PAGE
        self.rows: list[ChangeRow] = []
        self._words = PlainLabel()
        self._words.setProperty("role", "muted")
        self._words.setWordWrap(True)
        self.more = QPushButton(self.tr("Show older changes"))
        self.more.clicked.connect(self._on_more_clicked)
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        content = QWidget()
        layout = QVBoxLayout(content)
        layout.setContentsMargins(style.MEDIUM, style.SMALL, style.SMALL, style.MEDIUM)
        layout.setSpacing(style.SMALL)
        layout.addWidget(self._words)
        layout.addLayout(self._list)
        layout.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeading)
        layout.addStretch(1)
        self.setWidget(content)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("Changes of this image"))
        session.changed.connect(self._reload)
        self.show_image(None)

    def show_image(self, image_id: ImageId | None) -> None:
        """Show another image's history; None where there is not a single one."""
        self._image, self._shown = image_id, PAGE
        self._fill(Page((), None))
        self._reload()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Ask when there is someone to see it."""
        super().showEvent(event)
        self._reload()

    def _reload(self) -> None:
        if self._image is not None and self.isVisible() and self._session.info is not None:
            question = _Question(self._image, self._shown)
            self._session.read(("record history", id(self)), question, self._answer_to(self._image))

    def _answer_to(self, image_id: ImageId) -> Callable[[Page], None]:
        def take(page: Page) -> None:
            if image_id == self._image:
                self._fill(page)

        return take

    def _fill(self, page: Page) -> None:
        held = self._focused()
        while self.rows:
            row = self.rows.pop()
            self._list.removeWidget(row)
            row.hide()
            row.deleteLater()
        for change in page.changes:
            row = ChangeRow(change, writable=not self._session.read_only)
            row.taken_back.connect(self._on_taken_back)
            self._list.addWidget(row)
            self.rows.append(row)
        self._older = page.older
        self.more.setVisible(page.older is not None)
        self._words.setText(
            self.tr("Every change of this image, newest first. Each can be taken back by itself.")
            if self._image is not None
            else self.tr("Select a single image to see what was changed of it.")
        )
        if held is not None and self.rows:
            self.rows[min(held, len(self.rows) - 1)].button.setFocus()

    def _focused(self) -> int | None:
        """The place of the row that has the keys, so that they are not lost when the rows are made anew."""
        return next((place for place, row in enumerate(self.rows) if row.button.hasFocus()), None)

    def _on_taken_back(self, change: FieldChange) -> None:
        review_operations.take_back(self._session, change)

    def _on_more_clicked(self) -> None:
        self._shown += PAGE
        self._reload()


class _Question:
    """Asks for an image's newest changes; none where it is not in the archive any more."""

    def __init__(self, image_id: ImageId, limit: int) -> None:
        self._image_id = image_id
        self._limit = limit

    def __call__(self, archive: Archive, _job: Job) -> Page:
        try:
            return record_history.of_image(archive, self._image_id, limit=self._limit)
        except Refused:
            return Page((), None)


class ChangeRow(QWidget):
    """One change: what, from what to what, who and when, and a button that takes it back."""

    taken_back = Signal(object)  # the FieldChange

    def __init__(self, change: FieldChange, *, writable: bool) -> None:
        super().__init__()
        self.change = change
        self.words = PlainLabel(_sentence(change))
        by = PlainLabel(f"{when(change.at)}  {change.actor}")
        by.setProperty("role", "muted")
        by.setToolTip(plain_tooltip(change.label))
        for label in (self.words, by):
            label.setWordWrap(True)
        self.button = QToolButton()
        self.button.setIcon(icon("undo"))
        self.button.setToolTip(self.tr("Take this change back"))
        self.button.setAccessibleName(self.tr("Take back: %1").replace("%1", self.words.text()))
        self.button.setEnabled(writable)
        self.button.clicked.connect(self._on_clicked)
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(self.words)
        texts.addWidget(by)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, style.TIGHT, 0, style.TIGHT)
        layout.setSpacing(style.SMALL)
        layout.addLayout(texts, 1)
        layout.addWidget(self.button, 0, Qt.AlignmentFlag.AlignTop)

    def _on_clicked(self) -> None:
        self.taken_back.emit(self.change)


def _sentence(change: FieldChange) -> str:
    what = change.what[:1].upper() + change.what[1:]
    if change.kind is Kind.CHANGED:
        values = (what, _value(change.old) or "–", _value(change.new) or "–")
        return _filled(_tr("%1: %2 → %3"), *values)
    said = _value(change.new or change.old)
    if change.kind is Kind.ADDED:
        return _filled(_tr("%1 added: %2"), what, said) if said else _filled(_tr("%1 added"), what)
    return _filled(_tr("%1 removed: %2"), what, said) if said else _filled(_tr("%1 removed"), what)


def _filled(pattern: str, *values: str) -> str:
    """The pattern with its values; those are not looked through for places again."""
    parts = pattern
    for number in range(len(values), 0, -1):
        parts = parts.replace(f"%{number}", f"\0{number}\0")
    for number, value in enumerate(values, 1):
        parts = parts.replace(f"\0{number}\0", value)
    return parts


def _value(text: str) -> str:
    return shown_name(" ".join(text.split()))


def _tr(text: str) -> str:
    return QCoreApplication.translate("RecordHistory", text)
