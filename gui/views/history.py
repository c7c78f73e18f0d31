"""The history panel: who did what and when, what is undone, and the buttons that say what they take back."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from gui import operations, style
from gui.icons import icon
from gui.models.history_model import STEP_ROLE, UNDONE_ROLE, HistoryModel
from gui.models.sentences import when
from gui.plain import PlainLabel, plain_tooltip
from gui.session import Session

Index = QModelIndex | QPersistentModelIndex


class HistoryPanel(QWidget):
    """The archive's steps, newest first; older ones come as they are scrolled to."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.undo = _LabelledButton("undo", self.tr("Undo"))
        self.redo = _LabelledButton("redo", self.tr("Redo"))
        self.undo.clicked.connect(self._on_undo_clicked)
        self.redo.clicked.connect(self._on_redo_clicked)
        self.model = HistoryModel(session, self)
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setItemDelegate(_StepPainter(self.list))
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setUniformItemSizes(True)
        self.list.setAccessibleName(self.tr("History"))
        words = PlainLabel(
            self.tr("All steps in this archive, newest first. Undoing erases nothing: it is a step of its own.")
        )
        words.setProperty("role", "muted")
        words.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, style.SMALL, 0, 0)
        layout.setSpacing(style.TIGHT)
        above = QVBoxLayout()
        above.setContentsMargins(style.MEDIUM, 0, style.MEDIUM, 0)
        above.setSpacing(style.TIGHT)
        for part in (self.undo, self.redo, words):
            above.addWidget(part)
        layout.addLayout(above)
        layout.addWidget(self.list, 1)
        session.state_changed.connect(self._on_state_changed)
        session.opened.connect(self._on_state_changed)
        session.closed.connect(self._on_state_changed)
        self._on_state_changed()

    def _on_state_changed(self) -> None:
        state, writable = self._session.state, not self._session.read_only
        self.undo.show_label(state.undo_label, enabled=writable)
        self.redo.show_label(state.redo_label, enabled=writable)

    def _on_undo_clicked(self) -> None:
        operations.undo(self._session)

    def _on_redo_clicked(self) -> None:
        operations.redo(self._session)


class _LabelledButton(QPushButton):
    """A button that names what it will do; a long name is elided and stands in full in the tooltip."""

    def __init__(self, drawing: str, verb: str) -> None:
        super().__init__()
        self._verb = verb
        self._words = verb
        self.setIcon(icon(drawing))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_label(self, label: str | None, *, enabled: bool) -> None:
        """Name the step; None where there is none."""
        self._words = self._verb if label is None else f"{self._verb}: {label}"
        self.setEnabled(enabled and label is not None)
        self.setToolTip(plain_tooltip(self._words))
        self.setAccessibleName(self._words)
        self._elide()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Elide anew."""
        super().resizeEvent(event)
        self._elide()

    def _elide(self) -> None:
        room = self.width() - 2 * style.HUGE - style.ICON
        self.setText(self.fontMetrics().elidedText(self._words, Qt.TextElideMode.ElideRight, max(room, 40)))


class _StepPainter(QStyledItemDelegate):
    """A step in two lines: what was done, and by whom and when; an undone one is struck through."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002, N802 - Qt's name
        """Two lines of text."""
        return QSize(80, 2 * option.fontMetrics.height() + style.SMALL + 2)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the two lines."""
        theme = style.theme_of(option.palette)
        step, gone = index.data(STEP_ROLE), index.data(UNDONE_ROLE)
        rect: QRect = option.rect
        painter.save()
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.fillRect(rect, QColor(theme.tint if selected else theme.panel))
        room = rect.adjusted(style.MEDIUM, style.TIGHT, -style.MEDIUM, -style.TIGHT)
        font = painter.font()
        font.setStrikeOut(gone)
        painter.setFont(font)
        painter.setPen(QPen(QColor(theme.muted if gone or step.undoes else theme.text)))
        leading = Qt.AlignmentFlag.AlignLeading
        metrics = QFontMetrics(font)
        label = metrics.elidedText(step.label, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, leading | Qt.AlignmentFlag.AlignTop, label)
        font.setStrikeOut(False)
        font.setPixelSize(max(8, font.pixelSize() - 1))
        painter.setFont(font)
        painter.setPen(QPen(QColor(theme.muted)))
        words = f"{when(step.at)}  {step.actor}"
        if gone:
            words += "  " + self.tr("undone")
        painter.drawText(
            room,
            leading | Qt.AlignmentFlag.AlignBottom,
            metrics.elidedText(words, Qt.TextElideMode.ElideRight, room.width()),
        )
        painter.restore()
