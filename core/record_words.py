"""What rows of the record say, as people read it: the names of fields, their values, a whole row in a few words."""

from collections.abc import Mapping
from typing import Any, Final

from core import verdict_words
from core.archive import Archive
from core.claims import NOT_ASSESSED, REVIEW_STATES, SourceId
from core.records import ImageId
from core.store import coded, images, sources

Row = Mapping[str, Any]

REGION: Final = "region"
POSITION: Final = "position"
GROUPS: Final[Mapping[str, tuple[str, ...]]] = {
    REGION: ("x_e6", "y_e6", "width_e6", "height_e6"),
    POSITION: ("latitude_e7", "longitude_e7"),
}
"""Columns that are one field to people: they are shown, and set back, together."""
HIDDEN: Final = frozenset(
    {"id", "image_id", "sighting_id", "identification_id", "acquisition_id", "coding_id", "claimed_at", "decided_at"}
)
"""Columns that say nothing to people, or follow from what is shown beside them."""
_NAMES: Final = {
    "kind": "kind",
    "date_basis": "basis of the date",
    "place_basis": "basis of the place",
    "holder_basis": "basis of the holder",
    "quantity_basis": "basis of the quantity",
    "place_precision": "precision of the place",
    "country": "country where seen",
    "bases": "bases",
    "as_written": "model as written",
    "source_id": "source",
    "weapon_id": "physical weapon",
    "source_url": "web address",
    "archive_url": "address of the archived copy",
    "archived_at": "archived",
    "published_as_given": "published, as given",
    "published_at": "published",
    "collected_at": "collected",
    "external_ids": "numbers elsewhere",
    "from_party": "from",
    "to_party": "to",
    "position": "place on the weapon",
}
_OF: Final = {
    "image": "image",
    "description": "image",
    "sensitivity": "sensitivity",
    "capture": "capture",
    "sighting": "sighting",
    "identification": "identification",
    "origin": "origin",
    "acquisition": "acquisition",
    "marking": "marking",
    "look_alike": "look-alike",
    "transfer": "transfer",
    "review": "review",
    "relation": "verdict",
    "representative": "what stands for the group",
}
_VOCABULARIES: Final = {
    (column.table, column.name): name
    for name, columns in coded.COLUMNS.items()
    for column in columns
    if column.table in _OF
}


def vocabulary_of(table: str, column: str) -> str | None:
    """The vocabulary whose codes stand in a column, None for one of other values."""
    return _VOCABULARIES.get((table, column))


def field_name(table: str, field: str) -> str:
    """What people call a field: a column, or one of ``GROUPS``; "condition", "position"."""
    if field == POSITION and table == "description":
        return "position"
    return _NAMES.get(field, field.replace("_", " "))


def what(table: str, row: Row, sighting: int | None) -> str:
    """What a row is: "identification", "manufacture", "sighting 12"; ``sighting`` is the number of its sighting."""
    name = f"country of {row['role']}" if table == "origin" else _OF[table]
    if table == "sighting":
        return f"sighting {sighting}"
    return name if sighting is None else f"{name} of sighting {sighting}"


def value_words(archive: Archive, table: str, field: str, row: Row | None) -> str:
    """A field of a row as people read it, empty where it says nothing."""
    if row is None:
        return ""
    if field in GROUPS and GROUPS[field][0] in row:
        return _group_words(field, row)
    value = row.get(field)
    return "" if value in (None, "") else _said(archive, table, field, value)


def _said(archive: Archive, table: str, field: str, value: Any) -> str:
    if field == "certainty" and value == NOT_ASSESSED:
        return "not assessed"  # and not "revolver, unknown", which would say something else
    vocabulary = vocabulary_of(table, field)
    if vocabulary is not None:
        terms = archive.vocabulary(vocabulary)
        return " and ".join(terms.label(code) for code in str(value).split(" "))
    if field in ("preferred", "withdrawn"):
        return "yes" if value else "no"
    return _source_words(archive, value) if field == "source_id" else str(value)


def _group_words(field: str, row: Row) -> str:
    first, second, *size = (row[name] for name in GROUPS[field])
    if first is None:
        return ""
    if field == POSITION:
        return f"{first / 1e7:.5f}, {second / 1e7:.5f}"
    width, height = size
    return f"{width / 1e4:.0f} × {height / 1e4:.0f} % at {first / 1e4:.0f}, {second / 1e4:.0f} %"


def _source_words(archive: Archive, source_id: int) -> str:
    held = sources.of_ids(archive.db, [source_id]).get(SourceId(source_id))
    if held is None:
        return "a source that is not there any more"
    return held.title or held.account or held.url or f"source {source_id}"


_SUMMARIES: Final[Mapping[str, tuple[str, ...]]] = {
    "image": ("format",),
    "sensitivity": ("code",),
    "capture": ("path", "source_url", "note"),
    "sighting": ("visible_part", "condition", "context", "quantity", REGION, "note"),
    "identification": ("type", "model", "variant", "certainty", "bases"),
    "origin": ("countries", "maker", "certainty", "bases"),
    "acquisition": ("route", "from_party", "holder", "certainty"),
    "marking": ("text", "kind", "position"),
    "look_alike": ("model", "reason"),
    "transfer": ("from_party", "to_party", "mode", "date", "place"),
}


def row_words(archive: Archive, table: str, row: Row, sha256: str = "") -> str:
    """A whole row in a few words; of a verdict, those for the image with the content hash ``sha256``."""
    if table == "review":
        decision = REVIEW_STATES.get(row["decision"], row["decision"])
        return f"{decision}, {row['reviewer']}" + (f": {row['reason']}" if row["reason"] else "")
    if table == "relation":
        other = row["to_sha256"] if row["from_sha256"] == sha256 else row["from_sha256"]
        verdict = verdict_words.name(row["kind"], forward=row["to_sha256"] != sha256)
        return f"{verdict}: {_image_name(archive, other)}"
    if table == "representative":
        return f"this image, chosen by {row['chosen_by']}"
    said = (value_words(archive, table, field, row) for field in _SUMMARIES.get(table, ()))
    return ", ".join(words for words in said if words)


def _image_name(archive: Archive, sha256: str) -> str:
    image_id = images.id_of(archive.db, sha256)
    held = images.captures(archive.db, [image_id])[ImageId(image_id)] if image_id is not None else []
    return held[0].place.name if held and held[0].place.name else sha256[:12]
