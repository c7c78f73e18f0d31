"""Keeps the numeric libraries of a worker process to one thread each: workers are many already.

To be imported before numpy, and only where workers are started.
"""

import os

for _name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_name, "1")
