"""Captures: what people say of the times that images were collected, where from, when and by whom."""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final

from core.archive import Archive
from core.claims import SourceId
from core.dates import parse
from core.errors import Refused
from core.offering import number_of_images, offered
from core.records import Capture, CaptureId, ImageId, Source
from core.scope import check_there
from core.sourcing import get, plain
from core.store import codings, images, sources
from core.store.journal import now

VOCABULARIES: Final[Mapping[str, str]] = {"mode": "capture_mode"}
"""The vocabulary of each field of a capture that holds a code."""
DATES: Final = ("published_at", "collected_at", "archived_at")
_ZONED: Final = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?\s?(Z|[+-]\d\d:?\d\d)")


def of_images(archive: Archive, image_ids: Sequence[ImageId]) -> dict[ImageId, list[Capture]]:
    """The captures of these images, each image's in the order in which they came."""
    return images.captures(archive.db, image_ids)


def sources_of(archive: Archive, captures: Sequence[Capture]) -> dict[SourceId, Source]:
    """The sources that these captures come from."""
    return sources.of_ids(archive.db, sorted({one.source_id for one in captures if one.source_id is not None}))


def change(archive: Archive, capture_ids: Sequence[CaptureId], said: Mapping[str, Any]) -> None:
    """Give fields of captures other values, in one action; an empty text takes a value away, as None does a source.

    ``said`` is by the names of ``Capture``'s fields.  *published_at* follows from *published_as_given* while it is
    what that says; what was said of it by itself, now or before, stands, and so does a time read before a text that
    cannot be read.

    Raises:
        Refused: there is no such capture, field, source or value, a date cannot be read, a text is not plain, or an
            image is being coded blind.
        ReadOnly: the archive is open for reading only.
    """
    values = _checked(archive, said)
    found = _found(archive, capture_ids)
    codings.check_not_coded(archive.db, list({capture.image_id for capture in found}))
    number = "1 capture" if len(found) == 1 else f"{len(found):,} captures"
    with archive.action(f"Change {number}: {', '.join(_words(archive, said))}"):
        for capture in found:
            sources.change_capture(archive.db, capture.id, {**_following(capture, values), **values})


def _following(capture: Capture, values: Mapping[str, Any]) -> dict[str, str]:
    """What *published_at* becomes with what is said of a capture, unless it is said itself."""
    given: str | None = values.get("published_as_given")
    if given is None or capture.published_at != published(capture.published_as_given):
        return {}
    at = published(given)
    return {"published_at": at} if at or not given else {}


def add(archive: Archive, image_id: ImageId, said: Mapping[str, Any]) -> CaptureId:
    """Record by hand that an image was collected once more, in one action; such a capture has no file.

    Raises:
        Refused: nothing is said, the image is not there any more, or as for ``change``.
        ReadOnly: the archive is open for reading only.
    """
    values = {name: value for name, value in _checked(archive, said).items() if value not in ("", None)}
    if "published_as_given" in values:
        values = {"published_at": published(values["published_as_given"]), **values}
    if not values:
        raise Refused("A capture without a file needs at least one thing that is said of it.")
    if images.get(archive.db, image_id) is None:
        raise Refused("This image is not in the archive any more.")
    codings.check_not_coded(archive.db, [image_id])
    with archive.action("Add a capture by hand"):
        return sources.add_capture(archive.db, image_id, values, at=now())


def remove(archive: Archive, capture_id: CaptureId) -> None:
    """Take a capture away that was recorded by hand; one with a file is never removed.

    Raises:
        Refused: it has a file, is not there any more, or its image is being coded blind.
        ReadOnly: the archive is open for reading only.
    """
    (capture,) = _found(archive, [capture_id])
    if capture.place.text:
        raise Refused("This capture has a file, so it stays: only those that were recorded by hand can be removed.")
    codings.check_not_coded(archive.db, [capture.image_id])
    with archive.action("Remove a capture that was recorded by hand"):
        sources.remove_capture(archive.db, capture_id)


def put_under(archive: Archive, image_ids: Sequence[ImageId], source_id: SourceId) -> None:
    """Say that the newest capture of each of these images comes from a source, in one action.

    Raises:
        Refused: the source or an image is not there any more, or an image is being coded blind.
        ReadOnly: the archive is open for reading only.
    """
    source = get(archive, source_id)
    check_there(archive, image_ids)
    codings.check_not_coded(archive.db, image_ids)
    with archive.action(f"Source of {number_of_images(len(image_ids))}: {source.name}"):
        for image_id, captures in images.captures(archive.db, image_ids).items():
            if captures:
                sources.change_capture(archive.db, captures[-1].id, {"source_id": source_id})
            else:
                sources.add_capture(archive.db, image_id, {"source_id": source_id}, at=now())


def moment(text: str) -> str:
    """A time as the record keeps it: one with its offset from UTC in UTC, else the date.

    Raises:
        Refused: it cannot be read.
    """
    text = text.strip()
    if not text:
        return ""
    if _ZONED.fullmatch(text):
        try:
            exact = datetime.fromisoformat(re.sub(r"\s(?=[Z+-])", "", text))
            return exact.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
        except (ValueError, OverflowError):
            pass  # no such time: the date's own sentence says why
    return parse(text).text


def published(as_given: str) -> str:
    """When something was published, read from what the source shows; empty where that cannot be read."""
    try:
        return moment(as_given)
    except Refused:
        return ""


def _checked(archive: Archive, said: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _value(archive, name, value) for name, value in said.items()}


def _value(archive: Archive, name: str, value: Any) -> Any:
    if name not in images.SAID_OF_CAPTURE:
        raise Refused(f"A capture has no field “{name}” that people fill in.")
    if name == "source_id":
        return value if value is None else get(archive, value).id
    if name in VOCABULARIES:
        if value:
            offered(archive, VOCABULARIES[name], value)
        return value
    if name in DATES:
        return moment(value)
    return plain(value, several_lines=name in ("note", "external_ids"))


def _found(archive: Archive, capture_ids: Sequence[CaptureId]) -> list[Capture]:
    found = images.captures_by_id(archive.db, capture_ids)
    if len(found) < len(set(capture_ids)):
        raise Refused("Not all of these captures are in the archive any more; look at the image again.")
    return list(found.values())


def _words(archive: Archive, said: Mapping[str, Any]) -> list[str]:
    words = []
    for name, value in said.items():
        if name == "source_id":
            words.append(f"source {get(archive, value).name if value is not None else 'none'}")
        elif name in VOCABULARIES:
            shown = archive.vocabulary(VOCABULARIES[name]).label(value) if value else "none"
            words.append(f"{name} {shown}")
        else:
            words.append(name.replace("_", " ").replace("url", "address"))
    return words
