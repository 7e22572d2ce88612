"""Judging a ranking on the held-out classes of a study, by domain and over all."""
