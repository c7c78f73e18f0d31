"""Sources that the archive knows: found by words, listed with what comes from them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from core.archive import Archive
from core.claims import SourceId
from core.folding import fold_words
from core.records import Source
from core.store import sources
from core.vocabularies import Vocabulary

FOUND_BY: Final = ("title", "account", "author", "publisher", "url")
"""The fields that tell a source from others."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A source with the numbers of captures and of claims that come from it."""

    source: Source
    captures: int
    claims: int

    @property
    def used(self) -> bool:
        """Whether anything comes from it."""
        return bool(self.captures or self.claims)


@dataclass(frozen=True, slots=True)
class Collected:
    """What every source is called, and from which of them the images come, by content hash."""

    names: Mapping[SourceId, str]
    by_hash: Mapping[str, tuple[SourceId, ...]]


def collected(archive: Archive) -> Collected:
    """From which sources the images were collected; those from none are left out."""
    found: dict[str, tuple[SourceId, ...]] = {}
    for sha256, source_id in sources.of_hashes(archive.db):
        found[sha256] = (*found.get(sha256, ()), source_id)
    return Collected({one.id: one.name for one in sources.every(archive.db)}, found)


def find(archive: Archive, words: str = "") -> list[Standing]:
    """The sources that hold all of these words in their names, platform or address, by name; without words all."""
    used = sources.uses(archive.db)
    found = matching(archive.vocabulary("platform"), sources.every(archive.db), words)
    return [Standing(one, *used.get(one.id, (0, 0))) for one in found]


def matching(platforms: Vocabulary, among: Iterable[Source], words: str) -> list[Source]:
    """Those of these sources that hold all of these words, by name."""
    wanted = fold_words(words).split()
    found = []
    for source in among:
        texts = [getattr(source, name) for name in FOUND_BY]
        held = fold_words(" ".join([*texts, platforms.label(source.platform)]))
        if all(word in held for word in wanted):
            found.append(source)
    return sorted(found, key=lambda source: (fold_words(source.name), source.id))
