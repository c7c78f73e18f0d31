"""Groups changed by hand: another image chosen to stand for the rest."""

from core.archive import Archive
from core.errors import Refused
from core.records import ImageId
from core.store import images, representatives, sightings


def stand_for(archive: Archive, image_id: ImageId) -> None:
    """Choose an image to stand for its group from now on, whatever the program proposes.

    The choice is kept under the content hash; where a group holds several, the newest is followed.

    Raises:
        Refused: it is in no group.
        ReadOnly: the archive is open for reading only.
    """
    sha256, _ = _grouped(archive, image_id)
    with archive.action(f"Let {images.called(archive.db, image_id)} stand for its group"):
        representatives.choose(archive.db, sha256, archive.actor)


def propose(archive: Archive, image_id: ImageId) -> None:
    """Take every choice in an image's group back, so that the program proposes again what stands for it.

    Raises:
        Refused: it is in no group.
        ReadOnly: the archive is open for reading only.
    """
    _, shas = _grouped(archive, image_id)
    with archive.action("Let the program propose what stands for a group"):
        representatives.forget(archive.db, shas)


def _grouped(archive: Archive, image_id: ImageId) -> tuple[str, frozenset[str]]:
    """The content hash of an image, and those of its group."""
    archive.check_writable()
    held = images.hashes(archive.db, sightings.group(archive.db, image_id))
    if len(held) < 2 or image_id not in held:
        raise Refused("This image is in no group.")
    return held[image_id], frozenset(held.values())
