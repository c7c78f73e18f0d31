"""What the review shows of a pair beside its pictures: what speaks for each side, and what cannot both be true."""

from collections.abc import Sequence
from dataclasses import dataclass

from core import capturing, duplicates, looking, recycling
from core.archive import Archive
from core.dates import words as date_words
from core.duplicates import Pair, Side
from core.errors import Refused
from core.jobs import Job
from core.proposing import Decision, proposed
from core.records import Capture, ImageId, Match
from gui.models.recycled import difference_words
from gui.models.sentences import when

_DENSER_BY = 1.1  # times the pixels, so that rounding counts for nothing
_FINER_BY = 5  # steps of JPEG quality that are more than the estimate's own error


@dataclass(frozen=True, slots=True)
class SideFacts:
    """One image of a pair.  ``quality`` is about that of its last saving, None where it is no JPEG."""

    side: Side
    quality: int | None
    sources: tuple[str, ...]
    published: str

    @property
    def id(self) -> ImageId:
        """The image's id."""
        return self.side.image.id


@dataclass(frozen=True, slots=True)
class PairFacts:
    """Both sides of a pair.  ``covered`` says that one of them is graphic; ``cautions`` are contradictions in words."""

    pair: Pair
    sides: tuple[SideFacts, SideFacts]
    covered: bool
    cautions: tuple[str, ...]

    @property
    def proposal(self) -> Decision | None:
        """The verdict that goes with what was found."""
        a, b = self.sides
        return proposed(self.pair.match, a.side.pixels, b.side.pixels)


@dataclass(frozen=True, slots=True)
class Merits:
    """What speaks for one side against the other; ``denser`` has more pixels for what both of them show.

    ``earlier`` is it where the times differ as they are shown: seconds tell how files were unpacked.
    """

    larger: bool
    denser: bool
    finer: bool
    more_exif: bool
    earlier: bool

    @classmethod
    def of(cls, facts: PairFacts, place: int) -> "Merits":
        """Compare the first side with the second, or with 1 the second with the first."""
        own, other = facts.sides[place], facts.sides[1 - place]
        first, second = own.side.captured_first_at, other.side.captured_first_at
        both = own.quality is not None and other.quality is not None
        same = _pixels_for_the_same(facts)
        # A smaller copy that was saved with care has still lost more.
        poorer = own.side.pixels < other.side.pixels or same[1 - place] > _DENSER_BY * same[place]
        return cls(
            own.side.pixels > other.side.pixels,
            same[place] > _DENSER_BY * same[1 - place],
            both and not poorer and (own.quality or 0) >= (other.quality or 0) + _FINER_BY,
            own.side.has_exif and not other.side.has_exif,
            bool(first) and bool(second) and first < second and when(first) != when(second),
        )


def _pixels_for_the_same(facts: PairFacts) -> tuple[float, float]:
    """How many pixels either side has for the whole of the first one; equal where that is not known."""
    transform = facts.pair.match.transform
    a, b = facts.sides
    return (1, 1) if transform is None else (a.side.pixels, b.side.pixels * abs(transform.determinant))


@dataclass(frozen=True, slots=True)
class AskPair:
    """The question what there is to be said of a pair; None where an image is not there any more."""

    match: Match

    def __call__(self, archive: Archive, _job: Job) -> PairFacts | None:
        """Ask the archive."""
        pair = duplicates.pair(archive, self.match)
        if pair is None:
            return None
        ids = [pair.a.image.id, pair.b.image.id]
        differing = [
            difference_words(difference)
            for one in recycling.of_image(archive, ids[0])
            if one.other.image_id == ids[1]
            for difference in one.differences
            if not difference.mild
        ]
        captures = capturing.of_images(archive, ids)
        sides = (_facts(archive, pair.a, captures[ids[0]]), _facts(archive, pair.b, captures[ids[1]]))
        return PairFacts(pair, sides, bool(looking.covered(archive, ids)), tuple(differing))


def _facts(archive: Archive, side: Side, captures: Sequence[Capture]) -> SideFacts:
    names = capturing.sources_of(archive, captures)
    held = [names[one.source_id].name for one in captures if one.source_id in names]
    published = [capture.published_at or capture.published_as_given for capture in captures]
    first = min(filter(None, published), default="")
    return SideFacts(side, looking.saved_quality(archive, side.image.id), tuple(dict.fromkeys(held)), _day(first))


def _day(written: str) -> str:
    try:
        return date_words(written) if written else ""
    except Refused:
        return written
