"""Merging terms: nothing that is said of the one that goes, or with it, is lost."""

from dataclasses import replace

import pytest

from core import model_library as library
from core import vocabulary_editing as editing
from core.archive import Archive
from core.claims import Identification, LookAlike
from core.errors import Refused
from core.model_facts import Fact
from core.records import Sighting
from core.store import claims, models, sightings
from core.vocabularies import Term
from tests.core.filling import add_image, dump
from tests.core.library import add_models

RIFLE = Fact("type", "SA.RIF.AUT")


@pytest.fixture
def two(new: Archive) -> Archive:
    """An archive with the small library, and two models of one type in it."""
    add_models(new)
    said = (RIFLE, Fact("design", "HUN", source="a page"), Fact("calibre", "5.45×39 mm", source="a book"))
    library.add_model(new, "amd", [Fact("label", "AMD", source="a stamp"), *said, Fact("look_alike", "akm")])
    library.add_model(new, "amm", [Fact("label", "AMM"), RIFLE, Fact("design", "HUN")])
    return new


def claimed(archive: Archive, claim: Identification, *, number: int = 1) -> Sighting:
    with archive.action("Tag"):
        sighting_id = sightings.add(archive.db, add_image(archive, number))
        claims.add(archive.db, sighting_id, claim, "Ada")
    found = sightings.get(archive.db, sighting_id)
    assert found is not None
    return found


def identified(archive: Archive, sighting: Sighting) -> Identification:
    found = sightings.get(archive.db, sighting.id)
    assert found is not None
    assert found.identification is not None
    return found.identification


def test_a_merged_model_s_sourced_facts_are_the_kept_one_s(two: Archive) -> None:
    before = dump(two)
    editing.merge(two, "weapon_model", "amd", into="amm")
    facts = library.facts_of(two, "amm")
    assert Fact("calibre", "5.45×39 mm", source="a book") in facts
    assert Fact("look_alike", "akm") in facts
    assert Fact("name", "AMD", "und", source="a stamp") in facts
    assert [fact for fact in facts if fact.fact == "design"] == [Fact("design", "HUN", source="a page")]
    two.undo()
    assert dump(two) == before


def test_facts_that_a_merge_brought_are_the_user_s_own_and_outlive_an_update(new: Archive) -> None:
    said = [Fact("label", "Zulu"), RIFLE, Fact("design", "POL", source="a page")]
    library.add_model(new, "zulu", said)
    editing.merge(new, "weapon_model", "zulu", into="ak-63")
    assert "design" in models.own_kinds(new.db)["ak-63"]
    library.update_library(new)
    assert said[2] in library.facts_of(new, "ak-63")


def test_what_is_said_of_a_merged_term_is_kept(new: Archive) -> None:
    editing.add(new, "holder", Term("is", "IS", attributes={"definition": "A group", "COW": "1"}, source="me"))
    editing.add(new, "holder", Term("isil", "ISIL"))
    editing.merge(new, "holder", "is", into="isil")
    kept = new.vocabulary("holder").get("isil")
    assert (kept.attributes, kept.source) == ({"definition": "A group", "COW": "1"}, "me")


def test_where_both_terms_say_something_the_merged_one_s_goes_into_the_note(new: Archive) -> None:
    said = {"definition": "A group", "note": "from 2006", "COW": "1"}
    editing.add(new, "holder", Term("is", "IS", attributes=said, source="me"))
    other = {"definition": "The group", "note": "from 2013", "COW": "2"}
    editing.add(new, "holder", Term("isil", "ISIL", attributes=other, source="a page"))
    editing.merge(new, "holder", "is", into="isil")
    kept = new.vocabulary("holder").get("isil")
    note = "from 2013; “IS”: from 2006, COW 1, definition A group, source me"
    assert (kept.attributes, kept.source) == ({**other, "note": note}, "a page")


def test_a_merge_whose_note_would_be_too_long_is_refused(new: Archive) -> None:
    editing.add(new, "holder", Term("isil", "ISIL", attributes={"note": "y" * 1_500}))
    editing.add(new, "holder", Term("long", "Long", attributes={"note": "x" * 1_500}))
    with pytest.raises(Refused, match="would be too long; shorten one"):
        editing.merge(new, "holder", "isil", into="long")


def test_the_reasons_against_two_merged_models_become_one(two: Archive) -> None:
    excluded = (LookAlike("amd", "no grip"), LookAlike("amm", "long barrel"))
    sighting = claimed(two, Identification("SA.RIF.AUT", "akm", look_alikes=excluded))
    assert editing.merge(two, "weapon_model", "amd", into="amm") >= 1
    assert identified(two, sighting).look_alikes == (LookAlike("amm", "long barrel; no grip"),)


@pytest.mark.parametrize(("model", "excluded", "label"), [("amd", "amm", "AMM"), ("amm", "amd", "AMD")])
def test_a_reason_against_what_is_claimed_itself_after_a_merge_is_a_feature(
    two: Archive, model: str, excluded: str, label: str
) -> None:
    claim = Identification("SA.RIF.AUT", model, features="wooden grip", look_alikes=(LookAlike(excluded, "no rail"),))
    sighting = claimed(two, claim)
    editing.merge(two, "weapon_model", "amd", into="amm")
    after = identified(two, sighting)
    assert (after.model, after.look_alikes) == ("amm", ())
    assert after.features == f"wooden grip; not {label}: no rail"
    bare = replace(claim, features="")
    two.undo()
    other = claimed(two, bare, number=2)
    editing.merge(two, "weapon_model", "amd", into="amm")
    assert identified(two, other).features == f"not {label}: no rail"


def test_models_of_types_that_contradict_each_other_are_not_merged(two: Archive) -> None:
    library.add_model(two, "wide", [Fact("label", "Wide"), Fact("type", "SA.RIF")])
    with pytest.raises(Refused, match="so they cannot be merged; correct the type"):
        editing.merge(two, "weapon_model", "m2", into="akm")
    with pytest.raises(Refused, match="which is wider; merge “Wide” into “AKM” instead"):
        editing.merge(two, "weapon_model", "akm", into="wide")
    editing.merge(two, "weapon_model", "wide", into="akm")
    assert "Wide" in two.weapon_models.get("akm").aliases
