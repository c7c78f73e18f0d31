"""Claims in words: that what the library knows of a model is told apart from what somebody says."""

import pytest

from core.claims import Identification
from core.vocabularies import Term, Vocabulary
from gui.models.claim_sentences import more_words

CALIBRES = {"calibre": ".50 BMG | .50 AE", "checked_calibre": ".50 BMG"}
MODELS = Vocabulary((Term("m2", "M2", attributes=CALIBRES), Term("own", "Own make")))


@pytest.mark.parametrize(
    ("claim", "words"),
    [
        (Identification("LW.MG.H", "m2"), "calibre of the model, not claimed: .50 BMG, .50 AE (unchecked)"),
        (Identification("LW.MG.H", "m2", calibre=".50 AE"), "calibre: .50 AE"),
        (Identification("LW.MG.H", "own"), ""),
        (Identification("LW.MG.H"), ""),
    ],
)
def test_a_calibre_of_the_library_is_not_told_as_claimed(claim: Identification, words: str) -> None:
    assert more_words(claim, {"weapon_model": MODELS}) == words
