"""Guards on every test: nothing left running, no unasked log record, nothing of the user's, no network."""

import importlib.abc
import logging
import multiprocessing
import os
import socket
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

WITHOUT_QT = bool(os.environ.get("WITHOUT_QT"))
LEAVING_S = 5.0  # how long what a test has closed may take to be gone


class _NoQt(importlib.abc.MetaPathFinder):
    """Refuses Qt, so that a test of core passes only where Qt is not installed."""

    def find_spec(self, fullname: str, path: object = None, target: object = None) -> None:
        if fullname.partition(".")[0] in {"PySide6", "shiboken6"}:
            raise ModuleNotFoundError(f"{fullname} is blocked: core runs without Qt", name=fullname)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Know pytest-qt's settings also where that plugin is left out, since unknown settings are errors."""
    if WITHOUT_QT:
        parser.addini("qt_api", "read by pytest-qt")
        parser.addini("qt_log_level_fail", "read by pytest-qt")
        parser.addini("qt_log_ignore", "read by pytest-qt", type="linelist")


def pytest_configure() -> None:
    """Block Qt if asked to, and the network always."""
    if WITHOUT_QT:
        sys.meta_path.insert(0, _NoQt())
    sys.addaudithook(_refuse_network)


def _refuse_network(event: str, arguments: tuple[object, ...]) -> None:
    """Refuse every socket but those between processes of this machine."""
    if event == "socket.getaddrinfo":
        raise PermissionError("a test asked the network for an address")
    if event == "socket.__new__":
        family = arguments[1]
        if family in {socket.AF_INET, socket.AF_INET6}:
            raise PermissionError("a test opened a network socket")


@pytest.fixture(autouse=True)
def _own_places(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Give each test a home of its own, for settings, caches and everything else that has a usual place."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA"):
            patch.setenv(name, str(home))
        for name in ("CONFIG", "DATA", "CACHE", "STATE"):
            patch.setenv(f"XDG_{name}_HOME", str(home / name.lower()))
        runtime = home / "runtime"
        runtime.mkdir(mode=0o700)
        patch.setenv("XDG_RUNTIME_DIR", str(runtime))
        yield


class _Records(logging.Handler):
    """Keeps what was logged at WARNING and above."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.texts: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.texts.append(f"{record.levelname} {record.name}: {record.getMessage()}")


@pytest.fixture(autouse=True)
def _quiet_log(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail on a warning in the log, unless the test asks for ``caplog`` and so looks for itself."""
    records = _Records()
    logging.getLogger().addHandler(records)
    yield
    logging.getLogger().removeHandler(records)
    if records.texts and "caplog" not in request.fixturenames:
        pytest.fail("unexpected log records:\n" + "\n".join(records.texts))


def _still_runs(thread: threading.Thread) -> bool:
    """Whether a thread is there; one not begun by Python (a QThread, say) is asked of the system."""
    if isinstance(thread, threading._DummyThread):
        return sys.platform == "linux" and Path(f"/proc/self/task/{thread.native_id}").exists()
    thread.join(LEAVING_S)
    return thread.is_alive()


@pytest.fixture(autouse=True)
def _nothing_left_running() -> Iterator[None]:
    """Fail if a thread or a child process that the test began outlives it."""
    threads, children = set(threading.enumerate()), set(multiprocessing.active_children())
    yield
    left = [thread.name for thread in threading.enumerate() if thread not in threads and _still_runs(thread)]
    for child in set(multiprocessing.active_children()) - children:
        child.join(LEAVING_S)
        if child.is_alive():
            left.append(f"process {child.name}")
    if left:
        pytest.fail(f"left running: {', '.join(left)}")
