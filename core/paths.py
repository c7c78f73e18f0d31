"""Where Stocktake's own files live on each system: settings, log, and what is offered by default.

Archives live where the user puts them; only the sample archive has a place that the program chooses.  Nothing is
made here: who writes to a place makes its folder.
"""

from pathlib import Path
from typing import Final

from platformdirs import PlatformDirs

_DIRS: Final = PlatformDirs("stocktake", appauthor=False)


def settings_file() -> Path:
    """The one file that holds the user's settings."""
    return _DIRS.user_config_path / "settings.json"


def log_file() -> Path:
    """The program's log, in which the traceback of a bug is found."""
    return _DIRS.user_log_path / "stocktake.log"


def data_folder() -> Path:
    """The folder for what the program keeps for this user beside archives."""
    return _DIRS.user_data_path


def sample_folder() -> Path:
    """Where the sample archive is made."""
    return data_folder() / "sample archive"


def default_archives_folder() -> Path:
    """Where a dialog that asks for the place of an archive begins; a folder that there is."""
    return _there(_DIRS.user_documents_path)


def default_pictures_folder() -> Path:
    """Where a dialog that asks for images begins; a folder that there is."""
    return _there(_DIRS.user_pictures_path)


def _there(folder: Path) -> Path:
    return folder if folder.is_dir() else Path.home()
