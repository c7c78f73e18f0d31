"""What people say of captures: where from, when, by whom, with what; of one, or of several set together."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from core import capturing, dates
from core.claims import SourceId
from core.records import Capture, CaptureId, Source
from gui import operations_sources as operations
from gui import style
from gui.icons import icon
from gui.models.known_sources import KnownSources
from gui.models.sentences import revealed, when
from gui.plain import PlainLabel, plain_tooltip
from gui.session import Session
from gui.views.field_box import FieldBox, NoteBox, Owner, TermBox, TextBox
from gui.views.source_field import SourceBox

_FIRST: Final = ("source_id", "published_as_given", "source_url", "mode")  # always shown; the others where they say
_WHEN: Final = "2014-06-14T12:00+03:00 or 2014-06"


class CaptureForm(QWidget):
    """The fields of captures; what the user says of the owner is told to the archive."""

    def __init__(self, session: Session, known: KnownSources) -> None:
        super().__init__()
        self._session = session
        self.boxes: dict[str, FieldBox] = {}
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(style.SMALL)
        self._add(SourceBox(session, known, self.tr("Source")))
        self._add(PublishedBox("published_as_given", self.tr("Published, as the source shows it")))
        self._add(TextBox("source_url", self.tr("Address")))
        self._add(TermBox(session, "mode", self.tr("How it was captured"), capturing.VOCABULARIES["mode"]))
        self.more = QPushButton()
        self.more.setProperty("link", "true")
        self.more.setCheckable(True)
        self.more.toggled.connect(self._on_more_toggled)
        self._layout.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeading)
        self._add(MomentBox("published_at", self.tr("Published, in UTC or as a date"), example=_WHEN))
        self._add(MomentBox("collected_at", self.tr("Collected at"), example=_WHEN))
        self._add(TextBox("collector", self.tr("Collected by")))
        self._add(TextBox("archive_url", self.tr("Address of an archived copy")))
        self._add(MomentBox("archived_at", self.tr("Archived at"), example=_WHEN))
        self._add(TextBox("tool", self.tr("Tool")))
        self._add(TextBox("tool_version", self.tr("Version of the tool")))
        self._add(TextBox("external_ids", self.tr("Ids elsewhere")))
        self._add(NoteBox("note", self.tr("Note on this capture"), 2))
        self._on_more_toggled(shown=False)

    def _add(self, box: FieldBox) -> None:
        self.boxes[box.name] = box
        box.said.connect(self._on_said)
        self._layout.addWidget(box)

    def show_captures(self, captures: Sequence[Capture], sources: Mapping[SourceId, Source], *, writable: bool) -> None:
        """Show what is said of these captures together."""
        owner = tuple(int(capture.id) for capture in captures)
        if owner != self._owner and any(getattr(one, name) for one in captures for name in self._rest):
            self.more.setChecked(True)
        for name, box in self.boxes.items():
            values: tuple[Any, ...] = tuple(dict.fromkeys(getattr(capture, name) for capture in captures))
            if name == "source_id":
                values = tuple(None if value is None else sources.get(value) for value in values)
            box.show_values(owner, values)
            box.set_writable(writable=writable)

    def start(self) -> None:
        """Take the keys."""
        box = self.boxes["source_id"]
        assert isinstance(box, SourceBox)
        box.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def commit(self) -> None:
        """Keep what is being typed."""
        for box in self.boxes.values():
            box.commit()

    @property
    def _owner(self) -> Owner:
        return self.boxes["mode"].owner

    @property
    def _rest(self) -> tuple[str, ...]:
        return tuple(name for name in self.boxes if name not in (*_FIRST, "published_at"))

    def _on_more_toggled(self, shown: bool) -> None:  # noqa: FBT001 - a signal's value
        self.more.setText(self.tr("Fewer fields") if shown else self.tr("More fields"))
        for name, box in self.boxes.items():
            box.setVisible(shown or name in _FIRST)

    def _on_said(self, owner: Owner, name: str, value: Any) -> None:
        operations.change_captures(self._session, [CaptureId(one) for one in owner], {name: value})


class CaptureCard(QFrame):
    """One capture: its file, which nobody edits, and what people say of it."""

    def __init__(self, session: Session, known: KnownSources) -> None:
        super().__init__()
        self._session = session
        self.capture: Capture | None = None
        self.words = PlainLabel()
        self.times = PlainLabel()
        self.times.setProperty("role", "muted")
        for label in (self.words, self.times):
            label.setWordWrap(True)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.remove = QToolButton()
        self.remove.setIcon(icon("close"))
        self.remove.setToolTip(self.tr("Remove this capture, which was recorded by hand"))
        self.remove.setAccessibleName(self.remove.toolTip())
        self.remove.clicked.connect(self._on_remove_clicked)
        self.form = CaptureForm(session, known)
        head = QHBoxLayout()
        head.setSpacing(style.TIGHT)
        head.addWidget(self.words, 1)
        head.addWidget(self.remove, 0, Qt.AlignmentFlag.AlignTop)
        line = QFrame()
        line.setFixedHeight(1)
        line.setProperty("line", "true")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, style.SMALL)
        layout.setSpacing(style.TIGHT)
        layout.addLayout(head)
        layout.addWidget(self.times)
        layout.addWidget(self.form)
        layout.addWidget(line)

    def show_capture(self, capture: Capture, sources: Mapping[SourceId, Source], *, writable: bool) -> None:
        """Show a capture."""
        self.capture = capture
        by_hand = not capture.place.text
        self.words.setText(self.tr("Recorded by hand") if by_hand else revealed(capture.place.name))
        self.words.setToolTip(plain_tooltip("" if by_hand else revealed(capture.place.text)))
        times = self.tr("recorded %1") if by_hand else self.tr("file changed %2, taken in %1")
        self.times.setText(times.replace("%1", when(capture.imported_at)).replace("%2", when(capture.modified_at)))
        self.remove.setVisible(by_hand)
        self.remove.setEnabled(writable)
        self.form.show_captures([capture], sources, writable=writable)

    def _on_remove_clicked(self) -> None:
        if self.capture is not None:
            operations.remove_capture(self._session, self.capture.id)


class PublishedBox(TextBox):
    """When the source says that it published, in its own words; tells what could be read from them."""

    def about(self, text: str) -> str:
        """The time that is read, or that none is."""
        if not text:
            return ""
        at = capturing.published(text)
        return moment_words(at) if at else _tr("Kept as it is written; no date can be read from it.")


class MomentBox(TextBox):
    """A time with its offset from UTC, which becomes UTC, or a date as exactly as it is known."""

    def read(self, text: str) -> str:
        """The time in its normal form."""
        return capturing.moment(text)

    def about(self, text: str) -> str:
        """The time in words."""
        words = moment_words(capturing.moment(text))
        return "" if words == text else words


def moment_words(at: str) -> str:
    """A time as the record keeps it, in words; nothing for none."""
    if not at:
        return ""
    clock = at[11:16] if "T" in at else ""
    return _tr("%1, %2 UTC").replace("%1", dates.words(at)).replace("%2", clock) if clock else dates.words(at)


def _tr(text: str) -> str:
    return QCoreApplication.translate("CaptureForm", text)
