"""Pictures agree with what is shown: the record itself and the cache make the same groups."""

from core import duplicates
from core.archive import Archive
from core.pictures import Pictures
from tests.core.filling import add_image, sha_of


def test_groups_and_representatives_are_those_of_the_cache(new: Archive) -> None:
    with new.action("Import"):
        for number in range(8):
            add_image(new, number)
    for a, b, verdict in (
        (0, 1, "same_picture"), (1, 2, "same_picture"), (3, 4, "better_copy_of"), (5, 6, "not_related"),
    ):  # fmt: skip
        duplicates.decide(new, from_sha256=sha_of(a), to_sha256=sha_of(b), verdict=verdict)
    cached = new.db.conn.execute(
        "SELECT sha256, picture, representative FROM image LEFT JOIN cache.membership ON image_id = image.id"
    ).fetchall()
    pictures = Pictures(new)
    assert {sha: pictures.group_of(sha) for sha, _, _ in cached} == {sha: picture for sha, picture, _ in cached}
    assert {group[0].sha256 for group in pictures.groups.values()} == {sha for sha, _, first in cached if first}
    assert sorted(len(picture) for picture in pictures) == [1, 1, 1, 2, 3]


def test_an_image_whose_copies_are_gone_is_alone(new: Archive) -> None:
    with new.action("Import"):
        add_image(new, 0)
        add_image(new, 1)
    duplicates.decide(new, from_sha256=sha_of(0), to_sha256=sha_of(1), verdict="same_picture")
    with new.action("Remove"):
        new.db.conn.execute("DELETE FROM image WHERE sha256 = ?", (sha_of(1),))
    assert Pictures(new).group_of(sha_of(0)) is None
