"""An open archive in the window: facets at the left, what is looked at in the middle, the inspector at the right."""

from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from core.records import ImageId, SightingId
from gui import style
from gui.finding import Finding
from gui.models.similar_question import Question
from gui.models.tag_clipboard import TagClipboard
from gui.session import Session
from gui.views.alarm_notice import AlarmNotice
from gui.views.browser import Browser
from gui.views.coding_sheet import CodingSheetBar
from gui.views.conflict_notice import ConflictNotice
from gui.views.counts import CountsView
from gui.views.facets import FacetPanel
from gui.views.inspector import Inspector
from gui.views.lent_keys import LentKeys
from gui.views.notice_bar import NoticeBar
from gui.views.references_beneath import ReferencesBeneath
from gui.views.reviewing.review import DuplicateReview
from gui.views.search_bar import FilterChips, SearchBar
from gui.views.side_panels import SidePanels
from gui.views.similar.similar_view import SimilarView
from gui.views.tag_line import TagLine


class Workspace(QWidget):
    """Made when an archive is opened and dropped with it."""

    view_changed = Signal()  # another view is in the middle, or a panel was shown or hidden

    def __init__(self, session: Session, actions: Mapping[str, QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.browser = Browser(session)
        self.search_bar = SearchBar(session)
        self.chips = FilterChips(session)
        self._filters = QWidget()
        self.facets = FacetPanel(session)
        self.inspector = Inspector(session)
        self.clipboard = TagClipboard(session, self)
        self.clipboard.changed.connect(self.view_changed)
        self.tag_line = TagLine(session)
        self.tag_line.hide()
        self.coding_sheet = CodingSheetBar(session)
        self.lent_keys = LentKeys(self.coding_sheet, self.browser)
        self.coding_sheet.hide()
        self.notice = NoticeBar(self.tr("Show the report"))
        self.to_settle = ConflictNotice(session)
        self.alarm = AlarmNotice(session)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.browser)
        self._views: dict[str, QWidget] = {}
        self.finding = Finding(session, self.browser, self)
        self.beneath = ReferencesBeneath(session, self.stack)
        self.panels = SidePanels(session, self.facets, self._middle(), self.inspector)
        self._arrange(actions)
        self._connect()

    def _middle(self) -> QWidget:
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.beneath, 1)
        column.addWidget(_line())
        column.addWidget(self.to_settle)
        column.addWidget(self.alarm)
        column.addWidget(self.notice)
        column.addWidget(self.tag_line)
        column.addWidget(self.coding_sheet)
        return middle

    def _arrange(self, actions: Mapping[str, QAction]) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(self._strip(actions))
        chips = QVBoxLayout(self._filters)
        chips.setContentsMargins(style.SMALL, 0, style.SMALL, 0)
        chips.addWidget(self.chips)
        layout.addWidget(self._filters)
        layout.addWidget(_line())
        layout.addWidget(self.panels, 1)

    def _strip(self, actions: Mapping[str, QAction]) -> QHBoxLayout:
        strip = QHBoxLayout()
        strip.setContentsMargins(style.SMALL, style.SMALL, style.SMALL, style.SMALL)
        strip.setSpacing(style.TIGHT)
        at = Qt.AlignmentFlag.AlignTop
        for name in ("left", "grid", "single", "duplicates", "counts"):
            strip.addWidget(_button(actions[name]), 0, at)
        strip.addSpacing(style.SMALL)
        strip.addWidget(self.search_bar, 1, at)
        strip.addSpacing(style.SMALL)
        for name in ("undo", "redo", "import_folder", "tag", "right"):
            strip.addWidget(_button(actions[name]), 0, at)
        return strip

    def _connect(self) -> None:
        self.search_bar.left.connect(self.focus_images)
        self.browser.view_changed.connect(self.view_changed)
        self.tag_line.closed.connect(self.focus_images)
        for bar in (self.to_settle, self.alarm, self.notice):
            bar.left.connect(self.focus_images)
        self.inspector.tag_wanted.connect(self.start_tagging)
        self.inspector.review_wanted.connect(self.review)
        self.inspector.image_wanted.connect(self.show_image)
        self.inspector.similar_wanted.connect(self.finding.ask_region)
        self.browser.viewer.regions.region_selected.connect(self.view_changed)
        self.finding.wanted.connect(self.find_similar)
        self.finding.view_wanted.connect(self.show_view)
        self.inspector.sighting_chosen.connect(self.browser.regions.select)
        self.browser.regions.selected.connect(self.inspector.select_sighting)
        self.browser.regions.added.connect(self._on_sighting_added)
        self.browser.regions.image_wanted.connect(self.show_image)
        self.tag_line.next_wanted.connect(self.browser.next_image)
        self.tag_line.previous_wanted.connect(self.browser.previous_image)
        self.panels.changed.connect(self.view_changed)
        self.coding_sheet.closed.connect(self.focus_images)
        self.coding_sheet.closed.connect(self.view_changed)
        self.coding_sheet.next_wanted.connect(self.browser.next_image)
        self.coding_sheet.key_passed_on.connect(self.lent_keys.pass_on)
        self.view_changed.connect(self._on_view_changed)
        self._session.query_changed.connect(self._on_query_changed)
        self.beneath.changed.connect(self.view_changed)
        self.beneath.left.connect(self.focus_images)
        self.browser.viewer.regions.region_selected.connect(self.beneath.pane.comparing.choose_sighting)
        self.inspector.sighting_chosen.connect(self.beneath.pane.comparing.choose_sighting)

    @property
    def showing(self) -> str:
        """The view in the middle: grid, single, duplicates, counts or similar."""
        page = self.stack.currentWidget()
        named = [name for name, view in self._views.items() if view is page]
        return named[0] if named else "single" if self.browser.single else "grid"

    def show_view(self, name: str) -> None:
        """Put a view into the middle."""
        if name in ("grid", "single"):
            self.stack.setCurrentWidget(self.browser)
            if name == "grid":
                self.browser.show_grid()
            else:
                self.browser.open_current()
        else:
            self.tag_line.leave()
            self.coding_sheet.leave()
            self._views.setdefault(name, self._views.get(name) or self._make(name))
            self.stack.setCurrentWidget(self._views[name])
            self._views[name].setFocus()
        self.panels.compare(comparing=name in ("duplicates", "similar"))
        self.view_changed.emit()

    def review(self, image_id: ImageId | None = None) -> None:
        """Go through what may be the same picture: as other images, or as this one."""
        self.show_view("duplicates")
        review = self._views["duplicates"]
        assert isinstance(review, DuplicateReview)
        review.start(image_id)

    def find_similar(self, question: Question) -> None:
        """Show what is like a picture, and come back here afterwards."""
        came_from = self.showing
        self.show_view("similar")
        similar = self._views["similar"]
        assert isinstance(similar, SimilarView)
        similar.ask(question, came_from)

    def _make(self, name: str) -> QWidget:
        """A view that is made when it is first wanted, so that an archive opens sooner."""
        view: QWidget
        if name == "counts":
            counts = view = CountsView(self._session)
            counts.value_opened.connect(self.show_grid)
        elif name == "similar":
            similar = view = SimilarView(self._session)
            similar.closed.connect(self.show_view)
            similar.opened.connect(self.finding.open)
            similar.import_wanted.connect(self.finding.import_wanted)
        else:
            review = view = DuplicateReview(self._session)
            review.closed.connect(self.show_grid)
            review.show_image.connect(self.show_image)
        self.stack.addWidget(view)
        return view

    def show_image(self, image_id: ImageId) -> None:
        """Look at an image, whatever is looked for and selected now."""
        if self.stack.currentWidget() is not self.browser:
            self.show_view("grid")
        self.browser.go_to(image_id)

    def _on_sighting_added(self, sighting: SightingId, image: ImageId) -> None:
        if image == self._session.current:
            self.coding_sheet.hide()
            self.tag_line.start((image, sighting))
            self.view_changed.emit()

    def show_grid(self) -> None:
        """Put the grid into the middle."""
        self.show_view("grid")

    def toggle_references(self) -> None:
        """Show references under the single image, or hide them."""
        if self.showing != "single":
            self.show_view("single")
            self.beneath.toggle(wanted=True)
        else:
            self.beneath.toggle()

    def _on_view_changed(self) -> None:
        self.beneath.allow(allowed=self.showing == "single")
        self._filters.setVisible(not self.panels.comparing)

    def _on_query_changed(self) -> None:
        """What is looked for is not what is compared: it is found among the images."""
        if self.panels.comparing:
            self.show_grid()

    def focus_images(self) -> None:
        """Give the keys to what is looked at."""
        if self.stack.currentWidget() is self.browser:
            self.browser.focus()

    def start_tagging(self) -> None:
        """Open the tag line."""
        self.coding_sheet.hide()
        self.tag_line.start()

    def start_coding(self) -> None:
        """Open the coding sheet, or give it the keys."""
        self.tag_line.hide()
        self.coding_sheet.start()
        self.view_changed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Esc that nobody else has a use for takes the notice away."""
        shown = next((bar for bar in (self.to_settle, self.alarm, self.notice) if not bar.isHidden()), None)
        if event.key() == Qt.Key.Key_Escape and shown is not None:
            shown.dismiss()
        else:
            super().keyPressEvent(event)


def _button(action: QAction) -> QToolButton:
    button = QToolButton()
    button.setDefaultAction(action)
    button.setIconSize(QSize(style.ICON, style.ICON))
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setAccessibleName(action.text().replace("&", "").rstrip("…"))
    return button


def _line() -> QFrame:
    line = QFrame()
    line.setFixedHeight(1)
    line.setProperty("line", "true")
    return line
