"""The main window: its arrangement only.  What it does stands in commands, operations and the views."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QDialog, QMainWindow, QMenu, QStackedWidget

from gui import errors
from gui.archives import Archives
from gui.commands import COMMANDS, MENUS, Actions, tr
from gui.dialogs.import_report import sentence_of
from gui.intake import Intake, dropped_paths
from gui.models.cells import shown_name
from gui.session import Session
from gui.verdict_exchange import VerdictExchange
from gui.views.status_bar import StatusBar
from gui.views.welcome import WelcomePage
from gui.watching import Watch
from gui.workspace import Workspace

if TYPE_CHECKING:
    from core.importing import ImportReport

_FRAME_PX: Final = 40  # what the system draws round a window


class MainWindow(QMainWindow):
    """Shows the welcome page, or the archive that the session has open."""

    left = Signal()  # the window was closed

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session: Session = session
        self.workspace: Workspace | None = None
        self.archives: Archives = Archives(session, self)
        self.intake: Intake = Intake(session, self)
        self.verdicts: VerdictExchange = VerdictExchange(session, self)
        self.watch = Watch(session)
        self.commands = Actions(self)
        self.welcome = WelcomePage(session)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.welcome)
        self.setCentralWidget(self._stack)
        self.status_bar = StatusBar(session)
        self.setStatusBar(self.status_bar)
        self._recent = QMenu(tr("Open &recent"), self)
        self._fill_menus()
        self.setAcceptDrops(True)
        self.setMinimumSize(800, 560)
        room = self.screen().availableSize()
        self.resize(min(1280, room.width()), min(800, room.height() - _FRAME_PX))
        self._connect()
        self._on_closed()

    def _connect(self) -> None:
        session = self.session
        session.opened.connect(self._on_opened)
        session.closed.connect(self._on_closed)
        session.failed.connect(self.show_error)
        self.welcome.create_wanted.connect(self.archives.ask_new)
        self.welcome.open_wanted.connect(self.archives.ask_open)
        self.welcome.sample_wanted.connect(self.archives.open_sample)
        self.welcome.recent_wanted.connect(self.archives.open)
        self.intake.begun.connect(self.archives.look_again)
        self.intake.reported.connect(self._on_reported)
        self.status_bar.job.left.connect(self._on_job_left)
        self._recent.aboutToShow.connect(self._on_recent_about_to_show)
        self.archives.job_started.connect(self.status_bar.job.begin)
        self.archives.job_progressed.connect(self.status_bar.job.progress)
        self.archives.job_ended.connect(self.status_bar.job.end)

    def _fill_menus(self) -> None:
        menus: dict[str, QMenu] = {}
        for title, above in MENUS:
            menus[title] = QMenu(tr(title), self)
            if above is None:
                self.menuBar().addMenu(menus[title])
        placed = set()
        for command in COMMANDS:
            menu, above = menus[command.menu], dict(MENUS)[command.menu]
            if above is not None and command.menu not in placed:
                menus[above].addMenu(menu)
                placed.add(command.menu)
            if command.starts_group:
                menu.addSeparator()
            menu.addAction(self.commands.by_name[command.name])
            if command.name == "open":
                menu.addMenu(self._recent)

    @property
    def desk(self) -> Workspace:
        """The workspace; an archive must be open."""
        assert self.workspace is not None
        return self.workspace

    @property
    def showing(self) -> str:
        """The view in the middle, empty without an archive."""
        return self.workspace.showing if self.workspace else ""

    def show_error(self, error: Exception) -> None:
        """Say what went wrong."""
        errors.show(self, error)

    def show_export(self) -> None:
        """Ask what to export, and where to."""
        from gui.dialogs.export import ExportDialog  # noqa: PLC0415 - not needed to start

        self._show(ExportDialog(self.session, self))

    def show_preferences(self) -> None:
        """Open the preferences."""
        from gui.dialogs.preferences import PreferencesDialog  # noqa: PLC0415 - not needed to start

        self._show(PreferencesDialog(self.session, self))

    def show_keys(self) -> None:
        """Show every key."""
        from gui.dialogs.keys import KeysDialog  # noqa: PLC0415 - not needed to start

        self._show(KeysDialog(self))

    def show_about(self) -> None:
        """Say what this program is."""
        from gui.dialogs.about import AboutDialog  # noqa: PLC0415 - not needed to start

        self._show(AboutDialog(self))

    def _show(self, dialog: QDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _on_opened(self) -> None:
        info = self.session.info
        assert info is not None
        self.workspace = Workspace(self.session, self.commands.by_name)
        self.workspace.browser.import_wanted.connect(self.intake.choose_folder)
        self.workspace.finding.import_wanted.connect(self.intake.take_file)
        self.workspace.view_changed.connect(self.commands.refresh)
        self.intake.begun.connect(self.workspace.notice.dismiss)
        self.workspace.notice.acted.connect(self.intake.show_report)
        self._stack.addWidget(self.workspace)
        self._stack.setCurrentWidget(self.workspace)
        self.setWindowTitle(f"{shown_name(info.folder.name)} — Stocktake")
        self.commands.refresh()
        self.workspace.focus_images()

    def _on_closed(self) -> None:
        workspace, self.workspace = self.workspace, None
        if workspace is not None:
            self._stack.removeWidget(workspace)
            workspace.hide()
            workspace.deleteLater()
        self.welcome.reload()
        self.setWindowTitle("Stocktake")
        self.commands.refresh()

    def _on_job_left(self) -> None:
        if self.workspace is not None:
            self.workspace.focus_images()

    def _on_reported(self, report: "ImportReport") -> None:
        recycled = self.intake.recycled
        self.desk.alarm.watch.pass_over(recycled)
        contradicting = any(one.contradicts for one in recycled)
        self.desk.notice.say(sentence_of(report, recycled), caution=bool(report.failed) or contradicting)
        self.commands.refresh()

    def _on_recent_about_to_show(self) -> None:
        self._recent.clear()
        for row in self.welcome.recents:
            action = self._recent.addAction(shown_name(str(row.folder)).replace("&", "&&"))
            action.setEnabled(row.there)
            action.triggered.connect(row.open_button.click)
        if self._recent.isEmpty():
            self._recent.addAction(tr("None yet")).setEnabled(False)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's name
        """Welcome files and folders anywhere."""
        if event.mimeData().hasFormat("text/uri-list") and not self.session.read_only:
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:  # noqa: N802 - Qt's name
        """They may be dropped anywhere."""
        event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        """Import what was dropped."""
        paths = dropped_paths(bytes(event.mimeData().data("text/uri-list").data()))
        if paths:
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self.intake.take(paths)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Stop what is under way and keep what is finished, without asking."""
        self.archives.stop()
        self.session.close()
        super().closeEvent(event)
        self.left.emit()
