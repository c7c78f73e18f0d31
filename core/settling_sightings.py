"""Sightings on several copies of one picture that may be the same weapon: listed side by side, settled field by field.

One of the two is kept and counts, the other is settled into it.  Nothing is overwritten: what is taken over stands
before what was claimed of the kept one, which stays as a rival.  It holds while the copies are in one group.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from core import carrying
from core.archive import Archive
from core.blind_coding.coded_units import FIELDS, QUANTITY, pair_up, value
from core.blind_coding.joining_identifications import Side, joined
from core.changeable import all_changeable
from core.claims import ROLES, Identification, Marking
from core.errors import Refused
from core.jobs import Job
from core.offering import value_words
from core.records import ImageId, Sighting, SightingId
from core.sighting_details import TEXTS
from core.store import claimed, claims, settlements, sightings
from core.transforms import Transform

_DETAILS: Final = ("condition", "context", "visible_part", QUANTITY)
_AT_ONCE: Final = 200  # groups to look at; nobody settles more at one go
_STAMPS: Final = {"id": 0, "claimed_at": "", "author": "", "preferred": True}


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two sightings that may be one weapon: ``kept`` would count, ``other`` would be settled into it."""

    kept: Sighting
    other: Sighting

    def said(self, field: str) -> tuple[str, str]:
        """What each says in a field of ``FIELDS``, empty where nothing."""
        return value(self.kept, field) or "", value(self.other, field) or ""

    @property
    def contradictions(self) -> tuple[str, ...]:
        """The fields in which both say something else, to be chosen one by one.

        Where only one says anything, nobody is contradicted, and that is taken.
        """
        found = []
        for field in FIELDS:
            kept, other = self.said(field)
            if kept and other and kept != other and not (field == "level" and self._goes_with_model):
                found.append(field)
        return tuple(found)

    @property
    def _goes_with_model(self) -> bool:
        """Whether how far the identification reached follows from who names a model, since only one does."""
        return (self.said("model")[0] == "") != (self.said("model")[1] == "")

    def complete(self, chosen: Mapping[str, Side]) -> dict[str, Side]:
        """Whose word holds in every field: as chosen, or else of whoever says something, or else of the kept one."""
        whole: dict[str, Side] = {}
        for field in FIELDS:
            kept, other = self.said(field)
            whole[field] = "second" if other and not kept else "first"
        if self._goes_with_model:
            whole["level"] = whole["model"]
        return whole | dict(chosen)


def conflicts(archive: Archive, image_id: ImageId) -> list[Conflict]:
    """The sightings of an image's group that belong to different copies and may be the same weapon.

    Each copy is lined up with what the ones before it show, the representative first.  Two sightings whose regions
    lie apart when one is carried to the other's copy are no such pair, nor are two that were judged to be two weapons.
    """
    group = sightings.group(archive.db, image_id)
    held = {one: found for one, found in sightings.of_images(archive.db, group).items() if found}
    if len(held) < 2:
        return []
    shared = _Shared(archive, [one for found in held.values() for one in found])
    met: list[Sighting] = []
    found: list[Conflict] = []
    for own in held.values():
        for unit in pair_up(met, own, shared):
            if unit.first is None and unit.second is not None:
                met.append(unit.second)
            elif unit.first is not None and unit.second is not None:
                found.append(_conflict(unit.first, unit.second))
    return found


def arisen(archive: Archive, since: int) -> tuple[list[ImageId], int]:
    """Images of the groups in which verdicts since an action left conflicts, and how many there are in all."""
    counted = {one: len(conflicts(archive, one)) for one in settlements.joined_since(archive.db, since)[:_AT_ONCE]}
    return [one for one, count in counted.items() if count], sum(counted.values())


def _conflict(one: Sighting, other: Sighting) -> Conflict:
    """The one that says where it is counts, so that no region is lost from view; else that of the better copy."""
    swapped = one.region is None and other.region is not None
    return Conflict(other, one) if swapped else Conflict(one, other)


class _Shared:
    """How much the regions of two sightings on copies of one picture have in common."""

    def __init__(self, archive: Archive, seen: Sequence[Sighting]) -> None:
        self._archive = archive
        self._apart = settlements.apart(archive.db)
        self._settled_on = _settled_on(archive, [one.id for one in seen])
        self._drawn_on = {one.image_id for one in seen if one.region is not None}
        self._ways: dict[ImageId, dict[ImageId, Transform]] = {}  # to each image from the others

    def __call__(self, one: Sighting, other: Sighting) -> float | None:
        if (min(one.id, other.id), max(one.id, other.id)) in self._apart or self.is_on_one_copy(one, other):
            return 0
        if one.region is None or other.region is None:
            return None
        way = self._way(other.image_id, one.image_id)
        if way is None:
            return None
        carried = way.region(other.region)
        if carried is not None:
            return carried.intersection_over_union(one.region)
        back = way.inverse().region(one.region)
        return 0 if back is None else back.intersection_over_union(other.region)

    def is_on_one_copy(self, one: Sighting, other: Sighting) -> bool:
        """Whether both are seen on one copy, themselves or as what was settled into them: then they are two weapons."""
        seen, also = ({two.image_id} | self._settled_on.get(two.id, set()) for two in (one, other))
        return not seen.isdisjoint(also)

    def _way(self, from_id: ImageId, to_id: ImageId) -> Transform | None:
        if to_id not in self._ways:
            self._ways[to_id] = carrying.transforms(self._archive, to_id, self._drawn_on)
        return self._ways[to_id].get(from_id)


def _settled_on(archive: Archive, ids: Sequence[SightingId]) -> dict[SightingId, set[ImageId]]:
    """For each of these sightings, the images on which another one was settled into it, however many steps away."""
    found: dict[SightingId, set[ImageId]] = {}
    root = {one: one for one in ids}
    below = list(ids)
    while below:
        into = settlements.of_kept(archive.db, below)
        below = []
        for kept, every in into.items():
            for one in every:
                root[one.sighting_id] = root[kept]
                found.setdefault(root[kept], set()).add(one.image_id)
                below.append(one.sighting_id)
    return found


def settle(
    archive: Archive, kept_id: SightingId, other_id: SightingId, chosen: Mapping[str, Side] | None = None
) -> str:
    """Say that two sightings of copies are the same weapon, in one action; returns its label.

    ``chosen`` says whose word holds in each of the ``contradictions``, *first* that of the one that is kept.  What
    the two wrote as text is put together, and markings of both are kept.

    Raises:
        Refused: they are not sightings of two copies of one picture that count, one cannot be changed, they are linked
            to different physical weapons, a choice is missing, or the choices contradict each other.
        ReadOnly: the archive is open for reading only.
    """
    kept, other = _two(archive, kept_id, other_id)
    conflict = Conflict(kept, other)
    if _Shared(archive, [kept, other]).is_on_one_copy(kept, other):
        raise Refused("One copy shows both, as what was settled into them, so they are two weapons.")
    missing = [field for field in conflict.contradictions if field not in (chosen or {})]
    if missing:
        raise Refused(f"Say which of the two holds: {', '.join(missing).replace('_', ' ')}.")
    if None not in (kept.weapon_id, other.weapon_id) and kept.weapon_id != other.weapon_id:
        raise Refused("These are linked to two different physical weapons, so they cannot be one; unlink one first.")
    whole = conflict.complete(chosen or {})
    said = joined(archive, {"first": kept.identification, "second": other.identification}, whole)[1]
    label = f"Settle two sightings of copies as one weapon: {_words(archive, said)}"
    with archive.action(label):
        _Settled(archive, kept, other).put(whole, said)
    return label


def settle_agreeing(archive: Archive, image_ids: Sequence[ImageId], *, job: Job | None = None) -> int:
    """Settle, in one action, every pair in the groups of these images that contradicts itself in nothing; how many.

    Raises:
        Refused: one of the sightings cannot be changed.
        ReadOnly: the archive is open for reading only.
        Cancelled: the user asked to stop; nothing was settled.
    """
    job = job or Job()
    count = 0
    with archive.action("Settle sightings of copies that agree"):
        for done, image_id in enumerate(image_ids, 1):
            while settled := sum(_settle_if_agreed(archive, one) for one in conflicts(archive, image_id)):
                count += settled
                job.check()
            job.step(done, len(image_ids), "Settling")
    return count


def _settle_if_agreed(archive: Archive, found: Conflict) -> bool:
    """Settle a pair, unless what was settled before it has changed what the two are."""
    kept, other = all_changeable(archive, [found.kept.id, found.other.id])
    gone = any(settlements.into(archive.db, one.id) is not None for one in (kept, other))
    conflict = Conflict(kept, other)
    linked = None not in (kept.weapon_id, other.weapon_id) and kept.weapon_id != other.weapon_id
    if gone or linked or conflict.contradictions or _Shared(archive, [kept, other]).is_on_one_copy(kept, other):
        return False
    whole = conflict.complete({})
    said = joined(archive, {"first": kept.identification, "second": other.identification}, whole)[1]
    _Settled(archive, kept, other).put(whole, said)
    return True


def tell_apart(archive: Archive, one_id: SightingId, other_id: SightingId) -> None:
    """Say that two sightings of copies are two weapons, so that both count and nobody is asked again.

    Raises:
        Refused: they are not sightings of two copies of one picture that count, or one cannot be changed.
        ReadOnly: the archive is open for reading only.
    """
    one, other = _two(archive, one_id, other_id)
    with archive.action("Tell two sightings of copies apart"):
        settlements.put(archive.db, other.id, one.id, same=False, by=archive.actor)


def separate(archive: Archive, sighting_id: SightingId) -> None:
    """Have a sighting that was settled into another count by itself again, in one action.

    What was preferred of the other before comes back, where nobody has changed it since.

    Raises:
        Refused: it was not settled, or it cannot be changed.
        ReadOnly: the archive is open for reading only.
    """
    held = settlements.into(archive.db, sighting_id)
    if held is None:
        raise Refused("This sighting counts by itself already.")
    all_changeable(archive, [held.sighting_id, held.kept_id])
    with archive.action("Separate two sightings of copies"):
        settlements.end(archive.db, held.id)


def _two(archive: Archive, one_id: SightingId, other_id: SightingId) -> tuple[Sighting, Sighting]:
    one, other = all_changeable(archive, [one_id, other_id])
    if one.image_id == other.image_id or other.image_id not in sightings.group(archive.db, one.image_id):
        raise Refused("Only sightings on two copies of one picture can be the same weapon seen twice.")
    if any(settlements.into(archive.db, two.id) is not None or two.coding_id is not None for two in (one, other)):
        raise Refused("One of the two does not count by itself, so there is nothing to settle.")
    return one, other


def _words(archive: Archive, said: Identification | None) -> str:
    if said is None:
        return "not identified"
    return value_words(archive, "model", said.model) if said.model else value_words(archive, "type", said.type)


class _Settled:
    """One sighting as it is settled into another; each part notes what it does, so that it can be given back."""

    def __init__(self, archive: Archive, kept: Sighting, other: Sighting) -> None:
        self._db, self._actor = archive.db, archive.actor
        self._kept = kept
        self._other = other
        self._id = 0

    def put(self, whole: Mapping[str, Side], said: Identification | None) -> None:
        own, theirs = claimed.of_sightings(self._db, [self._kept, self._other])
        self._id = settlements.put(self._db, self._other.id, self._kept.id, same=True, by=self._actor)
        if said is not None and said != self._kept.identification:
            # Where the words of both are mixed, they are those of whoever settles.
            mixed = said != self._other.identification
            self._claim("identification", replace(said, author=self._actor, claimed_at="") if mixed else said, own)
        for role in ROLES:
            origin = self._other.origin(role)
            if whole[role] == "second" and origin is not None:
                self._claim(role, origin, own)
        if not own.acquisitions:
            for acquisition in theirs.acquisitions:
                if acquisition.preferred:
                    self._claim("acquisition", acquisition, own)
        for marking in theirs.markings:
            if _bare(marking) not in map(_bare, own.markings):
                self._claim("marking", marking, own)
        settlements.change(self._db, self._id, self._kept.id, self._details(whole))

    def _claim(self, field: str, claim: Any, own: claimed.Claimed) -> None:
        """Prefer a claim, which may be among the rivals already."""
        kind = type(claim)
        before = None if kind is Marking else claims.preferred_id(self._db, kind, self._kept.id, claim)
        held: Sequence[Any] = (*own.identifications, *own.origins, *own.acquisitions)
        there = next((one for one in held if type(one) is kind and _bare(one) == _bare(claim)), None)
        if there is not None:
            claims.prefer(self._db, kind, there.id)
            settlements.take_over(self._db, self._id, field, there.id, before, made=False)
            return
        if kind is not Marking:
            claim = replace(claim, preferred=True)
        made = claims.add(self._db, self._kept.id, claim, claim.author, claimed_at=claim.claimed_at or None)
        settlements.take_over(self._db, self._id, field, made, before, made=True)

    def _details(self, whole: Mapping[str, Side]) -> dict[str, Any]:
        """The details of the kept sighting that become others."""
        kept, other = self._kept, self._other
        values: dict[str, Any] = {name: _both(getattr(kept, name), getattr(other, name)) for name in TEXTS}
        values["weapon_id"] = kept.weapon_id if kept.weapon_id is not None else other.weapon_id
        for field in _DETAILS:
            if whole[field] == "second":
                values[field] = getattr(other, field)
        changed = {name: said for name, said in values.items() if said != getattr(kept, name)}
        if QUANTITY in changed or (whole[QUANTITY] == "second" and kept.quantity_basis != other.quantity_basis):
            changed |= {QUANTITY: other.quantity, "quantity_basis": other.quantity_basis}
        return changed


def _both(*written: str) -> str:
    """What two wrote, once where they wrote the same."""
    return "\n".join(dict.fromkeys(filter(None, written)))


def _bare(claim: Any) -> Any:
    """What a claim says whenever, and who claims it; of a marking, whoever read it."""
    stamps = {name: said for name, said in _STAMPS.items() if hasattr(claim, name)}
    if not isinstance(claim, Marking):
        stamps.pop("author")
    return replace(claim, **stamps)
