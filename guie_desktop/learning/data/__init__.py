"""The training set: which photos, curated and split."""
