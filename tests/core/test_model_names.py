"""Model names: what folding alone makes one, what only an alias can, and what must stay apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import Refused
from core.folding import fold
from core.vocabularies import Term, Vocabulary

MODELS = Vocabulary(
    [
        Term("hmmwv", "HMMWV", aliases=("Humvee", "M998", "Хамви", "هامفي", "悍马")),
        Term("brem1", "BREM-1 ARV", aliases=("BREM-1 armoured recovery vehicle", "БРЭМ-1")),
        Term("nona", "120mm 2S9 Nona", aliases=("2С9 «Нона»",)),
        Term("konkurs", "9M113 Konkurs", aliases=("9М113 «Конкурс»", "AT-5 Spandrel")),
        Term("m60.gun", "M60 machine gun", aliases=("M60",)),
        Term("m60.tank", "M60 tank", aliases=("M60",)),
    ],
    noun="weapon model",
)


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("9М131F", "9M131F"),  # the first with a Cyrillic М
        ("9М113 «Конкурс»", "9m113 конкурс"),
        ("9К32 „Стрела-2“", "9K32 Стрела 2"),
        ("АКМ", "AKM"),  # Cyrillic throughout
        ("М2НВ", "M2HB"),  # Cyrillic throughout
        ("Ѕ-300", "S-300"),  # a Macedonian Ѕ
        ("ΑΚΜ", "AKM"),  # Greek throughout
        ("BREM-1 ARV ", "BREM-1 ARV"),  # a trailing space
        ("\u00a0M 72\t", "M72"),
        ("120mm 2S9 Nona", "120 mm 2S9 “Nona”"),
        ("120-mm 2S9 'Nona'", "120MM 2s9 nona"),
        ("ГШ‑23", "Гш 23"),  # a non-breaking hyphen
        ("RPG‐7", "RPG−7"),  # a hyphen and a minus
        ("FN\u200bFAL", "FN FAL"),  # a space of no width
        ("7.62х39", "7.62×39"),  # a Cyrillic х and a multiplication sign
        ("٧٫٦٢", "7.62"),  # Arabic digits and their decimal sign
        ("۱۲٫۷", "12.7"),  # Persian digits
        ("هاون ١٢٠ ملم", "هاون 120ملم"),
        ("تانک تی\u200c-72", "تانك تي 72"),  # Persian letters, joined by nothing
        ("خمپارۀ ۸۱", "خمپاره 81"),
        ("ھاون", "هاون"),  # a Kurdish ha
        ("ہاون", "هاون"),  # an Urdu ha
        ("ﻛﻼﺷﻨﻜﻮف", "كلاشنكوف"),  # letter shapes, as old files keep them
        ("９Ｍ１３１Ｆ", "9M131F"),  # full width
        ("ＡＫ－４７", "AK-47"),
        ("５６式", "56式"),
        ("56 式\u3000步枪", "56式步枪"),
        ("「红旗」-2", "红旗-2"),
        ("《红旗》２", "“红旗” 2"),
        ("Steyr AUG （A3）", "Steyr AUG (A3)"),
        ("Type\u300056", "type 56"),
        ("Ⅿ60", "M60"),  # one character for a Roman thousand
    ],
)
def test_one_name_written_in_two_ways_folds_to_one(written: str, typed: str) -> None:
    assert fold(written) == fold(typed)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Humvee", "HMMWV"),
        ("HMMWV", "M998"),
        ("BREM-1 ARV", "BREM-1 armoured recovery vehicle"),
        ("armoured", "armored"),
        ("Mk II", "Mk 2"),
        ("Mk II", "Mk III"),
        ("M4/M16", "M4M16"),
        ("7.62", "762"),
        ("7.62", "7,62"),  # notes are searched by folds too, and there a comma is no point
        ("7.62x39", "7.62x39R"),
        ("RPG-7", "RPG-7V"),
        ("T-72B3", "Т-72Б3"),  # Cyrillic Б looks like no Latin letter
        ("Steyr AUG (A3)", "Steyr AUG A3"),
        ("O-25", "0-25"),  # a letter and a digit: markings call that nearly
        ("تانک", "تانگ"),
    ],
)
def test_what_is_not_written_alike_is_a_matter_of_aliases(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("humvee", "hmmwv"),
        ("M 998", "hmmwv"),
        ("ХАМВИ", "hmmwv"),
        ("هامفى", "hmmwv"),  # alef maqsura for ya
        ("悍马", "hmmwv"),
        ("Hmmwv ", "hmmwv"),
        ("brem1 armoured recovery-vehicle", "brem1"),
        ("БРЭМ 1", "brem1"),
        ("120 MM 2S9 NONA", "nona"),
        ("2C9 Нона", "nona"),  # a Latin C
        ("9M113 Конкурс", "konkurs"),
    ],
)
def test_a_model_is_found_by_any_of_its_names_however_written(typed: str, code: str) -> None:
    assert MODELS.resolve(typed).code == code
    assert MODELS.suggest(typed)[0].term.code == code


def test_a_name_that_two_models_share_merges_neither() -> None:
    with pytest.raises(Refused, match=r"“m-60” can mean M60 machine gun \(m60\.gun\) or M60 tank \(m60\.tank\)"):
        MODELS.resolve("m-60")
    assert [found.term.code for found in MODELS.suggest("M60")] == ["m60.gun", "m60.tank"]


@given(st.sampled_from([text for term in MODELS for text in term.texts]), st.data())
def test_spaces_hyphens_and_quotes_anywhere_change_nothing(name: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(name)))
    added = data.draw(st.text(" -–‑_'\"«»“”「」\u200b\u00a0\u3000", max_size=4))
    assert fold(name[:at] + added + name[at:]) == fold(name)
