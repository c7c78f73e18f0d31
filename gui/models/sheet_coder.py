"""Coding by the sheet: one key gives or takes away a value, and values that are pinned go along with the others."""

from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from core.coding_sheets import CodingSheet, SheetValue
from core.errors import Refused
from core.facets import FACETS
from core.records import ImageId
from gui.models.coding_rate import CodingRate
from gui.models.offers import HOW, Offer
from gui.models.selection_values import SelectionValues
from gui.models.tagger import Tagger
from gui.session import Session

_WEAPON = ("type", "model")


class SheetCoder(QObject):
    """Belongs to one open archive.  ``pinned`` are keys of the sheet; they are forgotten with the archive."""

    changed = Signal()  # the sheet, what is pinned, or what the images show
    told = Signal(str)
    counted = Signal()  # the rate is another
    next_wanted = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.tagger = Tagger(session, self)
        self.selected = SelectionValues(session, self)
        self.rate = CodingRate()
        self.pinned: set[str] = set()
        self.tagger.told.connect(self.told)
        self.tagger.applied.connect(self._on_applied)
        self.selected.changed.connect(self.changed)
        session.vocabularies_changed.connect(self.changed)

    @property
    def sheet(self) -> CodingSheet:
        """The sheet of the archive that is open."""
        info = self._session.info
        return CodingSheet() if info is None else self._session.settings.coding_sheets.get(info.uuid, CodingSheet())

    def begin(self) -> None:
        """Follow what the images show, with the certainty and the basis that the user set."""
        self.selected.watch(watching=True)
        self.tagger.start_afresh()
        self.rate.begin()
        self.counted.emit()

    def end(self) -> None:
        """Follow no more."""
        self.selected.watch(watching=False)

    def edit(self, sheet: CodingSheet) -> None:
        """Use another sheet from now on."""
        info = self._session.info
        if info is not None:
            self._session.change_settings(coding_sheets={**self._session.settings.coding_sheets, info.uuid: sheet})
            self.pinned &= {value.key for value in sheet.values}
            self.changed.emit()

    def put_on(self, offer: Offer) -> None:
        """Put a value on the sheet, under a key that is free."""
        try:
            self.edit(self.sheet.with_value(offer.facet, offer.code))
        except Refused as error:
            self.told.emit(str(error))

    def offer_of(self, value: SheetValue) -> Offer:
        """What a value of the sheet says."""
        info = self._session.info
        vocabulary = FACETS[value.facet].vocabulary if value.facet in FACETS else value.facet
        label = value.code if info is None else info.vocabularies[vocabulary].label(value.code)
        return Offer(value.facet, value.code, label)

    def share_of(self, value: SheetValue) -> float:
        """How many of the images show a value, from 0 for none to 1 for all."""
        if value.facet in HOW:
            return float({"certainty": self.tagger.certainty, "basis": self.tagger.basis}[value.facet] == value.code)
        for shown in self.selected.shown or ():
            if (shown.value.facet, shown.value.code) == (value.facet, value.code):
                return shown.value.count / shown.total
        return 0.0

    def press(self, key: str) -> bool:
        """Give what stands under a key, or take it away where all the images show it; whether something does."""
        value = self.sheet.at(key)
        if value is None:
            return False
        offer = self.offer_of(value)
        if value.facet not in HOW and self.share_of(value) == 1:
            self.tagger.apply(replace(offer, removes=True))
            return True
        self._give(value)
        if self.sheet.advances and value.facet in self.sheet.advance_after:
            self.next_wanted.emit()
        return True

    def pin(self, key: str) -> bool:
        """Have a value go along with all that is given from now on, or no more; whether there is one."""
        value = self.sheet.at(key)
        if value is None:
            return False
        self.pinned ^= {key}
        if key in self.pinned and self.share_of(value) < 1:
            self._give(value)
        words = self.offer_of(value).words
        pinned = self.tr("Pinned, it goes along with all that is given: %1")
        told = pinned if key in self.pinned else self.tr("No longer pinned: %1")
        self.told.emit(told.replace("%1", words))
        self.changed.emit()
        return True

    def give_pinned(self) -> None:
        """Give the values that are pinned, and go on to the next image."""
        if not self.pinned:
            self.told.emit(self.tr("Nothing is pinned; Shift and its key pins a value."))
            return
        self._give_along(but=None)
        self.next_wanted.emit()

    def finish(self) -> None:
        """Say that these images are ready for review, and go on to the next."""
        self.tagger.finish()
        self.next_wanted.emit()

    def _give(self, value: SheetValue) -> None:
        self.tagger.apply(self.offer_of(value))
        self.changed.emit()
        if value.facet not in HOW:
            self._give_along(but=value)

    def _give_along(self, *, but: SheetValue | None) -> None:
        """Give what is pinned: to a weapon that was just named all but another name, else what is not shown yet."""
        named = but is not None and but.facet in _WEAPON
        pinned = [value for value in self.sheet.values if value.key in self.pinned and value != but]
        for value in sorted(pinned, key=lambda one: one.facet not in _WEAPON):
            goes_along = value.facet not in _WEAPON if named else self.share_of(value) < 1
            if goes_along:
                self.tagger.apply(self.offer_of(value))

    def _on_applied(self, ids: tuple[ImageId, ...], offer: Offer) -> None:
        if not offer.removes:
            self.rate.mark(ids)
            self.counted.emit()
