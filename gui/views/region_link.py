"""What ties the regions over the image to the record: drawn ones become sightings, and all follow what is said."""

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from core import looking
from core.archive import Archive
from core.jobs import Job
from core.records import ImageId, Sighting, SightingId
from core.regions import Region
from gui import operations, sighting_operations
from gui.models.claim_sentences import mark_words
from gui.session import Session
from gui.views.marks import Mark
from gui.views.viewer import Viewer


class RegionLink(QObject):
    """Follows the image in the viewer; nothing can be drawn in an archive that is open for reading only."""

    added = Signal(object, object)  # the new sighting's id and its image's: it is to be said what it is
    selected = Signal(object)  # the id of the sighting whose region is selected, or None

    def __init__(self, session: Session, viewer: Viewer, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._viewer = viewer
        self._layer = viewer.regions
        self._wanted: SightingId | None = None  # to be selected when it is shown
        viewer.loaded.connect(self._reload)
        session.changed.connect(self._reload)
        session.vocabularies_changed.connect(self._reload)
        self._layer.region_drawn.connect(self._on_region_drawn)
        self._layer.region_changed.connect(self._on_region_changed)
        self._layer.region_selected.connect(self.selected)
        self._layer.region_delete_requested.connect(self._on_delete_requested)
        self._layer.region_duplicate_requested.connect(self._on_duplicate_requested)

    def select(self, sighting: SightingId | None) -> None:
        """Select the region of a sighting, where it has one in the image that is shown."""
        if sighting != self._layer.marks.selected:
            self._layer.select(sighting)

    def _reload(self, _image: object = None) -> None:
        self._layer.editable = not self._session.read_only
        image_id = self._viewer.image_id
        if image_id is not None:
            self._session.read(("regions", id(self)), _AskSightings(ImageId(image_id)), self._on_sightings)

    def _on_sightings(self, found: "tuple[ImageId, tuple[Sighting, ...]]") -> None:
        image_id, sightings = found
        info = self._session.info
        if info is None or image_id != self._viewer.image_id:
            return
        self._layer.set_marks(
            Mark(one.id, one.region, mark_words(one, info.vocabularies)) for one in sightings if one.region is not None
        )
        if self._wanted is not None and any(one.id == self._wanted for one in sightings):
            wanted, self._wanted = self._wanted, None
            self._layer.select(wanted)

    def _on_region_drawn(self, region: Region) -> None:
        image_id = self._viewer.image_id
        if image_id is not None:
            sighting_operations.add_sighting(self._session, ImageId(image_id), region, _Added(self, ImageId(image_id)))

    def take(self, sighting: SightingId, image: ImageId) -> None:
        """A region was recorded as a sighting: select it as soon as it is shown, and have it said what it is."""
        self._wanted = sighting
        self.added.emit(sighting, image)

    def _on_region_changed(self, sighting: SightingId, region: Region) -> None:
        sighting_operations.set_region(self._session, sighting, region)

    def _on_delete_requested(self, sighting: SightingId) -> None:
        operations.remove_sightings(self._session, [sighting])
        self._session.message.emit(self.tr("The sighting is removed; Ctrl+Z brings it back."))

    def _on_duplicate_requested(self, sighting: SightingId) -> None:
        sighting_operations.duplicate_sighting(self._session, sighting, self._on_duplicated)

    def _on_duplicated(self, sighting: SightingId) -> None:
        self._wanted = sighting


@dataclass(frozen=True, slots=True)
class _Added:
    """Goes on with a sighting that was just recorded."""

    link: RegionLink
    image: ImageId

    def __call__(self, sighting: SightingId) -> None:
        self.link.take(sighting, self.image)


@dataclass(frozen=True, slots=True)
class _AskSightings:
    """The sightings that belong to an image itself: a region lies in its own image's pixels."""

    image: ImageId

    def __call__(self, archive: Archive, _job: Job) -> tuple[ImageId, tuple[Sighting, ...]]:
        shown = [sighting for one in looking.summaries(archive, [self.image]) for sighting in one.sightings]
        return self.image, tuple(sighting for sighting in shown if sighting.image_id == self.image)
