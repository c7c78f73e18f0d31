"""Everything that Stocktake knows; runs without a screen."""

import core.one_thread  # noqa: F401 - before numpy
