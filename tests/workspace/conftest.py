"""Fixtures of tests/learned_library.py."""

from tests.learned_library import copied, learned, library

__all__ = ["copied", "learned", "library"]
