"""Keeps the numeric libraries of a process to one thread each.

Workers are many already, and the threads of a library that wait for each other take as much as those that work.  Comes
first of all in ``core``, for it is before numpy and OpenCV are imported that they ask.
"""

import os

for _name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENCV_FOR_THREADS_NUM"):
    os.environ.setdefault(_name, "1")
