"""What can go wrong that is not a bug: every message is finished text for the user."""


class CoreError(Exception):
    """Something expected went wrong; ``str(error)`` is one clear sentence for the user."""


class Refused(CoreError):
    """What was asked for is not possible as asked: a bad value, a wrong place, a missing thing."""


class NotAnArchive(CoreError):
    """The folder or file is no Stocktake archive, or not one that this program can read."""


class ReadOnly(CoreError):
    """The archive is open for reading only, so nothing in it can be changed."""


class StorageFault(CoreError):
    """The disk or the catalogue file failed: full, locked, damaged, taken away."""


class Damaged(StorageFault):
    """A file of the archive, the catalogue or the cache, does not hold together."""


class Conflict(CoreError):
    """A row is no longer as the history left it, so undoing over it could lose something."""


class Cancelled(Exception):
    """The user stopped a job; what was finished before is kept."""
