"""What the user is told: an expected failure in its own words, a bug with a report to copy."""

import sys

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMessageBox, QWidget

from core.errors import Cancelled, Refused
from gui import errors
from gui.errors import Bug, BugDialog


@pytest.fixture
def window(qtbot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


def test_an_expected_failure_is_told_in_its_own_words_which_can_be_copied(window: QWidget) -> None:
    dialog = errors.show(window, Refused("The folder <b>x</b> is not there."))
    assert isinstance(dialog, QMessageBox)
    assert dialog.isVisible()
    assert dialog.text() == "The folder <b>x</b> is not there."
    assert dialog.textFormat() == Qt.TextFormat.PlainText
    assert dialog.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByMouse
    dialog.close()


def test_a_cancelled_job_shows_nothing(window: QWidget) -> None:
    assert errors.show(window, Cancelled()) is None


def test_a_bug_shows_a_report_that_a_click_copies(window: QWidget, qtbot) -> None:
    dialog = errors.show(window, Bug("Traceback: KeyError: 'missing'"))
    assert isinstance(dialog, BugDialog)
    qtbot.mouseClick(dialog.copy, Qt.MouseButton.LeftButton)
    copied = QGuiApplication.clipboard().text()
    assert copied.startswith("Stocktake ")
    assert "Python " in copied
    assert copied.endswith("KeyError: 'missing'")
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_an_exception_that_escapes_is_shown_and_logged(
    window: QWidget, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    errors.install_excepthook(lambda: window)
    with pytest.raises(KeyError) as caught:
        {}["missing"]
    sys.excepthook(caught.type, caught.value, caught.tb)
    (dialog,) = window.findChildren(BugDialog)
    assert "KeyError: 'missing'" in dialog.report.toPlainText()
    assert "test_errors.py" in dialog.report.toPlainText()
    assert "KeyError: 'missing'" in caplog.text
    dialog.close()


def test_an_interrupt_is_left_to_python(
    window: QWidget, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    errors.install_excepthook(lambda: window)
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert window.findChildren(BugDialog) == []
    assert "KeyboardInterrupt" in capsys.readouterr().err
