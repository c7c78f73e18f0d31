"""CSV: nothing is run by a spreadsheet, and everything reads back exactly."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.archive import Archive
from core.exporting import export, read_cell, safe_cell
from core.records import Place
from core.store import images
from core.terminal import csv_lines
from tests.core.filling import add_image, sha_of

NAUGHTY = [
    "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "'", "''=1", "'=1", "=cmd|' /C calc'!A0", "＝1+1",
    'he said "no"', "a,b;c", "line\nbreak", "\r", "null\x00byte", "بندقية كلاشنكوف", "\u202egpj.exe", "\ufeff", " ", "",
    "<r>x</r>", "_x0041_", "\ufffe", "🔫" * 3, "\x1b[31m", "' OR 1=1 --", "NULL", "\\xff", "﷽", "a\u200cb",
]  # fmt: skip


def table(path: Path, encoding: str = "utf-8") -> list[dict[str, str]]:
    with path.open(encoding=encoding, newline="") as file:
        return [{key: read_cell(cell) for key, cell in row.items()} for row in csv.DictReader(file)]


@given(st.text(st.characters(exclude_categories=["Cs"])) | st.sampled_from(NAUGHTY))
def test_a_cell_reads_back_exactly_and_is_no_formula(text: str) -> None:
    (line,) = csv_lines([text, "end"], [])
    ((cell, _),) = csv.reader(io.StringIO(line, newline=""))
    assert read_cell(cell) == text
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


@given(st.integers() | st.none() | st.floats(allow_nan=False))
def test_a_number_stays_a_number(value: float | None) -> None:
    assert safe_cell(value) is value


@pytest.mark.parametrize("bom", [False, True])
def test_a_byte_order_mark_is_an_option(filled: Archive, tmp_path: Path, bom: bool) -> None:
    export(filled, format="csv", to=tmp_path / "out.csv", bom=bom)
    assert (tmp_path / "out.csv").read_bytes().startswith(b"\xef\xbb\xbf") is bom
    assert len(table(tmp_path / "out.csv", "utf-8-sig")) == 6


def test_naughty_names_and_notes_read_back(new: Archive, tmp_path: Path) -> None:
    names = [text.replace("/", "_") for text in NAUGHTY if "\x00" not in text]
    with new.action("Import"):
        for number, note in enumerate(NAUGHTY):
            image_id = add_image(new, number)
            images.set_notes(new.db, image_id, note)
        for number, name in enumerate(names):
            place = Place.from_bytes(f"/field/{name}".encode())
            images.add_capture(new.db, image_id, place, f"{number}")
        images.add_capture(new.db, image_id, Place.from_bytes(b"/field/\xff\xfe.jpg"), "")
    export(new, format="csv", to=tmp_path / "out.csv")
    rows = table(tmp_path / "out.csv")
    assert [row["notes"] for row in rows] == NAUGHTY
    assert all(name in rows[-1]["names"] for name in names)
    assert r"\xff\xfe.jpg" in rows[-1]["names"]


def test_a_line_for_each_sighting_and_one_for_an_image_without(filled: Archive, tmp_path: Path) -> None:
    export(filled, format="csv", to=tmp_path / "out.csv")
    rows = table(tmp_path / "out.csv")
    assert [row["sha256"] for row in rows] == [sha_of(number) for number in range(6)]
    assert [(row["type"], row["manufacture"]) for row in rows[:3]] == [
        ("SA.MG.L", "HUN"), ("SA.RIF.AUT", "ROU"), ("", ""),
    ]  # fmt: skip
    assert rows[0]["design_label"] == filled.countries.label("SUHH")
    assert rows[0]["identification_certainty"] == "doubtful"


def test_what_was_seen_on_a_copy_stands_in_the_shown_columns(filled: Archive, tmp_path: Path) -> None:
    export(filled, format="csv", to=tmp_path / "out.csv")
    first, second, third = table(tmp_path / "out.csv")[:3]
    assert first["shown_types"] == "SA.MG.L | SA.RIF.AUT"
    assert second["shown_manufactures"] == "ROU | HUN"
    assert third["shown_types"] == ""
    assert first["group"] == second["group"] == min(sha_of(0), sha_of(1))
    assert (first["representative"], second["representative"]) == ("no", "yes")
