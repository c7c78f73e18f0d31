"""A statement as the archive holds it, and the cells of its row given back from that.

What a sighting's fields say, they give back; any cell that they would not give back word for word is a line of the
sighting's note, under the name of its column.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from core.claims import Acquisition, Identification, Origin, SourceId
from core.records import Source
from core.statements.words import BASES, COLUMNS, EXPORTER, REPORT_WIDE, SOURCE
from core.store import stated
from core.store.claimed import Claimed

Label = Callable[[str, str], str]
"""What a code of a vocabulary, named first, is called."""

# The type is what the program makes of a class, so the class always stays as it was written.
_ALWAYS: Final = (stated.WRITTEN,)
_EXPORTER: Final = " is named as exporter, not as maker."
_WORDS: Final = {code: word for word, code in BASES.items()}
_COUNTED: Final = {"exact": "", "at_least": "at least ", "estimate": "about "}
_ORIGINS: Final = (
    ("design", "country_of_design", "design_basis"),
    ("manufacture", "country_of_manufacture", "manufacture_basis"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What one row says, in the archive's terms; ``origins`` are by role."""

    row_id: str
    identification: Identification | None
    origins: Mapping[str, Origin]
    acquisition: Acquisition | None
    quantity: int | None = None
    quantity_basis: str = ""
    title: str = ""
    url: str = ""


def acquisition_note(words: str, exporter: str) -> str:
    """The note of an acquisition: the words about the route, and which country is an exporter."""
    return "\n".join(filter(None, (words, f"{exporter}{_EXPORTER}" if exporter else "")))


def note(cells: Mapping[str, str], statement: Statement, label: Label) -> str:
    """The note of a sighting: the row's id, and each cell that the statement's fields do not give back."""
    given = _from_fields(statement, label)
    lines = [
        f"{column}: {cells[column]}"
        for column in COLUMNS
        if column in _ALWAYS or cells[column] != given.get(column, "")
    ]
    return "\n".join([statement.row_id, *lines])


def row_id(noted: str) -> str:
    """The id of the row that a sighting's note is about."""
    return noted.split("\n", 1)[0]


def cells_of(one: Claimed, sources: Mapping[SourceId, Source], label: Label) -> dict[str, str]:
    """The cells of the row that a sighting was entered from, by their columns."""
    given = dict.fromkeys(COLUMNS, "") | _from_fields(_statement(one, sources), label)
    noted: dict[str, str] = {}
    for line in one.sighting.note.split("\n")[1:]:
        column, mark, text = line.partition(": ")
        if mark and column in given:
            noted.setdefault(column, text)
    return given | noted


def _statement(one: Claimed, sources: Mapping[SourceId, Source]) -> Statement:
    """What the oldest claims of each kind say: what came after them is not the table's."""
    identification = next(iter(one.identifications), None)
    source = sources.get(identification.source_id) if identification and identification.source_id else None
    return Statement(
        row_id=row_id(one.sighting.note),
        identification=identification,
        origins={origin.role: origin for origin in reversed(one.origins)},
        acquisition=next(iter(one.acquisitions), None),
        quantity=one.sighting.quantity,
        quantity_basis=one.sighting.quantity_basis,
        title=source.title if source else "",
        url=source.url if source else "",
    )


def _from_fields(statement: Statement, label: Label) -> dict[str, str]:
    cells = {"row_id": statement.row_id, "source_title": statement.title, "source_url": statement.url}
    if statement.identification is not None:
        cells["weapon_model"] = statement.identification.as_written
    if statement.quantity is not None:
        cells["count_stated"] = f"{_COUNTED.get(statement.quantity_basis, '')}{statement.quantity}"
    for role, column, basis_column in _ORIGINS:
        origin = statement.origins.get(role)
        if origin is not None:
            named = "; ".join(label("country", code) for code in origin.countries)
            cells[column] = f"{named} ({origin.maker})" if origin.maker else named
            cells[basis_column] = _word(origin.bases)
    if statement.acquisition is not None:
        cells |= _from_acquisition(statement.acquisition, label)
    return cells


def _from_acquisition(claim: Acquisition, label: Label) -> dict[str, str]:
    lines = claim.note.split("\n") if claim.note else []
    words = next((line for line in lines if not line.endswith(_EXPORTER)), "")
    exporter = next((line.removesuffix(_EXPORTER) for line in lines if line.endswith(_EXPORTER)), "")
    cells = {"acquisition_route": words, "holder": label("holder", claim.holder) if claim.holder else ""}
    if words:
        basis = _word(claim.bases)
        cells["route_basis"] = f"{basis} ({REPORT_WIDE})" if claim.scope == "report_wide" else basis
    if exporter:
        cells["country_of_manufacture"] = exporter
        cells["manufacture_basis"] = f"{_WORDS[SOURCE]} ({EXPORTER})"
    return cells


def _word(bases: tuple[str, ...]) -> str:
    return _WORDS.get(bases[0], "") if bases else ""
