"""The commands about blind coding: what scripts rely on, and that none of them tells what a coder said."""

from pathlib import Path
from typing import Any

import pytest

from core import tagging
from core.archive import Archive
from core.exporting import EXPORTERS
from core.records import ImageId
from core.tagging import Tag
from tests.core.commanding import Command, Ended
from tests.core.filling import add_image, sha_of
from tests.core.library import add_models

WORD = "zeppelinesque"


@pytest.fixture
def folder(new_folder: Path) -> Path:
    """An archive of three images."""
    with Archive.open(new_folder, actor="Ada") as archive, archive.action("Import 3 images"):
        for number in range(3):
            add_image(archive, number)
    return new_folder


def code(folder: Path, who: str, number: int, **said: Any) -> None:
    with Archive.open(folder, actor=who) as archive:
        tagging.tag(archive, [ImageId(number + 1)], Tag(**said))


def make(command: Command, folder: Path) -> Ended:
    return command(
        "coding", folder, "new", "--set", "Pilot", "--coder", "Ada", "--coder", "Ben", "--query", "", "--as", "Cleo"
    )


def close(command: Command, folder: Path, *who: str) -> list[str]:
    return [command("coding", folder, "close", "--set", "Pilot", "--as", coder).out for coder in who]


def test_a_set_is_made_coded_closed_and_measured(command: Command, folder: Path) -> None:
    assert make(command, folder).out == "Made the coding set “Pilot”: 3 images.\n"
    for who, made_in in (("Ada", "HUN"), ("Ben", "AUT")):
        code(folder, who, 0, type="SA.PIS", manufacture=made_in)
        code(folder, who, 1, type="SA.REV")
    (listed,) = command("coding", folder, "list", "--as", "Ada", "--json").json
    assert [(one["name"], one["done"]) for one in listed["coders"]] == [("Ada", 2), ("Ben", None)]
    assert close(command, folder, "Ada", "Ben") == [
        "Closed. The set waits for Ben.\n",
        "Closed. Both codings can be compared now.\n",
    ]
    found = command("agreement", folder, "--set", "Pilot", "--json").json
    assert (found["coders"], found["images"], found["weapons"]) == (["Ada", "Ben"], 3, 2)
    assert found["fields"]["type"]["kappa"] == 1
    assert found["fields"]["manufacture"]["per_cent"] == 0
    assert found["fields"]["manufacture"]["disagreements"] == [{"first": "HUN", "second": "AUT", "units": 1}]
    assert found["fields"]["level"]["undefined"].startswith("Kappa is undefined")


def test_agreement_reads_as_a_table_under_its_rule(command: Command, folder: Path) -> None:
    make(command, folder)
    code(folder, "Ada", 0, type="SA.PIS", manufacture="HUN")
    code(folder, "Ben", 0, type="SA.REV")
    close(command, folder, "Ada", "Ben")
    lines = command("agreement", folder, "--set", "Pilot").out.splitlines()
    assert [line.split() for line in lines[:4]] == [
        ["units", "agreed", "per", "cent", "kappa"],
        ["sightings", "3", "3", "100.0", "1.000"],
        ["type", "1", "0", "0.0", "0.000"],
        ["1", "×", "self-loading", "pistol", "/", "revolver"],
    ]
    assert "    1 × Hungary / not recorded" in lines
    assert lines[-1].startswith("Ada and Ben coded 3 images blind and recorded 1 weapon between them")


def test_what_both_agree_on_is_settled_and_the_rest_is_listed(command: Command, folder: Path) -> None:
    make(command, folder)
    for who, type_ in (("Ada", "SA.PIS"), ("Ben", "SA.REV")):
        code(folder, who, 0, type=type_)
        code(folder, who, 1, type="SA.REV")
    close(command, folder, "Ada", "Ben")
    (apart,) = command("coding", folder, "disagreements", "--set", "Pilot", "--json").json
    assert apart == {"sha256": sha_of(0), "field": "type", "first": "self-loading pistol", "second": "revolver"}
    assert "type: self-loading pistol / revolver" in command("coding", folder, "disagreements", "--set", "Pilot").out
    assert command("coding", folder, "settle", "--set", "Pilot").out == "Settled 2 images.\n"
    assert len(command("images", folder, "type:SA.REV", "--json").json) == 1
    assert "Pilot: 3 images, 2 settled; Ada closed, 2 tagged; Ben closed" in command("coding", folder, "list").out


def test_a_coder_codes_blind_from_the_command_line(command: Command, folder: Path) -> None:
    with Archive.open(folder) as archive:
        add_models(archive)
    make(command, folder)
    for who, said in (("Ada", ("--model", "akm")), ("Ben", ("--type", "SA.RIF.AUT"))):
        tagged = command("tag", folder, "--query", "set:Pilot", *said, "--as", who)
        assert tagged.out == "Tag 3 images: in a blind coding.\n"
    close(command, folder, "Ada", "Ben")
    fields = command("agreement", folder, "--set", "Pilot", "--json").json["fields"]
    assert (fields["type"]["agreed"], fields["model"]["agreed"]) == (3, 0)
    assert fields["model"]["disagreements"] == [{"first": "akm", "second": None, "units": 3}]


def test_a_model_brings_its_type_and_contradicts_another(command: Command, folder: Path) -> None:
    with Archive.open(folder) as archive:
        add_models(archive)
    refused = command("tag", folder, "--sha256", sha_of(0), "--model", "AKM", "--type", "SA.PIS")
    assert (refused.code, "AKM is of the type" in refused.err) == (2, True)
    assert command("tag", folder, "--sha256", sha_of(0), "--model", "AKM", "--type", "SA.RIF").code == 0
    assert command("tag", folder, "--sha256", sha_of(1), "--model", "AKM").code == 0
    assert len(command("images", folder, "type:SA.RIF.AUT", "--json").json) == 1
    assert len(command("images", folder, "model:akm type:SA.RIF", "--json").json) == 2


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("agreement", "--set", "Pilot"), "still being coded"),
        (("agreement", "--set", "Other"), "There is no coding set “Other”; there are “Pilot”."),
        (("coding", "disagreements", "--set", "Pilot"), "still being coded"),
        (("coding", "settle", "--set", "Pilot"), "still being coded"),
        (("coding", "close", "--set", "Pilot", "--as", "Cleo"), "Cleo is not a coder"),
        (("coding", "new", "--set", "Two", "--coder", "Ada", "--query", ""), "two coders"),
        (("coding", "new", "--set", "Two", "--coder", "A", "--coder", "B", "--query", ""), "waits in the coding set"),
        (("coding", "close"), "Missing option"),
    ],
)
def test_what_cannot_be_done_is_refused_in_one_sentence(
    command: Command, folder: Path, arguments: tuple[str, ...], words: str
) -> None:
    make(command, folder)
    ended = command(arguments[0], folder, *arguments[1:])
    assert (ended.code, ended.out) == (2, "")
    assert words in ended.err


def test_no_command_tells_what_a_coder_said(command: Command, folder: Path, tmp_path: Path) -> None:
    make(command, folder)
    code(folder, "Ada", 0, type="IM.CRA", design="MNG", manufacture="PRY", note=WORD, certainty="doubtful")
    secret = (WORD, "IM.CRA", "craft-made", "MNG", "Mongolia", "PRY", "Paraguay", "doubtful")
    told = [
        command("images", folder, "--json"),
        command("images", folder, WORD),
        command("images", folder, "type:IM"),
        command("images", folder, "country:PRY"),
        command("duplicates", folder, "--csv", "-"),
        command("history", folder),
        command("history", folder, "--json"),
        command("verify", folder, "--json"),
        command("coding", folder, "list", "--as", "Ben"),
        command("coding", folder, "list", "--json"),
        command("agreement", folder, "--set", "Pilot", "--json"),
    ]
    undone = command("undo", folder)
    told.append(undone)
    for one in EXPORTERS:
        command("export", folder, "--format", one.id, "--to", tmp_path / f"out{one.suffix}")
        if one.id != "xlsx":
            told.append(Ended(0, (tmp_path / f"out{one.suffix}").read_text("utf-8"), ""))
    assert {(word, ended) for word in secret for ended in told if word in ended.out + ended.err} == set()
    for by in ("type", "design", "manufacture"):
        rows = command("counts", folder, "--by", by, "--unit", "sightings", "--json").json["rows"]
        assert sum(row["count"] for row in rows if row["code"] in secret) == 0
    assert (undone.code, "only Ada can take it back" in undone.err) == (2, True)
