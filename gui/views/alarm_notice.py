"""The notice that pictures which came in are known with another date, place or source."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from gui.dialogs.recycled import RecycledDialog
from gui.models.alarm_watch import AlarmWatch
from gui.models.recycled import came_in_words
from gui.session import Session
from gui.views.notice_bar import NoticeBar


class AlarmNotice(NoticeBar):
    """Stays until it is closed; what is found by then is told together."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.act.setText(self.tr("Show"))
        self.setAccessibleName(self.tr("Pictures that are known as something else"))
        self.watch = AlarmWatch(session, self)
        self.watch.raised.connect(self._on_raised)
        self.acted.connect(self._on_show_wanted)

    def dismiss(self) -> None:
        """Take the line away; what comes later is told by itself."""
        self.watch.forget()
        super().dismiss()

    def _on_raised(self) -> None:
        told = self.watch.recycled
        self.say(came_in_words(told), caution=any(one.contradicts for one in told))

    def _on_show_wanted(self) -> None:
        dialog = RecycledDialog(self.watch.recycled, self.window())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
