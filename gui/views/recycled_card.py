"""A card of caution: this picture is said to show something else too, and both cannot be true.

Where a copy only comes from another source, the card says so plainly.
"""

from typing import Final

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from core.records import ImageId
from core.recycling import DECIDED
from gui import style
from gui.models.recycled import AskRecycled, Shown, difference_words
from gui.models.sentences import kind_words
from gui.models.subject import THUMBNAIL_PX
from gui.models.thumbnails import Thumbnails
from gui.plain import PlainLabel
from gui.session import Session
from gui.views.image_row import ImageRow

_MOST: Final = 4  # lines of differences


class RecycledCard(QFrame):
    """Is there only while something differs between the image that is looked at and a copy, or within itself."""

    image_wanted = Signal(object)  # the id of the other image

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._image: ImageId | None = None
        self._shown: Shown | None = None
        self.row: ImageRow | None = None
        self.setAccessibleName(self.tr("Shown as another event"))
        self.title = PlainLabel()
        self.differences = PlainLabel()
        for label in (self.title, self.differences):
            label.setWordWrap(True)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(style.SMALL, style.SMALL, style.SMALL, style.SMALL)
        self._layout.setSpacing(style.TIGHT)
        self._layout.addWidget(self.title)
        self._layout.addWidget(self.differences)
        self.hide()
        session.changed.connect(self._reload)
        session.settings_changed.connect(self._reload)

    def show_image(self, image_id: ImageId | None) -> None:
        """Be about this image, or about none."""
        if image_id != self._image:
            self._image = image_id
            self._show(None)
            self._reload()

    def _reload(self) -> None:
        if self._image is not None:
            covering = self._session.settings.cover_graphic
            question = AskRecycled(self._image, Thumbnails(THUMBNAIL_PX, self.devicePixelRatioF(), covering))
            self._session.read(("recycled", id(self)), question, self._on_answer)

    def _on_answer(self, shown: Shown) -> None:
        if shown.image_id == self._image and shown != self._shown:
            self._show(shown)

    def _show(self, shown: Shown | None) -> None:
        self._shown = shown
        if self.row is not None:
            self._layout.removeWidget(self.row)
            self.row.hide()
            self.row.deleteLater()
            self.row = None
        if shown is None or not shown.found:
            self.hide()
            return
        first, more = shown.found[0], len(shown.found) - 1
        title = self._title(shown)
        self.title.setText(title)
        self._look(caution=first.contradicts)
        lines = [difference_words(one) for one in first.differences][:_MOST]
        if more:
            lines.append(self.tr("and %1 more like this").replace("%1", f"{more:,}"))
        self.differences.setText("\n".join(lines))
        if shown.other is not None:
            self.row = ImageRow(shown.other, f"{_likeness(first.how)} · {self.tr('show it')}")
            self.row.wanted.connect(self.image_wanted)
            self._layout.insertWidget(1, self.row)
        self.setAccessibleDescription(f"{title}: {'; '.join(lines)}")
        self.show()

    def _title(self, shown: Shown) -> str:
        first = shown.found[0]
        if not first.contradicts:
            return self.tr("Known from another source, too")
        if first.only_by_file:
            return self.tr("Its file, or that of a copy, says otherwise")
        if shown.other is None:
            return self.tr("What is said of it contradicts itself")
        return self.tr("Said to show something else, too")

    def _look(self, *, caution: bool) -> None:
        self.setProperty("card", "caution" if caution else "plain")
        self.title.setProperty("role", "caution" if caution else "")
        # A style sheet looks at a property only when it is told that the property is new.
        for widget in (self, self.title):
            widget.style().polish(widget)


def _likeness(how: str) -> str:
    """How the other image is a copy of this one."""
    if how == DECIDED:
        return QCoreApplication.translate("RecycledCard", "decided to be the same picture")
    return QCoreApplication.translate("RecycledCard", "%1, not decided yet").replace("%1", kind_words(how))
