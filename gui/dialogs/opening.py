"""Opening dialogs; those about an archive are imported when first wanted, so that the window starts soon."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget

from gui.session import Session


def show_sources(session: Session, parent: QWidget) -> None:
    """Show all sources."""
    from gui.dialogs.sources import SourcesDialog  # noqa: PLC0415

    open_dialog(SourcesDialog(session, parent))


def edit_vocabularies(session: Session, parent: QWidget) -> None:
    """Open the lists that the record is said with."""
    from gui.dialogs.vocabulary_editor import VocabularyEditor  # noqa: PLC0415

    open_dialog(VocabularyEditor(session, parent))


def show_coding_sets(session: Session, parent: QWidget, on_images_wanted: Callable[[], None]) -> None:
    """Show the sets for blind coding; a new one would be made of the images that are selected."""
    from gui.dialogs.coding_sets import CodingSetsDialog  # noqa: PLC0415

    dialog = CodingSetsDialog(session, session.selection, parent)
    dialog.images_wanted.connect(on_images_wanted)
    open_dialog(dialog)


def open_dialog(dialog: QDialog) -> None:
    """Open a dialog over its parent; it goes when it is closed."""
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
