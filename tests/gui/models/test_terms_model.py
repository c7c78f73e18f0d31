"""The terms as a tree and as what a search finds."""

from PySide6.QtCore import Qt

from core.vocabularies import Term, Vocabulary
from gui.models.terms_model import CODE_ROLE, TermsModel

TERMS = Vocabulary(
    [
        Term("tabuk-sniper", "Tabuk (sniper rifle)"),
        Term("tabuk", "Tabuk", "iraqi", ("تبوك",)),
        Term("iraqi", "Iraqi rifles", retired=True),
        Term("other", "The Tabuk copy"),
    ]
)


def codes(model: TermsModel) -> list[str]:
    return [model.index(row, 0).data(CODE_ROLE) for row in range(model.rowCount())]


def test_without_a_search_terms_stand_under_their_parents(qapp) -> None:
    model = TermsModel()
    model.show(TERMS, {"tabuk": 1234})
    assert codes(model) == ["tabuk-sniper", "iraqi", "other"]
    found = model.index_of("tabuk")
    assert found.parent() == model.index_of("iraqi")
    assert found.siblingAtColumn(1).data() == "1,234"
    assert "retired" in model.index_of("iraqi").data(Qt.ItemDataRole.AccessibleTextRole)
    assert not model.index_of("nothing").isValid()


def test_a_search_lists_what_is_called_so_then_what_begins_so(qapp) -> None:
    model = TermsModel()
    model.show(TERMS, {}, "TABUK")
    assert codes(model) == ["tabuk", "tabuk-sniper", "other"]
    assert model.index(0, 0).data(Qt.ItemDataRole.ToolTipRole).startswith("Iraqi rifles\ntabuk")
    model.show(TERMS, {}, "تبوك")
    assert codes(model) == ["tabuk"]
    model.show(TERMS, {}, "zzz")
    assert codes(model) == []
