"""The notice that verdicts left sightings on copies of one picture which may be the same weapon."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from gui.dialogs.same_weapon import SameWeaponDialog
from gui.models.conflict_watch import ConflictWatch
from gui.session import Session
from gui.views.conflict_line import conflict_words
from gui.views.notice_bar import NoticeBar


class ConflictNotice(NoticeBar):
    """Goes by itself once nothing is left to settle."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.act.setText(self.tr("Settle…"))
        self.setAccessibleName(self.tr("Sightings to settle"))
        self._session = session
        self._watch = ConflictWatch(session, self)
        self._watch.arisen.connect(self._on_arisen)
        self._watch.left_to_settle.connect(self._on_left_to_settle)
        self.acted.connect(self._on_settle_wanted)

    def _on_arisen(self, count: int) -> None:
        self.say(conflict_words(count), caution=True)

    def _on_left_to_settle(self, count: int) -> None:
        if not count:
            self.dismiss()
        elif not self.isHidden():
            self.say(conflict_words(count), caution=True)

    def _on_settle_wanted(self) -> None:
        dialog = SameWeaponDialog(self._session, self._watch.images, self.window())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
