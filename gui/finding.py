"""Asking what is like the image that is looked at, a region of it, a file, or what the clipboard holds."""

from os import fsdecode
from pathlib import Path

from PySide6.QtCore import QMimeData, QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from core.paths import default_pictures_folder
from core.records import ImageId
from core.regions import Region
from gui.intake import dropped_paths
from gui.models.similar_question import OfClipboard, OfFile, OfImage, Question
from gui.session import Session
from gui.views.browser import Browser


class Finding(QObject):
    """Puts the questions; an image that was found is opened in the browser, and leaving it leads back."""

    wanted = Signal(object)  # a question to be asked
    view_wanted = Signal(str)  # the name of the view to be shown
    import_wanted = Signal(object)  # the path of a file that was asked about

    def __init__(self, session: Session, browser: Browser, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._browser = browser
        self._window = window
        self._folder: Path | None = None  # where the last dialog was left
        self._opened: ImageId | None = None  # shown large, from among those found
        self._left: ImageId | None = None  # the same, as it has just been left
        self.asked = False
        browser.view_changed.connect(self._on_view_changed)
        browser.viewer.close_requested.connect(self._on_close_requested)

    @property
    def region(self) -> tuple[ImageId, Region] | None:
        """The region that is selected in the image shown large, and that image."""
        viewer = self._browser.viewer
        chosen = viewer.regions.marks.chosen
        return None if chosen is None or viewer.image_id is None else (ImageId(viewer.image_id), chosen.region)

    def ask_current(self) -> None:
        """Ask about the image that is looked at."""
        if self._session.current is not None:
            self._ask(OfImage(self._session.current))

    def ask_chosen_region(self) -> None:
        """Ask about the region that is selected in the image shown large."""
        if self.region is not None:
            self.ask_region(*self.region)

    def ask_region(self, image_id: ImageId, region: Region) -> None:
        """Ask about a region of an image."""
        self._ask(OfImage(image_id, region))

    def choose_file(self) -> None:
        """Have a file chosen, and ask about it."""
        title = self.tr("Find similar to a file")
        dialog = QFileDialog(self._window, title, str(self._folder or default_pictures_folder()))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.finished.connect(dialog.deleteLater)
        dialog.filesSelected.connect(self._on_file_chosen)
        dialog.open()

    def ask_clipboard(self) -> None:
        """Ask about the file or the picture on the clipboard."""
        held = QGuiApplication.clipboard().mimeData() or QMimeData()  # some systems have none while nothing is there
        files = dropped_paths(bytes(held.data("text/uri-list").data()))
        if files:
            self._ask(OfFile(Path(fsdecode(files[0]))))
        elif held.hasFormat("image/png"):  # as it was put there; Qt would decode it here and now
            self._ask(OfClipboard(bytes(held.data("image/png").data())))
        elif held.hasImage():
            self._ask(OfClipboard(QGuiApplication.clipboard().image()))
        else:
            self._session.message.emit(self.tr("There is no picture and no file on the clipboard."))

    def open(self, image_id: ImageId) -> None:
        """Show an image that was found large."""
        self.view_wanted.emit("grid")
        self._opened = image_id
        self._browser.go_to(image_id, large=True)

    def _ask(self, question: Question) -> None:
        self.asked = True
        self.wanted.emit(question)

    def _on_file_chosen(self, names: list[str]) -> None:
        path = Path(names[0])
        self._folder = path.parent
        self._ask(OfFile(path))

    def _on_view_changed(self) -> None:
        self._left = None
        if not self._browser.single:
            self._left, self._opened = self._opened, None

    def _on_close_requested(self) -> None:
        """Esc leads back to where the image was opened from, unless one has gone on to another."""
        if self._left is not None and self._left == self._session.current:
            self._left = None
            self.view_wanted.emit("similar")
