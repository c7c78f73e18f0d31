"""What was said of an image, the changes that said so, and taking one of them back."""

from core import record_history, taking_back
from core.archive import Archive
from core.claims import Identification
from core.record_history import FieldChange, Kind
from core.records import ImageId, Sighting
from core.store import sightings


def sighting_of(archive: Archive, image_id: ImageId) -> Sighting:
    """The first sighting of an image."""
    return sightings.of_images(archive.db, [image_id])[image_id][0]


def newest(archive: Archive, image_id: ImageId, what: str, kind: Kind = Kind.CHANGED) -> FieldChange:
    """The newest change of an image of what is called so."""
    changes = record_history.of_image(archive, image_id).changes
    return next(one for one in changes if what in one.what and one.kind is kind)


def take_back(archive: Archive, change: FieldChange) -> str:
    """Take back what a change did to its field; the label of doing so."""
    return taking_back.take_back(archive, change.change, change.field)


def claim_of(archive: Archive, image_id: ImageId) -> Identification:
    """The preferred identification of the first sighting of an image."""
    claim = sighting_of(archive, image_id).identification
    assert claim is not None
    return claim
