"""Data shipped with the program: vocabularies with their sources, icons, fonts."""
