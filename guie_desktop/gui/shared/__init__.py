"""Shared libraries: the list of them, and the page that shows one beside one's own photos."""
