"""Examining: what a worker says of one file, whatever the file is."""

import hashlib
import os
import pickle
import random
from concurrent.futures import ProcessPoolExecutor
from io import BytesIO
from multiprocessing import get_context
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from core import examining
from core.examining import Examined, Request, examine, undecodable
from core.fingerprints import fingerprint
from core.originals import copy_in
from core.workers import DecoderPool


def photograph() -> bytes:
    small = Image.frombytes("RGB", (8, 6), random.Random(4).randbytes(144))
    exif = Image.Exif()
    exif[0x0112], exif[0x0110] = 6, "EOS"
    exif.get_ifd(0x8769)[0x9003] = "2014:06:14 10:05:33"
    exif.get_ifd(0x8825).update({1: "S", 2: (1.0, 30.0, 0.0), 3: "E", 4: (36.0, 0.0, 0.0)})
    data = BytesIO()
    small.resize((800, 600), Image.Resampling.BICUBIC).save(data, "JPEG", exif=exif)
    return data.getvalue()


@pytest.fixture
def incoming(tmp_path: Path) -> Path:
    path = tmp_path / "incoming"
    path.mkdir()
    return path


def request_for(tmp_path: Path, data: bytes, expected: str | None = None) -> Request:
    path = os.fsencode(tmp_path / "file") + b"\xfe\n"
    with open(path, "wb") as file:
        file.write(data)
    return Request(path, expected, str(tmp_path / "incoming"))


def test_a_photograph_is_copied_decoded_and_fingerprinted(tmp_path: Path, incoming: Path) -> None:
    data = photograph()
    sha256 = hashlib.sha256(data).hexdigest()
    examined = examine(request_for(tmp_path, data, sha256))
    facts = examined.facts
    assert facts is not None
    assert (facts.sha256, facts.size_bytes, facts.state, facts.reason) == (sha256, len(data), "decoded", "")
    assert (facts.format, facts.mime, examined.ending) == ("JPEG", "image/jpeg", "jpg")
    assert (facts.width_px, facts.height_px, facts.orientation) == (800, 600, 6)
    assert (facts.upright_width_px, facts.upright_height_px) == (600, 800)
    assert (facts.taken_at, facts.camera) == ("2014-06-14T10:05:33", "EOS")
    assert (facts.latitude_e7, facts.longitude_e7) == (-15_000_000, 360_000_000)
    assert examined.copied is not None
    assert examined.copied.temp.read_bytes() == data
    assert examined.thumbnail is not None
    thumbnail = Image.open(BytesIO(examined.thumbnail))
    assert thumbnail.size == (192, 256)
    assert examined.fingerprint is not None
    near = fingerprint(thumbnail.convert("RGB")).phashes[0] ^ examined.fingerprint.phashes[0]
    assert near.bit_count() <= 4
    assert not examined.changed


def test_a_file_that_was_changed_meanwhile_is_said_to_be(tmp_path: Path, incoming: Path) -> None:
    examined = examine(request_for(tmp_path, photograph(), "0" * 64))
    assert examined.changed
    assert examined.facts is not None
    assert examined.copied is not None
    assert examined.facts.sha256 == hashlib.sha256(examined.copied.temp.read_bytes()).hexdigest()


@pytest.mark.parametrize(
    ("data", "kind", "reason"),
    [
        (photograph()[:3000], ("JPEG", "jpg"), "The JPEG data ends early."),
        (b"", ("unknown", "bin"), "The file is empty."),
        (b"hello", ("unknown", "bin"), "The file does not begin as any known image format does."),
        (b"8BPS\0\1" + bytes(30), ("PSD", "psd"), "This program does not decode PSD files."),
    ],
)
def test_a_file_that_cannot_be_decoded_is_copied_all_the_same_and_told_why(
    tmp_path: Path, incoming: Path, data: bytes, kind: tuple[str, str], reason: str
) -> None:
    examined = examine(request_for(tmp_path, data))
    assert examined.facts is not None
    assert (examined.facts.state, examined.facts.reason) == ("undecodable", reason)
    assert (examined.facts.format, examined.ending) == kind
    assert examined.thumbnail is examined.fingerprint is None
    assert examined.copied is not None
    assert examined.copied.temp.read_bytes() == data
    assert examined.facts.sha256 == hashlib.sha256(data).hexdigest()


def test_a_file_that_is_gone_or_a_place_that_cannot_be_written_is_a_failure(tmp_path: Path, incoming: Path) -> None:
    gone = examine(Request(b"/nowhere/at/all.jpg", None, str(incoming)))
    assert gone == Examined("There is no such file or folder.")
    request = request_for(tmp_path, photograph())
    incoming.rmdir()
    assert examine(request) == Examined("It cannot be copied into the archive (No such file or directory).")


def test_a_fault_of_the_program_itself_costs_no_import(
    tmp_path: Path, incoming: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(thumbnail: Image.Image) -> bytes:
        raise IndexError("17")

    monkeypatch.setattr(examining, "encode_thumbnail", fail)
    facts = examine(request_for(tmp_path, photograph())).facts
    assert facts is not None
    assert facts.reason == "Decoding it failed (IndexError: 17)."


def test_of_a_file_whose_worker_died_the_copy_is_described(tmp_path: Path, incoming: Path) -> None:
    copied = copy_in(request_for(tmp_path, photograph()).raw, incoming)
    examined = undecodable(copied, "Decoding it ended the worker process (SIGKILL).")
    assert examined.facts is not None
    assert (examined.facts.format, examined.ending, examined.facts.state) == ("JPEG", "jpg", "undecodable")


@pytest.mark.parametrize("make", [lambda: DecoderPool(1), lambda: ProcessPoolExecutor(1, get_context("spawn"))])
def test_it_runs_in_any_executor(tmp_path: Path, incoming: Path, make: object) -> None:
    request = request_for(tmp_path, photograph())
    with make() as executor:  # type: ignore[operator]
        there = executor.submit(examine, request).result()
    here = examine(request)
    assert there.facts == here.facts
    assert there.thumbnail == here.thumbnail
    assert there.fingerprint == here.fingerprint
    assert pickle.loads(pickle.dumps(here)) == here


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    start=st.sampled_from([b"", photograph()[:400], b"GIF89a", b"II*\0", b"P6 2 2 255\n"]), rest=st.binary(max_size=300)
)
@pytest.mark.filterwarnings("ignore")
def test_any_bytes_are_kept_exactly_and_given_a_state(
    tmp_path: Path, incoming: Path, start: bytes, rest: bytes
) -> None:
    examined = examine(request_for(tmp_path, start + rest))
    assert examined.copied is not None
    assert examined.copied.temp.read_bytes() == start + rest
    assert examined.facts is not None
    assert (examined.facts.state == "undecodable") == bool(examined.facts.reason)
