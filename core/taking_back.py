"""Taking back one change of the history by itself, however much was done since: an action like any other."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from core import identifying, reviewing
from core.archive import Archive
from core.checking import checked
from core.errors import Refused
from core.record_history import changed_fields, sides
from core.record_words import GROUPS, field_name, row_words, value_words, vocabulary_of, what
from core.records import REVIEWED, ImageId, SightingId
from core.store import claims, codings, record_rows, rows, sightings
from core.store.record_rows import PARENTS, Row, RowChange

_KINDS: Final[Mapping[str, claims.Kind]] = {table: kind for kind, table in claims.TABLES.items()}
_PARTS: Final = ("look_alike", "transfer")  # each is part of what a claim says
# Which model it is settles how far the identification reached, and what else it says of it.
_WHAT: Final = ("type", "model", "level")
_TOGETHER: Final = (*_WHAT, "variant", "calibre")
_STAMPS: Final = ("preferred", "claimed_at")
_GONE: Final = "It is not there any more, so there is nothing to set back."


def take_back(archive: Archive, change_id: int, field: str = "") -> str:
    """Undo one field's change, or the coming or going of a row, in one action; returns its label.

    ``change_id`` and ``field`` are those of a ``record_history.FieldChange``.  A field gets its old value again, a
    row that was added is taken away, and one that was removed is put back with what hung on it.

    Raises:
        Refused: it is not as the change left it (the sentence says what it is now), what it was cannot be said any
            more, or it belongs to a blind coding that is another's or closed.
        ReadOnly: the archive is open for reading only.
    """
    change = record_rows.get(archive.db, change_id)
    if change is None or change.table not in ("image", "relation", "representative", *PARENTS):
        raise Refused("There is no such change of an image.")
    label = _label(archive, change, field)  # first of all, since every other refusal may tell what was said
    act: Callable[[], None]
    if field:
        act = _set_back(archive, change, field)
    elif change.before is None:
        act = _remove(archive, change)
    elif change.after is None:
        act = _put_back(archive, change)
    else:
        raise Refused("Say which field is to be set back.")
    with archive.action(label):
        act()
    return label


def _label(archive: Archive, change: RowChange, field: str) -> str:
    """What taking it back is called; refuses what belongs to a blind coding that is another's or closed."""
    coding_id = codings.coding_of(archive.db, change.table, change.said)
    if coding_id is not None:
        codings.check_changeable(archive.db, coding_id, archive.actor)
        return "Take back a change in a blind coding"
    image_id = record_rows.image_of(archive.db, change)
    if image_id is not None:
        codings.check_not_coded(archive.db, [image_id])
    name = what(change.table, change.said, record_rows.sighting_of(archive.db, change))
    return f"Take back {name}" + (f": {field_name(change.table, field)}" if field else "")


def _set_back(archive: Archive, change: RowChange, field: str) -> Callable[[], None]:
    """What sets a field back, once it is certain that it may be."""
    if field not in changed_fields(change):
        raise Refused("This change did not concern that field.")
    held = record_rows.now(archive.db, change)
    if held is None:
        raise Refused(_GONE)
    before, after = sides(change)
    columns = _columns(change, field)
    for name in columns:
        if held[name] != after[name]:
            since = field if field in GROUPS else name
            now = value_words(archive, change.table, since, held) or "empty"
            raise Refused(f"It was changed again since: {field_name(change.table, since)} is now “{now}”.")
    if change.table == "review":
        raise Refused("A decision stands until its reviewer decides anew; decide again instead.")
    if field == "preferred":
        return _prefer(archive, change)
    values = {name: before[name] for name in columns}
    for name, value in values.items():
        _check_value(archive, change, name, value)

    if change.table in _KINDS or change.table in _PARTS:
        return _rewrite(archive, change, {**held, **values}, held)
    return lambda: record_rows.write(archive.db, change, values)


def _columns(change: RowChange, field: str) -> Sequence[str]:
    """The columns that go back together with a field."""
    if field in GROUPS and GROUPS[field][0] in change.said:
        return GROUPS[field]
    if change.table == "identification" and field in _WHAT:
        return [name for name in _TOGETHER if name in changed_fields(change)]
    return (field,)


def _rewrite(archive: Archive, change: RowChange, row: Row | None, held: Row | None) -> Callable[[], None]:
    """What has a claim say ``row`` in place of ``held``, one's own and as it can be said; None is nothing.

    Both are rows of the claim or of a part of it.
    """
    part = change.table in _PARTS
    table = PARENTS[change.table] if part else change.table
    found = claims.held(archive.db, _KINDS[table], change.said[f"{table}_id"] if part else change.row_id)
    if found is None:
        raise Refused(_GONE)
    sighting_id, before = found
    identifying.check_own(archive, before)
    claim = claims.with_part(before, row, held) if part else claims.with_values(before, row or {})
    claim = checked(archive, claim, before)
    if claim == before:
        raise Refused("It cannot be set back by itself: what is said beside it asks for what it is now.")

    def act() -> None:
        claims.revise(archive.db, sighting_id, claim, before, archive.actor)

    return act


def _check_value(archive: Archive, change: RowChange, name: str, value: Any) -> None:
    """Refuse what cannot be said any more, or not yet."""
    _check_codes(archive, change.table, name, value)
    if change.table == "image" and name == "status" and value == REVIEWED:
        reviewing.check_reviewed(archive, [ImageId(change.row_id)])


def _check_codes(archive: Archive, table: str, name: str, value: Any) -> None:
    vocabulary = vocabulary_of(table, name)
    if vocabulary is not None and value:
        for code in str(value).split(" "):
            if code not in archive.vocabulary(vocabulary):
                raise Refused(f"“{code}” is not in the vocabulary any more, so it cannot be said again.")


def _prefer(archive: Archive, change: RowChange) -> Callable[[], None]:
    """Prefer again what was preferred before: this claim, or the one that lost its place to it in the same action."""
    before, _ = sides(change)
    chosen: int | None = change.row_id
    if not before["preferred"]:
        chosen = next(
            (
                other.row_id
                for other in record_rows.of_action(archive.db, change.action_id, change.table)
                if other.before and other.after and other.before["preferred"] > other.after["preferred"]
                and other.said["sighting_id"] == change.said["sighting_id"]
            ),
            None,
        )  # fmt: skip
    if chosen is None or not record_rows.exists(archive.db, change.table, chosen):
        raise Refused("What was preferred before it is not there any more; prefer another claim instead.")
    wanted = chosen
    return lambda: claims.prefer(archive.db, _KINDS[change.table], wanted)


def _remove(archive: Archive, change: RowChange) -> Callable[[], None]:
    """What takes a row away that was added."""
    if change.table == "image" or (change.table == "capture" and change.said["path"]):
        raise Refused("An import is taken back as a whole, by undo.")
    if change.table == "review" and change.said["reviewer"] != archive.actor:
        raise Refused(f"This is the decision of {change.said['reviewer']}; decide yourself beside it.")
    held = record_rows.now(archive.db, change)
    if held is None:
        raise Refused("It is not there any more.")
    if any(held[name] != value for name, value in change.said.items() if name not in _STAMPS):
        raise Refused(f"It was changed since: it is now “{row_words(archive, change.table, held)}”.")
    if change.table == "sighting":
        return _remove_sighting(archive, change)
    if change.table in _PARTS:
        return _rewrite(archive, change, None, held)
    if change.table in _KINDS:
        _check_own(archive, change.row_id, _KINDS[change.table])
        return lambda: claims.remove(archive.db, _KINDS[change.table], change.row_id)
    return lambda: rows.delete(archive.db, change.table, change.row_id)


def _check_own(archive: Archive, claim_id: int, kind: claims.Kind) -> None:
    found = claims.held(archive.db, kind, claim_id)
    if found is not None:
        identifying.check_own(archive, found[1])


def _remove_sighting(archive: Archive, change: RowChange) -> Callable[[], None]:
    sighting_id = SightingId(change.row_id)
    others = claims.authors(archive.db, sighting_id) - {archive.actor, change.actor}
    if others:
        raise Refused(f"{' and '.join(sorted(others))} said something of it since; remove it as a whole instead.")
    return lambda: sightings.remove(archive.db, sighting_id)


def _put_back(archive: Archive, change: RowChange) -> Callable[[], None]:
    """What puts a row back that was removed."""
    if record_rows.exists(archive.db, change.table, change.row_id):
        raise Refused("It is there again already.")
    parent = PARENTS.get(change.table)
    if parent is not None and not record_rows.exists(archive.db, parent, change.said[f"{parent}_id"]):
        raise Refused(f"The {parent} that it belonged to is not there any more; put that back first.")
    for gone in record_rows.gone_with(archive.db, change):
        for name, value in gone.said.items():
            _check_codes(archive, gone.table, name, value)
    if change.table in _PARTS:
        return _rewrite(archive, change, change.said, None)
    instead: dict[str, Any] = {}
    if change.table == "review":
        if change.said["reviewer"] != archive.actor:
            raise Refused(f"This is the decision of {change.said['reviewer']}; decide yourself beside it.")
        instead["withdrawn"] = 1  # it stood for a moment that is over; deciding anew makes it stand
    if change.said.get("preferred") and claims.has_preferred(archive.db, _KINDS[change.table], change.said):
        instead["preferred"] = 0
    return lambda: record_rows.put_back(archive.db, change, **instead)
