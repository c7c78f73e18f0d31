"""Undo and redo: without limit, over restarts, by steps, and never over what somebody else altered."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from core.archive import Archive
from core.errors import Conflict
from core.jobs import Job
from core.store import images, journal, sightings
from core.verifying import verify
from tests.core.filling import add_image, dump, tag


def write_many(archive: Archive, number: int) -> None:
    """So many actions of one image each."""
    for one in range(number):
        with archive.action(f"Import image {one}"):
            tag(archive, add_image(archive, one), type="SA.PIS", made_in="HUN")


def test_undo_and_redo_have_no_limit_and_survive_a_restart(new_folder: Path) -> None:
    states = []
    with Archive.open(new_folder) as archive:
        for number in range(30):
            states.append(dump(archive))
            with archive.action(f"Import image {number}"):
                add_image(archive, number)
        newest = dump(archive)
    for number in reversed(range(30)):
        with Archive.open(new_folder) as archive:
            assert archive.undo_label == f"Import image {number}"
            assert archive.undo() == f"Import image {number}"
            assert dump(archive) == states[number]
    with Archive.open(new_folder) as archive:
        assert (archive.undo_label, archive.redo_label) == (None, "Import image 0")
        assert archive.undo() is None
    for number in range(30):
        with Archive.open(new_folder) as archive:
            assert archive.redo() == f"Import image {number}"
    with Archive.open(new_folder) as archive:
        assert (archive.redo(), archive.redo_label) == (None, None)
        assert dump(archive) == newest
        assert verify(archive, Job()).altered == ()


def test_something_new_after_an_undo_leaves_nothing_to_redo_but_all_to_undo(new: Archive) -> None:
    write_many(new, 2)
    new.undo()
    with new.action("Something else"):
        add_image(new, 9)
    assert new.redo_label is None
    assert [new.undo(), new.undo(), new.undo()] == ["Something else", "Import image 0", None]


def test_undo_and_redo_take_turns_as_often_as_wanted(new: Archive) -> None:
    before = dump(new)
    write_many(new, 1)
    after = dump(new)
    for _ in range(3):
        assert (new.undo(), dump(new) == before) == ("Import image 0", True)
        assert (new.redo(), dump(new) == after) == ("Import image 0", True)


def test_the_many_actions_of_one_job_are_one_step(new: Archive) -> None:
    before = dump(new)
    step = journal.new_step()
    for number in range(5):
        with new.action("Import 5 images", step=step):
            add_image(new, number)
    assert [found.label for found in new.history()] == ["Import 5 images", "Create archive"]
    assert new.undo() == "Import 5 images"
    assert dump(new) == before
    assert new.redo() == "Import 5 images"
    assert images.count(new.db) == 5


def test_a_job_that_goes_on_after_the_stacks_were_read_is_taken_back_whole(new: Archive) -> None:
    before = dump(new)
    step = journal.new_step()
    for number in range(3):
        with new.action("Import", step=step):
            add_image(new, number)
        assert new.undo_label == "Import"
    new.undo()
    assert dump(new) == before


def test_the_history_says_who_did_what_and_what_was_taken_back(new: Archive) -> None:
    write_many(new, 2)
    new.undo()
    new.redo()
    labels = [step.label for step in new.history()]
    assert labels == [
        "Redo: Import image 1",
        "Undo: Import image 1",
        "Import image 1",
        "Import image 0",
        "Create archive",
    ]
    newest, undone, image_1, *_ = new.history()
    assert (newest.undoes, undone.undoes) == (undone.uuid, image_1.uuid)
    assert {step.actor for step in new.history()} == {"Ada"}
    assert [step.label for step in new.history(limit=2, before=undone.first_action)] == labels[2:4]


def test_an_undo_brings_back_what_a_deletion_took_along(new: Archive) -> None:
    write_many(new, 3)
    before = dump(new)
    with new.action("Remove 3 images"):
        new.db.conn.execute("DELETE FROM image")
    new.undo()
    assert dump(new) == before
    new.redo()
    stays = {"archive", "vocabulary", "term", "term_name", "model_fact"}
    assert all(rows == [] for table, rows in dump(new).items() if table not in stays)


@pytest.mark.parametrize(
    "alteration",
    [
        "UPDATE image SET notes = 'x' WHERE id = 2",
        "DELETE FROM capture WHERE id = 2",
        "UPDATE origin SET countries = 'x'",
    ],
)
def test_an_undo_over_a_row_altered_outside_is_refused_and_does_nothing(new_folder: Path, alteration: str) -> None:
    with Archive.open(new_folder) as archive:
        write_many(archive, 2)
    with closing(sqlite3.connect(new_folder / "catalogue.sqlite", isolation_level=None)) as outside:
        assert outside.execute(alteration).rowcount
    with Archive.open(new_folder) as archive:
        before, generation = dump(archive), archive.generation
        with pytest.raises(Conflict, match="altered outside Stocktake"):
            archive.undo()
        assert (dump(archive), archive.generation) == (before, generation)
        assert archive.undo_label == "Import image 1"


def test_an_undo_over_a_history_altered_outside_is_refused(new_folder: Path) -> None:
    with Archive.open(new_folder) as archive:
        write_many(archive, 1)
    with closing(sqlite3.connect(new_folder / "catalogue.sqlite", isolation_level=None)) as outside:
        outside.execute("UPDATE change SET tbl = 'imagery' WHERE id = (SELECT max(id) FROM change)")
    with Archive.open(new_folder) as archive, pytest.raises(Conflict):
        archive.undo()


def test_a_number_is_not_given_again_after_an_undo(new: Archive) -> None:
    with new.action("Import"):
        first = add_image(new, 1)
    new.undo()
    with new.action("Import"):
        second = add_image(new, 2)
    assert second > first
    assert sightings.get(new.db, sightings.SightingId(1)) is None
