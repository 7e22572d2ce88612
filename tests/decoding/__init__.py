"""Tests of guie_desktop/decoding."""
