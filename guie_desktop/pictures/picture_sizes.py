"""How large the pictures are that are kept of photos."""

THUMBNAIL = 320
"""Long side of a tile's picture, in pixels."""
FIRST_SIGHT = 160
"""Long side at least of a preview within a file that stands for the tile's picture until that is made, in pixels."""
PREVIEW = 1600
"""Long side of the large picture, in pixels."""
