"""The images on which two coders differ, one after the other: both side by side, and whose word holds."""

from typing import Final, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from core import looking
from core.archive import Archive
from core.jobs import Job
from core.records import ImageId
from gui import review_operations, style
from gui.models.cells import shown_name
from gui.models.coding import Apart, Compared
from gui.models.covering import cover_of
from gui.models.grid_model import fitted
from gui.plain import PlainLabel, plain_tooltip
from gui.session import Session
from gui.views.elided import ElidedLabel
from gui.views.peek import Peek
from gui.views.sides_table import SidesTable

_PICTURE_PX: Final = 220


class DisagreementQueue(QWidget):
    """1 and 2 choose a side in the table; Enter settles once there is a reason, S skips.

    A graphic picture is seen while B is held in the table.
    """

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._compared: Compared | None = None
        self._place = 0
        self.progress = PlainLabel()
        self.name = ElidedLabel()
        self.picture = PlainLabel()
        self.table = SidesTable()
        self._found: _Answer | None = None
        self._peek = Peek(self.table)
        self.first = QPushButton()
        self.second = QPushButton()
        self.reason = QLineEdit()
        self.settle = QPushButton(self.tr("Settle   Enter"))
        self.skip = QPushButton(self.tr("Skip   S"))
        self._arrange()
        self._connect()

    def _arrange(self) -> None:
        self.picture.setFixedWidth(_PICTURE_PX)
        self.picture.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter)
        self.reason.setPlaceholderText(self.tr("Why is this side followed?"))
        self.reason.setAccessibleName(self.tr("Reason of the choice"))
        self.settle.setAccessibleName(self.tr("Settle"))
        self.skip.setAccessibleName(self.tr("Skip"))
        self.settle.setProperty("primary", "true")
        head, middle, acts = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        for row in (head, middle):
            row.setSpacing(style.MEDIUM)
        head.addWidget(self.progress)
        head.addWidget(self.name, 1)
        middle.addWidget(self.picture, 0, Qt.AlignmentFlag.AlignTop)
        middle.addWidget(self.table, 1)
        acts.setSpacing(style.SMALL)
        for part in (self.first, self.second, self.reason, self.settle, self.skip):
            acts.addWidget(part, int(part is self.reason))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, style.SMALL, 0, 0)
        layout.setSpacing(style.SMALL)
        layout.addLayout(head)
        layout.addLayout(middle, 1)
        layout.addLayout(acts)

    def _connect(self) -> None:
        for button in (self.first, self.second, self.skip, self.settle):
            button.setAutoDefault(False)
        self._peek.changed.connect(self._show_picture)
        self._session.settings_changed.connect(self._show_picture)
        self.first.clicked.connect(self._on_first_clicked)
        self.second.clicked.connect(self._on_second_clicked)
        self.settle.clicked.connect(self._on_settle_wanted)
        self.skip.clicked.connect(self._on_skip_wanted)
        self.reason.returnPressed.connect(self._on_settle_wanted)
        self.table.chosen.connect(self._on_chosen)
        self.table.settle_wanted.connect(self._on_settle_wanted)
        self.table.skip_wanted.connect(self._on_skip_wanted)

    @property
    def _current(self) -> Apart | None:
        queue = self._compared.apart if self._compared is not None else ()
        return queue[self._place] if 0 <= self._place < len(queue) else None

    def show_compared(self, compared: Compared) -> None:
        """Go through a set's disagreements, from where one is, if it is the set that is shown."""
        before, held = self._compared, self._current
        same = before is not None and compared.name == before.name
        self._compared = compared
        ids = [one.image_id for one in compared.apart]
        if same and held is not None and held.image_id in ids:
            # What is being chosen and written for it stays.
            self._place = ids.index(held.image_id)
            self._show_progress()
            return
        self._place = min(self._place, max(0, len(ids) - 1)) if same else 0
        self._show_current()

    def _show_current(self) -> None:
        current, compared = self._current, self._compared
        self.reason.clear()
        self.picture.clear()
        self._found = None
        self._peek.end()
        for part in (self.first, self.second, self.skip, self.reason, self.table):
            part.setEnabled(current is not None and not self._session.read_only)
        self.name.setText(shown_name(current.name) if current is not None else "")
        self.name.setToolTip(plain_tooltip(self.name.text()))
        self._show_progress()
        if current is None or compared is None:
            self.table.show_apart(None)
            return
        coders = (compared.agreement.first, compared.agreement.second)
        for button, coder, key in zip((self.first, self.second), coders, "12", strict=True):
            button.setText(f"{coder.replace('&', '&&')}   {key}")
            button.setAccessibleName(self.tr("Follow %1").replace("%1", coder))
            words = self.tr("Follow %1 in the row with the cursor; in the first row, in all of it (%2)")
            button.setToolTip(plain_tooltip(words.replace("%2", key).replace("%1", coder)))
        self.table.show_apart(current, *coders)
        question = _Picture(current.image_id, self.devicePixelRatioF())
        self._session.read(("disagreement", id(self)), question, self._on_picture)

    def _show_progress(self) -> None:
        total = len(self._compared.apart) if self._compared is not None else 0
        words = self.tr("%1 of %2").replace("%1", f"{self._place + 1:,}").replace("%2", f"{total:,}")
        self.progress.setText(words if total else self.tr("There is nothing left on which the coders differ."))

    def _on_chosen(self) -> None:
        self.settle.setEnabled(self.table.complete and not self._session.read_only)

    def _on_first_clicked(self) -> None:
        self.table.follow("first")

    def _on_second_clicked(self) -> None:
        self.table.follow("second")

    def _on_skip_wanted(self) -> None:
        if self._compared is not None and self._compared.apart:
            self._place = (self._place + 1) % len(self._compared.apart)
            self._show_current()
            self.table.setFocus()

    def _on_settle_wanted(self) -> None:
        current, compared = self._current, self._compared
        if current is None or compared is None or not self.table.complete:
            return
        reason = self.reason.text().strip()
        if not reason:
            self.reason.setFocus()
            return
        self.table.setFocus()
        review_operations.settle_coding(
            self._session, compared.name, current.image_id, self.table.choice, reason=reason
        )

    def _on_picture(self, answer: "_Answer") -> None:
        if self._current is not None and answer.image_id == self._current.image_id:
            self._found = answer
            self._show_picture()

    def _show_picture(self) -> None:
        found = self._found
        if found is None or found.picture is None:
            return
        covered = found.graphic and self._session.settings.cover_graphic
        self.picture.setPixmap(
            QPixmap.fromImage(cover_of(found.picture) if covered and not self._peek.looking else found.picture)
        )
        self.picture.setToolTip(self.tr("Graphic picture: hold B in the table to look") if covered else "")


class _Answer(NamedTuple):
    image_id: ImageId
    picture: QImage | None
    graphic: bool


class _Picture:
    """Asks for an image's thumbnail."""

    def __init__(self, image_id: ImageId, ratio: float) -> None:
        self._image_id = image_id
        self._ratio = ratio

    def __call__(self, archive: Archive, _job: Job) -> _Answer:
        data = looking.thumbnail(archive, self._image_id)
        edge = round(_PICTURE_PX * self._ratio)
        picture = None if data is None else fitted(data, edge, self._ratio)
        return _Answer(self._image_id, picture, bool(looking.covered(archive, [self._image_id])))
