"""Rules that an archive sets for all who work on it: they are part of the record, and changing one can be undone."""

from core.archive import Archive
from core.store import confirmed


def four_eyes(archive: Archive) -> bool:
    """Whether nobody may confirm an own identification."""
    return confirmed.asked_for(archive.db)


def set_four_eyes(archive: Archive, *, on: bool) -> None:
    """Ask for another person's confirmation from now on, or no more, in one action; what was decided stays.

    Raises:
        ReadOnly: the archive is open for reading only.
    """
    archive.check_writable()
    if on == four_eyes(archive):
        return
    with archive.action(f"Four-eyes rule: {'on' if on else 'off'}"):
        confirmed.ask_for(archive.db, "yes" if on else "no")
