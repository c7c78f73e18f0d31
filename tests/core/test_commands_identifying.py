"""The commands about sightings: what they list, what they add beside what is there, and what they refuse."""

from pathlib import Path

import pytest

from core import identifying, sighting_details, tagging
from core.archive import Archive, default_actor
from core.claims import Acquisition, Marking
from core.records import ImageId, SightingId
from core.regions import Region
from core.tagging import Tag
from tests.core.blind import begin_coding
from tests.core.commanding import Command
from tests.core.filling import add_image, sha_of
from tests.core.library import add_models


@pytest.fixture
def folder(new_folder: Path) -> Path:
    """An archive of two images: in the first an AKM with a region and a rifle, in the second nothing."""
    with Archive.open(new_folder, actor="Ada") as archive:
        add_models(archive)
        with archive.action("Import 2 images"):
            ids = [add_image(archive, number) for number in range(2)]
        (first,) = tagging.tag(archive, ids[:1], Tag(model="akm", certainty="probable")).sightings
        sighting_details.set_region(archive, first, Region(100_000, 200_000, 300_000, 400_000))
        identifying.add(archive, first, Marking("12?45", kind="serial"))
        identifying.add(archive, first, Acquisition(route="looted_depot"))
        sighting_details.add(archive, ids[0])
    return new_folder


def test_sightings_are_listed_with_all_claims_and_what_their_models_allow(folder: Path, command: Command) -> None:
    listed = command("sightings", folder, "--json")
    assert listed.code == 0
    first, second = listed.json
    assert (first["sha256"], first["names"], first["blind"]) == (sha_of(0), ["IMG_0000.jpg"], False)
    assert first["region"] == {"x_e6": 100_000, "y_e6": 200_000, "width_e6": 300_000, "height_e6": 400_000}
    (claim,) = first["identifications"]
    assert (claim["model"], claim["type"], claim["certainty"], claim["preferred"]) == (
        "akm", "SA.RIF.AUT", "probable", True,
    )  # fmt: skip
    assert [one["text"] for one in first["markings"]] == ["12?45"]
    assert [one["route"] for one in first["acquisitions"]] == ["looted_depot"]
    assert (first["origins"], first["reviews"]) == ([], [])
    assert sorted(first["possible_origins"], key=lambda one: (one["role"], one["country"])) == [
        {"role": "design", "country": "SUHH", "checked": True},
        {"role": "manufacture", "country": "HUN", "checked": False},
        {"role": "manufacture", "country": "SUHH", "checked": False},
    ]
    assert (second["identifications"], second["possible_origins"], second["region"]) == ([], [], None)


def test_a_query_narrows_the_list_and_lines_name_rivals(folder: Path, command: Command) -> None:
    assert command("sightings", folder, "IMG_0001", "--json").json == []
    assert command("sightings", folder, "marking:9", "--json").json == []
    assert len(command("sightings", folder, "marking:1?345", "--json").json) == 2
    command("identify", folder, "--sighting", 1, "--type", "SA.RIF.SL")
    lines = command("sightings", folder).out.splitlines()
    sha = sha_of(0)[:12]
    assert lines == [f"1  {sha}  AKM, probable (and 1 rival)  IMG_0000.jpg", f"2  {sha}  not identified  IMG_0000.jpg"]


def test_identify_adds_a_rival_and_with_prefer_goes_before_the_rest(folder: Path, command: Command) -> None:
    added = command(
        "identify", folder, "--sighting", 1, "--type", "SA.RIF.SL", "--certainty", "possible", "--basis", "silhouette",
        "--basis", "expert opinion",
    )  # fmt: skip
    assert (added.code, added.out) == (0, "Add a rival identification: self-loading rifle, possible.\n")
    first = command("sightings", folder, "--json").json[0]
    assert [(one["type"], one["preferred"]) for one in first["identifications"]] == [
        ("SA.RIF.AUT", True), ("SA.RIF.SL", False),
    ]  # fmt: skip
    assert first["identifications"][1]["bases"] == ["silhouette", "expert_opinion"]
    preferred = command("identify", folder, "--sighting", 1, "--type", "heavy machine gun", "--model", "M2", "--prefer")
    assert (preferred.code, preferred.out) == (0, "Add an identification: M2, unknown.\n")
    first = command("sightings", folder, "--json").json[0]
    assert [(one["type"], one["preferred"]) for one in first["identifications"]] == [
        ("SA.RIF.AUT", False), ("SA.RIF.SL", False), ("LW.MG.H", True),
    ]  # fmt: skip
    command("undo", folder)
    first = command("sightings", folder, "--json").json[0]
    assert [one["preferred"] for one in first["identifications"]] == [True, False]


def test_the_first_identification_is_preferred_and_a_model_brings_its_type(folder: Path, command: Command) -> None:
    assert command("identify", folder, "--sighting", 2, "--model", "akm").code == 0
    (claim,) = command("sightings", folder, "--json").json[1]["identifications"]
    assert (claim["type"], claim["calibre"], claim["preferred"]) == ("SA.RIF.AUT", "", True)


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("--sighting", "9", "--type", "SA.PIS"), "This sighting is not in the archive any more."),
        (("--sighting", "1", "--type", "bow"), "There is no weapon type called “bow”"),
        (("--sighting", "1"), "Name a weapon type by --type or a model by --model."),
        (("--type", "SA.PIS"), "Missing option '--sighting'"),
        (("--sighting", "1", "--type", "SA.PIS", "--model", "akm"), "AKM is of the type"),
        (("--sighting", "1", "--type", "SA.PIS", "--basis", "hunch"), "There is no basis called “hunch”"),
        (("--sighting", "1", "--type", "SA.PIS", "--certainty", "sure"), "Invalid value for '--certainty'"),
    ],
)
def test_what_cannot_be_is_refused_in_one_sentence_and_changes_nothing(
    folder: Path, command: Command, args: tuple[str, ...], words: str
) -> None:
    before = command("sightings", folder, "--json").out
    ended = command("identify", folder, *args)
    assert ended.code == 2
    assert words in ended.err
    assert len(ended.err.splitlines()) == 1
    assert command("sightings", folder, "--json").out == before


def test_a_blind_coding_is_listed_for_its_own_coder_alone(folder: Path, command: Command) -> None:
    with Archive.open(folder, actor="Ada") as archive:
        begin_coding(archive, [ImageId(2)], default_actor(), "Mary")
        archive.actor = "Mary"
        theirs = sighting_details.add(archive, ImageId(2))
        archive.actor = default_actor()
        own = sighting_details.add(archive, ImageId(2))
    listed = command("sightings", folder, "IMG_0001", "--json").json
    assert [(one["id"], one["blind"]) for one in listed] == [(own, True)]
    refused = command("identify", folder, "--sighting", SightingId(theirs), "--type", "SA.PIS")
    assert (refused.code, "another coder's" in refused.err) == (2, True)
    told = command("identify", folder, "--sighting", own, "--type", "SA.PIS")
    assert told.out == "Add an identification: in a blind coding.\n"
