"""Groups by hand in the window: images joined by a key, and what the Relations tab says and does of their group."""

from collections.abc import Callable
from itertools import combinations
from typing import Any

import pytest
from PySide6.QtCore import Qt

from core import duplicates, looking
from core.archive import Archive
from core.duplicates import Group
from core.records import ImageId, Match, Query
from core.store import cache
from core.store.connection import transaction
from gui import operations
from gui.session import Session
from gui.views.inspector_relations import RelationsTab
from gui.window import MainWindow

Ask = Callable[[Callable[[Archive], Any]], Any]
Settled = Callable[[Session], None]
CTRL = Qt.KeyboardModifier.ControlModifier


def sha_of(ask: Ask, image_id: int) -> str:
    (member,) = ask(lambda archive: looking.members(archive, [ImageId(image_id)]))
    return str(member.sha256)


def pair_of(ask: Ask, one: int, other: int) -> tuple[str, str]:
    first, second = sorted((sha_of(ask, one), sha_of(ask, other)))
    return first, second


def find(archive: Archive, match: Match) -> None:
    with transaction(archive.db):
        cache.add_matches(archive.db, [match])


def group(ask: Ask, image_id: int) -> Group:
    found: Group = ask(lambda archive: duplicates.group_of(archive, ImageId(image_id)))
    return found


@pytest.fixture
def joined(window: MainWindow, settled: Settled, qtbot) -> RelationsTab:
    """All seven images joined by their key; the tab shows the first."""
    window.desk.browser.grid.setFocus()
    qtbot.keyClick(window.desk.browser.grid, Qt.Key.Key_A, CTRL)
    qtbot.keyClick(window.desk.browser.grid, Qt.Key.Key_J, CTRL)
    settled(window.session)
    window.desk.browser.grid.clearSelection()
    window.desk.browser.grid.set_current_id(1)
    window.desk.inspector.tabs.setCurrentIndex(2)
    settled(window.session)
    return window.desk.inspector.relations


def test_selected_images_are_joined_by_a_key_and_parted_by_undo(
    window: MainWindow, joined: RelationsTab, settled: Settled, ask: Ask
) -> None:
    assert len(group(ask, 1).images) == 7
    assert window.session.state.undo_label == "Join 7 images: same picture"
    operations.undo(window.session)
    settled(window.session)
    assert len(group(ask, 1).images) == 1


def test_joining_asks_for_two_images(window: MainWindow) -> None:
    assert not window.commands.by_name["join"].isEnabled()
    window.desk.browser.grid.selectAll()
    assert window.commands.by_name["join"].isEnabled()
    window.desk.browser.grid.clearSelection()
    assert not window.commands.by_name["join"].isEnabled()


def test_a_row_leads_to_its_image_also_where_that_was_not_looked_for(
    window: MainWindow, joined: RelationsTab, settled: Settled, qtbot
) -> None:
    session, grid = window.session, window.desk.browser.grid
    names = {one.other.image_id: one.other.name for one in joined.rows}
    session.set_query(Query((names[ImageId(1)],)))
    settled(session)
    grid.set_current_id(1)
    settled(session)
    assert window.desk.browser.model.row_of(2) is None
    row = next(row for row in joined.rows if row.other.image_id == 2)
    qtbot.mouseClick(row, Qt.MouseButton.LeftButton)
    settled(session)
    assert (session.current, session.selection, grid.current_id()) == (2, (2,), 2)


def test_each_row_says_on_what_it_hangs_and_why(joined: RelationsTab) -> None:
    words = [row.accessibleName() for row in joined.rows[:7]]
    assert len([one for one in words if "same picture as this image · by hand" in one]) == 6
    assert len([one for one in words if "stands for the group" in one]) == 1


def test_another_image_is_chosen_to_stand_and_the_choice_given_back(
    window: MainWindow, joined: RelationsTab, settled: Settled, ask: Ask, qtbot
) -> None:
    proposed = group(ask, 1).images[0]
    qtbot.mouseClick(joined.stands_for[3], Qt.MouseButton.LeftButton)
    settled(window.session)
    chosen = group(ask, 1).images[0]
    assert chosen != proposed
    assert "stands for the group, chosen by " in joined.rows[0].accessibleName()
    assert [button.isChecked() for button in joined.stands_for] == [True] + [False] * 6
    qtbot.mouseClick(joined.stands_for[0], Qt.MouseButton.LeftButton)
    settled(window.session)
    assert group(ask, 1).images[0] == proposed
    assert not any(button.isChecked() for button in joined.stands_for)


def test_an_image_that_does_not_belong_leaves_by_its_button(
    window: MainWindow, joined: RelationsTab, settled: Settled, ask: Ask, qtbot
) -> None:
    place = next(place for place, row in enumerate(joined.rows) if row.other.image_id not in (None, 1))
    leaving = joined.rows[place].other.image_id
    assert leaving is not None
    qtbot.mouseClick(joined.does_not_belong[place], Qt.MouseButton.LeftButton)
    settled(window.session)
    assert len(group(ask, 1).images) == 6
    assert group(ask, leaving).images == (leaving,)
    (verdict,) = [one for one in ask(duplicates.decided) if one.kind == "not_related"]
    assert sha_of(ask, leaving) in (verdict.from_sha256, verdict.to_sha256)


def test_pairs_that_were_decided_apart_are_named_where_others_join_them(
    window: MainWindow, joined: RelationsTab, settled: Settled, ask: Ask
) -> None:
    operations.decide(
        window.session, from_sha256=sha_of(ask, 2), to_sha256=sha_of(ask, 3), verdict="not_related", evidence=""
    )
    settled(window.session)
    subject = joined._subject
    assert subject is not None
    assert len(subject.apart) == 1
    assert subject.joined_count == 14


def test_a_pair_that_was_found_alike_is_no_chain(
    window: MainWindow, joined: RelationsTab, settled: Settled, ask: Ask
) -> None:
    subject = joined._subject
    assert subject is not None
    far = next(pair for pair in combinations(range(1, 8), 2) if pair_of(ask, *pair) in group(ask, 1).links.missing())
    match = Match(*pair_of(ask, *far), "crop", None)
    window.session.write("Find", lambda archive, _: find(archive, match))
    window.desk.browser.grid.set_current_id(2)
    settled(window.session)
    assert joined._subject is not None
    assert joined._subject.joined_count == subject.joined_count - 1


def test_a_chain_is_told_as_a_chain(window: MainWindow, joined: RelationsTab, settled: Settled, ask: Ask) -> None:
    hub = group(ask, 1).links
    (first,) = {a for a, _ in hub.direct} & {b for pair in hub.direct[1:] for b in pair} & set(hub.direct[0])
    end = next(number for number in range(1, 8) if sha_of(ask, number) != first)
    window.desk.browser.grid.set_current_id(end)
    settled(window.session)
    words = [row.accessibleName() for row in joined.rows[:7]]
    assert len([one for one in words if "same picture as this image" in one]) == 1
    assert len([one for one in words if "same picture as " in one and "this image" not in one]) == 5
