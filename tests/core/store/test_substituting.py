"""A merge of what very many images say: only its facets are made anew, and the cache is as if all of it were."""

from collections.abc import Callable

import pytest

from core import search, tagging
from core import vocabulary_editing as editing
from core.archive import Archive
from core.records import ImageId
from core.store import cache, descriptions, following, relations, substituting
from core.vocabularies import Term
from tests.core.filling import add_image, sha_of

Shown = list[tuple[object, ...]]


@pytest.fixture
def many(new: Archive, monkeypatch: pytest.MonkeyPatch) -> Archive:
    """An archive in which three changes are many, with tagged images, one of them the copy of an untagged one."""
    with new.action("Import"):
        ids = [add_image(new, number) for number in range(8)]
    editing.add(new, "holder", Term("is", "IS"))
    editing.add(new, "holder", Term("isil", "ISIL"))
    tagging.tag(new, ids[:5], tagging.Tag(type="SA.PIS", manufacture="HUN", design="HUN"))
    tagging.tag(new, ids[5:7], tagging.Tag(type="SA.REV", manufacture="ROU"))
    with new.action("Describe"):
        descriptions.change(new.db, ids[:5], {"holder": "is", "country": "HUN"})
    with new.action("Decide"):
        relations.put(
            new.db, from_sha256=sha_of(0), to_sha256=sha_of(7), kind="same_picture", evidence="near", by="Ada"
        )
    monkeypatch.setattr(following, "_REBUILD_ABOVE", 3)
    return new


def shown(archive: Archive) -> tuple[Shown, Shown]:
    """All that the cache says of facets."""
    values = archive.db.conn.execute("SELECT facet, code, image_id FROM cache.shown ORDER BY 1, 2, 3").fetchall()
    postings = archive.db.conn.execute("SELECT facet, code, block, hex(bits) FROM cache.posting ORDER BY 1, 2, 3")
    return values, postings.fetchall()


def anew(archive: Archive) -> tuple[Shown, Shown]:
    """What it says after all of it was made anew."""
    cache.write_note(archive.db, "follows", "nothing")
    archive.catch_up()
    return shown(archive)


@pytest.mark.parametrize(
    ("merge", "facets", "found"),
    [
        (lambda archive: editing.merge(archive, "holder", "is", into="isil"), {"holder"}, "holder:isil"),
        (lambda archive: editing.merge(archive, "weapon_type", "SA.PIS", into="LW.AMR"), {"type"}, "type:LW"),
        (
            lambda archive: editing.merge(archive, "country", "HUN", into="ROU"),
            {"manufacture", "design", "seen_in"},
            "country:ROU",
        ),
    ],
)
def test_a_merge_and_its_undoing_leave_the_cache_as_if_made_anew(
    many: Archive,
    monkeypatch: pytest.MonkeyPatch,
    merge: Callable[[Archive], object],
    facets: set[str],
    found: str,
) -> None:
    before = shown(many)
    seen: list[frozenset[str] | None] = []
    asked = substituting.changed_facets
    with monkeypatch.context() as patched:
        patched.setattr(substituting, "changed_facets", lambda db, mark: seen.append(asked(db, mark)) or seen[-1])
        patched.setattr(following, "_rebuild", None)
        merge(many)
        assert seen == [facets]
        assert search.count(many, search.parse(many, found)) >= 5
        merged = shown(many)
        many.undo()
        assert shown(many) == before
    assert anew(many) == before
    many.redo()
    assert shown(many) == merged == anew(many)


def test_a_term_put_under_another_moves_its_facet_alone(many: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    before = shown(many)
    monkeypatch.setattr(following, "_CHUNK", 3)
    with monkeypatch.context() as patched:
        patched.setattr(following, "_rebuild", None)
        editing.put_under(many, "weapon_type", "SA.PIS", "LW")
        assert search.count(many, search.parse(many, "type:LW")) == 6
        moved = shown(many)
        many.undo()
        assert shown(many) == before
        editing.merge(many, "weapon_type", "SA", into="LW")
        merged = shown(many)
        many.undo()
        assert shown(many) == before
        many.redo()
    assert shown(many) == merged == anew(many)
    many.undo()
    editing.put_under(many, "weapon_type", "SA.PIS", "LW")
    assert shown(many) == moved == anew(many)


def test_where_more_changed_all_is_made_anew(many: Archive) -> None:
    mark = many.generation
    tagging.tag(many, [ImageId(8)], tagging.Tag(type="SA.MG.L"))
    assert substituting.changed_facets(many.db, mark) is None
    mark = many.generation
    with many.action("Caption"):
        descriptions.change(many.db, [ImageId(1)], {"caption": "Parade", "holder": "isil"})
    assert substituting.changed_facets(many.db, mark) is None
    mark = many.generation
    with many.action("Holder"):
        descriptions.change(many.db, [ImageId(1)], {"holder": "is"})
    assert substituting.changed_facets(many.db, mark) == {"holder"}
