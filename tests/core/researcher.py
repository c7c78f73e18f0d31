"""A researcher at work, for hypothesis: whatever is done in whatever order can be taken back and done again."""

import shutil
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from core.archive import Archive
from core.claims import CERTAINTIES, ROLES, Identification, Origin
from core.jobs import Job
from core.records import STATUSES, VERDICTS, ImageId, Match, SightingId
from core.store import cache, following, images, relations, representatives, sightings
from core.verifying import verify
from tests.core.filling import add_image, dump, sha_of

PICTURES = st.integers(0, 7)  # few, so that they meet again
PICKS = st.integers(0, 10**6)
TYPES = st.sampled_from(["SA", "SA.RIF.AUT", "SA.PIS", "LW.MG.GP", "UNK"])
COUNTRIES = st.sampled_from(["HUN", "SUHH", "YUCS", "x-UNK"])


def derived(archive: Archive) -> dict[str, list[Any]]:
    """All that the cache holds of what follows the history."""
    read = archive.db.conn.execute
    return {
        "shown": read("SELECT facet, code, image_id FROM cache.shown ORDER BY 1, 2, 3").fetchall(),
        "posting": read("SELECT facet, code, block, bits FROM cache.posting ORDER BY 1, 2, 3").fetchall(),
        "membership": read("SELECT image_id, picture, representative FROM cache.membership ORDER BY 1").fetchall(),
        "search": read("SELECT rowid, text FROM cache.search ORDER BY 1").fetchall(),
    }


class Work(RuleBasedStateMachine):
    """A researcher who imports, tags, decides, removes, undoes, redoes, and closes the window now and then."""

    template: Path

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp(dir=self.template.parent))
        shutil.copytree(self.template, self.folder, dirs_exist_ok=True)
        self.archive = Archive.open(self.folder, actor="Ada")
        self.archive.catch_up()
        self.empty = dump(self.archive)

    def teardown(self) -> None:
        if not hasattr(self, "archive"):
            return
        newest = dump(self.archive)
        undone = 0
        while self.archive.undo() is not None:
            undone += 1
        assert dump(self.archive) == self.empty
        assert self.archive.undo_label is None
        for _ in range(undone):
            assert self.archive.redo() is not None
        assert dump(self.archive) == newest
        assert verify(self.archive, Job()).altered == ()
        self.archive.close()
        shutil.rmtree(self.folder)

    def _pick(self, table: str, pick: int) -> int | None:
        ids = [row_id for (row_id,) in self.archive.db.conn.execute(f"SELECT id FROM {table} ORDER BY id").fetchall()]
        return ids[pick % len(ids)] if ids else None

    @rule(picture=PICTURES)
    def import_image(self, picture: int) -> None:
        if images.id_of(self.archive.db, sha_of(picture)) is None:
            with self.archive.action("Import"):
                add_image(self.archive, picture)

    @rule(pick=PICKS, name=st.sampled_from(["a.jpg", "Б.jpg", "c d.jpg"]))
    def collect_again(self, pick: int, name: str) -> None:
        if (image_id := self._pick("image", pick)) is not None:
            with self.archive.action("Import"):
                place = images.Place(f"/again/{name}")
                images.add_capture(self.archive.db, ImageId(image_id), place, "2014-06-14T12:00:00.000Z")

    @rule(pick=PICKS, status=st.sampled_from(STATUSES), notes=st.text(max_size=5))
    def describe(self, pick: int, status: str, notes: str) -> None:
        if (image_id := self._pick("image", pick)) is not None:
            with self.archive.action("Describe"):
                images.set_status(self.archive.db, [ImageId(image_id)], status)
                images.set_notes(self.archive.db, ImageId(image_id), notes)

    @rule(
        table=st.sampled_from(
            ["image", "capture", "sighting", "identification", "origin", "relation", "representative"]
        ),
        pick=PICKS,
    )
    def remove(self, table: str, pick: int) -> None:
        if (row_id := self._pick(table, pick)) is not None:
            with self.archive.action("Remove"):
                self.archive.db.conn.execute(f"DELETE FROM {table} WHERE id = ?", (row_id,))

    @rule(pick=PICKS, note=st.sampled_from(["", "rusty", "ржавый"]))
    def see(self, pick: int, note: str) -> None:
        if (image_id := self._pick("image", pick)) is not None:
            with self.archive.action("See"):
                sightings.add(self.archive.db, ImageId(image_id), note)

    @rule(pick=PICKS, type=TYPES, certainty=st.sampled_from(CERTAINTIES), by=st.sampled_from(["Ada", "Grace"]))
    def identify(self, pick: int, type: str, certainty: str, by: str) -> None:  # noqa: A002
        if (sighting_id := self._pick("sighting", pick)) is not None:
            with self.archive.action("Identify"):
                sightings.identify(
                    self.archive.db, SightingId(sighting_id), Identification(type, certainty=certainty), by
                )

    @rule(pick=PICKS, role=st.sampled_from(ROLES), country=COUNTRIES, by=st.sampled_from(["Ada", "Grace"]))
    def place(self, pick: int, role: str, country: str, by: str) -> None:
        if (sighting_id := self._pick("sighting", pick)) is not None:
            with self.archive.action("Place"):
                claim = Origin(role, (country,), certainty="possible")
                sightings.place_origin(self.archive.db, SightingId(sighting_id), claim, by)

    @rule(pick=PICKS, image=PICKS)
    def move_sighting(self, pick: int, image: int) -> None:
        sighting_id, image_id = self._pick("sighting", pick), self._pick("image", image)
        if sighting_id is not None and image_id is not None:
            with self.archive.action("Move"):
                self.archive.db.conn.execute("UPDATE sighting SET image_id = ? WHERE id = ?", (image_id, sighting_id))

    @rule(one=PICTURES, other=PICTURES, kind=st.sampled_from(VERDICTS))
    def decide(self, one: int, other: int, kind: str) -> None:
        if one != other:
            with self.archive.action("Decide"):
                relations.put(
                    self.archive.db,
                    from_sha256=sha_of(one),
                    to_sha256=sha_of(other),
                    kind=kind,
                    evidence="near",
                    by="Ada",
                )

    @rule(picture=PICTURES)
    def choose(self, picture: int) -> None:
        with self.archive.action("Choose"):
            representatives.choose(self.archive.db, sha_of(picture), "Ada")

    @rule(pick=PICKS, at=st.sampled_from(["2013", "2014-06~", "2012-01-01T10:00:00Z", "../2011", ""]))
    def publish(self, pick: int, at: str) -> None:
        if (row_id := self._pick("capture", pick)) is not None:
            with self.archive.action("Publish"):
                self.archive.db.conn.execute("UPDATE capture SET published_at = ? WHERE id = ?", (at, row_id))

    @rule(one=PICTURES, other=PICTURES)
    def match(self, one: int, other: int) -> None:
        pair = sorted({sha_of(one), sha_of(other)})
        if len(pair) == 2:
            cache.add_matches(self.archive.db, [Match(pair[0], pair[1], "near", 3)])
            following.refresh(self.archive.db, pair)

    @rule()
    def undo(self) -> None:
        self.archive.undo()

    @rule()
    def redo(self) -> None:
        self.archive.redo()

    @rule()
    def reopen(self) -> None:
        labels = (self.archive.undo_label, self.archive.redo_label)
        self.archive.close()
        self.archive = Archive.open(self.folder, actor="Ada")
        assert (self.archive.undo_label, self.archive.redo_label) == labels

    @invariant()
    def the_cache_that_followed_equals_one_made_anew(self) -> None:
        if hasattr(self, "archive"):
            followed = derived(self.archive)
            cache.write_note(self.archive.db, "follows", "lost")
            self.archive.catch_up()
            assert derived(self.archive) == followed
