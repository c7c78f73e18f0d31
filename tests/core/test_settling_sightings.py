"""Sightings of copies settled into one: counted once, nothing lost, and all as before once the copies are parted."""

import json
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import rule, run_state_machine_as_test

from core import analysis, duplicates, exporting, identifying, looking, reviewing, rules, search
from core import settling_sightings as settling
from core.archive import Archive
from core.blind_coding.joining_identifications import Side
from core.claims import Acquisition, Identification, Marking, Origin
from core.errors import Refused
from core.records import ImageId, Query, Sighting, SightingId
from core.regions import Region
from core.sighting_details import set_details
from core.store import claims, relations, rows, sightings
from core.transforms import Transform
from tests.core.filling import Dump, add_image, dump, sha_of
from tests.core.researcher import PICKS, Work

HALF = Transform(0.5, 0, 0.25, 0, 0.5, 0.25)
SAID = ("sighting", "identification", "origin", "acquisition", "marking", "look_alike", "transfer")


@pytest.fixture
def ids(new: Archive) -> list[ImageId]:
    """Three images."""
    with new.action("Import"):
        return [add_image(new, number) for number in range(3)]


def see(archive: Archive, image_id: ImageId, type_: str | None, made_in: str = "", **more: object) -> SightingId:
    with archive.action("See"):
        made = sightings.add(archive.db, image_id, **more)  # type: ignore[arg-type]
        if type_ is not None:
            sightings.identify(archive.db, made, Identification(type_, certainty="probable"), archive.actor)
        if made_in:
            sightings.place_origin(archive.db, made, Origin("manufacture", (made_in,)), archive.actor)
    return made


def join(archive: Archive, one: int, other: int, way: Transform | None = None, kind: str = "same_picture") -> None:
    with archive.action("Decide"):
        relations.put(
            archive.db, from_sha256=sha_of(one), to_sha256=sha_of(other), kind=kind, evidence="", by="A", transform=way
        )


def counted(archive: Archive, by: str = "type") -> dict[str, int]:
    return {row.code: row.count for row in analysis.counts(archive, by=by, unit="sightings").rows if "." in row.code}


def shown(archive: Archive, image_id: ImageId) -> tuple[Sighting, ...]:
    return looking.summaries(archive, [image_id])[0].sightings


def said(archive: Archive) -> Dump:
    every = dump(archive)
    return {table: every[table] for table in SAID}


def found(archive: Archive, query: str) -> list[int]:
    return list(search.find(archive, search.parse(archive, query)))


def test_three_copies_coded_three_times_are_one_weapon_once_they_are_settled(new: Archive, ids: list[ImageId]) -> None:
    types = ("SA.RIF.AUT", "SA.RIF.SL", "SA.RIF.SNI")
    for image_id, type_ in zip(ids, types, strict=True):
        see(new, image_id, type_)
    alone = counted(new)
    assert sum(alone[type_] for type_ in types) == 3
    assert settling.conflicts(new, ids[0]) == []
    join(new, 0, 1)
    join(new, 1, 2)
    assert counted(new) == alone, "they contradict each other, so that somebody has to look"
    while conflicts := settling.conflicts(new, ids[1]):
        conflict = conflicts[0]
        assert conflict.contradictions == ("type",)
        settling.settle(new, conflict.kept.id, conflict.other.id, {"type": "first"})
    assert len(shown(new, ids[2])) == 1
    assert len(shown(new, ids[0])) == 1
    assert sum(count for code, count in counted(new).items() if code in types) == 1
    pictures = {row.code: row.count for row in analysis.counts(new, by="type", unit="pictures").rows}
    assert sum(code in pictures for code in types) == 1
    for _ in range(2):
        new.undo()
    assert counted(new) == alone
    new.redo()
    duplicates.forget(new, sha_of(0), sha_of(1))
    duplicates.forget(new, sha_of(1), sha_of(2))
    assert counted(new) == alone


def test_what_holds_is_chosen_field_by_field_and_comes_back_with_the_verdict(new: Archive, ids: list[ImageId]) -> None:
    kept = see(new, ids[0], "SA.PIS", "HUN", note="on the left")
    set_details(new, kept, {"condition": "damaged", "quantity": 2, "quantity_basis": "exact"})
    new.actor = "Grace"
    other = see(new, ids[1], "SA.REV", "AUT", note="a revolver")
    set_details(new, other, {"condition": "fired", "quantity": 3, "quantity_basis": "at_least", "context": "held"})
    identifying.add(new, other, Marking("?2345", kind="serial"))
    identifying.add(new, other, Acquisition(route="smuggled", certainty="possible"))
    new.actor = "Ada"
    join(new, 0, 1)
    before = said(new)
    (conflict,) = settling.conflicts(new, ids[1])
    if conflict.kept.id != kept:
        conflict = settling.Conflict(conflict.other, conflict.kept)
    assert conflict.contradictions == ("type", "manufacture", "condition", "quantity")
    chosen: dict[str, Side] = {"type": "second", "manufacture": "first", "condition": "second", "quantity": "second"}
    settling.settle(new, kept, other, chosen)
    (one,) = shown(new, ids[1])
    assert one.id == kept
    assert one.identification is not None
    assert (one.identification.type, one.identification.author) == ("SA.REV", "Grace")
    assert (one.countries("manufacture"), one.condition, one.context) == (("HUN",), "fired", "held")
    assert (one.quantity, one.quantity_basis, one.note) == (3, "at_least", "on the left\na revolver")
    rivals = claims.of_sightings(new.db, Identification, [kept])[kept]
    assert [(rival.type, rival.preferred) for rival in rivals] == [("SA.PIS", False), ("SA.REV", True)]
    assert [mark.text for mark in claims.of_sightings(new.db, Marking, [kept])[kept]] == ["?2345"]
    assert [way.route for way in claims.of_sightings(new.db, Acquisition, [kept])[kept]] == ["smuggled"]
    duplicates.forget(new, sha_of(0), sha_of(1))
    assert said(new) == before
    assert new.db.conn.execute("SELECT count(*) FROM settlement").fetchone() == (0,)
    new.undo()
    assert shown(new, ids[1]) == (one,)
    new.undo()
    assert said(new) == before


def test_what_was_changed_since_stays_when_the_copies_are_parted(new: Archive, ids: list[ImageId]) -> None:
    kept = see(new, ids[0], "SA.PIS", "HUN")
    other = see(new, ids[1], "SA.REV", "AUT")
    for one, condition in ((kept, "damaged"), (other, "fired")):
        set_details(new, one, {"condition": condition})
    join(new, 0, 1)
    settling.settle(new, kept, other, {"type": "second", "manufacture": "second", "condition": "second"})
    set_details(new, kept, {"condition": "destroyed"})
    taken = sightings.get(new.db, kept)
    assert taken is not None
    assert taken.identification is not None
    reviewing.decide(new, taken.identification.id, "confirm", "")
    duplicates.decide(new, from_sha256=sha_of(0), to_sha256=sha_of(1), verdict="not_related")
    left = sightings.get(new.db, kept)
    assert left is not None
    assert left.identification is not None
    assert (left.identification.type, left.condition, left.countries("manufacture")) == (
        "SA.REV", "destroyed", ("HUN",),
    )  # fmt: skip


def test_facets_search_and_exports_hold_a_settled_sighting_once(
    new: Archive, ids: list[ImageId], tmp_path: Path
) -> None:
    kept = see(new, ids[0], "SA.PIS")
    other = see(new, ids[1], "SA.REV", "AUT", note="nickel plated")
    join(new, 0, 1)
    assert found(new, "type:SA.REV") == [ids[0], ids[1]]
    settling.settle(new, kept, other, {"type": "first"})
    assert found(new, "type:SA.REV") == []
    assert found(new, "type:SA.PIS") == [ids[0], ids[1]]
    assert found(new, "nickel") == [ids[0], ids[1]], "what was written is kept with the weapon"
    values = {one.code: one.count for one in search.facet_values(new, Query())["type"]}
    assert (values["SA.PIS"], values.get("SA.REV", 0)) == (2, 0)
    exporting.export(new, format="json", to=tmp_path / "out.json")
    exported = {one["sha256"]: one for one in json.loads((tmp_path / "out.json").read_text("utf-8"))["images"]}
    copy = exported[sha_of(1)]
    assert (copy["sightings"], copy["shown_sightings"]) == ([], [kept])
    assert [(one["id"], one["settled_into"]) for one in copy["settled_sightings"]] == [(other, kept)]
    assert copy["settled_sightings"][0]["identifications"][0]["type"] == "SA.REV"
    exporting.export(new, format="csv", to=tmp_path / "out.csv")
    assert (tmp_path / "out.csv").read_text("utf-8").count("self-loading pistol") == 1
    duplicates.forget(new, sha_of(0), sha_of(1))
    assert found(new, "type:SA.REV") == [ids[1]]
    assert found(new, "nickel") == [ids[1]]


def test_a_settled_weapon_leaves_the_others_of_its_copy_to_count(new: Archive, ids: list[ImageId]) -> None:
    kept = see(new, ids[0], "SA.PIS")
    other, _ = see(new, ids[1], "SA.PIS"), see(new, ids[1], "SA.PIS")
    join(new, 0, 1)
    assert counted(new)["SA.PIS"] == 2
    settling.settle(new, kept, other)
    assert counted(new)["SA.PIS"] == 2
    assert len(shown(new, ids[0])) == 2


def test_those_that_agree_are_settled_at_one_go(new: Archive, ids: list[ImageId]) -> None:
    for image_id, country in zip(ids, ("HUN", "", "HUN"), strict=True):
        see(new, image_id, "SA.PIS", country)
        see(new, image_id, "SA.REV")
    see(new, ids[2], "SA.SHO")
    see(new, ids[0], "SA.RIF.AUT")
    join(new, 0, 1)
    join(new, 1, 2)
    before, state = counted(new), dump(new)
    assert settling.settle_agreeing(new, ids[:1]) == 4
    (left,) = settling.conflicts(new, ids[0])
    assert left.contradictions == ("type",)
    assert counted(new) == before
    assert len(shown(new, ids[1])) == 4
    assert new.undo() == "Settle sightings of copies that agree"
    assert dump(new) == state


def test_sightings_told_apart_are_two_weapons_and_nobody_is_asked_again(new: Archive, ids: list[ImageId]) -> None:
    one, other = see(new, ids[0], "SA.PIS"), see(new, ids[1], "SA.PIS")
    join(new, 0, 1)
    assert counted(new)["SA.PIS"] == 1
    settling.tell_apart(new, one, other)
    assert counted(new)["SA.PIS"] == 2
    assert settling.conflicts(new, ids[0]) == []
    new.undo()
    assert counted(new)["SA.PIS"] == 1


def test_a_verdict_that_makes_a_conflict_is_noticed_and_no_other(new: Archive, ids: list[ImageId]) -> None:
    see(new, ids[0], "SA.PIS")
    other = see(new, ids[1], "SA.REV")
    since = new.generation
    join(new, 1, 2)
    assert settling.arisen(new, since) == ([], 0)
    join(new, 0, 1)
    assert settling.arisen(new, since) == ([ids[0]], 1)
    assert settling.arisen(new, new.generation) == ([], 0)
    settling.tell_apart(new, SightingId(1), other)
    assert settling.arisen(new, since) == ([], 0)


def test_regions_that_lie_apart_when_carried_are_no_conflict(new: Archive, ids: list[ImageId]) -> None:
    middle, corner = Region(300_000, 300_000, 200_000, 200_000), Region(0, 0, 200_000, 200_000)
    of_whole, of_corner = see(new, ids[0], "SA.PIS", region=middle), see(new, ids[0], "SA.REV", region=corner)
    of_crop = see(new, ids[1], "SA.REV", region=Region(100_000, 100_000, 400_000, 400_000))
    join(new, 1, 0, HALF)
    (conflict,) = settling.conflicts(new, ids[1])
    assert {conflict.kept.id, conflict.other.id} == {of_whole, of_crop}
    settling.tell_apart(new, of_whole, of_crop)
    assert settling.conflicts(new, ids[1]) == [], f"{of_corner} is outside of the crop"


def test_the_sighting_that_says_where_it_is_is_kept(new: Archive, ids: list[ImageId]) -> None:
    see(new, ids[1], "SA.PIS")
    drawn = see(new, ids[0], "SA.PIS", region=Region(0, 0, 1_000, 1_000))
    join(new, 1, 0, kind="better_copy_of")
    (conflict,) = settling.conflicts(new, ids[0])
    assert (conflict.kept.id, conflict.contradictions) == (drawn, ())


def test_separating_two_by_hand_lets_both_count_again(new: Archive, ids: list[ImageId]) -> None:
    kept, other = see(new, ids[0], "SA.PIS"), see(new, ids[1], "SA.REV")
    join(new, 0, 1)
    before = said(new)
    settling.settle(new, kept, other, {"type": "second"})
    settling.separate(new, other)
    assert said(new) == before
    assert len(shown(new, ids[0])) == 2
    with pytest.raises(Refused, match="by itself already"):
        settling.separate(new, other)


def test_what_cannot_be_settled_is_refused_before_anything_is_written(new: Archive, ids: list[ImageId]) -> None:
    kept, other, alone = see(new, ids[0], "SA.PIS"), see(new, ids[1], "SA.REV"), see(new, ids[2], "SA.PIS")
    again = see(new, ids[0], "SA.PIS")
    with pytest.raises(Refused, match="two copies"):
        settling.settle(new, kept, other, {"type": "first"})
    join(new, 0, 1)
    state = dump(new)
    for one, two, words in ((kept, alone, "two copies"), (kept, again, "two copies"), (kept, other, "Say which")):
        with pytest.raises(Refused, match=words):
            settling.settle(new, one, two)
    with new.action("Link"):
        for sighting_id, label in ((kept, "one"), (other, "two")):
            weapon = rows.insert(new.db, "weapon", {"label": label})
            sightings.change(new.db, sighting_id, {"weapon_id": weapon})
    with pytest.raises(Refused, match="different physical weapons"):
        settling.settle(new, kept, other, {"type": "first"})
    new.undo()
    assert dump(new) == state
    settling.settle(new, kept, other, {"type": "first"})
    for one, two in ((kept, other), (other, kept)):
        with pytest.raises(Refused, match="does not count by itself"):
            settling.settle(new, one, two, {"type": "first"})


def test_two_on_one_copy_are_never_settled_into_the_same(new: Archive, ids: list[ImageId]) -> None:
    one, other = see(new, ids[0], None), see(new, ids[0], None)
    kept = see(new, ids[1], None)
    join(new, 0, 1)
    settling.settle(new, kept, one)
    assert settling.conflicts(new, ids[0]) == []
    with pytest.raises(Refused, match="One copy shows both"):
        settling.settle(new, kept, other)


def test_a_removed_sighting_lets_the_one_settled_into_it_count(new: Archive, ids: list[ImageId]) -> None:
    kept, other = see(new, ids[0], "SA.PIS"), see(new, ids[1], "SA.REV")
    join(new, 0, 1)
    settling.settle(new, kept, other, {"type": "first"})
    with new.action("Remove"):
        sightings.remove(new.db, kept)
    assert [one.id for one in shown(new, ids[0])] == [other]
    assert counted(new)["SA.REV"] == 1


def test_a_picture_is_no_longer_reviewed_when_a_weapon_counts_again_unconfirmed(
    new: Archive, ids: list[ImageId]
) -> None:
    kept, other = see(new, ids[0], "SA.PIS"), see(new, ids[1], "SA.REV")
    join(new, 0, 1)
    settling.settle(new, kept, other, {"type": "first"})
    rules.set_four_eyes(new, on=True)
    held = sightings.get(new.db, kept)
    assert held is not None
    assert held.identification is not None
    new.actor = "Grace"
    reviewing.decide(new, held.identification.id, "confirm", "")
    with new.action("Review"):
        new.db.conn.execute("UPDATE image SET status = 'reviewed' WHERE id <= 2")
    assert {line.status for line in looking.summaries(new, ids[:2])} == {"reviewed"}
    settling.separate(new, other)
    assert {line.status for line in looking.summaries(new, ids[:2])} == {"ready_for_review"}


TYPES = st.sampled_from([None, "SA.PIS", "SA.REV", "SA.RIF.AUT"])
COPY = st.lists(st.tuples(TYPES, st.sampled_from(["", "HUN", "AUT"]), st.sampled_from(["", "fired"])), max_size=3)


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(copies=st.lists(COPY, min_size=3, max_size=3), sides=st.lists(st.sampled_from(["first", "second"]), min_size=40))
def test_whatever_is_settled_the_verdicts_taken_back_or_undone_leave_all_as_it_was(
    new_folder: Path, copies: list[list[tuple[str | None, str, str]]], sides: list[Side]
) -> None:
    folder = new_folder.with_name("working")
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(new_folder, folder)
    with Archive.open(folder, actor="Ada") as archive:
        with archive.action("Import"):
            ids = [add_image(archive, number) for number in range(3)]
        for image_id, held in zip(ids, copies, strict=True):
            for type_, made_in, condition in held:
                see(archive, image_id, type_, made_in, details={"condition": condition})
        before, apart = said(archive), counted(archive)
        join(archive, 0, 1)
        join(archive, 1, 2)
        steps, choices = 0, iter(sides)
        while conflicts := settling.conflicts(archive, ids[0]):
            one = conflicts[0]
            settling.settle(archive, one.kept.id, one.other.id, {name: next(choices) for name in one.contradictions})
            steps += 1
        assert len(shown(archive, ids[0])) == max(map(len, copies)), "as many as the copy with the most shows"
        assert sum(counted(archive, "manufacture").values()) <= sum(map(len, copies))
        settled = dump(archive)
        for pair in ((0, 1), (1, 2)):
            duplicates.forget(archive, sha_of(pair[0]), sha_of(pair[1]))
        assert (said(archive), counted(archive)) == (before, apart)
        archive.undo()
        archive.undo()
        assert dump(archive) == settled
        for _ in range(steps + 2):
            archive.undo()
        assert (said(archive), counted(archive)) == (before, apart)


def test_history_and_cache_hold_whatever_is_settled(new_folder: Path) -> None:
    class Here(Work):
        template = new_folder

        @rule(pick=PICKS, side=st.sampled_from(["first", "second"]))
        def settle(self, pick: int, side: Side) -> None:
            image_id = self._pick("image", pick)
            conflicts = settling.conflicts(self.archive, ImageId(image_id)) if image_id is not None else []
            for one in conflicts[:1]:
                chosen = dict.fromkeys(one.contradictions, side)
                settling.settle(self.archive, one.kept.id, one.other.id, chosen)

        @rule(pick=PICKS)
        def separate(self, pick: int) -> None:
            settled = self.archive.db.conn.execute("SELECT sighting_id FROM settlement WHERE same = 1").fetchall()
            if settled:
                settling.separate(self.archive, SightingId(settled[pick % len(settled)][0]))

    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        Here,
        settings=settings(
            max_examples=20, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
