"""Tags, claims, reviews, regions and terms, changed at random: all of it is taken back, done again, and adds up."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import rule, run_state_machine_as_test

from core import describing, identifying, reviewing, sighting_details, tag_values, tagging, vocabulary_editing
from core.claims import CERTAINTIES, DECISIONS, ROLES, Acquisition, Identification, LookAlike, Marking, Origin, Transfer
from core.errors import Refused
from core.records import ImageId, SightingId
from core.regions import Region
from core.tagging import Tag
from core.vocabularies import Term
from tests.core.researcher import COUNTRIES, PICKS, TYPES, Work

MODELS = st.sampled_from(["akm", "pkm", "rpg-7", "t-55"])
KINDS = st.sampled_from([Identification, Origin, Acquisition, Marking])
EDGES = st.integers(0, 900_000)
LISTS = st.sampled_from(["holder", "conflict", "context", "basis", "place"])
NAMES = st.sampled_from(["Wagner", "Farc", "Unit 7", "РВСН", "قوات"])
CERTAIN = st.sampled_from(CERTAINTIES)


class Claims(Work):
    """The same researcher, who also goes into the detail of every sighting and of every word for it."""

    def _tried(self, doing: Callable[..., Any], *args: Any, **options: Any) -> None:
        """Do something that may be refused; a refusal changes nothing."""
        before = self.archive.generation
        try:
            doing(self.archive, *args, **options)
        except Refused:
            assert self.archive.generation == before

    @rule(pick=PICKS, model=MODELS | st.none(), country=COUNTRIES | st.none(), certainty=CERTAIN | st.none())
    def tag(self, pick: int, model: str | None, country: str | None, certainty: str | None) -> None:
        if (image_id := self._pick("image", pick)) is not None:
            said = Tag(model=model, manufacture=country, certainty=certainty, details={"context": "held"})
            self._tried(tagging.tag, [ImageId(image_id)], said)

    @rule(pick=PICKS, which=PICKS)
    def untag(self, pick: int, which: int) -> None:
        if (image_id := self._pick("image", pick)) is not None:
            values = tag_values.values(self.archive, [ImageId(image_id)])
            if values:
                value = values[which % len(values)]
                self._tried(tag_values.untag, [ImageId(image_id)], value.facet, value.code)

    @rule(pick=PICKS, x=EDGES, y=EDGES, quantity=st.integers(1, 50) | st.none())
    def draw(self, pick: int, x: int, y: int, quantity: int | None) -> None:
        if (image_id := self._pick("image", pick)) is not None:
            self._tried(sighting_details.add, ImageId(image_id), region=Region(x, y, 100_000, 100_000))
            if quantity is not None and (newest := self._pick("sighting", -1)) is not None:
                said = {"quantity": quantity, "quantity_basis": "exact"}
                self._tried(sighting_details.set_details, SightingId(newest), said)

    @rule(pick=PICKS, x=EDGES)
    def move(self, pick: int, x: int) -> None:
        if (sighting_id := self._pick("sighting", pick)) is not None:
            self._tried(sighting_details.set_region, SightingId(sighting_id), Region(x, 0, 50_000, 1_000_000))

    @rule(pick=PICKS)
    def duplicate(self, pick: int) -> None:
        if (sighting_id := self._pick("sighting", pick)) is not None:
            self._tried(sighting_details.duplicate, SightingId(sighting_id))

    @rule(pick=PICKS, type=TYPES, model=MODELS, certainty=CERTAIN, preferred=st.booleans())
    def claim_what_it_is(self, pick: int, type: str, model: str, certainty: str, preferred: bool) -> None:  # noqa: A002
        if (sighting_id := self._pick("sighting", pick)) is not None:
            excluded = (LookAlike(model, "another stock"),)
            claim = Identification(type, certainty=certainty, preferred=preferred, look_alikes=excluded)
            self._tried(identifying.add, SightingId(sighting_id), claim)

    @rule(pick=PICKS, role=st.sampled_from(ROLES), countries=st.sets(COUNTRIES, min_size=1), preferred=st.booleans())
    def claim_where_from(self, pick: int, role: str, countries: set[str], preferred: bool) -> None:
        if (sighting_id := self._pick("sighting", pick)) is not None:
            claim = Origin(role, tuple(sorted(countries)), years="1974/1991", preferred=preferred)
            self._tried(identifying.add, SightingId(sighting_id), claim)

    @rule(pick=PICKS, steps=st.integers(0, 3), text=st.sampled_from(["12?45", "AB*", "9 М 131"]))
    def claim_how_it_came_and_what_it_bears(self, pick: int, steps: int, text: str) -> None:
        if (sighting_id := self._pick("sighting", pick)) is not None:
            transfers = tuple(Transfer(f"party {step}", f"party {step + 1}", date="2014") for step in range(steps))
            self._tried(identifying.add, SightingId(sighting_id), Acquisition(transfers=transfers))
            self._tried(identifying.add, SightingId(sighting_id), Marking(text, kind="serial"))

    @rule(kind=KINDS, pick=PICKS, prefers=st.booleans())
    def prefer_or_remove(self, kind: Any, pick: int, prefers: bool) -> None:
        if (claim_id := self._pick(kind.__name__.lower(), pick)) is not None:
            self._tried(identifying.prefer if prefers else identifying.remove, kind, claim_id)

    @rule(pick=PICKS, decision=st.sampled_from(DECISIONS), by=st.sampled_from(["Ada", "Grace"]))
    def review(self, pick: int, decision: str, by: str) -> None:
        if (claim_id := self._pick("identification", pick)) is not None:
            self.archive.actor = by
            self._tried(reviewing.decide, claim_id, decision, "looked closely")
            self.archive.actor = "Ada"

    @rule(pick=PICKS, holder=st.integers(0, 5), date=st.sampled_from(["2014", "2014-06/2015", ""]))
    def describe_whole_image(self, pick: int, holder: int, date: str) -> None:
        if (image_id := self._pick("image", pick)) is not None:
            held = [term.code for term in self.archive.vocabulary("holder")]
            said = {"date": date, "holder": held[holder % len(held)] if held else ""}
            self._tried(describing.describe, [ImageId(image_id)], said)
            self._tried(describing.mark_sensitive, [ImageId(image_id)], "graphic_violence")

    @rule(vocabulary=LISTS, name=NAMES)
    def add_term(self, vocabulary: str, name: str) -> None:
        self._tried(vocabulary_editing.add, vocabulary, Term("", name, source="made up"))

    @rule(vocabulary=LISTS, pick=PICKS, name=NAMES)
    def rename_term(self, vocabulary: str, pick: int, name: str) -> None:
        terms = list(self.archive.vocabulary(vocabulary))
        if terms:
            self._tried(vocabulary_editing.rename, vocabulary, terms[pick % len(terms)].code, name)

    @rule(vocabulary=st.sampled_from(["holder", "context", "country", "weapon_type"]), one=PICKS, other=PICKS)
    def merge_terms(self, vocabulary: str, one: int, other: int) -> None:
        used = {"country": ["HUN", "SUHH", "YUCS"], "weapon_type": ["SA.PIS", "LW.MG.GP"]}
        codes = used.get(vocabulary) or [term.code for term in self.archive.vocabulary(vocabulary)]
        codes = [code for code in codes if code in self.archive.vocabulary(vocabulary)]
        if codes:
            first, second = codes[one % len(codes)], codes[other % len(codes)]
            self._tried(vocabulary_editing.merge, vocabulary, first, into=second)


def test_whatever_is_claimed_and_however_it_is_called_undo_and_redo_restore_it(new_folder: Path) -> None:
    class Here(Claims):
        template = new_folder

    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        Here,
        settings=settings(
            max_examples=20, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
