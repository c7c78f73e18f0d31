"""The table of counts, its rule, and the way from a row to its images."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from core.records import Filter, ImageId, Query
from core.tagging import Tag
from gui import operations
from gui.session import Session
from gui.style import Appearance
from gui.views.counts import CountsView

Settled = Callable[[Session], None]


@pytest.fixture
def counts(session: Session, settled: Settled, appearance: Appearance, qtbot) -> CountsView:
    """Counts of an archive in which images 1 to 3 show rifles and image 4 a tank, two of them made in Hungary."""
    for ids, said in (
        ([1, 2], Tag(type="SA.RIF.AUT", manufacture="HUN")),
        ([3], Tag(type="SA.RIF.SNI", design="SUHH")),
        ([4], Tag(type="VH.TNK")),
    ):
        operations.tag(session, [ImageId(image_id) for image_id in ids], said)
    settled(session)
    view = CountsView(session)
    qtbot.addWidget(view)
    view.resize(900, 600)
    view.show()
    settled(session)
    return view


def rows(view: CountsView) -> list[tuple[str, str]]:
    model = view.model
    return [(model.index(row, 0).data(), model.index(row, 1).data()) for row in range(model.rowCount())]


def choose(view: CountsView, by: str, unit: str) -> None:
    view.by.setCurrentIndex(view.by.findData(by))
    view.unit.setCurrentIndex(view.unit.findData(unit))


def test_types_count_what_is_under_them_and_the_rule_says_so(counts: CountsView) -> None:
    assert rows(counts) == [
        ("Small arms", "3"),
        ("Rifle", "3"),
        ("assault / selective-fire rifle", "2"),
        ("sniper / marksman rifle", "1"),
        ("Vehicles", "1"),
        ("battle tank", "1"),
    ]
    assert "Counted: pictures by weapon type." in counts.rule.text()
    assert counts.rule.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByMouse


def test_another_question_is_answered_and_the_old_figures_go_at_once(
    counts: CountsView, session: Session, settled: Settled
) -> None:
    choose(counts, "manufacture", "sightings")
    assert rows(counts) == []
    assert "pictures by weapon type" not in counts.rule.text()
    settled(session)
    assert rows(counts) == [("Hungary", "2"), ("not recorded", "2")]
    assert "Counted: sightings by country of manufacture." in counts.rule.text()


def test_a_new_tag_is_counted_while_one_looks(counts: CountsView, session: Session, settled: Settled) -> None:
    operations.tag(session, [ImageId(5)], Tag(type="VH.TNK"))
    settled(session)
    assert rows(counts)[-1] == ("battle tank", "2")


def test_only_what_is_looked_for_is_counted_if_one_wants(
    counts: CountsView, session: Session, settled: Settled
) -> None:
    session.set_query(Query(filters=(Filter("manufacture", "HUN"),)))
    settled(session)
    assert rows(counts)[0] == ("Small arms", "3")
    counts.of_search.click()
    settled(session)
    assert rows(counts)[0] == ("Small arms", "2")
    assert "country:HUN" in counts.rule.text()


def test_a_double_click_looks_for_the_images_of_a_row(
    counts: CountsView, session: Session, settled: Settled, qtbot
) -> None:
    place = counts.table.visualRect(counts.model.index(2, 0)).center()
    qtbot.mouseClick(counts.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    with qtbot.waitSignal(counts.value_opened):
        qtbot.mouseDClick(counts.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert session.query == Query(filters=(Filter("type", "SA.RIF.AUT"),))


def test_enter_does_the_same_and_what_nobody_said_leads_nowhere(
    counts: CountsView, session: Session, settled: Settled, qtbot
) -> None:
    choose(counts, "manufacture", "sightings")
    settled(session)
    counts.table.setCurrentIndex(counts.model.index(1, 0))
    qtbot.keyClick(counts.table, Qt.Key.Key_Return)
    assert session.query == Query()
    counts.table.setCurrentIndex(counts.model.index(0, 0))
    qtbot.keyClick(counts.table, Qt.Key.Key_Return)
    assert session.query == Query(filters=(Filter("manufacture", "HUN"),))


def test_the_copied_table_carries_its_rule(counts: CountsView, qtbot) -> None:
    qtbot.mouseClick(counts.copy, Qt.MouseButton.LeftButton)
    text = QGuiApplication.clipboard().text()
    assert text.splitlines()[:2] == ["Weapon type\tpictures", "Small arms\t3"]
    assert counts.rule.text() in text


def test_an_archive_without_tags_says_what_to_do(
    session: Session, settled: Settled, appearance: Appearance, qtbot
) -> None:
    view = CountsView(session)
    qtbot.addWidget(view)
    view.show()
    settled(session)
    assert not view.table.isVisible()
    assert not view.copy.isEnabled()
    assert "covered" in view.rule.text()
