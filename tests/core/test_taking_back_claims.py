"""Taking back what was said in a claim: one's own words alone, and as they could be said now."""

from dataclasses import replace

import pytest

from core import identifying, reviewing, tagging
from core.archive import Archive
from core.claims import LookAlike
from core.errors import Refused
from core.record_history import Kind
from core.records import ImageId
from core.tagging import Tag
from tests.core.changes_of_images import claim_of, newest, sighting_of, take_back
from tests.core.filling import add_image, dump


@pytest.fixture
def ids(new: Archive) -> list[ImageId]:
    """An image that Ada has tagged."""
    with new.action("Import an image"):
        found = [add_image(new, 0)]
    tagging.tag(
        new, found[:1], Tag("SA.PIS", manufacture="HUN", certainty="probable", details={"condition": "damaged"})
    )
    return found


def test_what_somebody_else_said_is_not_set_back(new: Archive, ids: list[ImageId]) -> None:
    tagging.set_certainty(new, [sighting_of(new, ids[0]).id], "possible")
    excluded = replace(claim_of(new, ids[0]), look_alikes=(LookAlike("ak-63", "a rifle"),))
    identifying.change(new, excluded)
    changes = [
        newest(new, ids[0], "identification of sighting 1: certainty"),
        newest(new, ids[0], "identification", Kind.ADDED),
        newest(new, ids[0], "look-alike", Kind.ADDED),
    ]
    identifying.change(new, replace(excluded, look_alikes=()))
    changes.append(newest(new, ids[0], "look-alike", Kind.REMOVED))
    identifying.change(new, excluded)
    before = dump(new)
    new.actor = "Ben"
    for change in (changes[0], newest(new, ids[0], "look-alike", Kind.ADDED), changes[3]):
        with pytest.raises(Refused, match="This is what Ada said"):
            take_back(new, change)
    assert dump(new) == before


def test_what_a_claim_excludes_goes_and_comes_back_with_its_checks(new: Archive, ids: list[ImageId]) -> None:
    said = replace(claim_of(new, ids[0]), look_alikes=(LookAlike("ak-63", "a rifle"),))
    identifying.change(new, said)
    reviewing.decide(new, said.id, "confirm")
    take_back(new, newest(new, ids[0], "look-alike", Kind.ADDED))
    assert claim_of(new, ids[0]).look_alikes == ()
    assert [one.decision for one in reviewing.standing(new, said.id)] == ["confirm"]
    new.undo()
    assert claim_of(new, ids[0]) == said
    reviewing.withdraw(new, said.id)
    identifying.change(new, replace(said, look_alikes=()))
    gone = newest(new, ids[0], "look-alike", Kind.REMOVED)
    take_back(new, gone)
    assert claim_of(new, ids[0]).look_alikes == said.look_alikes
    with pytest.raises(Refused, match="there again already"):
        take_back(new, gone)
    identifying.change(new, replace(claim_of(new, ids[0]), type="SA.RIF.AUT", model="ak-63", look_alikes=()))
    with pytest.raises(Refused, match="claimed and excluded at once"):
        take_back(new, newest(new, ids[0], "look-alike", Kind.REMOVED))


def test_the_type_goes_back_with_the_model_that_brought_it(new: Archive, ids: list[ImageId]) -> None:
    first = claim_of(new, ids[0])
    identifying.change(new, replace(first, type="SA.RIF.AUT"))
    rifle = newest(new, ids[0], "identification of sighting 1: type")
    tagging.tag(new, ids[:1], Tag(model="ak-63"), onto=[sighting_of(new, ids[0]).id])
    before = dump(new)
    with pytest.raises(Refused, match="AK-63"):
        take_back(new, rifle)
    assert dump(new) == before
    identifying.change(new, replace(claim_of(new, ids[0]), type="SA.PIS", model="", level="type", calibre=""))
    take_back(new, newest(new, ids[0], "identification of sighting 1: type"))
    held = claim_of(new, ids[0])
    assert (held.type, held.model, held.level) == ("SA.RIF.AUT", "ak-63", "model")
