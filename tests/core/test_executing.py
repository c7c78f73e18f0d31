"""Tasks on any executor: in order, few ahead, stopped by the job, and one that fails is told and not raised."""

import contextlib
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from core.errors import Cancelled, CoreError
from core.executing import AHEAD, Workers, outcomes, working
from core.jobs import Job
from core.workers import DecoderPool


@pytest.fixture
def workers() -> Iterator[Workers]:
    with ThreadPoolExecutor(2) as executor:
        yield Workers(executor, 2)


def test_outcomes_come_in_the_order_of_the_arguments(workers: Workers) -> None:
    def slow_when_even(number: int) -> int:
        threading.Event().wait(0.002 * (number % 2 == 0))
        return -number

    found = list(outcomes(workers, slow_when_even, range(200), Job()))
    assert [(one.argument, one.result) for one in found] == [(number, -number) for number in range(200)]


def test_a_task_that_fails_is_told_and_the_others_go_on(workers: Workers) -> None:
    found = list(outcomes(workers, int, ["1", "x", "3"], Job()))
    assert [one.result for one in found] == [1, None, 3]
    assert isinstance(found[1].error, ValueError)
    assert not found[1].died


def test_no_more_are_under_way_than_a_few_for_each_worker(workers: Workers) -> None:
    begun: list[int] = []
    with contextlib.closing(outcomes(workers, begun.append, range(10_000), Job())) as results:
        next(results)
    assert len(begun) <= 2 * AHEAD


def test_a_cancel_stops_it_and_drops_what_waits(workers: Workers) -> None:
    job = Job()
    held = threading.Event()
    begun: list[int] = []

    def hold(number: int) -> None:
        begun.append(number)
        job.cancel()
        held.wait()

    with pytest.raises(Cancelled):
        list(outcomes(workers, hold, range(100), job))
    held.set()
    workers.executor.shutdown()
    assert len(begun) <= 2


def test_an_executor_that_was_shut_down_is_told_in_words(workers: Workers) -> None:
    workers.executor.shutdown()
    with pytest.raises(CoreError, match="broke down"):
        list(outcomes(workers, abs, [1], Job()))


def test_a_lent_executor_is_left_running_and_our_own_is_not() -> None:
    with ThreadPoolExecutor(1) as lent:
        with working(lent, 3) as workers:
            assert (workers.executor, workers.count) == (lent, 3)
        assert lent.submit(abs, -1).result() == 1
    with working(None, 1) as workers:
        own = workers.executor
        assert isinstance(own, DecoderPool)
        assert own.submit(abs, -2).result() == 2
    with pytest.raises(RuntimeError, match="shut down"):
        own.submit(abs, -3)
