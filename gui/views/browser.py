"""Looking through the archive: the grid of what is found, one image large, and what stands there when nothing is.

The grid follows ``session.found``; what is new at its end is appended and nothing moves.  Selection and the image
looked at are the session's, so that the panels at the sides follow without knowing the grid.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from core import search
from core.archive import Archive
from core.jobs import Job
from core.records import Query
from gui.models.catalogue_source import CatalogueSource, picture
from gui.models.grid_model import GridModel, Ids
from gui.session import Session
from gui.views.cover_link import CoverLink
from gui.views.empty_state import EmptyState
from gui.views.grid import GridView
from gui.views.region_link import RegionLink
from gui.views.viewer import Viewer


class Browser(QWidget):
    """The grid and the single view over one session; an archive must be open."""

    import_wanted = Signal()
    view_changed = Signal()  # the grid gave way to the single image, or came back

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.model = GridModel(session.reader, CatalogueSource(), self)
        self.grid = GridView(self.model)
        self.grid.set_cell_size(session.settings.thumbnail_px)
        self.grid.set_covering(covering=session.settings.cover_graphic)
        self.viewer = Viewer(session.reader, picture)
        self.regions = RegionLink(session, self.viewer, self)
        self.empty = EmptyState()
        self._stack = QStackedWidget()
        for page in (self.grid, self.viewer, self.empty):
            self._stack.addWidget(page)
        self._stack.setCurrentWidget(self.grid)
        self._covers = CoverLink(session, self.viewer, self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)
        self._clear_filters = False  # what the button of the empty state does
        self._awaited: tuple[int, bool] | None = None  # to go to when it is found, and whether to show it large
        self._connect()

    def _connect(self) -> None:
        session = self._session
        session.found.connect(self._on_found)
        session.changed.connect(self.model.refresh)
        session.current_changed.connect(self._on_session_current_changed)
        session.settings_changed.connect(self._on_settings_changed)
        self.model.fetch_failed.connect(session.failed)
        self.grid.selection_changed.connect(self._on_selection_changed)
        self.grid.current_changed.connect(session.look_at)
        self.grid.opened.connect(self.open_image)
        self.viewer.step_requested.connect(self.step)
        self.viewer.close_requested.connect(self.show_grid)
        self.empty.acted.connect(self._on_empty_acted)

    @property
    def single(self) -> bool:
        """Whether one image is shown large."""
        return self._stack.currentWidget() is self.viewer

    def open_image(self, image_id: int) -> None:
        """Show one image large."""
        if self.model.row_of(image_id) is None:
            return
        if self.grid.current_id() != image_id:
            self.grid.set_current_id(image_id)
        self._stack.setCurrentWidget(self.viewer)
        self._show_in_viewer(image_id)
        self.viewer.setFocus()
        self.view_changed.emit()

    def open_current(self) -> None:
        """Show the image that the keyboard is on large, the first one where it is on none."""
        if self.grid.current_id() is None and self.model.rowCount():
            self.grid.set_current_id(self.model.id_at(0))
        current = self.grid.current_id()
        if current is not None:
            self.open_image(current)

    def show_grid(self) -> None:
        """Go back to the grid, where the image just looked at is current and in view."""
        was_single = self.single
        self._show_page()
        self.grid.scrollTo(self.grid.currentIndex())
        self.grid.setFocus()
        if was_single:
            self._covers.show_image(None)
            self.view_changed.emit()

    def focus(self) -> None:
        """Give the keys to what is shown."""
        pages: tuple[QWidget, ...] = (self.grid, self.viewer, self.empty.button)
        pages[self._stack.currentIndex()].setFocus()

    def go_to(self, image_id: int, *, large: bool = False) -> None:
        """Go to an image and select it alone; where the query does not find it, look for everything."""
        if self.model.row_of(image_id) is None:
            self._awaited = image_id, large
            self._session.set_query(Query())
            return
        self.grid.set_current_id(image_id)
        if large:
            self.open_image(image_id)

    def step(self, step: int) -> None:
        """Go to another image, ``step`` further; at either end nothing happens."""
        row = self.grid.currentIndex().row() + step
        if 0 <= row < self.model.rowCount():
            self.grid.set_current_id(self.model.id_at(row))

    def next_image(self) -> None:
        """Go to the next image."""
        self.step(1)

    def previous_image(self) -> None:
        """Go to the image before."""
        self.step(-1)

    def _show_in_viewer(self, image_id: int) -> None:
        row = self.model.row_of(image_id)
        cell = self.model.cell(row) if row is not None else None
        graphic = cell.covered if cell else None
        self._covers.show_image(image_id, cell.name if cell else "", graphic=graphic)

    def _on_found(self, ids: Sequence[int]) -> None:
        new, old = np.asarray(ids, np.int64), self.model.ids
        if len(new) >= len(old) and np.array_equal(new[: len(old)], old):
            self.grid.append_ids(new[len(old) :])
        else:
            self.grid.set_ids(new)
        self._show_page(keep_single=True)
        awaited, self._awaited = self._awaited, None
        if awaited is not None:
            image_id, large = awaited
            self.grid.set_current_id(image_id)
            if large:
                self.open_image(image_id)

    def _on_selection_changed(self, ids: Ids) -> None:
        self._session.select(ids.tolist())

    def _on_session_current_changed(self) -> None:
        current = self._session.current
        if current is None:
            return
        if current != self.grid.current_id():
            self.grid.set_current_id(current)
        if self.single and current != self.viewer.image_id:
            self._show_in_viewer(current)

    def _on_settings_changed(self) -> None:
        self.grid.set_cell_size(self._session.settings.thumbnail_px)
        self.grid.set_covering(covering=self._session.settings.cover_graphic)

    def _show_page(self, *, keep_single: bool = False) -> None:
        """Show the grid, or why it is empty."""
        if self.model.rowCount():
            if not (keep_single and self.single):
                self._stack.setCurrentWidget(self.grid)
            return
        had_focus = self.grid.hasFocus() or self.viewer.hasFocus()
        self._stack.setCurrentWidget(self.empty)
        if had_focus:
            self.empty.button.setFocus()
        if self._session.query == Query():
            self._clear_filters = False
            self._say_new()
        else:
            self._session.read("emptied by", _Emptied(self._session.query), self._on_emptied_by)

    def _say_new(self) -> None:
        if self._session.read_only:
            self.empty.say(self.tr("This archive is empty"), self.tr("It is open for reading only."))
            return
        self.empty.say(
            self.tr("Nothing in this archive yet"),
            self.tr(
                "Drop a folder or some files here, or choose them. Originals are copied into the archive and never "
                "altered; what cannot be decoded is kept too."
            ),
            self.tr("Import a folder…"),
        )

    def _on_emptied_by(self, name: str) -> None:
        self._clear_filters = True
        title = self.tr("No image is found")
        words = self.tr("Nothing fits all of what is looked for together.")
        if name:
            quoted = name if name.startswith("“") else f"“{name}”"
            words = self.tr("Without %1 there would be images to show.").replace("%1", quoted)
        self.empty.say(title, words, self.tr("Clear all filters"))

    def _on_empty_acted(self) -> None:
        if self._clear_filters:
            self._session.set_query(Query())
            self.grid.setFocus()
        else:
            self.import_wanted.emit()


class _Emptied:
    """Finds which part of a query empties its result: the first without which something would be found."""

    def __init__(self, query: Query) -> None:
        self._query = query

    def __call__(self, archive: Archive, job: Job) -> Any:
        for name, rest in search.parts(archive, self._query):
            job.check()
            if search.count(archive, rest):
                return name
        return ""
