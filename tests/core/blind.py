"""A blind coding under way, for tests of what must not be told before it is closed."""

from collections.abc import Sequence

from core.archive import Archive
from core.records import ImageId
from core.store import rows


def begin_coding(archive: Archive, ids: Sequence[ImageId], *coders: str) -> dict[str, int]:
    """Have images coded blind by these coders; the ids of their codings by name."""
    with archive.action("Make a coding set"):
        said = {"name": "Pilot", "note": "", "author": "Ada", "created_at": "now"}
        held = rows.insert(archive.db, "coding_set", said)
        for image_id in ids:
            rows.insert(archive.db, "set_member", {"set_id": held, "image_id": image_id})
        return {coder: rows.insert(archive.db, "coding", {"set_id": held, "coder": coder}) for coder in coders}


def close_coding(archive: Archive, *codings: int) -> None:
    """Close codings."""
    with archive.action("Close a coding"):
        for coding_id in codings:
            rows.update(archive.db, "coding", coding_id, {"closed_at": "now"})
