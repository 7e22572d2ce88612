"""The map of a library: its embeddings in the plane, so that what looks alike lies together."""
