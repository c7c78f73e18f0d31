"""All claims about one sighting, kind by kind, each kind's preferred one first and its rivals below it."""

from typing import Any

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QApplication, QMenu, QPushButton, QVBoxLayout, QWidget

from core.claims import Acquisition, ClaimId, Identification, Marking, Origin
from core.sighted import Sighted
from core.weapon_models import possible_origins
from gui import sighting_operations, style
from gui.dialogs.claim import ClaimDialog
from gui.icons import icon
from gui.session import Session
from gui.views.claim_row import ClaimRow, PossibleRow


class ClaimsList(QWidget):
    """Rows for claims and for what the model allows, and a button that adds more."""

    image_wanted = Signal(object)  # the id of an image to look at

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._shown: Sighted | None = None
        self.rows: list[ClaimRow] = []
        self.possible: list[PossibleRow] = []
        self.add = QPushButton(icon("plus"), self.tr("Add a claim"))
        self.menu = QMenu(self)
        self._list = QVBoxLayout()
        self._list.setSpacing(style.SMALL)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(style.SMALL)
        layout.addLayout(self._list)
        layout.addWidget(self.add)
        for kind, words in (
            (Identification, self.tr("Add &identification…")),
            (Origin, self.tr("Add &origin…")),
            (Marking, self.tr("Add &marking…")),
            (Acquisition, self.tr("Add &acquisition…")),
        ):
            self.menu.addAction(words).setData(kind)
        self.add.setAutoDefault(False)
        self.add.clicked.connect(self.offer)
        self.menu.triggered.connect(self._on_triggered)

    def show_sighted(self, shown: Sighted) -> None:
        """Show the claims about a sighting; what is as before stays as it is."""
        self.add.setVisible(not self._session.read_only)
        if shown == self._shown:
            return
        self._shown = shown
        before = {_key(row.claim) for row in self.rows}
        had_keys = next((row for row in (*self.rows, *self.possible) if _has_keys(row)), None)
        self._clear()
        said = shown.claimed
        for kind in (said.identifications, said.origins, said.acquisitions, said.markings):
            for claim in sorted(kind, key=_order):
                self._add_row(claim, shown)
        self._add_possible(shown)
        if had_keys is not None and self.rows:
            held = _key(had_keys.claim) if isinstance(had_keys, ClaimRow) else None
            kept = [row for row in self.rows if _key(row.claim) == held]
            new = [row for row in self.rows if _key(row.claim) not in before]
            # After a removal the next row's keys would be one slip from removing it too.
            next((row.edit for row in (*kept, *new)), self.add).setFocus()

    def _add_row(self, claim: Any, shown: Sighted) -> None:
        is_marking = isinstance(claim, Marking)
        fitting = tuple(one for one in shown.fitting if is_marking and one.marking_id == claim.id)
        row = ClaimRow(self._session, claim, fitting, shown.source_of(claim))
        row.edit_wanted.connect(self._on_edit_wanted)
        row.image_wanted.connect(self.image_wanted)
        self.rows.append(row)
        self._list.addWidget(row)

    def _add_possible(self, shown: Sighted) -> None:
        info = self._session.info
        if info is None:
            return
        for origin in possible_origins(info.weapon_models, shown.sighting):
            row = PossibleRow(self._session, origin)
            row.claimed.connect(self._on_possible_claimed)
            self.possible.append(row)
            self._list.addWidget(row)

    def _clear(self) -> None:
        for row in (*self.rows, *self.possible):
            self._list.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows, self.possible = [], []

    def write(self, kind: type, claim: Any = None) -> None:
        """Open the dialog for a claim of a kind, empty or beginning with a claim."""
        if self._shown is None or self._session.read_only:
            return
        dialog = ClaimDialog(
            self._session,
            self._shown.sighting.id,
            kind,
            claim=claim,
            rivals=any(isinstance(row.claim, kind) for row in self.rows),
            parent=self.window(),
        )
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def offer(self) -> None:
        """Ask which kind of claim to add."""
        self.add.setFocus()
        self.menu.popup(self.add.mapToGlobal(QPoint(0, self.add.height())))

    def _on_triggered(self, action: Any) -> None:
        self.write(action.data())

    def _on_edit_wanted(self, claim: Any) -> None:
        self.write(type(claim), claim)

    def _on_possible_claimed(self, origin: Origin) -> None:
        if self._shown is not None:
            sighting_operations.add_claim(self._session, self._shown.sighting.id, origin)


def _key(claim: Any) -> tuple[type, ClaimId]:
    """What tells a claim from all others: ids are those of its kind."""
    return type(claim), claim.id


def _has_keys(widget: QWidget) -> bool:
    """Whether a widget or a part of it has the keys; ``QWidget.focusWidget`` tells who would get them."""
    holder = QApplication.focusWidget()
    return holder is not None and widget.isAncestorOf(holder)  # of itself it is one, too


def _order(claim: Any) -> tuple[str, bool, ClaimId]:
    """By role, where it has one, the preferred one first, then as they came."""
    return getattr(claim, "role", ""), not getattr(claim, "preferred", True), claim.id
