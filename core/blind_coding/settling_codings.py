"""Settling a blind coding: from what two coders said of an image to the sightings of the record, which count.

Nothing is lost by it: both codings stay as they were made, and of each claim the one that was not chosen stands
beside the other as its rival.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from core.archive import Archive
from core.blind_coding import coding_agreement, double_coding
from core.blind_coding.coded_units import FIELDS, PRESENCE, QUANTITY, CodedImage, Unit
from core.blind_coding.joining_identifications import JOINED, Side, joined
from core.claims import Marking
from core.errors import Refused
from core.jobs import Job
from core.offering import number_of_images, shortened
from core.records import ImageId, SightingId
from core.sighting_details import TEXTS
from core.store import claimed, claims, coding_sets, images, sightings

PARTS: Final = FIELDS
"""What can be chosen apart of a weapon that both recorded.  Of a weapon that only one recorded, ``PRESENCE`` says
whether there is one."""
_STAMPS: Final = {"id": 0, "claimed_at": "", "author": "", "preferred": True}


@dataclass(frozen=True, slots=True)
class Choice:
    """Whose word holds of an image: one coder's, but for the ``parts`` that are chosen apart.

    These are by the unit's place in the image and the part's name.
    """

    side: Side
    parts: Mapping[tuple[int, str], Side] = field(default_factory=dict)

    def of(self, place: int, part: str) -> Side:
        """Whose word holds of a part of a unit."""
        return self.parts.get((place, part), self.side)


def settle(archive: Archive, name: str, image_id: ImageId, choice: Choice, reason: str = "") -> tuple[SightingId, ...]:
    """Put an image's sightings into the record as chosen, in one action; returns them.

    A claim's author stays whoever made it, and it keeps the time at which it was made.  Where the coders differ, a
    reason is needed.

    Raises:
        Refused: there is no such set or image in it, a coder is still at work, it is settled already, the reason is
            missing, the picture has been tagged meanwhile, or parts that are chosen apart contradict each other.
        ReadOnly: the archive is open for reading only.
    """
    row, first, second = double_coding.codings_of(archive, name)
    found = next((one for one in coding_agreement.unsettled(archive, name) if one.image_id == image_id), None)
    if found is None:
        raise Refused(f"This image is not in the coding set “{name}”, or is settled already.")
    reason = reason.strip()
    if not (reason or found.agreed):
        raise Refused("The coders differ here; say why one of them is followed.")
    _check_untagged(archive, [found])
    with archive.action(f"Settle an image of the coding set “{name}”" + (f": {shortened(reason)}" if reason else "")):
        made = _put(archive, found, choice, (first.coder, second.coder))
        coding_sets.settle(archive.db, row.id, image_id, reason)
        images.begin(archive.db, [image_id])
    return made


def settle_agreed(archive: Archive, name: str, *, job: Job | None = None) -> int:
    """Settle all images of a set on which its coders agree, in one action; how many.

    Images that were tagged meanwhile are left.  Of several that were decided to show the same picture only the first is
    settled, so that nothing counts twice.

    Raises:
        Refused: there is no such set, or a coder is still at work.
        ReadOnly: the archive is open for reading only.
        Cancelled: the user asked to stop; nothing was settled.
    """
    job = job or Job()
    row, first, second = double_coding.codings_of(archive, name)
    agreed = settleable(archive, name)
    with archive.action(f"Settle {number_of_images(len(agreed))} of the coding set “{name}”: both coders agree"):
        for done, image in enumerate(agreed, 1):
            _put(archive, image, Choice("first"), (first.coder, second.coder))
            coding_sets.settle(archive.db, row.id, image.image_id, "both coders agree")
            job.step(done, len(agreed), "Settling")
        images.begin(archive.db, [image.image_id for image in agreed if image.units])
    return len(agreed)


def settleable(archive: Archive, name: str) -> list[CodedImage]:
    """The images that ``settle_agreed`` would settle.

    Raises:
        Refused: there is no such set, or a coder is still at work.
    """
    agreed = [image for image in coding_agreement.unsettled(archive, name) if image.agreed]
    tagged = _tagged(archive, agreed)
    copies = sightings.siblings(archive.db, [image.image_id for image in agreed])
    found: list[CodedImage] = []
    for image in agreed:
        if image.image_id not in tagged:
            found.append(image)
            if image.units:
                tagged.update(other for other in copies[image.image_id] if other != image.image_id)
    return found


def _check_untagged(archive: Archive, found: Sequence[CodedImage]) -> None:
    if _tagged(archive, found):
        raise Refused(
            "This picture was tagged after it had been coded, so settling it would count its weapons twice; take one "
            "of the two away first."
        )


def _tagged(archive: Archive, found: Sequence[CodedImage]) -> set[ImageId]:
    """The images among these that have sightings in the record, their own or those of copies."""
    groups = sightings.siblings(archive.db, [image.image_id for image in found])
    held = sightings.of_images(archive.db, sorted({other for group in groups.values() for other in group}))
    return {image_id for image_id, group in groups.items() if any(held[other] for other in group)}


def _put(archive: Archive, image: CodedImage, choice: Choice, coders: tuple[str, str]) -> tuple[SightingId, ...]:
    made = []
    for place, unit in enumerate(image.units):
        if (unit.first is None or unit.second is None) and getattr(unit, choice.of(place, PRESENCE)) is None:
            continue
        made.append(_Settled(archive, image.image_id, unit, coders).put(place, choice))
    return tuple(made)


class _Settled:
    """One weapon as it goes into the record, out of what one or both coders said of it.

    What the coders are not compared in, such as a region or a marking, is taken from the other where the one who is
    followed said nothing; where both wrote a text, such as a note, both are kept.
    """

    def __init__(self, archive: Archive, image_id: ImageId, unit: Unit, coders: tuple[str, str]) -> None:
        self._archive = archive
        self._image_id = image_id
        self._said: dict[Side, claimed.Claimed] = {}
        self._coders: dict[Side, str] = {"first": coders[0], "second": coders[1]}
        sides: tuple[Side, Side] = ("first", "second")
        for side in sides:
            sighting = getattr(unit, side)
            if sighting is not None:
                self._said[side] = claimed.of_sightings(archive.db, [sighting])[0]

    def put(self, place: int, choice: Choice) -> SightingId:
        main = self._known(choice.of(place, PRESENCE))
        chosen = {part: self._known(choice.of(place, part)) for part in PARTS}
        values = {name: self._any(main, name) for name in ("region", "weapon_id")}
        values |= {name: self._texts(main, name) for name in TEXTS}
        for part in ("condition", "context", "visible_part", QUANTITY):
            values[part] = getattr(self._said[chosen[part]].sighting, part)
        values["quantity_basis"] = self._said[chosen[QUANTITY]].sighting.quantity_basis
        made = sightings.add(
            self._archive.db,
            self._image_id,
            values.pop("note") or "",
            region=values.pop("region"),
            author=self._coders[main],
            details=values,
        )
        self._identify(made, {part: chosen[part] for part in JOINED})
        for role in ("design", "manufacture"):
            self._claim(made, chosen[role], "origins", role)
        for kind in ("acquisitions", "markings"):
            self._claim(made, main if getattr(self._said[main], kind) else self._other(main), kind)
        return made

    def _known(self, side: Side) -> Side:
        """This side, or the other where only that one recorded the weapon."""
        return side if side in self._said else next(iter(self._said))

    def _other(self, side: Side) -> Side:
        return next((one for one in self._said if one != side), side)

    def _any(self, main: Side, name: str) -> Any:
        """A value of the sighting, the other coder's where the one who is followed has none."""
        held: Any = getattr(self._said[main].sighting, name)
        return held or getattr(self._said[self._other(main)].sighting, name) or held

    def _texts(self, main: Side, name: str) -> str:
        """What both coders wrote, that of the one who is followed first; once where they wrote the same."""
        written = (getattr(self._said[side].sighting, name) for side in (main, self._other(main)))
        return "\n".join(dict.fromkeys(filter(None, written)))

    def _identify(self, sighting_id: SightingId, chosen: Mapping[str, Side]) -> None:
        """Record the identification that the fields make that are followed, and beside it the other's.

        Where those are one coder's throughout it is this one's, word for word.
        """
        own = {side: said.sighting.identification for side, said in self._said.items()}
        lead, claim = joined(self._archive, own, chosen)
        if claim is None:
            return
        if claim == own[lead]:
            self._claim(sighting_id, lead, "identifications")
            return
        self._add(sighting_id, claim, preferred=True)
        for said in self._said.values():
            for one in said.identifications:
                if one.id != claim.id:
                    self._add(sighting_id, one, preferred=False)

    def _claim(self, sighting_id: SightingId, chosen: Side, kind: str, role: str = "") -> None:
        """Record the chosen coder's claims of a kind, and beside them the other's that say anything else.

        Where who is followed claims nothing, nothing is claimed.
        """
        held = {side: [one for one in getattr(said, kind) if not role or one.role == role]
                for side, said in self._said.items()}  # fmt: skip
        if not held[chosen]:
            return
        said: list[Any] = []
        for side in sorted(held, key=lambda one: one != chosen):
            for claim in held[side]:
                bare = replace(claim, **{name: value for name, value in _STAMPS.items() if hasattr(claim, name)})
                if bare not in said:
                    said.append(bare)
                    self._add(sighting_id, claim, preferred=side == chosen)

    def _add(self, sighting_id: SightingId, claim: Any, *, preferred: bool) -> None:
        if not isinstance(claim, Marking):
            claim = replace(claim, preferred=claim.preferred and preferred)
        claims.add(self._archive.db, sighting_id, claim, claim.author, claimed_at=claim.claimed_at)
