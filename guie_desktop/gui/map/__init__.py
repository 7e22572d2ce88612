"""The map of the library: photos in the plane, those that look alike side by side."""
