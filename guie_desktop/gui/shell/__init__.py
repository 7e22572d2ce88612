"""The frame: window, left side, status line, and what leads from page to page."""
