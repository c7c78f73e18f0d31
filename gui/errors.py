"""The one door through which an error reaches the user: only here an exception becomes words on screen."""

import logging
import platform
import sys
import traceback
from collections.abc import Callable
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from types import TracebackType

from PySide6.QtCore import QCoreApplication, Qt, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QMessageBox,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from core.errors import Cancelled, CoreError
from gui import style
from gui.icons import coloured
from gui.plain import PlainLabel

_log = logging.getLogger(__name__)


class Bug(Exception):
    """An exception that nobody expected; ``str(bug)`` is its traceback as text."""


def show(parent: QWidget | None, error: BaseException) -> QDialog | None:
    """Say to the user what went wrong, without waiting for an answer.

    What was expected is told in its own words; anything else is shown as a bug, with a report to copy.
    A cancelled job is no error and shows nothing.
    """
    if isinstance(error, Cancelled):
        return None
    dialog: QDialog
    if isinstance(error, CoreError):
        dialog = _Notice(str(error), parent)
    else:
        report = str(error) if isinstance(error, Bug) else "".join(traceback.format_exception(error))
        dialog = BugDialog(report, parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    return dialog


def install_excepthook(window: Callable[[], QWidget | None]) -> None:
    """Show and log what escapes from any slot; ``window`` gives the window to show it over."""
    sys.excepthook = partial(_on_exception, window)


def _on_exception(
    window: Callable[[], QWidget | None],
    kind: type[BaseException],
    error: BaseException,
    trace: TracebackType | None,
) -> None:
    if not issubclass(kind, Exception):
        sys.__excepthook__(kind, error, trace)
        return
    if not isinstance(error, CoreError):
        _log.error("unexpected error\n%s", "".join(traceback.format_exception(error)))
    show(window(), error)


def _tr(text: str) -> str:
    return QCoreApplication.translate("errors", text)


class _Notice(QMessageBox):
    """An expected failure: one sentence that can be selected and copied."""

    def __init__(self, sentence: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        caution = style.theme_of(self.palette()).caution
        self.setIconPixmap(coloured("warning", 32, caution, self.devicePixelRatioF()))
        self.setWindowTitle(_tr("Stocktake"))
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(sentence)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setStandardButtons(QMessageBox.StandardButton.Ok)


class BugDialog(QDialog):
    """A fault of the program itself: what that means for the user, and the report to pass on."""

    def __init__(self, trace: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_tr("A fault in Stocktake"))
        self.setAccessibleName(self.windowTitle())
        self.resize(640, 400)
        title = PlainLabel(_tr("Stocktake did something that it should not have."))
        title.setProperty("role", "title")
        words = PlainLabel(
            _tr(
                "What you asked for just now was not finished. Everything that was finished before is safe. "
                "The report below says where the fault lies; it may name files of yours. "
                "Please pass it on to whoever looks after this program."
            )
        )
        words.setWordWrap(True)
        self.report = QPlainTextEdit(report_of(trace))
        self.report.setReadOnly(True)
        self.report.setAccessibleName(_tr("Report"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.copy = buttons.addButton(_tr("Copy the report"), QDialogButtonBox.ButtonRole.ActionRole)
        self.copy.clicked.connect(self._on_copy_clicked)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(style.LARGE, style.LARGE, style.LARGE, style.LARGE)
        layout.setSpacing(style.MEDIUM)
        for part in (title, words, self.report, buttons):
            layout.addWidget(part)

    def _on_copy_clicked(self) -> None:
        QGuiApplication.clipboard().setText(self.report.toPlainText())


def report_of(trace: str) -> str:
    """A bug's report: which program on which system, then the traceback."""
    try:
        own = version("stocktake")
    except PackageNotFoundError:
        own = "not installed"
    lines = [
        f"Stocktake {own}",
        f"Python {platform.python_version()}, Qt {qVersion()}, {QGuiApplication.platformName()}",
        platform.platform(),
        "",
        trace.rstrip(),
    ]
    return "\n".join(lines)
