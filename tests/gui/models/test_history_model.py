"""The history as rows."""

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, Qt

from core.records import ImageId, Step
from gui import operations
from gui.models import history_model
from gui.models.history_model import UNDONE_ROLE, HistoryModel, undone
from gui.session import Session


def step(name: str, undoes: str | None = None) -> Step:
    return Step(name, 1, 1, name, "Test", "2026-01-01T00:00:00Z", undoes)


def test_a_step_taken_back_is_undone_and_done_again_is_not() -> None:
    assert undone([step("u", "b"), step("b"), step("a")]) == {"b"}
    assert undone([step("r", "u"), step("u", "b"), step("b"), step("a")]) == {"u"}
    assert undone([step("u2", "r"), step("r", "u"), step("u", "b"), step("b")]) == {"r", "b"}


def labels(model: HistoryModel) -> list[str]:
    return [model.index(row).data() for row in range(model.rowCount())]


def test_new_steps_come_on_top_and_undone_ones_are_marked(session: Session, settled: Callable[[Session], None]) -> None:
    model = HistoryModel(session)
    settled(session)
    before = labels(model)
    operations.set_status(session, [ImageId(1)], "reviewed")
    settled(session)
    operations.undo(session)
    settled(session)
    assert labels(model) == ["Undo: Status reviewed: 1 image", "Status reviewed: 1 image", *before]
    assert [model.index(row).data(UNDONE_ROLE) for row in range(3)] == [False, True, False]
    assert "undone" in model.index(1).data(Qt.ItemDataRole.AccessibleTextRole)


def test_older_steps_come_when_they_are_scrolled_to(
    session: Session, settled: Callable[[Session], None], monkeypatch
) -> None:
    monkeypatch.setattr(history_model, "PAGE", 3)
    for number in range(5):
        operations.set_image_notes(session, ImageId(1), f"note {number}")
    settled(session)
    model = HistoryModel(session)
    settled(session)
    assert model.rowCount() == 3
    while model.canFetchMore(QModelIndex()):
        model.fetchMore(QModelIndex())
        settled(session)
    assert labels(model)[:5] == ["Notes on an image"] * 5
    assert labels(model)[-1] == "Create archive"
    assert len(labels(model)) == len(
        {model.index(row).data(history_model.STEP_ROLE).uuid for row in range(model.rowCount())}
    )


def test_closing_the_archive_empties_it(session: Session, settled: Callable[[Session], None]) -> None:
    model = HistoryModel(session)
    settled(session)
    assert model.rowCount()
    session.close()
    assert model.rowCount() == 0
