"""The command line: what scripts rely on, in exit codes, JSON and words."""

import csv
import io
import json
import os
import pty
import shutil
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from core import cli, paths
from core.archive import Archive
from core.jobs import Job
from tests.core import drawing
from tests.core.commanding import Command, Ended

COUNT = 5
COMMANDS = (
    "init", "import", "images", "tag", "duplicates", "counts", "export", "history", "undo", "verify",
    "vocabulary", "models",
)  # fmt: skip
RUN = [sys.executable, "-c", "import sys; from core.cli import main; sys.exit(main())"]
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Photographs, an archive of them, and beside: a copy, and a file that is no picture inside."""
    folder = tmp_path_factory.mktemp("cli")
    photos = drawing.fill(folder / "photos", COUNT, size=(64, 48))
    shutil.copy(photos[0], folder / "photos" / "zz repost.jpg")
    (folder / "photos" / "broken.jpg").write_bytes(b"\xff\xd8\xff broken")
    (folder / "photos" / "notes.txt").write_text("no image")
    assert cli.main(["init", str(folder / "archive")]) == 0
    assert cli.main(["import", str(folder / "archive"), str(folder / "photos"), "--jobs", "1"]) == 0
    return folder


@pytest.fixture
def archive(imported: Path, tmp_path: Path) -> Path:
    """The folder of an archive of five pictures, one of them captured twice, and an undecodable one."""
    return Path(shutil.copytree(imported / "archive", tmp_path / "archive"))


def test_init_makes_an_archive_once(command: Command, tmp_path: Path) -> None:
    assert command("init", tmp_path / "a").code == 0
    assert command("images", tmp_path / "a", "--json").json == []
    again = command("init", tmp_path / "a")
    assert (again.code, again.out) == (2, "")
    assert "not empty" in again.err


def test_import_tells_in_json_what_became_of_every_file(command: Command, imported: Path, tmp_path: Path) -> None:
    command("init", tmp_path / "a")
    first = command("import", tmp_path / "a", imported / "photos", "--jobs", 1, "--json")
    assert first.code == 0
    assert list(first.json) == ["added", "known", "undecodable", "ignored", "failed", "seconds"]
    seconds = first.json.pop("seconds")
    assert seconds > 0
    assert {key: first.json[key] for key in ("added", "known", "undecodable", "ignored", "failed")} == {
        "added": COUNT, "known": 1, "undecodable": 1, "ignored": 1, "failed": [],
    }  # fmt: skip
    again = command("import", tmp_path / "a", imported / "photos", "--jobs", 1, "--json").json
    assert (again["added"], again["known"], again["undecodable"]) == (0, COUNT + 2, 0)


def test_import_ends_with_1_when_a_file_failed(command: Command, archive: Path, tmp_path: Path) -> None:
    ended = command("import", archive, tmp_path / "missing", "--json")
    assert ended.code == 1
    (failed,) = ended.json["failed"]
    assert list(failed) == ["path", "reason"]
    assert failed["path"] == str(tmp_path / "missing")
    assert "failed 1" in command("import", archive, tmp_path / "missing").out


def test_images_are_told_in_json(command: Command, archive: Path) -> None:
    found = command("images", archive, "--json").json
    assert {tuple(image) for image in found} == {("sha256", "names", "width", "height", "state", "group")}
    by_name = {name: image for image in found for name in image["names"]}
    assert by_name["picture 0000.jpg"]["names"] == ["picture 0000.jpg", "zz repost.jpg"]
    assert (by_name["picture 0001.jpg"]["width"], by_name["picture 0001.jpg"]["height"]) == (64, 48)
    assert by_name["broken.jpg"]["state"] == "undecodable"
    assert [image["names"] for image in command("images", archive, "0003", "--json").json] == [["picture 0003.jpg"]]
    assert command("images", archive, "0003").out.endswith("  64×48  picture 0003.jpg\n")


def test_a_name_that_is_not_utf_8_shows_its_bad_bytes(command: Command, archive: Path, tmp_path: Path) -> None:
    odd = tmp_path / "odd"
    odd.mkdir()
    raw = os.fsencode(odd) + b"/=b\xff\n\xe2\x80\xae.png"
    with open(raw, "wb") as file:
        drawing.drawn(77, (64, 48)).save(file, "PNG")
    name = "=b\\xff\n\u202e.png"
    assert cli.main(["import", str(archive), os.fsdecode(raw), os.fsdecode(odd), "--jobs", "1"]) == 0
    (found,) = [image for image in command("images", archive, "--json").json if name in image["names"]]
    assert found["names"] == [name]
    listed = command("images", archive, f"sha256:{found['sha256']}").out
    assert listed.endswith("=b\\xff\\x0a\\u202e.png\n")


def test_a_tag_is_counted(command: Command, archive: Path) -> None:
    sha = command("images", archive, "0000", "--json").json[0]["sha256"]
    tagged = command(
        "tag", archive, "--sha256", sha[:12], "--query", "0001", "--type", "SA.RIF.AUT", "--design", "Soviet Union",
        "--manufacture", "HUN", "--certainty", "probable", "--note", "folding stock",
    )  # fmt: skip
    assert tagged.code == 0
    assert "Tag 2 images" in tagged.out
    counted = command("counts", archive, "--by", "manufacture", "--unit", "captures", "--json").json
    assert list(counted) == ["rule", "rows"]
    assert counted["rows"] == [{"code": "HUN", "label": "Hungary", "count": 3}]
    assert "captures by country of manufacture" in counted["rule"]
    types = command("counts", archive, "--by", "type", "--unit", "pictures", "--json").json["rows"]
    assert [(row["code"], row["count"]) for row in types] == [("SA", 2), ("SA.RIF", 2), ("SA.RIF.AUT", 2)]
    read = command("counts", archive, "--by", "design", "--unit", "images")
    assert read.out.startswith("        2  SUHH")
    assert "preferred one counts" in read.out
    found = command("images", archive, "country:hungary type:SA", "--json").json
    assert len(found) == 2


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["--query", "nowhere", "--type", "SA.PIS"], "finds no image"),
        (["--query", "0001", "--type", "SA.XXX"], "There is no weapon type"),
        (["--query", "0001", "--type", "SA.PIS", "--manufacture", "Atlantis"], "There is no country"),
        (["--query", "colour:red", "--type", "SA.PIS"], "There is no filter"),
        (["--sha256", "00000000000000", "--type", "SA.PIS"], "No image has a SHA-256 that begins"),
        (["--sha256", "xyz", "--type", "SA.PIS"], "no SHA-256"),
        (["--type", "SA.PIS"], "--sha256 or --query"),
        (["--query", "0001"], "--type"),
        (["--query", "0001", "--type", "SA.PIS", "--certainty", "sure"], "sure"),
    ],
)
def test_a_tag_that_cannot_be_given_is_refused_and_changes_nothing(
    command: Command, archive: Path, args: list[str], said: str
) -> None:
    before = command("history", archive, "--json").json
    ended = command("tag", archive, *args)
    assert (ended.code, ended.out) == (2, "")
    assert said in ended.err
    assert command("history", archive, "--json").json == before


def test_duplicates_are_a_table(command: Command, archive: Path, tmp_path: Path) -> None:
    rows = list(csv.DictReader(io.StringIO((printed := command("duplicates", archive, "--csv", "-")).out, newline="")))
    assert list(rows[0]) == [
        "name_a",
        "name_b",
        "sha256_a",
        "sha256_b",
        "kind",
        "distance",
        "group",
        "changes",
        "evidence",
    ]
    (copy,) = [row for row in rows if row["kind"] == "same_bytes"]
    assert (copy["name_a"], copy["name_b"], copy["distance"]) == ("picture 0000.jpg", "zz repost.jpg", "0")
    assert copy["sha256_a"] == copy["sha256_b"] == copy["group"]
    assert command("duplicates", archive, "--csv", tmp_path / "pairs.csv").out == ""
    assert (tmp_path / "pairs.csv").read_bytes().decode() == printed.out
    assert "picture 0000.jpg = zz repost.jpg" in command("duplicates", archive).out
    assert command("duplicates", archive, "--csv", archive / "pairs.csv").code == 2


def test_duplicates_are_found_again_after_the_cache_was_deleted(
    command: Command, archive: Path, tmp_path: Path
) -> None:
    drawing.save(tmp_path / "more", "smaller.png", drawing.drawn(2, (64, 48)).resize((48, 36)))
    command("import", archive, tmp_path / "more", "--jobs", 1)
    before = command("duplicates", archive, "--csv", "-").out
    assert before.count("near") == 1
    for path in archive.glob("cache.sqlite*"):
        path.unlink()
    assert command("duplicates", archive, "--csv", "-").out == before
    looked = command("duplicates", archive, "--layers", "all", "--csv", "-").out
    assert (looked.count("near"), looked.count("same_picture")) == (0, 1)
    for path in archive.glob("cache.sqlite*"):
        path.unlink()
    assert command("duplicates", archive, "--layers", "all", "--csv", "-").out == looked


@pytest.mark.parametrize("format_id", ["csv", "xlsx", "json"])
def test_an_export_is_written(command: Command, archive: Path, tmp_path: Path, format_id: str) -> None:
    target = tmp_path / f"out.{format_id}"
    ended = command("export", archive, "--format", format_id, "--to", target, "--query", "-state:undecodable")
    assert (ended.code, ended.out) == (0, f"Exported {COUNT} images to {target}.\n")
    assert target.stat().st_size > 500
    assert command("export", archive, "--format", format_id, "--to", archive / "out").code == 2


def test_the_history_is_told_and_the_newest_step_undone(command: Command, archive: Path) -> None:
    command("tag", archive, "--query", "0001", "--type", "SA.PIS")
    steps = command("history", archive, "--json").json
    assert steps[0]["label"].startswith("Tag 1 image")
    assert steps[-1]["label"] == "Create archive"
    assert command("undo", archive) == Ended(0, f"Undone: {steps[0]['label']}.\n", "")
    assert command("history", archive, "--json").json[0]["undoes"] == steps[0]["uuid"]
    assert len(command("history", archive).out.splitlines()) == len(steps) + 1
    assert command("images", archive, "type:SA.PIS", "--json").json == []


def test_there_is_an_end_to_undoing(command: Command, tmp_path: Path) -> None:
    command("init", tmp_path / "a")
    ended = command("undo", tmp_path / "a")
    assert (ended.code, ended.err) == (2, "There is nothing to undo.\n")


def test_verify_ends_with_1_when_it_finds_something(command: Command, archive: Path) -> None:
    clean = command("verify", archive, "--json")
    nothing: dict[str, list[str]] = {"changed": [], "missing": [], "untracked": [], "altered": [], "set_aside": []}
    assert (clean.code, clean.json) == (0, nothing)
    assert command("verify", archive).out == "No fault was found.\n"
    lost = next(archive.glob("originals/*/*.jpg"))
    lost.unlink()
    found = command("verify", archive, "--json")
    assert (found.code, found.json) == (1, nothing | {"missing": [lost.relative_to(archive).as_posix()]})
    assert f"missing: {lost.relative_to(archive).as_posix()}\n" in command("verify", archive).out


def test_what_was_set_aside_is_no_fault(command: Command, archive: Path) -> None:
    command("undo", archive)
    ended = command("verify", archive, "--json")
    assert ended.code == 0
    assert len(ended.json["set_aside"]) == COUNT + 1


def test_while_another_writes_changes_are_refused_and_reading_goes_on(
    command: Command, archive: Path, tmp_path: Path
) -> None:
    before = command("images", archive, "--json").out
    with Archive.open(archive):
        for args in (
            ["import", archive, tmp_path],
            ["undo", archive],
            ["tag", archive, "--query", "0", "--type", "SA"],
        ):
            ended = command(*args)
            assert (ended.code, ended.out) == (2, "")
            assert "open for reading only" in ended.err
            assert len(ended.err.splitlines()) == 1
        assert command("images", archive, "--json").out == before
        assert command("duplicates", archive).code == 0
        assert command("verify", archive).code == 0


@pytest.mark.parametrize("name", cli.commands.commands)
def test_every_command_has_words_and_refuses_what_is_no_archive(command: Command, tmp_path: Path, name: str) -> None:
    told = command(name, "--help")
    assert told.code == 0
    assert len(told.out.split("\n\n")[1].strip()) > 30
    (tmp_path / "x").write_text("not a folder")
    more = {
        "import": [tmp_path], "tag": ["--query", "a", "--type", "SA"], "counts": ["--by", "type", "--unit", "images"],
        "export": ["--format", "csv", "--to", tmp_path / "out.csv"], "vocabulary": ["list"],
    }  # fmt: skip
    ended = command(name, tmp_path / "x", *more.get(name, []))
    assert (ended.code, ended.out) == (2, "")
    assert len(ended.err.splitlines()) == 1


def test_commands_are_those_of_the_contract() -> None:
    assert set(COMMANDS) < set(cli.commands.commands)


@pytest.mark.parametrize("args", [["bogus"], ["images"], ["counts", "a", "--by", "colour"], ["images", "a", "--x"]])
def test_a_wrong_call_ends_with_2(command: Command, args: list[str]) -> None:
    ended = command(*args)
    assert ended.code == 2
    assert ended.err.count("\n") == 1


def test_no_command_at_all_gets_the_help(command: Command) -> None:
    ended = command()
    assert ended.code == 2
    assert "Commands:" in ended.err


def test_a_fault_of_the_program_ends_with_3_and_is_in_the_log(command: Command, archive: Path) -> None:
    catalogue = sqlite3.connect(archive / "catalogue.sqlite")
    catalogue.execute("UPDATE term SET attributes = 'no JSON'")
    catalogue.commit()
    catalogue.close()
    ended = command("counts", archive, "--by", "design", "--unit", "images")
    assert (ended.code, ended.out) == (3, "")
    assert str(paths.log_file()) in ended.err
    assert len(ended.err.splitlines()) == 1
    assert "Traceback" in paths.log_file().read_text("utf-8")


def test_the_first_ctrl_c_cancels_the_job_and_the_second_breaks_it_off() -> None:
    # A shell that starts the tests in the background has them ignore Ctrl+C.
    before = signal.getsignal(signal.SIGINT)
    job = Job()
    with cli._stopped_by_keyboard(job):
        signal.raise_signal(signal.SIGINT)
        assert job.cancelled
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
    assert signal.getsignal(signal.SIGINT) is before


def test_ctrl_c_keeps_what_is_imported_and_says_so(command: Command, tmp_path: Path) -> None:
    drawing.fill(tmp_path / "photos", 150, size=(64, 48))
    command("init", tmp_path / "a")
    args = [*RUN, "import", tmp_path / "a", tmp_path / "photos", "--jobs", "1", "--json"]
    with subprocess.Popen(
        args, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True, text=True
    ) as running:
        while running.poll() is None and not any((tmp_path / "a" / "originals").iterdir()):
            pass
        os.killpg(running.pid, signal.SIGINT)
        out, err = running.communicate(timeout=60)
    assert "what was finished is kept" in err
    assert "Traceback" not in err
    assert running.returncode == 130
    added = json.loads(out)["added"]
    assert 0 < added < 150
    assert len(command("images", tmp_path / "a", "--json").json) == added
    assert command("import", tmp_path / "a", tmp_path / "photos", "--json").json["added"] == 150 - added
    assert command("verify", tmp_path / "a").code == 0


def test_progress_is_told_to_a_terminal_only(archive: Path, imported: Path) -> None:
    args = [*RUN, "import", archive, imported / "photos", "--jobs", "1"]
    assert subprocess.run(args, cwd=ROOT, capture_output=True, check=True).stderr == b""
    terminal, end = pty.openpty()
    subprocess.run(args, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=end, check=True)
    os.close(end)
    told = os.read(terminal, 100_000).decode()
    os.close(terminal)
    assert f"{COUNT + 3} of {COUNT + 3}" in told
    assert told.endswith("\x1b[2K"), "the line is taken away at the end"


def test_a_reader_that_goes_away_is_no_fault(archive: Path) -> None:
    with subprocess.Popen(
        [*RUN, "images", archive, "--json"], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as running:
        assert running.stdout
        assert running.stderr
        running.stdout.close()
        assert running.stderr.read() == b""
    assert running.returncode == 0


def test_qt_is_not_loaded(archive: Path) -> None:
    code = (
        "import sys; from core.cli import main; assert main() == 0; "
        "assert not {name for name in sys.modules if name.startswith(('PySide6', 'gui'))}"
    )
    subprocess.run([sys.executable, "-c", code, "images", archive], cwd=ROOT, check=True, capture_output=True)


def test_bad_bytes_in_what_is_typed_find_and_are_kept_as_names_show_them(
    archive: Path, tmp_path: Path, command: Command
) -> None:
    odd = drawing.save(tmp_path, "odd.jpg", drawing.drawn(77)).rename(tmp_path / "odd \udcff\udcfe.jpg")
    assert command("import", archive, odd, "--jobs", "1").code == 0
    assert [image["names"] for image in command("images", archive, "\udcff\udcfe", "--json").json] == [
        ["odd \\xff\\xfe.jpg"]
    ]
    tagged = command("tag", archive, "--query", "\udcfe", "--type", "SA.PIS", "--note", "seen \udce9")
    assert (tagged.code, tagged.err) == (0, "")
    assert len(command("images", archive, "seen", "--json").json) == 1
    assert command("export", archive, "--format", "json", "--to", tmp_path / "a.json", "--query", "\udcff").code == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no disk that is always full")
def test_output_onto_a_full_disk_is_refused_in_a_sentence(archive: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        ended = subprocess.run(
            [*RUN, "images", os.fspath(archive), "--json"], stdout=full, stderr=subprocess.PIPE, cwd=ROOT, check=False
        )
    assert (ended.returncode, ended.stderr) == (2, b"The disk is full: what was asked for could not be written.\n")
