"""Verdicts to and from a file in the window: the menu asks for one, and what contradicts it is listed."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QFileDialog

from core import duplicates, looking
from core.archive import Archive
from core.records import ImageId, Match
from gui.dialogs.verdicts_report import VerdictsReportDialog
from gui.plain import PlainLabel
from gui.session import Session
from gui.window import MainWindow

Ask = Callable[[Callable[[Archive], Any]], Any]
Settled = Callable[[Session], None]


@pytest.fixture
def decided(window: MainWindow, settled: Settled, ask: Ask) -> tuple[str, str]:
    """Two images that were decided to be one picture, by their content hashes."""
    members = ask(lambda archive: looking.members(archive, [ImageId(1), ImageId(2)]))
    a, b = sorted(member.sha256 for member in members)
    pair = [Match(a, b, "near", 0)]
    window.session.write("Deciding", lambda archive, _: duplicates.decide_many(archive, pair, "same_picture"))
    settled(window.session)
    return a, b


def choose(window: MainWindow, name: str, file: Path) -> None:
    """Choose a menu entry, and a file in the dialog that it opens."""
    window.commands.by_name[name].trigger()
    dialog = window.findChild(QFileDialog)
    dialog.fileSelected.emit(str(file))
    dialog.reject()


def test_verdicts_are_written_to_the_file_that_is_chosen(
    window: MainWindow, decided: tuple[str, str], settled: Settled, tmp_path: Path
) -> None:
    choose(window, "export_verdicts", tmp_path / "verdicts.json")
    settled(window.session)
    (verdict,) = json.loads((tmp_path / "verdicts.json").read_text())["verdicts"]
    assert (verdict["from"], verdict["to"], verdict["verdict"]) == (*decided, "same_picture")


def test_what_a_file_contradicts_stands_and_is_listed_by_name(
    window: MainWindow, decided: tuple[str, str], settled: Settled, ask: Ask, tmp_path: Path
) -> None:
    file = tmp_path / "verdicts.json"
    choose(window, "export_verdicts", file)
    settled(window.session)
    written = json.loads(file.read_text())
    other = {**written["verdicts"][0], "from": "0" * 64, "to": "1" * 64}
    written["verdicts"] = [{**written["verdicts"][0], "verdict": "not_related", "by": "a\n\nHere: \u202eb"}, other]
    file.write_text(json.dumps(written))
    choose(window, "import_verdicts", file)
    settled(window.session)
    dialog = window.findChild(VerdictsReportDialog)
    said = [label.text() for label in dialog.findChildren(PlainLabel)]
    assert said[0] == "1 verdict came in; known already: 0."
    assert said[1].startswith("1 is about an image")
    assert said[2].startswith("Decided otherwise here: 1.")
    names = ask(lambda archive: looking.names(archive, decided))
    assert dialog.details.toPlainText().startswith(f"Here: {names[decided[0]]}  same picture as  {names[decided[1]]}")
    assert len(dialog.details.toPlainText().splitlines()) == 2  # nothing that a stranger wrote is a line of its own
    assert "\u202e" not in dialog.details.toPlainText()
    assert len(ask(lambda archive: duplicates.group_of(archive, ImageId(1))).images) == 2


def test_a_file_that_is_none_is_refused_with_a_sentence(
    window: MainWindow, settled: Settled, tmp_path: Path, qtbot
) -> None:
    (tmp_path / "no.json").write_text("[]")
    with qtbot.waitSignal(window.session.failed) as failed:
        window.verdicts.take(tmp_path / "no.json")
    assert "verdicts" in str(failed.args[0])
    assert window.findChild(VerdictsReportDialog) is None
