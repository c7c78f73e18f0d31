"""What was asked about, large; and beside it, where that is wanted, the image that is current among those found."""

from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from core.errors import CoreError
from core.records import ImageId
from gui import style
from gui.models.similar_question import Answer, AskPicture
from gui.session import Session
from gui.views.elided import ElidedLabel
from gui.views.linked_view import STEP, Zoom
from gui.views.peek import Peek
from gui.views.pyramid import Pyramid
from gui.views.similar.framed_view import FramedView
from gui.views.similar.similar_list import SimilarList

_WIDER: Final = 1.2  # than high: then two pictures have more room side by side


class AskedPane(QWidget):
    """Follows the current row of a list; both pictures are zoomed together."""

    def __init__(self, session: Session, rows: SimilarList, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._rows = rows
        self._zoom = Zoom(self)
        self._answer: Answer | None = None
        self._shown: ImageId | None = None
        self._picture: Pyramid | None = None
        self.asked = _Side(self.tr("What was asked about"), self._zoom, rows.peek)
        self.found = _Side(self.tr("The image that was found"), self._zoom, rows.peek)
        self.found.hide()
        self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._sides.setContentsMargins(0, 0, style.SMALL, 0)
        self._sides.setSpacing(style.SMALL)
        for side in (self.asked, self.found):
            self._sides.addWidget(side, 1)
        rows.current_changed.connect(self._on_current_changed)
        rows.rows_filled.connect(self._show_found)
        rows.zoomed.connect(self._on_zoomed)
        session.settings_changed.connect(self._show_all)

    @property
    def comparing(self) -> bool:
        """Whether the current image is shown beside what was asked about."""
        return not self.found.isHidden()

    def compare(self, *, comparing: bool) -> None:
        """Show the current image beside, or what was asked about alone."""
        self.found.setVisible(comparing)
        self._lay()
        self._on_current_changed()

    def show_answer(self, answer: Answer | None) -> None:
        """Show what was asked about, or nothing at all."""
        self._answer = answer
        self._zoom.reset()
        self._show_all()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """More than half of what there is."""
        return QSize(620, 480)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Side by side, or one over the other."""
        super().resizeEvent(event)
        self._lay()

    def _lay(self) -> None:
        wide = self.width() > _WIDER * self.height()
        beside, below = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._sides.setDirection(beside if wide else below)

    def _on_current_changed(self) -> None:
        row = self._rows.row
        image_id = None if row is None or not self.comparing else self._rows.found.image_id(row)
        if image_id != self._shown:
            self._shown, self._picture = image_id, None
            self.found.say("")
            if image_id is not None:
                self._session.read(
                    ("similar picture", id(self)), AskPicture(image_id), self._on_picture, on_failed=self._on_failed
                )
        self._show_all()

    def _on_picture(self, found: tuple[ImageId, Pyramid]) -> None:
        image_id, picture = found
        if image_id == self._shown:
            self._picture = picture
            self._show_found()

    def _on_failed(self, error: Exception) -> None:
        reason = str(error) if isinstance(error, CoreError) else self.tr("A fault in Stocktake.")
        self.found.say(reason)

    def _show_all(self) -> None:
        answer, row = self._answer, self._rows.row
        covering = self._session.settings.cover_graphic
        if answer is None:
            self.asked.view.show_picture(None, covered=False)
        else:
            self.asked.view.show_picture(answer.taken.picture, covered=answer.covered and covering)
        self.asked.view.show_frame(() if row is None or answer is None else self._rows.found.frames(row)[0])
        self._show_found()

    def _show_found(self) -> None:
        row, found = self._rows.row, self._rows.found
        if row is None or self._picture is None:
            self.found.view.show_picture(None, covered=False)
            self.found.view.show_frame(())
            return
        covered = found.is_graphic(row) and self._session.settings.cover_graphic
        self.found.view.show_picture(self._picture, covered=covered)
        self.found.view.show_frame(found.frames(row)[1])

    def _on_zoomed(self, how: str) -> None:
        if how == "0":
            self._zoom.reset()
        else:
            self._zoom.zoom(STEP if how == "+" else 1 / STEP)


class _Side(QWidget):
    """A picture with a line over it; or the line and why there is none."""

    def __init__(self, title: str, zoom: Zoom, peek: Peek) -> None:
        super().__init__()
        self.view = FramedView(zoom, peek)
        self.view.setAccessibleName(title)
        self.view.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.reason = ElidedLabel(mode=Qt.TextElideMode.ElideRight)
        self.reason.setProperty("role", "caution")
        self.reason.hide()
        label = ElidedLabel(title, mode=Qt.TextElideMode.ElideRight)
        label.setProperty("role", "muted")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(style.TIGHT)
        for part in (label, self.reason):
            layout.addWidget(part)
        layout.addWidget(self.view, 1)

    def say(self, reason: str) -> None:
        """Say why there is no picture, or nothing."""
        self.reason.setText(reason)
        self.reason.setVisible(bool(reason))
