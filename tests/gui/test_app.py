"""Starting from the command line: what is refused before Qt, what is opened, and how signals end it."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from core import paths, settings
from core.archive import Archive
from core.settings import Settings
from gui import app
from gui.running import SettingsKeeper
from gui.session import Session
from gui.style import Appearance

_LISTED = """
import sys
from gui import running
print(sorted({"scipy", "imagehash", "core.importing", "core.exporting", "multiprocessing"} & set(sys.modules)))
"""


def test_without_a_display_one_sentence_is_said_and_qt_is_not_touched() -> None:
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    }
    check = "import sys; from gui import app; code = app.main([]); assert 'PySide6' not in sys.modules; sys.exit(code)"
    ended = subprocess.run([sys.executable, "-c", check], check=False, env=environment, capture_output=True, text=True)
    assert ended.returncode == 2
    assert ended.stderr.startswith("stocktake: There is no display")
    assert ended.stderr.count("\n") == 1


@pytest.mark.parametrize("arguments", [["one", "two"], ["--nonsense"], ["no such folder"]])
def test_arguments_that_make_no_sense_are_refused_in_a_sentence(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert app.main(arguments) == 2
    told = capsys.readouterr().err
    assert told.startswith("stocktake: ")
    assert told.count("\n") == 1


def test_the_window_imports_neither_decoders_nor_exporters() -> None:
    ended = subprocess.run([sys.executable, "-c", _LISTED], capture_output=True, text=True, check=True)
    assert ended.stdout.strip() == "[]"


@pytest.mark.skipif(sys.platform == "win32", reason="windows has no such signals")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_closes_the_window_and_lets_go_of_the_archive(number: signal.Signals, tmp_path: Path) -> None:
    Archive.create(tmp_path / "archive").close()
    starter = (
        "import sys\nfrom gui import app, session\n"
        "look = session.Session.refresh\n"
        "session.Session.refresh = lambda self: (print('open', flush=True), look(self))\n"
        "sys.exit(app.main(sys.argv[1:]))"
    )
    command = [sys.executable, "-c", starter, str(tmp_path / "archive")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        assert running.stdout.readline() == "open\n"
        running.send_signal(number)
        assert running.wait(20) == 0
    with Archive.open(tmp_path / "archive") as archive:
        assert not archive.read_only
    assert settings.load(paths.settings_file()).recent_archives == (str(tmp_path / "archive"),)


def test_settings_hold_at_once_and_are_written_down(empty_session: Session, appearance: Appearance, qtbot) -> None:
    keeper = SettingsKeeper(empty_session, appearance)
    empty_session.change_settings(theme="dark", text_percent=130)
    assert appearance.theme.name == "dark"
    keeper.save()
    assert settings.load(paths.settings_file()) == Settings(
        actor="Test", theme="dark", text_percent=130, find_copies=False
    )


def test_settings_that_cannot_be_written_are_mentioned_and_the_work_goes_on(
    empty_session: Session, appearance: Appearance, qtbot, caplog: pytest.LogCaptureFixture
) -> None:
    keeper = SettingsKeeper(empty_session, appearance)
    paths.settings_file().parent.parent.mkdir(parents=True, exist_ok=True)
    paths.settings_file().parent.write_text("in the way")
    empty_session.change_settings(thumbnail_px=128)
    with qtbot.waitSignal(empty_session.message) as told:
        keeper.save()
    assert "could not be saved" in told.args[0]
    assert "could not be saved" in caplog.text
