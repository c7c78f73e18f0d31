"""The table of peers: its score is the truth's, a peer that is not there is said to be missing, and costs are seen."""

import sys
from pathlib import Path

import pytest

from tests.benchmarks.measured import TooLong, run
from tests.benchmarks.peers import Missing, Outcome, interpreter_of, table
from tests.benchmarks.scoring import Truth, read_pairs

TRUTH = """file,base,transform
images/a.jpg,A,original
images/a crop.jpg,A,crop
images/a grey.jpg,A,grey
images/b.jpg,B,original
images/b crop.jpg,B,crop
images/b grey.jpg,B,grey
images/c.jpg,C,other
"""


@pytest.fixture
def truth(tmp_path: Path) -> Truth:
    (tmp_path / "truth.csv").write_text(TRUTH, encoding="utf-8")
    return Truth.read(tmp_path / "truth.csv")


def test_a_copy_counts_directly_and_through_its_group(truth: Truth) -> None:
    score = truth.score([("a.jpg", "a crop.jpg"), ("a crop.jpg", "a grey.jpg"), ("b.jpg", "b crop.jpg")])
    assert score.direct == {"crop": 1.0, "grey": 0.0}
    assert score.grouped == {"crop": 1.0, "grey": 0.5}
    assert (score.mean_direct, score.mean_grouped) == (0.5, 0.75)
    assert (score.false_pairs, score.mixed_groups) == (0, 0)
    assert score.blind(0.1) == ["grey"]


def test_different_photographs_make_a_false_pair_and_a_mixed_group(truth: Truth) -> None:
    score = truth.score([("a.jpg", "c.jpg"), ("c.jpg", "a.jpg"), ("c.jpg", "b grey.jpg")])
    assert (score.false_pairs, score.mixed_groups) == (2, 1)


def test_strangers_and_a_file_with_itself_are_passed_over(truth: Truth) -> None:
    score = truth.score([("a.jpg", "a.jpg"), ("a.jpg", "stranger.jpg")])
    assert (score.mean_direct, score.false_pairs, score.mixed_groups) == (0.0, 0, 0)


def test_nothing_found_is_a_score_too(truth: Truth) -> None:
    assert truth.score([]).direct == {"crop": 0.0, "grey": 0.0}


def test_a_finding_that_claims_no_same_picture_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "pairs.csv"
    path.write_text("name_a,name_b,kind\nx/a,b,crop_of\na,c,same_object\na,d,unconfirmed\n", encoding="utf-8-sig")
    assert read_pairs(path) == [("a", "b")]


def test_a_peer_that_is_not_there_is_missing(tmp_path: Path) -> None:
    with pytest.raises(Missing, match="not installed"):
        interpreter_of("czkawka", {"czkawka": str(tmp_path / "python")})
    with pytest.raises(Missing, match="not installed"):
        interpreter_of("no such peer", {})
    assert interpreter_of("imagehash", {}) == sys.executable


def test_a_peer_that_is_missing_or_too_slow_leaves_the_others_their_rows(
    truth: Truth, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pairs = tmp_path / "pairs.csv"
    pairs.write_text("name_a,name_b\na.jpg,a crop.jpg\n", encoding="utf-8")
    cost = run([sys.executable, "-c", "pass"], folder=tmp_path, limit_s=60)

    def absent(folder: Path) -> Outcome:
        raise Missing("not installed")

    def slow(folder: Path) -> Outcome:
        raise TooLong

    taking_part = [("absent", absent), ("slow", slow), ("good", lambda _: Outcome(pairs, [cost], "a remark"))]
    table(truth, iter(taking_part), [])
    rows = capsys.readouterr().out.splitlines()
    assert rows[1].split() == ["absent", "not", "installed"]
    assert rows[2].split()[:2] == ["slow", "stopped:"]
    assert rows[3].split()[4:] == ["0.250", "0.250", "0", "0", "1", "grey"]
    assert rows[4].split() == ["a", "remark"]


def test_a_command_tells_its_cost_and_its_last_words(tmp_path: Path) -> None:
    code = "import sys; held = bytearray(50_000_000); print('a\\nlast', file=sys.stderr); sys.exit(3)"
    done = run([sys.executable, "-c", code], folder=tmp_path, limit_s=60)
    assert (done.code, done.last_words) == (3, "last")
    assert done.seconds > 0
    assert done.processor_s > 0
    assert done.peak_bytes > 0


def test_a_command_is_stopped_when_its_time_is_over(tmp_path: Path) -> None:
    with pytest.raises(TooLong):
        run([sys.executable, "-c", "import threading; threading.Event().wait()"], folder=tmp_path, limit_s=0)
