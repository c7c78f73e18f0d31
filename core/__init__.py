"""Everything that Stocktake knows; runs without a screen."""
