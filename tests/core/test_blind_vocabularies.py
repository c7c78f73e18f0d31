"""While a set is coded blind, no change of a vocabulary tells a coder what the other one says."""

from collections.abc import Callable
from pathlib import Path

import pytest

from core import model_library, vocabulary_files
from core import vocabulary_editing as editing
from core.archive import Archive
from core.claims import Identification
from core.errors import Refused
from core.store import claims, sightings
from core.vocabularies import Term
from tests.core.blind import begin_coding, close_coding
from tests.core.filling import add_image

Edit = Callable[[Archive, str, Path], object]

EDITS: list[tuple[str, Edit]] = [
    ("remove", lambda archive, code, _: editing.remove(archive, "weapon_type", code)),
    ("merge", lambda archive, code, _: editing.merge(archive, "weapon_type", code, into="SA.RIF")),
    ("replace", lambda archive, _, file: vocabulary_files.import_terms(archive, "weapon_type", file, replacing=True)),
    ("models", lambda archive, _, file: model_library.import_models(archive, file, replacing=True)),
]


@pytest.fixture
def coded(new: Archive) -> Archive:
    """An archive with a set that Ada and Grace code; Grace has said one of two new types."""
    for code in ("used", "free"):
        editing.add(new, "weapon_type", Term(code, code.title()))
    with new.action("Import"):
        image = add_image(new, 1)
    codings = begin_coding(new, [image], "Ada", "Grace")
    new.actor = "Grace"
    with new.action("Tag"):
        sighting = sightings.add(new.db, image, author="Grace", coding_id=codings["Grace"])
        claims.add(new.db, sighting, Identification("used"), "Grace")
    new.actor = "Ada"
    return new


@pytest.mark.parametrize(("name", "edit"), EDITS)
def test_terms_that_were_said_and_others_are_refused_in_the_same_words(
    coded: Archive, tmp_path: Path, name: str, edit: Edit
) -> None:
    table = tmp_path / f"{name}.csv"
    table.write_text("code,label\nx,X\n" if name != "models" else "code,fact,value,source\n")
    told = []
    for code in ("used", "free"):
        with pytest.raises(Refused, match="The set “Pilot” is being coded blind, so nothing in the list of") as refused:
            edit(coded, code, table)
        told.append(str(refused.value))
    assert told[0] == told[1]


def test_other_lists_and_closed_sets_are_free(coded: Archive, tmp_path: Path) -> None:
    for code in ("a", "b"):
        editing.add(coded, "place", Term(code, code))
    editing.merge(coded, "place", "a", into="b")
    editing.remove(coded, "place", "b")
    table = tmp_path / "types.csv"
    table.write_text("code,label\nused,Used\n")
    vocabulary_files.import_terms(coded, "weapon_type", table)
    close_coding(coded, 1, 2)
    editing.remove(coded, "weapon_type", "free")
    with pytest.raises(Refused, match="because it is used once"):
        editing.remove(coded, "weapon_type", "used")
