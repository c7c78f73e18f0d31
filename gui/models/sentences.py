"""What the record says, as sentences for the panels: sightings, matches, verdicts, sizes and times."""

import unicodedata
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Final

from PySide6.QtCore import QCoreApplication

from core import verdict_words as verdict_words_of
from core.claims import ROLES, Identification, Origin
from core.duplicates import Edge
from core.records import Match, Relation, Sighting
from core.vocabularies import Vocabulary
from core.weapon_models import possible_origins

_DIRECTIONS: Final = frozenset("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def certainty_words(certainty: str) -> str:
    """A certainty as it reads at the end of a claim."""
    return {
        "certain": _tr("certain"),
        "probable": _tr("probable"),
        "possible": _tr("possible"),
        "doubtful": _tr("doubtful"),
    }.get(certainty, _tr("not assessed"))


def marked_unchecked(text: str) -> str:
    """A fact of the library for which nobody has named a source: "7.62×39 mm (unchecked)"."""
    return _tr("%1 (unchecked)").replace("%1", text)


def value_words(facet: str, label: str) -> str:
    """A value of a facet by itself: "revolver", "made in Hungary", "context: held"."""
    patterns = {
        "type": "%1",
        "model": "%1",
        "design": _tr("designed in %1"),
        "manufacture": _tr("made in %1"),
        "seen_in": _tr("seen in %1"),
        "place": _tr("at %1"),
    }
    return patterns.get(facet, f"{facet_words(facet)}: %1").replace("%1", label)


def facet_words(facet: str) -> str:
    """What a facet is called."""
    return {
        "type": _tr("weapon type"),
        "model": _tr("model"),
        "design": _tr("country of design"),
        "manufacture": _tr("country of manufacture"),
        "context": _tr("context"),
        "condition": _tr("condition"),
        "visible_part": _tr("visible part"),
        "holder": _tr("holder"),
        "conflict": _tr("conflict"),
        "seen_in": _tr("country where seen"),
        "place": _tr("place"),
        "image_kind": _tr("kind of image"),
        "generation": _tr("generation"),
        "sensitivity": _tr("sensitivity"),
        "certainty": _tr("certainty"),
        "review": _tr("review"),
        "status": _tr("status"),
        "source": _tr("source"),
        "date": _tr("date"),
        "set": _tr("coding set"),
        "duplicates": _tr("duplicates"),
        "tagged": _tr("tagged"),
        "state": _tr("files"),
    }.get(facet, facet.replace("_", " "))


def sighting_words(sighting: Sighting, vocabularies: Mapping[str, Vocabulary]) -> str:
    """A sighting as a sentence: "AKM, probable, by silhouette; made in Hungary, possible, from the model"."""
    claims = [identification_words(sighting.identification, vocabularies)]
    for role in reversed(ROLES):
        origin = sighting.origin(role)
        if origin is not None:
            claims.append(origin_words(origin, vocabularies))
    possible = possible_origins(vocabularies["weapon_model"], sighting)
    for role in reversed(ROLES):
        labels = [vocabularies["country"].label(one.country) for one in possible if one.role == role]
        if labels:
            unchecked = not all(one.checked for one in possible if one.role == role)
            words = _tr("possible, from the model, unchecked") if unchecked else _tr("possible, from the model")
            claims.append(f"{value_words(role, _either(labels))}, {words}")
    return "; ".join(claims)


def identification_words(claim: Identification | None, vocabularies: Mapping[str, Vocabulary]) -> str:
    """An identification as a sentence: "AKM, probable, by silhouette"."""
    if claim is None:
        return _tr("a weapon of a type that nobody has said")
    said = vocabularies["weapon_type"].label(claim.type)
    if claim.model:
        said = vocabularies["weapon_model"].label(claim.model)
    if claim.variant:
        said += f" {claim.variant}"
    return ", ".join([said, certainty_words(claim.certainty), *_by(claim.bases, vocabularies)])


def origin_words(claim: Origin, vocabularies: Mapping[str, Vocabulary]) -> str:
    """An origin as a sentence: "made in Hungary by FÉG, possible"."""
    countries = _and([vocabularies["country"].label(country) for country in claim.countries])
    said = value_words(claim.role, countries)
    if claim.maker:
        said = _tr("%1 by %2").replace("%1", said).replace("%2", claim.maker)
    return ", ".join([said, certainty_words(claim.certainty), *_by(claim.bases, vocabularies)])


def _by(bases: Sequence[str], vocabularies: Mapping[str, Vocabulary]) -> list[str]:
    labels = [vocabularies["basis"].label(basis) for basis in bases]
    return [_tr("by %1").replace("%1", _and(labels))] if labels else []


def _and(labels: Sequence[str]) -> str:
    *others, last = labels
    return _tr("%1 and %2").replace("%1", ", ".join(others)).replace("%2", last) if others else last


def _either(labels: Sequence[str]) -> str:
    *others, last = labels
    return _tr("%1 or %2").replace("%1", ", ".join(others)).replace("%2", last) if others else last


def overall_certainty(sighting: Sighting) -> str | None:
    """The certainty that all claims of a sighting share, None where they differ or there are none."""
    found = {origin.certainty for origin in sighting.origins}
    if sighting.identification is not None:
        found.add(sighting.identification.certainty)
    return found.pop() if len(found) == 1 else None


def kind_words(kind: str) -> str:
    """A kind of likeness that the program finds."""
    return {
        "same_bytes": _tr("same bytes"),
        "same_pixels": _tr("same pixels"),
        "same_picture": _tr("same picture"),
        "mirrored": _tr("mirrored"),
        "rotated": _tr("turned"),
        "crop": _tr("crop"),
        "contains": _tr("one contains the other"),
        "near": _tr("near, not verified"),
        "same_scene": _tr("same scene"),
        "same_object": _tr("same object"),
        "same_place": _tr("same place"),
        "unconfirmed": _tr("unconfirmed"),
    }.get(kind, kind.replace("_", " "))


def change_words(change: str) -> str:
    """What became of a picture from one copy to another."""
    return {
        "mirrored": _tr("mirrored"),
        "turned_90": _tr("turned by 90°"),
        "turned_180": _tr("turned by 180°"),
        "turned_270": _tr("turned by 270°"),
        "tilted": _tr("tilted"),
        "resized": _tr("resized"),
        "cut": _tr("cut"),
        "border": _tr("border added"),
        "caption": _tr("caption added"),
        "screenshot": _tr("screenshot"),
        "inset": _tr("set into another picture"),
        "overlaid": _tr("something laid over it"),
        "altered": _tr("altered inside, or another moment"),
        "recoloured": _tr("colours changed"),
    }.get(change, change.replace("_", " "))


# What a kind says already, so that it is not said again as a change.
_SAID_BY_KIND: Final = {"crop": ("cut",), "mirrored": ("mirrored",), "contains": ("inset",)}


def likeness_words(match: Match) -> str:
    """The kind of likeness, and what became of the picture: "crop · caption added"."""
    return _with_changes(match, kind_words(match.kind))


def found_words(match: Match) -> str:
    """The same of two images that are called A and B: "A is a crop of B · caption added"."""
    patterns = {"crop": _tr("%1 is a crop of %2"), "contains": _tr("%1 lies in %2")}
    if match.transform is None or match.kind not in patterns:
        return likeness_words(match)
    # What covers less than the whole of the other is the part.
    part, whole = ("A", "B") if abs(match.transform.determinant) < 1 else ("B", "A")
    return _with_changes(match, patterns[match.kind].replace("%1", part).replace("%2", whole))


def similar_words(match: Match) -> str:
    """The same of an image that is like what was asked about: "crop of what was asked about · caption added"."""
    part, whole = {
        "crop": (_tr("crop of what was asked about"), _tr("what was asked about is a crop of it")),
        "contains": (_tr("lies in what was asked about"), _tr("what was asked about lies in it")),
    }.get(match.kind, ("", ""))
    if match.transform is None or not part:
        return likeness_words(match)
    return _with_changes(match, whole if abs(match.transform.determinant) < 1 else part)


def _with_changes(match: Match, kind: str) -> str:
    changes = [change_words(one) for one in match.changes if one not in _SAID_BY_KIND.get(match.kind, ())]
    turned = match.kind == "rotated" and any(one.startswith("turned") for one in match.changes)
    return " · ".join(changes if turned else [kind, *changes])


def evidence_words(match: Match) -> str:
    """On what a likeness rests; empty where the kind alone says it."""
    if match.kind in ("same_bytes", "same_pixels"):
        return ""
    if match.evidence or match.distance is None:
        return match.evidence
    return _tr("perceptual hash, %1 of 64 bits differ").replace("%1", str(match.distance))


def match_words(match: Match) -> str:
    """How two images are alike: "mirrored · resized: perceptual hash, 3 of 64 bits differ"."""
    return ": ".join(filter(None, (likeness_words(match), evidence_words(match))))


def verdict_words(verdict: str, *, forward: bool = True) -> str:
    """A verdict as it reads before the other image's name; ``forward`` says that it goes from this one to that."""
    return _tr(verdict_words_of.towards(verdict, forward=forward))


def bond_words(edge: Edge, name: str, *, forward: bool) -> str:
    """Why an image is in its group, after its name: "crop of IMG_1.jpg · near: 3 of 64 bits differ".

    ``name`` is that of the other image, empty for the one inspected.
    """
    said = f"{verdict_words(edge.verdict.kind, forward=forward)} {name or _tr('this image')}"
    evidence = match_words(edge.match) if edge.match else edge.verdict.evidence.replace("_", " ")
    return f"{said} · {evidence}" if evidence else said


def other_of(relation: Relation, sha256: str) -> str:
    """The content hash at the other end of a verdict."""
    return relation.to_sha256 if relation.from_sha256 == sha256 else relation.from_sha256


def size_words(size_bytes: int) -> str:
    """A file's size: "812 bytes", "1.4 MB" (of 1,000,000 bytes)."""
    if size_bytes < 1000:
        return _tr("%1 bytes").replace("%1", str(size_bytes))
    size = float(size_bytes)
    for unit in ("kB", "MB"):
        size /= 1000
        if size < 999.95:
            return f"{size:.1f} {unit}"
    return f"{size / 1000:.1f} GB"


def dimensions(width_px: int, height_px: int) -> str:
    """A picture's width and height in pixels."""
    return f"{width_px:,} × {height_px:,}" if width_px else _tr("not known")


def when(at: str) -> str:
    """A time as this machine's clock shows it, to the minute; what is no time is shown as it is.

    ``at`` is UTC as ISO 8601 text.
    """
    try:
        moment = datetime.fromisoformat(at)
    except ValueError:
        return at
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    try:
        return moment.astimezone().strftime("%Y-%m-%d %H:%M")
    except (OverflowError, OSError, ValueError):  # before the year 1 in this time zone, say
        return at


def revealed(path: str) -> str:
    """A path in which no character hides: each control or direction-changing one is shown by its number."""
    return "".join(f"⟨U+{ord(letter):04X}⟩" if _hides(letter) else letter for letter in path)


def _hides(letter: str) -> bool:
    return unicodedata.category(letter) in {"Cc", "Cf", "Zl", "Zp", "Cs"} or letter in _DIRECTIONS


def images_words(count: int) -> str:
    """A number of images."""
    return _tr("1 image") if count == 1 else _tr("%1 images").replace("%1", f"{count:,}")


def listed(names: Sequence[str], most: int = 3) -> str:
    """A few names in a row, and how many more there are."""
    shown = ", ".join(names[:most])
    more = len(names) - most
    return shown if more <= 0 else _tr("%1 and %2 more").replace("%1", shown).replace("%2", f"{more:,}")


def _tr(text: str) -> str:
    return QCoreApplication.translate("sentences", text)
