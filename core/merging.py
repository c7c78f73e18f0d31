"""What a merge of two terms keeps of the one that goes, and which weapon models cannot be merged."""

from collections.abc import Collection
from dataclasses import replace

from core import term_checks
from core.errors import Refused
from core.folding import fold
from core.vocabularies import Term, Vocabulary


def joined(kept: Term, gone: Term, standards: Collection[str], *, model: bool) -> Term:
    """The kept term with all that the other is called, and what else is said of that one.

    What the kept term has no word on it takes over; where both say something, the other's goes into its note.
    ``standards`` are the attributes of the other that are codes; of a ``model`` the source stays with its label.

    Raises:
        Refused: the note would be too long.
    """
    attributes, aside = dict(kept.attributes), []
    for name, value in gone.attributes.items():
        if name not in ("definition", *standards):
            continue
        if attributes.setdefault(name, value) != value:
            aside.append(f"{name} {value}")
    if gone.source and kept.source not in ("", gone.source) and not model:
        aside.append(f"source {gone.source}")
    note = _note(kept, gone, aside)
    if note:
        attributes["note"] = note
    source = kept.source if model else kept.source or gone.source
    return replace(kept, aliases=_aliases(kept, gone), attributes=attributes, source=source)


def _note(kept: Term, gone: Term, aside: list[str]) -> str:
    held, other = kept.attributes.get("note", ""), gone.attributes.get("note", "")
    if not aside and (not held or held == other):
        return other
    added = [*((other,) if other else ()), *aside]
    if not added:
        return held
    note = "; ".join([*((held,) if held else ()), f"“{gone.label}”: {', '.join(added)}"])
    if len(note) > term_checks.LONGEST_NOTE:
        raise Refused(
            f"“{gone.label}” cannot be merged into “{kept.label}”, because the note that keeps what is said of both "
            "would be too long; shorten one of their notes first."
        )
    return note


def _aliases(kept: Term, gone: Term) -> tuple[str, ...]:
    """The aliases of the kept term with all that the other was called, each once after folding."""
    known = {fold(text) for text in kept.texts}
    found = list(kept.aliases)
    for text in gone.texts:
        if fold(text) not in known:
            known.add(fold(text))
            found.append(text)
    return tuple(found)


def check_types(types: Vocabulary, gone: Term, kept: Term) -> None:
    """Refuse to merge models where what was said with the one would be of another type than the other.

    Raises:
        Refused: the kept one is of another type, or of a wider one, than the one that goes.
    """
    of_gone, of_kept = gone.attributes.get("type", ""), kept.attributes.get("type", "")
    if not of_gone or not of_kept or of_gone == of_kept or of_gone in types.ancestors(of_kept):
        return
    one, other = (f"“{term.label}” is of the type “{types.label(term.attributes['type'])}”" for term in (gone, kept))
    if of_kept in types.ancestors(of_gone):
        raise Refused(f"{one} and {other}, which is wider; merge “{kept.label}” into “{gone.label}” instead.")
    raise Refused(f"{one} and {other}, so they cannot be merged; correct the type of one of them first.")
