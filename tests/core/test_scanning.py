"""Scanning: each file once, in order, by its bytes; nothing opened that is no regular file."""

import os
import socket
from pathlib import Path

import pytest

from core.errors import Cancelled
from core.jobs import Job, Progress
from core.scanning import Found, count_files, scan

PNG = b"\x89PNG\r\n\x1a\n" + bytes(30)


def met(*paths: str | bytes | Path, exclude: Path | None = None) -> list[Found]:
    given = [path if isinstance(path, bytes) else os.fspath(path) for path in paths]
    found = list(scan(given, Job(), exclude=exclude))
    assert count_files(given, Job(), exclude=exclude) == len(found)
    return found


def verdicts(found: list[Found], base: Path) -> dict[bytes, str]:
    start = os.fsencode(base) + b"/"
    return {one.raw.removeprefix(start): one.verdict for one in found}


def write(path: Path, data: bytes = PNG) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def test_a_tree_is_walked_in_a_fixed_order_whatever_the_order_of_making(tmp_path: Path) -> None:
    for name in ("b/2.png", "b/1.png", "a.png", "c.png", "b/deep/er/3.png", "B.png"):
        write(tmp_path / name)
    assert list(verdicts(met(tmp_path), tmp_path)) == [
        b"B.png",
        b"a.png",
        b"b/1.png",
        b"b/2.png",
        b"b/deep/er/3.png",
        b"c.png",
    ]


def test_a_file_is_an_image_by_its_signature_or_by_its_ending(tmp_path: Path) -> None:
    write(tmp_path / "no ending")
    write(tmp_path / "lying.txt")
    write(tmp_path / "broken.JPG", b"not an image")
    write(tmp_path / "empty.jpeg", b"")
    write(tmp_path / "notes.txt", b"notes")
    write(tmp_path / "empty", b"")
    assert verdicts(met(tmp_path), tmp_path) == {
        b"broken.JPG": "image",
        b"empty": "ignored",
        b"empty.jpeg": "image",
        b"lying.txt": "image",
        b"no ending": "image",
        b"notes.txt": "ignored",
    }


def test_size_and_time_of_a_file_come_with_it(tmp_path: Path) -> None:
    path = write(tmp_path / "a.png")
    os.utime(path, ns=(5, 1_400_000_000_123_456_789))
    (found,) = met(path)
    assert (found.size_bytes, found.modified_ns) == (len(PNG), 1_400_000_000_123_456_789)


@pytest.mark.parametrize(
    "name",
    [b"bad \xff\xfe utf-8.png", b"new\nline.png", "\u202egnp.exe".encode(), b"x" * 251 + b".png", b" .png ", b"-rf"],
)
def test_odd_names_survive_as_bytes(tmp_path: Path, name: bytes) -> None:
    raw = os.path.join(os.fsencode(tmp_path), name)
    with open(raw, "wb") as file:
        file.write(PNG)
    assert met(tmp_path)[0] == met(raw)[0]
    assert met(raw)[0].raw == raw
    assert met(raw)[0].verdict == "image"


def test_links_pipes_and_sockets_are_neither_followed_nor_opened(tmp_path: Path) -> None:
    real = write(tmp_path / "outside" / "real.png")
    tree = tmp_path / "tree"
    tree.mkdir()
    (tree / "link.png").symlink_to(real)
    (tree / "folder").symlink_to(real.parent)
    (tree / "loop").symlink_to(tree)
    os.mkfifo(tree / "pipe.png")  # opening it would wait for ever
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(os.path.relpath(tree / "socket.png"))
        found = met(tree)
    assert {one.verdict for one in found} == {"ignored"}
    assert [one.reason for one in found] == [
        f"It is a {kind}, which is not opened."
        for kind in ("symbolic link", "symbolic link", "symbolic link", "named pipe", "socket")
    ]


def test_a_path_that_leads_nowhere_is_a_failure_with_its_reason(tmp_path: Path) -> None:
    assert met(tmp_path / "missing.png") == [
        Found(os.fsencode(tmp_path / "missing.png"), "failed", "There is no such file or folder.")
    ]


@pytest.mark.parametrize("nothing", ["", b""])
def test_an_empty_path_is_a_failure_and_not_the_folder_that_one_is_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, nothing: str | bytes
) -> None:
    (tmp_path / "private.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    monkeypatch.chdir(tmp_path)
    assert [(one.raw, one.verdict) for one in scan([nothing], Job())] == [(b"", "failed")]


def test_what_may_not_be_read_is_a_failure_and_the_rest_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "a" / "1.png")
    write(tmp_path / "b.png")
    write(tmp_path / "c.png")
    listdir, open_ = os.listdir, os.open

    def no_listing(path: bytes) -> list[bytes]:
        if path.endswith(b"/a"):
            raise PermissionError(13, "Permission denied")
        return listdir(path)

    def no_opening(path: bytes, flags: int) -> int:
        if path.endswith(b"/b.png"):
            raise PermissionError(13, "Permission denied")
        return open_(path, flags)

    monkeypatch.setattr(os, "listdir", no_listing)
    monkeypatch.setattr(os, "open", no_opening)
    found = met(tmp_path)
    assert [(one.verdict, one.reason) for one in found] == [
        ("failed", "You are not allowed to read it."),
        ("failed", "You are not allowed to read it."),
        ("image", ""),
    ]


def test_a_file_that_is_named_twice_or_lies_in_a_named_folder_is_met_once(tmp_path: Path) -> None:
    path = write(tmp_path / "tree" / "sub" / "a.png")
    roots = (path, tmp_path / "tree", path, tmp_path / "tree" / "sub", tmp_path / "tree" / ".." / "tree")
    assert [one.raw for one in met(*roots)] == [os.fsencode(path)]


def test_names_that_begin_alike_are_not_taken_for_folders_of_each_other(tmp_path: Path) -> None:
    write(tmp_path / "tree" / "a.png")
    write(tmp_path / "tree2" / "b.png")
    assert len(met(tmp_path / "tree", tmp_path / "tree2")) == 2


def test_the_archives_own_folder_is_passed_over(tmp_path: Path) -> None:
    write(tmp_path / "a.png")
    write(tmp_path / "archive" / "originals" / "ab" / "abc.png")
    archive = tmp_path / "archive"
    assert list(verdicts(met(tmp_path, exclude=archive), tmp_path)) == [b"a.png"]
    (inside,) = met(archive / "originals", exclude=archive)
    assert (inside.verdict, inside.reason) == ("failed", "It lies inside the archive itself.")
    (tmp_path / "other name").symlink_to(archive)
    (linked,) = met(tmp_path / "other name" / "originals", exclude=archive)
    assert linked.verdict == "failed"


def test_a_tree_deeper_than_the_stack_and_the_longest_path_does_no_harm(tmp_path: Path) -> None:
    home = Path.cwd()
    try:
        os.chdir(tmp_path)
        for _ in range(1200):
            os.mkdir("deep")
            os.chdir("deep")
        Path("a.png").write_bytes(PNG)
        found = list(scan([str(tmp_path)], Job()))
        os.unlink("a.png")
        for _ in range(1200):
            os.chdir("..")
            os.rmdir("deep")
    finally:
        os.chdir(home)
    assert [one.verdict for one in found] == ["failed"]
    assert "too long" in found[0].reason


def test_the_scan_stops_when_the_user_asks(tmp_path: Path) -> None:
    for number in range(5):
        write(tmp_path / f"{number}.png")
    job = Job()
    scanning = scan([str(tmp_path)], job)
    next(scanning)
    job.cancel()
    with pytest.raises(Cancelled):
        list(scanning)


def test_counting_reports_how_far_it_is(tmp_path: Path) -> None:
    write(tmp_path / "a.png")
    told: list[Progress] = []
    assert count_files([os.fsencode(tmp_path)], Job(told.append)) == 1
    assert [(one.done, one.total) for one in told] == [(1, 0)]
