"""Whatever is done in whatever order, the history takes it back and does it again, and the cache keeps up."""

import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from core.archive import Archive
from core.store import relations
from tests.core.filling import add_image, sha_of
from tests.core.researcher import Work, derived


def test_history_and_cache_hold_whatever_is_done(new_folder: Path) -> None:
    class Here(Work):
        template = new_folder

    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        Here,
        settings=settings(
            max_examples=30,
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.mark.parametrize("kinds", [("same_picture",) * 3, ("same_picture", "better_copy_of", "not_related")])
def test_groups_do_not_depend_on_the_order_of_the_verdicts(new_folder: Path, tmp_path: Path, kinds: tuple[str]) -> None:
    pairs = [(0, 1), (1, 2), (3, 4)]
    found = []
    for order in (pairs, pairs[::-1]):
        folder = Path(shutil.copytree(new_folder, tmp_path / f"copy{len(found)}"))
        with Archive.open(folder) as archive:
            with archive.action("Import"):
                for number in range(5):
                    add_image(archive, number)
            for pair in order:
                with archive.action("Decide"):
                    relations.put(
                        archive.db,
                        from_sha256=sha_of(pair[0]),
                        to_sha256=sha_of(pair[1]),
                        kind=kinds[pairs.index(pair)],
                        evidence="",
                        by="Ada",
                    )
            found.append(derived(archive))
    assert found[0] == found[1]
