"""The commands of ``stocktake-cli`` by subject; those about the archive as a whole stand in ``core.cli``."""
