"""What a command holds of an archive while it runs."""

from pathlib import Path

from core import search, tagging
from core.archive import CACHE, Archive
from core.opened import reading, writing
from core.records import ImageId, Query
from core.tagging import Tag


def test_who_only_reads_refuses_nobody_who_writes(filled_folder: Path) -> None:
    with reading(filled_folder) as (reader, _), Archive.open(filled_folder) as writer:
        assert (reader.read_only, writer.read_only) == (True, False)


def test_a_lost_cache_is_made_again_before_reading_and_the_lock_let_go(filled_folder: Path) -> None:
    (filled_folder / CACHE).unlink()
    with reading(filled_folder, with_matches=True) as (reader, _), Archive.open(filled_folder) as writer:
        assert (reader.read_only, writer.read_only) == (True, False)
        assert (filled_folder / CACHE).is_file()
        assert list(search.find(reader, search.parse(reader, "tagged:yes")))


def test_images_can_be_tagged_while_another_command_lists_them(filled_folder: Path) -> None:
    with reading(filled_folder) as (reader, _):
        ids = [ImageId(image_id) for image_id in search.find(reader, Query())]
        with writing(filled_folder) as (writer, _):
            tagging.tag(writer, ids, Tag("AV.UAV"))
        assert [ImageId(found) for found in search.find(reader, search.parse(reader, "type:AV.UAV"))] == ids
