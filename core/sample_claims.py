"""What is said in the sample archive, as data: all of it made up, with parties, places and sources that do not exist.

Plates are named by their numbers, sightings by the plate and their weapon type.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from core.claims import Acquisition, Identification, LookAlike, Marking, Origin, Transfer
from core.reposts import plate_path
from core.tagging import Tag
from core.vocabularies import Term

Seen = tuple[int, str]
"""A sighting: the number of its plate and the code of its type."""

TERMS: Final[tuple[tuple[str, Term], ...]] = (
    ("holder", Term("made_up_guard", "Harbour Guard (made up)", source="made up")),
    ("holder", Term("made_up_militia", "Valley Militia (made up)", source="made up")),
    ("holder", Term("made_up_depot", "Northmark Depot (made up)", source="made up")),
    ("conflict", Term("made_up_dispute", "Harbour dispute (made up)", source="made up")),
    ("conflict", Term("made_up_unrest", "Valley unrest (made up)", source="made up")),
    ("place", Term("made_up_northmark", "Northmark (made up)", source="made up")),
    ("place", Term("made_up_saltwick", "Saltwick (made up)", parent="made_up_northmark", source="made up")),
    ("place", Term("made_up_ostfell", "Ostfell (made up)", source="made up")),
)
SOURCES: Final[Mapping[str, Mapping[str, str]]] = {
    "channel": {
        "type": "messaging_channel",
        "account": "@made_up_harbour_news",
        "url": "https://example.org/made-up-harbour-news",
        "reliability": "D",
        "note": "Made up: there is no such channel.",
    },
    "paper": {
        "type": "news_agency",
        "title": "Harbour Gazette (made up)",
        "publisher": "Made-up Press",
        "reliability": "B",
        "language": "en",
    },
    "desk": {"type": "field_photo", "title": "Drawings of the sample desk (made up)", "reliability": "A"},
}
"""The sources, by a name that the other tables call them by."""


@dataclass(frozen=True, slots=True)
class Captured:
    """What is said of the newest capture of the image at each of these paths, and which source it comes from."""

    paths: tuple[str, ...]
    source: str
    said: Mapping[str, str]


CAPTURES: Final = (
    Captured(
        tuple(map(plate_path, (1, 3, 5, 10, 24))),
        "desk",
        {"mode": "own_photograph", "collected_at": "2024-03-01", "collector": "Sample analyst"},
    ),
    Captured(
        (plate_path(2), plate_path(7), plate_path(26)),
        "channel",
        {"mode": "downloaded", "published_as_given": "2019-06-02", "collected_at": "2024-03-10"},
    ),
    Captured(
        ("reposts/IMG-20240314-WA0011.jpg",),
        "paper",
        {
            "mode": "screenshot",
            "source_url": "https://example.org/made-up-gazette/17",
            "published_as_given": "2024-03-14",
            "note": "Made up: it was printed as a picture of that week.",
        },
    ),
)

DESCRIPTIONS: Final[tuple[tuple[tuple[str, ...], Mapping[str, Any]], ...]] = (
    (
        tuple(map(plate_path, (1, 3, 5, 6, 24))),
        {
            "kind": "diagram",
            "generation": "original",
            "country": "ATA",
            "place": "made_up_saltwick",
            "place_precision": "locality_1km",
            "place_basis": "source_claim",
            "conflict": "made_up_dispute",
            "holder": "made_up_guard",
            "holder_basis": "insignia",
            "date": "2024-02~",
            "date_basis": "source_claim",
            "rights_status": "public_domain",
        },
    ),
    (
        (plate_path(2),),
        {
            "kind": "diagram",
            "generation": "first_known_copy",
            "country": "BVT",
            "place": "made_up_ostfell",
            "place_basis": "geolocated",
            "conflict": "made_up_unrest",
            "holder": "made_up_militia",
            "date": "2019-05",
            "date_basis": "upload_date",
            "caption": "Made up: a tank near Ostfell.",
        },
    ),
    (
        ("reposts/IMG-20240314-WA0011.jpg",),
        {
            "kind": "scan",
            "generation": "re_encoded",
            "country": "ATA",
            "place": "made_up_saltwick",
            "place_basis": "source_claim",
            "date": "2024-03-12",
            "date_basis": "source_claim",
            "caption": "Made up: the tank of Ostfell, told again of another place and another year.",
        },
    ),
    (
        (plate_path(25), plate_path(26)),
        {"kind": "composite", "generation": "cropped", "holder": "made_up_militia", "conflict": "made_up_unrest"},
    ),
)
SENSITIVE: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    ("deceptive_or_misleading", ("reposts/IMG-20240314-WA0011.jpg",)),
    ("personal_information", (plate_path(26),)),
    ("not_sensitive", tuple(map(plate_path, (1, 3, 5)))),
)

MODELS: Final[Mapping[Seen, str]] = {
    (1, "SA.RIF.AUT"): "vz-58",
    (24, "SA.RIF.AUT"): "vz-58",
    (3, "SA.PIS"): "glock-17",
    (6, "LW.MG.GP"): "fn-mag",
}
"""The models of some sightings that were tagged by their types."""
REGIONS: Final[Mapping[Seen, int]] = {
    (1, "SA.RIF.AUT"): 0,
    (10, "SA.RIF.SNI"): 0,
    (24, "SA.RIF.AUT"): 0,
    (24, "SA.RIF.SNI"): 1,
    (25, "SA.PIS"): 0,
    (25, "SA.REV"): 1,
    (25, "SA.SMG"): 2,
    (26, "VH.TNK"): 0,
    (26, "VH.APC"): 1,
    (26, "VH.TRK"): 2,
}
"""The place among its plate's drawings of the one that a sighting is."""
AGAIN: Final[Mapping[Seen, int]] = {(24, "SA.RIF.AUT"): 2}
"""Sightings of which the plate shows another one, and the place of that among its drawings."""

DETAILS: Final[Mapping[Seen, Mapping[str, Any]]] = {
    (1, "SA.RIF.AUT"): {"condition": "serviceable", "context": "displayed", "visible_part": "complete"},
    (2, "VH.TNK"): {"condition": "damaged", "context": "in_use", "visible_part": "partial"},
    (10, "SA.RIF.SNI"): {"condition": "unknown", "context": "displayed", "accessories": "Made up: a sight."},
    (14, "MU.CTG"): {"quantity": 4, "quantity_basis": "exact", "context": "laid_out"},
    (24, "SA.RIF.SNI"): {"condition": "serviceable", "context": "laid_out", "visible_part": "complete"},
    (26, "VH.TRK"): {"condition": "destroyed", "visible_part": "wreck"},
}


@dataclass(frozen=True, slots=True)
class Said:
    """A claim of a sighting, and which source it comes from; ``second`` is that the second analyst claims it."""

    seen: Seen
    claim: Identification | Origin | Acquisition | Marking
    source: str = ""
    second: bool = False


CLAIMS: Final = (
    Said(
        (1, "SA.RIF.AUT"),
        Acquisition(
            route="bought_or_traded",
            from_party="made_up_depot",
            holder="made_up_guard",
            scope="this_sighting",
            certainty="possible",
            bases=("source_claim",),
            note="Made up: the channel tells it so.",
            transfers=(
                Transfer("Old Mill Works (made up)", "Northmark Depot (made up)", "delivered", "1975~", "Northmark"),
                Transfer("Northmark Depot (made up)", "Harbour Guard (made up)", "sold", "2018/2019", "Saltwick"),
            ),
        ),
        "channel",
    ),
    Said((1, "SA.RIF.AUT"), Marking("MU 12345", "serial", "receiver", legibility="clear", certainty="certain")),
    Said(
        (24, "SA.RIF.AUT"),
        Marking("MU 12?45", "serial", "receiver", legibility="partial", note="Made up: one character is worn off."),
    ),
    Said(
        (5, "LW.MOR.M"),
        Origin(
            role="manufacture",
            countries=("FIN", "SWE"),
            maker="Made-up Works",
            production="licensed",
            years="1961/1964",
            certainty="probable",
            bases=("marking_read",),
        ),
        "paper",
    ),
    Said(
        (10, "SA.RIF.SNI"),
        Identification(
            "SA.RIF.SL",
            certainty="possible",
            bases=("silhouette",),
            features="Made up: the magazine is curved.",
            look_alikes=(LookAlike("vz-58", "Made up: too long a barrel."),),
            preferred=False,
        ),
        "paper",
        second=True,
    ),
    Said((16, "LW.MG.H"), Identification("LW.AMR", certainty="doubtful", bases=("silhouette",)), second=True),
)


@dataclass(frozen=True, slots=True)
class Decided:
    """A reviewer's decision on the preferred identification of a sighting."""

    seen: Seen
    reviewer: str
    decision: str
    reason: str = ""


REVIEWS: Final = (
    Decided((1, "SA.RIF.AUT"), "Second sample analyst", "confirm"),
    Decided((5, "LW.MOR.M"), "Second sample analyst", "confirm"),
    Decided((7, "LW.RKT"), "Second sample analyst", "confirm"),
    Decided((7, "LW.RKT"), "Third sample analyst", "reject", "Made up: the tube is open at one end alone."),
    Decided((6, "LW.MG.GP"), "Second sample analyst", "needs_specialist", "Made up: the feed cover is not seen."),
)


@dataclass(frozen=True, slots=True)
class BlindSet:
    """Plates that two coders describe blind, what each says of them, and for which reasons they are settled, if any."""

    name: str
    plates: tuple[int, ...]
    said: Mapping[str, tuple[Tag, ...]]
    reasons: tuple[str, ...] = field(default=())


BLIND_SETS: Final = (
    BlindSet(
        "Settled pilot (made up)",
        (18, 19),
        {
            "Sample analyst": (
                Tag("MU.GRN", certainty="certain", details={"condition": "serviceable"}),
                Tag("LW.ATGM", certainty="probable", design="SWE"),
            ),
            "Second sample analyst": (
                Tag("MU.GRN", certainty="certain", details={"condition": "serviceable"}),
                Tag("LW.RKT", certainty="possible", design="SWE"),
            ),
        },
        ("", "Made up: the launcher stands on a tripod."),
    ),
    BlindSet(
        "Pilot to settle (made up)",
        (11, 22),
        {
            "Sample analyst": (
                Tag(model="m-30", certainty="probable", manufacture="FIN", details={"context": "in_use"}),
                Tag("HW.AAG", certainty="certain"),
            ),
            "Second sample analyst": (
                Tag("HW.ART.TOW", certainty="certain", manufacture="SWE", details={"context": "displayed"}),
                Tag("HW.AAG", certainty="certain"),
            ),
        },
    ),
)
"""The first is settled; what its coders differ in is settled by the first of them.  The other waits for a newcomer."""
