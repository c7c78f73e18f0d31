"""Opening the dialogs that are about an archive, each imported when it is first wanted so that the window starts soon."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget

from gui.session import Session


def show_sources(session: Session, parent: QWidget) -> None:
    """Show all sources."""
    from gui.dialogs.sources import SourcesDialog  # noqa: PLC0415

    _open(SourcesDialog(session, parent))


def edit_vocabularies(session: Session, parent: QWidget) -> None:
    """Open the lists that the record is said with."""
    from gui.dialogs.vocabulary_editor import VocabularyEditor  # noqa: PLC0415

    _open(VocabularyEditor(session, parent))


def _open(dialog: QDialog) -> None:
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
