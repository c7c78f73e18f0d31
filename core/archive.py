"""The open archive: one folder that holds everything, changed only through actions that can be undone.

Slow work happens with no action open; ``action()`` is one short transaction.  An Archive belongs to the thread
that opened it.
"""

import getpass
import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Final

from filelock import FileLock, Timeout

from core import shipped
from core.errors import CoreError, Damaged, NotAnArchive, ReadOnly, Refused, StorageFault
from core.jobs import Job
from core.originals import Originals
from core.records import Place, Step
from core.store import (
    cache,
    codings,
    confirmed,
    connection,
    following,
    history,
    journal,
    models,
    schema,
    settlements,
    shown,
    terms,
)
from core.store.stacks import Stacks
from core.vocabularies import Vocabulary

CATALOGUE: Final = "catalogue.sqlite"
CACHE: Final = "cache.sqlite"
LOCK: Final = "stocktake.lock"

_CREATED: Final = "Create archive"
_NEW: Final = CATALOGUE + ".new"
_CHECK_WHOLE_UP_TO_BYTES: Final = 32 * 1024 * 1024


def default_actor() -> str:
    """Who acts, where the user has not said: the name of the account on this machine."""
    try:
        # Its bytes need not be text, and what the history keeps must be.
        return Place.from_bytes(os.fsencode(getpass.getuser())).text
    except (OSError, KeyError, ImportError):
        return "unknown"


@dataclass(frozen=True, slots=True)
class UnderWay:
    """A long job that rests now and then: its step, and the newest action when it began."""

    step: str
    since: int

    def rests_on(self, step: Step) -> bool:
        """Whether the job would lose its ground if this step were undone: it is its own, or was there before it."""
        return step.uuid == self.step or step.first_action <= self.since


class Archive(AbstractContextManager["Archive"]):
    """An open archive.  Use ``create`` or ``open``; close it, or use it in a ``with``."""

    def __init__(self, folder: Path, db: connection.Database, lock: FileLock | None, actor: str) -> None:
        self.folder = folder
        self.db = db
        self.actor = actor
        self.read_only = lock is None
        self._cache_is_file = True
        self.under_way: UnderWay | None = None
        self.originals = Originals(folder)
        self._lock = lock
        self._stacks = Stacks(db)
        self._terms = terms.Terms(db)

    @classmethod
    def create(cls, folder: Path, *, actor: str | None = None) -> "Archive":
        """Make a new archive in a folder that does not exist yet or is empty, and open it.

        The catalogue appears under its name when it is whole; what a crash left of an earlier try is replaced.

        Raises:
            Refused: the folder holds something already, or cannot be made.
        """
        folder = folder.absolute()
        try:
            folder.mkdir(parents=True, exist_ok=True)
            held = {entry.name for entry in folder.iterdir()} - {LOCK}
            if _NEW in held:
                held -= {"originals", "incoming", _NEW, _NEW + "-journal"}
        except OSError as error:
            raise Refused(f"No archive can be made at {folder}: {error.strerror}.") from error
        if held:
            raise Refused(f"{folder} is not empty; choose a new or an empty folder for the archive.")
        lock = _take_lock(folder)
        if lock is None:
            raise Refused(f"No archive can be made at {folder}: it cannot be written to, or is in use.")
        try:
            _write_catalogue(folder, actor or default_actor())
        finally:
            lock.release()
        return cls.open(folder, actor=actor)

    @classmethod
    def open(cls, folder: Path, *, read_only: bool = False, actor: str | None = None) -> "Archive":
        """Open an archive; for reading only where asked, where another window writes, or where the disk refuses.

        ``read_only`` of the result says which it became.

        Raises:
            NotAnArchive: there is none, or it is another program's, newer, or damaged; not a byte is written.
            StorageFault: the disk or the catalogue failed.
        """
        folder = folder.absolute()
        path = folder / CATALOGUE
        _check(path)
        lock = None if read_only else _take_lock(folder)
        try:
            db = connection.connect(path, read_only=lock is None)
        except BaseException:
            if lock is not None:
                lock.release()
            raise
        archive = cls(folder, db, lock, actor or default_actor())
        try:
            archive._cache_is_file = _prepare(archive)
        except BaseException:
            archive.close()
            raise
        return archive

    def close(self) -> None:
        """Close the catalogue and let others write."""
        self.db.conn.close()
        if self._lock is not None:
            self._lock.release()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @contextmanager
    def action(
        self, label: str, *, step: str | None = None, undoes: str | None = None, job: Job | None = None
    ) -> Iterator[journal.Recorded]:
        """One change of the record: what happens inside is recorded, can be undone, or happened not at all.

        ``label`` says what it does ("Tag 12 images: AKM"); actions of one long job share a ``step``.  One that
        changes nothing leaves no trace.  Sightings that were settled into one of a copy count again where it parts the
        copies.  Images that by it do not meet the four-eyes rule any more are no longer
        *reviewed*.  ``job`` hears how far search and facets have followed; once the change is recorded, it cannot be
        cancelled any more.

        Raises:
            ReadOnly: the archive is open for reading only.
            StorageFault: the disk failed; the sentence says whether the change is recorded.
        """
        self.check_writable()
        entry = journal.Entry(label, self.actor, step or journal.new_step(), undoes)
        with journal.recording(self.db, entry) as recorded:
            yield recorded
            if undoes is None:  # undoing puts back exactly what was, and what is called reviewed with it
                settlements.end_parted(self.db)
                confirmed.fall_back(self.db)
        try:
            self.catch_up(job and job.unstoppable())
        except StorageFault as error:
            raise StorageFault(
                f"This is recorded, but search, facets and groups will follow only at the next change: {error}"
            ) from error

    def check_writable(self) -> None:
        """Refuse, where the archive is open for reading only.

        Raises:
            ReadOnly: it is.
        """
        if self.read_only:
            raise ReadOnly(
                "The archive is open for reading only, because another window or program has it open for writing "
                "or the disk is write-protected."
            )

    def catch_up(self, job: Job | None = None) -> None:
        """Bring search, facets and groups up to the newest action; what cannot be mended is made anew.

        A reader leaves that to whoever writes, except that one without a usable cache fills its own in memory.
        """
        if self.read_only:
            if not self._cache_is_file:
                with connection.filling_memory(self.db):
                    shown.prepare(self.db)
                    following.follow(self.db, job)
            return
        try:
            following.follow(self.db, job)
        except (Damaged, NotAnArchive):
            # The record itself is committed and safe; only what is derived from it failed.  A full disk or another
            # program's lock is no reason to throw away every thumbnail.
            self.db.conn.execute("DETACH cache")
            (self.folder / CACHE).unlink(missing_ok=True)
            cache.attach(self.db, self.folder / CACHE, read_only=False)
            following.follow(self.db, job)

    @property
    def undo_label(self) -> str | None:
        """What ``undo`` would take back, None when there is nothing."""
        return self._stacks.undo_label()

    @property
    def redo_label(self) -> str | None:
        """What ``redo`` would do again, None when there is nothing."""
        return self._stacks.redo_label()

    def undo(self) -> str | None:
        """Take the newest step back; returns its label, None when there is nothing to undo.

        Raises:
            Conflict: a row was altered outside Stocktake.
            ReadOnly: the archive is open for reading only.
            Refused: the step is still under way, or is another coder's in a blind coding.
        """
        return _take_back(self, self._stacks.undoable(), "Undo")

    def redo(self) -> str | None:
        """Do the step last undone again; returns its label, None when there is nothing to redo."""
        return _take_back(self, self._stacks.redoable(), "Redo")

    def history(self, *, limit: int = 200, before: int | None = None) -> list[Step]:
        """The newest steps first, at most ``limit``, older than the action ``before`` where it is given."""
        return history.newest_steps(self.db, limit=limit, before=before)

    @property
    def history_head(self) -> str:
        """The digest of the newest action: it vouches for everything before it."""
        return journal.head(self.db)

    @property
    def generation(self) -> int:
        """The number of the newest action; it grows with every change."""
        return journal.newest_action(self.db)

    @property
    def uuid(self) -> str:
        """The archive's own name, the same for ever and wherever it is copied to."""
        return terms.archive_uuid(self.db)

    def vocabulary(self, name: str) -> Vocabulary:
        """A vocabulary of this archive, by its name in ``vocabulary_kinds``."""
        return self._terms.vocabulary(name)

    @property
    def weapon_types(self) -> Vocabulary:
        """The weapon type tree of this archive."""
        return self.vocabulary("weapon_type")

    @property
    def weapon_models(self) -> Vocabulary:
        """The weapon models of this archive."""
        return self.vocabulary("weapon_model")

    @property
    def countries(self) -> Vocabulary:
        """The countries of this archive, historic ones included."""
        return self.vocabulary("country")


def _take_back(archive: Archive, found: tuple[Step, str] | None, verb: str) -> str | None:
    archive.check_writable()
    if found is None:
        return None
    step, label = found
    if archive.under_way is not None and archive.under_way.rests_on(step):
        raise Refused(f"“{label}” cannot be undone while an import is under way; cancel that first, or wait for it.")
    codings.check_undoable(archive.db, step.uuid, step.actor, archive.actor)
    with archive.action(f"{verb}: {label}", undoes=step.uuid):
        history.take_back(archive.db, step.uuid)
    return label


def _prepare(archive: Archive) -> bool:
    """Bring a freshly connected catalogue up to date and attach its cache; whether that is the file."""
    path = archive.folder / CATALOGUE
    if schema.pending(archive.db):
        if archive.read_only:
            raise NotAnArchive(f"{path} was made by an older Stocktake; open it for writing once.")
        schema.back_up(archive.db, path)
        schema.migrate(archive.db)
    is_file = cache.attach(archive.db, archive.folder / CACHE, read_only=archive.read_only)
    if not archive.read_only:
        shown.prepare(archive.db)
        journal.install(archive.db)
    return is_file


def _check(path: Path) -> None:
    """Refuse a catalogue that cannot be used, before anything is written: a lock file would be something."""
    connection.check_catalogue(path)
    with connection.inspecting(path) as db:
        if path.stat().st_size <= _CHECK_WHOLE_UP_TO_BYTES:
            connection.check_soundness(db)
        schema.check(db)


def _take_lock(folder: Path) -> FileLock | None:
    """The lock of the one writer, None where another has it or the folder cannot be written to."""
    lock = FileLock(folder / LOCK, timeout=0, thread_local=False)
    try:
        lock.acquire()
    except (Timeout, OSError, NotImplementedError):
        return None
    return lock


def _write_catalogue(folder: Path, actor: str) -> None:
    if (folder / CATALOGUE).exists():
        raise Refused(f"{folder} holds an archive already; open it instead.")
    new = folder / _NEW
    for leftover in (new, new.with_name(new.name + "-journal")):
        leftover.unlink(missing_ok=True)
    db = connection.connect(new, read_only=False)
    try:
        schema.migrate(db)
        journal.install(db)
        with journal.recording(db, journal.Entry(_CREATED, actor, journal.new_step())):
            terms.add_archive(db)
            for name, seeds in shipped.seed_terms().items():
                terms.seed(db, name, seeds, shipped.version(name))
            models.seed(db, shipped.models().values(), shipped.models_version())
    finally:
        db.conn.close()
    try:
        Originals(folder).prepare()
        new.with_name(new.name + "-journal").unlink(missing_ok=True)
        new.replace(folder / CATALOGUE)
        _sync_folder(folder)
    except OSError as error:
        raise CoreError(f"No archive could be made at {folder}: {error.strerror}.") from error


def _sync_folder(folder: Path) -> None:
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:  # Windows opens no folders
        return
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
