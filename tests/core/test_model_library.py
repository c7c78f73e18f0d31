"""The library of models on an archive: what it says, whose it is, and how it comes and goes as a table."""

from dataclasses import replace
from pathlib import Path

import pytest

from core import model_library as library
from core import search, shipped, tagging
from core import vocabulary_editing as editing
from core.archive import Archive
from core.errors import Cancelled, ReadOnly, Refused
from core.jobs import Job
from core.model_facts import Fact, model
from core.records import ImageId
from core.store import models as stored
from core.vocabulary_files import TermsReport
from core.weapon_models import PossibleCalibre, possible_calibres
from tests.core.filling import add_image, dump

HEADING = "code,fact,value,language,production,maker,years,source\n"
MINE = (Fact("label", "Zulu-1"), Fact("type", "SA.RIF.AUT", source="me"), Fact("design", "HUN", source="me"))


@pytest.fixture
def table(tmp_path: Path) -> Path:
    return tmp_path / "models.csv"


def ship(monkeypatch: pytest.MonkeyPatch, changed: dict[str, list[Fact]]) -> None:
    """A later library: models with these facts, all others as they are."""
    later = {**shipped.models(), **{code: model(code, facts) for code, facts in changed.items()}}
    monkeypatch.setattr(shipped, "models", lambda: later)
    monkeypatch.setattr(shipped, "models_version", lambda: "later")


def test_a_new_archive_has_the_shipped_library(new: Archive) -> None:
    assert stored.load(new.db) == shipped.models()
    state = library.library_state(new)
    assert (state.models, state.version, state.own) == (len(shipped.models()), shipped.models_version(), 0)
    assert not state.newer
    term = new.weapon_models.get("ak-63")
    assert (term.attributes["type"], term.attributes["level"]) == ("SA.RIF.AUT", "model")
    assert (term.attributes["design"], term.attributes["manufacture"]) == ("SUHH", "HUN")


def test_models_are_found_by_any_of_their_names(new: Archive) -> None:
    assert library.models(new, "АК-63")[0].code == "ak-63"
    assert library.models(new, "hmmwv")[0].code == "humvee"
    assert len(library.models(new)) == len(shipped.models())
    assert library.models(new, "no such thing") == []


def test_every_fact_comes_with_its_source(new: Archive) -> None:
    facts = library.facts_of(new, "ak-63")
    assert facts == shipped.models()["ak-63"].facts
    assert all(fact.source for fact in facts)
    with pytest.raises(Refused, match="no weapon model with the code"):
        library.facts_of(new, "nothing")


def test_a_model_is_added_used_and_taken_back(new: Archive) -> None:
    made = library.add_model(new, "zulu-1", [*MINE, Fact("name", "Зулу", "ru", source="me")])
    assert new.undo_label == "Add weapon model “Zulu-1”"
    assert library.facts_of(new, "zulu-1") == made.facts
    with new.action("Import"):
        add_image(new, 1)
    tagging.tag(new, [ImageId(1)], tagging.Tag(model="zulu-1"))
    assert search.count(new, search.parse(new, "зулу")) == 1
    assert library.library_state(new).own == 1
    with pytest.raises(Refused, match="code zulu-1 already"):
        library.add_model(new, "zulu-1", MINE)
    with pytest.raises(Refused, match=r"^This cannot be said .* “AKM” is the label of akm too\.$"):
        library.add_model(new, "akm-2", [Fact("label", "AKM"), Fact("type", "VH.TNK")])
    new.undo()
    new.undo()
    new.undo()
    assert "zulu-1" not in new.weapon_models


def test_a_fact_is_added_changed_and_removed_one_step_each(new: Archive) -> None:
    before = dump(new)
    made = Fact(
        "manufacture", "IRQ", production="unlicensed_copy", maker="A", years="1980/..", source="https://x.org/1"
    )
    library.put_fact(new, "ak-63", made)
    assert new.undo_label == "Say the manufacture of weapon model “AK-63”"
    assert made in library.facts_of(new, "ak-63")
    assert "manufacture:IRQ" in new.weapon_models.get("ak-63").attributes["checked"]
    later = replace(made, years="1981/..")
    library.put_fact(new, "ak-63", later, instead_of=made)
    assert later in library.facts_of(new, "ak-63")
    assert made not in library.facts_of(new, "ak-63")
    library.drop_fact(new, "ak-63", later)
    assert library.facts_of(new, "ak-63") == shipped.models()["ak-63"].facts
    for _ in range(3):
        new.undo()
    assert dump(new) == before


def test_only_the_rows_of_a_changed_fact_are_written(new: Archive) -> None:
    library.put_fact(new, "ak-63", Fact("calibre", "5.56 × 45 mm", source="me"))
    written = new.db.conn.execute("SELECT tbl FROM change WHERE action_id = ?", (new.generation,)).fetchall()
    assert sorted(written) == [("model_fact",), ("term",)]


def test_what_a_model_has_once_is_changed_and_not_doubled(new: Archive) -> None:
    library.put_fact(new, "ak-63", Fact("label", "AK-63F", source="me"))
    library.put_fact(new, "ak-63", Fact("parent", "ak-47", source="me"))
    assert [fact.value for fact in library.facts_of(new, "ak-63") if fact.fact == "label"] == ["AK-63F"]
    assert new.weapon_models.get("ak-63").parent == "ak-47"
    assert Fact("parent", "ak-47", source="me") in library.facts_of(new, "ak-63")


def test_a_parent_that_the_user_gives_is_the_user_s_own(new: Archive) -> None:
    editing.put_under(new, "weapon_model", "ak-63", "ak-47")
    assert Fact("parent", "ak-47") in library.facts_of(new, "ak-63")
    assert stored.own_kinds(new.db) == {"ak-63": {"parent"}}


@pytest.mark.parametrize(
    ("fact", "said"),
    [
        (Fact("design", "XXX", source="me"), "there is no country “XXX”"),
        (Fact("design", "HUN", source=""), "the source is empty"),
        (Fact("parent", "ak-63", source="me"), "ak-63 is its own parent"),
        (Fact("name", "AKM", "en", source="me"), "names akm too"),
    ],
)
def test_a_fact_that_cannot_be_is_refused(new: Archive, fact: Fact, said: str) -> None:
    before = dump(new)
    with pytest.raises(Refused, match=said):
        library.put_fact(new, "ak-63", fact)
    assert dump(new) == before


def test_a_fact_that_is_not_there_or_is_needed_is_not_removed(new: Archive) -> None:
    label = library.facts_of(new, "ak-63")[0]
    with pytest.raises(Refused, match="cannot be without its label"):
        library.drop_fact(new, "ak-63", label)
    with pytest.raises(Refused, match="does not say this any more: design HUN"):
        library.drop_fact(new, "ak-63", Fact("design", "HUN"))


def test_the_library_comes_back_from_its_table(new: Archive, table: Path) -> None:
    library.add_model(new, "zulu-1", [*MINE, Fact("name", "-90", "und", source="me")])
    generation = new.generation
    assert library.export_models(new, table) == len(shipped.models()) + 1
    assert library.import_models(new, table, replacing=True) == TermsReport()
    assert new.generation == generation


def test_a_table_adds_models_and_gives_known_ones_its_facts(new: Archive, table: Path) -> None:
    table.write_text(
        HEADING
        + "zulu-1,label,Zulu-1,,,,,me\nzulu-1,type,SA.PIS,,,,,me\nzulu-1,parent,ak-63,,,,,me\n"
        + "ak-63,label,AK-63,,,,,me\nak-63,type,SA.RIF.AUT,,,,,me\nak-63,look_alike,zulu-1,,,,,me\n"
    )
    told: list[str] = []
    report = library.import_models(new, table, job=Job(lambda progress: told.append(progress.text)))
    assert report == TermsReport(added=1, changed=1)
    assert new.undo_label == "Import weapon models: 1 added, 1 changed"
    assert {fact.fact for fact in library.facts_of(new, "ak-63")} == {"label", "level", "type", "look_alike"}
    assert "Importing weapon models" in told
    new.undo()
    assert stored.load(new.db) == shipped.models()


def test_a_name_given_twice_is_refused_in_a_sentence(new: Archive, table: Path) -> None:
    table.write_text(
        f"{HEADING}z,label,Zulu,,,,,x\nz,type,SA.RIF.AUT,,,,,x\nz,name,Z-1,,,,,x\nz,name,Z-1,und,,,,a book\n"
    )
    with pytest.raises(Refused, match="row 5: z has the name “Z-1” twice"):
        library.import_models(new, table)


def test_what_a_table_calls_unchecked_in_other_words_is_unchecked(new: Archive, table: Path) -> None:
    said = "z,label,Zulu,,,,,x\nz,type,SA.RIF.AUT,,,,,x\nz,design,HUN,,,,,Not checked\nz,design,POL,,,,,a book\n"
    table.write_text(HEADING + said)
    library.import_models(new, table)
    assert library.facts_of(new, "z")[3].unchecked
    assert new.weapon_models.get("z").attributes["checked"] == "design:POL"
    with new.action("As an older import left it"):
        new.db.conn.execute("UPDATE model_fact SET source = 'Unchecked' WHERE value = 'POL'")
    assert "checked" not in new.weapon_models.get("z").attributes


def test_a_calibre_is_checked_only_where_a_source_is_named(new: Archive, table: Path) -> None:
    said = "z,label,Zulu,,,,,x\nz,type,SA.RIF.AUT,,,,,x\nz,calibre,.50 BMG,,,,,a book\nz,calibre,.50 AE,,,,,unchecked\n"
    table.write_text(HEADING + said)
    library.import_models(new, table)
    assert possible_calibres(new.weapon_models, "z") == (
        PossibleCalibre(".50 AE", checked=False),
        PossibleCalibre(".50 BMG", checked=True),
    )
    assert possible_calibres(new.weapon_models, "no such model") == ()


def test_replacing_keeps_what_is_used_as_retired(new: Archive, table: Path) -> None:
    with new.action("Import"):
        add_image(new, 1)
    tagging.tag(new, [ImageId(1)], tagging.Tag(model="ak-63"))
    table.write_text(HEADING + "zulu-1,label,Zulu-1,,,,,me\nzulu-1,type,SA.PIS,,,,,me\n")
    report = library.import_models(new, table, replacing=True)
    assert report.added == 1
    assert new.weapon_models.get("ak-63").retired
    assert "akm" in new.weapon_models, "it is the parent of a model that stays"
    assert "m60-tank" not in new.weapon_models or new.weapon_models.get("m60-tank").retired
    assert report.removed + report.retired == len(shipped.models())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("z,label,Z,,,,,me\nz,type,XX,,,,,me\n", "row 3: there is no type “XX”"),
        ("z,label,Z,,,,,\nz,type,SA,,,,,me\n", "row 2: the source is empty"),
        ("z,label,akm,,,,,me\nz,type,SA,,,,,me\n", "row 2: “akm” is the label of akm too"),
        ("z,label,Z,,,,,me\nz,type,SA,,,,,me\nz,design,HUN,,,,soon,me\n", "row 4: “soon” cannot be read as a date"),
    ],
)
def test_a_table_that_cannot_be_is_refused_and_nothing_is_taken(
    new: Archive, table: Path, text: str, said: str
) -> None:
    before = dump(new)
    table.write_text(HEADING + text)
    with pytest.raises(Refused, match=said):
        library.import_models(new, table)
    assert dump(new) == before


def test_an_update_brings_what_is_shipped_and_keeps_what_is_the_user_s(
    new: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = Fact("manufacture", "IRQ", source="https://example.org/mine")
    library.put_fact(new, "ak-63", mine)
    library.add_model(new, "zulu-1", MINE)
    editing.rename(new, "weapon_model", "m60-tank", "M60 main battle tank")
    old = list(shipped.models()["ak-63"].facts)
    page = "https://example.org/page"
    ship(
        monkeypatch,
        {
            "ak-63": [*(fact for fact in old if fact.fact != "calibre"), Fact("calibre", "9 × 19 mm", source=page)],
            "new-1": [Fact("label", "New-1"), Fact("type", "SA.PIS")],
        },
    )
    assert library.library_state(new).newer
    report = library.update_library(new)
    assert report == TermsReport(added=1, changed=1)
    facts = library.facts_of(new, "ak-63")
    assert mine in facts
    assert Fact("calibre", "9 × 19 mm", source=page) in facts
    assert "zulu-1" in new.weapon_models
    assert new.weapon_models.label("m60-tank") == "M60 main battle tank"
    assert not library.library_state(new).newer
    assert new.undo() == "Update the library of weapon models: 1 added, 1 changed"
    assert library.library_state(new).newer
    assert "new-1" not in new.weapon_models
    assert library.update_library(new).added == 1, "what an undo took away was not taken away by anybody"


def test_a_model_that_the_user_removed_stays_away(new: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    alone = next(code for code in shipped.models() if editing.uses(new, "weapon_model", code) == 0
                 and not new.weapon_models.children(code))  # fmt: skip
    editing.remove(new, "weapon_model", alone)
    ship(monkeypatch, {})
    library.update_library(new)
    assert alone not in new.weapon_models
    assert not library.library_state(new).newer


def test_an_update_that_is_cancelled_or_not_allowed_changes_nothing(
    new: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    ship(monkeypatch, {"ak-63": [Fact("label", "AK-63"), Fact("type", "SA.RIF.AUT")]})
    before = dump(new)
    job = Job()
    job.cancel()
    with pytest.raises(Cancelled):
        library.update_library(new, job)
    assert dump(new) == before
    with Archive.open(new.folder, read_only=True) as reader, pytest.raises(ReadOnly):
        library.update_library(reader)
