"""Files that are no pictures are kept bit for bit, in one action with what is said of them."""

import os
from pathlib import Path

import pytest

from core import filing
from core.archive import Archive
from core.errors import Refused
from core.jobs import Job
from core.records import ImageId
from core.store import images
from core.verifying import verify

WORDS = b"a,b\r\n1,\xc3\xa9\r\n"


def keep(archive: Archive, path: Path) -> ImageId:
    def note(image_id: ImageId) -> None:
        images.set_notes(archive.db, image_id, f"from {path.name}")

    with filing.copied_in(archive, path) as copied:
        return filing.keep(archive, copied, path, reason="It is a table.", label="File a table", also=note)


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "table.csv"
    path.write_bytes(WORDS)
    os.utime(path, (1_402_747_200, 1_402_747_200))
    return path


def test_a_file_is_kept_as_it_is_with_its_place_and_why_it_is_not_decoded(archive: Archive, table: Path) -> None:
    image_id = keep(archive, table)
    image = images.get(archive.db, image_id)
    assert image is not None
    kept = archive.originals.find(image.facts.sha256)
    assert kept is not None
    assert kept.read_bytes() == WORDS == table.read_bytes()
    assert (image.facts.state, image.facts.reason, image.notes) == ("undecodable", "It is a table.", "from table.csv")
    (capture,) = images.captures(archive.db, [image_id])[image_id]
    assert (capture.place.text, capture.modified_at) == (str(table), "2014-06-14T12:00:00Z")
    assert verify(archive, Job()).clean
    assert not list(archive.originals.incoming.iterdir())


def test_the_file_and_what_is_said_of_it_are_one_action(archive: Archive, table: Path) -> None:
    keep(archive, table)
    assert archive.undo() == "File a table"
    assert images.count(archive.db) == 0
    assert archive.redo() == "File a table"
    assert images.count(archive.db) == 1
    assert verify(archive, Job()).clean


def test_the_same_bytes_from_another_place_are_one_more_capture(archive: Archive, table: Path) -> None:
    image_id = keep(archive, table)
    other = table.with_name("other.csv")
    other.write_bytes(WORDS)
    assert keep(archive, other) == image_id
    assert len(images.captures(archive.db, [image_id])[image_id]) == 2


@pytest.mark.parametrize("name", ["", "missing.csv"])
def test_what_is_no_readable_file_is_refused_and_leaves_nothing(archive: Archive, tmp_path: Path, name: str) -> None:
    before = archive.generation
    with pytest.raises(Refused, match="cannot be read"):
        keep(archive, tmp_path / name)
    assert archive.generation == before
    assert not list(archive.originals.incoming.iterdir())
