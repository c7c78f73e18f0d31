"""What a term may be called and coded: the texts that are refused wherever they come from."""

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

from core import trees
from core.errors import Refused
from core.folding import fold
from core.vocabularies import LIST_SEPARATOR, Term, Vocabulary
from core.vocabulary_kinds import Kind

DESCRIBING: Final = ("definition", "note", "kind", "from", "to", "successors", "rolls_up_to", "members")
"""The attributes of shipped terms that are no codes of another standard."""

_LONGEST: Final = 200
LONGEST_NOTE: Final = 2_000
_CODE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_STANDARD: Final = re.compile(r"[A-Za-z][A-Za-z0-9_. -]{0,39}")
MARKUP: Final = re.compile(r"<[A-Za-z/!?][^>]*>")
RUNS: Final = ("=", "+", "@", "\t", "＝", "＋", "＠")
# Embeddings, overrides and isolates make a text read otherwise than it is written.
_TURNING: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def fault(text: str, *, longest: int = _LONGEST) -> str | None:
    """Why a text cannot be a name, as the end of a sentence that begins with the text; None where it can."""
    if not fold(text):
        return "is empty"
    if text.startswith(RUNS):
        return "begins like a formula, which a spreadsheet would run"
    if text != text.strip():
        return "begins or ends with a space"
    if any(_steers(character) for character in text):
        return "holds a control character or a line break"
    if MARKUP.search(text):
        return "holds markup"
    return "is too long" if len(text) > longest else None


def _steers(character: str) -> bool:
    return unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp") or character in _TURNING


def code_fault(code: str) -> str | None:
    """Why a text cannot be a code."""
    if _CODE.fullmatch(code):
        return None
    return "is no code: a code has up to 64 letters a-z, digits, points, hyphens and underscores, and no spaces"


def language_fault(language: str) -> str | None:
    """Why a text names no language."""
    return None if _LANGUAGE.fullmatch(language) else "names no language: write its ISO code, as in fr or ar"


def standard_fault(standard: str) -> str | None:
    """Why a text cannot name a standard."""
    if standard in DESCRIBING or not _STANDARD.fullmatch(standard):
        return "cannot name a standard"
    return None


def faults(term: Term) -> list[str]:
    """All that is wrong with a term by itself, each a sentence without its full stop."""
    found = [_said("The code", term.code, code_fault(term.code)), _said("The name", term.label, fault(term.label))]
    for language, name in term.names.items():
        found += [_said("The language", language, language_fault(language)), _said("The name", name, fault(name))]
    for alias in term.aliases:
        wrong = "holds “ | ”, which parts aliases in a table" if LIST_SEPARATOR.strip() in alias else fault(alias)
        found.append(_said("The alias", alias, wrong))
    for name, value in term.attributes.items():
        if name not in DESCRIBING:
            found.append(_said("The standard", name, standard_fault(name)))
        found.append(_said(f"The {name}", value, fault(value, longest=LONGEST_NOTE)))
    if term.source:
        found.append(_said("The source", term.source, fault(term.source, longest=LONGEST_NOTE)))
    return [one for one in found if one]


def _said(what: str, text: str, why: str | None) -> str:
    return f"{what} “{text[:60]}” {why}" if why and text.strip() else f"{what} is empty" if why else ""


def check(kind: Kind, vocabulary: Vocabulary, term: Term) -> None:
    """Refuse a term that cannot stand in its vocabulary, in the place of the one with its code or as a new one.

    Raises:
        Refused: a text cannot be used, another has the label, or the parent is none or would make the tree too deep.
    """
    for wrong in faults(term):
        raise Refused(f"{wrong}.")
    double = same_label(vocabulary, term)
    if double is not None:
        raise Refused(
            f"There is a {kind.noun} called “{double.label}” ({double.code}) already; "
            "choose another name, or merge the two."
        )
    if term.parent is not None:
        above = (term.parent, *vocabulary.ancestors(term.parent))
        if term.code in above:
            raise Refused(
                f"“{term.label}” cannot stand under “{vocabulary.label(term.parent)}”, which is itself or under it."
            )
        if len(above) + _levels(vocabulary, term.code) > trees.DEEPEST:
            raise Refused(
                f"“{term.label}” cannot stand under “{vocabulary.label(term.parent)}”, because the list would be "
                f"{trees.TOO_DEEP}."
            )


def _levels(vocabulary: Vocabulary, code: str) -> int:
    """How many levels a term and all under it have."""
    count, level = 0, [code]
    while level:
        count += 1
        level = [one.code for above in level for one in vocabulary.children(above)]
    return count


def same_label(terms: Iterable[Term], term: Term) -> Term | None:
    """Another term whose label is the same as this one's after folding."""
    folded = fold(term.label)
    return next((one for one in terms if one.code != term.code and fold(one.label) == folded), None)


def free_code(vocabulary: Vocabulary, label: str, *, between: str = "_") -> str:
    """A code that nobody has, made from a label."""
    plain = unicodedata.normalize("NFKD", label).encode("ascii", "ignore").decode().lower()
    stem = re.sub(r"[^a-z0-9]+", between, plain).strip(between)[:56] or "term"
    if stem not in vocabulary:
        return stem
    return next(
        code for number in range(2, len(vocabulary) + 3) if (code := f"{stem}{between}{number}") not in vocabulary
    )
