"""What the views show of images: lines, thumbnails, everything about one, and the picture itself."""

import io
from pathlib import Path

import pytest
from PIL import Image

from core import describing, duplicates, importing, looking, search, tagging
from core.archive import Archive
from core.errors import Refused
from core.imaging import THUMBNAIL_PX, Undecodable
from core.records import ImageId, Query
from core.tagging import Tag
from tests.core.drawing import drawn, save

_ORIENTATION = 0x0112


@pytest.fixture
def ids(new: Archive, tmp_path: Path) -> dict[str, ImageId]:
    """Two copies of one picture, another that is turned in its header, and half a file, by name."""
    folder = tmp_path / "field"
    save(folder, "a.jpg", drawn(1, (900, 600)), quality=90)
    save(folder, "b small.jpg", drawn(1, (900, 600)).reduce(2), quality=80)
    header = Image.Exif()
    header[_ORIENTATION] = 6
    save(folder, "c turned.jpg", drawn(2, (400, 300)), exif=header)
    data = save(folder, "d torn.jpg", drawn(3)).read_bytes()
    (folder / "d torn.jpg").write_bytes(data[: len(data) // 2])
    importing.import_paths(new, [str(folder)], jobs=1)
    found = [ImageId(number) for number in search.find(new, Query())]
    return {line.name: line.image_id for line in looking.summaries(new, found)}


def test_lines_come_in_the_order_asked_for_without_absent_ones(new: Archive, ids: dict[str, ImageId]) -> None:
    wanted = [ids["d torn.jpg"], ImageId(9_999), ids["a.jpg"]]
    assert [line.name for line in looking.summaries(new, wanted)] == ["d torn.jpg", "a.jpg"]
    assert looking.summaries(new, []) == []


def test_a_line_says_state_status_group_and_tags(new: Archive, ids: dict[str, ImageId]) -> None:
    (match,) = duplicates.queue(new)
    duplicates.decide_many(new, [match], "same_picture")
    tagging.tag(new, [ids["a.jpg"]], Tag("SA.PIS"))
    tagging.set_status(new, [ids["b small.jpg"]], "reviewed")
    small, torn = looking.summaries(new, [ids["b small.jpg"], ids["d torn.jpg"]])
    assert (small.state, small.status, small.group_size, small.reason) == ("decoded", "reviewed", 2, "")
    assert [one.identification.type for one in small.sightings if one.identification] == ["SA.PIS"]
    assert (torn.state, torn.group_size, torn.sightings) == ("undecodable", 1, ())
    assert torn.reason


def test_a_thumbnail_is_upright_and_of_its_size(new: Archive, ids: dict[str, ImageId]) -> None:
    jpeg = looking.thumbnail(new, ids["c turned.jpg"])
    assert jpeg is not None
    picture = Image.open(io.BytesIO(jpeg))
    assert picture.format == "JPEG"
    assert picture.size == (THUMBNAIL_PX * 3 // 4, THUMBNAIL_PX)


def test_what_cannot_be_decoded_has_no_thumbnail(new: Archive, ids: dict[str, ImageId]) -> None:
    assert looking.thumbnail(new, ids["d torn.jpg"]) is None
    assert looking.thumbnail(new, ImageId(9_999)) is None


def test_the_detail_holds_captures_group_verdicts_and_what_is_undecided(new: Archive, ids: dict[str, ImageId]) -> None:
    before = looking.detail(new, ids["b small.jpg"])
    assert before is not None
    assert len(before.matches) == 1
    assert [member.name for member in before.group] == ["b small.jpg"]
    tagging.tag(new, [ids["a.jpg"]], Tag("SA.PIS"))
    duplicates.decide(
        new,
        from_sha256=max(before.matches[0].sha256_a, before.matches[0].sha256_b),
        to_sha256=min(before.matches[0].sha256_a, before.matches[0].sha256_b),
        verdict="same_picture",
    )
    after = looking.detail(new, ids["b small.jpg"])
    assert after is not None
    assert after.matches == ()
    assert [member.name for member in after.group] == ["b small.jpg", "a.jpg"]
    assert [(member.width_px, member.height_px) for member in after.group] == [(450, 300), (900, 600)]
    assert [one.kind for one in after.relations] == ["same_picture"]
    assert [one.image_id for one in after.sightings] == [ids["a.jpg"]]
    assert [capture.place.name for capture in after.captures] == ["b small.jpg"]


def test_there_is_no_detail_of_an_image_that_is_gone(new: Archive, ids: dict[str, ImageId]) -> None:
    new.undo()
    assert looking.detail(new, ids["a.jpg"]) is None


def test_the_picture_comes_upright_and_in_full(new: Archive, ids: dict[str, ImageId]) -> None:
    assert looking.picture(new, ids["c turned.jpg"]).size == (300, 400)
    assert looking.picture(new, ids["a.jpg"]).size == (900, 600)


def test_the_picture_comes_reduced_when_asked(new: Archive, ids: dict[str, ImageId]) -> None:
    picture = looking.picture(new, ids["a.jpg"], max_px=300)
    assert 300 <= max(picture.size) < 900


def test_a_picture_that_cannot_be_shown_says_why(new: Archive, ids: dict[str, ImageId]) -> None:
    with pytest.raises(Undecodable):
        looking.picture(new, ids["d torn.jpg"])
    for original in (new.folder / "originals").rglob("*.jpg"):
        original.unlink()
    with pytest.raises(Refused, match="original of this image is missing"):
        looking.picture(new, ids["a.jpg"])
    new.undo()
    with pytest.raises(Refused, match="no longer in the archive"):
        looking.picture(new, ids["a.jpg"])


def test_a_graphic_picture_is_covered_with_all_its_copies(new: Archive, ids: dict[str, ImageId]) -> None:
    everyone = list(ids.values())
    describing.mark_sensitive(new, [ids["c turned.jpg"]], "personal_information")
    assert not any(one.covered for one in looking.summaries(new, everyone))
    describing.mark_sensitive(new, [ids["a.jpg"]], "body_or_execution")
    (match,) = duplicates.queue(new)
    duplicates.decide(new, from_sha256=match.sha256_a, to_sha256=match.sha256_b, verdict="same_picture")
    covered = {one.name for one in looking.summaries(new, everyone) if one.covered}
    assert covered == {"a.jpg", "b small.jpg"}
    shown = [looking.detail(new, image_id) for image_id in everyone]
    assert {one.image.id for one in shown if one is not None and one.covered} == {ids["a.jpg"], ids["b small.jpg"]}


def test_the_quality_of_the_last_saving_is_told_where_it_can_be(new: Archive, ids: dict[str, ImageId]) -> None:
    assert looking.saved_quality(new, ids["a.jpg"]) == pytest.approx(90, abs=2)
    assert looking.saved_quality(new, ImageId(9_999)) is None
