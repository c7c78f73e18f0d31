"""Folding: the one form in which names, labels and notes are compared, whatever the keyboard and the script.

A fold is only ever compared with another fold and never shown or stored as what the analyst wrote.  It works
letter by letter, so the fold of a text begins with the fold of its beginning: type-ahead relies on that.
"""

import unicodedata
from collections.abc import Mapping
from typing import Final

# Cyrillic and Greek letters whose capital looks like a Latin one: 9М131 typed on a Russian keyboard is 9M131.
# Both sides are mapped, so words that are Cyrillic throughout still match themselves.
_LOOKALIKES: Final = dict(
    zip(
        "авекмнорстухіјѕԁԛԝһ" + "αβεζηικμνορτυχ",
        "abekmhopctyxijsdqwh" + "abezhikmnoptyx",
        strict=True,
    )
)
# Latin letters that Unicode does not take apart, and the sign in 7.62×39.
_LATIN: Final = {"ł": "l", "đ": "d", "ð": "d", "ø": "o", "ı": "i", "æ": "ae", "œ": "oe", "ħ": "h", "×": "x"}
# Alef with hamza or madda falls apart by itself; these do not.  Persian keyboards have their own ya and kaf, Kurdish
# and Urdu ones their own ha, which Persian's ha with a hamza falls apart into as well.
_ARABIC: Final = {"ٱ": "ا", "ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه", "ە": "ه", "ہ": "ه", "ھ": "ه", "ـ": ""}
# Chinese quotes are brackets to Unicode.
_QUOTES: Final = dict.fromkeys("'\"`„‚′‵ʼʻʽʹʺ׳״「」『』《》〈〉〝〞〟", "")
_MINUS: Final = {"−": ""}
_DECIMAL_POINT: Final = {"٫": "."}
_LETTERS: Final[Mapping[str, str]] = _LOOKALIKES | _LATIN | _ARABIC | _QUOTES | _MINUS | _DECIMAL_POINT

# Dashes, underscore and its kin, quotes, every kind of space, control and invisible characters.
_DROPPED: Final = frozenset({"Pd", "Pc", "Pi", "Pf", "Zs", "Zl", "Zp", "Cc", "Cf"})


def _fold_letter(letter: str) -> str:
    """The fold of one character of a decomposed, case-folded text; empty when it does not count."""
    if letter in _LETTERS:
        return _LETTERS[letter]
    if unicodedata.combining(letter) or unicodedata.category(letter) in _DROPPED:
        return ""
    digit = unicodedata.decimal(letter, None)
    return letter if digit is None else str(digit)


def _fold_character(character: str) -> str:
    """The fold of any one character.

    Case-folding can undo a decomposition and the other way round, so each is done twice.
    """
    for _ in range(2):
        character = unicodedata.normalize("NFKD", character).casefold()
    return "".join(map(_fold_letter, unicodedata.normalize("NFKD", character)))


class _Folds(dict[int, str]):
    """Code point to fold, each worked out when it is first met."""

    def __missing__(self, code_point: int) -> str:
        self[code_point] = folded = _fold_character(chr(code_point))
        return folded


_FOLDS: Final = _Folds()


def fold(text: str) -> str:
    """The form of a text in which it is compared.

    Gone are case, diacritics and Arabic vowel signs, spaces and underscores, hyphens and dashes, quotes,
    tatweel and invisible characters.  One and the same are the forms of alef, ya and alef maqsura, ta marbuta
    and the forms of ha, a digit and a decimal point in any script, and a Cyrillic or Greek letter and the Latin
    one that it looks like.
    Points, slashes and brackets stay: 7.62 is not 762.  Folding a fold changes nothing, and
    ``fold(a + b) == fold(a) + fold(b)``.
    """
    return text.translate(_FOLDS)


def fold_words(text: str) -> str:
    """Each word folded, with one space between words; for a search in running text."""
    return " ".join(filter(None, map(fold, text.split())))
