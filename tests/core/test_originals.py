"""Originals: copied exactly, put in place in the durable order, never altered, never deleted."""

import hashlib
import os
import stat
from pathlib import Path

import pytest

from core.originals import Originals, copy_in, hash_of, hash_of_raw
from core.regular_files import Unreadable

BYTES = b"\xff\xd8\xff some evidence " * 90_000  # more than one chunk
SHA = hashlib.sha256(BYTES).hexdigest()


@pytest.fixture
def originals(tmp_path: Path) -> Originals:
    made = Originals(tmp_path / "archive")
    made.prepare()
    return made


@pytest.fixture
def evidence(tmp_path: Path) -> bytes:
    path = os.fsencode(tmp_path / "evidence ") + b"\xff\n.jpg"
    with open(path, "wb") as file:
        file.write(BYTES)
    os.utime(path, ns=(1_400_000_000_000_000_001, 1_400_000_000_000_000_001))
    return path


def test_a_copy_has_the_same_bytes_and_is_hashed_on_the_way(originals: Originals, evidence: bytes) -> None:
    copied = originals.copy_in(evidence)
    assert (copied.sha256, copied.size_bytes) == (SHA, len(BYTES))
    assert copied.modified_ns == 1_400_000_000_000_000_001
    assert copied.temp.read_bytes() == BYTES
    assert copied.temp.parent == originals.incoming
    assert stat.S_IMODE(copied.temp.stat().st_mode) == 0o444
    assert hash_of_raw(evidence) == hash_of(copied.temp) == SHA


def test_taking_up_puts_it_under_its_hash_and_empties_incoming(originals: Originals, evidence: bytes) -> None:
    path = originals.take_up(originals.copy_in(evidence).temp, SHA, "jpg")
    originals.sync()
    assert path == originals.folder / SHA[:2] / f"{SHA}.jpg"
    assert path.read_bytes() == BYTES
    assert stat.S_IMODE(path.stat().st_mode) == 0o444
    assert originals.find(SHA) == path
    assert not list(originals.incoming.iterdir())


def test_what_is_not_there_is_not_found(originals: Originals) -> None:
    assert originals.find("0" * 64) is None


def test_taking_up_the_same_content_again_keeps_the_first(originals: Originals, evidence: bytes) -> None:
    path = originals.take_up(originals.copy_in(evidence).temp, SHA, "jpg")
    number = path.stat().st_ino
    assert originals.take_up(originals.copy_in(evidence).temp, SHA, "jpg") == path
    originals.sync()
    assert path.stat().st_ino == number
    assert not list(originals.incoming.iterdir())


@pytest.mark.parametrize("left", [b"", BYTES[:-1], BYTES[:-1] + b"?"])
def test_a_damaged_or_short_leftover_is_replaced_by_the_good_copy(
    originals: Originals, evidence: bytes, left: bytes
) -> None:
    path = originals.path_of(SHA, "jpg")
    path.parent.mkdir()
    path.write_bytes(left)
    path.chmod(0o444)
    originals.take_up(originals.copy_in(evidence).temp, SHA, "jpg")
    assert hash_of(path) == SHA


def test_every_folder_with_a_new_name_in_it_is_flushed_before_the_batch_is_done(
    originals: Originals, evidence: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    flushed: list[str] = []
    fsync = os.fsync
    monkeypatch.setattr(os, "fsync", lambda fd: (flushed.append(os.readlink(f"/proc/self/fd/{fd}")), fsync(fd))[1])
    copied = originals.copy_in(evidence)
    assert flushed == [str(copied.temp)]
    originals.take_up(copied.temp, SHA, "jpg")
    assert flushed == [str(copied.temp)]
    originals.sync()
    assert flushed[1:] == [str(originals.folder / SHA[:2]), str(originals.folder)]
    originals.sync()
    assert len(flushed) == 3


def test_the_sweep_clears_incoming_and_nothing_else(originals: Originals, evidence: bytes, tmp_path: Path) -> None:
    kept = originals.take_up(originals.copy_in(evidence).temp, SHA, "jpg")
    originals.copy_in(evidence)
    originals.copy_in(evidence)
    stranger = originals.folder / "ab" / "not ours.jpg"
    stranger.parent.mkdir()
    stranger.write_bytes(b"x")
    assert originals.sweep() == 2
    assert kept.exists()
    assert stranger.exists()
    assert not list(originals.incoming.iterdir())


def test_a_copy_that_goes_while_the_sweep_looks_is_nobodys_fault(
    originals: Originals, evidence: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = sorted(originals.copy_in(evidence).temp for _ in range(2))

    def gone_first(path: Path, mode: int) -> None:
        if path == first:
            os.unlink(path)

    monkeypatch.setattr(Path, "chmod", gone_first)
    assert originals.sweep() == 1
    assert not second.exists()


def test_a_file_system_without_permissions_is_no_hindrance(
    originals: Originals, evidence: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path, mode: int) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(Path, "chmod", refuse)
    assert hash_of(originals.take_up(originals.copy_in(evidence).temp, SHA, "jpg")) == SHA


def test_a_full_disk_leaves_no_part_of_a_copy(
    originals: Originals, evidence: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(fd: int, data: bytes) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "write", full)
    with pytest.raises(OSError, match="No space left"):
        originals.copy_in(evidence)
    assert not list(originals.incoming.iterdir())


def test_links_pipes_folders_and_missing_files_are_not_copied(tmp_path: Path, evidence: bytes) -> None:
    os.symlink(evidence, tmp_path / "link")
    os.mkfifo(tmp_path / "pipe")
    for name, reason in [
        ("link", "symbolic link"),
        ("pipe", "named pipe"),
        ("", "folder"),
        ("missing", "There is no such file"),
    ]:
        with pytest.raises(Unreadable, match=reason):
            copy_in(os.fsencode(tmp_path / name), tmp_path)
        with pytest.raises(Unreadable, match=reason):
            hash_of_raw(os.fsencode(tmp_path / name))


def test_a_link_that_takes_the_place_of_a_file_is_not_followed(
    tmp_path: Path, evidence: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = os.fsencode(tmp_path / "link")
    os.symlink(evidence, link)
    was_a_file = os.lstat(evidence)
    monkeypatch.setattr(os, "lstat", lambda _: was_a_file)
    with pytest.raises(Unreadable, match="cannot read it"):
        copy_in(link, tmp_path)
