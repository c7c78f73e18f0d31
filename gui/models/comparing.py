"""Holding an unknown weapon against labelled ones: what is unknown, the models to try, and their regions.

Everything is asked of the archive on a worker.  Pictures are decoded one after the other, so that whatever else is
asked meanwhile waits for one of them at most.
"""

from collections import OrderedDict
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from core import carrying, looking, model_library, references, sighted
from core.archive import Archive
from core.errors import CoreError
from core.jobs import Job
from core.model_facts import Model
from core.records import ImageId, Sighting, SightingId
from core.references import Candidate, Reference
from core.regions import Region
from gui.models.catalogue_source import to_qimage
from gui.session import Session

UNKNOWN_PX: Final = 1600
REFERENCE_PX: Final = 1000
_KEPT: Final = 96  # crops: those of a few candidates


@dataclass(frozen=True, slots=True)
class Unknown:
    """What is looked at: a sighting, or the image as a whole; ``sightings`` says how many weapons it shows.

    ``lies`` says on which image it is looked at and where, None for the whole: on the image itself where its region can
    be carried there, else on the one that it belongs to, whose name is ``owner``.
    """

    image_id: ImageId
    sighting: Sighting | None
    sightings: int
    covered: bool
    candidates: tuple[Candidate, ...]
    lies: tuple[ImageId, Region | None]
    owner: str = ""

    @property
    def about(self) -> tuple[ImageId, SightingId | None]:
        """The image and the sighting."""
        return self.image_id, None if self.sighting is None else self.sighting.id

    @property
    def model(self) -> str:
        """The model that it is identified as, empty where there is none."""
        claim = None if self.sighting is None else self.sighting.identification
        return "" if claim is None else claim.model


@dataclass(frozen=True, slots=True)
class Known:
    """A model with its facts, the models that look like it, and its best labelled regions."""

    model: Model
    look_alikes: tuple[str, ...]
    references: tuple[Reference, ...]


_Key = tuple[ImageId, Region | None, int]


class Comparing(QObject):
    """One unknown, one candidate model, and their pictures; nothing is asked while nobody is ``watching``."""

    unknown_changed = Signal()  # ``unknown`` is new, perhaps with other candidates
    known_changed = Signal()  # ``known`` is new, or None while it is asked for
    pictures_arrived = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._watching = False
        self._chosen: SightingId | None = None
        self._pictures: OrderedDict[_Key, QImage] = OrderedDict()
        self._failed: set[_Key] = set()
        self.unknown: Unknown | None = None
        self.known: Known | None = None
        self.model = ""
        session.changed.connect(self._reload)
        session.current_changed.connect(self._on_current_changed)

    def watch(self, *, watching: bool) -> None:
        """Follow the image that is looked at, or ask nothing more."""
        self._watching = watching
        if watching:
            self._reload()

    def choose_sighting(self, sighting: SightingId | None) -> None:
        """This weapon of the image is the unknown, or no certain one."""
        if sighting != self._chosen:
            self._chosen = sighting
            self._reload()

    def choose_model(self, model: str) -> None:
        """Hold it against this model."""
        if model != self.model:
            self.model, self.known = model, None
            self.known_changed.emit()
            self._ask_known()

    def step(self, by: int) -> None:
        """Hold it against the next candidate, or the one before; after the last comes the first."""
        models = [one.model for one in self.unknown.candidates] if self.unknown is not None else []
        if models:
            at = models.index(self.model) + by if self.model in models else 0
            self.choose_model(models[at % len(models)])

    @property
    def candidate(self) -> Candidate | None:
        """What is known of the model as a candidate, None for one that was typed."""
        tried = self.unknown.candidates if self.unknown is not None else ()
        return next((one for one in tried if one.model == self.model), None)

    def picture_of_unknown(self) -> QImage | None:
        """What is unknown, None until it is there."""
        unknown = self.unknown
        return None if unknown is None else self._pictures.get(_key_of_unknown(unknown))

    def picture(self, reference: Reference) -> QImage | None:
        """A labelled region, None until it is there."""
        return self._pictures.get(_key(reference))

    def _on_current_changed(self) -> None:
        self._chosen = self.unknown = None
        self.unknown_changed.emit()
        self._reload()

    def _reload(self) -> None:
        image = self._session.current
        if self._watching and image is not None:
            question = _AskUnknown(image, self._chosen)
            self._session.read(("unknown", id(self)), question, self._on_unknown)

    def _on_unknown(self, unknown: Unknown | None) -> None:
        if unknown is None or unknown.image_id != self._session.current:
            return
        same = self.unknown is not None and self.unknown.about == unknown.about
        self.unknown = unknown
        models = [one.model for one in unknown.candidates]
        if not same or not self.model:
            self.model, self.known = next(iter(models), ""), None
            self.known_changed.emit()
        self.unknown_changed.emit()
        self._ask_known()
        self._ask_picture()

    def _ask_known(self) -> None:
        if self._watching and self.model and self.unknown is not None:
            question = _AskKnown(self.model, self.unknown.image_id)
            self._session.read(("references", id(self)), question, self._on_known)

    def _on_known(self, known: Known) -> None:
        if known.model.code == self.model:
            self.known = known
            self.known_changed.emit()
            self._ask_picture()

    def _ask_picture(self) -> None:
        """Ask for the next picture that is missing."""
        wanted = [_key_of_unknown(self.unknown)] if self.unknown is not None else []
        wanted += [_key(one) for one in self.known.references] if self.known is not None else []
        missing = next((key for key in wanted if key not in self._pictures and key not in self._failed), None)
        if missing is not None:
            self._session.read(("reference picture", id(self)), _Cut(missing), self._on_picture)

    def _on_picture(self, found: tuple[_Key, QImage | None]) -> None:
        key, image = found
        if image is None:
            self._failed.add(key)
        else:
            self._pictures[key] = image
            while len(self._pictures) > _KEPT:
                self._pictures.popitem(last=False)
            self.pictures_arrived.emit()
        self._ask_picture()


def _key(reference: Reference) -> _Key:
    return reference.sighting.image_id, reference.sighting.region, REFERENCE_PX


def _key_of_unknown(unknown: Unknown) -> _Key:
    return *unknown.lies, UNKNOWN_PX


@dataclass(frozen=True, slots=True)
class _AskUnknown:
    image_id: ImageId
    chosen: SightingId | None

    def __call__(self, archive: Archive, _job: Job) -> Unknown | None:
        summary = next(iter(looking.summaries(archive, [self.image_id])), None)
        if summary is None:
            return None
        shown = summary.sightings
        only = shown[0] if len(shown) == 1 else None
        sighting = next((one for one in shown if one.id == self.chosen), only)
        tried = references.candidates(archive, None if sighting is None else sighting.id)
        lies, owner = self._lies(archive, sighting)
        return Unknown(self.image_id, sighting, len(shown), summary.covered, tried, lies, owner)

    def _lies(self, archive: Archive, sighting: Sighting | None) -> tuple[tuple[ImageId, Region | None], str]:
        if sighting is None or sighting.region is None:
            return (self.image_id, None), ""
        here = carrying.placed(archive, self.image_id, [sighting])[sighting.id].region
        if here is not None:
            return (self.image_id, here), ""
        (owner,) = looking.members(archive, [sighting.image_id])
        return (sighting.image_id, sighting.region), owner.name


@dataclass(frozen=True, slots=True)
class _AskKnown:
    model: str
    but: ImageId

    def __call__(self, archive: Archive, job: Job) -> Known:
        model = model_library.model(archive, self.model)
        job.check()
        found = references.best(archive, model=self.model, but=self.but)
        return Known(model, references.look_alikes(archive, self.model), found)


@dataclass(frozen=True, slots=True)
class _Cut:
    key: _Key

    def __call__(self, archive: Archive, job: Job) -> tuple[_Key, QImage | None]:
        image_id, region, most = self.key
        job.check()
        try:
            if region is None:
                return self.key, to_qimage(looking.picture(archive, image_id, max_px=most))
            cut = sighted.crops(archive, image_id, [(SightingId(0), region)], max_px=most)
        except CoreError:  # it cannot be decoded, or is gone: then there is nothing to show
            return self.key, None
        return self.key, to_qimage(cut[SightingId(0)])
