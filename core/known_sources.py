"""Sources that the archive knows: found by words, listed with what comes from them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from core.archive import Archive
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
