"""Verdicts go to another archive and come in whole, once, and never over what was decided there."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core import duplicates
from core.archive import Archive
from core.errors import Cancelled, ReadOnly, Refused, StorageFault
from core.jobs import Job
from core.records import VERDICTS, Relation
from core.store import relations
from core.transforms import Transform
from core.verdict_files import FORMAT, FROM_ELSEWHERE, export_verdicts, import_verdicts, read_verdicts, verdict_value
from tests.core.commanding import Command
from tests.core.filling import add_image, dump, sha_of

CUT = Transform(0.5, 0, 0.25, 0, 0.5, 0.1)
AT = "2014-06-14T12:00:00.000Z"


def verdict(one: int = 0, other: int = 1, kind: str = "crop_of", by: str = "Grace") -> Relation:
    return Relation(sha_of(one), sha_of(other), kind, "by eye", by, AT, CUT)


def content(*verdicts: Relation, **instead: Any) -> bytes:
    document = {"format": FORMAT, "format_version": 1, "verdicts": [verdict_value(one) for one in verdicts]}
    return json.dumps({**document, **instead}).encode()


def write(folder: Path, *verdicts: Relation, **instead: Any) -> Path:
    file = folder / "verdicts.json"
    file.write_bytes(content(*verdicts, **instead))
    return file


@pytest.fixture
def other(_new_once: Path, tmp_path: Path) -> Any:
    """A second archive, in which Grace works."""
    with Archive.open(Path(shutil.copytree(_new_once, tmp_path / "other")), actor="Grace") as archive:
        yield archive


def test_every_verdict_comes_over_with_author_time_and_transform(new: Archive, other: Archive, tmp_path: Path) -> None:
    for number, kind in enumerate(VERDICTS):
        pair = {"from_sha256": sha_of(number), "to_sha256": sha_of(number + 1)}
        duplicates.decide(other, **pair, verdict=kind, evidence="by eye", transform=CUT)
    assert export_verdicts(other, tmp_path / "v.json") == len(VERDICTS)
    report = import_verdicts(new, tmp_path / "v.json")
    assert (report.added, report.known, report.elsewhere, report.conflicts) == (len(VERDICTS), 0, len(VERDICTS), ())
    for theirs, ours in zip(relations.every(other.db), relations.every(new.db), strict=True):
        assert (ours.from_sha256, ours.to_sha256, ours.kind) == (theirs.from_sha256, theirs.to_sha256, theirs.kind)
        assert (ours.decided_by, ours.decided_at, ours.transform) == ("Grace", theirs.decided_at, CUT)
        assert ours.evidence == f"by eye; {FROM_ELSEWHERE}"
    assert (new.undo_label, new.history()[0].actor) == ("Import 13 verdicts", "Ada")
    new.undo()
    assert relations.every(new.db) == []


def test_importing_twice_adds_nothing_and_going_back_and_forth_changes_nothing(
    new: Archive, other: Archive, tmp_path: Path
) -> None:
    import_verdicts(new, write(tmp_path, verdict()))
    before = dump(new)
    report = import_verdicts(new, write(tmp_path, verdict()))
    assert (report.added, report.known) == (0, 1)
    export_verdicts(new, tmp_path / "back.json")
    import_verdicts(other, tmp_path / "back.json")
    assert [one.evidence for one in relations.every(other.db)] == [f"by eye; {FROM_ELSEWHERE}"]
    assert dump(new) == before


def test_the_longest_evidence_can_be_taken_over_again_and_again(new: Archive, other: Archive, tmp_path: Path) -> None:
    longest = "x" * 10_000
    import_verdicts(new, write(tmp_path, verdicts=[{**verdict_value(verdict()), "evidence": longest}]))
    export_verdicts(new, tmp_path / "on.json")
    assert import_verdicts(other, tmp_path / "on.json").added == 1
    assert [one.evidence for one in relations.every(other.db)] == [f"{longest}; {FROM_ELSEWHERE}"]


@pytest.mark.parametrize(
    "there", [verdict(1, 0), verdict(kind="not_related")], ids=["the other way", "another verdict"]
)
def test_a_verdict_that_contradicts_one_here_is_listed_and_ours_stands(
    new: Archive, tmp_path: Path, there: Relation
) -> None:
    duplicates.decide(new, from_sha256=sha_of(0), to_sha256=sha_of(1), verdict="crop_of")
    (ours,) = relations.every(new.db)
    report = import_verdicts(new, write(tmp_path, there, verdict(2, 3)))
    assert (report.added, [(one.here, one.there.kind) for one in report.conflicts]) == (1, [(ours, there.kind)])
    assert relations.get(new.db, sha_of(0), sha_of(1)) == ours


def test_an_undirected_verdict_is_known_in_either_direction(new: Archive, tmp_path: Path) -> None:
    duplicates.decide(new, from_sha256=sha_of(0), to_sha256=sha_of(1), verdict="same_event")
    assert import_verdicts(new, write(tmp_path, verdict(1, 0, "same_event"))).known == 1


def test_a_verdict_on_images_that_come_later_groups_them(new: Archive, tmp_path: Path) -> None:
    with new.action("Import"):
        first = add_image(new, 0)
    assert import_verdicts(new, write(tmp_path, verdict())).elsewhere == 1
    assert duplicates.group_of(new, first).images == (first,)
    with new.action("Import"):
        second = add_image(new, 1)
    assert set(duplicates.group_of(new, first).images) == {first, second}


def altered(**values: Any) -> list[dict[str, Any]]:
    return [verdict_value(verdict(2, 3)), {**verdict_value(verdict()), **values}]


@pytest.mark.parametrize(
    ("instead", "why"),
    [
        ({"format": "stocktake-export"}, "does not say that its format"),
        ({"format_version": 2}, "another version"),
        ({"format_version": True}, "another version"),
        ({"verdicts": {}}, "no list"),
        ({"verdicts": [1]}, "verdict 1 of the file"),
        ({"verdicts": altered(more="x")}, "verdict 2 of the file cannot be: it has not exactly"),
        ({"verdicts": altered(verdict="same")}, "no such verdict"),
        ({"verdicts": altered(verdict=["crop_of"])}, "no such verdict"),
        ({"verdicts": altered(to=sha_of(0))}, "two images"),
        ({"verdicts": altered(to=sha_of(1).upper())}, "two images"),
        ({"verdicts": altered(to=sha_of(1) + "\n")}, "two images"),
        ({"verdicts": altered(by=" ")}, "who gave it"),
        ({"verdicts": altered(by="x" * 1001)}, "at most 1,000"),
        ({"verdicts": altered(evidence="x" * 10_001)}, "at most 10,000"),
        ({"verdicts": altered(evidence="\ud800")}, "cannot be stored"),
        ({"verdicts": altered(evidence="a\0b")}, "cannot be stored"),
        ({"verdicts": altered(evidence=None)}, "no text"),
        ({"verdicts": altered(at="2014-02-30T12:00:00Z")}, "no time in UTC"),
        ({"verdicts": altered(at="2014-06-14")}, "no time in UTC"),
        ({"verdicts": altered(transform=[1, 0, 0, 0, 1])}, "six numbers"),
        ({"verdicts": altered(transform=[1, 0, 0, 0, True, 0])}, "six numbers"),
        ({"verdicts": altered(transform=[1e300, 0, 0, 0, 1e300, 0])}, "six numbers"),
        ({"verdicts": altered(transform=[1, 0, 0, 1, 0, 0])}, "no transform"),
        ({"verdicts": [*altered(), verdict_value(verdict(1, 0))]}, "2 and 3 of the file contradict"),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused_with_its_place_and_nothing_is_taken(
    new: Archive, tmp_path: Path, instead: dict[str, Any], why: str
) -> None:
    before = dump(new)
    with pytest.raises(Refused, match=why):
        import_verdicts(new, write(tmp_path, **instead))
    assert dump(new) == before


@pytest.mark.parametrize(
    "raw",
    [b"", b"\xff", b"[]", b'{"format": NaN}', b"[" * 100_000, b"9" * 5000, b'{"format": 1, "format": 1}'],
    ids=["nothing", "no text", "a list", "no number", "deep", "long", "a key twice"],
)  # fmt: skip
def test_what_is_no_file_of_verdicts_is_refused(raw: bytes) -> None:
    with pytest.raises(Refused, match="no file of verdicts"):
        read_verdicts(raw)


def test_a_byte_order_mark_does_no_harm() -> None:
    assert read_verdicts(b"\xef\xbb\xbf" + content(verdict())) == [verdict()]


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=70) | st.sampled_from(VERDICTS),
    lambda inner: st.lists(inner, max_size=6) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)


@st.composite
def spoilt(draw: st.DrawFn) -> bytes:
    """A file of verdicts in which one thing is replaced by anything, or some bytes are."""
    document = json.loads(content(verdict(), verdict(1, 2), verdict(2, 3, "not_related")))
    place: Any = draw(st.sampled_from([document, *document["verdicts"], document["verdicts"]]))
    key = draw(st.sampled_from(sorted(place) if isinstance(place, dict) else range(len(place))))
    place[key] = draw(anything)
    raw = bytearray(json.dumps(document).encode())
    for at in draw(st.lists(st.integers(0, len(raw) - 1), max_size=3)):
        raw[at] = draw(st.integers(0, 255))
    return bytes(raw)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=150)
@given(spoilt())
def test_a_spoilt_file_is_taken_whole_or_refused_in_a_sentence(new: Archive, tmp_path: Path, raw: bytes) -> None:
    before, file = dump(new), tmp_path / "spoilt.json"
    file.write_bytes(raw)
    try:
        expected = read_verdicts(raw)
    except Refused:
        with pytest.raises(Refused, match=r"\.$"):
            import_verdicts(new, file)
        assert dump(new) == before
        return
    report = import_verdicts(new, file)
    held = relations.every(new.db)
    assert len(held) == report.added
    assert [(one.from_sha256, one.kind) for one in held] == [(one.from_sha256, one.kind) for one in expected]
    if report.added:
        new.undo()
    assert dump(new) == before


def test_a_file_that_is_not_there_or_is_none_is_refused(new: Archive, tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "absent.json"):
        with pytest.raises((Refused, StorageFault), match=path.name):
            import_verdicts(new, path)


def test_cancelling_takes_nothing_over_and_writes_nothing(new: Archive, filled: Archive, tmp_path: Path) -> None:
    job = Job()
    job.cancel()
    file = write(tmp_path, verdict())
    with pytest.raises(Cancelled):
        import_verdicts(new, file, job=job)
    assert relations.every(new.db) == []
    with pytest.raises(Cancelled):
        export_verdicts(filled, file, job=job)
    assert file.read_bytes() == content(verdict())


def test_an_archive_open_for_reading_takes_nothing_over(new_folder: Path, tmp_path: Path) -> None:
    with Archive.open(new_folder, read_only=True) as reader, pytest.raises(ReadOnly):
        import_verdicts(reader, write(tmp_path, verdict()))


def test_the_commands_carry_verdicts_over_and_tell_of_conflicts(
    new_folder: Path, filled_folder: Path, command: Command, tmp_path: Path
) -> None:
    file = tmp_path / "out.json"
    assert command("verdicts", "export", filled_folder, "--to", file).out == f"Exported 2 verdicts to {file}.\n"
    taken = command("verdicts", "import", new_folder, file, "--json")
    assert (taken.code, taken.json) == (0, {"added": 2, "known": 0, "elsewhere": 2, "conflicts": []})
    assert command("verdicts", "import", new_folder, file).out == "Imported 0 verdicts; 2 were known.\n"
    apart = command("verdicts", "import", new_folder, write(tmp_path, verdict(2, 3), verdict(8, 9)), "--as", "Mary")
    assert apart.code == 1
    first, second, third = apart.out.splitlines()
    assert first == "Imported 1 verdict; 0 were known."
    assert "not in this archive" in second
    assert third.startswith(f"Kept: {sha_of(2)[:12]} not related to {sha_of(3)[:12]} (Ada, ")
    assert f"crop of {sha_of(3)[:12]} (Grace, {AT})" in third
    listed = command("verdicts", "import", new_folder, write(tmp_path, verdict(2, 3)), "--json")
    (conflict,) = listed.json["conflicts"]
    assert (conflict["here"]["verdict"], conflict["there"]["verdict"]) == ("not_related", "crop_of")
    assert command("verdicts", "import", new_folder, write(tmp_path, format="x")).code == 2
