"""What covers the picture in a viewer when it is graphic: the record, and the user's settings."""

from dataclasses import dataclass

from PySide6.QtCore import QObject

from core import looking
from core.archive import Archive
from core.jobs import Job
from core.records import ImageId
from gui.session import Session
from gui.views.viewer import Viewer


class CoverLink(QObject):
    """Shows images in a viewer, each covered before it could be seen, and follows what is said of them."""

    def __init__(self, session: Session, viewer: Viewer, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._viewer = viewer
        self._image: ImageId | None = None
        self._beside: tuple[ImageId, ...] = ()
        self._graphic = False
        session.changed.connect(self._ask)
        session.settings_changed.connect(self._cover)

    def show_image(
        self,
        image_id: int | None,
        name: str = "",
        *,
        graphic: bool | None = None,
        beside: tuple[ImageId, ...] = (),
    ) -> None:
        """Show an image, or none.

        ``graphic`` is what was known of it last, None where nothing is: then it is covered until that is known.
        ``beside`` are images that may well be copies of it: where one of them is graphic, it is covered too.
        """
        self._image = None if image_id is None else ImageId(image_id)
        self._beside = beside
        self._graphic = graphic is not False and image_id is not None
        self._cover()
        self._ask()  # before the picture is asked for, and so answered before it
        self._viewer.show_image(image_id, name)

    def _ask(self) -> None:
        if self._image is not None:
            self._session.read(("covered", id(self)), _Graphic(self._image, self._beside), self._on_answer)

    def _on_answer(self, answer: tuple[ImageId, bool]) -> None:
        image_id, graphic = answer
        if image_id == self._image:
            self._graphic = graphic
            self._cover()

    def _cover(self) -> None:
        self._viewer.set_covered(self._graphic and self._session.settings.cover_graphic)


@dataclass(frozen=True, slots=True)
class _Graphic:
    image_id: ImageId
    beside: tuple[ImageId, ...]

    def __call__(self, archive: Archive, _job: Job) -> tuple[ImageId, bool]:
        return self.image_id, bool(looking.covered(archive, [self.image_id, *self.beside]))
