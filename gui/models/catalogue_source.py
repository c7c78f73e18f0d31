"""The grid's cells and the viewer's pictures, as the archive has them; all of it runs on a worker thread."""

from collections.abc import Sequence

from PIL import Image as Pillow
from PySide6.QtGui import QImage

from core import looking
from core.archive import Archive
from core.errors import Refused
from core.records import ImageId, Sighting
from gui.models.cells import TYPE, Cell, Chip


class CatalogueSource:
    """A ``CellSource`` over the open archive."""

    def cells(self, archive: Archive, ids: Sequence[int]) -> list[Cell]:
        """The cells of these images; an image that is not there any more is left out."""
        return [_cell(archive, one) for one in looking.summaries(archive, [ImageId(image_id) for image_id in ids])]

    def thumbnail(self, archive: Archive, image_id: int) -> bytes | None:
        """The image's thumbnail as JPEG, None where there is none."""
        return looking.thumbnail(archive, ImageId(image_id))


def picture(archive: Archive, image_id: int) -> QImage:
    """The picture of an image, upright and in full.

    Raises:
        CoreError: it cannot be shown; the sentence says why.
    """
    found = looking.summaries(archive, [ImageId(image_id)])
    if found and found[0].state == "undecodable":
        # It was tried in a process of its own; trying again in this one could take the window with it.
        raise Refused(found[0].reason)
    return to_qimage(looking.picture(archive, ImageId(image_id)))


def to_qimage(image: Pillow.Image) -> QImage:
    """The same pixels for Qt, in memory of their own."""
    clear = image.has_transparency_data
    image = image.convert("RGBA" if clear else "RGB")
    channels, kind = (4, QImage.Format.Format_RGBA8888) if clear else (3, QImage.Format.Format_RGB888)
    return QImage(image.tobytes(), image.width, image.height, channels * image.width, kind).copy()


def _cell(archive: Archive, one: looking.Summary) -> Cell:
    return Cell(
        one.image_id,
        one.name,
        _chips(archive, one.sightings),
        one.group_size,
        one.status,
        one.state,
        one.reason,
        one.covered,
    )


def _chips(archive: Archive, sightings: Sequence[Sighting]) -> tuple[Chip, ...]:
    """Type and country of manufacture of the first sighting that says so; "+2" after a type for two others."""
    claims = [sighting.identification for sighting in sightings if sighting.identification is not None]
    made = [origin for sighting in sightings for origin in sighting.origins if origin.role == "manufacture"]
    chips: list[Chip] = []
    if claims:
        named = archive.weapon_models if claims[0].model else archive.weapon_types
        label = named.label(claims[0].model or claims[0].type)
        others = len({(claim.type, claim.model) for claim in claims}) - 1
        chips.append(Chip(TYPE, label + (f" +{others}" if others else ""), label, claims[0].certainty))
    if made:
        countries = made[0].countries
        codes = "+".join(country.removeprefix("x-") for country in countries)
        labels = ", ".join(archive.countries.label(country) for country in countries)
        chips.append(Chip("manufacture", codes, labels, made[0].certainty))
    return tuple(chips)
