"""What is said of several images at once is told together."""

import pytest

from core import capturing, describing, sourcing
from core.archive import Archive
from core.errors import Refused
from core.records import ImageId
from tests.core.filling import add_image, dump

ALL = [ImageId(1), ImageId(2), ImageId(3)]


def test_the_values_of_several_images_are_told_each_once(new: Archive) -> None:
    with new.action("Stock"):
        for number in ALL:
            add_image(new, number)
    describing.describe(new, ALL[:2], {"date": "2014", "caption": "Parade"})
    describing.describe(new, ALL[1:], {"kind": "scan", "latitude_e7": 1, "longitude_e7": 2})
    describing.mark_sensitive(new, ALL[:2], "witness_risk")
    found = describing.described(new, ALL)
    assert found.total == 3
    assert (found.values["date"], found.values["caption"]) == (("2014", ""), ("Parade", ""))
    assert (found.values["kind"], found.values["latitude_e7"]) == (("", "scan"), (None, 1))
    assert found.values["holder"] == ("",)
    assert found.sensitive == {"witness_risk": 2}


def test_an_image_that_is_gone_is_refused_in_words(new: Archive) -> None:
    with new.action("Stock"):
        add_image(new, 1)
    source = sourcing.add(new, {"account": "@arms"})
    before = dump(new)
    for attempt in (
        lambda: describing.describe(new, ALL[:2], {"caption": "Parade"}),
        lambda: describing.mark_sensitive(new, ALL[:2], "witness_risk"),
        lambda: capturing.put_under(new, ALL[:2], source),
    ):
        with pytest.raises(Refused, match="Not all of these images"):
            attempt()
    assert dump(new) == before
