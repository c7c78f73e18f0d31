"""Examining one file: what a worker process does with it, and all that it may do.

It copies the file into the archive's ``incoming`` folder, hashing on the way, and decodes that copy, so that
what is said of the picture is said of the very bytes that are kept.  No SQL, no Qt; safe to run in any executor
that reaches the same folders.
"""

from dataclasses import dataclass
from pathlib import Path

from core.fingerprints import Fingerprint, fingerprint
from core.formats import HEAD_BYTES, UNKNOWN, Format, sniff
from core.imaging import Picture, Undecodable, encode_thumbnail, read_picture
from core.originals import Copied, copy_in
from core.records import Facts
from core.regular_files import Unreadable


@dataclass(frozen=True, slots=True)
class Request:
    """A file to examine: its path as bytes, the hash that it had when it was met, where to copy it to."""

    raw: bytes
    expected_sha256: str | None
    incoming: str


@dataclass(frozen=True, slots=True)
class Examined:
    """What came of it.

    Either ``failure`` says in a sentence why the file could not be read or copied, and nothing else is there; or
    ``copied`` lies in ``incoming`` and ``facts`` describe it, ``ending`` being the one that its original gets.
    ``thumbnail`` (a JPEG file) and ``fingerprint`` are None for an undecodable file.  ``changed`` is True when
    the bytes are not those that were expected: the file was changed meanwhile, and ``facts`` are of the copy.
    """

    failure: str = ""
    copied: Copied | None = None
    facts: Facts | None = None
    ending: str = ""
    thumbnail: bytes | None = None
    fingerprint: Fingerprint | None = None
    changed: bool = False


@dataclass(frozen=True, slots=True)
class Derived:
    """What can be made again of a picture at any time: its thumbnail (a JPEG file) and its fingerprint."""

    thumbnail: bytes
    fingerprint: Fingerprint


def examine(request: Request) -> Examined:
    """Copy, hash and decode one file; never raises."""
    try:
        copied = copy_in(request.raw, Path(request.incoming))
    except Unreadable as error:
        return Examined(str(error))
    except OSError as error:
        return Examined(f"It cannot be copied into the archive ({error.strerror or type(error).__name__}).")
    changed = request.expected_sha256 not in (None, copied.sha256)
    try:
        with copied.temp.open("rb") as file:
            picture = read_picture(file)
            return Examined(
                copied=copied,
                facts=_facts(copied, picture),
                ending=picture.format.ending,
                thumbnail=encode_thumbnail(picture.thumbnail),
                fingerprint=fingerprint(picture.thumbnail),
                changed=changed,
            )
    except Undecodable as error:
        return undecodable(copied, str(error), changed=changed)
    except Exception as error:  # noqa: BLE001 - the marked boundary: no file may end an import
        return undecodable(copied, f"Decoding it failed ({type(error).__name__}: {error}).", changed=changed)


def derive(path: str) -> Derived | None:
    """Decode an original again, exactly as it was when it came in; None where that fails now."""
    try:
        with Path(path).open("rb") as file:
            picture = read_picture(file)
            return Derived(encode_thumbnail(picture.thumbnail), fingerprint(picture.thumbnail))
    except Exception:  # noqa: BLE001 - the marked boundary: no file may end a rebuilding
        return None


def undecodable(copied: Copied, reason: str, *, changed: bool = False) -> Examined:
    """What is said of a copied file that cannot be decoded, a worker's death included."""
    found = _format_of(copied.temp)
    facts = Facts(
        sha256=copied.sha256,
        size_bytes=copied.size_bytes,
        format=found.name,
        mime=found.mime,
        state="undecodable",
        reason=reason,
    )
    return Examined(copied=copied, facts=facts, ending=found.ending, changed=changed)


def _format_of(path: Path) -> Format:
    with path.open("rb") as file:
        return sniff(file.read(HEAD_BYTES)) or UNKNOWN


def _facts(copied: Copied, picture: Picture) -> Facts:
    exif = picture.exif
    position = exif.position_e7
    return Facts(
        sha256=copied.sha256,
        size_bytes=copied.size_bytes,
        format=picture.format.name,
        mime=picture.format.mime,
        state="decoded",
        width_px=picture.size[0],
        height_px=picture.size[1],
        orientation=exif.orientation,
        upright_width_px=picture.upright_size[0],
        upright_height_px=picture.upright_size[1],
        exif=exif.json,
        taken_at=exif.taken_at,
        camera=exif.camera,
        latitude_e7=position[0] if position else None,
        longitude_e7=position[1] if position else None,
    )
