"""Commands about sightings: listing them with all that is claimed of each, and identifying one."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import click

from core import identifying, search
from core.archive import Archive
from core.claim_words import words_of
from core.claims import CERTAINTIES, Identification
from core.commands.command_line import ARCHIVE, JSON, as_text
from core.exporting.sighting_values import sighting_value
from core.opened import reading, writing
from core.records import ImageId, Query, SightingId
from core.store import claimed, images
from core.store.claimed import Claimed
from core.terminal import put_json_list, say
from core.weapon_models import possible_origins

_BATCH: Final = 500


@click.command("sightings")
@ARCHIVE
@click.argument("query", default="", type=as_text)
@JSON
def sightings(folder: Path, query: str, *, as_json: bool) -> None:
    """List the sightings in the images that QUERY finds, with every claim about them, rivals included.

    What others say in a blind coding is left out until it is closed.
    """
    with reading(folder) as (archive, _):
        found = _listed(archive, search.parse(archive, query))
        if as_json:
            put_json_list(_value(archive, *one) for one in found)
            return
        for one, sha256, names in found:
            preferred = one.sighting.identification
            said = words_of(archive, preferred) if preferred else "not identified"
            rivals = len(one.identifications) - 1
            more = f" (and {rivals} {'rival' if rivals == 1 else 'rivals'})" if rivals > 0 else ""
            say(f"{one.sighting.id}  {sha256[:12]}  {said}{more}  {' | '.join(names)}")


def _listed(archive: Archive, query: Query) -> Iterator[tuple[Claimed, str, list[str]]]:
    """Each sighting with the content hash and the names of its image."""
    ids = [ImageId(image_id) for image_id in search.find(archive, query)]
    for start in range(0, len(ids), _BATCH):
        batch = ids[start : start + _BATCH]
        captures, hashes = images.captures(archive.db, batch), images.hashes(archive.db, batch)
        for image_id, held in claimed.of_images(archive.db, batch, coder=archive.actor).items():
            names = list(dict.fromkeys(capture.place.name for capture in captures[image_id]))
            for one in held:
                yield one, hashes[image_id], names


def _value(archive: Archive, one: Claimed, sha256: str, names: list[str]) -> dict[str, Any]:
    possible = possible_origins(archive.weapon_models, one.sighting)
    return {
        "sha256": sha256,
        "names": names,
        **sighting_value(one),
        "blind": one.sighting.coding_id is not None,
        "possible_origins": [
            {"role": origin.role, "country": origin.country, "checked": origin.checked} for origin in possible
        ],
    }


@click.command("identify")
@ARCHIVE
@click.option("--sighting", "sighting_id", metavar="ID", type=int, required=True, help="The sighting, by its number.")
@click.option("--type", "type_", metavar="CODE", help="The weapon type; needed where no model is named.")
@click.option("--model", metavar="ID", help="The weapon model.")
@click.option("--certainty", type=click.Choice(CERTAINTIES), default="unknown", help="Default: unknown.")
@click.option("--basis", "bases", metavar="WORD", multiple=True, help="What it rests on; may be given several times.")
@click.option("--prefer", is_flag=True, help="Prefer it to what was said before, which stays as a rival.")
def identify(folder: Path, *, sighting_id: int, prefer: bool, **said: Any) -> None:
    """Say what a sighting is; without --prefer, beside what is preferred now.

    The first identification of a sighting is preferred in any case.
    """
    if said["type_"] is None and said["model"] is None:
        raise click.UsageError("Name a weapon type by --type or a model by --model.")
    with writing(folder) as (archive, _):
        claim = Identification(
            _code(archive, "weapon_type", said["type_"]),
            _code(archive, "weapon_model", said["model"]),
            certainty=said["certainty"],
            bases=tuple(dict.fromkeys(_code(archive, "basis", basis) for basis in said["bases"])),
            preferred=prefer,
        )
        identifying.add(archive, SightingId(sighting_id), claim)
        say(f"{archive.undo_label}.")


def _code(archive: Archive, vocabulary: str, text: str | None) -> str:
    return "" if text is None else archive.vocabulary(vocabulary).resolve(text).code


COMMANDS: Final = (sightings, identify)
