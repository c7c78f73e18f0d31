"""A small reference library, known to the letter, in the place of the shipped one."""

from core.archive import Archive
from core.store import terms
from core.vocabularies import Term


def add_models(archive: Archive) -> None:
    """The AKM (one calibre, origins checked in part), the AK family, and the M2 (two calibres)."""
    with archive.action("Replace the library"):
        archive.db.conn.execute("DELETE FROM term WHERE vocabulary = 'weapon_model'")
        for place, (code, label, facts) in enumerate(_MODELS):
            term_id = terms.add(archive.db, "weapon_model", place, Term(code, label, source="made up"))
            terms.add_facts(
                archive.db, term_id, [{"fact": fact, "value": value, "source": source} for fact, value, source in facts]
            )


_MODELS = (
    ("ak", "AK family", (("type", "SA.RIF.AUT", "x"), ("level", "family", "x"))),
    (
        "akm",
        "AKM",
        (
            ("type", "SA.RIF.AUT", "x"),
            ("level", "model", "x"),
            ("calibre", "7.62×39 mm", "x"),
            ("design", "SUHH", "a book, page 3"),
            ("manufacture", "SUHH", "unchecked"),
            ("manufacture", "HUN", "unchecked"),
        ),
    ),
    (
        "m2",
        "M2",
        (("type", "LW.MG.H", "x"), ("level", "model", "x"), ("calibre", ".50 BMG", "x"), ("calibre", ".50 AE", "x")),
    ),
)
