"""The window: thin, everything it knows it asks of core."""
