"""guie-desktop: search your own photos by example, on your own computer."""

__version__ = "0.2.0"
