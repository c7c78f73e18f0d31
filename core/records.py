"""The things that Stocktake keeps, as frozen records passed between its rooms.

The words are those of the field, one for each idea: a *capture* is a file as it was collected, an *image* a
distinct content, a *group* the images that show the same picture, a *sighting* a weapon seen in an image.
"""

from dataclasses import dataclass, field, replace
from typing import Final, NewType

from core.claims import Identification, Origin, SourceId
from core.regions import Region
from core.transforms import Transform

ImageId = NewType("ImageId", int)
CaptureId = NewType("CaptureId", int)
SightingId = NewType("SightingId", int)

STATES: Final = ("decoded", "undecodable")
STATUSES: Final = ("new", "in_progress", "needs_help", "ready_for_review", "reviewed", "excluded")
READY_FOR_REVIEW: Final = "ready_for_review"
REVIEWED: Final = "reviewed"

# What the program finds between two images, tightest first.
FOUND_KINDS: Final = (
    "same_bytes",
    "same_pixels",
    "same_picture",
    "mirrored",
    "rotated",
    "crop",
    "contains",
    "near",
    "same_scene",
    "same_object",
    "same_place",
    "unconfirmed",
)
CHANGES: Final = (
    "mirrored",
    "turned_90",
    "turned_180",
    "turned_270",
    "tilted",
    "resized",
    "cut",
    "border",
    "caption",
    "screenshot",
    "inset",
    "overlaid",
    "recoloured",
    "altered",
)
"""What may have become of a picture from one copy to another; turned counter-clockwise."""
SAME_KINDS: Final = ("same_bytes", "same_pixels", "same_picture", "mirrored", "rotated", "crop", "contains")
"""The found kinds that say *same picture* and are verified."""

# What a person decides about two images.
VERDICTS: Final = (
    "same_picture",
    "better_copy_of",
    "crop_of",
    "redacted_version_of",
    "screenshot_of",
    "mirrored_copy_of",
    "rotated_copy_of",
    "composite_contains",
    "frame_of_same_video",
    "same_event",
    "same_object",
    "same_place",
    "not_related",
)
SAME_VERDICTS: Final = VERDICTS[:7]
"""Those that make a group.  A composite shows other pictures as well, so that it joins none."""
DIRECTED_VERDICTS: Final = VERDICTS[1:8]
"""Those that mean something else the other way round."""
PARTIAL_VERDICTS: Final = ("crop_of", "redacted_version_of", "screenshot_of", "mirrored_copy_of")
"""Those that say that the one shows less than the other, or shows it, writing above all, as nobody can read it."""


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
    """One time that an image was collected: where its file lay, when the file was changed and taken in (UTC).

    The rest is what people say of it.  A capture recorded by hand has no file, and an empty place.
    ``archived_at``, ``published_at`` and ``collected_at`` are EDTF texts, exact times in UTC; ``published_as_given`` is
    what the source shows, in whatever form.  ``mode`` is a code.
    """

    id: CaptureId
    image_id: ImageId
    place: Place
    modified_at: str
    imported_at: str
    source_id: SourceId | None = None
    source_url: str = ""
    archive_url: str = ""
    archived_at: str = ""
    published_as_given: str = ""
    published_at: str = ""
    collected_at: str = ""
    collector: str = ""
    mode: str = ""
    tool: str = ""
    tool_version: str = ""
    external_ids: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """Who or what published an image or a statement; ``type``, ``platform`` and ``reliability`` are codes."""

    id: SourceId
    type: str = ""
    platform: str = ""
    account: str = ""
    title: str = ""
    author: str = ""
    publisher: str = ""
    language: str = ""
    url: str = ""
    reliability: str = ""
    note: str = ""

    @property
    def name(self) -> str:
        """What to call it: its account, title, publisher, author or address, whichever is given first."""
        given = (self.account, self.title, self.publisher, self.author, self.url)
        return next(filter(None, given), f"source {self.id}")


@dataclass(frozen=True, slots=True)
class Description:
    """What people say of an image as a whole; an empty text means that nobody has said.

    ``date`` is an EDTF text; the position is in 10^-7 degrees; ``place`` is a code of the places, which lie in each
    other, ``country`` one of the countries; ``sensitivity`` are codes.
    """

    kind: str = ""
    generation: str = ""
    date: str = ""
    date_basis: str = ""
    country: str = ""
    place: str = ""
    latitude_e7: int | None = None
    longitude_e7: int | None = None
    place_precision: str = ""
    place_basis: str = ""
    conflict: str = ""
    holder: str = ""
    holder_basis: str = ""
    caption: str = ""
    rights_holder: str = ""
    rights_status: str = ""
    sensitivity: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sighting:
    """One weapon, or one group of like weapons, seen in an image, with the preferred claims about it.

    ``image_id`` is the image that it belongs to; it is shown for the other images of that image's group.  Without a
    ``region`` it is somewhere in the image.  ``visible_part``, ``condition``, ``context`` and ``quantity_basis`` are
    codes, empty where nobody has said.  ``weapon_id`` names the physical weapon that it was judged to be.
    ``coding_id`` is that of the blind coding it was made in, None for what counts.
    """

    id: SightingId
    image_id: ImageId
    note: str = ""
    identification: Identification | None = None
    origins: tuple[Origin, ...] = field(default=())
    region: Region | None = None
    visible_part: str = ""
    condition: str = ""
    context: str = ""
    quantity: int | None = None
    quantity_basis: str = ""
    weapon_id: int | None = None
    accessories: str = ""
    modifications: str = ""
    author: str = ""
    coding_id: int | None = None

    def origin(self, role: str) -> Origin | None:
        """The preferred origin of *design* or *manufacture*, None where nobody has said."""
        return next((origin for origin in self.origins if origin.role == role), None)

    def countries(self, role: str) -> tuple[str, ...]:
        """The codes of the preferred countries of *design* or *manufacture*, none where nobody has said."""
        origin = self.origin(role)
        return origin.countries if origin else ()


@dataclass(frozen=True, slots=True)
class Match:
    """Two images that the program found to be alike, ``sha256_a`` < ``sha256_b``.

    ``distance`` is in bits of the 64-bit perceptual hash; 0 for same bytes and same pixels, None where no hash told.
    ``changes`` say what became of the picture between the two, beside the kind (see ``CHANGES``); ``transform`` leads
    from ``a`` to ``b``, None where it is not known.  ``evidence`` is in words and numbers.
    """

    sha256_a: str
    sha256_b: str
    kind: str
    distance: int | None
    evidence: str = ""
    changes: tuple[str, ...] = ()
    transform: Transform | None = None


@dataclass(frozen=True, slots=True)
class Relation:
    """A verdict on two images, kept for ever under their content hashes, directed from one to the other.

    ``transform`` leads from the one to the other, None where nobody found it.
    """

    from_sha256: str
    to_sha256: str
    kind: str
    evidence: str
    decided_by: str
    decided_at: str
    transform: Transform | None = None


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
    must have any, of each unwanted one none; ``sha256`` are beginnings of content hashes.  Each of ``markings`` must
    be able to be, or be part of, one that was read on a weapon in it; ``?`` and ``*`` stand for what was not read.
    """

    words: tuple[str, ...] = ()
    filters: tuple[Filter, ...] = ()
    sha256: tuple[str, ...] = ()
    markings: tuple[str, ...] = ()

    def with_filter(self, chosen: Filter) -> "Query":
        """The query with one more filter, in place of any other on the same value."""
        rest = self.without_filter(chosen.facet, chosen.code)
        return replace(rest, filters=(*rest.filters, chosen))

    def without_filter(self, facet: str, code: str) -> "Query":
        """The query less its filter on one value of a facet."""
        return replace(self, filters=tuple(f for f in self.filters if (f.facet, f.code) != (facet, code)))
