"""Details by the tag line: bases, quantities, serials, new terms, what is suggested, what is aimed at."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt

from core import looking, reading_markings
from core.archive import Archive
from core.records import ImageId
from gui.session import Session
from gui.views.tag_line import TagLine
from tests.core.library import add_models
from tests.gui.views.entering import enter, weapons

Ask = Callable[[Callable[[Archive], Any]], Any]
Settled = Callable[[Session], None]
ALT, CTRL, SHIFT = (
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
)


def test_what_is_typed_after_a_weapon_goes_onto_it(
    line: TagLine, rest: Callable[[], None], session: Session, ask: Ask, qtbot
) -> None:
    session.select([1])
    for text in ("revolver", "battle tank", ">=3", "s: 12?45", "context: held", "poland"):
        enter(line, qtbot, text)
    rest()
    (found,) = ask(lambda archive: looking.summaries(archive, [ImageId(1)]))
    revolver, tank = found.sightings
    assert (revolver.quantity, revolver.context, revolver.origins) == (None, "", ())
    assert (tank.quantity, tank.quantity_basis, tank.context) == (3, "at_least", "held")
    assert tank.countries("manufacture") == ("POL",)
    serials = ask(lambda archive: [one.marking.text for one in reading_markings.find_markings(archive, "12?45")])
    assert serials == ["12?45"]
    assert line.told.text() == "Tagged 1 image: made in Poland"


def test_a_basis_is_one_key_and_begins_with_what_the_user_set(
    line: TagLine, rest: Callable[[], None], session: Session, ask: Ask, qtbot
) -> None:
    session.select([1])
    enter(line, qtbot, "revolver")
    qtbot.keyClick(line.line, Qt.Key.Key_7, ALT)
    enter(line, qtbot, "poland")
    rest()
    assert line.basis.text() == "by silhouette"
    (found,) = ask(lambda archive: looking.summaries(archive, [ImageId(1)]))
    (sighting,) = found.sightings
    assert [claim.bases for claim in (sighting.identification, *sighting.origins)] == [("silhouette",)] * 2
    line.leave()
    session.change_settings(default_basis="expert_opinion")
    line.start()
    assert line.basis.accessibleName() == "Basis: expert opinion"
    wide = line.basis.width()
    line.basis.show_basis("")
    assert line.basis.width() == wide
    assert line.minimumSizeHint().width() <= 1024 - 2 * 240, "the narrowest window has room for both panels"
    session.select([2])
    enter(line, qtbot, "revolver")
    rest()
    (found,) = ask(lambda archive: looking.summaries(archive, [ImageId(2)]))
    assert found.sightings[0].identification.bases == ("expert_opinion",)


def test_a_term_is_made_after_a_question_and_said_at_once(
    line: TagLine, rest: Callable[[], None], session: Session, ask: Ask, qtbot
) -> None:
    session.select([1, 2])
    qtbot.keyClicks(line.line, "h: Third Brigade")
    before = ask(lambda archive: archive.generation)
    qtbot.keyClick(line.line, Qt.Key.Key_Return, SHIFT)
    assert line.offers.highlighted.words == "Create the holder “Third Brigade”: press Shift+Enter again"
    qtbot.keyClick(line.line, Qt.Key.Key_Return)
    rest()
    assert ask(lambda archive: archive.generation) == before
    assert "Shift+Enter" in line.told.toolTip()
    qtbot.keyClick(line.line, Qt.Key.Key_Return, SHIFT)
    rest()
    steps = ask(lambda archive: [step.label for step in archive.history(limit=2)])
    assert steps == ["Describe 2 images: holder Third Brigade", "Add holder “Third Brigade”"]
    assert [chip.shown.words for chip in line.values.chips] == ["holder: Third Brigade"]
    enter(line, qtbot, "third")
    rest()
    assert ask(lambda archive: archive.generation) == before + 2


def test_where_no_term_can_be_made_the_line_says_so(line: TagLine, qtbot) -> None:
    qtbot.keyClicks(line.line, "m: Atlantis")
    qtbot.keyClick(line.line, Qt.Key.Key_Return, SHIFT)
    assert line.told.toolTip() == "No term can be made of “m: Atlantis” here."


def test_what_follows_from_the_model_is_one_key_away_and_never_said_by_itself(
    line: TagLine, rest: Callable[[], None], session: Session, said, qtbot
) -> None:
    session.select([1])
    session.write("Models", lambda archive, _job: add_models(archive))
    rest()
    enter(line, qtbot, "akm")
    qtbot.waitUntil(lambda: len(line.suggested_row.chips) == 3)
    words = [(chip.offer.words, chip.offer.hint) for chip in line.suggested_row.chips]
    assert words == [
        ("made in Hungary", "from the model, unchecked"),
        ("made in Soviet Union", "from the model, unchecked"),
        ("designed in Soviet Union", "from the model"),
    ]
    assert said(1) == [("SA.RIF.AUT", None, None, "unknown")]
    qtbot.keyClick(line.line, Qt.Key.Key_A, ALT)
    qtbot.waitUntil(lambda: len(line.suggested_row.chips) == 1)
    rest()
    assert said(1) == [("SA.RIF.AUT", None, "HUN", "unknown")]
    qtbot.keyClick(line.line, Qt.Key.Key_Down)
    assert line.offers.highlighted.words == "designed in Soviet Union"
    qtbot.mouseClick(line.suggested_row.chips[0], Qt.MouseButton.LeftButton)
    rest()
    assert said(1) == [("SA.RIF.AUT", "SUHH", "HUN", "unknown")]
    assert line.line.hasFocus()


def test_what_is_aimed_at_is_tagged_until_another_image_is_chosen(
    line: TagLine, rest: Callable[[], None], session: Session, ask: Ask, qtbot
) -> None:
    session.select([1])
    session.look_at(1)
    enter(line, qtbot, "revolver")
    enter(line, qtbot, "battle tank")
    rest()
    (found,) = ask(lambda archive: looking.summaries(archive, [ImageId(1)]))
    line.tagger.aim_at(ImageId(1), found.sightings[0].id)
    enter(line, qtbot, "poland")
    enter(line, qtbot, "assault")
    qtbot.keyClick(line.line, Qt.Key.Key_2, ALT)
    rest()
    assert weapons(ask, 1) == [("SA.RIF.AUT", None, "POL", "probable"), ("VH.TNK", None, None, "unknown")]
    session.select([2])
    enter(line, qtbot, "iraq")
    rest()
    assert weapons(ask, 2) == [(None, None, "IRQ", "")]


def test_ctrl_enter_gives_what_is_typed_says_ready_for_review_and_goes_on(
    line: TagLine, rest: Callable[[], None], session: Session, ask: Ask, qtbot
) -> None:
    session.select([1])
    qtbot.keyClicks(line.line, "revolver")
    with qtbot.waitSignal(line.next_wanted):
        qtbot.keyClick(line.line, Qt.Key.Key_Return, CTRL)
    rest()
    assert weapons(ask, 1) == [("SA.REV", None, None, "unknown")]
    assert ask(lambda archive: looking.summaries(archive, [ImageId(1)])[0].status) == "ready_for_review"
