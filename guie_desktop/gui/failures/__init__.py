"""The files that could not be read."""
