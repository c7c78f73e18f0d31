"""The user's settings: one frozen dataclass, kept as one JSON file that may be edited by hand.

Reading is tolerant: a value that makes no sense is replaced by its default and the others are kept, keys of a
newer Stocktake survive, and a file that is no JSON at all is kept aside before another takes its place.
"""

import json
import os
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any, Final

from core import coding_sheets
from core.claims import CERTAINTIES
from core.coding_sheets import CodingSheet
from core.errors import CoreError

THEMES: Final = ("system", "light", "dark")
THUMBNAIL_PX: Final = range(64, 513)
TEXT_PERCENT: Final = range(75, 201)
DEFAULT_CERTAINTIES: Final = tuple(certainty for certainty in CERTAINTIES if certainty != "certain")
"""What may be set to begin with; *certain* is said of one weapon at a time."""
_LONGEST_CODE: Final = 64
_LONGEST_PLACE: Final = 129  # two content hashes and a space
PANEL_PX: Final = range(4001)
RECENT: Final = 10
"""How many archives opened last are remembered."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What the user set; an instance made without arguments holds the defaults.

    ``recent_archives`` are absolute paths, the newest first; ``actor`` is the name under which changes are
    recorded, empty for the account's own.  Sizes are in pixels, the text size in percent of the theme's; widths
    of the panels are those when they are shown, 0 for the one that the layout gives.  ``coding_sheets`` are by
    the archive's uuid, and so are ``review_places``, the two content hashes of the pair at which a review was left.
    ``cover_graphic`` says whether graphic pictures are covered until they are asked for, ``find_copies`` whether the
    window looks for altered copies in the background.
    ``unknown`` holds what a newer Stocktake wrote, as it was.
    """

    recent_archives: tuple[str, ...] = ()
    theme: str = "system"
    text_percent: int = 100
    actor: str = ""
    thumbnail_px: int = 192
    left_panel_px: int = 0
    right_panel_px: int = 0
    csv_bom: bool = False
    default_certainty: str = "unknown"
    default_basis: str = ""
    coding_sheets: Mapping[str, CodingSheet] = field(default_factory=dict, hash=False)
    cover_graphic: bool = True
    find_copies: bool = True
    review_places: Mapping[str, str] = field(default_factory=dict, hash=False)
    unknown: Mapping[str, Any] = field(default_factory=dict, hash=False)

    def with_recent(self, folder: Path) -> "Settings":
        """The settings after an archive was opened: it comes first, and the oldest beyond ten are dropped."""
        opened = str(folder.absolute())
        rest = tuple(path for path in self.recent_archives if path != opened)
        return replace(self, recent_archives=(opened, *rest)[:RECENT])

    def without_recent(self, folder: Path) -> "Settings":
        """The settings less an archive in the list of recent ones."""
        gone = str(folder.absolute())
        return replace(self, recent_archives=tuple(path for path in self.recent_archives if path != gone))


def _whole_in(allowed: range) -> Callable[[Any], bool]:
    return lambda value: type(value) is int and value in allowed


def _are_texts(value: Any) -> bool:
    """Whether it is a mapping of short texts."""
    return isinstance(value, dict) and all(
        isinstance(part, str) and len(part) <= _LONGEST_PLACE for part in (*value, *value.values())
    )


_FITS: Final[Mapping[str, Callable[[Any], bool]]] = {
    "theme": lambda value: value in THEMES,
    "text_percent": _whole_in(TEXT_PERCENT),
    "actor": lambda value: isinstance(value, str),
    "thumbnail_px": _whole_in(THUMBNAIL_PX),
    "left_panel_px": _whole_in(PANEL_PX),
    "right_panel_px": _whole_in(PANEL_PX),
    "csv_bom": lambda value: isinstance(value, bool),
    "default_certainty": lambda value: value in DEFAULT_CERTAINTIES,
    "cover_graphic": lambda value: isinstance(value, bool),
    "find_copies": lambda value: isinstance(value, bool),
    "review_places": _are_texts,
    "default_basis": lambda value: isinstance(value, str) and len(value) <= _LONGEST_CODE,
}
_OWN: Final = frozenset(one.name for one in fields(Settings)) - {"unknown"}


def load(path: Path) -> Settings:
    """The settings in a file; the defaults where there is none or it cannot be read.

    A damaged file is renamed, its name ending in ``.damaged``, so that nothing in it is lost.
    """
    try:
        held = json.loads(path.read_bytes())
    except OSError:
        return Settings()
    except (ValueError, RecursionError):
        held = None
    if not isinstance(held, dict):
        _keep_aside(path)
        return Settings()
    recent = held.get("recent_archives")
    paths = tuple(one for one in recent if isinstance(one, str) and one) if isinstance(recent, list) else ()
    fitting = {name: held[name] for name, fits in _FITS.items() if name in held and fits(held[name])}
    unknown = {key: value for key, value in held.items() if key not in _OWN}
    sheets = coding_sheets.read(held.get("coding_sheets"))
    return Settings(recent_archives=paths[:RECENT], coding_sheets=sheets, unknown=unknown, **fitting)


def _keep_aside(path: Path) -> None:
    try:
        path.replace(path.with_name(path.name + ".damaged"))
    except OSError:
        return  # a folder that cannot be written to: saving will say so


def save(path: Path, settings: Settings) -> None:
    """Write the settings, whole or not at all; the folder is made where it is missing.

    Raises:
        CoreError: they cannot be written.
    """
    own = {name: getattr(settings, name) for name in sorted(_OWN)}
    own["coding_sheets"] = coding_sheets.written(settings.coding_sheets)
    text = json.dumps({**settings.unknown, **own}, ensure_ascii=False, indent=2) + "\n"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, new = tempfile.mkstemp(prefix=path.name + ".", dir=path.parent)
        try:
            with os.fdopen(handle, "w", encoding="utf-8", errors="surrogatepass") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            Path(new).replace(path)
        except BaseException:
            Path(new).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise CoreError(f"The settings could not be saved to {path}: {error.strerror}.") from error
