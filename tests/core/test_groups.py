"""Groups by hand, and groups as such: the same in whatever order things came, and shown as they hang together."""

import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core import duplicates, groups
from core.archive import Archive
from core.errors import ReadOnly, Refused
from core.grouping import chains, ways
from core.pictures import Pictures
from core.records import SAME_VERDICTS, VERDICTS, ImageId, Match, Relation
from core.store import cache, following, relations
from core.store.connection import transaction
from tests.core.filling import add_image, dump, sha_of


@pytest.fixture
def ids(new: Archive) -> list[ImageId]:
    """Six images, numbered as in ``sha_of``."""
    with new.action("Import 6 images"):
        return [add_image(new, number) for number in range(6)]


def find(archive: Archive, *pairs: tuple[int, int], kind: str = "near") -> None:
    """Let the program have found these pairs."""
    matches = [Match(*sorted((sha_of(a), sha_of(b))), kind, 3, "3 of 64 bits differ") for a, b in pairs]
    with transaction(archive.db):
        cache.add_matches(archive.db, matches)
        following.refresh(archive.db, {sha for one in matches for sha in (one.sha256_a, one.sha256_b)})


def decide(archive: Archive, one: int, other: int, verdict: str = "same_picture") -> None:
    duplicates.decide(archive, from_sha256=sha_of(one), to_sha256=sha_of(other), verdict=verdict)


def pair(one: int, other: int) -> tuple[str, str]:
    first, second = sorted((sha_of(one), sha_of(other)))
    return first, second


def verdict(archive: Archive, one: int, other: int) -> Relation | None:
    return relations.get(archive.db, sha_of(one), sha_of(other))


def grouped(archive: Archive) -> set[frozenset[int]]:
    """All groups, by the numbers of their images; the record and the cache agree."""
    number_of = {sha_of(number): number for number in range(10)}
    found = {frozenset(number_of[one.sha256] for one in group) for group in Pictures(archive).groups.values()}
    held: dict[str, set[int]] = {}
    for sha, picture in archive.db.conn.execute(
        "SELECT sha256, picture FROM image JOIN cache.membership ON image_id = image.id"
    ).fetchall():
        held.setdefault(picture, set()).add(number_of[sha])
    assert set(map(frozenset, held.values())) == found
    return found


def test_a_group_says_of_each_pair_why_and_names_what_hangs_together_only_through_others(
    new: Archive, ids: list[ImageId]
) -> None:
    find(new, (0, 1))
    decide(new, 0, 1)
    decide(new, 2, 1, "crop_of")
    decide(new, 0, 3, "same_event")
    group = duplicates.group_of(new, ids[0])
    assert set(group.images) == set(ids[:3])
    assert set(group.edges) == {pair(0, 1), pair(1, 2)}
    near, crop = group.edges[pair(0, 1)], group.edges[pair(1, 2)]
    assert near.match is not None
    assert (near.match.kind, near.match.distance, near.verdict.kind) == ("near", 3, "same_picture")
    assert (crop.match, crop.verdict.kind, crop.verdict.from_sha256) == (None, "crop_of", sha_of(2))
    assert list(group.links.missing()) == [pair(0, 2)]
    assert ways(group.links, sha_of(0)) == {sha_of(1): sha_of(0), sha_of(2): sha_of(1)}
    assert group.apart == ()
    decide(new, 0, 2, "not_related")
    assert duplicates.group_of(new, ids[0]).apart == (pair(0, 2),)


def test_pairs_that_others_join_are_told_from_those_that_were_found_alike_too(new: Archive, ids: list[ImageId]) -> None:
    find(new, (0, 2), (1, 2), (2, 3), (2, 4), (2, 5), kind="crop")
    find(new, (0, 3))
    for other in (1, 2, 3, 4):
        decide(new, 0, other)
    assert set(duplicates.group_of(new, ids[0]).chained) == {pair(1, 3), pair(1, 4), pair(3, 4)}
    decide(new, 1, 2)
    decide(new, 2, 3, "not_related")
    decide(new, 2, 4, "same_event")
    assert set(duplicates.group_of(new, ids[0]).chained) == {pair(1, 3), pair(1, 4), pair(2, 4), pair(3, 4)}


def test_ways_lead_along_the_fewest_members_and_leave_out_what_nothing_joins() -> None:
    links = chains("abcdex", [("a", "b"), ("b", "c"), ("c", "d"), ("a", "e"), ("e", "d")])
    assert ways(links, "a") == {"b": "a", "e": "a", "c": "b", "d": "e"}
    assert ways(links, "x") == {}


def test_images_are_joined_by_hand_without_a_finding_in_one_step(new: Archive, ids: list[ImageId]) -> None:
    before = dump(new)
    assert groups.join(new, [ids[2], ids[0], ids[4]]) == 2
    assert grouped(new) == {frozenset({0, 2, 4})}
    given = verdict(new, 0, 2)
    assert given is not None
    assert (given.kind, given.evidence, given.decided_by) == ("same_picture", groups.BY_HAND, "Ada")
    assert new.undo() == "Join 3 images: same picture"
    assert dump(new) == before


def test_joining_two_images_joins_their_groups_and_keeps_what_was_found(new: Archive, ids: list[ImageId]) -> None:
    find(new, (1, 2))
    decide(new, 0, 1)
    decide(new, 2, 3, "crop_of")
    groups.join(new, [ids[1], ids[2]])
    assert grouped(new) == {frozenset({0, 1, 2, 3})}
    given = verdict(new, 1, 2)
    assert given is not None
    assert given.evidence == "by hand; near: 3 of 64 bits differ"


def test_joining_closes_a_chain_and_overrules_but_leaves_a_verdict_that_says_the_same(
    new: Archive, ids: list[ImageId]
) -> None:
    decide(new, 0, 1, "crop_of")
    decide(new, 1, 2)
    decide(new, 0, 3, "not_related")
    assert groups.join(new, [ids[0], ids[1], ids[2], ids[3]]) == 2
    kinds = [verdict(new, 0, other) for other in (1, 2, 3)]
    assert [one.kind for one in kinds if one] == ["crop_of", "same_picture", "same_picture"]
    with pytest.raises(Refused, match="already"):
        groups.join(new, [ids[0], ids[1]])


@pytest.mark.parametrize("chosen", [[], [0], [0, 0]])
def test_one_image_cannot_be_joined(new: Archive, ids: list[ImageId], chosen: list[int]) -> None:
    with pytest.raises(Refused, match="two images or more"):
        groups.join(new, [ids[number] for number in chosen])


def test_an_image_that_does_not_belong_leaves_its_group_and_is_not_offered_again(
    new: Archive, ids: list[ImageId]
) -> None:
    find(new, (0, 1), (0, 2), (1, 2), (0, 5))
    decide(new, 0, 1, "crop_of")
    decide(new, 1, 2)
    before = dump(new)
    assert groups.split(new, ids[0]) == 2
    assert grouped(new) == {frozenset({1, 2})}
    assert {(one.sha256_a, one.sha256_b) for one in duplicates.queue(new)} == {pair(0, 5)}
    kept = verdict(new, 0, 1)
    assert kept is not None
    assert (kept.kind, kept.evidence) == ("not_related", "near: 3 of 64 bits differ")
    assert new.undo() == "Take IMG_0000.jpg out of its group"
    assert dump(new) == before
    assert grouped(new) == {frozenset({0, 1, 2})}


def test_an_image_also_leaves_what_it_hangs_on_through_an_absent_one(new: Archive, ids: list[ImageId]) -> None:
    decide(new, 0, 9)
    decide(new, 9, 1)
    assert grouped(new) == {frozenset({0, 1})}
    assert ways(duplicates.group_of(new, ids[0]).links, sha_of(0)) == {}
    assert groups.split(new, ids[0]) == 1
    assert grouped(new) == set()


def test_other_verdicts_of_an_image_stay_when_it_leaves(new: Archive, ids: list[ImageId]) -> None:
    find(new, (0, 2))
    decide(new, 0, 1)
    decide(new, 1, 2)
    decide(new, 0, 2, "same_object")
    assert groups.split(new, ids[0]) == 1
    kept = verdict(new, 0, 2)
    assert kept is not None
    assert kept.kind == "same_object"


def test_what_is_in_no_group_cannot_leave_or_stand_for_one(new: Archive, ids: list[ImageId]) -> None:
    for change in (groups.split, groups.stand_for, groups.propose):
        with pytest.raises(Refused, match="in no group"):
            change(new, ids[0])
    with Archive.open(new.folder) as reader, pytest.raises(ReadOnly):
        groups.split(reader, ids[0])


verdicts = st.dictionaries(
    st.tuples(st.integers(0, 7), st.integers(0, 7)).filter(lambda one: one[0] < one[1]),
    st.tuples(st.sampled_from([*SAME_VERDICTS, *VERDICTS]), st.booleans()),
    max_size=12,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=3)
@given(verdicts, st.data())
def test_groups_and_what_stands_for_them_are_equal_for_ten_orders_of_imports_and_verdicts(
    new_folder: Path, decided: dict[tuple[int, int], tuple[str, bool]], data: st.DataObject
) -> None:
    done = [("import", (number, number)) for number in range(8)] + [("decide", pair) for pair in decided]
    found = set()
    for _ in range(10):
        with tempfile.TemporaryDirectory(dir=new_folder.parent) as folder:
            shutil.copytree(new_folder, folder, dirs_exist_ok=True)
            with Archive.open(Path(folder), actor="Ada") as archive:
                for what, (one, other) in data.draw(st.permutations(done)):
                    if what == "import":
                        with archive.action("Import"):
                            add_image(archive, one)
                        continue
                    kind, turned = decided[one, other]
                    decide(archive, *((other, one) if turned else (one, other)), kind)
                assert grouped(archive) is not None
                found.add(
                    frozenset(
                        (group[0].sha256, frozenset(one.sha256 for one in group))
                        for group in Pictures(archive).groups.values()
                    )
                )
    assert len(found) == 1
