"""One table of every menu entry: where it stands, its text, keys, what it does, and when it can be done."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtGui import QAction, QKeySequence

from core.records import STATUSES, ImageId
from core.vocabularies import Term
from gui import group_operations, operations
from gui.dialogs import opening
from gui.icons import icon
from gui.models.assessing import BASIS_KEYS, CERTAINTY_KEYS, basis_of, digit
from gui.models.cells import shown_name, status_words
from gui.models.sentences import certainty_words
from gui.plain import plain_tooltip
from gui.views.grid import LARGEST, SMALLEST

if TYPE_CHECKING:
    from gui.window import MainWindow

FILE: Final = "&File"
EDIT: Final = "&Edit"
STATUS: Final = "&Status"
CERTAINTY: Final = "&Certainty"
BASIS: Final = "&Basis"
SIMILAR: Final = "&Find similar"
VIEW: Final = "&View"
THEME: Final = "&Theme"
HELP: Final = "&Help"
MENUS: Final = (
    (FILE, None),
    (EDIT, None),
    (STATUS, EDIT),
    (CERTAINTY, EDIT),
    (BASIS, EDIT),
    (SIMILAR, EDIT),
    (VIEW, None),
    (THEME, VIEW),
    (HELP, None),
)
"""Every menu, and the menu in which it stands."""
_ZOOM_PX: Final = 32
_ZOOM: Final = 1.25

Run = Callable[["MainWindow"], object]
Ask = Callable[["MainWindow"], bool]


def _always(_window: "MainWindow") -> bool:
    return True


def _opened(window: "MainWindow") -> bool:
    return window.workspace is not None


def _writable(window: "MainWindow") -> bool:
    return not window.session.read_only


def targets(window: "MainWindow") -> tuple[ImageId, ...]:
    """The images that a command is about: the selection, or the image looked at where nothing is selected."""
    session = window.session
    return session.selection or (() if session.current is None else (session.current,))


def _browsing(window: "MainWindow") -> bool:
    return window.showing in ("grid", "single")


def _taggable(window: "MainWindow") -> bool:
    return _writable(window) and _browsing(window) and bool(targets(window))


def _claimable(window: "MainWindow") -> bool:
    shown = window.workspace is not None and window.workspace.panels.right_shown
    return shown and _taggable(window) and len(targets(window)) == 1


def _joinable(window: "MainWindow") -> bool:
    return _writable(window) and _browsing(window) and len(window.session.selection) > 1


def _region_chosen(window: "MainWindow") -> bool:
    return window.showing == "single" and window.desk.finding.region is not None


def _set_status(status: str, window: "MainWindow") -> None:
    operations.set_status(window.session, targets(window), status)


def _assess(certainty: str, window: "MainWindow") -> None:
    operations.assess(window.session, targets(window), certainty)


def _found(key: Qt.Key, window: "MainWindow") -> None:
    basis = _basis(key, window)
    if basis is not None:
        operations.found(window.session, targets(window), basis.code)


def _basis(key: Qt.Key, window: "MainWindow") -> Term | None:
    info = window.session.info
    return None if info is None else basis_of(key, info.vocabularies)


def _has_basis(key: Qt.Key, window: "MainWindow") -> bool:
    return _taggable(window) and _basis(key, window) is not None


def _zoom(by: int, window: "MainWindow") -> None:
    if window.showing == "single":
        viewer = window.desk.browser.viewer
        viewer.zoom(viewer.placement.scale * _ZOOM**by)
    else:
        edge = window.session.settings.thumbnail_px + by * _ZOOM_PX
        window.session.change_settings(thumbnail_px=min(max(edge, SMALLEST), LARGEST))


def _choose_theme(theme: str, window: "MainWindow") -> None:
    window.session.change_settings(theme=theme)


def _has_theme(theme: str, window: "MainWindow") -> bool:
    return window.session.settings.theme == theme


@dataclass(frozen=True, slots=True)
class Command:
    """One menu entry.  ``name`` is its code; ``keys`` are written as in ``QKeySequence``, the first is shown.

    ``held`` is a key that what is shown takes itself, because it can also be held down; it is only told.
    """

    name: str
    menu: str
    text: str
    run: Run
    keys: tuple[str, ...] = ()
    enabled: Ask = _always
    checked: Ask | None = None
    picture: str = ""
    starts_group: bool = False
    held: str = ""


COMMANDS: Final[tuple[Command, ...]] = (
    Command("new", FILE, "&New archive…", lambda w: w.archives.ask_new(), ("Ctrl+N",), picture="plus"),
    Command("open", FILE, "&Open archive…", lambda w: w.archives.ask_open(), ("Ctrl+O",), picture="folder"),
    Command("sample", FILE, "&Sample archive", lambda w: w.archives.open_sample(), picture="archive"),
    Command(
        "import_files", FILE, "Import &files…", lambda w: w.intake.choose_files(), ("Ctrl+Shift+I",), _writable,
        starts_group=True,
    ),
    Command(
        "import_folder", FILE, "&Import a folder…", lambda w: w.intake.choose_folder(), ("Ctrl+I",), _writable,
        picture="import",
    ),
    Command(
        "last_report", FILE, "&Last import report", lambda w: w.intake.show_report(),
        enabled=lambda w: w.intake.last is not None,
    ),
    Command("export", FILE, "&Export…", lambda w: w.show_export(), ("Ctrl+E",), _opened, picture="export"),
    Command("export_verdicts", FILE, "Export &verdicts…", lambda w: w.verdicts.ask_where_to(), enabled=_opened),
    Command(
        "import_verdicts", FILE, "Import ver&dicts…", lambda w: w.verdicts.ask_which(),
        enabled=lambda w: _opened(w) and _writable(w),
    ),
    Command("close", FILE, "&Close archive", lambda w: w.session.close(), ("Ctrl+W",), _opened, starts_group=True),
    Command("quit", FILE, "&Quit", lambda w: w.close(), ("Ctrl+Q",)),
    Command(
        "undo", EDIT, "&Undo", lambda w: operations.undo(w.session), ("Ctrl+Z",),
        lambda w: _writable(w) and w.session.state.undo_label is not None, picture="undo",
    ),
    Command(
        "redo", EDIT, "&Redo", lambda w: operations.redo(w.session), ("Ctrl+Shift+Z", "Ctrl+Y"),
        lambda w: _writable(w) and w.session.state.redo_label is not None, picture="redo",
    ),
    Command(
        "all", EDIT, "Select &all", lambda w: w.desk.browser.grid.selectAll(), ("Ctrl+A",), _browsing,
        starts_group=True,
    ),
    Command("none", EDIT, "Select n&one", lambda w: w.desk.browser.grid.clearSelection(), ("Ctrl+Shift+A",), _browsing),
    Command(
        "copy", EDIT, "&Copy tags", lambda w: w.desk.clipboard.copy(), ("Ctrl+C",),
        lambda w: _browsing(w) and w.session.current is not None, picture="copy",
    ),
    Command(
        "paste", EDIT, "&Paste tags", lambda w: w.desk.clipboard.paste(), ("Ctrl+V",),
        lambda w: _taggable(w) and w.desk.clipboard.full,
    ),
    Command("search", EDIT, "&Search", lambda w: w.desk.search_bar.start(), ("Ctrl+F", "/"), _opened, picture="search"),
    Command("tag", EDIT, "&Tag", lambda w: w.desk.start_tagging(), ("T",), _taggable, picture="tag", starts_group=True),
    Command("claim", EDIT, "Add a clai&m…", lambda w: w.desk.inspector.start_claim(), ("Shift+T",), _claimable),
    Command(
        "review_this", EDIT, "&Duplicates of this image", lambda w: w.desk.review(w.session.current), ("D",),
        lambda w: _browsing(w) and w.session.current is not None,
    ),
    Command(
        "join", EDIT, "&Join as the same picture", lambda w: group_operations.join(w.session, w.session.selection),
        ("Ctrl+J",), _joinable,
    ),
    *(
        Command(
            f"status_{status}", STATUS, status_words(status).capitalize(),
            partial(_set_status, status),
            (f"Ctrl+Alt+{number}",), _taggable,
        )
        for number, status in enumerate(STATUSES, 1)
    ),
    *(
        Command(
            f"certainty_{certainty}", CERTAINTY, certainty_words(certainty).capitalize(),
            partial(_assess, certainty),
            (f"Alt+{chr(key)}",), _taggable,
        )
        for key, certainty in CERTAINTY_KEYS.items()
    ),
    *(
        Command(
            f"basis_{digit(key)}", BASIS, "Basis %1".replace("%1", str(place)), partial(_found, key),
            (f"Alt+{digit(key)}",), partial(_has_basis, key),
        )
        for place, key in enumerate(BASIS_KEYS, 1)
    ),
    Command(
        "similar_image", SIMILAR, "Similar to this &image", lambda w: w.desk.finding.ask_current(), ("Ctrl+L",),
        lambda w: _browsing(w) and w.session.current is not None, picture="search",
    ),
    Command(
        "similar_region", SIMILAR, "Similar to this &region", lambda w: w.desk.finding.ask_chosen_region(),
        ("Ctrl+Shift+L",), _region_chosen,
    ),
    Command(
        "similar_file", SIMILAR, "Similar to a &file…", lambda w: w.desk.finding.choose_file(), ("Ctrl+Shift+F",),
        _opened,
    ),
    Command(
        "similar_clipboard", SIMILAR, "Similar to the &clipboard", lambda w: w.desk.finding.ask_clipboard(),
        ("Ctrl+Alt+V",), _opened,
    ),
    Command(
        "sources", EDIT, "Sourc&es…", lambda w: opening.show_sources(w.session, w), enabled=_opened, starts_group=True,
    ),
    Command(
        "vocabularies", EDIT, "&Vocabularies…", lambda w: opening.edit_vocabularies(w.session, w), ("Ctrl+Shift+V",),
        _opened,
    ),
    Command(
        "coding_sets", EDIT, "Codin&g sets…",
        lambda w: opening.show_coding_sets(w.session, w, w.desk.show_grid), enabled=_opened,
    ),
    Command(
        "preferences", EDIT, "&Preferences…", lambda w: w.show_preferences(), ("Ctrl+,",), picture="settings",
    ),
    Command(
        "grid", VIEW, "&Grid", lambda w: w.desk.show_view("grid"), ("Ctrl+1",), _opened,
        lambda w: w.showing == "grid", "grid",
    ),
    Command(
        "single", VIEW, "&Single image", lambda w: w.desk.show_view("single"), ("Ctrl+2",), _opened,
        lambda w: w.showing == "single", "image",
    ),
    Command(
        "duplicates", VIEW, "&Duplicates", lambda w: w.desk.review(), ("Ctrl+3", "Ctrl+D"), _opened,
        lambda w: w.showing == "duplicates", "duplicates",
    ),
    Command(
        "counts", VIEW, "&Counts", lambda w: w.desk.show_view("counts"), ("Ctrl+4",), _opened,
        lambda w: w.showing == "counts", "counts",
    ),
    Command(
        "similar", VIEW, "S&imilar images", lambda w: w.desk.show_view("similar"), ("Ctrl+5",),
        lambda w: w.workspace is not None and w.workspace.finding.asked, lambda w: w.showing == "similar", "search",
    ),
    Command(
        "sheet", VIEW, "C&oding sheet", lambda w: w.desk.start_coding(), ("C",),
        lambda w: _writable(w) and _browsing(w),
        lambda w: w.workspace is not None and not w.workspace.coding_sheet.isHidden(), "sheet", starts_group=True,
    ),
    Command(
        "left", VIEW, "&Left panel", lambda w: w.desk.panels.toggle_left(), ("F9",), _opened,
        lambda w: w.workspace is not None and w.workspace.panels.left_shown, "sidebar-left", starts_group=True,
    ),
    Command(
        "right", VIEW, "&Right panel", lambda w: w.desk.panels.toggle_right(), ("F10",), _opened,
        lambda w: w.workspace is not None and w.workspace.panels.right_shown, "sidebar-right",
    ),
    Command(
        "references", VIEW, "&References", lambda w: w.desk.toggle_references(), ("F8",),
        lambda w: _browsing(w) and w.session.current is not None,
        lambda w: w.workspace is not None and w.workspace.beneath.shown, "duplicates",
    ),
    Command(
        "adjust", VIEW, "&Adjust the view", lambda w: w.desk.browser.viewer.adjusting.toggle_panel(),
        enabled=lambda w: w.showing == "single", held="A", starts_group=True,
    ),
    Command(
        "loupe", VIEW, "L&oupe", lambda w: w.desk.browser.viewer.loupe.toggle(),
        enabled=lambda w: w.showing == "single", held="L",
    ),
    Command("larger", VIEW, "&Larger", partial(_zoom, 1), ("Ctrl++", "Ctrl+="), _opened, starts_group=True),
    Command("smaller", VIEW, "S&maller", partial(_zoom, -1), ("Ctrl+-",), _opened),
    *(
        Command(
            f"theme_{theme}", THEME, text, partial(_choose_theme, theme),
            checked=partial(_has_theme, theme),
        )
        for theme, text in (("system", "As the &system"), ("light", "&Light"), ("dark", "&Dark"))
    ),
    Command("keys", HELP, "&Keys", lambda w: w.show_keys(), ("F1",), picture="help"),
    Command("about", HELP, "&About Stocktake", lambda w: w.show_about()),
)  # fmt: skip


class Actions(QObject):
    """The commands as actions of a window, kept enabled and checked as the session stands."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self.by_name: dict[str, QAction] = {}
        for command in COMMANDS:
            self.by_name[command.name] = self._action(command)
        session = window.session
        for signal in (
            session.opened,
            session.closed,
            session.state_changed,
            session.selection_changed,
            session.current_changed,
            session.settings_changed,
        ):
            signal.connect(self.refresh)

    def refresh(self) -> None:
        """Ask each command whether it can be done now."""
        for command in COMMANDS:
            action = self.by_name[command.name]
            action.setEnabled(command.enabled(self._window))
            if command.checked is not None:
                action.setChecked(command.checked(self._window))
        state = self._window.session.state
        self._name("undo", tr("&Undo"), state.undo_label)
        self._name("redo", tr("&Redo"), state.redo_label)
        for key in BASIS_KEYS:
            basis = _basis(key, self._window)
            if basis is not None:
                self.by_name[f"basis_{digit(key)}"].setText(basis.label.capitalize().replace("&", "&&"))

    def _action(self, command: Command) -> QAction:
        text = tr(command.text)
        action = QAction(f"{text}\t{command.held}" if command.held else text, self._window)
        action.setShortcuts([QKeySequence(key) for key in command.keys])
        action.setCheckable(command.checked is not None)
        if command.picture:
            action.setIcon(icon(command.picture))
        words = text.replace("&", "").rstrip("…")
        key = QKeySequence(command.keys[0]).toString() if command.keys else command.held
        action.setToolTip(plain_tooltip(f"{words} ({key})" if key else words))
        action.triggered.connect(_Runs(self._window, command))
        return action

    def _name(self, name: str, verb: str, label: str | None) -> None:
        text = verb if label is None else f"{verb}: {shown_name(label).replace('&', '&&')}"
        self.by_name[name].setText(text)
        self.by_name[name].setToolTip(
            plain_tooltip(f"{text.replace('&', '')} ({self.by_name[name].shortcut().toString()})")
        )


class _Runs:
    """Does a command and then asks anew which can be done."""

    def __init__(self, window: "MainWindow", command: Command) -> None:
        self._window = window
        self._command = command

    def __call__(self, _checked: bool = False) -> None:  # noqa: FBT001, FBT002 - Qt's signal brings it
        self._command.run(self._window)
        self._window.commands.refresh()


def tr(text: str) -> str:
    """A text of the table in the user's language."""
    return QCoreApplication.translate("commands", text)
