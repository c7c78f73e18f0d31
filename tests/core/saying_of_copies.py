"""Three images, two of them decided to be one picture and the third found mirrored; what is said of them, and found."""

from core import capturing, describing, recycling, sourcing
from core.archive import Archive
from core.records import CaptureId, ImageId, Match
from core.recycling import Recycled
from core.store import cache, following, images, keypoints, relations, terms
from core.store.connection import transaction
from core.vocabularies import Term
from tests.core.filling import add_image, sha_of

ONE, TWO, THREE = ImageId(1), ImageId(2), ImageId(3)


def stock(archive: Archive) -> None:
    """Three images: 1 and 2 decided to be the same picture, 3 found mirrored to 1; places: a town in a region."""
    with archive.action("Stock"):
        for number in (1, 2, 3):
            add_image(archive, number)
        relations.put(
            archive.db, from_sha256=sha_of(1), to_sha256=sha_of(2), kind="same_picture", evidence="", by="Ada"
        )
        terms.add(archive.db, "place", 0, Term("region", "Nineveh"))
        terms.add(archive.db, "place", 1, Term("town", "Tal Afar", "region"))
        terms.add(archive.db, "place", 2, Term("elsewhere", "Aleppo"))
    pair = sorted([sha_of(1), sha_of(3)])
    cache.add_matches(archive.db, [Match(pair[0], pair[1], "mirrored", 2)])
    following.refresh(archive.db, pair)


def say(archive: Archive, image: ImageId, **said: str) -> None:
    describing.describe(archive, [image], said)


def publish(archive: Archive, image: ImageId, given: str, source: str = "") -> None:
    said = {"published_as_given": given}
    if source:
        said["source_id"] = sourcing.add(archive, {"account": source})
    capturing.change(archive, [CaptureId(image)], said)


def found(archive: Archive, image: ImageId = ONE) -> list[tuple[int, str, list[str]]]:
    return [(one.other.image_id, one.how, words_of(one)) for one in recycling.of_image(archive, image)]


def words_of(one: Recycled) -> list[str]:
    return [difference.words for difference in one.differences]


def file_says(archive: Archive, image: ImageId, **facts: object) -> None:
    """Let an image's file have said this of itself, as if it had been imported so."""
    values = ", ".join(f"{name} = ?" for name in facts)
    with archive.action("Import"):
        archive.db.conn.execute(f"UPDATE image SET {values} WHERE id = ?", (*facts.values(), image))


def find(archive: Archive, one: ImageId, other: ImageId, kind: str, **more: object) -> None:
    """Let a search for copies find a pair to be this."""
    hashes = images.hashes(archive.db, [one, other])
    a, b = sorted(hashes.values())
    with transaction(archive.db):
        keypoints.keep_verified(archive.db, [(a, b, Match(a, b, kind, None, **more))])  # type: ignore[arg-type]


def add_alone(archive: Archive, number: int) -> ImageId:
    with archive.action("Import"):
        return add_image(archive, number)
