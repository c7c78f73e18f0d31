"""Filling the sample archive with what ``sample_claims`` says, by the same functions that serve real archives."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Final

from core import (
    capturing,
    describing,
    identifying,
    known_sources,
    looking,
    reviewing,
    sighting_details,
    sourcing,
    tagging,
    vocabulary_editing,
)
from core.archive import Archive
from core.blind_coding import coding_agreement, double_coding, settling_codings
from core.blind_coding.settling_codings import Choice
from core.claims import Marking
from core.jobs import Job
from core.plates import PLATES, bounds
from core.records import ImageId, Sighting
from core.regions import Region
from core.reposts import plate_path
from core.sample_claims import (
    AGAIN,
    BLIND_SETS,
    CAPTURES,
    CLAIMS,
    DESCRIPTIONS,
    DETAILS,
    MODELS,
    REGIONS,
    REVIEWS,
    SENSITIVE,
    SOURCES,
    TERMS,
    BlindSet,
    Seen,
)
from core.store import images
from core.tagging import Tag

Images = Mapping[str, ImageId]
"""Every image by each of the paths at which it was found."""
SECOND_ACTOR: Final = "Second sample analyst"


@contextmanager
def acting(archive: Archive, who: str) -> Iterator[None]:
    """Do what follows in somebody else's name."""
    before, archive.actor = archive.actor, who
    try:
        yield
    finally:
        archive.actor = before


def code_blind(archive: Archive, found: Images) -> None:
    """Make the coding sets, code them as both coders, close them, and settle the one that is to be settled."""
    for one in BLIND_SETS:
        ids = [found[plate_path(number)] for number in one.plates]
        double_coding.make(archive, one.name, ids, list(one.said), note="Made up, as all that is said here.")
        for coder, tags in one.said.items():
            with acting(archive, coder):
                for image_id, tag in zip(ids, tags, strict=True):
                    tagging.tag(archive, [image_id], tag)
                double_coding.close(archive, one.name)
    for one in BLIND_SETS:
        if one.reasons:
            _settle(archive, one, [found[plate_path(number)] for number in one.plates])


def _settle(archive: Archive, one: BlindSet, ids: list[ImageId]) -> None:
    settling_codings.settle_agreed(archive, one.name)
    left = {image.image_id for image in coding_agreement.unsettled(archive, one.name)}
    for image_id, reason in zip(ids, one.reasons, strict=True):
        if image_id in left:
            settling_codings.settle(archive, one.name, image_id, Choice("first"), reason)


def fill(archive: Archive, found: Images, job: Job) -> None:
    """Say all that is said of images that are tagged by now, and of their files."""
    parts = (_say_of_images, _say_of_files, _say_of_sightings, _claim, _review)
    for done, part in enumerate(parts):
        job.step(done, len(parts), "Describing sample plates")
        part(archive, found)


def _say_of_images(archive: Archive, found: Images) -> None:
    for vocabulary, term in TERMS:
        vocabulary_editing.add(archive, vocabulary, term)
    for paths, said in DESCRIPTIONS:
        describing.describe(archive, [found[path] for path in paths], said)
    for code, paths in SENSITIVE:
        describing.mark_sensitive(archive, [found[path] for path in paths], code, sensitive=True)


def _say_of_files(archive: Archive, found: Images) -> None:
    named = {name: sourcing.add(archive, said) for name, said in SOURCES.items()}
    for one in CAPTURES:
        held = images.captures(archive.db, [found[path] for path in one.paths])
        newest = [captures[-1].id for captures in held.values()]
        capturing.change(archive, newest, {**one.said, "source_id": named[one.source]})


def _say_of_sightings(archive: Archive, found: Images) -> None:
    for seen, model in MODELS.items():
        held = _sighting(archive, found, seen)
        tagging.tag(
            archive, [held.image_id], Tag(model=model, certainty="probable", bases=("silhouette",)), onto=[held.id]
        )
    for seen, place in REGIONS.items():
        sighting_details.set_region(archive, _sighting(archive, found, seen).id, _region(seen, place))
    for seen, details in DETAILS.items():
        sighting_details.set_details(archive, _sighting(archive, found, seen).id, details)
    for seen, place in AGAIN.items():
        another = sighting_details.duplicate(archive, _sighting(archive, found, seen).id)
        sighting_details.set_region(archive, another, _region(seen, place))


def _claim(archive: Archive, found: Images) -> None:
    known = {one.source.name: one.source.id for one in known_sources.find(archive)}
    for said in CLAIMS:
        claim = said.claim
        if said.source and not isinstance(claim, Marking):
            claim = replace(claim, source_id=known[_name(said.source)])
        with acting(archive, SECOND_ACTOR if said.second else archive.actor):
            identifying.add(archive, _sighting(archive, found, said.seen).id, claim)


def _name(source: str) -> str:
    said = SOURCES[source]
    return said.get("account") or said["title"]


def _review(archive: Archive, found: Images) -> None:
    for one in REVIEWS:
        claim = _sighting(archive, found, one.seen).identification
        assert claim is not None
        with acting(archive, one.reviewer):
            reviewing.decide(archive, claim.id, one.decision, one.reason)


def _sighting(archive: Archive, found: Images, seen: Seen) -> Sighting:
    """The first sighting of that type on that plate."""
    number, code = seen
    (line,) = looking.summaries(archive, [found[plate_path(number)]])
    return next(one for one in line.sightings if one.identification and one.identification.type == code)


def _region(seen: Seen, place: int) -> Region:
    plate = PLATES[seen[0] - 1]
    return Region.from_pixels(*bounds(plate, place), *plate.size)
