"""What the window shows of blind codings: how the coders of a set agree, and what they differ in, in words."""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from core import looking
from core.archive import Archive
from core.blind_coding import coding_agreement, settling_codings
from core.blind_coding.coded_units import COUNT, FIELDS, PRESENCE, QUANTITY, CodedImage, Unit, value
from core.blind_coding.coding_agreement import SetAgreement, value_label
from core.blind_coding.double_coding import CodingSet
from core.blind_coding.joining_identifications import Side
from core.blind_coding.settling_codings import PARTS
from core.jobs import Job
from core.records import ImageId
from gui.models.sentences import facet_words


@dataclass(frozen=True, slots=True)
class Line:
    """A field of one weapon as both coders recorded it; ``part`` is what is chosen with it, the unit at ``place``."""

    place: int
    part: str
    field: str
    first: str
    second: str
    differs: bool


@dataclass(frozen=True, slots=True)
class Apart:
    """An image on which the coders differ: how many weapons each recorded, and every field that either filled in."""

    image_id: ImageId
    name: str
    counts: tuple[str, str]
    lines: tuple[Line, ...]

    @property
    def weapons(self) -> int:
        """How many weapons the two recorded between them."""
        return 1 + max((line.place for line in self.lines), default=-1)


@dataclass(frozen=True, slots=True)
class Compared:
    """A set that both have closed: its agreement, its disagreements, and how many images can be settled together."""

    name: str
    agreement: SetAgreement
    labels: dict[tuple[str, str], str]
    apart: tuple[Apart, ...]
    settleable: int


@dataclass(frozen=True, slots=True)
class AskCompared:
    """The question for a set that both have closed."""

    name: str

    def __call__(self, archive: Archive, job: Job) -> Compared:
        """Ask the archive."""
        measured = coding_agreement.agreement(archive, self.name)
        job.check()
        found = coding_agreement.disagreements(archive, self.name)
        names = {one.image_id: one.name for one in looking.members(archive, [image.image_id for image in found])}
        labels = {
            (one.field, said): value_label(archive, one.field, said)
            for one in measured.fields
            for pair in one.agreement.disagreements
            for said in (pair.first, pair.second)
            if said
        }
        return Compared(
            self.name,
            measured,
            labels,
            tuple(Apart(one.image_id, names[one.image_id], one.counts, _lines(archive, one)) for one in found),
            len(settling_codings.settleable(archive, self.name)),
        )


def _lines(archive: Archive, image: CodedImage) -> tuple[Line, ...]:
    return tuple(line for place, unit in enumerate(image.units) for line in _unit_lines(archive, place, unit))


def _unit_lines(archive: Archive, place: int, unit: Unit) -> list[Line]:
    lines = []
    alone = unit.first is None or unit.second is None
    if alone:
        there = [not_recorded() if one is None else _tr("recorded") for one in (unit.first, unit.second)]
        lines.append(Line(place, PRESENCE, PRESENCE, there[0], there[1], differs=True))
    for field in FIELDS:
        first, second = value(unit.first, field) or "", value(unit.second, field) or ""
        if first or second:
            part = PRESENCE if alone else field
            ours, theirs = value_label(archive, field, first), value_label(archive, field, second)
            lines.append(Line(place, part, field, ours, theirs, differs=first != second))
    return lines


def field_words(field: str) -> str:
    """What a field that is compared is called."""
    own = {
        COUNT: _tr("number of weapons"),
        PRESENCE: _tr("weapon"),
        QUANTITY: _tr("quantity"),
        "level": _tr("level of identification"),
    }
    return own.get(field) or facet_words(field)


def not_recorded() -> str:
    """What stands for a field that a coder left empty."""
    return _tr("not recorded")


def kappa_words(kappa: float | None) -> str:
    """What a kappa says of an agreement, in a few words that claim no more than it does."""
    if kappa is None:
        return _tr("undefined")
    if kappa >= 1:
        return _tr("full agreement")
    if kappa > 0:
        return _tr("better than chance")
    return _tr("no better than chance")


def state_words(coding_set: CodingSet, actor: str) -> str:
    """How far a set is, for one of its coders or somebody else."""
    if coding_set.closed:
        if coding_set.settled == coding_set.images:
            return _tr("settled")
        words = _tr("%1 of %2 settled")
        return words.replace("%1", f"{coding_set.settled:,}").replace("%2", f"{coding_set.images:,}")
    waiting = ", ".join(coder.name for coder in coding_set.coders if not coder.closed_at)
    own = next((coder for coder in coding_set.coders if coder.name == actor and not coder.closed_at), None)
    if own is not None:
        words = _tr("yours: %1 of %2 tagged")
        return words.replace("%1", f"{own.done:,}").replace("%2", f"{coding_set.images:,}")
    return _tr("waits for %1").replace("%1", waiting)


def other_side(side: Side) -> Side:
    """The other coder's side."""
    return "second" if side == "first" else "first"


def parts_of(apart: Apart) -> list[tuple[int, str]]:
    """What can be chosen apart in an image: units and parts that differ, in their order."""
    order = {part: place for place, part in enumerate((PRESENCE, *PARTS))}
    found = {(line.place, line.part) for line in apart.lines if line.differs}
    return sorted(found, key=lambda one: (one[0], order[one[1]]))


def _tr(text: str) -> str:
    return QCoreApplication.translate("Coding", text)
