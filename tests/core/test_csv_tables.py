"""Tables that users make: what is read, in which encodings, and how rows and reasons are told."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import csv_tables
from core.csv_tables import Table, parse
from core.errors import Refused, StorageFault
from core.exporting import safe_cell

COLUMNS = ("code", "label", "note")
PLAIN = "code,label,note\nis,IS,\nisil,ISIL,the same\n"


def read(data: bytes | str) -> Table:
    raw = data.encode() if isinstance(data, str) else data
    return parse(raw, "holders.csv", required=("code", "label"), known=COLUMNS.__contains__)


def refusal(data: bytes | str) -> str:
    with pytest.raises(Refused) as refused:
        read(data)
    return str(refused.value)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_a_table_is_read_as_spreadsheets_write_it(encoding: str, delimiter: str, ending: str) -> None:
    text = PLAIN.replace("ISIL", "الدولة").replace(",", delimiter).replace("\n", ending)
    table = read(text.encode(encoding))
    assert table.columns == COLUMNS
    assert [(row.number, row["code"], row["label"], row["note"]) for row in table.rows] == [
        (2, "is", "IS", ""),
        (3, "isil", "الدولة", "the same"),
    ]


def test_big_endian_utf_16_with_its_mark_is_read() -> None:
    assert read(b"\xfe\xff" + PLAIN.encode("utf-16-be")) == read(PLAIN)


@pytest.mark.parametrize(
    ("data", "row", "said"),
    [
        (PLAIN.encode() + "x,é,\n".encode("latin-1"), 4, "no text in UTF-8; save the table as “CSV UTF-8”"),
        ("é,label\n".encode("latin-1"), 1, "no text in UTF-8"),
        (b"\xff\xfe" + PLAIN.encode("utf-16-le") + b"x", 4, "no text in UTF-16"),
        (PLAIN.encode("utf-16-le"), 1, "holds a NUL"),
        ("code,label\nis,I\0S\n", 2, "holds a NUL"),
        ("code,label\n\nis,I\aS\n", 3, "control character"),
        ('code,label\nis,"I\nS"\nx,=1+1\n', 3, "the cell under “label” begins like a formula"),
        ("code,label\nis,<b>IS</b>\n", 2, "holds markup"),
        ("code,label\nis,IS,more\n", 2, "“more” stands under no heading"),
        ("code,label,colour\n", 1, "there is no column “colour”"),
        ("code,label,code\n", 1, "“code” is there twice"),
        ("code\nis\n", 1, "the heading lacks “label”"),
        ("", 1, "the heading lacks “code”, “label”"),
        ('code,label\nis,"IS\n', 2, "cannot be read as a row"),
        ('code,label\nis,"IS"x\n', 2, "cannot be read as a row"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_row(data: bytes | str, row: int, said: str) -> None:
    told = refusal(data)
    assert told.startswith("Nothing was taken from holders.csv")
    assert f"row {row}: " in told
    assert said in told


def test_all_problems_are_told_at_once_up_to_twenty() -> None:
    told = refusal("code,label\n" + "\n".join(f"c{number},=x" for number in range(25)))
    assert told.count("begins like a formula") == 20
    assert "row 2: " in told
    assert "row 21: " in told
    assert told.endswith("; and 5 more.")
    assert len(told.splitlines()) == 1


def test_a_table_has_at_most_50_000_rows() -> None:
    most = "code,label\n" + "x,y\n" * 49_999
    assert len(read(most).rows) == 49_999
    assert "row 50001: a table has at most 50,000 rows" in refusal(most + "x,y\n")


def test_a_table_of_another_width_or_size_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "UTF-32" in refusal(PLAIN.encode("utf-32"))
    monkeypatch.setattr(csv_tables, "MOST_BYTES", 1024)
    assert "larger than" in refusal(b"code,label\n" + b"x" * 2000)


def test_empty_rows_and_columns_without_text_are_passed_over() -> None:
    table = read("code,label,\n\n , ,\nis,IS,\n")
    assert table.columns == ("code", "label")
    assert [row.number for row in table.rows] == [4]


def test_the_apostrophe_of_an_export_is_undone_and_no_other() -> None:
    table = read("code,label\na,'-90\nb,''Ndrangheta\nc,'Ndrangheta\n")
    assert [row["label"] for row in table.rows] == ["-90", "'Ndrangheta", "'Ndrangheta"]


def test_a_file_is_read_or_refused(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(PLAIN, "utf-8")
    table = csv_tables.read(tmp_path / "a.csv", required=(), known=COLUMNS.__contains__)
    assert len(table.rows) == 2
    with pytest.raises(StorageFault, match="cannot be read"):
        csv_tables.read(tmp_path, required=(), known=COLUMNS.__contains__)


def outcome(data: bytes) -> Table | str:
    """The table, or why it was refused."""
    try:
        return read(data)
    except Refused as refused:
        return str(refused)


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused_in_a_sentence(data: bytes) -> None:
    found = outcome(b"code,label,note\n" + data)
    if isinstance(found, str):
        assert found.startswith("Nothing was taken")
        assert len(found) < 10_000
    else:
        assert all("\0" not in text for row in found.rows for text in row.cells.values())


@given(st.text(max_size=300), st.sampled_from(["utf-8", "utf-16"]))
def test_any_text_is_read_or_refused_in_a_sentence(text: str, encoding: str) -> None:
    found = outcome(text.encode(encoding, "surrogatepass"))
    assert isinstance(found, Table) or found.startswith("Nothing was taken")


CLEAN = st.text(st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="<"), min_size=1, max_size=30).filter(
    lambda text: text == text.strip() and not text.startswith(("=", "+", "@", "＝", "＋", "＠"))
)


@given(st.lists(st.tuples(CLEAN, CLEAN, CLEAN), max_size=8), st.sampled_from([",", ";", "\t"]))
def test_what_an_export_writes_is_read_back(rows: list[tuple[str, str, str]], delimiter: str) -> None:
    file = io.StringIO(newline="")
    out = csv.writer(file, delimiter=delimiter)
    out.writerow(COLUMNS)
    out.writerows([[safe_cell(cell) for cell in row] for row in rows])
    table = read(file.getvalue())
    assert [tuple(row[column] for column in COLUMNS) for row in table.rows] == rows


def test_reasons_are_kept_up_to_a_number_each_once() -> None:
    problems = csv_tables.Problems("holders.csv")
    for _ in range(2):
        problems.add(7, "the name is empty")
    with pytest.raises(Refused, match=r"of it can be: row 7: the name is empty\.$"):
        problems.check()
    for number in range(200_000):
        problems.add(number + 8, "the name is empty")
    with pytest.raises(Refused, match="row 26: the name is empty; and at least 9,980 more"):
        problems.check()
