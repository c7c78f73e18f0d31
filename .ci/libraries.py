"""Sees that the system libraries that Qt loads are there: root gets them installed, others are told how."""

import ctypes
import os
import shutil
import subprocess
import sys

# Debian's names; Debian 13 and Ubuntu 24.04 still answer to libglib2.0-0.
DRAWING = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libgthread-2.0.so.0": "libglib2.0-0",
}
WINDOW = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
}


def loads(library: str) -> bool:
    """Whether the system can load this library: what Qt itself will ask."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def main(arguments: list[str]) -> int:
    """Check, and install or explain; 2 when something is missing and stays so.

    Args:
        arguments: ``--window`` adds what a real window needs to what drawing off screen needs.
    """
    if sys.platform != "linux":
        return 0
    wanted = DRAWING | WINDOW if "--window" in arguments else DRAWING
    missing = {library: package for library, package in wanted.items() if not loads(library)}
    if not missing:
        return 0
    if shutil.which("apt-get") is None:
        sys.stderr.write(f"System libraries that the window needs are missing: {', '.join(missing)}\n")
        return 2
    line = f"apt-get update && apt-get install -y --no-install-recommends {' '.join(missing.values())}"
    if os.geteuid() != 0:
        sys.stderr.write(f"System libraries are missing; first run this as root: {line}\n")
        return 2
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    done = subprocess.run(["sh", "-c", line], check=False, env=quiet)
    return 0 if done.returncode == 0 else 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
