"""The commands for vocabularies and models: what scripts rely on, in exit codes, JSON and words."""

from pathlib import Path

import pytest

from core import shipped
from core.archive import Archive
from core.commands.vocabulary import vocabulary
from core.records import ImageId
from core.store import descriptions
from tests.core.commanding import Command
from tests.core.filling import add_image

SUBCOMMANDS = ("list", "export", "import", "add", "rename", "merge", "retire", "remove", "move", "update")


@pytest.fixture
def folder(new_folder: Path) -> Path:
    """The folder of an archive with two images, closed."""
    with Archive.open(new_folder) as archive, archive.action("Import"):
        for number in range(2):
            add_image(archive, number)
    return new_folder


def test_all_vocabularies_are_listed(command: Command, folder: Path) -> None:
    found = {one["vocabulary"]: one for one in command("vocabulary", folder, "list", "--json").json}
    assert found["weapon_model"]["terms"] == len(shipped.models())
    assert found["certainty"]["fixed"]
    assert not found["holder"]["fixed"]
    assert "Holders" in command("vocabulary", folder, "list").out


def test_a_term_is_added_renamed_merged_and_retired(command: Command, folder: Path) -> None:
    added = command("vocabulary", folder, "add", "holder", "IS", "--alias", "Daesh")
    assert (added.code, added.out) == (0, "Added holder “IS” with the code is.\n")
    command("vocabulary", folder, "add", "holder", "ISIL", "--under", "daesh")
    with Archive.open(folder) as archive, archive.action("Describe"):
        descriptions.change(archive.db, [ImageId(1)], {"holder": "is"})
    renamed = command("vocabulary", folder, "rename", "holder", "Daesh", "Islamic State")
    assert (renamed.code, renamed.out) == (0, "Rename holder “IS” to “Islamic State”.\n")
    terms = command("vocabulary", folder, "list", "holder", "--json").json
    assert [(one["code"], one["parent"], one["depth"], one["uses"]) for one in terms] == [
        ("is", None, 0, 1),
        ("isil", "is", 1, 0),
    ]
    assert len(command("images", folder, 'holder:"islamic state"', "--json").json) == 1
    merged = command("vocabulary", folder, "merge", "holder", "isil", "islamic state")
    assert merged.out == "Merge holder “ISIL” into “Islamic State”: 0 records changed.\n"
    assert command("vocabulary", folder, "retire", "holder", "is").out == "Retire holder “Islamic State”.\n"
    assert "(retired)" in command("vocabulary", folder, "list", "holder").out
    assert command("vocabulary", folder, "retire", "holder", "is", "--again").code == 0
    assert command("undo", folder).out == "Undone: Offer again holder “Islamic State”.\n"


def test_terms_are_moved_and_removed(command: Command, folder: Path) -> None:
    for label in ("A", "B", "C"):
        command("vocabulary", folder, "add", "place", label)
    assert command("vocabulary", folder, "move", "place", "c", "up").out == "Move place “C” up.\n"
    assert command("vocabulary", folder, "move", "place", "a", "up").out.startswith("It is at the end")
    assert command("vocabulary", folder, "move", "place", "b", "under", "a").out == "Put place “B” under “A”.\n"
    assert command("vocabulary", folder, "move", "place", "b", "top").out == "Put place “B” on top.\n"
    assert command("vocabulary", folder, "move", "place", "b", "under").code == 2
    assert command("vocabulary", folder, "remove", "place", "c").out == "Remove place “C”.\n"
    codes = [one["code"] for one in command("vocabulary", folder, "list", "place", "--json").json]
    assert codes == ["a", "b"]


@pytest.mark.parametrize("name", ["country", "weapon_model"])
def test_a_vocabulary_goes_out_and_comes_back(command: Command, folder: Path, tmp_path: Path, name: str) -> None:
    table = tmp_path / "table.csv"
    ended = command("vocabulary", folder, "export", name, "--to", table)
    assert (ended.code, ended.out.startswith("Exported ")) == (0, True)
    back = command("vocabulary", folder, "import", name, table, "--replace")
    assert (back.code, back.out.endswith(": nothing changed.\n")) == (0, True)


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["rename", "holder", "nobody", "X"], "no holder called “nobody”"),
        (["add", "status", "lost"], "rests on"),
        (["add", "holder", "=1+1"], "like a formula"),
        (["merge", "country", "FRA", "FRA"], "into itself"),
        (["remove", "weapon_type", "SA.RIF.AUT"], "cannot be removed"),
        (["list", "colour"], "colour"),
        (["import", "holder", "/no/such/file"], "cannot be read"),
        (["move", "place", "x", "sideways"], "sideways"),
        (["bogus"], "bogus"),
    ],
)
def test_what_cannot_be_done_ends_with_2_in_one_line_and_changes_nothing(
    command: Command, folder: Path, args: list[str], said: str
) -> None:
    before = command("history", folder, "--json").json
    ended = command("vocabulary", folder, *args)
    assert (ended.code, ended.out) == (2, "")
    assert said in ended.err
    assert len(ended.err.splitlines()) == 1
    assert command("history", folder, "--json").json == before


def test_a_table_with_faults_is_refused_in_one_line_that_names_the_rows(
    command: Command, folder: Path, tmp_path: Path
) -> None:
    (tmp_path / "bad.csv").write_text("code,label\na,A\na,B\nb,=1\n")
    ended = command("vocabulary", folder, "import", "holder", tmp_path / "bad.csv")
    assert (ended.code, len(ended.err.splitlines())) == (2, 1)
    assert "row 4" in ended.err


def test_models_are_found_with_every_fact_and_its_source(command: Command, folder: Path) -> None:
    found = command("models", folder, "АК-63", "--json").json
    first = found[0]
    assert list(first) == ["code", "label", "type", "parent", "retired", "names", "facts"]
    assert (first["code"], first["type"], first["parent"]) == ("ak-63", "SA.RIF.AUT", "akm")
    assert all(fact["source"] for fact in (*first["names"], *first["facts"]))
    assert list(first["facts"][0]) == ["fact", "value", "language", "production", "maker", "years", "source"]
    assert {fact["value"] for fact in first["facts"] if fact["fact"] == "manufacture"} == {"HUN"}
    assert len(command("models", folder, "--json").json) == len(shipped.models())
    assert command("models", folder, "no such model at all", "--json").json == []
    assert command("models", folder, "ak-63").out.startswith("ak-63 ")


def test_the_library_is_updated_to_the_shipped_one(command: Command, folder: Path) -> None:
    ended = command("vocabulary", folder, "update")
    assert (ended.code, ended.out) == (0, "The library of weapon models is that of this program: nothing changed.\n")


def test_every_subcommand_has_words(command: Command, folder: Path) -> None:
    assert sorted(vocabulary.commands) == sorted(SUBCOMMANDS)
    for name in SUBCOMMANDS:
        told = command("vocabulary", folder, name, "--help")
        assert told.code == 0
        assert len(told.out.split("\n\n")[1].strip()) > 10


def test_while_another_writes_changes_are_refused(command: Command, folder: Path) -> None:
    with Archive.open(folder):
        ended = command("vocabulary", folder, "add", "holder", "IS")
        assert (ended.code, ended.out) == (2, "")
        assert "open for reading only" in ended.err
        assert command("vocabulary", folder, "list", "holder", "--json").json == []
