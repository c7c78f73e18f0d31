"""Folding: what an analyst types finds what another analyst wrote."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.folding import fold, fold_words


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("9М131F", "9M131F"),  # the first with a Cyrillic М
        ("АК-47", "ak47"),  # Cyrillic А and К
        ("ΑΚ–47", "AK 47"),  # Greek Α and Κ, an en dash
        ("120mm 2S9 Nona", "120 mm 2S9 “Nona” "),
        ("M60 ", "m-60"),
        ("Mi‑24", "MI 24"),  # a non-breaking hyphen
        ("sub-machine gun", "submachine gun"),
        ("IMG_2014", "img 2014"),
        ("7.62×39", "7.62x39"),
        ("Türkiye", "turkiye"),
        ("Łucznik", "lucznik"),
        ("Crvena Zastava „Đ“", "crvena zastava d"),
        ("Côte d’Ivoire", "cote d'ivoire"),
        ("пулемёт", "ПУЛЕМЕТ"),
        ("كَلَاشِنْكُوف", "كلاشنكوف"),  # vowel signs
        ("كلاشنـــكوف", "كلاشنكوف"),  # tatweel
        ("أسلحة", "اسلحه"),  # alef with hamza, ta marbuta
        ("آر بي جي", "اربيجي"),
        ("مبنى", "مبني"),  # alef maqsura
        ("کلاشنیکوف", "كلاشنيكوف"),  # Persian kaf and ya
        ("٨٢ ملم", "82 ملم"),
    ],
)
def test_what_looks_or_reads_the_same_folds_to_the_same(written: str, typed: str) -> None:
    assert fold(written) == fold(typed)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("M60", "M60A1"),
        ("7.62", "762"),
        ("Mi-24/35", "Mi-2435"),
        ("танк", "tank"),  # no transliteration: only letters that look alike throughout are alike
        ("M16", "M-1"),
        ("غ", "ع"),
    ],
)
def test_different_names_stay_different(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_words_keep_one_space_between_them() -> None:
    assert fold_words("  BREM-1   ARV — «captured»\n2014 ") == "brem1 arv captured 2014"


@given(st.text())
def test_folding_a_fold_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert fold_words(fold_words(text)) == fold_words(text)


@given(st.text(), st.text())
def test_the_fold_of_a_text_begins_with_the_fold_of_its_beginning(start: str, end: str) -> None:
    assert fold(start + end) == fold(start) + fold(end)


@given(st.text())
def test_a_fold_holds_no_space_and_no_capital_that_has_a_small_letter(text: str) -> None:
    folded = fold(text)
    assert not any(letter.isspace() for letter in folded)
    assert folded == folded.casefold()


@given(st.lists(st.text()))
def test_the_folded_words_run_together_are_the_fold(texts: list[str]) -> None:
    assert fold_words(" ".join(texts)).replace(" ", "") == fold(" ".join(texts))
