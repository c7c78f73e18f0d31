"""Archives to test with, new and filled, of which none may be left inside an action; and commands, run here."""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlite_utils import Database

from core import cli
from core.archive import Archive
from core.store import connection
from tests.core.commanding import Command, Ended
from tests.core.filling import fill
from tests.core.saying_of_copies import stock


@pytest.fixture(autouse=True)
def _no_action_left_open(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Fail if a test leaves a connection inside a transaction."""
    opened: list[Database] = []
    connect = connection.connect

    def remembering(path: Path, *, read_only: bool) -> Database:
        opened.append(connect(path, read_only=read_only))
        return opened[-1]

    monkeypatch.setattr(connection, "connect", remembering)
    yield
    assert not any(_is_in_transaction(db) for db in opened), "an action was left open"


def _is_in_transaction(db: Database) -> bool:
    try:
        return bool(db.conn.in_transaction)
    except sqlite3.ProgrammingError:  # it is closed
        return False


@pytest.fixture(scope="session")
def _new_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("templates") / "new"
    Archive.create(folder, actor="Ada").close()
    return folder


@pytest.fixture(scope="session")
def _filled_once(_new_once: Path) -> Path:
    folder = _new_once.with_name("filled")
    shutil.copytree(_new_once, folder)
    with Archive.open(folder, actor="Ada") as archive:
        fill(archive)
    return folder


@pytest.fixture
def new_folder(_new_once: Path, tmp_path: Path) -> Path:
    """The folder of a new archive, closed."""
    return Path(shutil.copytree(_new_once, tmp_path / "archive"))


@pytest.fixture
def filled_folder(_filled_once: Path, tmp_path: Path) -> Path:
    """The folder of an archive in which every table has rows and every image its original, closed."""
    return Path(shutil.copytree(_filled_once, tmp_path / "filled"))


@pytest.fixture
def new(new_folder: Path) -> Iterator[Archive]:
    """A new archive, open for writing."""
    with Archive.open(new_folder, actor="Ada") as archive:
        yield archive


@pytest.fixture
def alike(new: Archive) -> Archive:
    """Three images that are copies of each other, see ``stock``."""
    stock(new)
    return new


@pytest.fixture
def filled(filled_folder: Path) -> Iterator[Archive]:
    """An archive in which every table has rows, open for writing."""
    with Archive.open(filled_folder, actor="Ada") as archive:
        yield archive


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    """An archive made on the spot, beside which a test puts its own files."""
    with Archive.create(tmp_path / "archive", actor="Analyst") as archive:
        yield archive


@pytest.fixture
def threads() -> Iterator[ThreadPoolExecutor]:
    """An executor of another make than the program's own."""
    with ThreadPoolExecutor(2) as executor:
        yield executor


@pytest.fixture
def command(capfdbinary: pytest.CaptureFixture[bytes]) -> Command:
    """Runs a command in this process."""

    def run(*args: object) -> Ended:
        capfdbinary.readouterr()
        code = cli.main([os.fspath(arg) if isinstance(arg, Path) else str(arg) for arg in args])
        out, err = capfdbinary.readouterr()
        assert b"Traceback" not in err
        return Ended(code, out.decode(), err.decode())

    return run
