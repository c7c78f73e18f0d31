"""Exporting from the window: what is asked, and that the file is there."""

import csv
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from core.records import Filter, ImageId, Query
from core.tagging import Tag
from gui import operations
from gui.dialogs.export import ExportDialog
from gui.session import Session

Settled = Callable[[Session], None]


@pytest.fixture
def told(session: Session) -> list[str]:
    """What the status bar was told."""
    words: list[str] = []
    session.message.connect(words.append)
    return words


def opened(session: Session, settled: Settled, qtbot) -> ExportDialog:
    dialog = ExportDialog(session)
    qtbot.addWidget(dialog)
    dialog.open()
    settled(session)
    return dialog


@pytest.mark.usefixtures("appearance")
def test_the_whole_archive_is_written_as_json(
    session: Session, settled: Settled, told: list[str], tmp_path: Path, qtbot
) -> None:
    dialog = opened(session, settled, qtbot)
    dialog.formats["json"].click()
    assert not dialog.bom.isEnabled()
    assert "7 images" in dialog.whole.text()
    file = tmp_path / "out.json"
    dialog.export_to(file)
    settled(session)
    assert not dialog.isVisible()
    assert len(json.loads(file.read_text("utf-8"))["images"]) == 7
    assert told == [f"Exported 7 images to {file}"]


@pytest.mark.usefixtures("appearance")
def test_only_what_is_looked_for_is_written_with_the_mark_that_was_asked_for(
    session: Session, settled: Settled, tmp_path: Path, qtbot
) -> None:
    operations.tag(session, [ImageId(2)], Tag(type="VH.TNK"))
    session.set_query(Query(filters=(Filter("type", "VH.TNK"),)))
    settled(session)
    dialog = opened(session, settled, qtbot)
    assert dialog.found.isChecked()
    assert "1 image (type: battle tank)" in dialog.found.text()
    dialog.bom.click()
    file = tmp_path / "out.csv"
    dialog.export_to(file)
    settled(session)
    data = file.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert len(list(csv.DictReader(data.decode("utf-8-sig").splitlines()))) == 1
    assert session.settings.csv_bom


@pytest.mark.usefixtures("appearance")
def test_without_a_search_there_is_only_the_whole_archive_to_export(session: Session, settled: Settled, qtbot) -> None:
    dialog = opened(session, settled, qtbot)
    assert dialog.whole.isChecked()
    assert not dialog.found.isEnabled()


@pytest.mark.usefixtures("appearance")
def test_the_file_dialog_suggests_a_name_and_starts_the_export(
    session: Session, settled: Settled, told: list[str], tmp_path: Path, qtbot
) -> None:
    dialog = opened(session, settled, qtbot)
    dialog.formats["xlsx"].click()
    assert dialog.suggested_file().name.startswith("archive ")
    qtbot.mouseClick(dialog.go_on, Qt.MouseButton.LeftButton)
    chooser = dialog.file_dialog
    assert chooser is not None
    chooser.setDirectory(str(tmp_path))
    chooser.selectFile("table")
    chooser.accept()
    settled(session)
    assert (tmp_path / "table.xlsx").read_bytes().startswith(b"PK")
    assert told == [f"Exported 7 images to {tmp_path / 'table.xlsx'}"]


@pytest.mark.usefixtures("appearance")
def test_a_place_inside_the_archive_is_refused_in_a_sentence(
    session: Session, settled: Settled, archive_folder: Path, qtbot
) -> None:
    dialog = opened(session, settled, qtbot)
    with qtbot.waitSignal(session.failed) as failed:
        dialog.export_to(archive_folder / "out.csv")
    assert "inside the archive" in str(failed.args[0])
    assert not (archive_folder / "out.csv").exists()
