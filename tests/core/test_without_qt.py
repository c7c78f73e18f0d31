"""Core runs without a screen: no module of it brings Qt in, by whatever way round."""

import subprocess
import sys

LOAD_ALL = """
import importlib, pkgutil, sys
import core
names = [module.name for module in pkgutil.walk_packages(core.__path__, "core.")]
for name in names:
    importlib.import_module(name)
assert "core.jobs" in names
print([name for name in sys.modules if name.startswith(("PySide6", "shiboken6", "gui"))])
"""


def test_no_module_of_core_loads_qt() -> None:
    run = subprocess.run([sys.executable, "-c", LOAD_ALL], capture_output=True, text=True, check=False)
    assert run.stdout == "[]\n", run.stderr
