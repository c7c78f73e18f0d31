"""Asking what is like a picture: from a file, the clipboard, an image or a region; nothing is imported by it."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageOps

from core.archive import Archive
from core.errors import Cancelled, Refused
from core.features import count_left, find_copies
from core.imaging import Undecodable
from core.importing import import_paths
from core.jobs import Job
from core.records import ImageId
from core.regions import Region
from core.similar import ask_bytes, ask_file, ask_image, find
from tests.core.commanding import Command
from tests.core.drawing import drawn, save

pytestmark = pytest.mark.heavy

WHOLE = Region(0, 0, 1_000_000, 1_000_000)


@pytest.fixture
def filled(tmp_path: Path, threads: ThreadPoolExecutor) -> Iterator[Archive]:
    """Four pictures, a cut of the first, and a scene in which the second is one object."""
    folder = tmp_path / "in"
    for number in range(4):
        save(folder, f"{number}.jpg", drawn(number), quality=90)
    save(folder, "cut.jpg", drawn(0).crop((90, 60, 440, 300)), quality=90)
    scene = drawn(9, (900, 700))
    scene.paste(drawn(1).resize((240, 180)), (500, 400))
    save(folder, "scene.png", scene)
    with Archive.create(tmp_path / "archive") as archive:
        import_paths(archive, [str(folder)], executor=threads)
        find_copies(archive, executor=threads)
        yield archive


def encoded(image: Image.Image, kind: str) -> bytes:
    data = BytesIO()
    image.save(data, kind)
    return data.getvalue()


def told(archive: Archive, asked: object) -> dict[str, str]:
    return {one.name: one.kind for one in find(archive, asked)}  # type: ignore[arg-type]


def test_a_file_from_anywhere_finds_its_copies_and_is_not_imported(filled: Archive, tmp_path: Path) -> None:
    before = filled.history_head, sorted(filled.folder.rglob("*"))
    file = save(tmp_path / "elsewhere", "x.png", ImageOps.mirror(drawn(0)))
    assert told(filled, ask_file(file)) == {"0.jpg": "mirrored", "cut.jpg": "mirrored"}
    assert (filled.history_head, sorted(filled.folder.rglob("*"))) == before


def test_a_file_that_is_in_the_archive_is_the_same_bytes(filled: Archive, tmp_path: Path) -> None:
    assert told(filled, ask_file(tmp_path / "in" / "0.jpg")) == {"0.jpg": "same_bytes", "cut.jpg": "crop"}


@pytest.mark.parametrize("kind", ["PNG", "BMP", "TIFF", "WEBP", "GIF"])
def test_what_a_clipboard_holds_is_asked_about_as_a_file_is(filled: Archive, kind: str) -> None:
    assert told(filled, ask_bytes(encoded(drawn(2), kind))) == {"2.jpg": "same_picture"}


def test_of_one_kind_the_clearest_comes_first(filled: Archive, tmp_path: Path, threads: ThreadPoolExecutor) -> None:
    for name, share in (("a small cut", 0.4), ("b large cut", 0.9), ("c cut", 0.6)):
        width, height = drawn(2).size
        save(tmp_path / "cuts", f"{name}.jpg", drawn(2).crop((0, 0, round(width * share), round(height * share))))
    import_paths(filled, [str(tmp_path / "cuts")], executor=threads)
    find_copies(filled, executor=threads)
    file = save(tmp_path / "elsewhere", "x.jpg", drawn(2), quality=60)
    found = [one.name for one in find(filled, ask_file(file)) if one.kind == "crop"]
    assert found == ["b large cut.jpg", "c cut.jpg", "a small cut.jpg"]


def test_an_image_is_not_like_itself(filled: Archive) -> None:
    first = next(one.image.id for one in find(filled, ask_bytes(encoded(drawn(0), "PNG"))) if one.name == "0.jpg")
    assert told(filled, ask_image(filled, first)) == {"cut.jpg": "crop"}


def test_a_region_finds_where_it_appears_and_lies_there(filled: Archive) -> None:
    # The part of the scene into which the second picture was set, and a little more.
    region = Region(540_000, 560_000, 290_000, 280_000)
    scene = next(one.image.id for one in find(filled, ask_bytes(encoded(drawn(9, (900, 700)), "PNG"))))
    found = {one.name: one for one in find(filled, ask_image(filled, scene, region))}
    assert list(found) == ["1.jpg"]
    transform = found["1.jpg"].transform
    assert transform is not None
    x, y = transform.inverse().point(0, 0)
    assert (x, y) == pytest.approx(((500 / 900 - 0.54) / 0.29, (400 / 700 - 0.56) / 0.28), abs=0.03)


def test_a_region_that_is_the_whole_finds_what_the_whole_finds(filled: Archive) -> None:
    data = encoded(drawn(0), "PNG")
    assert told(filled, ask_bytes(data, WHOLE)).keys() == {"0.jpg", "cut.jpg"}


def test_a_picture_with_nothing_to_see_is_like_nothing(filled: Archive) -> None:
    assert told(filled, ask_bytes(encoded(Image.new("RGB", (300, 200), "grey"), "PNG"))) == {}
    assert told(filled, ask_bytes(encoded(Image.new("L", (1, 1)), "PNG"), WHOLE)) == {}


def test_what_is_no_picture_is_refused_in_a_sentence(filled: Archive, tmp_path: Path) -> None:
    with pytest.raises(Undecodable, match="does not begin"):
        ask_bytes(b"nothing of the kind")
    with pytest.raises(Refused, match="cannot be read"):
        ask_file(tmp_path / "nowhere.jpg")
    with pytest.raises(Refused, match="no longer"):
        ask_image(filled, ImageId(99))


def test_what_was_not_looked_at_yet_is_counted(filled: Archive, tmp_path: Path, threads: ThreadPoolExecutor) -> None:
    assert count_left(filled) == 0
    import_paths(filled, [str(save(tmp_path / "new", f"{n}.png", drawn(20 + n))) for n in range(2)], executor=threads)
    assert count_left(filled) == 2
    find_copies(filled, executor=threads)
    assert count_left(filled) == 0


def test_before_the_stage_has_ever_run_all_are_left(tmp_path: Path, threads: ThreadPoolExecutor) -> None:
    save(tmp_path / "in", "a.png", drawn(1))
    (tmp_path / "in" / "broken.jpg").write_bytes(encoded(drawn(1), "JPEG")[:600])
    with Archive.create(tmp_path / "archive") as archive:
        import_paths(archive, [str(tmp_path / "in")], executor=threads)
        assert count_left(archive) == 1
        find_copies(archive, executor=threads)
        assert count_left(archive) == 0


def test_it_can_be_cancelled(filled: Archive) -> None:
    job = Job()
    job.cancel()
    with pytest.raises(Cancelled):
        find(filled, ask_bytes(encoded(drawn(0), "PNG")), job=job)


def test_the_command_line_finishes_the_stage_lists_and_asks(command: Command, tmp_path: Path) -> None:
    archive = tmp_path / "archive"
    for name, picture in (("a.png", drawn(1)), ("b.png", drawn(1).crop((90, 60, 440, 300))), ("c.png", drawn(2))):
        save(tmp_path / "in", name, picture)
    command("init", archive)
    command("import", archive, tmp_path / "in")
    assert "near" not in command("duplicates", archive, "--layers", "bytes,pixels,near").out
    assert "crop: " in command("duplicates", archive, "--layers", "all").out
    assert command("features", archive).out == "Held 0 images against the others.\n"
    save(tmp_path / "in", "d.png", ImageOps.mirror(drawn(2)))
    command("import", archive, tmp_path / "in" / "d.png")
    asked = command("similar", archive, tmp_path / "in" / "a.png")
    assert "same_bytes" in asked.out
    assert "b.png" in asked.out
    assert "not every image was looked at" in asked.err.lower()
    assert command("features", archive).out == "Held 1 image against the others.\n"
    found = command("similar", archive, tmp_path / "in" / "d.png", "--region", "0.1,0.1,0.8,0.8", "--json").json
    assert {one["name"]: len(one["transform"]) for one in found} == {"c.png": 6, "d.png": 6}
    for bad in ("0,0,2,1", "a,b,c,d", "0,0,1", "nan,0,1,1"):
        assert command("similar", archive, tmp_path / "in" / "a.png", "--region", bad).code == 2
    assert command("duplicates", archive, "--layers", "far").code == 2
    assert command("similar", archive, tmp_path / "nowhere.png").code == 2
