"""Opening what is a regular file and nothing else, without following links or waiting for a pipe's other end."""

import os
import stat

from core.errors import CoreError

# Windows has none of these, and no links or pipes that plain opening would follow or wait for.
_FLAGS = os.O_RDONLY | sum(
    getattr(os, name, 0) for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC", "O_NOCTTY", "O_BINARY")
)


class Unreadable(CoreError):
    """A file cannot be read; ``str(error)`` says why."""


def open_regular(raw: bytes) -> int:
    """A descriptor for reading that file.

    Raises:
        Unreadable: it is not there, not a regular file, or may not be read.
    """
    try:
        kind = kind_of_mode(os.lstat(raw).st_mode)
        if kind != "file":
            raise Unreadable(f"It is a {kind}, which is not opened.")
        descriptor = os.open(raw, _FLAGS)
    except OSError as error:
        raise Unreadable(why(error)) from error
    # It may have been replaced between looking and opening; a pipe opened without waiting does no harm.
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise Unreadable("It is no regular file any more.")
    return descriptor


def kind_of_mode(mode: int) -> str:
    """What a file's mode says that it is, in words: ``file``, ``folder``, ``symbolic link`` …."""
    words = {
        stat.S_IFREG: "file",
        stat.S_IFDIR: "folder",
        stat.S_IFLNK: "symbolic link",
        stat.S_IFIFO: "named pipe",
        stat.S_IFSOCK: "socket",
    }
    return words.get(stat.S_IFMT(mode), "device")


def why(error: OSError) -> str:
    """One sentence for a file that the system does not let us read."""
    if isinstance(error, FileNotFoundError):
        return "There is no such file or folder."
    if isinstance(error, PermissionError):
        return "You are not allowed to read it."
    return f"The system cannot read it ({error.strerror or type(error).__name__})."
