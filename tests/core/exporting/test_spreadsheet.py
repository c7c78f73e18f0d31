"""XLSX: what another program reads out of the workbook is what the archive holds."""

from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils.escape import unescape

from core import analysis
from core.archive import Archive
from core.errors import Refused
from core.exporting import export
from core.exporting.spreadsheet import MAX_ROWS, MAX_TEXT, check_rows, fit
from core.store import images
from tests.core.exporting.test_comma_separated import NAUGHTY
from tests.core.filling import add_image, sha_of


def sheets(path: Path) -> dict[str, list[dict[str, object]]]:
    workbook = openpyxl.load_workbook(path)
    found = {}
    for sheet in workbook:
        heading, *rows = sheet.iter_rows(values_only=True)
        found[sheet.title] = [dict(zip(heading, row, strict=True)) for row in rows]
    workbook.close()
    return found


def test_the_workbook_holds_images_sightings_counts_and_what_it_is(filled: Archive, tmp_path: Path) -> None:
    assert export(filled, format="xlsx", to=tmp_path / "out.xlsx") == 6
    found = sheets(tmp_path / "out.xlsx")
    assert [row["sha256"] for row in found["images"]] == [sha_of(number) for number in range(6)]
    assert [(row["sha256"], row["type"], row["manufacture"]) for row in found["sightings"]] == [
        (sha_of(0), "SA.MG.L", "HUN"), (sha_of(1), "SA.RIF.AUT", "ROU"),
    ]  # fmt: skip
    about = {row["what"]: row["value"] for row in found["about"]}
    assert about["history head"] == filled.history_head
    assert about["archive"] == filled.uuid
    table = analysis.counts(filled, by="manufacture", unit="pictures")
    assert about["rule: pictures by country of manufacture"] == table.rule
    made = {row["code"]: row["pictures"] for row in found["counts"] if row["by"] == "country of manufacture"}
    assert made == {row.code: row.count for row in table.rows}


def test_captures_and_sources_have_sheets_of_their_own(filled: Archive, tmp_path: Path) -> None:
    export(filled, format="xlsx", to=tmp_path / "out.xlsx")
    found = sheets(tmp_path / "out.xlsx")
    assert len(found["captures"]) == 7
    by_hand = found["captures"][1]
    assert (by_hand["sha256"], by_hand["path"], by_hand["source_name"]) == (sha_of(0), None, "A channel")
    assert by_hand["source_url"] == "https://example.org/1"
    (source,) = found["sources"]
    assert (source["id"], source["name"], source["reliability"]) == (by_hand["source_id"], "A channel", "C")
    first = found["images"][0]
    assert (first["source_names"], first["source_urls"]) == ("A channel", "https://example.org/1")


def test_naughty_texts_are_text_and_read_back(new: Archive, tmp_path: Path) -> None:
    with new.action("Import"):
        for number, note in enumerate(NAUGHTY):
            images.set_notes(new.db, add_image(new, number), note)
    export(new, format="xlsx", to=tmp_path / "out.xlsx")
    workbook = openpyxl.load_workbook(tmp_path / "out.xlsx")
    heading = [cell.value for cell in workbook["images"][1]]
    cells = [row[heading.index("notes")] for row in workbook["images"].iter_rows(min_row=2)]
    assert {cell.data_type for cell in cells if cell.value is not None} <= {"s", "inlineStr"}
    read = [unescape(cell.value or "") for cell in cells]
    workbook.close()
    told = [fit(note).replace("\ufffe", "_xFFFE_") for note in NAUGHTY]
    assert [text.replace("\ufffe", "_xFFFE_") for text in read] == told


def test_a_text_too_long_for_a_cell_says_that_it_was_cut(new: Archive, tmp_path: Path) -> None:
    with new.action("Import"):
        images.set_notes(new.db, add_image(new, 0), "🔫" * 20_000)
        images.set_notes(new.db, add_image(new, 1), "x" * MAX_TEXT)
    export(new, format="xlsx", to=tmp_path / "out.xlsx")
    found = sheets(tmp_path / "out.xlsx")
    cut, whole = (str(row["notes"]) for row in found["images"])
    assert cut.startswith("🔫🔫")
    assert "cut here" in cut
    assert len(cut.encode("utf-16-le")) // 2 <= MAX_TEXT
    assert whole == "x" * MAX_TEXT
    assert {row["what"]: row["value"] for row in found["about"]}["changed cells"].startswith("1 text")


def test_more_rows_than_a_sheet_has_are_refused() -> None:
    check_rows(images=MAX_ROWS - 1, sightings=MAX_ROWS - 1)
    with pytest.raises(Refused, match="1,048,576 images do not fit"):
        check_rows(images=MAX_ROWS, sightings=0)
    with pytest.raises(Refused, match="captures"):
        check_rows(images=1, captures=MAX_ROWS, sightings=1)
    with pytest.raises(Refused, match="sightings"):
        check_rows(images=1, sightings=MAX_ROWS)
