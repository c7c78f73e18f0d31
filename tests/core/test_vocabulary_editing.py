"""Editing vocabularies: what one action does, that it is undone as one, and what is refused."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from core import search, tagging
from core import vocabulary_editing as editing
from core.archive import Archive
from core.claims import Identification
from core.errors import ReadOnly, Refused
from core.jobs import Job, Progress
from core.model_facts import Fact
from core.model_library import add_model
from core.model_library import model as library_model
from core.records import ImageId
from core.store import claims, codings, descriptions, rows, sightings
from core.vocabularies import Term
from core.vocabulary_kinds import KINDS
from tests.core.filling import add_image, dump

HOLDERS = ("is", "isil", "peshmerga")


@pytest.fixture
def held(new: Archive) -> Archive:
    """An archive with three holders, six images, and a holder said of each."""
    for code, label in zip(HOLDERS, ("IS", "ISIL", "Peshmerga"), strict=True):
        editing.add(new, "holder", Term(code, label))
    with new.action("Import"):
        ids = [add_image(new, number) for number in range(6)]
    with new.action("Describe"):
        for image_id, holder in zip(ids, HOLDERS * 2, strict=True):
            descriptions.change(new.db, [image_id], {"holder": holder})
    return new


def found(archive: Archive, text: str) -> int:
    return search.count(archive, search.parse(archive, text))


def test_a_renamed_term_is_found_by_its_new_name_and_only_its_row_is_written(held: Archive) -> None:
    before = held.generation
    editing.rename(held, "holder", "is", "Islamic State")
    assert held.undo_label == "Rename holder “IS” to “Islamic State”"
    assert held.generation == before + 1
    written = held.db.conn.execute("SELECT tbl FROM change WHERE action_id > ?", (before,)).fetchall()
    assert written == [("term",)]
    assert found(held, 'holder:"islamic state"') == found(held, "islamic") == 2
    held.undo()
    assert held.vocabulary("holder").label("is") == "IS"
    assert found(held, "islamic") == 0


def test_names_and_aliases_are_found_in_any_script(held: Archive) -> None:
    editing.set_names(held, "holder", "is", names={"ar": "الدولة الإسلامية"}, aliases=("Daesh", "Даиш", "Daesh"))
    term = held.vocabulary("holder").get("is")
    assert (dict(term.names), term.aliases) == ({"ar": "الدولة الإسلامية"}, ("Daesh", "Даиш"))
    assert found(held, "даиш") == 2
    assert held.vocabulary("holder").suggest("daesh")[0].term.code == "is"


def test_codes_of_other_standards_are_any_that_the_user_names(held: Archive) -> None:
    editing.set_standards(held, "country", "HUN", {"alpha2": "HU", "COW": "310"})
    term = held.countries.get("HUN")
    assert editing.standards(term) == {"alpha2": "HU", "COW": "310"}
    assert term.attributes["kind"] == "state"
    with pytest.raises(Refused, match="cannot name a standard"):
        editing.set_standards(held, "country", "HUN", {"kind": "other"})


def test_a_term_without_a_code_gets_one_from_its_label(held: Archive) -> None:
    assert editing.add(held, "holder", Term("", "Liwa al-Tawhid")).code == "liwa_al_tawhid"
    assert editing.add(held, "holder", Term("", "لواء التوحيد")).code == "term"
    assert editing.add(held, "holder", Term("", "لواء")).code == "term_2"
    with pytest.raises(Refused, match="its type at the least"):
        editing.add(held, "weapon_model", Term("", "Type 56 (rifle)"))


def test_a_retired_term_is_not_offered_and_stands_where_it_was_said(held: Archive) -> None:
    editing.retire(held, "holder", "is")
    assert held.undo_label == "Retire holder “IS”"
    assert [one.term.code for one in held.vocabulary("holder").suggest("is")] == ["isil"]
    assert found(held, "holder:is") == 2
    editing.retire(held, "holder", "is", retired=False)
    assert held.vocabulary("holder").suggest("is")[0].term.code == "is"


def test_terms_change_places_among_their_brothers(held: Archive) -> None:
    assert editing.move(held, "holder", "peshmerga", editing.UP)
    assert [term.code for term in held.vocabulary("holder")] == ["is", "peshmerga", "isil"]
    assert not editing.move(held, "holder", "is", editing.UP)
    assert editing.move(held, "holder", "is", editing.DOWN)
    assert [term.code for term in held.vocabulary("holder")] == ["peshmerga", "is", "isil"]
    assert held.undo_label == "Move holder “IS” down"


def test_terms_of_one_place_change_places_too(new: Archive) -> None:
    for code in "abc":
        editing.add(new, "place", Term(code, code))
    with new.action("As an import could leave it"):
        new.db.conn.execute("UPDATE term SET position = 7 WHERE vocabulary = 'place'")
    assert editing.move(new, "place", "a", editing.DOWN)
    assert [term.code for term in new.vocabulary("place")] == ["b", "a", "c"]


def test_a_term_moves_under_another_and_search_follows(held: Archive) -> None:
    tagging.tag(held, [ImageId(1)], tagging.Tag(type="SA.PIS"))
    editing.put_under(held, "weapon_type", "SA.PIS", "LW")
    assert held.weapon_types.ancestors("SA.PIS") == ("LW",)
    assert (found(held, "type:LW"), found(held, "type:SA")) == (1, 0)
    held.undo()
    assert (found(held, "type:LW"), found(held, "type:SA")) == (0, 1)
    with pytest.raises(Refused, match="cannot stand under"):
        editing.put_under(held, "weapon_type", "SA", "SA.RIF.AUT")


def test_a_merge_is_one_step_that_reaches_every_record(held: Archive) -> None:
    before = dump(held)
    told: list[str] = []
    changed = editing.merge(held, "holder", "is", into="isil", job=Job(lambda progress: told.append(progress.text)))
    assert changed == 2
    assert "is" not in held.vocabulary("holder")
    assert held.vocabulary("holder").get("isil").aliases == ("IS",)
    assert found(held, "holder:isil") == found(held, "is") == 4
    assert "Merging" in told
    assert held.undo() == "Merge holder “IS” into “ISIL”"
    assert dump(held) == before
    assert found(held, "holder:is") == 2


def test_what_stood_under_a_merged_term_stands_under_the_kept_one(new: Archive) -> None:
    types = {term.code for term in new.weapon_types.children("SA.RIF")}
    editing.merge(new, "weapon_type", "SA.RIF", into="LW.GL")
    assert types < {term.code for term in new.weapon_types.children("LW.GL")}
    assert "Rifle" in new.weapon_types.get("LW.GL").aliases
    new.undo()
    editing.merge(new, "weapon_type", "SA", into="SA.RIF.AUT")
    assert new.weapon_types.get("SA.RIF.AUT").parent is None
    assert new.weapon_types.ancestors("SA.PIS") == ("SA.RIF.AUT",)


def test_a_merged_country_is_named_no_more_as_a_successor_or_in_a_list(held: Archive) -> None:
    tagging.tag(held, [ImageId(1)], tagging.Tag(type="SA.PIS", manufacture="MNE"))
    editing.merge(held, "country", "MNE", into="SRB")
    assert held.countries.get("YUCS").successors == ("SRB", "BIH", "HRV", "SVN", "MKD")
    assert found(held, "country:SRB") == 1


def test_a_merge_that_is_cancelled_changes_nothing(held: Archive) -> None:
    before = dump(held)
    job = Job()
    job.cancel()
    with pytest.raises(Exception, match=r"^$"):
        editing.merge(held, "holder", "is", into="isil", job=job)
    assert dump(held) == before


def test_a_cancel_after_a_merge_is_recorded_comes_too_late(held: Archive) -> None:
    tagging.tag(held, [ImageId(1)], tagging.Tag(type="SA.PIS"))
    told: list[str] = []

    def tell(progress: Progress) -> None:
        told.append(progress.text)
        if progress.text != "Merging":
            job.cancel()

    job = Job(tell)
    editing.merge(held, "weapon_type", "SA", into="LW", job=job)
    assert job.cancelled
    assert told == ["Merging", "Preparing search and facets"]
    assert found(held, "type:LW") == 1
    assert held.undo_label == "Merge weapon type “Small arms” into “Light weapons”"


def test_only_what_nothing_says_is_removed(held: Archive) -> None:
    with pytest.raises(Refused, match="“IS” cannot be removed, because it is used 2 times; it can be retired instead"):
        editing.remove(held, "holder", "is")
    with pytest.raises(Refused, match="stands under it"):
        editing.remove(held, "weapon_type", "VH")
    with pytest.raises(Refused, match=r"“.*” names it"):
        editing.remove(held, "country", "KGZ")
    editing.add(held, "holder", Term("nobody", "Nobody"))
    editing.remove(held, "holder", "nobody")
    assert "nobody" not in held.vocabulary("holder")
    assert held.undo() == "Remove holder “Nobody”"
    assert held.vocabulary("holder").label("nobody") == "Nobody"


@pytest.mark.parametrize(
    ("term", "said"),
    [
        (Term("is", "Another"), "The code is is that of “IS” already"),
        (Term("x", "i-s"), "called “IS” \\(is\\) already"),
        (Term("x", " "), "The name is empty"),
        (Term("x", "a\nb"), "control character"),
        (Term("x", "a\u202eb"), "control character"),
        (Term("x", "<b>IS</b>"), "holds markup"),
        (Term("x", "=1+1"), "like a formula"),
        (Term("x", "@SUM"), "like a formula"),
        (Term("x", "n" * 201), "too long"),
        (Term("a b", "X"), "is no code"),
        (Term("x", "X", "nowhere"), "no holder with the code “nowhere”"),
        (Term("x", "X", aliases=("a | b",)), "parts aliases"),
        (Term("x", "X", aliases=("\tb",)), "like a formula"),
        (Term("x", "X", names={"Arabic": "x"}), "names no language"),
        (Term("x", "X", attributes={"=x": "1"}), "cannot name a standard"),
    ],
)
def test_a_term_that_cannot_stand_is_refused_and_nothing_is_written(held: Archive, term: Term, said: str) -> None:
    before = held.generation
    with pytest.raises(Refused, match=said):
        editing.add(held, "holder", term)
    assert held.generation == before


@pytest.mark.parametrize(
    "edit",
    [
        lambda archive: editing.add(archive, "status", Term("lost", "lost")),
        lambda archive: editing.merge(archive, "status", "new", into="reviewed"),
        lambda archive: editing.remove(archive, "status", "needs_help"),
        lambda archive: editing.retire(archive, "status", "needs_help"),
        lambda archive: editing.put_under(archive, "status", "needs_help", "new"),
        lambda archive: editing.set_standards(archive, "status", "new", {"x": "y"}),
    ],
)
def test_a_list_that_the_program_rests_on_keeps_its_terms(new: Archive, edit: Callable[[Archive], object]) -> None:
    with pytest.raises(Refused, match="rests on"):
        edit(new)


def test_a_list_that_the_program_rests_on_can_be_renamed_and_ordered(new: Archive) -> None:
    assert KINDS["status"].fixed
    editing.rename(new, "status", "new", "not looked at")
    assert editing.move(new, "status", "new", editing.DOWN)
    assert new.vocabulary("status").label("new") == "not looked at"


def test_what_is_the_same_already_is_no_step(held: Archive) -> None:
    before = held.generation
    editing.rename(held, "holder", "is", "IS")
    assert held.generation == before


def test_what_cannot_be_merged_is_refused(held: Archive) -> None:
    with pytest.raises(Refused, match="into itself"):
        editing.merge(held, "holder", "is", into="is")
    with pytest.raises(Refused, match="no holder with the code"):
        editing.merge(held, "holder", "is", into="who")
    with pytest.raises(Refused, match="no vocabulary “colour”"):
        editing.merge(held, "colour", "is", into="who")


def test_uses_are_counted_but_for_blind_codings_of_others(held: Archive) -> None:
    with held.action("Code blind"):
        coded = rows.insert(held.db, "coding_set", {"name": "S", "note": "", "author": "Ada", "created_at": "now"})
        coding = rows.insert(held.db, "coding", {"set_id": coded, "coder": "Grace"})
        sighting = sightings.add(held.db, ImageId(1), author="Grace", coding_id=coding)
        claims.add(held.db, sighting, Identification("VH.TEC"), "Grace")
    assert codings.hidden_from(held.db, "Ada") == {sighting}
    assert editing.uses(held, "weapon_type", "VH.TEC") == 0
    assert "VH.TEC" not in editing.all_uses(held, "weapon_type")
    held.actor = "Grace"
    assert editing.uses(held, "weapon_type", "VH.TEC") == editing.all_uses(held, "weapon_type")["VH.TEC"] == 1


def test_every_count_of_uses_is_that_of_each_code(filled: Archive) -> None:
    for name in KINDS:
        counted = editing.all_uses(filled, name)
        for term in filled.vocabulary(name):
            assert counted.get(term.code, 0) == editing.uses(filled, name, term.code), (name, term.code)


def test_a_model_keeps_its_facts_and_the_languages_of_its_names(filled: Archive) -> None:
    term_id = filled.db.conn.execute("SELECT id FROM term WHERE code = 'ak-63'").fetchone()[0]
    with filled.action("Name it"):
        rows.insert(filled.db, "term_name", {"term_id": term_id, "language": "hu", "text": "AK-63 géppisztoly"})
    before = filled.weapon_models.get("ak-63")
    editing.change(filled, "weapon_model", replace(before, label="AK-63F"))
    after = filled.weapon_models.get("ak-63")
    assert after.attributes == {**before.attributes, "own": "label"}
    assert after.aliases == before.aliases
    written = filled.db.conn.execute("SELECT language FROM term_name WHERE term_id = ?", (term_id,)).fetchall()
    assert ("hu",) in written
    own = filled.db.conn.execute(
        "SELECT attributes ->> 'own', attributes ->> 'type' FROM term WHERE id = ?", (term_id,)
    )
    assert own.fetchone() == ("label", None)


def test_a_model_s_name_in_two_languages_outlives_a_change(filled: Archive) -> None:
    both = [Fact("name", "Tigar", "hr", source="a book"), Fact("name", "Tigar", "sr", source="a page")]
    add_model(filled, "amd", [Fact("label", "AMD-63"), Fact("type", "SA.RIF.AUT"), *both])
    editing.rename(filled, "weapon_model", "amd", "AMD")
    editing.retire(filled, "weapon_model", "amd")
    assert list(library_model(filled, "amd").all("name")) == both
    editing.merge(filled, "weapon_model", "amd", into="ak-63")
    assert set(both) <= set(library_model(filled, "ak-63").all("name"))


def test_a_merged_model_gives_its_names_with_their_languages(filled: Archive) -> None:
    add_model(filled, "amd", [Fact("label", "AMD-63"), Fact("type", "SA.RIF.AUT")])
    term_id = filled.db.conn.execute("SELECT id FROM term WHERE code = 'amd'").fetchone()[0]
    with filled.action("Name it"):
        rows.insert(filled.db, "term_name", {"term_id": term_id, "language": "hu", "text": "géppisztoly"})
    editing.merge(filled, "weapon_model", "amd", into="ak-63")
    kept = filled.db.conn.execute("SELECT language, text FROM term_name WHERE text IN ('géppisztoly', 'AMD-63')")
    assert sorted(kept.fetchall()) == [("hu", "géppisztoly"), ("und", "AMD-63")]


def test_nothing_is_edited_where_the_archive_is_read_only(held: Archive) -> None:
    with Archive.open(held.folder, read_only=True) as reader, pytest.raises(ReadOnly):
        editing.rename(reader, "holder", "is", "Islamic State")
