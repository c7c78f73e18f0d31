"""Labelled regions in the catalogue that can stand beside an unknown one, and models that it may be."""

from collections.abc import Sequence
from typing import Final

from sqlite_utils import Database

from core.claims import CERTAINTIES
from core.records import ImageId, SightingId
from core.store import settlements

_RANK: Final = " ".join(f"WHEN '{certainty}' THEN {rank}" for rank, certainty in enumerate(CERTAINTIES))
_STANDING: Final = "SELECT 1 FROM review WHERE identification_id = claim.id AND withdrawn = 0 AND decision"
_COUNTS: Final = f"claim.preferred = 1 AND sighting.coding_id IS NULL AND NOT {settlements.SETTLED}"


def labelled(
    db: Database, column: str, codes: Sequence[str], *, but: ImageId | None, most: int
) -> list[tuple[SightingId, ImageId, bool]]:
    """The best regions that are identified by one of these codes: sighting, its image, whether it is confirmed.

    ``column`` is ``model`` or ``type``.  What reviewers confirmed comes first, then the more certain, then the larger
    in pixels; of each picture the best alone, and none of the picture that the image ``but`` shows.
    """
    assert column in ("model", "type")
    marks = ", ".join("?" * len(codes))
    rows = db.conn.execute(
        f"""WITH found AS (
            SELECT sighting.id AS sighting_id, sighting.image_id,
                EXISTS ({_STANDING} = 'confirm') AND NOT EXISTS ({_STANDING} <> 'confirm') AS confirmed,
                CASE claim.certainty {_RANK} ELSE {len(CERTAINTIES)} END AS rank,
                width_e6 * upright_width_px / 1000 * (height_e6 * upright_height_px / 1000) AS area,
                ifnull(picture, -sighting.image_id) AS picture
            FROM identification AS claim JOIN sighting ON sighting.id = claim.sighting_id
            JOIN image ON image.id = sighting.image_id
            LEFT JOIN cache.membership AS member ON member.image_id = sighting.image_id
            WHERE claim.{column} IN ({marks}) AND claim.{column} <> '' AND {_COUNTS} AND x_e6 IS NOT NULL
                AND image.state = 'decoded' AND image.status <> 'excluded'
        ), ordered AS (
            SELECT *, row_number() OVER (
                PARTITION BY picture ORDER BY confirmed DESC, rank, area DESC, sighting_id) AS place FROM found
            WHERE picture <> ifnull((SELECT picture FROM cache.membership WHERE image_id = ?), -?)
        )
        SELECT sighting_id, image_id, confirmed FROM ordered WHERE place = 1
        ORDER BY confirmed DESC, rank, area DESC, sighting_id LIMIT ?""",
        (*codes, but or 0, but or 0, most),
    ).fetchall()
    return [(SightingId(sighting_id), ImageId(image_id), bool(confirmed)) for sighting_id, image_id, confirmed in rows]


def frequent_models(db: Database, types: Sequence[str], *, most: int) -> list[str]:
    """The models that are identified most often, of these types only where any are given."""
    only = f" AND claim.type IN ({', '.join('?' * len(types))})" if types else ""
    rows = db.conn.execute(
        "SELECT model FROM identification AS claim JOIN sighting ON sighting.id = claim.sighting_id "
        f"WHERE {_COUNTS} AND model <> ''{only} GROUP BY model ORDER BY count(*) DESC, model LIMIT ?",
        (*types, most),
    ).fetchall()
    return [model for (model,) in rows]


def look_alikes(db: Database, models: Sequence[str]) -> list[str]:
    """The models that the library says look like one of these, whichever of the two it says it of."""
    marks = ", ".join("?" * len(models))
    rows = db.conn.execute(
        "SELECT term.code, value FROM model_fact JOIN term ON term.id = term_id "
        f"WHERE fact = 'look_alike' AND (term.code IN ({marks}) OR value IN ({marks})) ORDER BY model_fact.id",
        (*models, *models),
    ).fetchall()
    found = dict.fromkeys(other for pair in rows for other in pair if other not in models)
    return list(found)
