"""Single sightings in full: rivals, the physical weapon, fitting readings, and crops of their regions."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from PIL import Image as Pillow
from PIL import ImageDraw

from core import identifying, importing, looking, physical_weapons, sighted, sighting_details
from core.archive import Archive
from core.claims import Identification, Marking
from core.records import ImageId, SightingId
from core.regions import Region
from tests.core.filling import add_image


def held(archive: Archive, image_id: int) -> tuple[sighted.Sighted, ...]:
    return sighted.sighted(archive, looking.summaries(archive, [ImageId(image_id)])[0].sightings)


def test_a_sighting_comes_with_rivals_its_weapon_and_what_its_markings_fit(new: Archive) -> None:
    with new.action("Import 2 images"):
        ids = [add_image(new, number) for number in range(2)]
    first, second = (sighting_details.add(new, image_id) for image_id in ids)
    for type_ in ("SA.PIS", "SA.REV"):
        identifying.add(new, first, Identification(type_))
    weapon = physical_weapons.name(new, "rifle 7", [first])
    for sighting_id, text in ((first, "12?45"), (second, "12345")):
        identifying.add(new, sighting_id, Marking(text, kind="serial"))
    (one,) = held(new, ids[0])
    assert [claim.type for claim in one.claimed.identifications] == ["SA.PIS", "SA.REV"]
    assert one.weapon == physical_weapons.Weapon(weapon, "rifle 7", "", 1)
    (fitting,) = one.fitting
    assert (fitting.marking_id, fitting.text, fitting.image_id, fitting.name) == (
        one.claimed.markings[0].id, "12345", ids[1], "IMG_0001.jpg",
    )  # fmt: skip
    (other,) = held(new, ids[1])
    assert (other.weapon, [one.text for one in other.fitting]) == (None, ["12?45"])


def test_a_crop_holds_the_pixels_of_its_region_and_no_more_than_asked(archive: Archive, tmp_path: Path) -> None:
    picture = Pillow.new("RGB", (400, 200), "white")
    ImageDraw.Draw(picture).rectangle((100, 50, 149, 99), "red")
    picture.save(tmp_path / "red.png")
    with ThreadPoolExecutor(1) as executor:
        importing.import_paths(archive, [str(tmp_path / "red.png")], executor=executor)
    regions = [
        (SightingId(1), Region.from_pixels(100, 50, 150, 100, 400, 200)),
        (SightingId(2), Region(0, 0, 1_000_000, 1_000_000)),
    ]
    found = sighted.crops(archive, ImageId(1), regions, max_px=100)
    assert found[SightingId(1)].size == (50, 50)
    assert found[SightingId(1)].convert("RGB").getcolors() == [(2500, (255, 0, 0))]
    assert found[SightingId(2)].size == (100, 50)
