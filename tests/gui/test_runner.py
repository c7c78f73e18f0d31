"""The runner: work on its thread, answers on the window's, nothing left over."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from PySide6.QtCore import QThread

from core.errors import Cancelled, NotAnArchive, Refused
from core.jobs import Job, Progress
from gui.errors import Bug
from gui.runner import Pace, Runner


class Opened:
    """Stands for what a thread opens; remembers which thread opened and closed it."""

    def __init__(self) -> None:
        self.threads: list[str] = []

    @contextmanager
    def open(self) -> Iterator["Opened"]:
        self.threads.append(f"opened in {threading.current_thread().name}")
        yield self
        self.threads.append(f"closed in {threading.current_thread().name}")


@pytest.fixture
def opened() -> Opened:
    return Opened()


@pytest.fixture
def runner(qapp: Any, opened: Opened) -> Iterator[Runner]:
    made = Runner(opened.open, "worker")
    yield made
    made.stop()


class Held:
    """Work that says when it has begun and goes on when it is let, unless it is cancelled."""

    def __init__(self, answer: object = None) -> None:
        self.begun = threading.Event()
        self.let = threading.Event()
        self.answer = answer

    def __call__(self, archive: Any, job: Job) -> object:
        self.begun.set()
        while not self.let.wait(0.005):
            job.check()
        return self.answer


def test_work_is_done_on_the_worker_and_answered_on_the_windows_thread(runner: Runner, qtbot) -> None:
    answers = []
    signals = []
    for signal in (runner.started, runner.succeeded):
        signal.connect(lambda *_: signals.append(QThread.currentThread().isMainThread()))
    with qtbot.waitSignal(runner.succeeded) as blocker:
        task = runner.start(
            lambda _archive, _job: threading.current_thread().name,
            title="Ask",
            on_done=lambda name: answers.append((name, threading.current_thread() is threading.main_thread())),
        )
    assert answers == [("worker", True)]
    assert blocker.args == [task, "worker"]
    assert signals == [True, True]


def test_the_archive_is_opened_once_and_closed_in_the_worker(opened: Opened, qtbot) -> None:
    runner = Runner(opened.open, "worker")
    seen: list[object] = []
    for _ in range(3):
        runner.start(lambda archive, _job: archive, title="", on_done=seen.append)
    qtbot.waitUntil(lambda: len(seen) == 3)
    runner.stop()
    assert seen == [opened] * 3
    assert opened.threads == ["opened in worker", "closed in worker"]


def test_nothing_is_opened_without_work(opened: Opened) -> None:
    Runner(opened.open, "worker").stop()
    assert opened.threads == []


def test_tasks_are_done_one_after_another_in_order(runner: Runner, qtbot) -> None:
    order: list[int] = []
    with qtbot.waitSignal(runner.idle):
        for number in range(20):
            runner.start(lambda _archive, _job, number=number: order.append(number), title="")
    assert order == list(range(20))
    assert not runner.busy


def test_progress_arrives_with_its_task(runner: Runner, qtbot) -> None:
    with qtbot.waitSignal(runner.progressed) as blocker:
        task = runner.start(lambda _archive, job: job.step(3, 3, "c.jpg"), title="Count")
    assert blocker.args[0] is task
    assert isinstance(blocker.args[1], Progress)
    assert (blocker.args[1].done, blocker.args[1].text) == (3, "c.jpg")


def test_a_cancelled_task_ends_as_cancelled_and_the_next_one_runs(runner: Runner, qtbot) -> None:
    held = Held()
    task = runner.start(held, title="Long")
    held.begun.wait(5)
    with qtbot.waitSignal(runner.cancelled) as blocker:
        task.cancel()
    assert blocker.args == [task]
    with qtbot.waitSignal(runner.succeeded):
        runner.start(lambda _archive, _job: None, title="Next")


def test_a_task_cancelled_while_it_waits_never_begins(runner: Runner, qtbot) -> None:
    held, begun = Held(), []
    runner.started.connect(begun.append)
    first = runner.start(held, title="Long")
    second = runner.start(lambda _archive, _job: pytest.fail("it ran"), title="Waiting")
    second.cancel()
    with qtbot.waitSignal(runner.cancelled):
        held.let.set()
    assert begun == [first]


def test_cancel_takes_all_that_is_under_way_and_waiting(runner: Runner, qtbot) -> None:
    ended: list[object] = []
    runner.cancelled.connect(ended.append)
    tasks = [runner.start(Held(), title=str(number)) for number in range(3)]
    with qtbot.waitSignal(runner.idle):
        runner.cancel()
    assert ended == tasks


def test_an_expected_failure_arrives_without_the_workers_frames(runner: Runner, qtbot) -> None:
    def fail(archive: Any, job: Job) -> None:
        try:
            {}["missing"]
        except KeyError as cause:
            raise Refused("The folder is not there.") from cause

    with qtbot.waitSignal(runner.failed) as blocker:
        task = runner.start(fail, title="Fail")
    assert blocker.args[0] is task
    error = blocker.args[1]
    assert (type(error), str(error)) == (Refused, "The folder is not there.")
    assert error.__traceback__ is error.__cause__ is error.__context__ is None


def test_anything_else_is_a_bug_with_its_traceback_in_the_log(
    runner: Runner, qtbot, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR), qtbot.waitSignal(runner.failed) as blocker:
        runner.start(lambda _archive, _job: {}["missing"], title="Break")
    assert isinstance(blocker.args[1], Bug)
    assert "KeyError: 'missing'" in str(blocker.args[1])
    assert "KeyError: 'missing'" in caplog.text


def test_a_failure_may_be_dealt_with_where_the_work_was_asked_for(runner: Runner, qtbot) -> None:
    errors: list[Exception] = []
    runner.failed.connect(lambda *_: pytest.fail("told twice"))

    def fail(archive: Any, job: Job) -> None:
        raise Refused("No.")

    with qtbot.waitSignal(runner.idle):
        runner.start(fail, title="", on_failed=errors.append)
    assert [str(error) for error in errors] == ["No."]


def test_a_cancelled_exception_from_inside_is_no_failure(runner: Runner, qtbot) -> None:
    def stop(archive: Any, job: Job) -> None:
        raise Cancelled

    with qtbot.waitSignal(runner.cancelled):
        runner.start(stop, title="")


def test_an_archive_that_cannot_be_opened_fails_each_task_in_words(qapp: Any, qtbot) -> None:
    def refuse() -> Any:
        raise NotAnArchive("This folder is no archive.")

    runner = Runner(refuse, "worker")
    for _ in range(2):
        with qtbot.waitSignal(runner.failed) as blocker:
            runner.start(lambda _archive, _job: None, title="")
        assert str(blocker.args[1]) == "This folder is no archive."
    runner.stop()


def test_only_the_newest_question_under_a_key_is_answered(runner: Runner, qtbot) -> None:
    answers: list[object] = []
    old = Held("old")
    runner.ask("search", old, answers.append)
    old.begun.wait(5)
    for number in range(5):
        runner.ask("search", lambda _archive, _job, number=number: number, answers.append)
    runner.ask("other", lambda _archive, _job: "other", answers.append)
    qtbot.waitUntil(lambda: not runner.busy)
    assert answers == [4, "other"]


def test_an_answer_that_is_on_its_way_already_is_dropped_too(runner: Runner, qtbot) -> None:
    answers: list[object] = []
    old = Held("old")
    old.let.set()
    runner.ask("search", old, answers.append)
    old.begun.wait(5)
    # Wait for the old answer without letting this thread take it in.
    behind = threading.Event()
    runner.ask("other", lambda _archive, _job: behind.set(), lambda _: None)
    behind.wait(5)
    runner.ask("search", lambda _archive, _job: "new", answers.append)
    qtbot.waitUntil(lambda: not runner.busy)
    assert answers == ["new"]


def test_a_forgotten_question_is_not_answered(runner: Runner, qtbot) -> None:
    runner.ask("search", lambda _archive, _job: 1, lambda _: pytest.fail("answered"))
    runner.forget("search")
    qtbot.waitUntil(lambda: not runner.busy)


def test_questions_are_silent(runner: Runner, qtbot) -> None:
    for signal in (runner.started, runner.succeeded, runner.cancelled):
        signal.connect(lambda *_: pytest.fail("a question was announced"))
    with qtbot.waitSignal(runner.idle):
        runner.ask("search", lambda _archive, _job: 1, lambda _: None)


def test_a_question_tells_its_progress_to_who_asked_for_it(runner: Runner, qtbot) -> None:
    told: list[Progress] = []
    others: list[Progress] = []
    runner.progressed.connect(lambda _task, progress: others.append(progress))
    with qtbot.waitSignal(runner.idle):
        runner.ask("key", lambda _, job: job.step(3, 3, "Looking"), lambda _: None, on_progress=told.append)
    assert [(one.done, one.total, one.text) for one in told] == [(3, 3, "Looking")]
    assert others == []


def test_stopping_ends_the_thread_at_once_and_no_answer_comes_after(opened: Opened, qapp: Any, qtbot) -> None:
    runner = Runner(opened.open, "worker")
    for signal in (runner.succeeded, runner.cancelled, runner.idle):
        signal.connect(lambda *_: pytest.fail("told after the end"))
    held = Held()
    runner.start(held, title="Long")
    runner.start(held, title="Waiting")
    held.begun.wait(5)
    runner.stop()
    qapp.processEvents()
    runner.start(held, title="Too late")
    assert opened.threads == ["opened in worker", "closed in worker"]
    assert "worker" not in {thread.name for thread in threading.enumerate()}


def test_an_archive_that_cannot_be_closed_is_logged(qapp: Any, qtbot, caplog: pytest.LogCaptureFixture) -> None:
    @contextmanager
    def open_badly() -> Iterator[None]:
        yield
        raise OSError("the stick is gone")

    runner = Runner(open_badly, "worker")
    with qtbot.waitSignal(runner.succeeded):
        runner.start(lambda _archive, _job: None, title="")
    runner.stop()
    assert "the stick is gone" in caplog.text


def test_brief_work_is_done_while_a_long_task_rests(runner: Runner, qtbot) -> None:
    begun = threading.Event()
    told: list[str] = []

    def long(archive: Any, job: Job) -> None:
        begun.set()
        while "second" not in done:
            job.check()
            job.rest()

    done: list[str] = []
    with qtbot.waitSignal(runner.idle):
        task = runner.start(long, title="long", on_done=lambda _: told.append("long"))
        begun.wait()
        for name in ("first", "second"):
            runner.start(
                lambda _archive, _job, name=name: done.append(name),
                title=name,
                on_done=lambda _, name=name: told.append(name),
                pace=Pace.BRIEF,
            )
    assert not task.job.cancelled
    assert done == ["first", "second"]
    assert told == ["first", "second", "long"]


def test_brief_work_does_not_overtake_what_waits_before_it(runner: Runner, qtbot) -> None:
    order: list[str] = []
    held = Held()

    def long(archive: Any, job: Job) -> None:
        held(archive, job)
        job.rest()
        order.append("long")

    with qtbot.waitSignal(runner.idle):
        runner.start(long, title="long")
        held.begun.wait()
        runner.start(lambda _archive, _job: order.append("other"), title="other")
        runner.start(lambda _archive, _job: order.append("brief"), title="brief", pace=Pace.BRIEF)
        held.let.set()
    assert order == ["long", "other", "brief"]


def test_a_brief_failure_in_a_rest_leaves_the_long_task_alone(runner: Runner, qtbot) -> None:
    failed: list[Exception] = []
    finished: list[object] = []

    def refuse(archive: Any, job: Job) -> None:
        raise Refused("Not so.")

    def long(archive: Any, job: Job) -> str:
        held(archive, job)
        job.rest()
        return "whole"

    held = Held()
    with qtbot.waitSignal(runner.idle):
        runner.start(long, title="long", on_done=finished.append)
        held.begun.wait()
        runner.start(refuse, title="brief", on_failed=failed.append, pace=Pace.BRIEF)
        held.let.set()
    assert [str(error) for error in failed] == ["Not so."]
    assert finished == ["whole"]


def test_a_question_for_later_lets_others_go_first_and_is_begun_again_when_set_aside(reader: Runner, qtbot) -> None:
    answered: list[str] = []
    begun = threading.Event()
    tries: list[int] = []

    def slowly(_archive: Any, job: Job) -> str:
        tries.append(1)
        begun.set()
        while len(tries) == 1:  # the first time until it is set aside
            job.check()
        return "later"

    reader.ask("later", slowly, answered.append, later=True)
    assert begun.wait(5)
    reader.ask("also later", lambda _archive, _job: "also later", answered.append, later=True)
    reader.ask("now", lambda _archive, _job: "now", answered.append)
    qtbot.waitUntil(lambda: len(answered) == 3)
    assert answered == ["now", "also later", "later"]
    assert len(tries) == 2
