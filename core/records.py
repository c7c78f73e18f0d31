"""The things that Stocktake keeps, as frozen records passed between its rooms.

The words are those of the field, one for each idea: a *capture* is a file as it was collected, an *image* a
distinct content, a *group* the images that show the same picture, a *sighting* a weapon seen in an image.
"""

from dataclasses import dataclass, field, replace
from typing import Final, NewType

ImageId = NewType("ImageId", int)
CaptureId = NewType("CaptureId", int)
SightingId = NewType("SightingId", int)

STATES: Final = ("decoded", "undecodable")
STATUSES: Final = ("new", "in_progress", "needs_help", "ready_for_review", "reviewed", "excluded")
CERTAINTIES: Final = ("certain", "probable", "possible", "doubtful", "unknown")
ROLES: Final = ("design", "manufacture")

# What the program finds between two images, tightest first, and what a person decides about them.
FOUND_KINDS: Final = ("same_bytes", "same_pixels", "near", "mirrored", "rotated")
VERDICTS: Final = ("same_picture", "better_copy_of", "not_related")
SAME_VERDICTS: Final = ("same_picture", "better_copy_of")


@dataclass(frozen=True, slots=True)
class Facts:
    """What a machine read off a file's content; never edited.

    Sizes are in pixels as stored and as seen upright.  ``exif`` is JSON text, ``{}`` when there is none;
    ``reason`` says why an undecodable file could not be decoded and is empty otherwise.
    ``taken_at``, ``camera`` and the position (10^-7 degrees) are claims of the file, not knowledge.
    """

    sha256: str
    size_bytes: int
    format: str
    mime: str
    state: str
    reason: str = ""
    width_px: int = 0
    height_px: int = 0
    orientation: int = 1
    upright_width_px: int = 0
    upright_height_px: int = 0
    exif: str = "{}"
    taken_at: str | None = None
    camera: str | None = None
    latitude_e7: int | None = None
    longitude_e7: int | None = None


@dataclass(frozen=True, slots=True)
class Image:
    """One distinct file content, keyed by its SHA-256, with what people said of it."""

    id: ImageId
    facts: Facts
    status: str
    notes: str


@dataclass(frozen=True, slots=True)
class Place:
    r"""Where a file was found, as bytes that can be read back.

    ``text`` is the path; where the bytes are not valid UTF-8, ``raw_hex`` holds them and ``text`` shows each
    bad byte as ``\xNN``.
    """

    text: str
    raw_hex: str | None = None

    @classmethod
    def from_bytes(cls, raw: bytes) -> "Place":
        """The place that these bytes name."""
        try:
            return cls(raw.decode("utf-8"))
        except UnicodeDecodeError:
            return cls(raw.decode("utf-8", "backslashreplace"), raw.hex())

    @property
    def raw(self) -> bytes:
        """The path's own bytes."""
        return self.text.encode("utf-8") if self.raw_hex is None else bytes.fromhex(self.raw_hex)

    @property
    def name(self) -> str:
        """The last part of the path, to show."""
        return self.text.rsplit("/", 1)[-1]


@dataclass(frozen=True, slots=True)
class Capture:
    """One time that an image was collected: where its file lay, when the file was changed and taken in (UTC)."""

    id: CaptureId
    image_id: ImageId
    place: Place
    modified_at: str
    imported_at: str


@dataclass(frozen=True, slots=True)
class Identification:
    """A claim of what a sighting is: a weapon type's code and how certain it is."""

    type: str
    certainty: str


@dataclass(frozen=True, slots=True)
class Origin:
    """A claim of where a sighted weapon was designed or manufactured: a country's code and how certain it is."""

    role: str
    country: str
    certainty: str


@dataclass(frozen=True, slots=True)
class Sighting:
    """One weapon seen in an image, with the preferred claims about it; None where nobody has said.

    ``image_id`` is the image that it belongs to; it is shown for the other images of that image's group.
    """

    id: SightingId
    image_id: ImageId
    note: str = ""
    identification: Identification | None = None
    origins: tuple[Origin, ...] = field(default=())

    def country(self, role: str) -> str | None:
        """The code of the preferred country of *design* or *manufacture*, None where nobody has said."""
        return next((origin.country for origin in self.origins if origin.role == role), None)


@dataclass(frozen=True, slots=True)
class Match:
    """Two images that the program found to be alike, ``sha256_a`` < ``sha256_b``.

    ``distance`` is in bits of the 64-bit perceptual hash; 0 for same bytes and same pixels.
    """

    sha256_a: str
    sha256_b: str
    kind: str
    distance: int
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Relation:
    """A verdict on two images, kept for ever under their content hashes, directed from one to the other."""

    from_sha256: str
    to_sha256: str
    kind: str
    evidence: str
    decided_by: str
    decided_at: str


@dataclass(frozen=True, slots=True)
class Step:
    """What the user did at one go: one action, or the many short ones of a long job.

    ``undoes`` is the uuid of the step that this one takes back, None for an ordinary step.
    """

    uuid: str
    first_action: int
    last_action: int
    label: str
    actor: str
    at: str
    undoes: str | None


@dataclass(frozen=True, slots=True)
class Change:
    """One row before and after, as JSON text; None where it did not exist."""

    id: int
    table: str
    row_id: int
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Filter:
    """A value of a facet that an image must have, or with ``wanted`` False must not have."""

    facet: str
    code: str
    wanted: bool = True


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for; the empty query finds every image.

    All ``words`` must stand in an image's file names, notes or tags.  Of the wanted filters of one facet an image
    must have any, of each unwanted one none; ``sha256`` are beginnings of content hashes.
    """

    words: tuple[str, ...] = ()
    filters: tuple[Filter, ...] = ()
    sha256: tuple[str, ...] = ()

    def with_filter(self, chosen: Filter) -> "Query":
        """The query with one more filter, in place of any other on the same value."""
        rest = self.without_filter(chosen.facet, chosen.code)
        return replace(rest, filters=(*rest.filters, chosen))

    def without_filter(self, facet: str, code: str) -> "Query":
        """The query less its filter on one value of a facet."""
        return replace(self, filters=tuple(f for f in self.filters if (f.facet, f.code) != (facet, code)))
