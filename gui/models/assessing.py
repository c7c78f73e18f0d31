"""The keys for how certain something is and on what it rests, the same wherever tags are given."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import Qt

from core.vocabularies import Term, Vocabulary

# Alt and one of these.
CERTAINTY_KEYS: Final = {
    Qt.Key.Key_1: "certain",
    Qt.Key.Key_2: "probable",
    Qt.Key.Key_3: "possible",
    Qt.Key.Key_4: "doubtful",
    Qt.Key.Key_0: "unknown",
}
BASIS_KEYS: Final = (Qt.Key.Key_5, Qt.Key.Key_6, Qt.Key.Key_7, Qt.Key.Key_8, Qt.Key.Key_9)
"""Alt and the first of these stands for the first basis in the vocabulary's order, and so on."""


def basis_of(key: Qt.Key, vocabularies: Mapping[str, Vocabulary]) -> Term | None:
    """The basis that a key stands for in an archive, None where there are not as many."""
    offered = [term for term in vocabularies["basis"] if not term.retired]
    place = BASIS_KEYS.index(key)
    return offered[place] if place < len(offered) else None


def digit(key: Qt.Key) -> int:
    """The number on a key."""
    return int(key) - int(Qt.Key.Key_0)
