"""The coding sheet: a bar with the user's own values, each one key away while the keys are in it."""

from typing import Final

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFocusEvent, QHideEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from gui import style
from gui.icons import icon
from gui.models.assessing import CERTAINTY_KEYS, basis_of
from gui.models.cells import shown_name
from gui.models.sentences import images_words
from gui.models.sheet_coder import SheetCoder
from gui.plain import PlainLabel, plain_tooltip
from gui.session import Session
from gui.views.sheet_chips import SheetChips
from gui.views.sheet_editor import SheetEditor
from gui.views.sheet_keys import Act, Meaning, meaning
from gui.views.wrapping import fixed_height_for_width

_TICK_MS: Final = 5_000
_NAME_PX: Final = 200


class CodingSheetBar(QWidget):
    """While it has the keys, those on the sheet give values, and whatever else is pressed goes to the images."""

    closed = Signal()
    next_wanted = Signal()
    key_passed_on = Signal(object)  # a QKeyEvent that is the images'

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.coder = SheetCoder(session, self)
        self.title = PlainLabel()
        self.rate = PlainLabel()
        self.told = PlainLabel()
        self.edit = QPushButton(self.tr("Edit…"))
        self._close = QToolButton()
        self.values = SheetChips(self.coder)
        self.editor = SheetEditor(session, self.coder)
        self._tick = QTimer(self, interval=_TICK_MS)
        self._arrange()
        self._connect()

    def _arrange(self) -> None:
        self.setAccessibleName(self.tr("Coding sheet"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        fixed_height_for_width(self)
        self._close.setIcon(icon("close"))
        self._close.setAccessibleName(self.tr("Close the coding sheet"))
        self._close.setToolTip(self.tr("Close (Esc)"))
        self.rate.setAccessibleName(self.tr("Images coded"))
        self.rate.setToolTip(self.tr("Images a minute over the last five minutes, and all since the sheet was opened"))
        self.told.setAccessibleName(self.tr("What was done"))
        self.edit.setCheckable(True)
        self.edit.setAccessibleName(self.tr("Edit the sheet"))
        self.edit.setToolTip(self.tr("Choose the values of this sheet and their keys"))
        for label in (self.title, self.rate, self.told):
            label.setProperty("role", "muted")
        upper = QHBoxLayout()
        upper.setSpacing(style.SMALL)
        upper.addWidget(self.title)
        upper.addWidget(self.told, 1)
        for part in (self.rate, self.edit, self._close):
            upper.addWidget(part)
        self.told.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(style.MEDIUM, style.SMALL, style.MEDIUM, style.SMALL)
        layout.setSpacing(style.SMALL)
        layout.addLayout(upper)
        layout.addWidget(self.values)
        layout.addWidget(self.editor)
        self.editor.hide()

    def _connect(self) -> None:
        coder = self.coder
        coder.selected.changed.connect(self._say_which)
        coder.counted.connect(self._count)
        coder.told.connect(self._tell)
        coder.next_wanted.connect(self.next_wanted)
        self._tick.timeout.connect(self._count)
        self.edit.toggled.connect(self._on_edit_toggled)
        self.editor.left.connect(self._on_editor_left)
        self._close.clicked.connect(self.leave)

    def start(self) -> None:
        """Open the sheet and take the keys; one without values asks for some."""
        if self.isHidden():
            self.show()
            self.coder.begin()
            self._tick.start()
        self._tell("")
        self.edit.setChecked(not self.coder.sheet.values)
        if not self.edit.isChecked():
            self.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def leave(self) -> None:
        """Close the sheet."""
        self.hide()
        self.closed.emit()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Follow nothing while hidden."""
        self.edit.setChecked(False)
        self._tick.stop()
        self.coder.end()
        super().hideEvent(event)

    def event(self, event: QEvent) -> bool:
        """Take the keys that are the sheet's before any shortcut does."""
        if isinstance(event, QKeyEvent) and event.type() in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress):
            meant = meaning(event, self.coder.sheet)
            if meant is not None:
                event.accept()
                if event.type() == QEvent.Type.KeyPress and not event.isAutoRepeat():
                    self._act(meant)
                return True
        return super().event(event)

    def _act(self, meant: Meaning) -> None:
        coder, info = self.coder, self._session.info
        if meant.act is Act.LEAVE:
            self.leave()
        elif info is None or info.read_only:
            self._tell(self.tr("This archive is open for reading only, so nothing can be tagged."))
        elif meant.act is Act.CERTAINTY:
            coder.tagger.set_certainty(CERTAINTY_KEYS[meant.key])
        elif meant.act is Act.BASIS:
            basis = basis_of(meant.key, info.vocabularies)
            coder.tagger.set_basis(basis.code if basis is not None else coder.tagger.basis)
        elif meant.act is Act.GIVE_PINNED:
            coder.give_pinned()
        elif meant.act is Act.FINISH:
            coder.finish()
        else:
            (coder.pin if meant.act is Act.PIN else coder.press)(meant.letter)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """What is no key of the sheet is the images'."""
        self._pass_on(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """So is its release: a key may be held."""
        self._pass_on(event)

    def _pass_on(self, event: QKeyEvent) -> None:
        """Give a key to the images, unless it is one that a field of the editor let go by."""
        if self.hasFocus():
            self.key_passed_on.emit(event)
        else:
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Show that the keys are here."""
        super().focusInEvent(event)
        self._say_which()
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Show that they are not."""
        super().focusOutEvent(event)
        self._say_which()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802 - Qt's name
        """A line parts the bar from the pictures; while the keys are here it is the accent's."""
        painter = QPainter(self)
        theme = style.theme_of(self.palette())
        active = self.hasFocus()
        painter.fillRect(0, 0, self.width(), 2 if active else 1, QColor(theme.accent if active else theme.line))
        painter.end()

    # What it says.

    def _say_which(self) -> None:
        """Name the images concerned, or say how the keys come back."""
        values = self.coder.selected
        if not self.hasFocus() and not self.edit.isChecked():
            self.title.setText(self.tr("Coding sheet: press C to code"))
        elif len(values.ids) > 1:
            self.title.setText(images_words(len(values.ids)))
        else:
            name = shown_name(values.name) if values.ids else self.tr("No image selected")
            self.title.setText(self.fontMetrics().elidedText(name, Qt.TextElideMode.ElideMiddle, _NAME_PX))

    def _count(self) -> None:
        rate = self.coder.rate
        words = self.tr("%1 a minute · %2").replace("%1", f"{rate.per_minute:.1f}")
        self.rate.setText(words.replace("%2", images_words(rate.count)))

    def _tell(self, words: str) -> None:
        self.told.setText(self.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, self.told.width()))
        self.told.setToolTip(plain_tooltip(words))

    def _on_edit_toggled(self, edited: bool) -> None:  # noqa: FBT001 - Qt's signal brings it
        self.values.set_edited(edited=edited)
        self.editor.setVisible(edited)
        self.edit.setText(self.tr("Done") if edited else self.tr("Edit…"))
        self._say_which()
        if edited:
            self.editor.line.setFocus()
        elif self.isVisible():
            self.setFocus()

    def _on_editor_left(self) -> None:
        self.edit.setChecked(False)
