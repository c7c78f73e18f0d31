"""The guards of conftest.py catch what they are there for."""

import os
import subprocess
import sys
from pathlib import Path

BAD = """
import logging, multiprocessing, os, pathlib, socket, threading, time

def test_a_thread_stays():
    threading.Thread(target=threading.Event().wait, daemon=True).start()

def test_a_process_stays():
    multiprocessing.get_context("spawn").Process(target=time.sleep, args=(600,), daemon=True).start()

def test_a_warning_is_logged():
    logging.getLogger("core").warning("the disk is nearly full")

def test_a_socket_is_opened():
    socket.socket().close()

def test_an_address_is_asked_for():
    socket.getaddrinfo("localhost", 80)

def test_qt_is_imported():
    import PySide6.QtCore
"""
GOOD = """
import logging, os, pathlib, socket, threading

def test_a_thread_ends():
    threading.Thread(target=threading.Event().wait, args=(0.05,)).start()

def test_a_warning_is_looked_at(caplog):
    logging.getLogger("core").warning("the disk is nearly full")
    assert "nearly full" in caplog.text

def test_processes_may_talk(tmp_path):
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "s"))

def test_home_is_not_the_users():
    assert pathlib.Path.home() != pathlib.Path(os.environ["HOME_OF_THE_USER"])
"""


def outcomes(folder: Path, tests: str) -> str:
    """Run these tests under the guards, Qt blocked, and answer pytest's words."""
    guards = Path(__file__).with_name("conftest.py").read_text(encoding="utf-8")
    (folder / "conftest.py").write_text(guards.replace("LEAVING_S = 5.0", "LEAVING_S = 0.5"), encoding="utf-8")
    (folder / "test_it.py").write_text(tests)
    (folder / "pytest.ini").write_text("[pytest]\n")
    command = [sys.executable, "-m", "pytest", "-p", "no:pytest-qt", "-p", "no:cacheprovider", "-q", "-rfEp"]
    surroundings = os.environ | {"WITHOUT_QT": "1", "HOME_OF_THE_USER": str(Path.home())}
    run = subprocess.run(command, cwd=folder, env=surroundings, capture_output=True, text=True, check=False)
    return run.stdout


def test_what_a_test_must_not_do_fails(tmp_path: Path) -> None:
    told = outcomes(tmp_path, BAD)
    for name in ("a_thread_stays", "a_process_stays", "a_warning_is_logged"):
        assert f"ERROR test_it.py::test_{name}" in told, told
    for name in ("a_socket_is_opened", "an_address_is_asked_for", "qt_is_imported"):
        assert f"FAILED test_it.py::test_{name}" in told, told


def test_what_a_test_may_do_passes(tmp_path: Path) -> None:
    assert "4 passed" in outcomes(tmp_path, GOOD)
