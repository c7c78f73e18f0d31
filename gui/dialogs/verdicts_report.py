"""What became of the verdicts of a file: how many came in, and which contradict what was decided here."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPlainTextEdit, QVBoxLayout, QWidget

from core import verdict_words
from gui import style
from gui.models.cells import shown_name
from gui.plain import PlainLabel

if TYPE_CHECKING:
    from core.records import Relation
    from core.verdict_files import VerdictsReport


def _tr(text: str) -> str:
    return QCoreApplication.translate("VerdictsReport", text)


def sentences_of(report: "VerdictsReport") -> list[str]:
    """The numbers of a report."""
    added = _tr("1 verdict came in") if report.added == 1 else _tr("%1 verdicts came in")
    words = [(_tr("%2; known already: %1."), report.known)]
    if report.elsewhere == 1:
        words.append((_tr("1 is about an image that is not in this archive; it holds when that comes in."), 1))
    elif report.elsewhere:
        said = _tr("%1 are about images that are not in this archive; they hold when those come in.")
        words.append((said, report.elsewhere))
    if report.conflicts:
        said = _tr("Decided otherwise here: %1. What was decided here stands.")
        words.append((said, len(report.conflicts)))
    counted = [sentence.replace("%1", f"{count:,}") for sentence, count in words]
    return [counted[0].replace("%2", added.replace("%1", f"{report.added:,}")), *counted[1:]]


def conflicts_of(report: "VerdictsReport", names: Mapping[str, str]) -> str:
    """What contradicts, two lines each, with a line between them."""
    return "\n\n".join(
        f"{_tr('Here')}: {_words(one.here, names)}\n{_tr('In the file')}: {_words(one.there, names)}"
        for one in report.conflicts
    )


def _words(verdict: "Relation", names: Mapping[str, str]) -> str:
    own, other = (_name(sha256, names) for sha256 in (verdict.from_sha256, verdict.to_sha256))
    said = verdict_words.towards(verdict.kind)
    return f"{own}  {said}  {other}  ({shown_name(verdict.decided_by)}, {verdict.decided_at[:10]})"


def _name(sha256: str, names: Mapping[str, str]) -> str:
    return shown_name(names[sha256]) if sha256 in names else sha256[:12]


class VerdictsReportDialog(QDialog):
    """The report, with the conflicts listed."""

    def __init__(self, report: "VerdictsReport", names: Mapping[str, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_tr("Verdicts imported"))
        self.setAccessibleName(self.windowTitle())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(style.LARGE, style.LARGE, style.LARGE, style.LARGE)
        layout.setSpacing(style.MEDIUM)
        for sentence in sentences_of(report):
            words = PlainLabel(sentence)
            words.setWordWrap(True)
            layout.addWidget(words)
        self.details = QPlainTextEdit(conflicts_of(report, names))
        self.details.setReadOnly(True)
        self.details.setAccessibleName(_tr("Verdicts that contradict each other"))
        self.details.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.details.setVisible(bool(report.conflicts))
        layout.addWidget(self.details, 1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout.addWidget(buttons)
        self.resize(640, 380 if report.conflicts else 0)
