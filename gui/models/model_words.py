"""Weapon models in words, with what nobody has checked told as such, and labelled regions of them."""

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication

from core.model_facts import Fact, Model
from core.references import Reference
from core.vocabularies import Vocabulary
from gui.models.sentences import certainty_words, marked_unchecked, value_words


def model_words(model: Model, vocabularies: Mapping[str, Vocabulary]) -> str:
    """Type, calibre and countries: "assault rifle · 7.62×39 mm (unchecked) · made in Hungary"."""
    countries = vocabularies["country"]
    found = [vocabularies["weapon_type"].label(model.type)] if model.type else []
    found += [_marked(one.value, one) for one in model.all("calibre")]
    for role in ("design", "manufacture"):
        told = [_marked(countries.label(one.value), one) for one in _once(model.all(role))]
        if told:
            found.append(value_words(role, ", ".join(told)))
    return " · ".join(found)


def reference_words(reference: Reference, model: str, vocabularies: Mapping[str, Vocabulary]) -> tuple[str, str]:
    """Of a region of a model: how certainly and by what; where it was made, and who says so."""
    claim = reference.sighting.identification
    if claim is None:
        return "", ""
    bases = ", ".join(vocabularies["basis"].label(basis) for basis in claim.bases)
    confirmed = QCoreApplication.translate("models", "confirmed") if reference.confirmed else ""
    named = vocabularies["weapon_model"].label(claim.model) if claim.model and claim.model != model else ""
    origin = reference.sighting.origin("manufacture")
    made = ""
    if origin is not None:
        countries = (vocabularies["country"].label(code) for code in origin.countries)
        made = ", ".join(filter(None, (origin.maker, *countries)))
    first = filter(None, (confirmed, certainty_words(claim.certainty), bases))
    return ", ".join(first), " · ".join(filter(None, (named, made, claim.author)))


def _once(facts: tuple[Fact, ...]) -> list[Fact]:
    """A fact for each value, one with a source before others."""
    best: dict[str, Fact] = {}
    for fact in facts:
        if fact.value not in best or best[fact.value].unchecked:
            best[fact.value] = fact
    return list(best.values())


def _marked(text: str, fact: Fact) -> str:
    return marked_unchecked(text) if fact.unchecked else text
