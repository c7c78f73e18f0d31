"""Claims and their rivals: what is kept, what is preferred, what is refused, and what labels tell."""

from dataclasses import replace
from typing import Any

import pytest

from core import identifying, sighting_details
from core.archive import Archive
from core.claims import (
    Acquisition,
    ClaimId,
    Identification,
    LookAlike,
    Marking,
    Origin,
    SourceId,
    Transfer,
)
from core.errors import ReadOnly, Refused
from core.records import ImageId, SightingId
from core.store import rows, sightings, sources
from core.store.claimed import Claimed, of_sightings
from tests.core.blind import begin_coding
from tests.core.filling import add_image, dump
from tests.core.library import add_models


@pytest.fixture
def sighting_id(new: Archive) -> SightingId:
    """A sighting of which nothing is said, in an archive that knows three models."""
    add_models(new)
    with new.action("Import 1 image"):
        add_image(new, 0)
    return sighting_details.add(new, ImageId(1))


def claimed(archive: Archive, sighting_id: SightingId) -> Claimed:
    held = sightings.get(archive.db, sighting_id)
    assert held is not None
    return of_sightings(archive.db, [held])[0]


def types(archive: Archive, sighting_id: SightingId) -> list[tuple[str, str, bool]]:
    return [(one.type, one.author, one.preferred) for one in claimed(archive, sighting_id).identifications]


def say(archive: Archive, sighting_id: SightingId, claim: Any) -> Any:
    """Add a claim; as it was recorded."""
    claim_id = identifying.add(archive, sighting_id, claim)
    held = claimed(archive, sighting_id)
    every = (*held.identifications, *held.origins, *held.acquisitions, *held.markings)
    return next(one for one in every if one.id == claim_id and type(one) is type(claim))


def test_a_claim_goes_before_the_preferred_one_and_a_rival_stays_behind_it(
    new: Archive, sighting_id: SightingId
) -> None:
    identifying.add(new, sighting_id, Identification("SA.RIF.AUT", certainty="probable"))
    assert new.undo_label == "Add an identification: assault / selective-fire rifle, probable"
    new.actor = "Grace"
    identifying.add(new, sighting_id, Identification("SA.RIF.SL", preferred=False))
    assert new.undo_label == "Add a rival identification: self-loading rifle, unknown"
    identifying.add(new, sighting_id, Identification("", "akm"))
    assert types(new, sighting_id) == [
        ("SA.RIF.AUT", "Ada", False), ("SA.RIF.SL", "Grace", False), ("SA.RIF.AUT", "Grace", True),
    ]  # fmt: skip
    new.undo()
    assert types(new, sighting_id) == [("SA.RIF.AUT", "Ada", True), ("SA.RIF.SL", "Grace", False)]


def test_the_first_claim_is_preferred_whatever_it_says(new: Archive, sighting_id: SightingId) -> None:
    assert say(new, sighting_id, Identification("SA.PIS", preferred=False)).preferred
    assert new.undo_label == "Add an identification: self-loading pistol, unknown"
    assert say(new, sighting_id, Origin("design", ("AUT",), preferred=False)).preferred
    assert say(new, sighting_id, Origin("manufacture", ("HUN",), preferred=False)).preferred


def test_preferring_another_is_one_step_and_keeps_the_rest(new: Archive, sighting_id: SightingId) -> None:
    say(new, sighting_id, Origin("manufacture", ("HUN",), maker="FÉG"))
    rival = say(new, sighting_id, Origin("manufacture", ("ROU", "HUN"), preferred=False, certainty="possible"))
    identifying.prefer(new, Origin, rival.id)
    assert new.undo_label == "Prefer an origin: made in Romania and Hungary, possible"
    assert [(one.countries, one.preferred) for one in claimed(new, sighting_id).origins] == [
        (("HUN",), False), (("ROU", "HUN"), True),
    ]  # fmt: skip
    new.undo()
    assert [one.preferred for one in claimed(new, sighting_id).origins] == [True, False]


def test_removing_the_preferred_claim_puts_the_newest_rival_in_its_place(new: Archive, sighting_id: SightingId) -> None:
    first = say(new, sighting_id, Identification("SA.PIS"))
    say(new, sighting_id, Identification("SA.REV", preferred=False))
    identifying.remove(new, Identification, first.id)
    assert new.undo_label == "Remove an identification: self-loading pistol, unknown"
    assert types(new, sighting_id) == [("SA.REV", "Ada", True)]
    with pytest.raises(Refused, match="identification is not in the archive any more"):
        identifying.remove(new, Identification, first.id)


def test_an_own_claim_is_changed_in_place_and_anothers_is_not(new: Archive, sighting_id: SightingId) -> None:
    claim = say(new, sighting_id, Identification("SA.PIS"))
    changed = replace(claim, type="SA.REV", certainty="certain", bases=("silhouette",))
    assert identifying.change(new, changed) == claim.id
    assert new.undo_label == "Change an identification: revolver, certain"
    assert types(new, sighting_id) == [("SA.REV", "Ada", True)]
    before = new.generation
    identifying.change(new, changed)
    assert new.generation == before
    new.actor = "Grace"
    with pytest.raises(Refused, match="what Ada said; add what you say beside it"):
        identifying.change(new, claim)


def test_what_a_reviewer_decided_on_is_kept_as_it_was(new: Archive, sighting_id: SightingId) -> None:
    claim = say(new, sighting_id, Identification("SA.PIS"))
    with new.action("Review"):
        said = {"identification_id": claim.id, "reviewer": "Mary", "decision": "reject", "reason": "no slide"}
        rows.insert(new.db, "review", {**said, "decided_at": "now"})
    assert identifying.change(new, claim) == claim.id
    other = identifying.change(new, replace(claim, type="SA.REV"))
    assert other != claim.id
    assert types(new, sighting_id) == [("SA.PIS", "Ada", False), ("SA.REV", "Ada", True)]
    assert [review.identification_id for review in claimed(new, sighting_id).reviews] == [claim.id]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (Identification("", "akm"), ("SA.RIF.AUT", "model", "")),
        (Identification("SA.RIF", "akm"), ("SA.RIF", "model", "")),
        (Identification("", "akm", calibre="5.45×39 mm"), ("SA.RIF.AUT", "model", "5.45×39 mm")),
        (Identification("", "akm", level="family"), ("SA.RIF.AUT", "family", "")),
        (Identification("", "akm", variant=" with rail "), ("SA.RIF.AUT", "variant", "")),
        (Identification("", "ak"), ("SA.RIF.AUT", "family", "")),
        (Identification("", "m2"), ("LW.MG.H", "model", "")),
        (Identification("UNK"), ("UNK", "none", "")),
        (Identification("SA.PIS", level="none"), ("SA.PIS", "type", "")),
    ],
)
def test_what_follows_from_the_model_need_not_be_said_and_its_calibre_is_not_claimed(
    new: Archive, sighting_id: SightingId, said: Identification, expected: tuple[str, str, str]
) -> None:
    claim = say(new, sighting_id, said)
    assert (claim.type, claim.level, claim.calibre) == expected


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (Identification(""), "needs a weapon type or a model"),
        (Identification("SA.BOW"), "no weapon type with the code “SA.BOW”"),
        (Identification("", "ak-999"), "no weapon model with the code"),
        (Identification("SA.PIS", "akm"), "AKM is of the type “assault / selective-fire rifle”, not “self-loading"),
        (Identification("SA.RIF.SL", "akm"), "choose that type, one above it, or another model"),
        (Identification("SA.RIF.AUT", level="model"), "at the level “model” needs a model"),
        (Identification("SA.RIF.AUT", level="much"), "no level of identification “much”"),
        (Identification("SA.RIF.AUT", variant="S"), "needs the model"),
        (Identification("SA.PIS", certainty="sure"), "no certainty “sure”"),
        (Identification("SA.PIS", bases=("hunch",)), "no basis with the code"),
        (Identification("SA.PIS", source_id=SourceId(7)), "source is not in the archive"),
        (Identification("", "akm", look_alikes=(LookAlike("akm"),)), "claimed and excluded at once"),
        (Identification("", "akm", look_alikes=(LookAlike("ak"), LookAlike("ak"))), "excluded twice"),
        (Identification("", "akm", look_alikes=(LookAlike("ak-999"),)), "no weapon model"),
        (Identification("", "akm", look_alikes=(LookAlike("", "no rail"),)), "choose which one"),
        (Origin("design", ()), "at least one country"),
        (Origin("design", ("",)), "at least one country"),
        (Origin("sale", ("HUN",)), "no role “sale”"),
        (Origin("design", ("HUN", "ATL")), "no country with the code “ATL”"),
        (Origin("design", ("HUN",), production="stolen"), "no production relation"),
        (Origin("design", ("HUN",), years="long ago"), "cannot be read as a date"),
        (Acquisition(), "needs a route, a party, a transfer or a note"),
        (Acquisition(transfers=(Transfer(), Transfer(" "))), "needs a route"),
        (Acquisition(route="found"), "no route"),
        (Acquisition(holder="nobody"), "no holder"),
        (Acquisition(route="smuggled", transfers=(Transfer("A", "B", date="2014-02-30"),)), "no date of the calendar"),
        (Marking(" "), "needs what was read"),
        (Marking("12", kind="name"), "no kind of marking"),
        (Marking("12", script="runes"), "no script"),
        (Marking("12", legibility="bad"), "no legibility"),
    ],
)
def test_what_cannot_be_said_is_refused_and_nothing_is_changed(
    new: Archive, sighting_id: SightingId, said: Any, words: str
) -> None:
    before = dump(new)
    with pytest.raises(Refused, match=words):
        identifying.add(new, sighting_id, said)
    assert dump(new) == before


def test_an_identification_keeps_all_that_is_said(new: Archive, sighting_id: SightingId) -> None:
    with new.action("Add a source"):
        source = sources.add(new.db, {"title": "A channel"})
    excluded = (LookAlike("ak", " stamped receiver "), LookAlike("m2"))
    said = Identification(
        "SA.RIF", "akm", variant="S", as_written="АКМС", features="rib on the lid", look_alikes=excluded,
        certainty="probable", bases=("silhouette", "marking_read"), source_id=source,
    )  # fmt: skip
    claim = say(new, sighting_id, said)
    assert (claim.as_written, claim.features, claim.source_id, claim.bases) == (
        "АКМС", "rib on the lid", source, ("silhouette", "marking_read"),
    )  # fmt: skip
    assert claim.look_alikes == (LookAlike("ak", "stamped receiver"), LookAlike("m2"))
    identifying.change(new, replace(claim, look_alikes=(LookAlike("ak", "milled receiver"),)))
    (now,) = claimed(new, sighting_id).identifications
    assert now.look_alikes == (LookAlike("ak", "milled receiver"),)
    new.undo()
    (now,) = claimed(new, sighting_id).identifications
    assert now.look_alikes == (LookAlike("ak", "stamped receiver"), LookAlike("m2"))


def test_an_origin_has_its_years_in_one_form_and_keeps_its_role(new: Archive, sighting_id: SightingId) -> None:
    said = Origin("manufacture", ("HUN", "HUN"), maker=" FÉG ", production="licensed", years="about 1975")
    claim = say(new, sighting_id, said)
    assert (claim.countries, claim.maker, claim.production, claim.years) == (("HUN",), "FÉG", "licensed", "1975~")
    assert new.undo_label == "Add an origin: made in Hungary by FÉG, unknown"
    with pytest.raises(Refused, match="claims of their own"):
        identifying.change(new, replace(claim, role="design"))


def test_an_acquisition_keeps_its_transfers_in_their_order(new: Archive, sighting_id: SightingId) -> None:
    steps = (Transfer("Serbia", "United Kingdom", date="2005"), Transfer(), Transfer("United Kingdom", "Iraq"))
    claim = say(new, sighting_id, Acquisition(route="re_export_diversion", scope="this_model", transfers=steps))
    assert new.undo_label == "Add an acquisition: re-export diversion, unknown"
    assert claim.transfers == (steps[0], steps[2])
    identifying.change(new, replace(claim, transfers=(steps[2], steps[0])))
    assert claimed(new, sighting_id).acquisitions[0].transfers == (steps[2], steps[0])


def test_a_marking_is_kept_as_read_with_one_spelling_for_what_was_not(new: Archive, sighting_id: SightingId) -> None:
    claim = say(new, sighting_id, Marking(" ИЖ  12？4* ", kind="serial", position="receiver", script="cyrillic"))
    assert claim.text == "ИЖ 12?4*"
    assert new.undo_label == "Read a marking: “ИЖ 12?4*”, unknown"
    assert say(new, sighting_id, Marking("", kind="obliterated", legibility="obliterated")).text == ""


def test_what_was_retired_since_stands_and_is_said_no_more(new: Archive, sighting_id: SightingId) -> None:
    claim = say(new, sighting_id, Identification("", "akm"))
    with new.action("Retire"):
        new.db.conn.execute("UPDATE term SET retired = 1 WHERE code = 'akm'")
    identifying.change(new, replace(claim, certainty="certain"))
    with pytest.raises(Refused, match="“AKM” is retired"):
        identifying.add(new, sighting_id, Identification("", "akm"))


def test_an_archive_open_for_reading_refuses(new: Archive, sighting_id: SightingId) -> None:
    claim = say(new, sighting_id, Identification("SA.PIS"))
    with Archive.open(new.folder, read_only=True, actor="Ada") as reader:
        for change in (
            lambda: identifying.add(reader, sighting_id, Identification("SA.PIS")),
            lambda: identifying.change(reader, replace(claim, type="SA.REV")),
            lambda: identifying.remove(reader, Identification, claim.id),
            lambda: identifying.prefer(reader, Identification, claim.id),
        ):
            with pytest.raises(ReadOnly):
                change()


def test_in_a_blind_coding_labels_tell_nothing_and_others_see_nothing(new: Archive, sighting_id: SightingId) -> None:
    common = say(new, sighting_id, Identification("SA.PIS"))
    begin_coding(new, [ImageId(1)], "Grace", "Mary")
    new.actor = "Grace"
    own = sighting_details.add(new, ImageId(1))
    claim_id = identifying.add(new, own, Identification("SA.REV"))
    assert new.undo_label == "Add an identification: in a blind coding"
    identifying.add(new, own, Marking("1234", kind="serial"))
    assert new.undo_label == "Read a marking: in a blind coding"
    with pytest.raises(Refused, match="until both coders have closed"):
        identifying.prefer(new, Identification, common.id)
    new.actor = "Mary"
    for change in (
        lambda: identifying.add(new, own, Identification("SA.PIS")),
        lambda: identifying.remove(new, Identification, claim_id),
        lambda: identifying.prefer(new, Identification, ClaimId(claim_id)),
    ):
        with pytest.raises(Refused, match="another coder's"):
            change()
