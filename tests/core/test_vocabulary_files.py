"""Vocabularies as tables: the round trip, adding, replacing, and what is refused with its row."""

from dataclasses import replace
from pathlib import Path

import pytest

from core import vocabulary_editing as editing
from core import vocabulary_files
from core.archive import Archive
from core.errors import Cancelled, Refused
from core.jobs import Job
from core.store import descriptions
from core.vocabularies import Term
from core.vocabulary_files import TermsReport, export_terms, import_terms
from core.vocabulary_kinds import KINDS
from tests.core.filling import add_image, dump

NAMES = tuple(name for name in KINDS if name != "weapon_model")


@pytest.fixture
def table(tmp_path: Path) -> Path:
    return tmp_path / "table.csv"


@pytest.fixture
def held(new: Archive) -> Archive:
    """An archive with holders: one is said of an image, and one stands under it."""
    for code, label, parent in (("is", "IS", None), ("raqqa", "IS Raqqa", "is"), ("kdp", "KDP", None)):
        editing.add(new, "holder", Term(code, label, parent, ("Daesh",) if code == "is" else ()))
    with new.action("Import"):
        image = add_image(new, 1)
        descriptions.change(new.db, [image], {"holder": "raqqa"})
    return new


def codes(archive: Archive, vocabulary: str = "holder") -> list[str]:
    return [term.code for term in archive.vocabulary(vocabulary)]


@pytest.mark.parametrize("name", NAMES)
def test_a_vocabulary_comes_back_as_it_was(held: Archive, table: Path, name: str) -> None:
    before, generation = list(held.vocabulary(name)), held.generation
    assert export_terms(held, name, table) == len(before)
    assert import_terms(held, name, table, replacing=True) == TermsReport()
    assert held.generation == generation
    assert list(held.vocabulary(name)) == before


def test_an_edited_vocabulary_goes_whole_into_another_archive(held: Archive, table: Path, tmp_path: Path) -> None:
    odd = Term("odd", "-90 “a”; b", "is", ("'quoted'", "الدولة", "a,b"), {"ar": "داعش"}, {"COW id": "'12", "note": "x"})
    editing.add(held, "holder", replace(odd, source="me"))
    editing.retire(held, "holder", "kdp")
    editing.move(held, "holder", "kdp", editing.UP)
    export_terms(held, "holder", table)
    with Archive.create(tmp_path / "other") as other:
        told: list[str] = []
        report = import_terms(other, "holder", table, job=Job(lambda progress: told.append(progress.text)))
        assert report == TermsReport(added=4)
        assert list(other.vocabulary("holder")) == list(held.vocabulary("holder"))
        assert other.undo_label == "Import holders: 4 added"
        assert "Importing terms" in told
        other.undo()
        assert codes(other) == []


def test_rows_add_and_change_and_leave_what_they_do_not_name(held: Archive, table: Path) -> None:
    table.write_text("code;label;label:fr\nis;Islamic State;EI\nnew;New;\n", "utf-8-sig")
    assert import_terms(held, "holder", table) == TermsReport(added=1, changed=1)
    term = held.vocabulary("holder").get("is")
    assert (term.label, dict(term.names), term.aliases) == ("Islamic State", {"fr": "EI"}, ("Daesh",))
    assert held.vocabulary("holder").get("raqqa").parent == "is"
    assert codes(held) == ["is", "raqqa", "new", "kdp"]
    assert held.undo() == "Import holders: 1 added, 1 changed"
    assert codes(held) == ["is", "raqqa", "kdp"]


def test_an_empty_cell_says_that_there_is_nothing(held: Archive, table: Path) -> None:
    table.write_text("code,label,aliases,parent,retired\nraqqa,IS Raqqa,,,yes\nis,IS,,,no\n")
    import_terms(held, "holder", table)
    assert held.vocabulary("holder").get("raqqa") == Term("raqqa", "IS Raqqa", retired=True)
    assert held.vocabulary("holder").get("is").aliases == ()


def test_replacing_removes_what_is_unused_and_retires_the_rest(held: Archive, table: Path) -> None:
    before = dump(held)
    table.write_text("code,label\nnew,New\n")
    report = import_terms(held, "holder", table, replacing=True)
    assert report == TermsReport(added=1, removed=1, retired=2)
    assert report.words == "1 added, 1 removed, 2 retired"
    assert {term.code: term.retired for term in held.vocabulary("holder")} == {"is": True, "raqqa": True, "new": False}
    held.undo()
    assert dump(held) == before


def test_a_country_that_another_names_is_retired_and_not_removed(held: Archive, table: Path) -> None:
    kept = [term for term in held.countries if term.code in ("SUHH", "HUN")]
    table.write_text("code,label\n" + "".join(f"{term.code},{term.label}\n" for term in kept))
    import_terms(held, "country", table, replacing=True)
    assert held.countries.get("RUS").retired
    assert "AND" not in held.countries
    assert held.countries.get("FRA").retired, "models of the library are from there"


def test_the_rows_give_the_order(held: Archive, table: Path) -> None:
    table.write_text("code,label\nkdp,KDP\nis,IS\n")
    assert import_terms(held, "holder", table) == TermsReport()
    assert codes(held) == ["kdp", "is", "raqqa"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("code,label\nx,X\nx,Y\n", "row 3: the code x is that of row 2"),
        ("code,label,parent\nx,X,y\ny,Y,x\n", "row 2: x stands under itself; row 3: y stands under itself"),
        ("code,label,parent\nis,IS,raqqa\n", "row 2: is stands under itself"),
        ("code,label,parent\nx,X,nowhere\n", "row 2: the parent nowhere is no code in the list"),
        ("code,label\nx,i s\n", "row 2: “i s” is what is is called too"),
        ("code,label\nx,X\n\ny,x\n", "row 2: “X” is what y is called too; row 4: “x” is what x is called too"),
        ("code,label\na b,X\n", "row 2: The code “a b” is no code"),
        ("code,label\nx,\n", "row 2: The name is empty"),
        ("code,label,retired\nx,X,perhaps\n", "row 2: “perhaps” under “retired” is neither yes nor no"),
        ("code,label,label:French\nx,X,Y\n", "there is no column “label:French”"),
        ("code,label,code:kind\nx,X,Y\n", "there is no column “code:kind”"),
    ],
)
def test_a_row_that_cannot_be_is_refused_and_nothing_is_taken(held: Archive, table: Path, text: str, said: str) -> None:
    before = dump(held)
    table.write_text(text)
    with pytest.raises(Refused) as refused:
        import_terms(held, "holder", table)
    assert said in str(refused.value)
    assert dump(held) == before


def test_a_tree_of_more_than_50_levels_is_refused(held: Archive, table: Path) -> None:
    rows = [f"c{number},C{number},{f'c{number - 1}' if number else ''}\n" for number in range(1_500)]
    table.write_text("code,label,parent\n" + "".join(rows))
    with pytest.raises(Refused, match="row 52: c50 stands more than 50 levels deep"):
        import_terms(held, "holder", table)
    table.write_text("code,label,parent\n" + "".join(rows[:50]))
    assert import_terms(held, "holder", table) == TermsReport(added=50)
    with pytest.raises(Refused, match="because the list would be more than 50 levels deep"):
        editing.add(held, "holder", Term("deep", "Deep", "c49"))
    with pytest.raises(Refused, match="because the list would be more than 50 levels deep"):
        editing.put_under(held, "holder", "is", "c48")
    editing.put_under(held, "holder", "kdp", "c48")


def test_a_list_that_the_program_rests_on_takes_names_only(held: Archive, table: Path) -> None:
    table.write_text("code,label\nnew,fresh\n")
    assert import_terms(held, "status", table, replacing=True) == TermsReport(changed=1)
    assert codes(held, "status")[0] == "new"
    for text in ("code,label\nlost,Lost\n", "code,label,retired\nnew,fresh,yes\n"):
        table.write_text(text)
        with pytest.raises(Refused, match="row 2: the program rests on this list"):
            import_terms(held, "status", table)


def test_an_import_that_is_cancelled_changes_nothing(held: Archive, table: Path) -> None:
    before = dump(held)
    table.write_text("code,label\nx,X\n")
    job = Job()
    job.cancel()
    with pytest.raises(Cancelled):
        import_terms(held, "holder", table, job=job)
    assert dump(held) == before


def test_models_are_no_plain_list(held: Archive, table: Path) -> None:
    with pytest.raises(Refused, match="facts"):
        import_terms(held, "weapon_model", table)


def test_no_cell_of_an_export_is_run_by_a_spreadsheet(held: Archive, table: Path) -> None:
    editing.add(held, "holder", Term("minus", "-2+3"))
    export_terms(held, "holder", table)
    assert ",'-2+3," in table.read_text("utf-8")
    assert vocabulary_files.import_terms(held, "holder", table) == TermsReport()
