"""What the sample archive says: something of every kind of claim, all of it made up and openly so."""

import shutil
from collections.abc import Iterator
from dataclasses import astuple
from pathlib import Path

import pytest

from core import looking, recycling, search
from core.archive import Archive
from core.blind_coding import coding_agreement, double_coding, settling_codings
from core.blind_coding.settling_codings import Choice
from core.claims import Identification, Marking
from core.jobs import Job
from core.records import ImageId, Query, Sighting
from core.reposts import plate_path
from core.sample import create_sample
from core.sample_claims import BLIND_SETS, CLAIMS, DESCRIPTIONS, REGIONS, REVIEWS, SOURCES, TERMS
from core.sighted import Sighted, sighted
from core.store import sources


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("home") / "sample"
    create_sample(folder, Job())
    return folder


@pytest.fixture
def sample(made: Path, tmp_path: Path) -> Iterator[Archive]:
    shutil.copytree(made, tmp_path / "copy")
    with Archive.open(tmp_path / "copy", actor="Newcomer") as archive:
        yield archive


def found(archive: Archive, query: str) -> list[ImageId]:
    return [ImageId(number) for number in search.find(archive, search.parse(archive, query))]


def on_plate(archive: Archive, number: int) -> tuple[Sighted, ...]:
    name = plate_path(number).rsplit("/", 1)[-1]
    every = looking.summaries(archive, [ImageId(one) for one in search.find(archive, Query())])
    return sighted(archive, next(line.sightings for line in every if line.name == name))


def test_every_facet_tells_pictures_apart(sample: Archive) -> None:
    values = search.facet_values(sample, Query())
    assert set(values) == set(search.FACETS)
    total = len(list(search.find(sample, Query())))
    for name, every in values.items():
        assert len([value for value in every if 0 < value.count < total]) >= 2, name


def test_regions_are_drawn_on_some_plates(sample: Archive) -> None:
    drawn = {number for number, _ in REGIONS}
    held: list[Sighting] = [one.sighting for number in drawn for one in on_plate(sample, number)]
    assert len([one for one in held if one.region is not None]) == len(REGIONS) + 1


def test_there_are_rivals_a_joint_origin_and_a_way_with_two_transfers(sample: Archive) -> None:
    (mortar,) = on_plate(sample, 5)
    assert mortar.sighting.countries("manufacture") == ("FIN", "SWE")
    assert [one.countries for one in mortar.claimed.origins if not one.preferred] == [("FIN",)]
    (rifle,) = on_plate(sample, 10)
    assert [one.author for one in rifle.claimed.identifications] == ["Sample analyst", "Second sample analyst"]
    (acquisition,) = on_plate(sample, 1)[0].claimed.acquisitions
    assert len(acquisition.transfers) == 2
    source = on_plate(sample, 1)[0].source_of(acquisition)
    assert source is not None
    assert source.account == "@made_up_harbour_news"


def test_a_marking_of_which_a_character_is_unread_fits_another(sample: Archive) -> None:
    (rifle,) = on_plate(sample, 1)
    assert [one.text for one in rifle.fitting] == ["MU 12?45"]
    assert len(found(sample, 'marking:"MU 12345"')) > 1


def test_a_picture_was_told_again_of_another_place_and_time(sample: Archive) -> None:
    (image_id, *_) = found(sample, 'place:"Ostfell (made up)"')
    contradictions = [one for one in recycling.of_image(sample, image_id) if one.contradicts]
    kinds = {difference.kind for one in contradictions for difference in one.differences}
    assert {"date", "place", "country", "known_here"} <= kinds


def test_identifications_are_confirmed_disputed_and_unreviewed(sample: Archive) -> None:
    counts = {value.code: value.count for value in search.facet_values(sample, Query())["review"]}
    assert {"confirm", "disputed", "needs_specialist", "unreviewed"} <= counts.keys()


def test_one_coding_set_is_settled_and_the_other_waits_for_the_newcomer(sample: Archive) -> None:
    settled, waiting = (double_coding.get(sample, one.name) for one in BLIND_SETS)
    assert (settled.closed, settled.settled, settled.images) == (True, 2, 2)
    assert (waiting.closed, waiting.settled) == (True, 0)
    (apart,) = coding_agreement.disagreements(sample, waiting.name)
    assert {one.field for one in apart.differences} == {"model", "level", "certainty", "manufacture", "context"}
    settling_codings.settle(sample, waiting.name, apart.image_id, Choice("second"), "made up")
    assert settling_codings.settle_agreed(sample, waiting.name) == 1
    rivals = on_plate(sample, 19)[0].claimed.identifications
    assert [(one.type, one.preferred) for one in rivals] == [("LW.ATGM", True), ("LW.RKT", False)]


def test_nothing_is_said_that_could_be_taken_for_true(sample: Archive) -> None:
    assert all("made up" in term.label for _, term in TERMS)
    assert all("made" in source.name and "up" in source.name for source in sources.every(sample.db))
    assert all("made-up" in said.get("url", "made-up") for said in SOURCES.values())
    told = [said["caption"] for _, said in DESCRIPTIONS if "caption" in said]
    told += [one.reason for one in REVIEWS if one.reason]
    told += [reason for one in BLIND_SETS for reason in one.reasons if reason]
    for said in CLAIMS:
        claim = said.claim
        told += [text for text in (getattr(claim, "note", ""), getattr(claim, "features", "")) if text]
        if isinstance(claim, Identification):
            told += [one.reason for one in claim.look_alikes]
        if isinstance(claim, Marking):
            assert claim.text.startswith("MU ")
    assert len(told) > 8
    assert all(text.startswith("Made up: ") for text in told)
    parties = [astuple(step)[:2] for one in on_plate(sample, 1)[0].claimed.acquisitions for step in one.transfers]
    assert all("made up" in party for step in parties for party in step)
