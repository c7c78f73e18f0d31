"""Single claims as the inspector reads them: what is said, what more there is to it, and who said so when."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QCoreApplication

from core import dates
from core.claims import Acquisition, Identification, Marking, Origin, Transfer
from core.errors import Refused
from core.records import Sighting, Source
from core.sighted import Sighted
from core.vocabularies import Vocabulary
from core.weapon_models import PossibleOrigin, possible_calibres
from gui.models.sentences import (
    certainty_words,
    identification_words,
    marked_unchecked,
    origin_words,
    value_words,
    when,
)

Vocabularies = Mapping[str, Vocabulary]


def claim_words(claim: Any, vocabularies: Vocabularies) -> str:
    """A claim of any kind as a sentence."""
    if isinstance(claim, Identification):
        return identification_words(claim, vocabularies)
    if isinstance(claim, Origin):
        return origin_words(claim, vocabularies)
    if isinstance(claim, Marking):
        return marking_words(claim, vocabularies)
    return acquisition_words(claim, vocabularies)


def marking_words(claim: Marking, vocabularies: Vocabularies) -> str:
    """A marking as a sentence: "“12?45”, serial, receiver, partial, probable"."""
    kind = vocabularies["marking_kind"].label(claim.kind) if claim.kind else ""
    legibility = vocabularies["legibility"].label(claim.legibility) if claim.legibility else ""
    text = _tr("“%1”").replace("%1", claim.text) if claim.text else _tr("nothing readable")
    return ", ".join(filter(None, (text, kind, claim.position, legibility, certainty_words(claim.certainty))))


def acquisition_words(claim: Acquisition, vocabularies: Vocabularies) -> str:
    """An acquisition as a sentence: "looted depot, from the army, held by rebels, possible"."""
    holders = vocabularies["holder"]
    parts = [vocabularies["route"].label(claim.route)] if claim.route else []
    if claim.from_party:
        parts.append(_tr("from %1").replace("%1", holders.label(claim.from_party)))
    if claim.holder:
        parts.append(_tr("held by %1").replace("%1", holders.label(claim.holder)))
    bases = [vocabularies["basis"].label(basis) for basis in claim.bases]
    by = [_tr("by %1").replace("%1", ", ".join(bases))] if bases else []
    return ", ".join([*(parts or [_tr("acquired as noted")]), certainty_words(claim.certainty), *by])


def more_words(claim: Any, vocabularies: Vocabularies, source: Source | None = None) -> str:
    """What else a claim says, and the source that it comes from, in one line each; empty where there is nothing."""
    said = _more_of(claim, vocabularies)
    return "\n".join(filter(None, (said, source_words(source, vocabularies) if source is not None else "")))


def source_words(source: Source, vocabularies: Vocabularies) -> str:
    """A source under what comes from it: "source: @field_reports (Telegram), usually reliable"."""
    platform = vocabularies["platform"].label(source.platform) if source.platform else ""
    name = _tr("%1 (%2)").replace("%2", platform) if platform else "%1"
    reliability = vocabularies["reliability"].label(source.reliability) if source.reliability else ""
    return ", ".join(filter(None, (_tr("source: %1").replace("%1", name.replace("%1", source.name)), reliability)))


def _more_of(claim: Any, vocabularies: Vocabularies) -> str:
    if isinstance(claim, Identification):
        return "\n".join(_more_of_identification(claim, vocabularies))
    if isinstance(claim, Origin):
        production = vocabularies["production"].label(claim.production) if claim.production else ""
        return ", ".join(filter(None, (production, date_words(claim.years))))
    if isinstance(claim, Marking):
        script = vocabularies["script"].label(claim.script) if claim.script else ""
        return "\n".join(filter(None, (script, claim.note)))
    scope = vocabularies["scope"].label(claim.scope) if claim.scope else ""
    return "\n".join(filter(None, (scope, *(_transfer_words(step) for step in claim.transfers), claim.note)))


def _more_of_identification(claim: Identification, vocabularies: Vocabularies) -> list[str]:
    models = vocabularies["weapon_model"]
    lines = []
    if claim.as_written:
        lines.append(_tr("as written: %1").replace("%1", claim.as_written))
    if claim.calibre:
        lines.append(_tr("calibre: %1").replace("%1", claim.calibre))
    elif known := possible_calibres(models, claim.model):
        calibres = ", ".join(one.calibre if one.checked else marked_unchecked(one.calibre) for one in known)
        lines.append(_tr("calibre of the model, not claimed: %1").replace("%1", calibres))
    if claim.features:
        lines.append(_tr("features: %1").replace("%1", claim.features))
    for one in claim.look_alikes:
        words = _tr("not %1: %2") if one.reason else _tr("not %1")
        lines.append(words.replace("%1", models.label(one.model)).replace("%2", one.reason))
    return lines


def _transfer_words(step: Transfer) -> str:
    parties = _tr("%1 to %2").replace("%1", step.from_party or "?").replace("%2", step.to_party or "?")
    return ", ".join(filter(None, (parties, step.mode, date_words(step.date), step.place)))


def date_words(text: str) -> str:
    """A date as one reads it; what is no date is shown as it is."""
    try:
        return dates.words(text) if text else ""
    except Refused:
        return text


def by_words(claim: Any) -> str:
    """Who made a claim and when."""
    return _tr("%1, %2").replace("%1", claim.author or "?").replace("%2", when(claim.claimed_at))


def possible_words(origin: PossibleOrigin, vocabularies: Vocabularies) -> str:
    """An origin that a model allows: "made in Hungary: possible, from the model"."""
    said = value_words(origin.role, vocabularies["country"].label(origin.country))
    how = _tr("possible, from the model") if origin.checked else _tr("possible, from the model, unchecked")
    return _tr("%1: %2").replace("%1", said).replace("%2", how)


def details_words(shown: Sighted, vocabularies: Vocabularies) -> str:
    """What is said of a sighting besides claims, in one line: "context: held · 3, at least · rifle 7"."""
    sighting = shown.sighting
    parts = [
        value_words(name, vocabularies[name].label(code))
        for name in ("visible_part", "condition", "context")
        if (code := getattr(sighting, name))
    ]
    if sighting.quantity is not None:
        basis = vocabularies["quantity_basis"].label(sighting.quantity_basis) if sighting.quantity_basis else ""
        parts.append(", ".join(filter(None, (_tr("quantity: %1").replace("%1", f"{sighting.quantity:,}"), basis))))
    parts += filter(None, (sighting.accessories, sighting.modifications))
    if shown.weapon is not None:
        words = _tr("physical weapon: %1 (%2 sightings)") if shown.weapon.sightings > 1 else _tr("physical weapon: %1")
        parts.append(words.replace("%1", shown.weapon.label).replace("%2", f"{shown.weapon.sightings:,}"))
    return " · ".join(parts)


def mark_words(sighting: Sighting, vocabularies: Vocabularies) -> str:
    """A sighting as short as it can be told, beside its region."""
    claim = sighting.identification
    if claim is None:
        return _tr("not identified")
    named = vocabularies["weapon_model"].label(claim.model) if claim.model else ""
    made = [vocabularies["country"].label(code) for code in sighting.countries("manufacture")]
    return " · ".join(filter(None, (named or vocabularies["weapon_type"].label(claim.type), ", ".join(made))))


def _tr(text: str) -> str:
    return QCoreApplication.translate("claims", text)
