"""Tests of how the program is packed."""
