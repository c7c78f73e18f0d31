"""Editing a vocabulary: terms are added, renamed, ordered, merged, retired and removed, each as one undoable action.

What the record says is said with codes, so a rename touches one row, whatever it names; a merge touches all rows that
say the merged code.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

from core import merging, term_checks
from core.archive import Archive
from core.errors import Refused
from core.jobs import Job
from core.store import coded, codings, merged_models, terms
from core.term_checks import DESCRIBING
from core.vocabularies import Term, Vocabulary
from core.vocabulary_kinds import KINDS, Kind

UP: Final = -1
DOWN: Final = 1
_NAMING: Final = ("successors", "rolls_up_to", "members")  # the attributes that hold codes of the same vocabulary


def uses(archive: Archive, vocabulary: str, code: str) -> int:
    """How often the record says this code, but for blind codings that are not to be read yet."""
    return coded.uses(archive.db, vocabulary, code, hidden=codings.hidden_from(archive.db, archive.actor))


def all_uses(archive: Archive, vocabulary: str) -> dict[str, int]:
    """How often the record says each code of a vocabulary, as ``uses``; those that it never says have no entry."""
    return coded.all_uses(archive.db, vocabulary, hidden=codings.hidden_from(archive.db, archive.actor))


def standards(term: Term) -> dict[str, str]:
    """A term's codes in other standards, by the standard's name."""
    apart = (*DESCRIBING, *terms.MODEL_FACTS, *terms.MODEL_NOTES)
    return {name: value for name, value in term.attributes.items() if name not in apart}


def add(archive: Archive, vocabulary: str, term: Term) -> Term:
    """Add a term at the end of its brothers; one without a code gets one made from its label.

    Raises:
        Refused: the vocabulary is fixed, the code or the label is taken, or a text cannot be used.
    """
    kind, held = _open(archive, vocabulary)
    if kind.fixed:
        raise Refused(f"The program rests on the list of {kind.title.lower()}, so nothing can be added to it.")
    if vocabulary == terms.MODELS:
        raise Refused("A weapon model has facts, its type at the least: it is added to the library of models.")
    if not term.code:
        term = replace(term, code=term_checks.free_code(held, term.label))
    if term.code in held:
        raise Refused(f"The code {term.code} is that of “{held.label(term.code)}” already; choose another code.")
    term_checks.check(kind, held, term)
    with archive.action(f"Add {kind.noun} “{term.label}”"):
        terms.add(archive.db, vocabulary, terms.next_position(archive.db, vocabulary), term)
    return term


def change(archive: Archive, vocabulary: str, term: Term) -> None:
    """Write a term anew, in the place of the one with its code, as one action.

    Raises:
        Refused: there is no such term, its vocabulary is fixed and more than its names differ, or it cannot stand so.
    """
    kind, held = _open(archive, vocabulary)
    before = held.get(term.code)
    if term == before:
        return
    if kind.fixed and replace(term, label=before.label, names=before.names, aliases=before.aliases) != before:
        raise Refused(
            f"The program rests on the list of {kind.title.lower()}: "
            "its terms can be renamed and ordered, and nothing else."
        )
    term_checks.check(kind, held, term)
    with archive.action(_change_label(kind, held, before, term)):
        terms.change(archive.db, vocabulary, _owned(before, term) if vocabulary == terms.MODELS else term)


def _owned(before: Term, after: Term, kinds: Iterable[str] = ()) -> Term:
    """A changed model, with what changed noted as the user's own, whom the parent's source then is too.

    ``kinds`` are the facts that changed besides.
    """
    own = {*before.attributes.get(terms.OWN, "").split(), *kinds}
    own |= {kind for kind, field in _KINDS.items() if getattr(before, field) != getattr(after, field)}
    attributes = {**after.attributes, terms.OWN: " ".join(sorted(own))}
    if before.parent != after.parent:
        attributes.pop(terms.PARENT_SOURCE, None)
    return replace(after, attributes={name: value for name, value in attributes.items() if value})


_KINDS: Final = {"label": "label", "parent": "parent", "name": "aliases"}  # kinds of fact, and where a term has them


def _change_label(kind: Kind, held: Vocabulary, before: Term, after: Term) -> str:
    """What a change is called in the history: by what it changes, where that is one thing."""
    name = f"{kind.noun} “{before.label}”"
    words = {
        "label": f"Rename {name} to “{after.label}”",
        "parent": f"Put {name} under “{held.label(after.parent)}”" if after.parent else f"Put {name} on top",
        "retired": f"{'Retire' if after.retired else 'Offer again'} {name}",
        "names": f"Names of {name}",
        "aliases": f"Aliases of {name}",
        "attributes": f"Codes and notes of {name}",
        "source": f"Source of {name}",
    }
    changed = [what for what in words if getattr(before, what) != getattr(after, what)]
    return words[changed[0]] if len(changed) == 1 else f"Change {name}"


def rename(archive: Archive, vocabulary: str, code: str, label: str) -> None:
    """Call a term otherwise.

    Raises:
        Refused: there is no such term, another is called so, or nothing can be called so.
    """
    change(archive, vocabulary, replace(archive.vocabulary(vocabulary).get(code), label=label))


def set_names(
    archive: Archive, vocabulary: str, code: str, *, names: Mapping[str, str], aliases: Iterable[str]
) -> None:
    """Say what a term is called in each language, and what else it is called.

    Raises:
        Refused: there is no such term, or a text cannot be used.
    """
    term = archive.vocabulary(vocabulary).get(code)
    change(archive, vocabulary, replace(term, names=dict(names), aliases=tuple(dict.fromkeys(aliases))))


def set_standards(archive: Archive, vocabulary: str, code: str, codes: Mapping[str, str]) -> None:
    """Say which codes a term has in other standards, by the standard's name; all others go.

    Raises:
        Refused: there is no such term, or a name or code cannot be used.
    """
    term = archive.vocabulary(vocabulary).get(code)
    own = standards(term)
    kept = {name: value for name, value in term.attributes.items() if name not in own}
    for name in codes:
        if name in kept or name in terms.MODEL_FACTS:
            raise Refused(f"“{name}” cannot name a standard, because the program uses the word itself.")
    change(archive, vocabulary, replace(term, attributes={**kept, **codes}))


def retire(archive: Archive, vocabulary: str, code: str, *, retired: bool = True) -> None:
    """Offer a term no longer, or again; what was said with it stands.

    Raises:
        Refused: there is no such term, or its vocabulary is fixed.
    """
    change(archive, vocabulary, replace(archive.vocabulary(vocabulary).get(code), retired=retired))


def put_under(archive: Archive, vocabulary: str, code: str, parent: str | None) -> None:
    """Move a term, and all under it, under another one, or to the top with None.

    Raises:
        Refused: there is no such term, its vocabulary is fixed, or the parent stands under it.
    """
    change(archive, vocabulary, replace(archive.vocabulary(vocabulary).get(code), parent=parent))


def move(archive: Archive, vocabulary: str, code: str, by: int) -> bool:
    """Move a term ``UP`` or ``DOWN`` by one among its brothers; whether there was room.

    Raises:
        Refused: there is no such term.
    """
    kind, held = _open(archive, vocabulary)
    term = held.get(code)
    brothers = [one.code for one in held.children(term.parent)]
    to = brothers.index(code) + by
    if not 0 <= to < len(brothers):
        return False
    with archive.action(f"Move {kind.noun} “{term.label}” {'up' if by < 0 else 'down'}"):
        terms.swap(archive.db, vocabulary, code, brothers[to])
    return True


def merge(archive: Archive, vocabulary: str, code: str, *, into: str, job: Job | None = None) -> int:
    """Make one term of two: all that was said with the first is said with the second; returns in how many rows.

    What stood under the first stands under the second then, which is also called as the first was, and keeps what was
    said of it.

    Raises:
        Refused: there is no such term, both are the same, the vocabulary is fixed, they are models of types that
            contradict each other, or a set is being coded blind.
        Cancelled: the user stopped the job, and nothing is changed.
    """
    kind, held = _open(archive, vocabulary)
    gone, kept = held.get(code), held.get(into)
    if kind.fixed:
        raise Refused(f"The program rests on the list of {kind.title.lower()}, so none of its terms can be merged.")
    if gone.code == kept.code:
        raise Refused(f"“{gone.label}” cannot be merged into itself; choose another {kind.noun}.")
    check_not_telling(archive, kind)
    is_model = vocabulary == terms.MODELS
    if is_model:
        merging.check_types(archive.weapon_types, gone, kept)
    joined = merging.joined(kept, gone, standards(gone), model=is_model)
    if gone.code in held.ancestors(kept.code):
        joined = replace(joined, parent=gone.parent)
    job = job or Job()
    job.step(0, 0, "Merging")
    with archive.action(f"Merge {kind.noun} “{gone.label}” into “{kept.label}”", job=job):
        apart = merged_models.join_look_alikes(archive.db, code, into) if is_model else 0
        changed = apart + coded.replace(archive.db, vocabulary, code, into)
        job.check()
        if is_model:
            merged_models.move_names(archive.db, code, into)
            joined = _owned(kept, joined, merged_models.move_facts(archive.db, code, into))
        terms.change(archive.db, vocabulary, joined)
        terms.move_children(archive.db, vocabulary, code, into)
        _name_in_others(archive, vocabulary, held, code, into)
        terms.remove(archive.db, vocabulary, code)
        terms.tidy_facts(archive.db)
        job.check()
    return changed


def _name_in_others(archive: Archive, vocabulary: str, held: Vocabulary, code: str, into: str) -> None:
    """Have the terms that name a code in an attribute name another one; an action must be open."""
    for term in held:
        found = {
            name: " ".join(dict.fromkeys(into if one == code else one for one in term.attributes[name].split()))
            for name in naming(term, code)
        }
        if found and term.code not in (code, into):
            terms.change(archive.db, vocabulary, replace(term, attributes={**term.attributes, **found}))


def naming(term: Term, code: str) -> list[str]:
    """The attributes of a term in which a code of its own vocabulary stands."""
    return [name for name in _NAMING if code in term.attributes.get(name, "").split()]


def remove(archive: Archive, vocabulary: str, code: str) -> None:
    """Take a term away that nothing in the record says.

    Raises:
        Refused: there is no such term, it is in use, something stands under it, its vocabulary is fixed, or a set is
            being coded blind.
    """
    kind, held = _open(archive, vocabulary)
    term = held.get(code)
    if not kind.fixed:
        check_not_telling(archive, kind)
    why = in_use(archive, vocabulary, held, term)
    if kind.fixed:
        why = "the program rests on it"
    if why:
        raise Refused(f"The {kind.noun} “{term.label}” cannot be removed, because {why}; it can be retired instead.")
    with archive.action(f"Remove {kind.noun} “{term.label}”"):
        terms.remove(archive.db, vocabulary, code)


def check_not_telling(archive: Archive, kind: Kind) -> None:
    """Refuse what would tell a coder which terms another one uses, and treat all terms alike.

    Raises:
        Refused: a set is being coded blind, and sightings say terms of this vocabulary.
    """
    name = codings.under_way(archive.db) if coded.is_of_sightings(kind.name) else ""
    if name:
        raise Refused(
            f"The set “{name}” is being coded blind, so nothing in the list of {kind.title.lower()} is removed, merged "
            "or replaced until its coders have closed it: what can be would tell what they say."
        )


def in_use(archive: Archive, vocabulary: str, held: Vocabulary, term: Term) -> str:
    """Why a term cannot be removed, as the end of a sentence; empty where it can."""
    seen = uses(archive, vocabulary, term.code)
    if seen:
        return f"it is used {seen:,} times" if seen > 1 else "it is used once"
    under = held.children(term.code)
    if under:
        return f"“{under[0].label}” stands under it"
    named = next((one.label for one in held if naming(one, term.code)), None)
    return f"“{named}” names it" if named else ""


def _open(archive: Archive, vocabulary: str) -> tuple[Kind, Vocabulary]:
    """What is known of a vocabulary that is about to be changed.

    Raises:
        ReadOnly: the archive is open for reading only.
        Refused: there is no such vocabulary.
    """
    archive.check_writable()
    if vocabulary not in KINDS:
        raise Refused(f"There is no vocabulary “{vocabulary}”; there are {', '.join(KINDS)}.")
    return KINDS[vocabulary], archive.vocabulary(vocabulary)
