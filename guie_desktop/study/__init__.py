"""The study itself: from published data sets to a general head; an extra, with Ray, Lance and torch."""
