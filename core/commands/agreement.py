"""Commands about blind coding: sets of images for two coders, and how far these agree."""

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

import click

from core import search
from core.archive import Archive
from core.blind_coding import coding_agreement, double_coding, settling_codings
from core.blind_coding.coding_agreement import FieldAgreement, SetAgreement
from core.blind_coding.double_coding import CodingSet
from core.commands.command_line import ACTOR, ARCHIVE, JSON, as_text
from core.opened import reading, writing
from core.records import ImageId
from core.terminal import put_json, put_json_list, say

_SET: Final = click.option("--set", "name", metavar="NAME", required=True, type=as_text, help="The coding set.")


@click.command()
@ARCHIVE
@_SET
@JSON
def agreement(folder: Path, name: str, *, as_json: bool) -> None:
    """Say how far two coders agree, field by field: in per cent and by Cohen's kappa.

    Both must have closed the set.
    """
    with reading(folder) as (archive, _):
        found = coding_agreement.agreement(archive, name)
        if as_json:
            put_json(_value(found))
            return
        say(f"{'':<14}{'units':>7}{'agreed':>8}{'per cent':>10}{'kappa':>8}")
        for one in found.fields:
            say(_line(one))
            for apart in one.agreement.disagreements:
                first, second = (
                    coding_agreement.value_label(archive, one.field, said) or "not recorded"
                    for said in (apart.first, apart.second)
                )
                say(f"    {apart.units:,} × {first} / {second}")
        say(found.rule)


def _line(one: FieldAgreement) -> str:
    measured = one.agreement
    per_cent = "" if measured.per_cent is None else f"{measured.per_cent:.1f}"
    kappa = "" if measured.kappa is None else f"{measured.kappa:.3f}"
    name = one.field.replace("_", " ")
    return f"{name:<14}{measured.units:>7,}{measured.agreed:>8,}{per_cent:>10}{kappa:>8}"


def _value(found: SetAgreement) -> dict[str, Any]:
    return {
        "set": found.name,
        "coders": [found.first, found.second],
        "images": found.images,
        "weapons": found.weapons,
        "rule": found.rule,
        "fields": {one.field: {**asdict(one.agreement), "per_cent": one.agreement.per_cent} for one in found.fields},
    }


@click.group()
@ARCHIVE
@click.pass_context
def coding(context: click.Context, folder: Path) -> None:
    """Have images coded blind by two coders: make, list, close and settle sets."""
    context.obj = folder


@coding.command("new")
@click.option("--set", "name", metavar="NAME", required=True, type=as_text, help="What to call it.")
@click.option("--coder", "coders", metavar="NAME", multiple=True, type=as_text, help="Who codes; given twice.")
@click.option("--query", required=True, metavar="QUERY", type=as_text, help="The images that a query finds.")
@click.option("--note", default="", metavar="TEXT", type=as_text, help="What it is for.")
@ACTOR
@click.pass_obj
def new(folder: Path, /, name: str, query: str, actor: str | None, **said: Any) -> None:
    """Make a set of untagged images; of copies of a picture one is taken."""
    with writing(folder, actor=actor) as (archive, _):
        ids = [ImageId(image_id) for image_id in search.find(archive, search.parse(archive, query))]
        report = double_coding.make(archive, name, ids, said["coders"], note=said["note"])
    left = f" {report.copies:,} copies were left out." if report.copies else ""
    say(f"Made the coding set “{name}”: {report.coding_set.images:,} images.{left}")


@coding.command("close")
@_SET
@ACTOR
@click.pass_obj
def close(folder: Path, name: str, actor: str | None) -> None:
    """Finish one's own coding of a set; when both have, neither can be changed and both can be read."""
    with writing(folder, actor=actor) as (archive, _):
        made = double_coding.close(archive, name)
    waiting = [coder.name for coder in made.coders if not coder.closed_at]
    say(f"Closed. The set waits for {waiting[0]}." if waiting else "Closed. Both codings can be compared now.")


@coding.command("list")
@ACTOR
@JSON
@click.pass_obj
def list_(folder: Path, actor: str | None, *, as_json: bool) -> None:
    """List the sets and how far each is; of another coder only whether the coding is closed."""
    with reading(folder, actor=actor) as (archive, _):
        found = double_coding.every(archive)
    if as_json:
        put_json_list({**asdict(one), "closed": one.closed} for one in found)
        return
    for one in found:
        say(f"{one.name}: {one.images:,} images, {one.settled:,} settled; {'; '.join(_coders(one))}")


def _coders(one: CodingSet) -> list[str]:
    return [
        f"{coder.name} {'closed' if coder.closed_at else 'at work'}"
        + ("" if coder.done is None else f", {coder.done:,} tagged")
        for coder in one.coders
    ]


@coding.command("disagreements")
@_SET
@JSON
@click.pass_obj
def disagreements(folder: Path, name: str, *, as_json: bool) -> None:
    """List the images on which the coders differ and that are not settled yet."""
    with reading(folder) as (archive, _):
        found = _differing(archive, name)
    if as_json:
        put_json_list(found)
        return
    for one in found:
        say(f"{one['sha256'][:12]}  {one['field'].replace('_', ' ')}: {one['first']} / {one['second']}")


def _differing(archive: Archive, name: str) -> list[Mapping[str, Any]]:
    return [
        {"sha256": sha256, "field": field, "first": first or "not recorded", "second": second or "not recorded"}
        for sha256, field, first, second in coding_agreement.differences(archive, name)
    ]


@coding.command("settle")
@_SET
@ACTOR
@click.pass_obj
def settle(folder: Path, name: str, actor: str | None) -> None:
    """Take the images on which both coders agree into the record, where they count from then on."""
    with writing(folder, actor=actor) as (archive, job):
        count = settling_codings.settle_agreed(archive, name, job=job)
    say(f"Settled {count:,} {'image' if count == 1 else 'images'}.")


COMMANDS: Final = (agreement, coding)
