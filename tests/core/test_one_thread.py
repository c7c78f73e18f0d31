"""Numeric libraries keep to one thread, whatever of the core is imported first."""

import subprocess
import sys

_PROGRAM = """
import core.likeness.keypoints
import cv2, psutil  # OpenBLAS starts its threads when numpy is imported
print(cv2.getNumThreads(), psutil.Process().num_threads())
"""


def test_numeric_libraries_have_one_thread() -> None:
    printed = subprocess.run([sys.executable, "-c", _PROGRAM], capture_output=True, text=True, check=True).stdout
    assert set(printed.split()) == {"1"}
