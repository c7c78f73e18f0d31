"""Tagging: giving images a weapon type, a model and countries, which is adding a sighting without a region.

A tag holds for the whole group of an image, so an image is looked at together with its copies: what one of them
has already is not added to another, or one weapon would be counted twice.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from core import reviewing
from core.archive import Archive
from core.changeable import all_changeable, changeable
from core.claims import NOT_ASSESSED, ROLES, UNKNOWN_TYPE, Identification, Origin
from core.errors import Refused
from core.in_own_name import assessed, loses
from core.offering import check_certainty, check_value, number_of_images, number_of_sightings, offered, value_words
from core.records import REVIEWED, STATUSES, ImageId, Sighting, SightingId
from core.scope import Picture, scope_of
from core.store import claims, codings, images, sightings
from core.weapon_models import check_type

C = TypeVar("C", Identification, Origin)


@dataclass(frozen=True, slots=True)
class Tag:
    """What to say of the weapon in an image; None says nothing.

    ``type`` and ``model`` are codes of weapon types and models, ``design`` and ``manufacture`` of countries.  A model
    alone brings its type along.  ``certainty`` and ``bases`` go with all that is said; where they are None, new claims
    are *unknown* and without a basis, and equal ones stay as they are.  ``details`` gives facets of ``DETAILS`` codes.
    """

    type: str | None = None
    design: str | None = None
    manufacture: str | None = None
    certainty: str | None = None
    note: str | None = None
    model: str | None = None
    bases: tuple[str, ...] | None = None
    details: Mapping[str, str] = field(default_factory=dict)

    @property
    def countries(self) -> tuple[tuple[str, str], ...]:
        """The countries that it names, each with its role."""
        given = zip(ROLES, (self.design, self.manufacture), strict=True)
        return tuple((role, country) for role, country in given if country is not None)


@dataclass(frozen=True, slots=True)
class TagReport:
    """What tagging did: its words, and the sighting that it found or made in each picture."""

    label: str
    images: int
    sightings: tuple[SightingId, ...]


def tag(
    archive: Archive, image_ids: Sequence[ImageId], said: Tag, *, onto: Sequence[SightingId] | None = None
) -> TagReport:
    """Say something of the weapon in each image, in one action.

    It goes onto a sighting that the picture has already: one of ``onto``, or one of that type and model that says
    nothing else of the countries (best one that says them), or one of which nobody has said what it is, or, where
    neither is said, the newest.  Where there is none, a sighting is added.  Images that are *new* become *in
    progress*.  In a blind coding only the coder's own sightings are looked at, and the status stays.

    Raises:
        Refused: nothing is said, or with a value that is not in the vocabularies, the model is of another type, or an
            image is not there any more or is being coded blind by others.
        ReadOnly: the archive is open for reading only.
    """
    said = _complete(archive, said)
    scope = scope_of(archive, image_ids)
    label = f"Tag {number_of_images(len(image_ids))}: {scope.told(describe(archive, said))}"
    with archive.action(label):
        found = [_say(archive, picture, _target(picture.sightings, said, onto), said) for picture in scope.pictures]
        # What is coded blind keeps its status, which everybody sees.
        images.begin(archive.db, scope.counting)
    return TagReport(label, len(image_ids), tuple(found))


def _complete(archive: Archive, said: Tag) -> Tag:
    """A tag all of whose values are there to be given, with the type that its model has."""
    if all(one is None for one in (said.type, said.model, said.note)) and not said.countries and not said.details:
        raise Refused("A tag needs at least a weapon type, a model, a country, a detail or a note.")
    values = [("type", said.type), ("model", said.model), *said.countries, *said.details.items()]
    for facet, code in values:
        if code is not None:
            check_value(archive, facet, code)
    for basis in said.bases or ():
        offered(archive, "basis", basis)
    if said.certainty is not None:
        check_certainty(said.certainty)
    if said.model is not None and said.type is not None:
        check_type(archive.weapon_models, archive.weapon_types, said.model, said.type)
    elif said.model is not None:
        said = replace(said, type=archive.weapon_models.get(said.model).attributes.get("type"))
    return said


def _target(shown: Sequence[Sighting], said: Tag, onto: Sequence[SightingId] | None) -> Sighting | None:
    if onto is not None:
        return next((sighting for sighting in shown if sighting.id in set(onto)), None)
    if said.type is None and said.model is None:
        return max(shown, key=lambda sighting: sighting.id, default=None)
    fitting = (sighting for sighting in shown if _fits(sighting, said))
    return min(fitting, key=lambda one: _fits_less(one, said), default=None)


def _fits_less(sighting: Sighting, said: Tag) -> tuple[bool, int]:
    """How little a sighting that fits has said already of what is said now: the least goes first."""
    return sighting.identification is None, sum(not sighting.countries(role) for role, _ in said.countries)


def _fits(sighting: Sighting, said: Tag) -> bool:
    held = sighting.identification
    # A weapon of which nobody says what it is, a region without a word, say, is not counted beside a second one.
    if held is not None and said.type not in (None, held.type):
        return False
    if held is not None and said.model is not None and held.model not in ("", said.model):
        return False
    return all(sighting.countries(role) in ((), (country,)) for role, country in said.countries)


def _say(archive: Archive, picture: Picture, target: Sighting | None, said: Tag) -> SightingId:
    if target is None:
        values: dict[str, Any] = {"author": archive.actor, "coding_id": picture.coding_id, "details": said.details}
        sighting_id = sightings.add(archive.db, picture.image_id, said.note or "", **values)
    else:
        sighting_id = target.id
        note = {} if said.note is None else {"note": said.note}
        sightings.change(archive.db, sighting_id, {**said.details, **note})
    if said.type is not None or said.model is not None:
        held = target.identification if target else None
        _claim(archive, sighting_id, held, _identification(archive, held, said))
    for role, country in said.countries:
        origin = target.origin(role) if target else None
        same = origin is not None and origin.countries == (country,)
        _claim(archive, sighting_id, origin, _with(origin if same else None, said, Origin(role, (country,)), archive))
    return sighting_id


def _identification(archive: Archive, held: Identification | None, said: Tag) -> Identification:
    # A model that was added while coding may have no type yet.
    weapon_type = said.type or (held.type if held else UNKNOWN_TYPE)
    if said.model is None:
        same = held is not None and held.type == weapon_type
        return _with(held if same else None, said, Identification(weapon_type), archive)
    level = archive.weapon_models.get(said.model).attributes.get("level", "model")
    named = Identification(weapon_type, said.model, level)
    if held is None or held.type != weapon_type or held.model not in ("", said.model):
        return _with(None, said, named, archive)
    if held.model:
        return _with(held, said, named, archive)
    if held.author != archive.actor or said.model in {one.model for one in held.look_alikes}:
        return _with(None, said, named, archive)
    return _with(replace(held, model=said.model, level=level), said, named, archive)


def _with(held: C | None, said: Tag, new: C, archive: Archive) -> C:
    """What is claimed already, or else something new, with the certainty and the bases that are said."""
    given = {"certainty": said.certainty, "bases": said.bases}
    how: dict[str, Any] = {name: value for name, value in given.items() if value is not None}
    return replace(new, **how) if held is None else assessed(held, how, archive.actor)


def _claim(archive: Archive, sighting_id: SightingId, held: C | None, claim: C) -> None:
    """Have this be preferred; what was claimed stays as a rival where it says more than it can be corrected in."""
    if held is not None and not _is_same(held, claim) and loses(held, claim):
        claims.add(archive.db, sighting_id, replace(claim, preferred=True), archive.actor)
    elif isinstance(claim, Identification):
        sightings.identify(archive.db, sighting_id, claim, archive.actor)
    else:
        sightings.place_origin(archive.db, sighting_id, claim, archive.actor)


def _is_same(held: Identification | Origin, claim: Identification | Origin) -> bool:
    """Whether two claims say the same of the weapon, however certain they are."""
    if isinstance(held, Origin) or isinstance(claim, Origin):
        return getattr(held, "countries", ()) == getattr(claim, "countries", ())
    return (held.type, held.model) == (claim.type, claim.model)


def remove(archive: Archive, sighting_ids: Sequence[SightingId]) -> None:
    """Take whole sightings away, in one action.

    Raises:
        Refused: one of them cannot be changed.
        ReadOnly: the archive is open for reading only.
    """
    all_changeable(archive, sighting_ids)
    with archive.action(f"Remove {number_of_sightings(len(sighting_ids))}"):
        for sighting_id in sighting_ids:
            sightings.remove(archive.db, sighting_id)


def set_certainty(archive: Archive, sighting_ids: Sequence[SightingId], certainty: str) -> None:
    """Give all that is said of these sightings a certainty, in one action.

    Raises:
        Refused: it is not on the scale, or a sighting cannot be changed.
        ReadOnly: the archive is open for reading only.
    """
    check_certainty(certainty)
    _assess(archive, sighting_ids, f"Certainty {certainty}", {"certainty": certainty})


def set_bases(archive: Archive, sighting_ids: Sequence[SightingId], bases: Sequence[str]) -> None:
    """Say what all that is said of these sightings rests on, in one action; none takes it away.

    Raises:
        Refused: there is no such basis, or a sighting cannot be changed.
        ReadOnly: the archive is open for reading only.
    """
    for basis in bases:
        offered(archive, "basis", basis)
    words = " and ".join(archive.vocabulary("basis").label(basis) for basis in bases) or "none"
    _assess(archive, sighting_ids, f"Basis {words}", {"bases": tuple(bases)})


def _assess(archive: Archive, sighting_ids: Sequence[SightingId], words: str, how: Mapping[str, Any]) -> None:
    found = all_changeable(archive, sighting_ids)
    if any(held.coding_id is not None for held in found):
        words = f"{words.split(maxsplit=1)[0]} in a blind coding"
    with archive.action(f"{words}: {number_of_sightings(len(sighting_ids))}"):
        for held in found:
            if held.identification is not None:
                claim = assessed(held.identification, how, archive.actor)
                sightings.identify(archive.db, held.id, claim, archive.actor)
            for origin in held.origins:
                sightings.place_origin(archive.db, held.id, assessed(origin, how, archive.actor), archive.actor)


def set_note(archive: Archive, sighting_id: SightingId, note: str) -> None:
    """Give a sighting its note.

    Raises:
        Refused: it cannot be changed.
        ReadOnly: the archive is open for reading only.
    """
    changeable(archive, sighting_id)
    with archive.action("Note on a sighting"):
        sightings.set_note(archive.db, sighting_id, note)


def set_status(archive: Archive, image_ids: Sequence[ImageId], status: str) -> None:
    """Give images a status, in one action.

    Raises:
        Refused: there is no such status, or the four-eyes rule does not let them be *reviewed* yet.
        ReadOnly: the archive is open for reading only.
    """
    if status not in STATUSES:
        raise Refused(f"There is no status “{status}”; there are {', '.join(STATUSES)}.")
    if status == REVIEWED:
        reviewing.check_reviewed(archive, image_ids)
    with archive.action(f"Status {status.replace('_', ' ')}: {number_of_images(len(image_ids))}"):
        images.set_status(archive.db, image_ids, status)


def set_image_notes(archive: Archive, image_id: ImageId, notes: str) -> None:
    """Give an image its notes.

    Raises:
        Refused: it is being coded blind.
        ReadOnly: the archive is open for reading only.
    """
    codings.check_not_coded(archive.db, [image_id])
    with archive.action("Notes on an image"):
        images.set_notes(archive.db, image_id, notes)


def describe(archive: Archive, said: Tag) -> str:
    """A tag in words: "assault rifle, made in Hungary, probable"."""
    shown = said.model is not None
    parts = [value_words(archive, "model", said.model)] if said.model else []
    parts += [value_words(archive, "type", said.type)] if said.type and not shown else []
    parts += [value_words(archive, role, country) for role, country in said.countries]
    parts += [value_words(archive, facet, code) for facet, code in said.details.items()]
    parts += ["not assessed" if said.certainty == NOT_ASSESSED else said.certainty] if said.certainty else []
    parts += ["note"] if said.note is not None else []
    return ", ".join(parts)
