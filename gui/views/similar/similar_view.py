"""What is like an image, a region, a file or what a clipboard held: asked, looked at, and left again."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from core.errors import CoreError
from gui import style
from gui.models.cells import shown_name
from gui.models.finding_similar import FindingSimilar
from gui.models.similar_model import SimilarModel
from gui.models.similar_question import Answer, OfFile, Question
from gui.models.similar_words import left_words, summary_words, title_words
from gui.plain import PlainLabel, plain_tooltip
from gui.session import Session
from gui.views.elided import ElidedLabel
from gui.views.empty_state import EmptyState
from gui.views.similar.asked_pane import AskedPane
from gui.views.similar.progress_page import ProgressPage
from gui.views.similar.similar_list import SimilarList


class SimilarView(QWidget):
    """One question and its answer; nothing is decided and nothing imported here."""

    closed = Signal(str)  # the view from which it was asked
    opened = Signal(object)  # the id of an image to look at
    import_wanted = Signal(object)  # the path of the file that was asked about

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._came_from = "grid"
        self._imports = False  # what was asked about, so that it is asked about again
        self._asks_again = False  # what the button of the empty page does
        self.finding = FindingSimilar(session, self)
        self.title = ElidedLabel()
        self.words = PlainLabel()
        self.caution = PlainLabel()
        self.compare = _button(self.tr("Compare"), self.tr("Show the image beside what was asked about (Space)"))
        self.open = _button(self.tr("Open"), self.tr("Look at the image (Enter)"))
        self.take = _button(self.tr("Import this file"), self.tr("Import the file that was asked about"))
        self.leave = _button(self.tr("Back"), self.tr("Back to where one was (Esc)"))
        self.rows = SimilarList(session)
        self.pane = AskedPane(session, self.rows)
        self.waiting = ProgressPage()
        self.empty = EmptyState()
        self._pages = QStackedWidget()
        self._arrange()
        self._connect()

    def _arrange(self) -> None:
        self.setAccessibleName(self.tr("Similar images"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.title.setProperty("role", "title")
        self.words.setProperty("role", "muted")
        self.caution.setProperty("role", "caution")
        for label in (self.words, self.caution):
            label.setWordWrap(True)
        self.compare.setCheckable(True)
        self.compare.setProperty("switch", "true")
        line = QHBoxLayout()
        line.setSpacing(style.SMALL)
        line.addWidget(self.title, 1)
        for button in (self.compare, self.open, self.take, self.leave):
            line.addWidget(button)
        for page in (self.waiting, self.rows, self.empty):
            self._pages.addWidget(page)
        parts = QSplitter(Qt.Orientation.Horizontal)
        parts.setChildrenCollapsible(False)
        parts.addWidget(self.pane)
        parts.addWidget(self._pages)
        parts.setStretchFactor(0, 3)
        parts.setStretchFactor(1, 2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(style.MEDIUM, style.SMALL, style.MEDIUM, style.SMALL)
        layout.setSpacing(style.TIGHT)
        layout.addLayout(line)
        layout.addWidget(self.words)
        layout.addWidget(self.caution)
        layout.addSpacing(style.TIGHT)
        layout.addWidget(parts, 1)

    def _connect(self) -> None:
        finding, rows = self.finding, self.rows
        finding.begun.connect(self._on_begun)
        finding.progressed.connect(self.waiting.progress)
        finding.answered.connect(self._on_answered)
        finding.failed.connect(self._on_failed)
        finding.stopped.connect(self._on_stopped)
        rows.opened.connect(self.opened)
        rows.compare_wanted.connect(self.compare.toggle)
        rows.left.connect(self.go_back)
        self.compare.toggled.connect(self._on_compare_toggled)
        self.open.clicked.connect(self._on_open_clicked)
        self.take.clicked.connect(self._on_take_clicked)
        self.leave.clicked.connect(self.go_back)
        self.waiting.cancel.clicked.connect(finding.stop)
        self.empty.acted.connect(self._on_empty_acted)
        self._session.changed.connect(self._on_changed)

    def ask(self, question: Question, came_from: str) -> None:
        """Ask what is like a picture; ``came_from`` is the view to come back to."""
        if came_from != "similar":
            self._came_from = came_from
        self.finding.ask(question)

    def go_back(self) -> None:
        """Leave to where one was; the answer stays, and can be looked at again."""
        self.finding.stop()
        self.closed.emit(self._came_from)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Esc leaves, whatever has the keys."""
        if event.key() == Qt.Key.Key_Escape:
            self.go_back()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Give the keys to what is shown."""
        super().focusInEvent(event)
        self._give_keys()

    def _give_keys(self) -> None:
        takers: tuple[QWidget, ...] = (self, self.rows, self.empty.button)
        takers[self._pages.currentIndex()].setFocus()

    # What becomes of a question.

    def _on_begun(self) -> None:
        self._imports = self._asks_again = False
        self.title.setText(self.tr("Similar images"))
        self._say("", "")
        self._show_found(None)
        self.waiting.begin()
        self._turn_to(self.waiting)

    def _on_answered(self) -> None:
        question, answer = self.finding.question, self.finding.answer
        assert question is not None
        assert answer is not None
        self.title.setText(title_words(question, answer))
        self.title.setToolTip(plain_tooltip(self.title.text()))
        self._say(summary_words(question, answer), left_words(answer.left))
        self._show_found(answer)
        if answer.found:
            self._turn_to(self.rows)
            return
        words = self.tr("Neither a copy or a part of it was found, nor an object or a place that is in it.")
        self.empty.say(self.tr("No image of the archive is like it"), words, self.tr("Back"))
        self._turn_to(self.empty)

    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, CoreError):
            self._session.failed.emit(error)
        words = str(error) if isinstance(error, CoreError) else self.tr("A fault in Stocktake.")
        if isinstance(self.finding.question, OfFile):
            self.title.setText(shown_name(self.finding.question.path.name))
        self.empty.say(self.tr("Nothing could be looked for"), shown_name(words), self.tr("Back"))
        self._turn_to(self.empty)

    def _on_stopped(self) -> None:
        self._asks_again = True
        self.empty.say(self.tr("Stopped"), self.tr("Nothing was found yet."), self.tr("Ask again"))
        self._turn_to(self.empty)

    def _turn_to(self, page: QWidget) -> None:
        focused = QApplication.focusWidget()
        had_keys = focused is not None and (focused is self or self.isAncestorOf(focused))
        self._pages.setCurrentWidget(page)
        if had_keys:
            self._give_keys()

    def _show_found(self, answer: Answer | None) -> None:
        self.rows.show_found(SimilarModel(self._session.reader, answer))
        self.pane.show_answer(answer)
        some = answer is not None and bool(answer.found)
        self.compare.setEnabled(some)
        self.open.setEnabled(some)
        outside = isinstance(self.finding.question, OfFile) and answer is not None and not answer.is_known
        self.take.setEnabled(True)
        self.take.setVisible(outside and not self._session.read_only)

    def _say(self, words: str, caution: str) -> None:
        for label, said in ((self.words, words), (self.caution, caution)):
            label.setText(said)
            label.setVisible(bool(said))

    # Gestures.

    def _on_compare_toggled(self, comparing: bool) -> None:  # noqa: FBT001 - Qt's signal brings it
        self.pane.compare(comparing=comparing)

    def _on_open_clicked(self) -> None:
        if self.rows.row is not None:
            self.opened.emit(self.rows.found.image_id(self.rows.row))

    def _on_take_clicked(self) -> None:
        question = self.finding.question
        if isinstance(question, OfFile):
            self._imports = True
            self.take.setEnabled(False)
            self.import_wanted.emit(question.path)

    def _on_empty_acted(self) -> None:
        if self._asks_again:
            self.finding.again()
        else:
            self.go_back()

    def _on_changed(self) -> None:
        self.rows.found.refresh()
        if self._imports:
            self.finding.again()


def _button(text: str, tooltip: str) -> QPushButton:
    """A button that leaves the keys where they are when it is clicked."""
    button = QPushButton(text)
    button.setToolTip(plain_tooltip(tooltip))
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
