"""The values of several images: by facet, ticked by all, some or none, and changed by one key."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest
from PySide6.QtCore import Qt

from core import describing, tagging
from core.archive import Archive
from core.records import ImageId
from core.tagging import Tag
from gui.models.selection_values import SelectionValues
from gui.session import Session
from gui.style import Appearance
from gui.views.inspector_tags import TagsTab
from gui.views.value_lines import ValueLine

Ask = Callable[[Callable[[Archive], Any]], Any]
SOME, ALL, NONE = Qt.CheckState.PartiallyChecked, Qt.CheckState.Checked, Qt.CheckState.Unchecked


def said(archive: Archive) -> None:
    tagging.tag(archive, [ImageId(1), ImageId(2)], Tag(type="SA.REV", manufacture="POL", details={"context": "held"}))
    tagging.tag(archive, [ImageId(3)], Tag(type="SA.REV"))
    describing.give(archive, [ImageId(1)], "seen_in", "IRQ")


@pytest.fixture
def tab(session: Session, settled, appearance: Appearance, qtbot) -> Iterator[TagsTab]:
    """The tab for images 1 to 3."""
    session.write("Say", lambda archive, _job: said(archive))
    settled(session)
    values = SelectionValues(session)
    made = TagsTab(session, values)
    values.changed.connect(made.show_many)
    qtbot.addWidget(made)
    made.resize(300, 600)
    made.show()
    session.select([1, 2, 3])
    values.watch(watching=True)
    settled(session)
    made.activateWindow()
    yield made
    made.close()


@pytest.fixture
def rest(session: Session, settled) -> Callable[[], None]:
    return partial(settled, session)


def row(tab: TagsTab, facet: str) -> ValueLine:
    return next(one for one in tab.values.rows if one.shown.value.facet == facet)


def test_values_stand_under_their_facets_and_say_how_many_have_them(tab: TagsTab) -> None:
    headings = [heading.text() for heading in tab.values.headings]
    assert headings == ["Weapon type", "Country of manufacture", "Context", "Country where seen"]
    states = {one.shown.value.facet: (one.shown.share, one.box.checkState()) for one in tab.values.rows}
    assert states == {
        "type": ("all 3", ALL),
        "manufacture": ("2 of 3", SOME),
        "context": ("2 of 3", SOME),
        "seen_in": ("1 of 3", SOME),
    }


def test_space_on_a_value_of_some_gives_it_to_the_others_in_one_step(
    tab: TagsTab, rest: Callable[[], None], session: Session, qtbot
) -> None:
    box = row(tab, "manufacture").box
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_Space)
    rest()
    assert row(tab, "manufacture").box.checkState() is ALL
    assert row(tab, "manufacture").box.hasFocus()
    assert session.state.undo_label == "Tag 1 image: made in Poland"


def test_a_value_of_the_images_as_wholes_is_given_to_the_others_too(
    tab: TagsTab, rest: Callable[[], None], ask: Ask, qtbot
) -> None:
    qtbot.mouseClick(row(tab, "seen_in").add, Qt.MouseButton.LeftButton)
    rest()
    assert ask(lambda archive: describing.description(archive, ImageId(3)).country) == "IRQ"


def test_what_was_taken_away_from_all_can_be_given_again_until_others_are_selected(
    tab: TagsTab, rest: Callable[[], None], session: Session, qtbot
) -> None:
    qtbot.keyClick(row(tab, "type").box, Qt.Key.Key_Space)
    rest()
    gone = row(tab, "type")
    assert (gone.shown.share, gone.box.checkState(), gone.remove.isEnabled()) == ("0 of 3", NONE, False)
    qtbot.keyClick(gone.box, Qt.Key.Key_Space)
    rest()
    assert row(tab, "type").shown.share == "all 3"
    qtbot.keyClick(row(tab, "context").box, Qt.Key.Key_Space)
    rest()
    qtbot.keyClick(row(tab, "context").box, Qt.Key.Key_Space)
    rest()
    assert row(tab, "context").box.checkState() is NONE
    session.select([1, 2])
    rest()
    assert "context" not in {one.shown.value.facet for one in tab.values.rows}
