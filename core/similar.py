"""What is like a picture, or a part of one, that is asked about: in the archive or from anywhere; nothing is imported.

The same layers speak as for the images of the archive: equal bytes, hashes of the whole, key points at places, and a
close look at whatever those name.  Asked about a region, only its own key points speak: where else does this weapon,
marking, plate or wall appear?
"""

import hashlib
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Final

from PIL.Image import Image as Pixels

from core.archive import Archive
from core.errors import Refused
from core.features import loaded_index
from core.fingerprints import fingerprint
from core.imaging import THUMBNAIL_PX, decode_upright, encode_thumbnail, load_upright, opaque, read_picture, reduced
from core.jobs import Job
from core.likeness.judging import Finding
from core.likeness.keypoint_index import candidates
from core.likeness.keypoints import WORKING_PX, Keypoints, keypoints_of
from core.likeness.looks import Picture
from core.likeness.verifying_pairs import DIFFERENT, Pair, look, turned
from core.matching import Matcher
from core.records import FOUND_KINDS, Image, ImageId
from core.regions import Region
from core.regular_files import Unreadable, open_regular
from core.store import images, keypoints
from core.transforms import IDENTITY, Transform

# Of many that share something, those with which most points agree are looked at.
_LOOKED_AT: Final = 60
MOST_BYTES: Final = 500_000_000
_EQUAL_BYTES: Final = "every byte is equal"
_ANYHOW: Final = (*turned("near"), *turned("rotated"), *turned("mirrored"))


@dataclass(frozen=True, slots=True)
class Asked:
    """A picture that is asked about: its content hash (empty for a part), and what it is looked at by.

    ``whole`` says that it is a whole picture and no region of one; ``but`` is the content hash of the image that it is
    or is from, empty for one from outside: an image is like itself.
    """

    sha256: str
    picture: Picture
    thumbnail: Pixels
    whole: bool
    but: str


@dataclass(frozen=True, slots=True)
class Similar:
    """An image of the archive that is like what was asked about.

    ``kind`` and ``changes`` are as in a ``Match``, seen from what was asked about; ``transform`` leads from that, a
    region taken as a picture by itself, to the image.
    """

    image: Image
    name: str
    kind: str
    changes: tuple[str, ...]
    evidence: str
    transform: Transform | None


def ask_file(path: Path, region: Region | None = None) -> Asked:
    """Ask about a file, or a region of it.

    Raises:
        Undecodable: it is no picture, or not one that can be decoded here.
        Refused: it cannot be read.
    """
    return ask_bytes(content_of(path), region)


def content_of(path: Path) -> bytes:
    """What is in a file that is to be asked about.

    Raises:
        Refused: it cannot be read, is no regular file, or is far too large for a picture.
    """
    try:
        with open(open_regular(os.fsencode(path.resolve())), "rb") as file:  # noqa: PTH123 - no pipe, no device
            data = file.read(MOST_BYTES + 1)
    except (OSError, Unreadable) as error:
        raise Refused(f"{path} cannot be read: {error}") from error
    if len(data) > MOST_BYTES:
        raise Refused(f"{path} is larger than {MOST_BYTES // 1_000_000} MB, which no picture is.")
    return data


def ask_bytes(data: bytes, region: Region | None = None) -> Asked:
    """Ask about the content of a picture file, as a clipboard has it.

    Raises:
        Undecodable: it is no picture, or not one that can be decoded here.
    """
    file = BytesIO(data)
    size_px = read_picture(file).upright_size
    pixels = decode_upright(file, WORKING_PX if region is None else None)
    return _asked(pixels, hashlib.sha256(data).hexdigest(), region, size_px)


def ask_image(archive: Archive, image_id: ImageId, region: Region | None = None) -> Asked:
    """Ask about an image of the archive, or a region of it; it is not among the answers itself.

    Raises:
        Undecodable: it cannot be decoded.
        Refused: it is no longer in the archive, or its original is missing.
    """
    found, image = images.original(archive.db, image_id), images.get(archive.db, image_id)
    if found is None or image is None:
        raise Refused("This image is no longer in the archive.")
    path = archive.originals.path_of(*found)
    if not path.is_file():
        raise Refused(f"The original of this image is missing: {path.name} is not in the archive's folder.")
    size_px = image.facts.upright_width_px, image.facts.upright_height_px
    pixels = load_upright(path, WORKING_PX if region is None else None)
    return _asked(pixels, found[0], region, size_px, but=found[0])


def _asked(pixels: Pixels, sha256: str, region: Region | None, size_px: tuple[int, int], but: str = "") -> Asked:
    points = keypoints_of(pixels)
    if region is not None:
        pixels = pixels.crop(region.pixels(*pixels.size))
        points = points.of_region(region, keypoints_of(pixels))
        sha256, size_px = "", pixels.size
    thumbnail = reduced(opaque(pixels), THUMBNAIL_PX)
    picture = Picture(size_px, encode_thumbnail(thumbnail), points.packed())
    return Asked(sha256, picture, thumbnail, whole=region is None, but=but)


def find(archive: Archive, asked: Asked, *, job: Job | None = None) -> list[Similar]:
    """The images that are like what is asked about, the tightest likeness first, then where most points agree.

    Raises:
        Cancelled: the user asked to stop.
    """
    job = job or Job()
    forms, votes = _spoken_for(archive, asked, job)
    job.check()
    near = set(Matcher(archive).near(fingerprint(asked.thumbnail))) if asked.whole else set()
    near_names = images.hashes(archive.db, sorted(near))
    looks = keypoints.looks(archive.db, [*forms, *near_names.values()])
    found: list[tuple[str, Finding]] = []
    for done, (sha256, picture) in enumerate(looks.items()):
        job.step(done, len(looks), "Looking for similar pictures")
        if sha256 in (asked.sha256, asked.but):
            continue
        hints = _ANYHOW if sha256 in near_names.values() else ()
        finding = look(Pair(asked.picture, picture, forms.get(sha256, ()), hints, part=not asked.whole))
        if finding.kind != DIFFERENT:
            found.append((sha256, finding))
    if asked.sha256 and not asked.but:
        found.append((asked.sha256, Finding("same_bytes", (), IDENTITY, _EQUAL_BYTES)))
    return _told(archive, found, votes)


def _spoken_for(archive: Archive, asked: Asked, job: Job) -> tuple[dict[str, tuple[bool, ...]], dict[str, int]]:
    """The forms that key points speak for, of the images with which most of them agree, and how many do."""
    parts = loaded_index(archive, job).parts
    points = Keypoints.unpacked(asked.picture.points)
    votes: dict[int, int] = {}
    forms: dict[int, tuple[bool, ...]] = {}
    for mirrored in (False, True):
        for number, agree in candidates(parts, points.mirrored() if mirrored else points).items():
            votes[number] = max(votes.get(number, 0), agree)
            forms[number] = (*forms.get(number, ()), mirrored)
    best = sorted(votes, key=lambda number: (-votes[number], number))[:_LOOKED_AT]
    named = keypoints.named(archive.db, best)
    return (
        {sha256: forms[number] for number, sha256 in named.items()},
        {sha256: votes[number] for number, sha256 in named.items()},
    )


def _told(archive: Archive, found: Sequence[tuple[str, Finding]], votes: Mapping[str, int]) -> list[Similar]:
    ids = keypoints.images_of(archive.db, [sha256 for sha256, _ in found])
    known = {image.facts.sha256: image for image in images.each(archive.db, list(ids.values()))}
    captures = images.captures(archive.db, list(ids.values()))
    order = {kind: place for place, kind in enumerate(FOUND_KINDS)}
    told = [
        Similar(
            known[sha256],
            next((one.place.name for one in captures[ids[sha256]] if one.place.text), sha256[:12]),
            finding.kind,
            finding.changes,
            finding.evidence,
            finding.transform,
        )
        for sha256, finding in found
        if sha256 in known
    ]

    def place(one: Similar) -> tuple[int, int, str, int]:
        return order.get(one.kind, len(order)), -votes.get(one.image.facts.sha256, 0), one.name, one.image.id

    return sorted(told, key=place)
