"""The inspector's tab for what people say of images as wholes: one image, or several set together."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from core import describing
from core.archive import Archive
from core.describing import VOCABULARIES, Described
from core.jobs import Job
from core.records import ImageId
from gui import operations_sources as operations
from gui import style
from gui.models.sentences import images_words
from gui.plain import PlainLabel
from gui.session import Session
from gui.views.field_box import DateBox, FieldBox, NoteBox, Owner, PositionBox, TermBox, TextBox

POSITION: Final = "position"
_PAIR: Final = ("latitude_e7", "longitude_e7")


class DescriptionForm(QWidget):
    """Follows ``show_images`` and the archive while it is seen."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._ids: Owner = ()
        self._several = PlainLabel()
        self._several.setProperty("role", "muted")
        self._several.setWordWrap(True)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(style.MEDIUM, style.MEDIUM, style.MEDIUM, style.MEDIUM)
        self._layout.setSpacing(style.SMALL)
        self._layout.addWidget(self._several)
        self.boxes: dict[str, FieldBox] = {}
        self._add_image_fields()
        self._add_place_fields()
        self.sensitivity = SensitivityBox(session)
        self.sensitivity.marked.connect(self._on_marked)
        self._layout.addWidget(self.sensitivity)
        self._add(NoteBox("caption", self.tr("Caption")))
        self._add(TextBox("rights_holder", self.tr("Rights holder")))
        self._term("rights_status", self.tr("Rights"))
        self._layout.addStretch(1)
        session.changed.connect(self._reload)

    def _add_image_fields(self) -> None:
        self._term("kind", self.tr("Kind of image"))
        self._term("generation", self.tr("Generation"))
        self._add(DateBox("date", self.tr("Date of the picture"), example="2014, 2014-06, 2014-06~, 2014/2015"))
        self._term("date_basis", self.tr("Basis of the date"))

    def _add_place_fields(self) -> None:
        self._term("country", self.tr("Country where it was taken"))
        self._term("place", self.tr("Place"))
        self._add(PositionBox(POSITION, self.tr("Latitude, longitude"), example="36.3762, 42.4497"))
        self._term("place_precision", self.tr("Precision of the place"))
        self._term("place_basis", self.tr("Basis of the place"))
        self._term("conflict", self.tr("Conflict"))
        self._term("holder", self.tr("Holder"))
        self._term("holder_basis", self.tr("Basis of the holder"))

    def _term(self, name: str, title: str) -> None:
        self._add(TermBox(self._session, name, title, VOCABULARIES[name]))

    def _add(self, box: FieldBox) -> None:
        self.boxes[box.name] = box
        box.said.connect(self._on_said)
        self._layout.addWidget(box)

    def show_images(self, ids: tuple[ImageId, ...]) -> None:
        """Show what is said of these images; of none, nothing."""
        if ids != self._ids:
            self.commit()
            self._ids = ids
            for box in self.boxes.values():  # what was said of other images would mislead until the answer is there
                box.show_values((), ("",) if box.name != POSITION else ((None, None),))
            self._reload()

    def commit(self) -> None:
        """Keep what is being typed."""
        for box in self.boxes.values():
            box.commit()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Ask again: while hidden it did not."""
        super().showEvent(event)
        self._reload()

    def _reload(self) -> None:
        if self._ids and self.isVisible():
            question = _Question(tuple(map(ImageId, self._ids)))
            self._session.read(("description", id(self)), question, self._on_answer)

    def _on_answer(self, answer: "_Answer") -> None:
        if answer.ids != self._ids:
            return
        count = len(self._ids)
        self._several.setVisible(count > 1)
        words = self.tr("What is said here is said of all %1.").replace("%1", images_words(count))
        self._several.setText(words)
        values = dict(answer.described.values)
        values[POSITION] = _pairs(answer.described.values)
        writable = not self._session.read_only
        for name, box in self.boxes.items():
            box.show_values(self._ids, values[name])
            box.set_writable(writable=writable)
        self.sensitivity.show_counts(answer.described)
        self.sensitivity.setEnabled(writable)

    def _on_said(self, owner: Owner, name: str, value: Any) -> None:
        said = dict(zip(_PAIR, value, strict=True)) if name == POSITION else {name: value}
        operations.describe(self._session, [ImageId(image_id) for image_id in owner], said)

    def _on_marked(self, code: str, sensitive: bool) -> None:  # noqa: FBT001 - a signal's value
        ids = [ImageId(image_id) for image_id in self._ids]
        operations.mark_sensitive(self._session, ids, code, sensitive=sensitive)


class SensitivityBox(QWidget):
    """A box to tick for each way in which images are sensitive; half ticked where only some of them are."""

    marked = Signal(str, bool)  # the code, and whether they are

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.boxes: dict[str, _Tick] = {}
        self.setAccessibleName(self.tr("Sensitivity"))
        label = PlainLabel(self.tr("Sensitivity"))
        label.setProperty("role", "muted")
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(style.TIGHT)
        self._layout.addWidget(label)
        session.vocabularies_changed.connect(self._fill)
        session.opened.connect(self._fill)
        self._fill()

    def show_counts(self, described: Described) -> None:
        """Show of how many images each is said."""
        for code, box in self.boxes.items():
            count = described.sensitive.get(code, 0)
            some = Qt.CheckState.PartiallyChecked if count < described.total else Qt.CheckState.Checked
            box.setCheckState(some if count else Qt.CheckState.Unchecked)

    def _fill(self) -> None:
        info = self._session.info
        for term in info.vocabularies["sensitivity"] if info else ():
            if term.code in self.boxes:
                self.boxes[term.code].setText(term.label)
                continue
            box = self.boxes[term.code] = _Tick(term.code, term.label)
            box.ticked.connect(self.marked)
            self._layout.addWidget(box)


class _Tick(QCheckBox):
    """A box that the user ticks and unticks; half ticked it is only shown."""

    ticked = Signal(str, bool)

    def __init__(self, code: str, label: str) -> None:
        super().__init__(label)
        self._code = code
        self.setAccessibleName(label)
        self.clicked.connect(self._on_clicked)

    def nextCheckState(self) -> None:  # noqa: N802 - Qt's name
        """From half ticked to ticked, which is true of all."""
        ticked = self.checkState() == Qt.CheckState.Checked
        self.setCheckState(Qt.CheckState.Unchecked if ticked else Qt.CheckState.Checked)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """A screen reader hears the name that is shown."""
        super().changeEvent(event)
        self.setAccessibleName(self.text())

    def _on_clicked(self) -> None:
        self.ticked.emit(self._code, self.checkState() == Qt.CheckState.Checked)


def _pairs(values: Mapping[str, tuple[Any, ...]]) -> tuple[tuple[Any, Any], ...]:
    """The position where all share one; else as many as there are latitudes or longitudes."""
    latitudes, longitudes = (values[name] for name in _PAIR)
    if len(latitudes) == len(longitudes) == 1:
        return ((latitudes[0], longitudes[0]),)
    return tuple((at, at) for at in range(max(len(latitudes), len(longitudes))))


@dataclass(frozen=True, slots=True)
class _Answer:
    ids: tuple[ImageId, ...]
    described: Described


@dataclass(frozen=True, slots=True)
class _Question:
    ids: tuple[ImageId, ...]

    def __call__(self, archive: Archive, _job: Job) -> _Answer:
        return _Answer(self.ids, describing.described(archive, self.ids))
