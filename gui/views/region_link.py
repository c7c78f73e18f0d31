"""What ties the regions over the image to the record: drawn ones become sightings, and all follow what is said."""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from core import carrying, looking
from core.archive import Archive
from core.jobs import Job
from core.records import ImageId, Sighting, SightingId
from core.regions import Region
from core.vocabularies import Vocabulary
from gui import operations, sighting_operations
from gui.models.cells import shown_name
from gui.models.claim_sentences import mark_words
from gui.session import Session
from gui.views.marks import Mark
from gui.views.viewer import Viewer


class RegionLink(QObject):
    """Follows the image in the viewer; nothing can be drawn in an archive that is open for reading only."""

    added = Signal(object, object)  # the new sighting's id and its image's: it is to be said what it is
    selected = Signal(object)  # the id of the sighting whose region is selected, or None
    image_wanted = Signal(object)  # the id of the image that a carried region was drawn on

    def __init__(self, session: Session, viewer: Viewer, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._viewer = viewer
        self._layer = viewer.regions
        self._wanted: SightingId | None = None  # to be selected when it is shown
        self._owners: dict[int, tuple[ImageId, str]] = {}  # of carried marks: the image they were drawn on, its name
        viewer.loaded.connect(self._reload)
        session.changed.connect(self._reload)
        session.vocabularies_changed.connect(self._reload)
        self._layer.region_drawn.connect(self._on_region_drawn)
        self._layer.region_changed.connect(self._on_region_changed)
        self._layer.region_selected.connect(self.selected)
        self._layer.region_delete_requested.connect(self._on_delete_requested)
        self._layer.region_duplicate_requested.connect(self._on_duplicate_requested)
        self._layer.region_owner_requested.connect(self._on_owner_requested)
        self._layer.carried_edit_refused.connect(self._on_edit_refused)

    def select(self, sighting: SightingId | None) -> None:
        """Select the region of a sighting, where it has one in the image that is shown."""
        if sighting != self._layer.marks.selected:
            self._layer.select(sighting)

    def _reload(self, _image: object = None) -> None:
        self._layer.editable = not self._session.read_only
        image_id = self._viewer.image_id
        if image_id is not None:
            self._session.read(("regions", id(self)), _AskSightings(ImageId(image_id)), self._on_sightings)

    def _on_sightings(self, found: "tuple[ImageId, tuple[_Lying, ...]]") -> None:
        image_id, lying = found
        info = self._session.info
        if info is None or image_id != self._viewer.image_id:
            return
        self._owners = {one.sighting.id: (one.sighting.image_id, one.owner) for one in lying if one.owner}
        self._layer.set_marks(self._mark(one, info.vocabularies) for one in lying)
        if self._wanted is not None and any(one.sighting.id == self._wanted for one in lying):
            wanted, self._wanted = self._wanted, None
            self._layer.select(wanted)

    def _mark(self, lying: "_Lying", vocabularies: Mapping[str, Vocabulary]) -> Mark:
        words = mark_words(lying.sighting, vocabularies)
        if lying.owner:
            carried = self.tr("carried from %1").replace("%1", shown_name(lying.owner))
            words = f"{words} · {carried}"
        return Mark(lying.sighting.id, lying.region, words, carried=bool(lying.owner))

    def _on_owner_requested(self, sighting: SightingId) -> None:
        owner = self._owners.get(sighting)
        if owner is not None:
            self._wanted = sighting
            self.image_wanted.emit(owner[0])

    def _on_edit_refused(self, sighting: SightingId) -> None:
        _, name = self._owners.get(sighting, (None, ""))
        words = self.tr("This region was drawn on %1 and is changed there; Enter shows it.")
        self._session.message.emit(words.replace("%1", shown_name(name)))

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
class _Lying:
    """A sighting and where it lies on an image; ``owner`` is the name of the copy it is carried from, if it is."""

    sighting: Sighting
    region: Region
    owner: str


@dataclass(frozen=True, slots=True)
class _AskSightings:
    """Where on an image the sightings lie that it shows; those of other copies as far as they can be carried."""

    image: ImageId

    def __call__(self, archive: Archive, _job: Job) -> tuple[ImageId, tuple[_Lying, ...]]:
        shown = [sighting for one in looking.summaries(archive, [self.image]) for sighting in one.sightings]
        placed = carrying.placed(archive, self.image, shown)
        owners = sorted({one.image_id for one in shown} - {self.image})
        names = {one.image_id: one.name for one in looking.members(archive, owners)}
        return self.image, tuple(
            _Lying(one, place.region, names.get(one.image_id, ""))
            for one in shown
            if (place := placed.get(one.id)) is not None and place.region is not None
        )
