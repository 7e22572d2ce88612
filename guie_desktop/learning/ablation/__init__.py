"""Comparing backbones and losses, and the study's own heads."""
