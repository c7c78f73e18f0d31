"""A review of pairs of which it is known where one lies on the other."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest
from PIL import Image as Picture
from PIL import ImageOps

from core import duplicates, importing
from core.archive import Archive
from core.store import cache
from core.store.connection import transaction
from gui.session import Session
from gui.style import Appearance
from gui.views.reviewing.review import DuplicateReview
from tests.harness.copies import MAKERS, Copy, copied


@pytest.fixture
def archive_folder(archive_folder: Path, tmp_path: Path, photos: Path) -> Path:
    """The archive, with a second format of *depot* (same pixels), smaller ones of two others, one of them mirrored."""
    copies = tmp_path / "copies"
    copies.mkdir()
    with Picture.open(photos / "depot.png") as depot, Picture.open(photos / "mortar.jpg") as mortar:
        depot.save(copies / "depot copy.bmp")
        mortar.resize((200, 150)).save(copies / "mortar small.jpg")
    with Picture.open(photos / "truck.webp") as truck:
        ImageOps.mirror(truck).save(copies / "truck mirrored.png")
    with Archive.open(archive_folder, actor="Test") as archive, ThreadPoolExecutor(1) as executor:
        importing.import_paths(archive, [str(copies)], executor=executor)
        assert [match.kind for match in duplicates.queue(archive)] == ["same_pixels", "mirrored", "near"]
    return archive_folder


@pytest.fixture
def known(archive_folder: Path, tmp_path: Path, photos: Path) -> dict[str, Copy]:
    """What is true of the copies that are in the archive too: one of each kind, all of one photograph."""
    folder = tmp_path / "known"
    folder.mkdir()
    found = {name: copied(photos / "mortar.jpg", name, folder) for name in MAKERS}
    with Archive.open(archive_folder, actor="Test") as archive, ThreadPoolExecutor(1) as executor:
        importing.import_paths(archive, [str(folder)], executor=executor)
        with transaction(archive.db):
            archive.db.conn.execute("DELETE FROM cache.match")
            cache.add_matches(archive.db, [copy.match for copy in found.values()])
    return found


@pytest.fixture
def rest(session: Session, settled: Callable[[Session], None]) -> Callable[[], None]:
    """Waits until all is answered and done."""
    return partial(settled, session)


@pytest.fixture
def review(session: Session, rest: Callable[[], None], appearance: Appearance, qtbot) -> Iterator[DuplicateReview]:
    """A review of all pairs, the first on screen."""
    made = DuplicateReview(session)
    qtbot.addWidget(made)
    made.resize(1000, 700)
    made.show()
    made.activateWindow()
    made.start()
    rest()
    qtbot.waitUntil(lambda: made.can_decide)
    yield made
    made.close()


@pytest.fixture
def go_to(
    known: dict[str, Copy], review: DuplicateReview, rest: Callable[[], None], qtbot
) -> Callable[[str], tuple[Copy, int]]:
    """Shows the pair of a copy; which it is, and which side the copy is."""

    def go(name: str) -> tuple[Copy, int]:
        copy = known[name]
        for _ in range(len(known)):
            match = review.reviewing.queue.current
            assert match is not None
            if match == copy.match:
                break
            review.act("skip")
            rest()
        qtbot.waitUntil(lambda: review.can_decide)
        return copy, 0 if copy.sha256 < copy.original else 1

    return go
