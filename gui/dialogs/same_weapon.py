"""Sightings of copies that may be the same weapon, pair by pair: both side by side, and whose word holds."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence, QPixmap, QShortcut
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from core.records import ImageId
from gui import sighting_operations, style
from gui.models.cells import shown_name
from gui.models.covering import cover_of
from gui.models.side_by_side import AskPairs, AskPictures, Pair, Pictures
from gui.plain import PlainLabel, plain_tooltip
from gui.session import Session
from gui.views.elided import ElidedLabel
from gui.views.peek import Peek
from gui.views.sides_table import SidesTable

_PICTURE: Final = QSize(300, 180)
_KEYS: Final = ("1", "2")


class SameWeaponDialog(QDialog):
    """1 and 2 choose whose word holds in the row with the cursor; Enter settles, N tells the two apart, S skips.

    It closes when nothing is left.  A graphic picture is seen while B is held in the table.
    """

    def __init__(self, session: Session, images: Sequence[ImageId], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._images = tuple(images)
        self._pairs: list[Pair] = []
        self._place = 0
        self._found: Pictures | None = None
        self.progress = PlainLabel()
        self.names = (ElidedLabel(), ElidedLabel())
        self.pictures = (PlainLabel(), PlainLabel())
        self.table = SidesTable()
        self._peek = Peek(self.table)
        self.sides = (QPushButton(), QPushButton())
        self.settle = QPushButton(self.tr("Same weapon   Enter"))
        self.apart = QPushButton(self.tr("Two weapons   N"))
        self.skip = QPushButton(self.tr("Skip   S"))
        self.agreeing = QPushButton()  # those that need no look, at one go
        self._arrange()
        self._connect()
        self._reload()

    def _arrange(self) -> None:
        self.setWindowTitle(self.tr("The same weapon?"))
        self.setAccessibleName(self.windowTitle())
        self.resize(760, 560)
        words = self.tr(
            "These were recorded on copies of one picture. As the same weapon they count once: the first is kept, and "
            "what is taken from the second stands before its own claims. Undo, or taking the verdict on the copies "
            "back, makes both count again."
        )
        about = PlainLabel(words)
        about.setWordWrap(True)
        about.setProperty("role", "muted")
        self.table.setAccessibleName(self.tr("What is said of the two"))
        for button, words in (
            (self.settle, self.tr("They are the same weapon")),
            (self.apart, self.tr("They are two weapons")),
            (self.skip, self.tr("Skip")),
        ):
            button.setAccessibleName(words)
        self.settle.setProperty("primary", "true")
        self.agreeing.setProperty("link", "true")
        self.agreeing.setAutoDefault(False)
        beside = QGridLayout()
        beside.setSpacing(style.SMALL)
        for column, (name, picture) in enumerate(zip(self.names, self.pictures, strict=True)):
            picture.setMinimumHeight(_PICTURE.height())
            picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
            beside.addWidget(name, 0, column)
            beside.addWidget(picture, 1, column)
            beside.setColumnStretch(column, 1)
        acts = QHBoxLayout()
        acts.setSpacing(style.SMALL)
        for button in (*self.sides, self.skip, self.apart, self.settle):
            button.setAutoDefault(False)
            acts.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(style.LARGE, style.LARGE, style.LARGE, style.LARGE)
        layout.setSpacing(style.SMALL)
        layout.addWidget(about)
        head = QHBoxLayout()
        head.addWidget(self.progress)
        head.addStretch(1)
        head.addWidget(self.agreeing)
        layout.addLayout(head)
        layout.addLayout(beside)
        layout.addWidget(self.table, 1)
        layout.addLayout(acts)
        self.table.setFocus()

    def _connect(self) -> None:
        self._session.changed.connect(self._reload)
        self._session.settings_changed.connect(self._show_pictures)
        self._session.closed.connect(self.reject)
        self._peek.changed.connect(self._show_pictures)
        self.table.chosen.connect(self._enable)
        self.table.settle_wanted.connect(self._on_settle_wanted)
        self.table.skip_wanted.connect(self._on_skip_wanted)
        self.sides[0].clicked.connect(self._on_first_clicked)
        self.sides[1].clicked.connect(self._on_second_clicked)
        self.settle.clicked.connect(self._on_settle_wanted)
        self.apart.clicked.connect(self._on_apart_wanted)
        self.skip.clicked.connect(self._on_skip_wanted)
        self.agreeing.clicked.connect(self._on_agreeing_wanted)
        QShortcut(QKeySequence(Qt.Key.Key_N), self, self._on_apart_wanted)

    @property
    def current(self) -> Pair | None:
        """The pair that is shown."""
        return self._pairs[self._place] if self._place < len(self._pairs) else None

    def _reload(self) -> None:
        self._session.read(("same weapon", id(self)), AskPairs(self._images), self._on_pairs)

    def _on_pairs(self, pairs: list[Pair]) -> None:
        held = self.current
        self._pairs = pairs
        if not pairs:
            self.accept()
            return
        if held is not None and held in pairs:
            self._place = pairs.index(held)  # what is being chosen for it stays
            self._say_progress()
            return
        self._place = min(self._place, len(pairs) - 1)
        self._show_current()

    def _say_progress(self) -> None:
        words = self.tr("%1 of %2").replace("%1", f"{self._place + 1:,}").replace("%2", f"{len(self._pairs):,}")
        self.progress.setText(words)
        count = sum(not pair.conflict.contradictions for pair in self._pairs)
        words = self.tr("Settle the %1 that agree in everything").replace("%1", f"{count:,}")
        self.agreeing.setText(words)
        self.agreeing.setAccessibleName(words)
        self.agreeing.setVisible(count > 1 and not self._session.read_only)

    def _show_current(self) -> None:
        pair = self.current
        self._found = None
        self._peek.end()
        for picture in self.pictures:
            picture.clear()
        if pair is None:
            return
        self._say_progress()
        shown = [shown_name(name) for name in pair.names]
        heads = (self.tr("%1 (kept)").replace("%1", shown[0]), shown[1])
        for label, head in zip(self.names, heads, strict=True):
            label.setText(head)
            label.setToolTip(plain_tooltip(head))
        for button, name, key in zip(self.sides, shown, _KEYS, strict=True):
            button.setText(self.tr("Follow %1").replace("%1", key))
            words = self.tr("Follow what is said of %1 in the row with the cursor; in the first row, in all of it (%2)")
            button.setAccessibleName(self.tr("Follow what is said of %1").replace("%1", name))
            button.setToolTip(plain_tooltip(words.replace("%2", key).replace("%1", name)))
        self.table.show_apart(pair.apart, *heads)
        self._enable()
        most = round(_PICTURE.width() * self.devicePixelRatioF())
        self._session.read(("same weapon pictures", id(self)), AskPictures(pair, most), self._on_pictures)

    def _enable(self) -> None:
        pair = self.current
        writable = pair is not None and not self._session.read_only
        contradicted = pair is not None and bool(pair.conflict.contradictions)
        self.settle.setEnabled(writable and self.table.complete)
        self.apart.setEnabled(writable)
        self.skip.setEnabled(len(self._pairs) > 1)
        for button in self.sides:
            button.setEnabled(writable and contradicted)

    def _on_pictures(self, found: Pictures) -> None:
        if self.current is not None and self.current.ids == found.ids:
            self._found = found
            self._show_pictures()

    def _show_pictures(self) -> None:
        if self._found is None:
            return
        covered = self._found.graphic and self._session.settings.cover_graphic
        for label, image in zip(self.pictures, self._found.images, strict=True):
            if image is None:
                label.setText(self.tr("This copy cannot be shown."))
                continue
            seen = cover_of(image) if covered and not self._peek.looking else image
            ratio = self.devicePixelRatioF()
            room = _PICTURE * ratio
            pixmap = QPixmap.fromImage(seen).scaled(
                room, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
            )
            pixmap.setDevicePixelRatio(ratio)
            label.setPixmap(pixmap)
            label.setToolTip(self.tr("Graphic picture: hold B in the table to look") if covered else "")

    def _on_first_clicked(self) -> None:
        self.table.follow("first")
        self.table.setFocus()

    def _on_second_clicked(self) -> None:
        self.table.follow("second")
        self.table.setFocus()

    def _on_skip_wanted(self) -> None:
        if self._pairs:
            self._place = (self._place + 1) % len(self._pairs)
            self._show_current()
            self.table.setFocus()

    def _on_settle_wanted(self) -> None:
        pair = self.current
        if pair is not None and self.settle.isEnabled():
            self.settle.setEnabled(False)  # until it is known what comes next
            chosen = {part: side for (_, part), side in self.table.choice.parts.items()}
            sighting_operations.settle_sightings(self._session, *pair.ids, chosen)

    def _on_agreeing_wanted(self) -> None:
        sighting_operations.settle_agreeing(self._session, self._images)

    def _on_apart_wanted(self) -> None:
        pair = self.current
        if pair is not None and self.apart.isEnabled():
            self.apart.setEnabled(False)
            sighting_operations.tell_apart(self._session, *pair.ids)
