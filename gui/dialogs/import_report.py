"""What became of every file of an import, with the reasons for those that could not be taken in or decoded."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QGridLayout, QPlainTextEdit, QVBoxLayout, QWidget

from gui import style
from gui.models.recycled import counts_of as counts_of_recycled
from gui.models.recycled import from_sources_words, list_words
from gui.plain import PlainLabel

if TYPE_CHECKING:
    from core.importing import ImportReport, Problem
    from core.recycling import Recycled


def _tr(text: str) -> str:
    return QCoreApplication.translate("ImportReport", text)


def counts_of(report: "ImportReport") -> list[tuple[str, int, str]]:
    """The five numbers of a report, each with its name and what it means."""
    return [
        (_tr("Added"), report.added, _tr("new images")),
        (_tr("Known"), report.known, _tr("in the archive already; where they lay was noted")),
        (_tr("Undecodable"), len(report.undecodable), _tr("kept bit by bit, but no picture can be made of them")),
        (_tr("Ignored"), report.ignored, _tr("no images")),
        (_tr("Failed"), len(report.failed), _tr("not taken in")),
    ]


def text_of(report: "ImportReport", recycled: Sequence["Recycled"] = ()) -> str:
    """The whole report as text, to copy."""
    numbers = "\n".join(f"{name}: {count:,}" for name, count, _ in counts_of(report))
    return "\n\n".join(part for part in (numbers, details_of(report, recycled)) if part)


def details_of(report: "ImportReport", recycled: Sequence["Recycled"] = ()) -> str:
    """The pictures that are said to show something else too, and the files that made trouble; or nothing."""
    listed = f"{recycled_title(recycled)}:\n{list_words(recycled)}" if recycled else ""
    return "\n\n".join(part for part in (listed, problems_of(report)) if part)


def recycled_title(recycled: Sequence["Recycled"]) -> str:
    """How many images are said to show something else too, and how many others are known from other sources."""
    count, mild = counts_of_recycled(recycled)
    one, many = _tr("1 image shown as another event"), _tr("%1 images shown as other events")
    words = [one if count == 1 else many.replace("%1", f"{count:,}")] if count else []
    return ", ".join([*words, *([from_sources_words(mild)] if mild else [])])


def problems_of(report: "ImportReport") -> str:
    """The files that could not be taken in or decoded, each with its reason; empty where there are none."""
    parts = []
    for title, problems in ((_tr("Failed"), report.failed), (_tr("Undecodable"), report.undecodable)):
        if problems:
            parts.append("\n".join([f"{title}:", *_lines(problems)]))
    return "\n\n".join(parts)


def sentence_of(report: "ImportReport", recycled: Sequence["Recycled"] = ()) -> str:
    """The report in one line."""
    parts = [f"{count:,} {name.lower()}" for name, count, _ in counts_of(report)]
    if recycled:
        parts.insert(0, recycled_title(recycled))  # where the line is short, its middle is left out
    begin = _tr("Import stopped") if report.cancelled else _tr("Import finished")
    return f"{begin}: {', '.join(parts) if report.met else _tr('there was nothing to take in')}"


def _lines(problems: Sequence["Problem"]) -> list[str]:
    ordered = sorted(problems, key=lambda problem: problem.place.text)
    return [f"{_on_one_line(problem.place.text)}\n    {problem.reason}" for problem in ordered]


def _on_one_line(name: str) -> str:
    # A newline in a file's name would make one file look like two.
    return name if name.isprintable() else name.encode("unicode_escape").decode()


class ImportReportDialog(QDialog):
    """The whole report, on demand."""

    def __init__(
        self, report: "ImportReport", parent: QWidget | None = None, *, recycled: Sequence["Recycled"] = ()
    ) -> None:
        super().__init__(parent)
        self.report = report
        self.recycled = tuple(recycled)
        self.setWindowTitle(_tr("Import stopped") if report.cancelled else _tr("Import finished"))
        self.setAccessibleName(self.windowTitle())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(style.LARGE, style.LARGE, style.LARGE, style.LARGE)
        layout.setSpacing(style.MEDIUM)
        title = PlainLabel(_tr("Files met: %1").replace("%1", f"{report.met:,}"))
        title.setProperty("role", "title")
        layout.addWidget(title)
        if report.cancelled:
            words = PlainLabel(_tr("You stopped the import. What was finished is kept; import again to go on."))
            words.setWordWrap(True)
            layout.addWidget(words)
        layout.addLayout(self._numbers())
        if recycled:
            caution = PlainLabel(_tr("%1; see below.").replace("%1", recycled_title(recycled)))
            caution.setProperty("role", "caution" if any(one.contradicts for one in recycled) else "")
            caution.setWordWrap(True)
            layout.addWidget(caution)
        self.details = QPlainTextEdit(details_of(report, recycled))
        self.details.setReadOnly(True)
        self.details.setAccessibleName(_tr("Pictures shown as other events, and files that made trouble"))
        self.details.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        problems = bool(self.details.toPlainText())
        self.details.setVisible(problems)
        layout.addWidget(self.details, 1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.copy = buttons.addButton(_tr("Copy the report"), QDialogButtonBox.ButtonRole.ActionRole)
        self.copy.clicked.connect(self._on_copy_clicked)
        buttons.rejected.connect(self.reject)
        layout.addWidget(buttons)
        self.resize(600, 460 if problems else 0)

    def _numbers(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(style.MEDIUM)
        grid.setVerticalSpacing(style.TIGHT)
        for row, (name, count, meaning) in enumerate(counts_of(self.report)):
            number, words = PlainLabel(f"{count:,}"), PlainLabel(meaning)
            words.setProperty("role", "muted")
            if name == _tr("Failed") and count:
                number.setProperty("role", "bad")
            grid.addWidget(PlainLabel(name), row, 0)
            grid.addWidget(number, row, 1, Qt.AlignmentFlag.AlignRight)
            grid.addWidget(words, row, 2)
        grid.setColumnStretch(2, 1)
        return grid

    def _on_copy_clicked(self) -> None:
        QGuiApplication.clipboard().setText(text_of(self.report, self.recycled))
