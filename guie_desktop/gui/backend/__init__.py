"""The window's end of worker and library; no widget."""
