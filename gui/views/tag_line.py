"""The tag line: a few letters and Enter give the selected images a weapon type and countries."""

from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QHideEvent, QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QMenu, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from core.archive import Archive
from core.claims import CERTAINTIES
from core.facets import FACETS
from core.jobs import Job
from gui import style
from gui.icons import icon
from gui.models.cells import shown_name
from gui.models.selection_values import SelectionValues, Shown
from gui.models.sentences import certainty_words, images_words
from gui.models.suggestions import Offer, Suggestions, to_remove
from gui.models.tagger import Tagger
from gui.session import Session
from gui.views.suggestion_list import SuggestionList
from gui.views.value_chips import ValueRow

# Alt and one of these: the certainty.
CERTAINTY_KEYS: Final = {
    Qt.Key.Key_1: "certain",
    Qt.Key.Key_2: "probable",
    Qt.Key.Key_3: "possible",
    Qt.Key.Key_4: "doubtful",
    Qt.Key.Key_0: "unknown",
}
_NAME_PX: Final = 200


class TagLine(QWidget):
    """A bar that tags the selection, or the current image where nothing is selected; ``start`` opens it."""

    closed = Signal()
    next_wanted = Signal()
    previous_wanted = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._suggestions: Suggestions | None = None
        self.tagger = Tagger(session, self)
        self.selected = SelectionValues(session, self)
        self.line = _Line(self)
        self.context = QLabel()
        self.context.setProperty("role", "muted")
        self.certainty = _CertaintyButton(self)
        self.values = ValueRow(self)
        self.told = QLabel()
        self.told.setAccessibleName(self.tr("What was done"))
        self.offers = SuggestionList(self.line)
        self._close = QToolButton()
        self._arrange()
        self._connect()
        self._on_opened()

    def _arrange(self) -> None:
        self.setAccessibleName(self.tr("Tag line"))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._close.setIcon(icon("close"))
        self._close.setAccessibleName(self.tr("Close the tag line"))
        self._close.setToolTip(self.tr("Close (Esc)"))
        upper, lower = QHBoxLayout(), QHBoxLayout()
        self.told.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        for row, parts in ((upper, (self.context, self.line, self.certainty, self._close)), (lower, (self.values,))):
            row.setSpacing(style.SMALL)
            for part in parts:
                row.addWidget(part)
        upper.setStretchFactor(self.line, 1)
        lower.setStretchFactor(self.values, 1)
        lower.addWidget(self.told)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(style.MEDIUM, style.SMALL, style.MEDIUM, style.TIGHT)
        layout.setSpacing(style.TIGHT)
        layout.addLayout(upper)
        layout.addLayout(lower)

    def _connect(self) -> None:
        session = self._session
        session.opened.connect(self._on_opened)
        self.selected.changed.connect(self._on_values_changed)
        self.line.textChanged.connect(self._on_text_changed)
        self.line.entered.connect(self._on_entered)
        self.line.walked.connect(self._on_walked)
        self.line.escaped.connect(self._on_escaped)
        self.line.stepped.connect(self._on_stepped)
        self.line.certainty_pressed.connect(self.tagger.set_certainty)
        self.line.undo_pressed.connect(self.tagger.undo)
        self.line.left.connect(self.offers.hide)
        self.offers.chosen.connect(self._apply)
        self.certainty.chosen.connect(self.tagger.set_certainty)
        self.values.removed.connect(self._on_value_removed)
        self.tagger.told.connect(self._tell)
        self.tagger.certainty_changed.connect(self.certainty.show_certainty)
        self._close.clicked.connect(self.leave)
        self.destroyed.connect(self.offers.deleteLater)  # it lies over the window and would outlive the line

    def start(self) -> None:
        """Open the line for the selection and take the keys."""
        self.show()
        self._tell("")
        self.tagger.start_afresh()
        self._tell_whether_writable()
        self.selected.watch(watching=True)
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.line.selectAll()

    def leave(self) -> None:
        """Close the line."""
        self.offers.hide()
        self.line.clear()
        self.hide()
        self.closed.emit()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802 - Qt's name
        """A line parts the bar from the pictures above it."""
        painter = QPainter(self)
        painter.fillRect(0, 0, self.width(), 1, QColor(style.theme_of(self.palette()).line))
        painter.end()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """The list, which lies over the window, goes with the line."""
        self.offers.hide()
        self.selected.watch(watching=False)
        super().hideEvent(event)

    def _on_opened(self) -> None:
        info = self._session.info
        self._suggestions = None
        if info is not None:
            self._suggestions = Suggestions(info.vocabularies)
            # The first look-up builds an index, which takes longer than a key should.
            self._session.read("tag line index", _warm, self._on_warmed)
        self._tell_whether_writable()

    def _on_warmed(self, _nothing: None) -> None:
        """The vocabularies answer at once from now on."""

    def _tell_whether_writable(self) -> None:
        writable = not self._session.read_only
        self.line.setEnabled(writable)
        self.certainty.setEnabled(writable)
        self.line.setPlaceholderText(
            self.tr("weapon type or country   d: design   - remove   n: note") if writable else ""
        )
        if not writable and self._session.info is not None:
            self._tell(self.tr("This archive is open for reading only, so nothing can be tagged."))

    def _on_values_changed(self) -> None:
        values = self.selected
        if self._suggestions is not None:
            self._suggestions.held = values.shown or ()
        if not values.ids:
            self.context.setText(self.tr("No image selected"))
        elif len(values.ids) > 1:
            self.context.setText(self.tr("%1 selected").replace("%1", images_words(len(values.ids))))
        elif values.name:
            name = self.fontMetrics().elidedText(shown_name(values.name), Qt.TextElideMode.ElideMiddle, _NAME_PX)
            self.context.setText(name)
        empty = self.tr("not tagged yet") if values.ids and values.shown is not None else ""
        if values.too_many:
            empty = self.tr("Too many images to list what they show")
        self.values.show_values(values.shown or (), removable=not self._session.read_only, empty=empty)

    # What is typed.

    def _on_text_changed(self, text: str) -> None:
        if self._suggestions is None or not text.strip():
            self.offers.hide()
            self.line.setAccessibleDescription("")
            return
        nothing = self.tr("Nothing is called “%1”.").replace("%1", text.strip())
        if text.strip() in ("n:", "note:", "-"):
            nothing = self.tr("Type the note.") if text.strip() != "-" else self.tr("There is nothing to remove.")
        self.offers.show_offers(self._suggestions.offers(text), nothing=nothing)
        self._describe()

    def _on_walked(self, by: int) -> None:
        if self.offers.isHidden():
            if self._suggestions is not None and not self.line.text().strip():
                self.offers.show_offers(self._suggestions.offers(""))
        else:
            self.offers.walk(by)
        self._describe()

    def _describe(self) -> None:
        """Tell screen readers what Enter would do."""
        offer = self.offers.highlighted
        self.line.setAccessibleDescription("" if offer is None else offer.words)

    def _on_entered(self) -> None:
        offer = self.offers.highlighted
        if offer is not None:
            self._apply(offer)
        elif self.line.text().strip():
            self._tell(self.tr("Nothing was tagged: no term is called “%1”.").replace("%1", self.line.text().strip()))

    def _apply(self, offer: Offer) -> None:
        self.line.clear()
        self.offers.hide()
        if self._suggestions is not None:
            self._suggestions.remember(offer)
        self.tagger.apply(offer)

    def _on_value_removed(self, shown: Shown) -> None:
        self._apply(to_remove(shown))
        self.line.setFocus()

    def _on_escaped(self) -> None:
        if self.line.text():
            self.line.clear()
        elif not self.offers.isHidden():
            self.offers.hide()
        else:
            self.leave()

    def _on_stepped(self, by: int) -> None:
        (self.next_wanted if by > 0 else self.previous_wanted).emit()

    def _tell(self, words: str) -> None:
        room = max(self.width() // 2, 2 * _NAME_PX)
        self.told.setText(self.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room))
        self.told.setToolTip(words)


class _Line(QLineEdit):
    """The line itself, with the keys that are its own, whatever shortcuts the window has."""

    entered = Signal()
    escaped = Signal()
    walked = Signal(int)  # +1 down the list, -1 up
    stepped = Signal(int)  # +1 to the next image, -1 to the one before
    certainty_pressed = Signal(str)
    undo_pressed = Signal()
    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Tag"))
        self.setClearButtonEnabled(False)
        self.setMinimumWidth(160)

    def event(self, event: QEvent) -> bool:
        """Take Tab while there is something to walk, and the keys of the line before any shortcut does."""
        if isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.ShortcutOverride and self._act(event) is not None:
                event.accept()
                return True
            tab = {Qt.Key.Key_Tab: 1, Qt.Key.Key_Backtab: -1}.get(Qt.Key(event.key()))
            if event.type() == QEvent.Type.KeyPress and tab is not None and self.text().strip():
                self.walked.emit(tab)
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter, Esc, arrows and paging act; everything else edits the text."""
        act = self._act(event)
        if act is None:
            super().keyPressEvent(event)
            return
        signal, *arguments = act
        signal.emit(*arguments)  # type: ignore[attr-defined]

    def _act(self, event: QKeyEvent) -> tuple[object, ...] | None:
        """The signal that a key stands for and what goes with it, None for a key that edits."""
        key, keys = Qt.Key(event.key()), Qt.Key
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        acts: dict[Qt.Key, tuple[object, ...]] = {}
        if held == Qt.KeyboardModifier.AltModifier:
            acts = {number: (self.certainty_pressed, certainty) for number, certainty in CERTAINTY_KEYS.items()}
            acts |= {keys.Key_Right: (self.stepped, 1), keys.Key_Left: (self.stepped, -1)}
        elif not self.text() and event.matches(QKeySequence.StandardKey.Undo):
            return (self.undo_pressed,)
        elif not held:
            acts = {keys.Key_Down: (self.walked, 1), keys.Key_Up: (self.walked, -1), keys.Key_Escape: (self.escaped,)}
            acts |= dict.fromkeys((keys.Key_Return, keys.Key_Enter), (self.entered,))
            if not self.text():
                acts |= {keys.Key_PageDown: (self.stepped, 1), keys.Key_PageUp: (self.stepped, -1)}
        return acts.get(key)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """The list goes when the keys go elsewhere."""
        super().focusOutEvent(event)
        self.left.emit()


class _CertaintyButton(QToolButton):
    """Shows the certainty of what is tagged next, and lets it be chosen."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setIcon(icon("chevron-down"))
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        # The arrow stands behind the words, and the style's own would stand on them.
        mirrored, usual = Qt.LayoutDirection.RightToLeft, Qt.LayoutDirection.LeftToRight
        self.setLayoutDirection(usual if self.isRightToLeft() else mirrored)
        self.setStyleSheet("QToolButton::menu-indicator { image: none; }")
        self.setToolTip(self.tr("How certain is what is tagged next, and what was just tagged (Alt+0 to Alt+4)"))
        menu = QMenu(self)
        keys = {certainty: key for key, certainty in CERTAINTY_KEYS.items()}
        for certainty in CERTAINTIES:
            number = int(keys[certainty]) - int(Qt.Key.Key_0)
            action = menu.addAction(f"{certainty_words(certainty)}\tAlt+{number}")
            action.setData(certainty)
        menu.triggered.connect(self._on_triggered)
        self.setMenu(menu)
        widest = max(self.fontMetrics().horizontalAdvance(certainty_words(certainty)) for certainty in CERTAINTIES)
        self.setMinimumWidth(widest + style.ICON + style.HUGE)
        self.show_certainty("unknown")

    def show_certainty(self, certainty: str) -> None:
        """This certainty is chosen."""
        self.setText(certainty_words(certainty))
        self.setAccessibleName(self.tr("Certainty: %1").replace("%1", certainty_words(certainty)))

    def _on_triggered(self, action: QObject) -> None:
        self.chosen.emit(action.data())  # type: ignore[attr-defined]


def _warm(archive: Archive, _job: Job) -> None:
    for facet in FACETS.values():
        archive.vocabulary(facet.vocabulary).suggest("a")
