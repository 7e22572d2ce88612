"""Learning the albums: the report, the versions, and two rankings side by side."""
