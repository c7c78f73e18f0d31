"""A field for several values of a vocabulary: a chip for each that is chosen, and a field for the next one."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QToolButton, QVBoxLayout, QWidget

from gui import style
from gui.icons import icon
from gui.plain import plain_tooltip
from gui.session import Session
from gui.views.term_field import TermField
from gui.views.wrapping import WrappingLayout


class TermsField(QWidget):
    """Holds codes of a vocabulary in the order in which they were chosen.

    Backspace in the empty field takes the last one back.
    """

    changed = Signal()  # the user chose or took away a value
    refused = Signal(str)  # the field was left with what is no term
    not_added = Signal(str)  # a term could not be made

    def __init__(self, session: Session, vocabulary: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._vocabulary = vocabulary
        self._codes: list[str] = []
        self.field = TermField(session, vocabulary)
        self._chips = QWidget()
        self._row = WrappingLayout(self._chips)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(style.TIGHT)
        layout.addWidget(self._chips)
        layout.addWidget(self.field)
        self.setFocusProxy(self.field)
        self._show()
        self.field.chosen.connect(self._on_chosen)
        self.field.refused.connect(self.refused)
        self.field.not_added.connect(self.not_added)
        self.field.installEventFilter(self)

    @property
    def codes(self) -> tuple[str, ...]:
        """What is chosen."""
        return tuple(self._codes)

    def show_codes(self, codes: Sequence[str]) -> None:
        """Hold these codes; nobody is told."""
        self._codes = list(codes)
        self.field.show_code("")
        self._show()

    def value(self) -> tuple[str, ...]:
        """What is chosen, with what stands in the field.

        Raises:
            Refused: what stands in the field is no term.
        """
        typed = self.field.value()
        return tuple(dict.fromkeys([*self._codes, *([typed] if typed else [])]))

    def set_name(self, name: str) -> None:
        """Take a name for screen readers."""
        self.field.setAccessibleName(name)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Backspace in the empty field takes the last value away."""
        if (
            watched is self.field
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_Backspace
            and not self.field.text()
            and self._codes
        ):
            self._codes.pop()
            self._show()
            self.changed.emit()
            return True
        return super().eventFilter(watched, event)

    def _show(self) -> None:
        info = self._session.info
        self._row.clear()
        for code in self._codes:
            label = code if info is None else info.vocabularies[self._vocabulary].label(code)
            self._row.addWidget(_Chip(self, code, label))
        self._chips.setVisible(bool(self._codes))
        self._chips.updateGeometry()

    def remove(self, code: str) -> None:
        """Take a value away."""
        if code in self._codes:
            self._codes.remove(code)
            self._show()
            self.field.setFocus()
            self.changed.emit()

    def _on_chosen(self, code: str) -> None:
        if code and code not in self._codes:
            self._codes.append(code)
        self.field.show_code("")
        self._show()
        if code:
            self.changed.emit()


class _Chip(QToolButton):
    """One value; a press takes it away."""

    def __init__(self, field: TermsField, code: str, label: str) -> None:
        super().__init__()
        self._field = field
        self._code = code
        self.setText(label.replace("&", "&&"))
        self.setIcon(icon("close"))
        self.setIconSize(QSize(style.ICON_SMALL, style.ICON_SMALL))
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        mirrored, usual = Qt.LayoutDirection.RightToLeft, Qt.LayoutDirection.LeftToRight
        self.setLayoutDirection(usual if field.isRightToLeft() else mirrored)
        self.setProperty("chip", "true")
        self.setAccessibleName(self.tr("%1, press to remove").replace("%1", label))
        self.setToolTip(plain_tooltip(self.accessibleName()))
        self.clicked.connect(self._on_clicked)

    def _on_clicked(self) -> None:
        self._field.remove(self._code)
