"""One identification out of two: whose it is, what it says, and which combinations contradict themselves."""

from typing import Any

import pytest

from core.archive import Archive
from core.blind_coding.joining_identifications import JOINED, Side, joined
from core.claims import Identification
from core.errors import Refused
from tests.core.library import add_models

RIFLE, AUTOMATIC = "SA.RIF", "SA.RIF.AUT"
ADA = Identification(AUTOMATIC, "akm", "model", calibre="7.62×39 mm", certainty="probable", author="Ada")
BEN = Identification(RIFLE, certainty="certain", features="curved magazine", author="Ben")
M2 = Identification("LW.MG.H", "m2", "model", certainty="possible", author="Ben")


@pytest.fixture
def models(new: Archive) -> Archive:
    """An archive with a small library."""
    add_models(new)
    return new


def join(
    archive: Archive, ada: Identification | None, ben: Identification | None, *, from_ben: tuple[str, ...]
) -> tuple[Side, Identification | None]:
    """Follow Ben in these fields and Ada in the others."""
    chosen: dict[str, Side] = {field: "second" if field in from_ben else "first" for field in JOINED}
    return joined(archive, {"first": ada, "second": ben}, chosen)


@pytest.mark.parametrize(
    ("from_ben", "side", "said"),
    [
        ((), "first", {"author": "Ada", "model": "akm", "calibre": "7.62×39 mm", "certainty": "probable"}),
        (JOINED, "second", {"author": "Ben", "model": "", "features": "curved magazine", "certainty": "certain"}),
        (("certainty",), "first", {"author": "Ada", "model": "akm", "type": AUTOMATIC, "certainty": "certain"}),
        (("type",), "first", {"author": "Ada", "model": "akm", "type": RIFLE, "level": "model"}),
        (
            ("model", "level"),
            "first",
            {"author": "Ada", "model": "", "type": AUTOMATIC, "calibre": "", "level": "type"},
        ),
        (("model", "level", "type"), "second", {"author": "Ben", "type": RIFLE, "certainty": "probable"}),
    ],
)
def test_it_is_the_claim_of_who_is_followed_in_the_model_or_the_type(
    models: Archive, from_ben: tuple[str, ...], side: Side, said: dict[str, Any]
) -> None:
    lead, claim = join(models, ADA, BEN, from_ben=from_ben)
    assert lead == side
    assert {name: getattr(claim, name) for name in said} == said


@pytest.mark.parametrize(
    ("ben", "from_ben", "words"),
    [
        (M2, ("type",), "AKM is of the type “assault / selective-fire rifle”, not “heavy machine gun”"),
        (M2, ("model",), "M2 is of the type “heavy machine gun”"),
        (BEN, ("level",), "Who names AKM got further"),
        (BEN, ("model",), "needs a model"),
        (Identification("UNK", level="none"), ("level", "model"), "does not go with the type"),
        (None, ("type", "model"), "does not say what it is"),
    ],
)
def test_what_contradicts_itself_is_refused(
    models: Archive, ben: Identification | None, from_ben: tuple[str, ...], words: str
) -> None:
    with pytest.raises(Refused, match=words):
        join(models, ADA, ben, from_ben=from_ben)


def test_a_variant_is_reached_by_its_own_level_alone(models: Archive) -> None:
    ada = Identification(AUTOMATIC, "akm", "variant", variant="AKMS", author="Ada")
    ben = Identification(AUTOMATIC, "akm", "model", author="Ben")
    with pytest.raises(Refused, match="names its variant “AKMS” too"):
        join(models, ada, Identification(AUTOMATIC, "ak", "family", author="Ben"), from_ben=("level",))
    assert join(models, ada, ben, from_ben=("level",)) == ("second", ben)


def test_a_model_brings_its_type_where_nobody_else_says_one(models: Archive) -> None:
    lead, claim = join(models, ADA, None, from_ben=("type", "level", "certainty"))
    assert (lead, claim) == ("first", Identification(AUTOMATIC, "akm", "model", calibre=ADA.calibre, author="Ada"))


def test_following_who_says_nothing_claims_nothing(models: Archive) -> None:
    assert join(models, ADA, None, from_ben=JOINED)[1] is None
