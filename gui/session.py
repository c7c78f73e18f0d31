"""One open archive as the window sees it: what is looked for, shown and selected, and the two runners behind.

Every widget gets the session in its constructor.  The window's thread never touches the archive: whatever is read
or changed goes through a runner, and comes back as a call or a signal on this thread.
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final, cast

from PySide6.QtCore import QObject, QTimer, Signal

from core import search
from core.archive import Archive
from core.jobs import Job, Progress
from core.records import ImageId, Query
from core.settings import Settings
from core.vocabularies import Vocabulary
from core.vocabulary_kinds import KINDS
from gui.runner import Pace, Runner, Task

_GLANCE_MS: Final = 400  # while a job runs, how often what it has done so far is shown


@dataclass(frozen=True, slots=True)
class Opened:
    """What the window needs to know of an archive from the start."""

    folder: Path
    uuid: str
    read_only: bool
    actor: str
    vocabularies: Mapping[str, Vocabulary]

    @property
    def weapon_types(self) -> Vocabulary:
        """The weapon type tree."""
        return self.vocabularies["weapon_type"]

    @property
    def weapon_models(self) -> Vocabulary:
        """The weapon models."""
        return self.vocabularies["weapon_model"]

    @property
    def countries(self) -> Vocabulary:
        """The countries, historic ones included."""
        return self.vocabularies["country"]


@dataclass(frozen=True, slots=True)
class State:
    """How the archive stands: its newest action, its images, what undo and redo would do, and its vocabularies."""

    generation: int = 0
    images: int = 0
    undo_label: str | None = None
    redo_label: str | None = None
    vocabularies: Mapping[str, Vocabulary] = field(default_factory=dict)


class Session(QObject):
    """The archive that a window has open, if any.

    ``write`` and ``read`` take functions of ``(archive, job)`` that run on a worker; everything else belongs to
    the window's thread.
    """

    opened = Signal()  # an archive was opened: ``info`` is there
    closed = Signal()
    changed = Signal()  # the archive's content changed: every view that is concerned asks again
    vocabularies_changed = Signal()  # ``info.vocabularies`` are new: terms were added, renamed, merged
    state_changed = Signal()  # ``state`` is new: undo, redo, the number of images
    query_changed = Signal()  # ``query`` is new
    found = Signal(object)  # array of the image ids that the query finds
    selection_changed = Signal()  # ``selection`` is new
    current_changed = Signal()  # ``current`` is new: the image that is looked at
    failed = Signal(object)  # an exception, for gui.errors
    message = Signal(str)  # one line for the status bar
    settings_changed = Signal()  # ``settings`` is new
    job_started = Signal(object)  # Task
    job_progressed = Signal(object, object)  # Task, Progress
    job_ended = Signal(object)  # Task

    def __init__(self, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.settings = settings
        self.info: Opened | None = None
        self.state = State()
        self.query = Query()
        self.selection: tuple[ImageId, ...] = ()
        self.current: ImageId | None = None
        self._writer: Runner | None = None
        self._reader: Runner | None = None
        self._glance = QTimer(self)
        self._glance.setSingleShot(True)
        self._glance.setInterval(_GLANCE_MS)
        self._glance.timeout.connect(self.refresh)

    @property
    def read_only(self) -> bool:
        """Whether nothing can be changed: no archive is open, or another window writes to it."""
        return self.info is None or self.info.read_only

    @property
    def reader(self) -> Runner:
        """The runner that reads; an archive must be open."""
        assert self._reader is not None
        return self._reader

    @property
    def busy(self) -> bool:
        """Whether a job that changes the archive is under way or waits."""
        return self._writer is not None and self._writer.busy

    def change_settings(self, **values: Any) -> None:
        """Give fields of the settings other values; whoever keeps them hears ``settings_changed``."""
        changed = replace(self.settings, **values)
        if changed != self.settings:
            self.settings = changed
            self.settings_changed.emit()

    def open(self, folder: Path, *, create: bool = False) -> None:
        """Open (or make) the archive in a folder in place of the one that is open; ``opened`` or ``failed`` follows."""
        self.close()
        actor = self.settings.actor or None
        opener = _Opener(folder, actor=actor, create=create)
        self._writer = Runner(opener, "writer", self)
        self._writer.started.connect(self.job_started)
        self._writer.progressed.connect(self._on_progressed)
        self._writer.succeeded.connect(self._on_ended)
        self._writer.cancelled.connect(self._on_ended)
        self._writer.failed.connect(self._on_failed)
        self._writer.start(_introduce, title="", on_done=self._on_introduced, on_failed=self._on_not_opened)

    def close(self) -> None:
        """Cancel what is under way, keep what is finished, and close the archive."""
        was_open = self.info is not None
        self._glance.stop()
        for runner in (self._reader, self._writer):
            if runner is not None:
                runner.stop()
                # It goes with the last reference to it; deleted later, it would go after a session that is gone.
                runner.setParent(None)
        self._reader = self._writer = None
        self.info = None
        self.state = State()
        self.query = Query()
        self.selection = ()
        self.current = None
        if was_open:
            self.closed.emit()

    def write(
        self,
        title: str,
        function: Callable[[Archive, Job], Any],
        on_done: Callable[[Any], None] | None = None,
        *,
        on_failed: Callable[[Exception], None] | None = None,
        pace: Pace = Pace.LONG,
    ) -> Task | None:
        """Have the archive changed, after what waits already (but see ``Pace``); views are told by ``changed``."""
        if self._writer is None:
            return None
        if self._reader is not None:
            self._reader.hurry()
        told = None if on_failed is None else _Failure(self, on_failed)
        task = self._writer.start(function, title=title, on_done=on_done, on_failed=told, pace=pace)
        if told is not None:
            told.task = task
        return task

    def read(
        self,
        key: Hashable,
        function: Callable[[Archive, Job], Any],
        on_done: Callable[[Any], None],
        *,
        on_failed: Callable[[Exception], None] | None = None,
        on_progress: Callable[[Progress], None] | None = None,
        later: bool = False,
    ) -> None:
        """Ask the archive something; only the newest question under a key is answered (see ``Runner.ask``)."""
        if self._reader is not None:
            failed = on_failed or self.failed.emit
            self._reader.ask(key, function, on_done, on_failed=failed, on_progress=on_progress, later=later)

    def set_query(self, query: Query) -> None:
        """Look for something else."""
        if query != self.query:
            self.query = query
            self.query_changed.emit()
            self._find()

    def select(self, ids: Sequence[int]) -> None:
        """These images are selected now; plain numbers, since a catalogue knows no numpy ones."""
        chosen = cast("tuple[ImageId, ...]", tuple(ids))
        if chosen != self.selection:
            self.selection = chosen
            self.selection_changed.emit()

    def look_at(self, image_id: int | None) -> None:
        """This image is looked at now."""
        chosen = None if image_id is None else ImageId(image_id)
        if chosen != self.current:
            self.current = chosen
            self.current_changed.emit()

    def refresh(self) -> None:
        """Ask how the archive stands; where something changed, all views ask again."""
        self.read("state", _state, self._on_state)

    def _find(self) -> None:
        query = self.query
        self.read("find", lambda archive, _: search.find(archive, query), self.found.emit)

    def _on_introduced(self, info: Opened) -> None:
        self.info = info
        # Under the same name, so that it reads the blind codings that are this coder's own.
        self._reader = Runner(_Opener(info.folder, read_only=True, actor=info.actor), "reader", self)
        self.opened.emit()
        self.refresh()

    def _on_not_opened(self, error: Exception) -> None:
        self.close()
        self.failed.emit(error)

    def _on_state(self, state: State) -> None:
        before, self.state = self.state, state
        if self.info is not None and any(
            self.info.vocabularies[name] is not held for name, held in state.vocabularies.items()
        ):
            self.info = replace(self.info, vocabularies=state.vocabularies)
            self.vocabularies_changed.emit()
        if state != before:
            self.state_changed.emit()
        if state.generation != before.generation:
            self.changed.emit()
            self._find()

    def _on_progressed(self, task: Task, progress: Progress) -> None:
        self.job_progressed.emit(task, progress)
        if not self._glance.isActive():
            self._glance.start()

    def _on_ended(self, task: Task, _result: object = None) -> None:
        self.job_ended.emit(task)
        self.refresh()

    def _on_failed(self, task: Task, error: Exception) -> None:
        self.job_ended.emit(task)
        self.failed.emit(error)
        self.refresh()


class _Failure:
    """Ends a job whose failure is dealt with by whoever began it."""

    def __init__(self, session: Session, on_failed: Callable[[Exception], None]) -> None:
        self._session = session
        self._on_failed = on_failed
        self.task: Task | None = None

    def __call__(self, error: Exception) -> None:
        self._session.job_ended.emit(self.task)
        self._on_failed(error)
        self._session.refresh()


class _Opener:
    """How a runner opens the archive, in its own thread."""

    def __init__(
        self, folder: Path, *, read_only: bool = False, actor: str | None = None, create: bool = False
    ) -> None:
        self._folder = folder
        self._read_only = read_only
        self._actor = actor
        self._create = create

    def __call__(self) -> Archive:
        if self._create:
            return Archive.create(self._folder, actor=self._actor)
        return Archive.open(self._folder, read_only=self._read_only, actor=self._actor)


def _introduce(archive: Archive, _job: Job) -> Opened:
    return Opened(archive.folder, archive.uuid, archive.read_only, archive.actor, _vocabularies(archive))


def _vocabularies(archive: Archive) -> dict[str, Vocabulary]:
    return {name: archive.vocabulary(name) for name in KINDS}


def _state(archive: Archive, _job: Job) -> State:
    return State(
        archive.generation,
        search.count(archive, Query()),
        archive.undo_label,
        archive.redo_label,
        _vocabularies(archive),
    )
