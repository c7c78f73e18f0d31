"""Sources: who or what published images and statements, described, merged and removed."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from core.archive import Archive
from core.claims import SourceId
from core.errors import Refused
from core.known_sources import FOUND_BY
from core.offering import offered
from core.records import Source
from core.store import sources

VOCABULARIES: Final[Mapping[str, str]] = {
    "type": "source_type",
    "platform": "platform",
    "reliability": "reliability",
}
"""The vocabulary of each field of a source that holds a code."""
TEXTS: Final = ("account", "title", "author", "publisher", "language", "url", "note")


def add(archive: Archive, said: Mapping[str, str]) -> SourceId:
    """Record a source by the names of ``Source``'s fields, in one action.

    Raises:
        Refused: nothing that tells it from others is said, there is no such field or value, or a text is not plain.
        ReadOnly: the archive is open for reading only.
    """
    values = {name: value for name, value in _checked(archive, said).items() if value}
    _check_told(values)
    with archive.action(f"Add source “{_name(values)}”"):
        return sources.add(archive.db, values)


def change(archive: Archive, source_id: SourceId, said: Mapping[str, str]) -> None:
    """Give fields of a source other values, in one action; an empty text takes a value away.

    Raises:
        Refused: it would say nothing that tells it from others, there is no such source, field or value, or a text is
            not plain.
        ReadOnly: the archive is open for reading only.
    """
    held = get(archive, source_id)
    values = _checked(archive, said)
    _check_told({name: values.get(name, getattr(held, name)) for name in sources.COLUMNS})
    changed = [name for name, value in values.items() if value != getattr(held, name)]
    with archive.action(f"Source “{held.name}”: {', '.join(name.replace('_', ' ') for name in changed)}"):
        sources.change(archive.db, source_id, {name: values[name] for name in changed})


def merge(archive: Archive, source_id: SourceId, into: SourceId) -> None:
    """Make two sources one, in one action: what came from the first comes from the second.

    Where the second says nothing it takes what the first says, if it is still called the same with it; what else the
    first says goes into its note.

    Raises:
        Refused: they are one already, or one of them is not there any more.
        ReadOnly: the archive is open for reading only.
    """
    if source_id == into:
        raise Refused("A source cannot be merged into itself.")
    gone, kept = get(archive, source_id), get(archive, into)
    told = {name: getattr(gone, name) for name in sources.COLUMNS if name != "note" and getattr(gone, name)}
    blank = {
        name: value
        for name, value in told.items()
        if not getattr(kept, name) and replace(kept, **{name: value}).name == kept.name
    }
    others = [
        f"{name} “{value}”" for name, value in told.items() if value not in (blank.get(name), getattr(kept, name))
    ]
    also = f"Also recorded as: {', '.join(others)}." if others else ""
    note = "\n".join(filter(None, (kept.note, gone.note if gone.note != kept.note else "", also)))
    with archive.action(f"Merge source “{gone.name}” into “{kept.name}”"):
        sources.change(archive.db, into, {**blank, "note": note})
        sources.replace(archive.db, source_id, into)


def remove(archive: Archive, source_ids: Sequence[SourceId]) -> None:
    """Take sources away from which nothing comes, in one action.

    Raises:
        Refused: a capture or a claim comes from one of them, or one is not there any more.
        ReadOnly: the archive is open for reading only.
    """
    used = sources.uses(archive.db)
    names = []
    for source_id in source_ids:
        source = get(archive, source_id)
        names.append(source.name)
        if source_id in used:
            raise Refused(f"Something comes from “{source.name}”, so it stays; merge it into another source instead.")
    one = f"source “{names[0]}”" if len(names) == 1 else f"{len(names):,} sources"
    with archive.action(f"Remove {one}"):
        for source_id in source_ids:
            sources.remove(archive.db, source_id)


def get(archive: Archive, source_id: SourceId) -> Source:
    """The source with this id.

    Raises:
        Refused: there is none.
    """
    found = sources.of_ids(archive.db, [source_id])
    if source_id not in found:
        raise Refused("This source is not in the archive any more.")
    return found[source_id]


def _checked(archive: Archive, said: Mapping[str, str]) -> dict[str, str]:
    values = {}
    for name, value in said.items():
        if name in VOCABULARIES:
            if value:
                offered(archive, VOCABULARIES[name], value)
            values[name] = value
        elif name in TEXTS:
            values[name] = plain(value, several_lines=name == "note")
        else:
            raise Refused(f"A source has no field “{name}”.")
    return values


def _check_told(values: Mapping[str, str]) -> None:
    if not any(values.get(name) for name in FOUND_BY):
        raise Refused("A source needs at least an account, a title, an author, a publisher or an address.")


def _name(values: Mapping[str, str]) -> str:
    return Source(SourceId(0), **values).name


def plain(text: str, *, several_lines: bool = False) -> str:
    """A text without the space around it; otherwise it is kept as it was written.

    Raises:
        Refused: it holds control characters, which nobody can see.
    """
    text = text.strip()
    allowed = "\n\t" if several_lines else "\t"
    if any((ord(letter) < 32 and letter not in allowed) or ord(letter) == 127 for letter in text):
        raise Refused(f"“{text.encode('unicode_escape').decode()}” holds control characters; please write plain text.")
    return text
