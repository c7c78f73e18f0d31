"""Makes an archive of many records through the real store, without any original file, for the benchmarks.

Run it from the project's folder: ``python -m tests.benchmarks.generate FOLDER IMAGES``.  The same numbers give
the same records.
"""
# ruff: noqa: T201 - printing is what it is for

import hashlib
import random
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from core.archive import Archive
from core.claims import CERTAINTIES, Identification, Origin
from core.records import STATUSES, Facts, ImageId, Place
from core.store import images, journal, relations, sightings, sources, terms
from core.vocabularies import Term

BATCH = 4_000
AUTHOR = "Generator"
_FOLDERS = ("taking stock", "depot 4", "Телеграм", "صور", "parade", "field visit")


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much is made: images, and sightings, same-picture verdicts and sources for each thousand of them.

    ``models`` is how many weapon models the library has; every second sighting is of one, where there are any.
    """

    images: int
    sightings_per_thousand: int = 2_000
    relations_per_thousand: int = 200
    sources_per_thousand: int = 0
    models: int = 0


def generate(folder: Path, sizes: Sizes, report: Callable[[int], None] = lambda _: None) -> None:
    """Make the archive in a new folder, in actions of some thousand images that share one step each.

    ``report`` hears how many images are in.  The cache is brought up at the end, all at once.
    """
    with Archive.create(folder, actor=AUTHOR) as archive:
        chance = random.Random(1)
        step = journal.new_step()
        if sizes.models:
            _add_models(archive, sizes.models, chance)
        for start in range(0, sizes.images, BATCH):
            numbers = range(start, min(start + BATCH, sizes.images))
            # Not Archive.action, which would follow each batch: all is followed once, below.
            with journal.recording(archive.db, journal.Entry(f"Import {sizes.images} images", AUTHOR, step)):
                _add_batch(archive, sizes, numbers, chance)
            report(numbers.stop)
        archive.catch_up()


def sha_of(number: int) -> str:
    """The content hash of the image with that number, counted from 0."""
    return hashlib.sha256(b"%d" % number).hexdigest()


def _add_batch(archive: Archive, sizes: Sizes, numbers: range, chance: random.Random) -> None:
    ids = [add_image(archive, number, chance) for number in numbers]
    _publish(archive, ids, len(numbers) * sizes.sources_per_thousand // 1_000, chance)
    types = [term.code for term in archive.weapon_types]
    countries = [term.code for term in archive.countries]
    for _ in range(len(numbers) * sizes.sightings_per_thousand // 1_000):
        _add_sighting(archive, chance.choice(ids), types, countries, chance)
    # Neighbours are the same picture, so that groups stay small, as real ones do.
    for number in sorted(chance.sample(numbers[1:], len(numbers[1:]) * sizes.relations_per_thousand // 1_000)):
        relations.put(
            archive.db,
            from_sha256=sha_of(number - 1),
            to_sha256=sha_of(number),
            kind=chance.choice(("same_picture", "same_picture", "better_copy_of", "not_related")),
            evidence="near, distance 4",
            by=AUTHOR,
        )


def add_image(archive: Archive, number: int, chance: random.Random) -> ImageId:
    """Record the image with that number and one capture of it; an action must be open."""
    width, height = chance.choice(((1024, 768), (4000, 3000), (1200, 1600), (640, 360)))
    undecodable = chance.random() < 0.01
    facts = Facts(
        sha256=sha_of(number),
        size_bytes=chance.randrange(20_000, 9_000_000),
        format="JPEG",
        mime="image/jpeg",
        state="undecodable" if undecodable else "decoded",
        reason="It is cut short." if undecodable else "",
        width_px=0 if undecodable else width,
        height_px=0 if undecodable else height,
        upright_width_px=0 if undecodable else width,
        upright_height_px=0 if undecodable else height,
    )
    image_id = images.add(archive.db, facts, "jpg")
    place = Place(f"/evidence/{chance.choice(_FOLDERS)}/{number // 1000:04d}/IMG_{number:07d}.jpg")
    images.add_capture(archive.db, image_id, place, "2014-06-14T12:00:00.000Z")
    if chance.random() < 0.3:
        images.set_status(archive.db, [image_id], chance.choice(STATUSES))
    return image_id


def _add_sighting(
    archive: Archive, image_id: ImageId, types: list[str], countries: list[str], chance: random.Random
) -> None:
    note = "stock folded, number filed off" if chance.random() < 0.1 else ""
    sighting_id = sightings.add(archive.db, image_id, note)
    claim = Identification(_skewed(types, chance), certainty=chance.choice(CERTAINTIES))
    models = archive.weapon_models
    if len(models) and chance.random() < 0.5:
        model = models.get(_skewed([term.code for term in models], chance))
        claim = replace(claim, type=model.attributes["type"], model=model.code, level="model")
    sightings.identify(archive.db, sighting_id, claim, AUTHOR)
    for role, share in (("manufacture", 0.7), ("design", 0.4)):
        if chance.random() < share:
            origin = Origin(role, (_skewed(countries, chance),), certainty=chance.choice(CERTAINTIES))
            sightings.place_origin(archive.db, sighting_id, origin, AUTHOR)


def _add_models(archive: Archive, count: int, chance: random.Random) -> None:
    types = [term.code for term in archive.weapon_types]
    with archive.action("Add models"):
        for number in range(count):
            model = Term(f"model-{number}", f"Model {number}", aliases=(f"M{number}",), source="made up")
            term_id = terms.add(archive.db, "weapon_model", number, model)
            facts = (("type", chance.choice(types)), ("level", "model"), ("design", "SUHH"), ("manufacture", "HUN"))
            terms.add_facts(archive.db, term_id, [{"fact": name, "value": one, "source": "x"} for name, one in facts])


def _publish(archive: Archive, ids: list[ImageId], count: int, chance: random.Random) -> None:
    """Have each image published by one of some sources."""
    held = [sources.add(archive.db, {"title": f"Channel {number}"}) for number in range(count)]
    for image_id in ids if held else ():
        said = {"source_id": chance.choice(held)}
        sources.add_capture(archive.db, image_id, said, at="2015-01-01T00:00:00.000Z")


def _skewed(codes: list[str], chance: random.Random) -> str:
    """A few codes are frequent and most are rare, as in the field."""
    return codes[int(len(codes) * chance.random() ** 3)]


def main() -> None:
    """Make an archive as the command line says."""
    started = time.perf_counter()
    total = int(sys.argv[2])
    generate(Path(sys.argv[1]), Sizes(total), lambda done: print(f"\r{done} of {total}", end="", flush=True))
    print(f"\r{total} images in {time.perf_counter() - started:.1f} s")


if __name__ == "__main__":
    main()
