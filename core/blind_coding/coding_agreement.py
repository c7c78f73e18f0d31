"""How far the two coders of a blind coding agree, field by field, and where they do not."""

from dataclasses import dataclass

from core.archive import Archive
from core.blind_coding import double_coding
from core.blind_coding.agreement import Agreement, compare
from core.blind_coding.coded_units import COUNT, FIELDS, PRESENCE, QUANTITY, CodedImage, of_set, value
from core.facets import FACETS
from core.store import images

_VOCABULARIES = {"level": "level", "certainty": "certainty"}


@dataclass(frozen=True, slots=True)
class FieldAgreement:
    """The agreement in one field: ``coded_units.COUNT``, by images, or one of ``coded_units.FIELDS``, by weapons."""

    field: str
    agreement: Agreement


@dataclass(frozen=True, slots=True)
class SetAgreement:
    """How far the coders of a set agree; ``units`` is how their sightings were lined up, in a sentence."""

    name: str
    first: str
    second: str
    images: int
    weapons: int
    fields: tuple[FieldAgreement, ...]

    @property
    def rule(self) -> str:
        """What was compared, to be printed under every table."""
        images = "1 image" if self.images == 1 else f"{self.images:,} images"
        weapons = "1 weapon" if self.weapons == 1 else f"{self.weapons:,} weapons"
        return (
            f"{self.first} and {self.second} coded {images} blind and recorded {weapons} between them; sightings were "
            "lined up by overlap of regions, then by type, then by order, and what only one coder recorded counts as "
            "a difference. Units that neither recorded are left out. Kappa is Cohen's, unweighted."
        )


def agreement(archive: Archive, name: str) -> SetAgreement:
    """The agreement of a set's coders.

    Raises:
        Refused: there is no such set, or a coder is still at work.
    """
    row, first, second = double_coding.codings_of(archive, name)
    held = of_set(archive, row, first, second)
    units = [unit for image in held for unit in image.units]
    fields = [FieldAgreement(COUNT, compare(image.counts for image in held))]
    fields += [
        FieldAgreement(field, compare((value(unit.first, field), value(unit.second, field)) for unit in units))
        for field in FIELDS
    ]
    return SetAgreement(name, first.coder, second.coder, len(held), len(units), tuple(fields))


def unsettled(archive: Archive, name: str) -> list[CodedImage]:
    """The images of a set that are not settled yet, in its order.

    Raises:
        Refused: there is no such set, or a coder is still at work.
    """
    return [image for image in of_set(archive, *double_coding.codings_of(archive, name)) if not image.settled]


def disagreements(archive: Archive, name: str) -> list[CodedImage]:
    """The images of a set on which its coders differ and that are not settled yet, in its order.

    Raises:
        Refused: there is no such set, or a coder is still at work.
    """
    return [image for image in unsettled(archive, name) if not image.agreed]


def value_label(archive: Archive, field: str, said: str | None) -> str:
    """What a coder recorded in a field, in words; empty where nothing."""
    if not said or field == COUNT:
        return said or ""
    if field == PRESENCE:
        field = "type"
    if field == QUANTITY:
        number, _, basis = said.partition(" ")
        counted = f"{int(number):,}"
        return f"{counted} ({archive.vocabulary('quantity_basis').label(basis)})" if basis else counted
    name = _VOCABULARIES.get(field) or FACETS[field].vocabulary
    return " and ".join(archive.vocabulary(name).label(code) for code in said.split())


def differences(archive: Archive, name: str) -> list[tuple[str, str, str, str]]:
    """What the coders differ in on images that are not settled: the content hash, the field, and both in words.

    Raises:
        Refused: there is no such set, or a coder is still at work.
    """
    found = disagreements(archive, name)
    hashes = images.hashes(archive.db, [image.image_id for image in found])
    return [
        (
            hashes[image.image_id],
            difference.field,
            value_label(archive, difference.field, difference.first),
            value_label(archive, difference.field, difference.second),
        )
        for image in found
        for difference in image.differences
    ]
