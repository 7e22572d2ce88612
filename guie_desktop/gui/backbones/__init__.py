"""Choosing the backbone."""
