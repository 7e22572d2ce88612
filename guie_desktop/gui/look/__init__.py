"""Colours, icons, and the wording of numbers."""
