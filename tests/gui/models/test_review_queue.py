"""The order of a review: going on, going back, and what arrives meanwhile."""

from hypothesis import given
from hypothesis import strategies as st

from core.claims import SourceId
from core.proposing import Decision
from core.records import Match
from gui.models.review_queue import ReviewQueue, key_of
from gui.models.review_tally import Wanted


def match(number: int, kind: str = "near") -> Match:
    return Match(f"a{number}", f"b{number}", kind, number)


def begun(count: int = 4) -> ReviewQueue:
    queue = ReviewQueue()
    queue.begin([match(number) for number in range(count)])
    return queue


def same(queue: ReviewQueue) -> Decision:
    assert queue.current is not None
    return Decision("same_picture", queue.current.sha256_a, queue.current.sha256_b)


def test_a_decision_goes_on_and_skipping_decides_nothing() -> None:
    queue = begun()
    queue.decide(same(queue))
    assert queue.current == match(1)
    queue.forward()
    assert queue.current == match(2)
    assert (queue.decided_count, queue.left) == (1, [match(1), match(2), match(3)])


def test_from_the_last_pair_one_comes_round_to_those_skipped() -> None:
    queue = begun(3)
    queue.forward()
    queue.decide(same(queue))
    queue.decide(same(queue))
    assert queue.current == match(0)
    queue.forward()
    assert queue.current == match(0)


def test_back_finds_what_was_decided_as_it_was_decided() -> None:
    queue = begun()
    decision = same(queue)
    queue.decide(decision)
    queue.back()
    assert queue.current == match(0)
    assert queue.decision(match(0)) == decision
    queue.back()
    assert queue.current == match(0)


def test_when_all_is_decided_there_is_no_pair_and_back_leads_to_the_last() -> None:
    queue = begun(1)
    queue.decide(same(queue))
    assert queue.current is None
    queue.back()
    assert queue.current == match(0)


def test_taking_back_leads_to_the_pair_decided_last() -> None:
    queue = begun()
    queue.decide(same(queue))
    queue.decide(same(queue))
    last = queue.last_decided
    assert last == match(1)
    queue.take_back(last)
    assert (queue.current, queue.last_decided) == (match(1), match(0))


def test_the_order_stays_when_others_are_found_or_decided_elsewhere() -> None:
    queue = begun()
    queue.forward()
    queue.refresh([match(9), match(3), match(1), match(0)])
    assert queue.current == match(1)
    assert queue.left == [match(0), match(1), match(3), match(9)]


def test_a_pair_that_is_decided_elsewhere_gives_way_to_the_next() -> None:
    queue = begun()
    queue.forward()
    queue.refresh([match(0), match(2), match(3)])
    assert queue.current == match(2)


def test_what_was_decided_here_and_undone_elsewhere_is_open_again() -> None:
    queue = begun()
    queue.decide(same(queue))
    queue.refresh([match(number) for number in range(4)])
    assert queue.decided_count == 0
    assert queue.left[0] == match(0)


def test_one_kind_at_a_time() -> None:
    queue = ReviewQueue()
    queue.begin([match(0, "same_pixels"), match(1), match(2, "mirrored"), match(3)])
    queue.choose(Wanted("near"))
    assert queue.current == match(1)
    queue.decide(same(queue))
    queue.decide(same(queue))
    assert queue.current is None
    assert queue.tally.kinds(None) == {"same_pixels": 1, "mirrored": 1}
    queue.choose(Wanted())
    assert queue.current == match(0, "same_pixels")


def test_one_source_at_a_time_whichever_side_it_is_of() -> None:
    queue = ReviewQueue()
    every = [match(0), match(1, "crop"), match(2), match(3, "crop")]
    one, other = SourceId(7), SourceId(8)
    queue.begin(every, {"a1": (one,), "b2": (one, other), "a2": (one,), "b3": (other,)})
    assert queue.tally.by_source(None) == {one: 2, other: 2}
    assert queue.tally.by_source("crop") == {one: 1, other: 1}
    queue.choose(Wanted(None, one))
    assert (queue.current, queue.left, queue.tally.left(queue.wanted)) == (
        match(1, "crop"),
        [match(1, "crop"), match(2)],
        2,
    )
    assert queue.tally.kinds(one) == {"crop": 1, "near": 1}
    queue.choose(Wanted("near", one))
    assert (queue.current, queue.tally.left(queue.wanted)) == (match(2), 1)
    queue.decide(same(queue))
    assert (queue.current, queue.tally.left(queue.wanted)) == (None, 0)
    assert queue.tally.by_source(None) == {one: 1, other: 1}


def test_it_begins_where_one_stopped_if_that_pair_is_still_open() -> None:
    queue = ReviewQueue()
    every = [match(number) for number in range(4)]
    queue.begin(every, at=key_of(match(2)))
    assert queue.current == match(2)
    queue.begin(every, at=("gone", "gone"))
    assert queue.current == match(0)


def test_what_comes_next_is_known_beforehand() -> None:
    queue = begun(2)
    assert queue.following == match(1)
    queue.forward()
    assert queue.following == match(0)
    queue.decide(same(queue))
    assert queue.following is None


def test_pairs_settled_together_are_gone_and_counted() -> None:
    queue = begun()
    queue.settle([match(0), match(2)])
    assert queue.current == match(1)
    assert (queue.decided_count, queue.left) == (2, [match(1), match(3)])


def test_what_was_decided_before_pairs_were_settled_together_is_not_the_last() -> None:
    queue = begun(5)
    queue.decide(same(queue))
    queue.settle([match(2), match(3)])
    assert queue.last_decided is None
    queue.decide(same(queue))
    assert queue.last_decided == match(1)
    queue.take_back(match(1))
    assert queue.last_decided is None
    queue.back()
    queue.decide(same(queue))
    assert queue.last_decided == match(0)
    queue.settle([match(4)])
    queue.refresh([match(1), match(2), match(3), match(4)])  # all that was settled is undone
    assert queue.last_decided == match(0)


def test_what_was_decided_is_counted_by_kind_and_by_source_too() -> None:
    queue = ReviewQueue()
    pairs = [match(0), match(1, "crop"), match(2, "crop"), match(3)]
    queue.begin(pairs, {"a1": (SourceId(7),)})
    queue.decide(same(queue))
    queue.decide(same(queue))
    queue.settle([match(3)])
    crop, seven = Wanted("crop"), Wanted(source=SourceId(7))
    assert [queue.done.left(wanted) for wanted in (Wanted(), crop, seven)] == [3, 1, 1]
    queue.take_back(match(1, "crop"))
    queue.refresh([match(1, "crop"), match(2, "crop"), match(3)])
    assert [queue.done.left(wanted) for wanted in (Wanted(), crop, seven)] == [1, 0, 0]


@given(
    acts=st.lists(st.sampled_from(["decide", "forward", "back", "take_back", "refresh"])),
    kinds=st.lists(st.sampled_from(["near", "mirrored"]), max_size=6),
)
def test_no_pair_is_lost_or_doubled_whatever_is_done(acts: list[str], kinds: list[str]) -> None:
    every = [match(number, kind) for number, kind in enumerate(kinds)]
    queue = ReviewQueue()
    queue.begin(every)
    decided: set[tuple[str, str]] = set()
    for act in acts:
        if act == "decide" and queue.current is not None:
            decided.add(key_of(queue.current))
            queue.decide(same(queue))
        elif act == "take_back" and queue.last_decided is not None:
            decided.discard(key_of(queue.last_decided))
            queue.take_back(queue.last_decided)
        elif act == "refresh":
            queue.refresh([one for one in reversed(every) if key_of(one) not in decided])
        elif act in ("forward", "back"):
            getattr(queue, act)()
        assert queue.tally.left(queue.wanted) == len(queue.left)
        assert {key_of(one) for one in queue.left} == {key_of(one) for one in every} - decided
        assert queue.decided_count == queue.done.left(Wanted()) == len(decided)
        assert queue.current is not None or not queue.left
