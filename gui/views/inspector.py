"""The inspector: everything about the image looked at, or about the selected ones together."""

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QStackedWidget, QTabWidget, QVBoxLayout, QWidget

from core.records import ImageId, SightingId
from gui import style
from gui.models.cells import shown_name
from gui.models.selection_values import SelectionValues
from gui.models.sentences import images_words
from gui.models.subject import THUMBNAIL_PX, AskSubject, Subject
from gui.models.thumbnails import Thumbnails
from gui.plain import PlainLabel, plain_tooltip
from gui.session import Session
from gui.views.description_form import DescriptionForm
from gui.views.elided import ElidedLabel
from gui.views.inspector_file import FileTab
from gui.views.inspector_history import HistoryTab
from gui.views.inspector_relations import RelationsTab
from gui.views.inspector_sources import SourcesTab
from gui.views.inspector_tags import TagsTab
from gui.views.recycled_card import RecycledCard
from gui.views.tab_order import tab_as_laid_out


class Inspector(QWidget):
    """Tabs for tags, what is said of the image, sources, relations, file and history.

    While several images are selected, file and relations ask for one image.
    """

    tag_wanted = Signal()
    review_wanted = Signal(object)  # the id of an image whose pairs are to be reviewed
    sighting_chosen = Signal(object)  # the id of a sighting whose region is to be selected
    image_wanted = Signal(object)  # the id of an image to look at
    similar_wanted = Signal(object, object)  # an image's id and a region of it: where else does that appear?

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._image: ImageId | None = None
        self._reveals = False
        self._soon = QTimer(self, singleShot=True, interval=0)  # when what is new has been laid out
        self._soon.timeout.connect(self._reveal)
        self.values = SelectionValues(session, self)
        self.title = ElidedLabel()
        self.tabs = QTabWidget()
        self.recycled = RecycledCard(session)
        self.tags = TagsTab(session, self.values)
        self.description = DescriptionForm(session)
        self.sources = SourcesTab(session)
        self.file = FileTab(session)
        self.relations = RelationsTab(session)
        self.history = HistoryTab(session)
        self._tags_area = _scrolling(self.tags)
        self._tags_page = _Page(self._tags_area)
        self._description_page = _Page(_scrolling(self.description))
        self._sources_page = _Page(_scrolling(self.sources))
        self._file_page = _Page(self.file)
        self._relations_page = _Page(_scrolling(self.relations))
        self._arrange()
        self.values.changed.connect(self._on_values_changed)
        self.tags.tag_wanted.connect(self.tag_wanted)
        self.tags.shown.connect(self._soon.start)
        self.tags.sighting_chosen.connect(self.sighting_chosen)
        self.tags.image_wanted.connect(self.image_wanted)
        self.tags.similar_wanted.connect(self.similar_wanted)
        self.relations.review_wanted.connect(self.review_wanted)
        for part in (self.relations, self.recycled):
            part.image_wanted.connect(self.image_wanted)
        session.changed.connect(self._reload)
        session.settings_changed.connect(self._reload)
        session.opened.connect(self._on_values_changed)
        session.closed.connect(self._on_values_changed)
        self._on_values_changed()

    def _arrange(self) -> None:
        self.setAccessibleName(self.tr("Inspector"))
        self.setMinimumWidth(240)
        self.title.setProperty("role", "title")
        self.tabs.setDocumentMode(True)
        self.tabs.setAccessibleName(self.tr("Inspector"))
        for page, words in (
            (self._tags_page, self.tr("Tags")),
            (self._description_page, self.tr("Image")),
            (self._sources_page, self.tr("Sources")),
            (self._relations_page, self.tr("Relations")),
            (self._file_page, self.tr("File")),
            (self.history, self.tr("History")),
        ):
            self.tabs.addTab(page, words)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, style.SMALL, 0, 0)
        layout.setSpacing(style.SMALL)
        above = QHBoxLayout()
        above.setContentsMargins(style.MEDIUM, 0, style.MEDIUM, 0)
        above.addWidget(self.title)
        layout.addLayout(above)
        card = QVBoxLayout()
        card.setContentsMargins(style.MEDIUM, 0, style.MEDIUM, 0)
        card.addWidget(self.recycled)
        layout.addLayout(card)
        layout.addWidget(self.tabs, 1)

    def select_sighting(self, sighting: SightingId | None) -> None:
        """Mark the card of the sighting whose region is selected, and bring it into view as soon as it is there."""
        self.tags.select(sighting)
        self._reveals = sighting is not None
        self._soon.start()

    def start_claim(self) -> None:
        """Ask which kind of claim to add to the sighting whose card is marked, or to the first."""
        card = self.tags.selected_card or next(iter(self.tags.cards), None)
        self.tabs.setCurrentWidget(self._tags_page)
        if card is None:
            self.tag_wanted.emit()
        else:
            self._tags_area.ensureWidgetVisible(card.claims.add)
            card.claims.offer()

    def _reveal(self) -> None:
        card = self.tags.selected_card if self._reveals else None
        if card is None or card.sighting is None:
            return
        top = card.mapTo(self.tags, QPoint(0, 0)).y()
        bar = self._tags_area.verticalScrollBar()
        if not bar.value() <= top <= top + card.height() <= bar.value() + self._tags_area.viewport().height():
            bar.setValue(top - style.TIGHT)
        # Its crop may still push it away.
        self._reveals = card.awaits_crop

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Follow the selection while there is someone to see it."""
        super().showEvent(event)
        self.values.watch(watching=True)
        self._reload()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Ask nothing while hidden; what was typed is kept."""
        for tab in (self.tags, self.description, self.sources):
            tab.commit()
        self.values.watch(watching=False)
        super().hideEvent(event)

    def _on_values_changed(self) -> None:
        ids = self.values.ids if self._session.info is not None else ()
        image = ids[0] if len(ids) == 1 else None
        self._describe(ids)
        if image != self._image:
            self._image = image
            self._clear(ids)
            self._reload()
        elif len(ids) != 1:
            self._clear(ids)

    def _describe(self, ids: tuple[ImageId, ...]) -> None:
        """Show what is said of these images as wholes, and where they come from."""
        self.recycled.show_image(ids[0] if len(ids) == 1 else None)
        shown = () if self.values.too_many else ids
        self.description.show_images(shown)
        self.sources.show_images(shown)
        nothing = self.tr("Select images to see what is said of them.")
        for page in (self._description_page, self._sources_page):
            if shown:
                page.show_content()
            else:
                page.say(self.tr("Too many images are selected to see this.") if ids else nothing)

    def _clear(self, ids: tuple[ImageId, ...]) -> None:
        """Show nothing of the image before: something stale beside a new name misleads."""
        self.file.show_detail(None)
        self.relations.show_subject(None)
        self.history.record.show_image(self._image)
        if len(ids) > 1:
            self._tell(images_words(len(ids)), self.tr("Select a single image to see this."))
            self.tags.show_many()
            tab_as_laid_out(self._tags_area, self.tags)
            self._tags_page.show_content()
            if self.values.too_many:
                self._tags_page.say(self.tr("Too many images are selected to list what they show; T tags them."))
        else:
            nothing = self.tr("Select an image to see what is known of it.") if not ids else ""
            self._tell("", nothing)
            self._tags_page.say(nothing)

    def _tell(self, title: str, words: str) -> None:
        self.title.setText(title)
        self.title.setToolTip(plain_tooltip(title))
        self._file_page.say(words)
        self._relations_page.say(words)

    def _reload(self) -> None:
        if self._image is not None and self.isVisible():
            covering = self._session.settings.cover_graphic
            question = AskSubject(self._image, Thumbnails(THUMBNAIL_PX, self.devicePixelRatioF(), covering))
            self._session.read(("inspector", id(self)), question, self._on_subject)

    def _on_subject(self, subject: Subject | None) -> None:
        if subject is None or subject.detail.image.id != self._image:
            return
        self.title.setText(shown_name(subject.name))
        self.title.setToolTip(plain_tooltip(shown_name(subject.name)))
        self.tags.show_one(subject)
        tab_as_laid_out(self._tags_area, self.tags)
        self.file.show_detail(subject.detail)
        self.relations.show_subject(subject)
        for page in (self._tags_page, self._file_page, self._relations_page):
            page.show_content()


class _Page(QStackedWidget):
    """A tab's content, or a sentence in its place."""

    def __init__(self, content: QWidget) -> None:
        super().__init__()
        self._content = content
        self._words = PlainLabel()
        self._words.setProperty("role", "muted")
        self._words.setWordWrap(True)
        self._words.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeading)
        self._words.setContentsMargins(style.MEDIUM, style.LARGE, style.MEDIUM, style.MEDIUM)
        self.addWidget(self._words)
        self.addWidget(content)

    def say(self, words: str) -> None:
        """Show a sentence instead."""
        self._words.setText(words)
        self.setCurrentWidget(self._words)

    def show_content(self) -> None:
        """Show the content."""
        self.setCurrentWidget(self._content)


def _scrolling(content: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setWidget(content)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return area
