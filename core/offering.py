"""What an archive offers to be said: values checked against its vocabularies before they are, and how they read."""

from typing import Final

from core.archive import Archive
from core.claims import CERTAINTIES
from core.errors import Refused
from core.facets import DETAILS, FACETS

_SHORT: Final = 80


def offered(archive: Archive, vocabulary: str, code: str) -> None:
    """Refuse a code that a vocabulary does not have, or has retired.

    Raises:
        Refused: it does not offer it.
    """
    term = archive.vocabulary(vocabulary).get(code)
    if term.retired:
        raise Refused(f"“{term.label}” is retired, so nothing new is said with it.")


def check_value(archive: Archive, facet: str, code: str) -> None:
    """Refuse a value that a facet does not offer; an empty code takes a detail away.

    Raises:
        Refused: there is no such facet or value, or the value is retired.
    """
    if facet not in FACETS:
        raise Refused(f"Nothing can be tagged by “{facet}”; there are {', '.join(FACETS)}.")
    if code or facet not in DETAILS:
        offered(archive, FACETS[facet].vocabulary, code)


def check_certainty(certainty: str) -> None:
    """Refuse what is not on the scale of certainty.

    Raises:
        Refused: it is not.
    """
    if certainty not in CERTAINTIES:
        raise Refused(f"There is no certainty “{certainty}”; there are {', '.join(CERTAINTIES)}.")


def value_words(archive: Archive, facet: str, code: str) -> str:
    """A value of a facet in words: "revolver", "made in Hungary", "context: held"."""
    label = archive.vocabulary(FACETS[facet].vocabulary).label(code) if code else "none"
    if facet in ("type", "model"):
        return label
    before = {"design": "designed in ", "manufacture": "made in ", "seen_in": "seen in ", "place": "at "}
    return before.get(facet, f"{facet.replace('_', ' ')}: ") + label


def shortened(text: str) -> str:
    """The beginning of a text for an action's label; the record itself holds the whole."""
    return text if len(text) <= _SHORT else text[:_SHORT].rstrip() + "…"


def number_of_images(count: int) -> str:
    """A number of images in words."""
    return "1 image" if count == 1 else f"{count:,} images"


def number_of_sightings(count: int) -> str:
    """A number of sightings in words."""
    return "1 sighting" if count == 1 else f"{count:,} sightings"
