"""Tables of statements become sightings with claims and sources, and every cell can be given back from those."""

import csv
import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from core import cli, tagging
from core.archive import Archive
from core.claims import Acquisition, Origin, Transfer
from core.errors import Refused
from core.jobs import Job
from core.statements import StatementReport, import_statements, statements_of
from core.statements.words import COLUMNS
from core.store import claimed, images, sources, terms
from core.store.claimed import Claimed
from core.verifying import verify
from core.vocabularies import Term
from tests.core.blind import begin_coding

TABLE = Path(__file__).parent.parent / "data" / "statements.csv"
MODELS = (
    ("m60-machine-gun", "M60 (machine gun)", ("M60",), "LW.MG.GP"),
    ("m60-tank", "M60 (tank)", ("M60", "M60 Patton"), "VH.TNK"),
    ("m60-recoilless-gun", "M60 recoilless gun", ("M60",), "LW.RCL"),
    ("m4", "M4", (), "SA.RIF.AUT"),
    ("fal", "FAL", (), "SA.RIF.AUT"),
    ("cobra", "Otokar Cobra", (), "VH.APC"),
    ("zsu-23-4", "ZSU-23-4 (AA gun)", (), "HW.AAG"),
    ("tabuk-sniper", "Tabuk", (), "SA.RIF.SNI"),
)


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def add_models(archive: Archive) -> None:
    """Put a library that is known to the letter in the place of the shipped one."""
    with archive.action("Replace the library"):
        archive.db.conn.execute("DELETE FROM term WHERE vocabulary = 'weapon_model'")
        for place, (code, label, aliases, type_) in enumerate(MODELS):
            added = terms.add(archive.db, "weapon_model", place, Term(code, label, aliases=aliases))
            facts = (("type", type_), ("calibre", "7.62×51 mm"))
            terms.add_facts(archive.db, added, [{"fact": name, "value": value, "source": "x"} for name, value in facts])


def entered(archive: Archive, report: StatementReport) -> dict[str, Claimed]:
    """The sightings of a table by the ids of their rows."""
    held = claimed.of_images(archive.db, [report.image_id])[report.image_id]
    return {one.sighting.note.split("\n")[0]: one for one in held}


def origin(one: Claimed, role: str) -> Origin | None:
    found = [claim for claim in one.origins if claim.role == role]
    assert len(found) < 2
    return found[0] if found else None


def acquisition(one: Claimed) -> Acquisition:
    (found,) = one.acquisitions
    return found


@pytest.fixture
def report(new: Archive) -> StatementReport:
    """What was reported of the made-up table, entered into a new archive with a few models."""
    add_models(new)
    return import_statements(new, TABLE)


@pytest.fixture
def held(new: Archive, report: StatementReport) -> dict[str, Claimed]:
    return entered(new, report)


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Writes a table of one row, which differs in some cells from that of a plain statement."""
    plain = dict.fromkeys(COLUMNS, "") | {"row_id": "X1", "weapon_class": "rifle", "source_title": "A list"}

    def to(*cells: dict[str, str], name: str = "table.csv", columns: Iterable[str] = COLUMNS) -> Path:
        path = tmp_path / name
        with path.open("w", encoding="utf-8", newline="") as file:
            out = csv.DictWriter(file, list(columns), extrasaction="ignore")
            out.writeheader()
            out.writerows(plain | one for one in cells)
        return path

    return to


def test_every_cell_can_be_given_back_from_the_archive_alone(new: Archive, report: StatementReport) -> None:
    given = statements_of(new, report.image_id)
    expected = rows_of(TABLE)
    assert [row["row_id"] for row in given] == [row["row_id"] for row in expected]
    for row, cells in zip(given, expected, strict=True):
        for column in COLUMNS:
            assert row[column] == cells[column], f"{row['row_id']}, {column}"


def test_what_a_note_of_the_users_own_adds_is_no_cell(new: Archive, report: StatementReport) -> None:
    one = entered(new, report)["S01"].sighting
    tagging.set_note(new, one.id, f"{one.note}\nholder: somebody’s remark comes later\nand more")
    (row, *_) = statements_of(new, report.image_id)
    assert row == rows_of(TABLE)[0] | {"holder": "somebody’s remark comes later"}


def test_the_report_counts_what_was_entered(new: Archive, report: StatementReport, held: dict[str, Claimed]) -> None:
    assert (report.rows, report.sightings, report.known) == (36, 36, 0)
    assert report.with_model == sum(bool(one.identifications[0].model) for one in held.values()) == 9
    assert report.design == sum(origin(one, "design") is not None for one in held.values())
    assert report.manufacture == sum(origin(one, "manufacture") is not None for one in held.values())
    assert report.acquisitions == sum(len(one.acquisitions) for one in held.values()) == 34
    assert report.routes == sum(bool(acquisition(one).route) for one in held.values() if one.acquisitions) == 25
    assert report.exporters == 2
    assert report.sources == len(sources.every(new.db)) == 5
    assert report.holders == len(new.vocabulary("holder")) == 7
    assert report.own_routes == 2
    assert verify(new, Job()).clean


def test_a_table_is_one_step_that_can_be_taken_back_and_done_again(new: Archive) -> None:
    import_statements(new, TABLE)
    assert new.undo() == "Enter statements from “statements.csv”"
    assert images.count(new.db) == 0
    assert not sources.every(new.db)
    assert not len(new.vocabulary("holder"))
    assert new.redo() is not None
    (image_id,) = [images.id_of(new.db, sha256) for sha256, _ in images.each_original(new.db)]
    assert image_id is not None
    assert len(statements_of(new, image_id)) == 36
    assert verify(new, Job()).clean


def test_entering_a_table_again_adds_nothing(new: Archive) -> None:
    before = import_statements(new, TABLE)
    generation = new.generation
    again = import_statements(new, TABLE)
    assert (again.image_id, again.sightings, again.known) == (before.image_id, 0, 36)
    assert new.generation == generation


def test_entering_a_table_again_adds_the_rows_that_are_missing(new: Archive) -> None:
    report = import_statements(new, TABLE)
    tagging.remove(new, [entered(new, report)["S07"].sighting.id])
    again = import_statements(new, TABLE)
    assert (again.sightings, again.known, again.sources, again.holders) == (1, 35, 0, 0)
    assert "S07" in entered(new, again)


def test_a_row_whose_note_was_written_over_is_known_and_given_back(new: Archive) -> None:
    report = import_statements(new, TABLE)
    for row_id, note in (("S01", ""), ("S02", "a remark"), ("S03", "S99\nweapon_class: rifle")):
        tagging.set_note(new, entered(new, report)[row_id].sighting.id, note)
    new.undo()
    new.redo()
    again = import_statements(new, TABLE)
    assert (again.sightings, again.known) == (0, 36)
    assert statements_of(new, report.image_id) == rows_of(TABLE)


def test_a_changed_file_is_another_image(new: Archive, write: Callable[..., Path]) -> None:
    first = import_statements(new, write({"count_stated": "7"}))
    second = import_statements(new, write({"count_stated": "8"}))
    assert first.image_id != second.image_id
    assert (second.sightings, second.sources) == (1, 0)


def test_homonyms_stay_apart_by_the_class_said(held: dict[str, Claimed]) -> None:
    found = {row_id: held[row_id].identifications[0] for row_id in ("S06", "S07", "S08", "S09")}
    assert {row_id: one.model for row_id, one in found.items()} == {
        "S06": "m60-machine-gun", "S07": "m60-tank", "S08": "m60-recoilless-gun", "S09": "m60-machine-gun",
    }  # fmt: skip
    assert [one.level for one in found.values()] == ["model"] * 4
    assert found["S09"].type == "LW.MG"
    assert {one.as_written for one in found.values()} == {"M60"}


def test_a_model_is_taken_only_where_the_class_agrees_and_named_with_no_more_than_was_said(
    report: StatementReport, held: dict[str, Claimed]
) -> None:
    assert {row_id: held[row_id].identifications[0].model for row_id in ("S05", "S11", "S18", "S34")} == {
        "S05": "m4", "S11": "", "S18": "cobra", "S34": "zsu-23-4",
    }  # fmt: skip
    assert report.unnamed == ("S11: “Tabuk” is the name of Tabuk, but not of a weapon of the type said",)
    assert [held[row_id].identifications[0].calibre for row_id in ("S05", "S08")] == ["", "82 mm"]
    assert held["S10"].identifications[0].level == "type"
    assert held["S14"].identifications[0].level == "none"


def test_a_model_with_two_homonyms_of_one_type_is_not_taken(new: Archive, write: Callable[..., Path]) -> None:
    add_models(new)
    report = import_statements(new, write({"weapon_model": "M60", "weapon_class": "vehicle"}))
    assert report.with_model == 1
    with new.action("Add a model"):
        added = terms.add(new.db, "weapon_model", 99, Term("m60-truck", "M60 (truck)"))
        terms.add_facts(new.db, added, [{"fact": "type", "value": "VH.TRK", "source": "x"}])
    other = write({"weapon_model": "M60", "weapon_class": "vehicle"}, name="b.csv", columns=reversed(COLUMNS))
    report = import_statements(new, other)
    assert (report.with_model, report.unnamed) == (0, ("X1: “M60” can be M60 (tank), M60 (truck)",))


def test_memory_is_common_knowledge_from_no_source_and_source_is_the_rows(
    new: Archive, held: dict[str, Claimed]
) -> None:
    design, made = origin(held["S01"], "design"), origin(held["S01"], "manufacture")
    assert design is not None
    assert made is not None
    assert (design.bases, design.source_id, design.certainty) == (("common_knowledge",), None, "unknown")
    assert (made.bases, made.countries) == (("source_claim",), ("RUS",))
    source = next(one for one in sources.every(new.db) if one.id == made.source_id)
    assert (source.title, source.url) == (rows_of(TABLE)[0]["source_title"], rows_of(TABLE)[0]["source_url"])
    assert held["S02"].identifications[0].source_id == held["S01"].identifications[0].source_id == made.source_id
    by_memory = acquisition(held["S11"])
    assert (by_memory.bases, by_memory.source_id, by_memory.scope) == (("common_knowledge",), None, "this_model")


def test_two_countries_are_one_joint_claim(held: dict[str, Claimed]) -> None:
    both = [origin(held["S15"], role) for role in ("design", "manufacture")]
    assert [one and one.countries for one in both] == [("FRA", "DEU"), ("FRA", "DEU")]


def test_a_bracket_after_the_country_is_a_maker_or_years_where_it_is_one(held: dict[str, Claimed]) -> None:
    made = {row_id: origin(held[row_id], "manufacture") for row_id in ("S03", "S08", "S16", "S25", "S29", "S36")}
    assert {row_id: (one.maker, one.years) for row_id, one in made.items() if one} == {
        "S03": ("FN Herstal", ""), "S08": ("", "198X"), "S16": ("MBDA", ""), "S25": ("FEG", ""), "S29": ("", ""),
        "S36": ("", ""),
    }  # fmt: skip
    assert "country_of_manufacture: Croatia (RBG-6)" in held["S29"].sighting.note
    assert all(not claim.maker for one in held.values() for claim in one.origins if claim.role == "design")


def test_possibly_and_probably_are_certainties(held: dict[str, Claimed]) -> None:
    made = [origin(held[row_id], "manufacture") for row_id in ("S30", "S33")]
    assert [(one.countries, one.certainty) for one in made if one] == [(("CHN",), "probable"), (("DEU",), "possible")]
    routes = [acquisition(held[row_id]) for row_id in ("S15", "S25", "S28", "S33", "S01")]
    assert [one.certainty for one in routes] == ["possible", "possible", "probable", "possible", "unknown"]


def test_an_exporter_is_no_maker(held: dict[str, Claimed]) -> None:
    for row_id, country in (("S12", "Bosnia and Herzegovina"), ("S13", "Serbia")):
        assert not held[row_id].origins
        said = acquisition(held[row_id])
        assert (said.transfers[0].from_party, said.transfers[0].mode) == (country, "export")
        assert f"{country} is named as exporter, not as maker." in said.note
    assert acquisition(held["S12"]).transfers == (
        Transfer("Bosnia and Herzegovina", "United Kingdom", "export", "2005-03/2006-12"),
        Transfer("United Kingdom", "Iraq", "re-export", "2005-03/2006-12"),
    )


def test_rows_of_one_model_with_different_routes_stay_apart(held: dict[str, Claimed]) -> None:
    first, second = acquisition(held["S03"]), acquisition(held["S04"])
    assert (first.route, second.route) == ("unknown", "captured_from_state_forces")
    assert (first.scope, second.scope) == ("this_sighting", "report_wide")
    assert first.source_id != second.source_id
    assert first.transfers == (Transfer("Belgium", "Qatar", "original transfer", "1979"),)


def test_counts_are_numbers_where_they_are_and_words_where_not(held: dict[str, Claimed]) -> None:
    counted = {row_id: (one.sighting.quantity, one.sighting.quantity_basis) for row_id, one in held.items()}
    assert {row_id: one for row_id, one in counted.items() if one != (None, "")} == {
        "S07": (12, "at_least"), "S14": (20000, "estimate"), "S17": (100, "at_least"), "S18": (4, "exact"),
        "S25": (112, "exact"), "S26": (1492, "exact"), "S27": (10, "estimate"), "S30": (1, "exact"),
        "S31": (2, "exact"), "S34": (20, "exact"),
    }  # fmt: skip
    for row_id, words in (("S22", "9252 in the original sale"), ("S28", "several"), ("S32", "0"), ("S27", "10-12")):
        assert f"count_stated: {words}" in held[row_id].sighting.note


def test_a_source_is_of_a_type_only_where_that_is_certain(new: Archive, report: StatementReport) -> None:
    assert report.sources == 5
    assert [one.type for one in sources.every(new.db)] == ["website", "news_agency", "website", "official", "other"]


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"weapon_class": "ray gun"}, "the weapon class “ray gun” is not known"),
        ({"weapon_class": ""}, "it names no weapon class"),
        ({"country_of_design": "Ruritania"}, "There is no country called “Ruritania”"),
        ({"country_of_manufacture": "Hungary; Korea"}, "“Korea” can mean North Korea"),
        ({"design_basis": "hearsay"}, "“hearsay” is no design basis that is known"),
        ({"design_basis": "source (as exporter, not as maker)"}, "is no design basis that is known"),
        ({"manufacture_basis": "source (not as maker)"}, "is no manufacture basis that is known"),
        ({"route_basis": "source (so they say)"}, "is no route basis that is known"),
        ({"acquisition_route": "fell from the sky"}, "“fell from the sky” is no route of acquisition that is known"),
        ({"acquisition_route": "diverted: Romania to  to Iraq"}, "names a step without a party"),
        ({"row_id": ""}, "it has no row_id"),
        ({"row_id": "X0"}, "the row_id “X0” is that of row 2 already"),
        ({"holder": "(\u202e)"}, "holds a control character"),
    ],
)
def test_what_has_no_meaning_is_refused_with_its_row_and_nothing_is_entered(
    new: Archive, write: Callable[..., Path], cells: dict[str, str], reason: str
) -> None:
    before = new.generation
    with pytest.raises(Refused) as refused:
        import_statements(new, write({"row_id": "X0"}, cells))
    assert "row 3: " in str(refused.value)
    assert reason in str(refused.value)
    assert new.generation == before
    assert images.count(new.db) == 0
    assert not list(new.originals.incoming.iterdir())


def test_all_that_is_wrong_is_told_at_once(new: Archive, write: Callable[..., Path]) -> None:
    wrong = {"weapon_class": "ray gun", "country_of_design": "Ruritania", "acquisition_route": "found"}
    with pytest.raises(Refused) as refused:
        import_statements(new, write(wrong, {"row_id": "X2", "weapon_class": "wand"}))
    assert [text in str(refused.value) for text in ("ray gun", "Ruritania", "found", "row 3: the weapon class “wand”")]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"row_id,weapon_model\r\nX1,M60\r\n", "the heading lacks"),
        (TABLE.read_bytes().replace(b"holder", b"owner", 1), "there is no column “owner”"),
        (TABLE.read_bytes().replace("“".encode(), b"\x93") + b"\xff", "bytes that are no text in UTF-8"),
        (TABLE.read_bytes().split(b"\r\n")[0], "holds no statement"),
        (b"", "the heading lacks"),
    ],
)
def test_a_file_that_is_no_such_table_is_refused(new: Archive, tmp_path: Path, data: bytes, reason: str) -> None:
    (tmp_path / "table.csv").write_bytes(data)
    with pytest.raises(Refused, match=reason):
        import_statements(new, tmp_path / "table.csv")
    assert images.count(new.db) == 0


def test_a_retired_or_missing_value_of_the_archive_is_refused(new: Archive, write: Callable[..., Path]) -> None:
    with new.action("Retire"):
        country = new.countries.get("HUN")
        terms.change(new.db, "country", Term("HUN", country.label, source=country.source, retired=True))
        terms.remove(new.db, "route", "smuggled")
    cells = {"country_of_design": "Hungary", "acquisition_route": "smuggled into Syria", "holder": "A"}
    with pytest.raises(Refused, match=r"“Hungary” is retired.*no route of acquisition with the code “smuggled”"):
        import_statements(new, write(cells))


def test_rows_of_a_table_that_is_being_coded_blind_are_not_added(new: Archive) -> None:
    report = import_statements(new, TABLE)
    tagging.remove(new, [entered(new, report)["S07"].sighting.id])
    begin_coding(new, [report.image_id], "Grace", "Mary")
    with pytest.raises(Refused, match="coded blind"):
        import_statements(new, TABLE)


def run(capsys: pytest.CaptureFixture[str], *args: object) -> tuple[int, str, str]:
    capsys.readouterr()
    code = cli.main([str(arg) for arg in args])
    return code, *capsys.readouterr()


def test_the_command_tells_what_was_entered(new_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "statements", new_folder, TABLE)
    assert code == 0
    assert "Entered 36 of 36 rows as sightings; 0 were known." in out
    assert "of design for 25 rows, of manufacture for 22." in out
    assert "Acquisitions: 34, of them 25 with a route." in out
    assert "exporter, not as maker: 2" in out
    code, out, _ = run(capsys, "statements", new_folder, TABLE)
    assert (code, out) == (0, "Entered 0 of 36 rows as sightings; 36 were known.\n")
    code, out, _ = run(capsys, "statements", new_folder, TABLE, "--json")
    told: dict[str, Any] = json.loads(out)
    assert (told["rows"], told["known"]) == (36, 36)


def test_the_command_refuses_what_is_no_such_table(new_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "statements", new_folder, Path(__file__))
    assert (code, out) == (2, "")
    assert "Nothing was taken from test_statements.py" in err
