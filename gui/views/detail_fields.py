"""What is said of a sighting besides claims: what of it is seen, its state, how many, and which weapon it is."""

from itertools import pairwise
from typing import Final

from PySide6.QtWidgets import QGridLayout, QLineEdit, QSizePolicy, QWidget

from core.errors import CoreError
from core.sighted import Sighted
from core.sighting_details import MOST
from gui import sighting_operations, style
from gui.plain import PlainLabel
from gui.session import Session
from gui.views.name_field import NameField
from gui.views.term_field import TermField

_CODES: Final = ("visible_part", "condition", "context", "quantity_basis")
_TEXTS: Final = ("quantity", "accessories", "modifications")


class DetailFields(QWidget):
    """Fields that keep what is chosen or typed at once; what cannot be kept is said under them."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._shown: Sighted | None = None
        self._said: dict[str, str] = {}
        self.terms = {name: TermField(session, name) for name in _CODES}
        self._weapon = NameField()
        self.texts: dict[str, QLineEdit] = {name: QLineEdit() for name in _TEXTS} | {"weapon": self._weapon}
        self.problem = PlainLabel()
        self._arrange()
        for name, term in self.terms.items():
            term.chosen.connect(_Keeps(self, name))
            term.refused.connect(self._say)
            term.not_added.connect(self._say)
        for name, text in self.texts.items():
            text.editingFinished.connect(_Keeps(self, name))

    def _arrange(self) -> None:
        words = {
            "visible_part": self.tr("Visible part"),
            "condition": self.tr("Condition"),
            "context": self.tr("Context"),
            "quantity": self.tr("Quantity"),
            "quantity_basis": self.tr("Basis of the quantity"),
            "accessories": self.tr("Accessories"),
            "modifications": self.tr("Modifications"),
            "weapon": self.tr("Physical weapon"),
        }
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(style.SMALL)
        grid.setVerticalSpacing(2)
        for place, (name, label_words) in enumerate(words.items()):
            row, column = divmod(place, 2)
            label = PlainLabel(label_words)
            label.setProperty("role", "muted")
            field: QLineEdit = self.terms.get(name) or self.texts[name]
            field.setAccessibleName(label_words)
            field.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            grid.addWidget(label, 2 * row, column)
            grid.addWidget(field, 2 * row + 1, column)
            grid.setColumnStretch(column, 1)
        self.problem.setProperty("role", "bad")
        self.problem.setWordWrap(True)
        self.problem.hide()
        grid.addWidget(self.problem, 2 * len(words), 0, 1, 2)
        self._tab_in_reading_order(list(words))
        weapon = self._weapon
        weapon.setPlaceholderText(self.tr("name it, or type a name given before"))
        weapon.setToolTip(self.tr("Sightings with one name here were judged to be the same weapon."))

    def _tab_in_reading_order(self, names: list[str]) -> None:
        fields = [self.terms.get(name) or self.texts[name] for name in names]
        for before, after in pairwise(fields):
            self.setTabOrder(before, after)

    def show_sighted(self, shown: Sighted, weapons: tuple[str, ...]) -> None:
        """Show the details of a sighting; what is being typed stays while it is the same sighting."""
        sighting = shown.sighting
        another = self._shown is None or sighting.id != self._shown.sighting.id
        if another:
            self.commit()
            self._say("")
        self._shown = shown
        self._weapon.set_names(weapons)
        writable = not self._session.read_only
        for name, term in self.terms.items():
            code = getattr(sighting, name)
            if another or not (term.isModified() and (term.hasFocus() or term.adding.waiting)):
                term.show_code(code)
            term.setReadOnly(not writable)
        quantity = "" if sighting.quantity is None else str(sighting.quantity)
        said = {
            "quantity": quantity,
            "accessories": sighting.accessories,
            "modifications": sighting.modifications,
            "weapon": shown.weapon.label if shown.weapon else "",
        }
        for name, text in self.texts.items():
            if another or text.text() == self._said.get(name, ""):
                text.setText(said[name])
                text.setCursorPosition(0)
            text.setReadOnly(not writable)
        self._said = said

    def commit(self) -> None:
        """Keep what is being typed."""
        for name in self.texts:
            self.keep(name)

    def keep(self, name: str) -> None:
        """Keep one field as it is now."""
        if self._shown is None or self._session.read_only:
            return
        sighting = self._shown.sighting.id
        if name in self.terms:
            self._say("")
            said = {name: self.terms[name].code}
            sighting_operations.set_details(self._session, sighting, said, self._on_failed)
            return
        text = self.texts[name].text().strip()
        if text == self._said.get(name, ""):
            return
        self._said[name] = text
        self._say("")
        if name == "weapon":
            sighting_operations.link_weapon(self._session, sighting, text, self._on_failed)
        elif name != "quantity":
            sighting_operations.set_details(self._session, sighting, {name: text}, self._on_failed)
        elif text and not (text.isascii() and text.isdecimal() and 1 <= int(text) <= MOST):
            self._say(self.tr("A quantity is a whole number from 1 to %1.").replace("%1", f"{MOST:,}"))
        else:
            quantity = int(text) if text else None
            sighting_operations.set_details(self._session, sighting, {"quantity": quantity}, self._on_failed)

    def _on_failed(self, error: Exception) -> None:
        if isinstance(error, CoreError):
            self._say(str(error))
        else:
            self._session.failed.emit(error)

    def _say(self, sentence: str) -> None:
        self.problem.setText(sentence)
        self.problem.setVisible(bool(sentence))


class _Keeps:
    """Keeps one of the fields."""

    def __init__(self, fields: DetailFields, name: str) -> None:
        self._fields = fields
        self._name = name

    def __call__(self, _code: str = "") -> None:
        self._fields.keep(self._name)
