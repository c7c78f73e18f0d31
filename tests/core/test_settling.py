"""The same photographs three times over: settled, they count as once."""

from pathlib import Path

from core import analysis, duplicates, search, tagging
from core.archive import Archive
from core.importing import import_paths
from core.records import ImageId
from core.tagging import Tag
from tests.core import drawing

PICTURES = 6


def encode(folder: Path, ending: str, **options: object) -> list[Path]:
    return [
        drawing.save(folder, f"{number}.{ending}", drawing.drawn(number), **options) for number in range(PICTURES)
    ]  # fmt: skip


def import_and_tag(archive: Archive, paths: list[Path]) -> None:
    """Take files in and tag each by itself, as one who does not know of the copies."""
    import_paths(archive, [str(path) for path in paths], jobs=1)
    for path in paths:
        number = int(path.stem)
        query = search.parse(archive, f'"{path.name}"')
        ids = [ImageId(image_id) for image_id in search.find(archive, query)]
        assert len(ids) == 1
        tagging.tag(archive, ids, Tag("SA.RIF.AUT" if number % 2 else "SA.PIS", manufacture="HUN"))
        if number == 0:
            tagging.tag(archive, ids, Tag("LW.RKT", design="SUHH"))


def counted(archive: Archive) -> dict[tuple[str, str], tuple[analysis.CountRow, ...]]:
    tables = analysis.every_count(archive)
    return {(table.by, table.unit): table.rows for table in tables if table.unit in ("pictures", "sightings")}


def test_tags_on_three_encodings_count_once_when_the_groups_are_settled(new: Archive, tmp_path: Path) -> None:
    import_and_tag(new, encode(tmp_path / "one", "jpg", quality=90))
    single = counted(new)
    import_and_tag(new, encode(tmp_path / "two", "jpeg", quality=45))
    import_and_tag(new, encode(tmp_path / "three", "png"))
    assert counted(new) != single
    assert "found pairs are not decided yet" in analysis.counts(new, by="type", unit="pictures").rule
    found = duplicates.queue(new)
    duplicates.decide_many(new, found, "same_picture")
    assert counted(new) == single
