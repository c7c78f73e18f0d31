"""Describing images as wholes: their kind, date, place, holder, sensitivity, caption and rights."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from core.archive import Archive
from core.dates import parse
from core.errors import Refused
from core.facets import FACETS, Of
from core.offering import number_of_images, offered
from core.records import Description, ImageId
from core.scope import check_there
from core.store import codings, descriptions

VOCABULARIES: Final[Mapping[str, str]] = {
    "kind": "image_kind",
    "generation": "generation",
    "date_basis": "date_basis",
    "country": "country",
    "place": "place",
    "place_precision": "place_precision",
    "place_basis": "place_basis",
    "conflict": "conflict",
    "holder": "holder",
    "holder_basis": "holder_basis",
    "rights_status": "rights_status",
}
"""The vocabulary of each field of a description that holds a code."""
TEXTS: Final = ("caption", "rights_holder")
COVERING: Final = ("graphic_violence", "body_or_execution")
"""The kinds of sensitivity for which a picture is covered until it is asked for."""
_POSITION: Final = ("latitude_e7", "longitude_e7")
_LIMITS_E7: Final = {"latitude_e7": 900_000_000, "longitude_e7": 1_800_000_000}


def description(archive: Archive, image_id: ImageId) -> Description:
    """What people say of an image as a whole."""
    return descriptions.of_images(archive.db, [image_id])[image_id]


@dataclass(frozen=True, slots=True)
class Described:
    """What is said of several images: for each field every value that any of them has, once, in no order of rank.

    ``values`` is by the names of ``Description``'s fields but for *sensitivity*, of which ``sensitive`` counts the
    images by code; ``total`` is the number of images.
    """

    values: Mapping[str, tuple[Any, ...]]
    sensitive: Mapping[str, int]
    total: int


def described(archive: Archive, image_ids: Sequence[ImageId]) -> Described:
    """What people say of these images, taken together."""
    found = list(descriptions.of_images(archive.db, image_ids).values())
    values = {name: tuple(dict.fromkeys(getattr(one, name) for one in found)) for name in descriptions.COLUMNS}
    return Described(values, Counter(code for one in found for code in one.sensitivity), len(found))


def describe(archive: Archive, image_ids: Sequence[ImageId], said: Mapping[str, Any]) -> str:
    """Give fields of the descriptions of images other values, in one action; returns its label.

    ``said`` is by the names of ``Description``'s fields but for *sensitivity*; an empty text takes a value away.  A
    position is both of its numbers, or None for both.

    Raises:
        Refused: there is no such field or value, a date cannot be read, or an image is not there any more or is being
            coded blind.
        ReadOnly: the archive is open for reading only.
    """
    values = {name: _checked(archive, name, value) for name, value in said.items()}
    if len(values.keys() & set(_POSITION)) == 1 or (_POSITION[0] in values and _half(values)):
        raise Refused("A position needs both a latitude and a longitude.")
    check_there(archive, image_ids)
    codings.check_not_coded(archive.db, image_ids)
    label = f"Describe {number_of_images(len(image_ids))}: {', '.join(_words(archive, values))}"
    with archive.action(label):
        descriptions.change(archive.db, image_ids, values)
    return label


def _half(values: Mapping[str, Any]) -> bool:
    return (values[_POSITION[0]] is None) != (values[_POSITION[1]] is None)


def _checked(archive: Archive, name: str, value: Any) -> Any:
    if name in VOCABULARIES:
        if value:
            offered(archive, VOCABULARIES[name], value)
        return value
    if name == "date":
        return parse(value).text if value.strip() else ""
    if name in _POSITION:
        if value is not None and abs(value) > _LIMITS_E7[name]:
            raise Refused("A latitude lies between -90 and 90 degrees, a longitude between -180 and 180.")
        return value
    if name in TEXTS:
        return value
    raise Refused(f"An image has no field “{name}” that can be described.")


def _words(archive: Archive, values: Mapping[str, Any]) -> list[str]:
    found = []
    for name, value in values.items():
        shown = archive.vocabulary(VOCABULARIES[name]).label(value) if name in VOCABULARIES and value else value
        if name in TEXTS or name in _POSITION:
            found.append(name.removesuffix("_e7").replace("_", " "))
        else:
            found.append(f"{name.replace('_', ' ')} {shown or 'none'}")
    return found


def mark_sensitive(archive: Archive, image_ids: Sequence[ImageId], code: str, *, sensitive: bool = True) -> None:
    """Say that images are sensitive in a way, or with ``sensitive`` False no longer, in one action.

    *Not sensitive* and any other way exclude each other.

    Raises:
        Refused: there is no such way, or an image is not there any more or is being coded blind.
        ReadOnly: the archive is open for reading only.
    """
    offered(archive, "sensitivity", code)
    check_there(archive, image_ids)
    codings.check_not_coded(archive.db, image_ids)
    label = archive.vocabulary("sensitivity").label(code)
    verb = "Sensitivity" if sensitive else "No longer"
    with archive.action(f"{verb} {label}: {number_of_images(len(image_ids))}"):
        if not sensitive:
            descriptions.remove_sensitivity(archive.db, image_ids, code)
            return
        for other in archive.vocabulary("sensitivity"):
            if (other.code == NOT_SENSITIVE) != (code == NOT_SENSITIVE):
                descriptions.remove_sensitivity(archive.db, image_ids, other.code)
        descriptions.add_sensitivity(archive.db, image_ids, code)


NOT_SENSITIVE: Final = "not_sensitive"


def give(archive: Archive, image_ids: Sequence[ImageId], facet: str, code: str) -> None:
    """Give images a value of a facet that is said of images as wholes, in one action.

    Raises:
        Refused: there is no such value, or an image is not there any more or is being coded blind.
        ReadOnly: the archive is open for reading only.
    """
    assert FACETS[facet].of is Of.IMAGE
    if FACETS[facet].several:
        mark_sensitive(archive, image_ids, code)
    else:
        describe(archive, image_ids, {FACETS[facet].column: code})
